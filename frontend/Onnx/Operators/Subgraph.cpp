#include "Onnx/Operators/Subgraph.h"

using namespace mlir;

namespace dlc::onnx {

IfOp buildHolder(NodeReader &node) {
  OperationState state(node.builder.getLoc(), IfOp::getOperationName());
  state.addRegion();
  state.addRegion();
  return cast<IfOp>(node.builder.create(state));
}

Shape movedDimension(int64_t rank, int64_t from, int64_t to) {
  Shape permutation = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  permutation.erase(permutation.begin() + from);
  permutation.insert(permutation.begin() + to, from);
  return permutation;
}

bool isSequence(Value value) { return isa<TupleType>(value.getType()); }
bool isNothing(Value value) { return isa<NoneType>(value.getType()); }

Values elementsOf(Value sequence) {
  return Values(sequence.getDefiningOp<UnrealizedConversionCastOp>().getOperands());
}

Value buildSequence(OpBuilder &b, Location location, ValueRange elements) {
  auto type = TupleType::get(b.getContext(), elements.getTypes());
  return UnrealizedConversionCastOp::create(b, location, mlir::Type(type), elements).getResult(0);
}

Value buildNothing(OpBuilder &b, Location location) {
  return UnrealizedConversionCastOp::create(b, location, mlir::Type(b.getNoneType()), ValueRange())
      .getResult(0);
}

Values leavesOf(ValueRange values) {
  Values leaves;
  for (Value value : values)
    if (isSequence(value))
      llvm::append_range(leaves, leavesOf(elementsOf(value)));
    else if (!isNothing(value))
      leaves.push_back(value);
  return leaves;
}

static Values rebuildFrom(OpBuilder &b, Location location, ValueRange like, ValueRange &leaves) {
  Values values;
  for (Value value : like) {
    if (isSequence(value)) {
      Values elements = rebuildFrom(b, location, elementsOf(value), leaves);
      values.push_back(buildSequence(b, location, elements));
    } else if (isNothing(value)) {
      values.push_back(buildNothing(b, location));
    } else {
      values.push_back(leaves.front());
      leaves = leaves.drop_front();
    }
  }
  return values;
}

Values rebuilt(OpBuilder &b, Location location, ValueRange like, ValueRange leaves) {
  return rebuildFrom(b, location, like, leaves);
}

bool sameStructure(ValueRange left, ValueRange right) {
  if (left.size() != right.size())
    return false;
  for (auto [a, b] : llvm::zip_equal(left, right)) {
    if (isSequence(a) != isSequence(b) || isNothing(a) != isNothing(b))
      return false;
    if (isSequence(a) && !sameStructure(elementsOf(a), elementsOf(b)))
      return false;
  }
  return true;
}

std::optional<Values> importBody(NodeReader &node, const Graph &body, ValueRange inputs,
                                 ImplicitLocOpBuilder &b, Diagnostics &diagnostics) {
  Diagnostics own;
  std::optional<Values> results = node.importer.importSubgraph(body, inputs, b, own);
  diagnostics.append(own);
  return results;
}

} // namespace dlc::onnx
