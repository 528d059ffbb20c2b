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

static Values mean(NodeReader &node) {
  TensorExpr x = node.input(0);
  Reduction reduction = readReduction(node, x);
  TensorExpr sum = node.tensor(node.build<ReduceOp>(ReduceKind::sum, x, reduction.dims));
  bool isFloat = isa<FloatType>(x.type().getElementType());
  TensorExpr result =
      isFloat ? sum * sum.number(1 / reduction.count) : sum / sum.number(reduction.count);
  return {node.reshape(result, reduction.kept)};
}

void addReductions(Registry &r) {
  r.add("ReduceMax", 1, reduce<ReduceKind::max>);
  r.add("ReduceMean", 1, mean);
  r.add("ReduceMin", 1, reduce<ReduceKind::min>);
  r.add("ReduceProd", 1, reduce<ReduceKind::prod>);
  r.add("ReduceSum", 1, reduce<ReduceKind::sum>);
}

} // namespace dlc::onnx
