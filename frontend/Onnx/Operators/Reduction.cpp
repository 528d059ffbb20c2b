// Reductions over axes: attributes until version 17 (ReduceSum: 12), an input after. Of a bounded
// value, what lies past the extent is replaced by what changes nothing.
#include "Core/Combine.h"
#include "Onnx/Formula.h"
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct Reduction {
  Shape dims;
  Shape kept; // the result's shape: reduced dimensions are 1 or gone
  double count = 1;
  Value extent; // of the bounded dimension if it is a reduced one, and not in `count`; else null
  int64_t bounded = -1; // the result's bounded dimension
};
} // namespace

static Reduction readReduction(NodeReader &node, const BoundedValue &x) {
  int64_t rank = x.full.type().getRank();
  std::optional<Shape> given = node.integersOrInput("axes", 1);
  bool keeps = node.flag("keepdims", true);
  bool emptyMeansNone = node.flag("noop_with_empty_axes", false);
  Reduction reduction;
  if (given && !given->empty())
    reduction.dims = node.axes(*given, rank);
  else if (!emptyMeansNone)
    reduction.dims = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  llvm::sort(reduction.dims);
  for (auto [i, extent] : llvm::enumerate(x.full.type().getShape())) {
    bool reduced = llvm::is_contained(reduction.dims, int64_t(i));
    bool isBounded = int64_t(i) == x.dimension;
    if (isBounded && reduced)
      reduction.extent = x.extent;
    else if (isBounded)
      reduction.bounded = reduction.kept.size();
    reduction.count *= reduced && !isBounded ? extent : 1;
    if (!reduced || keeps)
      reduction.kept.push_back(reduced ? 1 : extent);
  }
  return reduction;
}

// Past the extent stands the neutral value of the reduction.
static TensorExpr filled(NodeReader &node, const BoundedValue &x, ReduceKind kind,
                         const Reduction &reduction) {
  if (!reduction.extent)
    return x.full;
  mlir::Type element = x.full.type().getElementType();
  TypedAttr neutral = neutralValue(kind, element);
  auto number = dyn_cast<FloatAttr>(neutral);
  double otherwise = number ? number.getValueAsDouble()
                     : element.isUnsignedInteger()
                         ? cast<IntegerAttr>(neutral).getValue().roundToDouble(/*isSigned=*/false)
                         : cast<IntegerAttr>(neutral).getValue().roundToDouble(/*isSigned=*/true);
  return maskedByExtent(node, x.full, x.extent, x.dimension, otherwise);
}

static Values finished(NodeReader &node, TensorExpr result, const BoundedValue &x,
                       const Reduction &reduction) {
  TensorExpr shaped = node.reshape(result, reduction.kept);
  return {reduction.bounded < 0 ? shaped : boundedBy(node, shaped, x.extent, reduction.bounded)};
}

template <ReduceKind ofNumbers> static Values reduce(NodeReader &node) {
  BoundedValue given = boundedInput(node, 0);
  Reduction reduction = readReduction(node, given);
  TensorExpr x = given.full;
  ReduceKind kind = ofNumbers;
  if (x.type().getElementType().isInteger(1)) // maximum and minimum of bool
    kind = kind == ReduceKind::max   ? ReduceKind::any
           : kind == ReduceKind::min ? ReduceKind::all
                                     : kind;
  x.value = filled(node, given, kind, reduction);
  return finished(node, node.tensor(node.build<ReduceOp>(kind, x, reduction.dims)), given,
                  reduction);
}

// after(sum of before(x)): floats in registers' types; integers in f64 where a function leads out
// of them.
template <typename Before, typename After>
static Values composite(NodeReader &node, bool leavesIntegers, Before &&before, After &&after) {
  BoundedValue given = boundedInput(node, 0);
  mlir::Type element = given.full.type().getElementType();
  if (element.isInteger(1))
    node.refuse(Code::TypeMismatch, "an input has the wrong type", "numbers",
                shownType(given.full.type()));
  Reduction reduction = readReduction(node, given);
  TensorExpr x = filled(node, given, ReduceKind::sum, reduction);
  bool isFloat = isa<FloatType>(element);
  mlir::Type wide = isFloat          ? registerType(element)
                    : leavesIntegers ? mlir::Type(node.builder.getF64Type())
                                     : element;
  TensorExpr sum = reduceSum(before(convert(x, wide)), reduction.dims);
  return finished(node, convert(after(sum, reduction), element), given, reduction);
}

