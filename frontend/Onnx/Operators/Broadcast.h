// Inputs of elementwise operators in one shape and type.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// The first two inputs. Before version 7, broadcasting is asked for by the attribute `broadcast`,
/// and `axis` says where the second input's shape lies in the first's.
inline std::pair<TensorExpr, TensorExpr> broadcastPair(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0), y = node.elementwiseInput(1);
  node.checkSameType(x, y);
  if (node.opset < 7) {
    bool broadcasts = node.flag("broadcast", false);
    int64_t rank = x.type().getRank(), own = y.type().getRank();
    int64_t axis = node.integer("axis", rank - own);
    node.ignore("consumed_inputs");
    if (!broadcasts && x.type() != y.type())
      node.refuse(Code::ShapeMismatch, "shapes differ and broadcast is 0", shownType(x.type()),
                  shownType(y.type()));
    axis = axis < 0 ? axis + rank : axis;
    if (own > rank || axis < 0 || axis + own > rank)
      node.refuse(Code::AxisOutOfRange,
                  "the second input does not fit at axis " + llvm::Twine(axis), shownType(x.type()),
                  shownType(y.type()));
    Shape shape(y.type().getShape());
    shape.append(rank - axis - own, 1);
    auto both = node.broadcastAll({x, node.reshape(y, shape)});
    return {both[0], both[1]};
  }
  auto both = node.broadcastAll({x, y});
  return {both[0], both[1]};
}

} // namespace dlc::onnx
