// Products of matrices.
#include "Onnx/Operators/Matrices.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// x y of matrices [..., M, K] and [..., K, N]. One matrix on the right for all on the left is one
// product of M' = ... M rows.
static TensorExpr product(NodeReader &node, TensorExpr x, TensorExpr y) {
  ArrayRef<int64_t> left = x.type().getShape(), right = y.type().getShape();
  int64_t rank = std::max(left.size(), right.size()), batchRank = rank - 2;
  auto isOne = [](int64_t extent) { return extent == 1; };
  if (llvm::all_of(right.drop_back(2), isOne) && left.size() >= right.size()) {
    TensorExpr matrix = node.reshape(y, right.take_back(2));
    return node.tensor(
        node.build<DotOp>(x, matrix, Shape{}, Shape{}, Shape{int64_t(left.size()) - 1}, Shape{0}));
  }
  // The batch dimensions in one shape, by way of stand-ins whose matrices are 1 x 1.
  Shape batch(batchRank, 1);
  for (ArrayRef<int64_t> own : {left.drop_back(2), right.drop_back(2)})
    for (size_t i = 1; i <= own.size(); ++i) {
      int64_t &extent = batch[batchRank - i], mine = own[own.size() - i];
      if (extent != 1 && mine != 1 && extent != mine)
        node.refuse(Code::ShapeMismatch, "batch dimensions cannot be broadcast",
                    shownType(x.type()), shownType(y.type()));
      extent = extent == 1 ? mine : extent;
    }
  auto spread = [&](TensorExpr matrices) {
    Shape shape = batch;
    llvm::append_range(shape, matrices.type().getShape().take_back(2));
    return node.broadcastTo(matrices, shape);
  };
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(0, batchRank));
  return node.tensor(
      node.build<DotOp>(spread(x), spread(y), dims, dims, Shape{rank - 1}, Shape{rank - 2}));
}

TensorExpr matrixProduct(NodeReader &node, TensorExpr x, TensorExpr y) {
  node.checkSameType(x, y);
  node.checkRank(x, 1, INT64_MAX);
  node.checkRank(y, 1, INT64_MAX);
  bool row = x.type().getRank() == 1, column = y.type().getRank() == 1;
  ArrayRef<int64_t> left = x.type().getShape(), right = y.type().getShape();
  TensorExpr z = product(node, row ? node.reshape(x, {1, left[0]}) : x,
                         column ? node.reshape(y, {right[0], 1}) : y);
  Shape shape(z.type().getShape());
  if (column)
    shape.pop_back();
  if (row)
    shape.erase(shape.end() - (column ? 1 : 2));
  return node.reshape(z, shape);
}

static Values matmul(NodeReader &node) {
  return {matrixProduct(node, node.input(0), node.input(1))};
}

// a' is a or its transpose.
TensorExpr generalProduct(NodeReader &node) {
  TensorExpr a = node.input(0), b = node.input(1);
  double alpha = node.number("alpha", 1), beta = node.number("beta", 1);
  bool transA = node.flag("transA", false), transB = node.flag("transB", false);
  if (node.opset < 7)
    node.ignore("broadcast");
  node.checkRank(a, 2, 2);
  node.checkRank(b, 2, 2);
  node.checkSameType(a, b);
  TensorExpr product =
      node.tensor(node.build<DotOp>(a, b, Shape{}, Shape{}, Shape{!transA}, Shape{transB}));
  TensorExpr scaled = alpha == 1 ? product : product * product.number(alpha);
  if (!node.has(2) || beta == 0)
    return scaled;
  TensorExpr c = node.input(2);
  node.checkSameType(product, c);
  TensorExpr shift = beta == 1 ? c : c * c.number(beta);
  return scaled + node.broadcastTo(shift, product.type().getShape());
}

static Values gemm(NodeReader &node) { return {generalProduct(node)}; }

void addMatrices(Registry &r) {
  r.add("Gemm", 1, gemm);
  r.add("MatMul", 1, matmul);
}

} // namespace dlc::onnx
