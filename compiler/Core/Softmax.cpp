// softmax and log_softmax over `dims`. The maximum is subtracted first, so that exp never overflows
// and the largest term of the sum is 1.
#include "Core/Composite.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

// x - max(x) over `dims`.
static TensorExpr shifted(TensorExpr x, ArrayRef<int64_t> dims) {
  return x - broadcastOver(reduceMax(x, dims), x.type().getShape(), dims);
}

LogicalResult SoftmaxOp::verify() {
  return verifyDimensions(getLoc(), getDims(), tensorType(getX()).getRank());
}

SmallVector<Value> SoftmaxOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = widened({b, getX()});
  TensorExpr e = exp(shifted(x, getDims())), sum = reduceSum(e, getDims());
  TensorExpr scale = broadcastOver(sum.number(1) / sum, x.type().getShape(), getDims());
  return {narrowed(e * scale, getX())};
}

// y (g - sum(g y))
LogicalResult SoftmaxOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                  const llvm::BitVector &wanted,
                                  SmallVectorImpl<Value> &gradients) {
  if (!cotangents[0] || !wanted.test(0)) {
    gradients.push_back({});
    return success();
  }
  TensorExpr g = widened({b, cotangents[0]}), y = widened({b, getResult()});
  TensorExpr mean = broadcastOver(reduceSum(g * y, getDims()), y.type().getShape(), getDims());
  gradients.push_back(narrowed(y * (g - mean), getX()));
  return success();
}

LogicalResult LogSoftmaxOp::verify() {
  return verifyDimensions(getLoc(), getDims(), tensorType(getX()).getRank());
}

SmallVector<Value> LogSoftmaxOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = shifted(widened({b, getX()}), getDims());
  TensorExpr logSum = log(reduceSum(exp(x), getDims()));
  return {narrowed(x - broadcastOver(logSum, x.type().getShape(), getDims()), getX())};
}

// g - exp(y) sum(g)
LogicalResult LogSoftmaxOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                     const llvm::BitVector &wanted,
                                     SmallVectorImpl<Value> &gradients) {
  if (!cotangents[0] || !wanted.test(0)) {
    gradients.push_back({});
    return success();
  }
  TensorExpr g = widened({b, cotangents[0]}), y = widened({b, getResult()});
  TensorExpr sum = broadcastOver(reduceSum(g, getDims()), y.type().getShape(), getDims());
  gradients.push_back(narrowed(g - exp(y) * sum, getX()));
  return success();
}
