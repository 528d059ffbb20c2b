// Slice: a part of a tensor along each axis, from and to places that are known or computed.
#include "Onnx/FoldConstants.h"
#include "Onnx/Formula.h"
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Operators/Indices.h"
#include "Onnx/Registry.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;

namespace dlc::onnx {

// A number as another one and what is added to it, as far as that can be seen.
static std::pair<Value, int64_t> asSum(Value value) {
  int64_t sum = 0;
  while (Operation *op = value.getDefiningOp()) {
    if (isa<ReshapeOp, ConvertOp>(op)) {
      value = op->getOperand(0);
      continue;
    }
    std::optional<Literal> right, left;
    if (isa<AddOp, SubOp>(op)) {
      left = constantElements(op->getOperand(0));
      right = constantElements(op->getOperand(1));
    }
    if (right && right->size() == 1) {
      sum += isa<AddOp>(op) ? right->integer(0) : -right->integer(0);
      value = op->getOperand(0);
    } else if (left && left->size() == 1 && isa<AddOp>(op)) {
      sum += left->integer(0);
      value = op->getOperand(1);
    } else {
      break;
    }
  }
  return {value, sum};
}

// Whether values of the graph's inputs decide a value, so that they could be given.
static bool comesFromInputs(Value value) {
  llvm::SmallPtrSet<Operation *, 8> seen;
  SmallVector<Value> left{value};
  while (!left.empty()) {
    Value next = left.pop_back_val();
    if (Operation *op = next.getDefiningOp()) {
      if (seen.insert(op).second)
        llvm::append_range(left, op->getOperands());
    } else if (isa<func::FuncOp>(cast<BlockArgument>(next).getOwner()->getParentOp())) {
      return tensorType(next).getRank() <= 1 && isa<IntegerType>(tensorType(next).getElementType());
    }
  }
  return false;
}

// A slice of which neither place nor size is known: room for all, read from the place on, of which
// ends - starts are there.
static Values sliceToExtent(NodeReader &node, const BoundedValue &x, TensorExpr start,
                            TensorExpr end, int64_t axis) {
  int64_t n = x.full.type().getDimSize(axis);
  mlir::Type index = node.integerTensor({}).type().getElementType();
  TensorExpr zero = node.splat({}, index, 0);
  TensorExpr extent = x ? node.tensor(x.extent) : zero.number(double(n));
  auto place = [&](TensorExpr given) {
    TensorExpr i = convert(node.reshape(given, {}), index);
    TensorExpr fromStart = select(compare(CompareKind::lt, i, zero), i + extent, i);
    return min(max(fromStart, zero), extent);
  };
  TensorExpr from = place(start), count = max(place(end) - from, zero);
  std::optional<Literal> known = constantElements(start);
  if (n == 0 || (known && known->integer(0) == 0))
    return {boundedBy(node, x.full, count, axis)};
  TensorExpr step = iota(node, {n}, 0);
  TensorExpr places = min(step + node.broadcastTo(from, {n}), step.number(double(n - 1)));
  return {boundedBy(node, node.tensor(node.build<TakeOp>(x.full, places, axis)), count, axis)};
}

// A slice from a place that is computed, of a size that is known: ends = starts + size. The place
// must lie in x; it is checked when the program runs.
static Values sliceAtRunTime(NodeReader &node, const BoundedValue &bounded) {
  TensorExpr x = bounded.full, start = node.input(1), end = node.input(2);
  auto [from, before] = asSum(start);
  auto [to, after] = asSum(end);
  std::optional<int64_t> size = llvm::checkedSub(after, before);
  bool isSingle = start.type().getNumElements() == 1 && end.type().getNumElements() == 1;
  bool isSized = isSingle && from == to && size && !bounded;
  if (!isSingle || (!isSized && (comesFromInputs(start) || comesFromInputs(end))))
    node.unsupported("Slice of a size that is not known at compile time; if it depends on an "
                     "input, give its values with --shape-input");
  Shape axes{0}, steps{1};
  if (node.has(3))
    axes = node.knownIntegers(3);
  if (node.has(4))
    steps = node.knownIntegers(4);
  if (axes.size() != 1 || steps.size() != 1)
    node.refuse(Code::AttributeInvalid, "starts, ends, axes and steps have different lengths");
  int64_t axis = node.axis(axes[0], x.type().getRank()), n = x.type().getDimSize(axis);
  if (steps[0] != 1)
    node.unsupported("Slice with steps from a place that is not known at compile time");
  if (!isSized && (!bounded || bounded.dimension == axis))
    return sliceToExtent(node, bounded, start, end, axis);
  if (!isSized)
    node.unsupported("a Slice to a computed place of a value whose size depends on data");
  if (*size < 0 || *size > n)
    node.refuse(Code::ShapeMismatch, "a slice is longer than its dimension", llvm::Twine(n),
                llvm::Twine(*size));
  if (!start.type().getElementType().isSignedInteger(32) &&
      !start.type().getElementType().isSignedInteger(64))
    node.refuse(Code::TypeMismatch, "starts must be int32 or int64", "", shownType(start.type()));
  return {node.build<DynamicSliceOp>(x, node.reshape(start, {1}), Shape{axis}, Shape{*size})};
}

// x[start : end : step] along each axis, by Python's rules. A negative step is a positive one on
// the reversed dimension.
static Values slice(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  int64_t rank = x.type().getRank();
  Shape starts, ends, steps;
  std::optional<Shape> axes;
  if (node.opset < 10) {
    std::optional<Shape> from = node.integers("starts"), to = node.integers("ends");
    if (!from || !to)
      node.refuse(Code::AttributeMissing, "starts or ends are missing");
    starts = *from;
    ends = *to;
    axes = node.integers("axes");
  } else {
    if (!(node.known(1) && node.known(2)))
      return sliceAtRunTime(node, bounded);
    starts = node.knownIntegers(1);
    ends = node.knownIntegers(2);
    if (node.has(3))
      axes = node.knownIntegers(3);
    if (node.has(4))
      steps = node.knownIntegers(4);
  }
  steps.resize(std::max(steps.size(), starts.size()), 1);
  if (!axes)
    axes = llvm::to_vector(llvm::seq<int64_t>(0, starts.size()));
  if (ends.size() != starts.size() || axes->size() != starts.size() ||
      steps.size() != starts.size())
    node.refuse(Code::AttributeInvalid, "starts, ends, axes and steps have different lengths");
  Shape lo(rank, 0), hi(x.type().getShape()), stride(rank, 1), reversed;
  std::optional<Shape> along; // the slice of the bounded dimension
  for (auto [start, end, step, axis] :
       llvm::zip_equal(starts, ends, steps, node.axes(*axes, rank))) {
    int64_t n = x.type().getDimSize(axis);
    if (step == 0)
      node.refuse(Code::AttributeInvalid, "a step is 0");
    if (axis == bounded.dimension) {
      along = Shape{start, end, step};
      continue;
    }
    auto place = [&](int64_t index, int64_t least, int64_t most) {
      return std::clamp(index < 0 ? index + n : index, least, most);
    };
    if (step > 0) {
      lo[axis] = place(start, 0, n);
      hi[axis] = std::max(place(end, 0, n), lo[axis]);
      stride[axis] = step;
    } else if (n > 0) {
      reversed.push_back(axis);
      lo[axis] = n - 1 - place(start, -1, n - 1);
      hi[axis] = std::max(n - 1 - place(end, -1, n - 1), lo[axis]);
      stride[axis] = step == INT64_MIN ? INT64_MAX : -step;
    }
    // No step reaches further than the dimension, and sums with it must not overflow.
    stride[axis] = std::min(stride[axis], std::max<int64_t>(n, 1));
  }
  TensorExpr source =
      reversed.empty() ? x : node.tensor(ReverseOp::create(node.builder, x.type(), x, reversed));
  TensorExpr part = node.tensor(node.build<SliceOp>(source, lo, hi, stride));
  if (!along)
    return {boundedBy(node, part, bounded.extent, bounded.dimension)};
  BoundedValue rest{part, bounded.extent, bounded.dimension};
  return {sliceBounded(node, rest, bounded.dimension, (*along)[0], (*along)[1], (*along)[2])};
}

void addSlice(Registry &r) {
  r.note("Slice", "a shape from inputs is given by `--shape-input`");
  r.add("Slice", 1, [](NodeReader &node) {
    node.carrySmallTypes();
    return slice(node);
  });
}

} // namespace dlc::onnx
