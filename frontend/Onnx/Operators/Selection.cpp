// Elements chosen by index: what is read. Scatter.cpp has what is written.
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Operators/Indices.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

static void checkIndexType(NodeReader &node, TensorExpr indices) {
  mlir::Type element = indices.type().getElementType();
  if (!element.isSignedInteger(32) && !element.isSignedInteger(64))
    node.refuse(Code::TypeMismatch, "indices must be int32 or int64", "",
                shownType(indices.type()));
}

// Places as indices from the start; `extents` has the type of the indices.
static TensorExpr wrapped(TensorExpr indices, TensorExpr extents) {
  return select(compare(CompareKind::lt, indices, indices.number(0)), indices + extents, indices);
}

static TensorExpr wide(NodeReader &node, TensorExpr indices, int64_t n) {
  return n > INT32_MAX ? convert(indices, node.integerTensor({}).type().getElementType()) : indices;
}

static void checkKnown(NodeReader &node, int64_t index, int64_t n) {
  if (index < -n || index >= n)
    node.refuse(Code::IndexOutOfRange, "an index is out of range",
                llvm::Twine(-n) + " to " + llvm::Twine(n - 1), llvm::Twine(index));
}

TensorExpr fromStart(NodeReader &node, TensorExpr indices, int64_t n) {
  checkIndexType(node, indices);
  if (std::optional<Literal> known = constantElements(indices))
    for (int64_t i = 0; i < known->size(); ++i)
      checkKnown(node, known->integer(i), n);
  TensorExpr places = wide(node, indices, n);
  return wrapped(places, places.number(n));
}

TensorExpr rowsFromStart(NodeReader &node, TensorExpr indices, ArrayRef<int64_t> extents) {
  checkIndexType(node, indices);
  if (std::optional<Literal> known = constantElements(indices))
    for (int64_t i = 0; i < known->size(); ++i)
      checkKnown(node, known->integer(i), extents[i % extents.size()]);
  TensorExpr places = wide(node, indices, *llvm::max_element(extents));
  TensorExpr each = convert(node.integerTensor(extents), places.type().getElementType());
  return wrapped(places, node.broadcastTo(each, places.type().getShape()));
}

TensorExpr iota(NodeReader &node, ArrayRef<int64_t> shape, int64_t dimension) {
  mlir::Type element = IntegerType::get(node.builder.getContext(), 64, IntegerType::Signed);
  node.checkSize(shape, element);
  return node.tensor(
      IotaOp::create(node.builder, RankedTensorType::get(shape, element), dimension));
}

static Values gather(NodeReader &node) {
  if (hasBoundedInput(node))
    return gatherBounded(node);
  TensorExpr x = node.input(0), indices = node.input(1);
  int64_t axis = node.axis(node.integer("axis", 0), x.type().getRank());
  int64_t n = x.type().getDimSize(axis);
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

static Values gatherElements(NodeReader &node) {
  TensorExpr x = node.input(0), indices = node.input(1);
  int64_t rank = x.type().getRank(), axis = node.axis(node.integer("axis", 0), rank);
  node.checkRank(indices, rank, rank);
  // Only the part of x that the indices span is read.
  Shape lo(rank, 0), hi(indices.type().getShape()), stride(rank, 1);
  hi[axis] = x.type().getDimSize(axis);
  TensorExpr part = node.tensor(node.build<SliceOp>(x, lo, hi, stride));
  return {node.build<TakeAlongOp>(part, fromStart(node, indices, hi[axis]), axis)};
}

static Values gatherNd(NodeReader &node) {
  BoundedValue rows = boundedInput(node, 1);
  TensorExpr x = node.input(0), indices = rows.full;
  int64_t batch = node.opset < 12 ? 0 : node.integer("batch_dims", 0);
  node.checkRank(x, 1, INT64_MAX);
  node.checkRank(indices, 1, INT64_MAX);
  int64_t depth = indices.type().getShape().back(), rank = x.type().getRank();
  if (batch < 0 || batch >= std::min(rank, indices.type().getRank()))
    node.refuse(Code::AttributeInvalid, "batch_dims is out of range", "", llvm::Twine(batch));
  if (depth < 1 || depth > rank - batch)
    node.refuse(Code::ShapeMismatch, "rows of indices have a wrong length",
                "1 to " + llvm::Twine(rank - batch), llvm::Twine(depth));
  if (rows && rows.dimension == indices.type().getRank() - 1)
    node.unsupported("GatherND by rows whose length depends on data");
  if (rows)
    indices.value = maskedByExtent(node, indices, rows.extent, rows.dimension);
  TensorExpr places = rowsFromStart(node, indices, x.type().getShape().slice(batch, depth));
  TensorExpr gathered = node.tensor(node.build<GatherNdOp>(x, places, batch));
  return {boundedBy(node, gathered, rows.extent, rows.dimension)};
}

// Of each sequence the first `lengths` elements are reversed: y[b, t] = x[b, lengths[b] - 1 - t].
static Values reverseSequence(NodeReader &node) {
  TensorExpr x = node.input(0), lengths = node.input(1);
  node.checkRank(x, 2, INT64_MAX);
  int64_t batch = node.integer("batch_axis", 1), time = node.integer("time_axis", 0);
  if (std::min(batch, time) != 0 || std::max(batch, time) != 1)
    node.refuse(Code::AttributeInvalid, "batch_axis and time_axis must be 0 and 1", "0, 1",
                llvm::Twine(batch) + ", " + llvm::Twine(time));
  Shape swap = llvm::to_vector(llvm::seq<int64_t>(0, x.type().getRank()));
  if (batch == 1)
    std::swap(swap[0], swap[1]);
  TensorExpr rows = node.transpose(x, swap);
  int64_t b = rows.type().getDimSize(0), t = rows.type().getDimSize(1);
  node.checkShape("sequence_lens", lengths, {b});
  checkIndexType(node, lengths);
  Shape shape{b, t};
  TensorExpr step = iota(node, shape, 1);
  TensorExpr count = broadcast(convert(lengths, step.type().getElementType()), shape, {0});
  TensorExpr place =
      select(compare(CompareKind::lt, step, count), count - step.number(1) - step, step);
  TensorExpr reversed =
      node.tensor(node.build<GatherNdOp>(rows, node.reshape(place, {b, t, 1}), 1));
  return {node.transpose(reversed, swap)};
}

void addSelections(Registry &r) {
  r.add("Gather", 1, gather);
  r.add("GatherElements", 11, gatherElements);
  r.add("GatherND", 11, gatherNd);
  r.add("ReverseSequence", 10, reverseSequence);
  addScatters(r);
  addOrders(r);
}

} // namespace dlc::onnx
