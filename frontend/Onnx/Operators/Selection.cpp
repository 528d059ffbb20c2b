// Elements chosen by index.
#include "Onnx/FoldConstants.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// Indices that count from the end, as indices from the start. Known ones are checked here, others
// when the program runs.
static TensorExpr fromStart(NodeReader &node, TensorExpr indices, int64_t n) {
  if (std::optional<Literal> known = constantElements(indices)) {
    for (int64_t i = 0; i < known->size(); ++i) {
      int64_t index = known->integer(i);
      if (index < -n || index >= n)
        node.refuse(Code::IndexOutOfRange, "an index is out of range",
                    llvm::Twine(-n) + " to " + llvm::Twine(n - 1), llvm::Twine(index));
    }
  }
  if (indices.type().getElementType().isUnsignedInteger())
    return indices;
  return select(compare(CompareKind::lt, indices, indices.number(0)), indices + indices.number(n),
                indices);
}

static Values gather(NodeReader &node) {
  TensorExpr x = node.input(0), indices = node.input(1);
  int64_t axis = node.axis(node.integer("axis", 0), x.type().getRank());
  mlir::Type element = indices.type().getElementType();
  if (!element.isSignedInteger(32) && !element.isSignedInteger(64))
    node.refuse(Code::TypeMismatch, "indices must be int32 or int64", "",
                shownType(indices.type()));
  int64_t n = x.type().getDimSize(axis);
  if (n > INT32_MAX && element.isSignedInteger(32))
    node.unsupported("int32 indices into so long a dimension");
  std::optional<Literal> known = constantElements(indices);
  TensorExpr places = fromStart(node, indices, n);
  if (!known || known->size() != 1)
    return {node.build<TakeOp>(x, places, axis)};
  // One known row is a slice.
  int64_t index = known->integer(0);
  index = index < 0 ? index + n : index;
  Shape shape(x.type().getShape());
  shape.erase(shape.begin() + axis);
  shape.insert(shape.begin() + axis, indices.type().getRank(), 1);
  return {node.reshape(node.slice(x, axis, index, index + 1), shape)};
}

void addSelections(Registry &r) { r.add("Gather", 1, gather); }

} // namespace dlc::onnx
