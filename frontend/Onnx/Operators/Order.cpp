// Operators over sort and running sums.
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Operators/Indices.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// All operands along a dimension in the order of the first one.
static Values sorted(NodeReader &node, ValueRange operands, int64_t dim, bool descending = false,
                     std::optional<int64_t> limit = std::nullopt) {
  IntegerAttr most = limit ? node.builder.getI64IntegerAttr(*limit) : IntegerAttr();
  return node.build<SortOp>(operands, dim, descending, most).getResults();
}

// As many as a computed k says: all are put in order, of which k are there. What lies past the
// extent of x comes last.
static Values topOfExtent(NodeReader &node, const BoundedValue &given, int64_t axis, bool largest) {
  TensorExpr x = given.full, k = node.input(1);
  mlir::Type element = x.type().getElementType();
  if (k.type().getNumElements() != 1)
    node.refuse(Code::ShapeMismatch, "k must be one number", "", shownType(k.type()));
  if (given && given.dimension != axis)
    node.unsupported("TopK by a computed k of a value whose size depends on data elsewhere");
  TensorExpr count = convert(node.reshape(k, {}), node.integerTensor({}).type().getElementType());
  if (given) {
    if (!isa<FloatType>(element))
      node.unsupported("TopK of integers whose number depends on data");
    double last = std::numeric_limits<double>::infinity();
    x.value = maskedByExtent(node, x, given.extent, axis, largest ? -last : last);
  }
  int64_t n = x.type().getDimSize(axis), most = std::clamp<int64_t>(roomOf(k).value_or(n), 0, n);
  count.value = withinRoom(node, count, most).value;
  if (given) { // not more than there are
    TensorExpr there = node.tensor(given.extent);
    count.value = (there - withinRoom(node, there - count, n)).value;
  }
  Values results = sorted(node, {x, iota(node, x.type().getShape(), axis)}, axis, largest, most);
  for (Value &result : results)
    result = boundedBy(node, node.tensor(result), count, axis);
  return results;
}

// The first k of x along the axis in its order, and where they were.
static Values topK(NodeReader &node) {
  BoundedValue given = boundedInput(node, 0);
  TensorExpr x = given.full;
  int64_t axis = node.axis(node.integer("axis", -1), x.type().getRank());
  bool largest = node.opset < 11 || node.flag("largest", true);
  if (node.opset >= 11)
    node.ignore("sorted"); // they always are
  if (given && node.opset < 10)
    node.unsupported("TopK of a value whose size depends on data, before opset 10");
  bool isComputed = node.opset >= 10 && !node.known(1) && roomOf(node.input(1));
  if (given || isComputed)
    return topOfExtent(node, given, axis, largest);
  Shape k = node.opset < 10 ? Shape{node.integer("k")} : node.knownIntegers(1);
  int64_t n = x.type().getDimSize(axis);
  if (k.size() != 1 || k[0] < 0 || k[0] > n)
    node.refuse(Code::AttributeInvalid, "k is out of range", "0 to " + llvm::Twine(n),
                shownShape(k));
  return sorted(node, {x, iota(node, x.type().getShape(), axis)}, axis, largest, k[0]);
}

static Values cumulative(NodeReader &node, ReduceKind kind) {
  TensorExpr x = node.input(0);
  Shape axes = node.knownIntegers(1);
  if (axes.size() != 1)
    node.refuse(Code::ShapeMismatch, "the axis must be one number", "", shownShape(axes));
  int64_t axis = node.axis(axes[0], x.type().getRank());
  bool exclusive = node.flag("exclusive", false), reverse = node.flag("reverse", false);
  if (x.type().getElementType().isInteger(1))
    node.refuse(Code::TypeMismatch, "an input has the wrong type", "numbers", shownType(x.type()));
  return {CumulativeOp::create(node.builder, x.type(), kind, x, axis, exclusive, reverse)};
}

// ---------------------------------------------------------------- Unique

// The places of the rows of x [n, m] in their order, by sorting stably by each column, the first
// one last.
static TensorExpr rowOrder(NodeReader &node, TensorExpr rows) {
  ImplicitLocOpBuilder &b = node.builder;
  int64_t n = rows.type().getDimSize(0), m = rows.type().getDimSize(1);
  TensorExpr place = iota(node, {n}, 0);
  if (m == 1)
    return node.tensor(sorted(node, {node.reshape(rows, {n}), place}, 0)[1]);
  TensorExpr columns = node.transpose(rows, {1, 0});
  auto column = RankedTensorType::get(n, rows.type().getElementType());
  auto scan = ScanOp::create(b, place.type(), place.value, columns.value, m, ArrayRef{true},
                             ArrayRef<bool>());
  OpBuilder::InsertionGuard guard(b);
  Block *body =
      b.createBlock(&scan.getBody(), {}, {place.type(), column}, {b.getLoc(), b.getLoc()});
  Value keys = TakeOp::create(b, body->getArgument(1), body->getArgument(0), 0);
  ReturnOp::create(b, sorted(node, {keys, body->getArgument(0)}, 0)[1]);
  return node.tensor(scan.getResult(0));
}