static TensorExpr same(TensorExpr x) { return x; }
static TensorExpr square(TensorExpr x) { return x * x; }

static Values mean(NodeReader &node) {
  return composite(node, false, same, [&](TensorExpr sum, const Reduction &reduction) {
    if (reduction.extent) {
      TensorExpr extent = node.tensor(reduction.extent);
      TensorExpr count =
          node.broadcastTo(convert(extent, sum.type().getElementType()), sum.type().getShape());
      return sum / (count * sum.number(reduction.count));
    }
    bool isFloat = isa<FloatType>(sum.type().getElementType());
    return isFloat ? sum * sum.number(1 / reduction.count) : sum / sum.number(reduction.count);
  });
}
static Values absoluteSum(NodeReader &node) {
  return composite(
      node, false, [](TensorExpr x) { return abs(x); },
      [](TensorExpr sum, const Reduction &) { return sum; });
}
static Values squareSum(NodeReader &node) {
  return composite(node, false, square, [](TensorExpr sum, const Reduction &) { return sum; });
}
static Values euclidean(NodeReader &node) {
  return composite(node, true, square, [](TensorExpr sum, const Reduction &) { return sqrt(sum); });
}
static Values logSum(NodeReader &node) {
  return composite(node, true, same, [](TensorExpr sum, const Reduction &) { return log(sum); });
}

static Values logSumExp(NodeReader &node) {
  TensorExpr given = node.input(0);
  mlir::Type element = given.type().getElementType();
  if (element.isInteger(1))
    node.refuse(Code::TypeMismatch, "an input has the wrong type", "numbers",
                shownType(given.type()));
  Reduction reduction = readReduction(node, {given, Value()});
  bool isFloat = isa<FloatType>(element);
  TensorExpr x = convert(given, isFloat ? element : mlir::Type(node.builder.getF64Type()));
  TensorExpr result = node.tensor(node.build<LogSumExpOp>(x, reduction.dims));
  return {node.reshape(convert(result, element), reduction.kept)};
}

// The index of the first maximum or minimum, or of the last.
template <ReduceKind kind> static Values argument(NodeReader &node) {
  TensorExpr x = node.input(0);
  ArrayRef<int64_t> shape = x.type().getShape();
  bool keeps = node.flag("keepdims", true), last = node.flag("select_last_index", false);
  if (shape.empty()) { // a number is its own extremum
    if (int64_t axis = node.integer("axis", 0); axis != 0 && axis != -1)
      node.axis(axis, 1);
    return {node.reshape(node.integerTensor({0}), {})};
  }
  int64_t dimension = node.axis(node.integer("axis", 0), shape.size());
  if (shape[dimension] == 0)
    node.refuse(Code::ShapeInvalid, "no element to choose from", "", shownType(x.type()));
  Shape kept(shape);
  if (keeps)
    kept[dimension] = 1;
  else
    kept.erase(kept.begin() + dimension);
  return {node.reshape(node.tensor(node.build<ArgReduceOp>(kind, x, dimension, last)), kept)};
}

void addReductions(Registry &r) {
  r.add("ArgMax", 1, argument<ReduceKind::max>);
  r.add("ArgMin", 1, argument<ReduceKind::min>);
  r.add("ReduceL1", 1, absoluteSum);
  r.add("ReduceL2", 1, euclidean);
  r.add("ReduceLogSum", 1, logSum);
  r.add("ReduceLogSumExp", 1, logSumExp);
  r.add("ReduceMax", 1, reduce<ReduceKind::max>);
  r.add("ReduceMean", 1, mean);
  r.add("ReduceMin", 1, reduce<ReduceKind::min>);
  r.add("ReduceProd", 1, reduce<ReduceKind::prod>);
  r.add("ReduceSum", 1, reduce<ReduceKind::sum>);
  r.add("ReduceSumSquare", 1, squareSum);
}

} // namespace dlc::onnx
