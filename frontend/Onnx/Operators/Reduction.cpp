// Reductions over axes: attributes until version 17 (ReduceSum: 12), an input after.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct Reduction {
  Shape dims;
  Shape kept; // the result's shape: reduced dimensions are 1 or gone
  double count = 1;
};
} // namespace

static Reduction readReduction(NodeReader &node, TensorExpr x) {
  int64_t rank = x.type().getRank();
  std::optional<Shape> given = node.integersOrInput("axes", 1);
  bool keeps = node.flag("keepdims", true);
  bool emptyMeansNone = node.flag("noop_with_empty_axes", false);
  Reduction reduction;
  if (given && !given->empty())
    reduction.dims = node.axes(*given, rank);
  else if (!emptyMeansNone)
    reduction.dims = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  llvm::sort(reduction.dims);
  for (auto [i, extent] : llvm::enumerate(x.type().getShape())) {
    bool reduced = llvm::is_contained(reduction.dims, int64_t(i));
    reduction.count *= reduced ? extent : 1;
    if (!reduced || keeps)
      reduction.kept.push_back(reduced ? 1 : extent);
  }
  return reduction;
}

template <ReduceKind ofNumbers> static Values reduce(NodeReader &node) {
  TensorExpr x = node.input(0);
  Reduction reduction = readReduction(node, x);
  ReduceKind kind = ofNumbers;
  if (x.type().getElementType().isInteger(1)) // maximum and minimum of bool
    kind = kind == ReduceKind::max   ? ReduceKind::any
           : kind == ReduceKind::min ? ReduceKind::all
                                     : kind;
  return {node.reshape(node.tensor(node.build<ReduceOp>(kind, x, reduction.dims)), reduction.kept)};
}

// after(sum of before(x)): floats in registers' types; integers in f64 where a function leads out
// of them.
template <typename Before, typename After>
static Values composite(NodeReader &node, bool leavesIntegers, Before &&before, After &&after) {
  TensorExpr x = node.input(0);
  mlir::Type element = x.type().getElementType();
  if (element.isInteger(1))
    node.refuse(Code::TypeMismatch, "an input has the wrong type", "numbers", shownType(x.type()));
  Reduction reduction = readReduction(node, x);
  bool isFloat = isa<FloatType>(element);
  mlir::Type wide = isFloat          ? registerType(element)
                    : leavesIntegers ? mlir::Type(node.builder.getF64Type())
                                     : element;
  TensorExpr sum = reduceSum(before(convert(x, wide)), reduction.dims);
  return {node.reshape(convert(after(sum, reduction), element), reduction.kept)};
}

static TensorExpr same(TensorExpr x) { return x; }
static TensorExpr square(TensorExpr x) { return x * x; }

static Values mean(NodeReader &node) {
  return composite(node, false, same, [](TensorExpr sum, const Reduction &reduction) {
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
  Reduction reduction = readReduction(node, given);
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