// Which of the rows, which are in order, differ from the one before: NaN equals NaN.
static TensorExpr differsFromPrevious(NodeReader &node, TensorExpr rows) {
  int64_t n = rows.type().getDimSize(0);
  TensorExpr previous = node.concat({node.slice(rows, 0, 0, 1), node.slice(rows, 0, 0, n - 1)}, 0);
  TensorExpr differs = compare(CompareKind::ne, rows, previous);
  if (isa<FloatType>(rows.type().getElementType())) {
    TensorExpr isNumber = compare(CompareKind::eq, rows, rows);
    TensorExpr wasNumber = compare(CompareKind::eq, previous, previous);
    TensorExpr oneIsNumber = isNumber.with(OrOp::create(node.builder, isNumber, wasNumber));
    differs.value = AndOp::create(node.builder, differs, oneIsNumber);
  }
  TensorExpr any = node.tensor(node.build<ReduceOp>(ReduceKind::any, differs, Shape{1}));
  TensorExpr place = iota(node, {n}, 0);
  TensorExpr isFirst = compare(CompareKind::eq, place, place.number(0));
  return node.tensor(OrOp::create(node.builder, any, isFirst));
}

static TensorExpr take(NodeReader &node, TensorExpr x, TensorExpr places) {
  return node.tensor(node.build<TakeOp>(x, places, 0));
}
// A list of zeros with values at places.
static TensorExpr put(NodeReader &node, PutKind kind, TensorExpr places, TensorExpr values) {
  return node.tensor(node.build<PutOp>(kind, values.number(0), places, values, 0));
}

// Rows are sorted; where a row differs from the one before, a group of equal ones begins.
//   counts and inverse by writing at the group of each row, the rest by reading at the starts.
static Values unique(NodeReader &node) {
  TensorExpr x = node.input(0);
  bool inOrder = node.flag("sorted", true);
  Shape shape{x.type().getNumElements()}, toFront{0}, back{0};
  int64_t axis = 0;
  TensorExpr front = x;
  if (node.hasAttribute("axis")) {
    axis = node.axis(node.integer("axis"), x.type().getRank());
    toFront = llvm::to_vector(llvm::seq<int64_t>(0, x.type().getRank()));
    toFront.erase(toFront.begin() + axis);
    toFront.insert(toFront.begin(), axis);
    back.resize(toFront.size());
    for (auto [i, dimension] : llvm::enumerate(toFront))
      back[dimension] = i;
    front.value = node.transpose(x, toFront);
    shape = Shape(front.type().getShape());
  }
  int64_t n = shape[0], m = ShapedType::getNumElements(ArrayRef(shape).drop_front());
  if (n == 0 || m == 0)
    node.unsupported("Unique of a tensor without elements");
  TensorExpr rows = node.reshape(front, {n, m}), order = rowOrder(node, rows);
  TensorExpr inRows = take(node, rows, order), differs = differsFromPrevious(node, inRows);
  auto starts = node.build<NonZeroOp>(differs);
  auto list = RankedTensorType::get({1, n}, order.type().getElementType());
  TensorExpr start =
      node.reshape(node.tensor(UnboundedOp::create(node.builder, list, starts.getIndices())), {n});
  TensorExpr group = convert(differs, order.type().getElementType());
  group.value = CumulativeOp::create(node.builder, group.type(), ReduceKind::sum, group, 0,
                                     /*exclusive=*/false, /*reverse=*/false);
  group.value = group - group.number(1);
  TensorExpr first = take(node, order, start);
  TensorExpr counts = put(node, PutKind::add, group, group.number(1));
  TensorExpr inverse = put(node, PutKind::set, order, group);
  if (!inOrder) {
    // Groups in the order of their first elements; those that are not there come last.
    TensorExpr place = iota(node, {n}, 0);
    TensorExpr count = node.broadcastTo(node.tensor(starts.getExtent()), {n});
    TensorExpr key = select(compare(CompareKind::lt, place, count), first, place.number(n));
    Values found = sorted(node, {key, place}, 0);
    TensorExpr groups = node.tensor(found[1]);
    first.value = MinOp::create(node.builder, found[0], place.number(n - 1));
    inverse.value = take(node, put(node, PutKind::set, groups, place), inverse);
    counts.value = take(node, counts, groups);
  }
  TensorExpr y = node.transpose(node.reshape(take(node, rows, first), shape), back);
  Value extent = starts.getExtent();
  return {boundedBy(node, y, extent, axis), boundedBy(node, first, extent, 0), inverse,
          boundedBy(node, counts, extent, 0)};
}

// ---------------------------------------------------------------- Compress, NonZero

// The rows whose condition holds.
static Values compress(NodeReader &node) {
  TensorExpr x = node.input(0), condition = node.input(1);
  int64_t axis = 0;
  if (node.hasAttribute("axis"))
    axis = node.axis(node.integer("axis"), x.type().getRank());
  else
    x.value = node.reshape(x, {x.type().getNumElements()});
  node.checkRank(condition, 1, 1);
  int64_t n = condition.type().getDimSize(0);
  if (!condition.type().getElementType().isInteger(1) || n > x.type().getDimSize(axis))
    node.refuse(Code::ShapeMismatch, "the condition does not fit",
                "at most " + llvm::Twine(x.type().getDimSize(axis)) + " bools",
                shownType(condition.type()));
  auto places = node.build<NonZeroOp>(condition);
  auto list = RankedTensorType::get({1, n}, tensorType(places.getIndices()).getElementType());
  TensorExpr place =
      node.reshape(node.tensor(UnboundedOp::create(node.builder, list, places.getIndices())), {n});
  TensorExpr taken = node.tensor(node.build<TakeOp>(x, place, axis));
  return {boundedBy(node, taken, places.getExtent(), axis)};
}

void addOrders(Registry &r) {
  r.add("Compress", 9, compress);
  r.add("CumProd", 26, [](NodeReader &node) { return cumulative(node, ReduceKind::prod); });
  r.add("CumSum", 11, [](NodeReader &node) { return cumulative(node, ReduceKind::sum); });
  r.add("TopK", 1, topK);
  r.add("Unique", 11, unique);
  addSuppression(r);
}

} // namespace dlc::onnx
