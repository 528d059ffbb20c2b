// relu: x <= 0 ? 0 : x, so that NaN stays. Its derivative is 0 at 0, which max(x, 0) would split.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

SmallVector<Value> ReluOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x{b, getX()}, zero = x.number(0);
  return {select(compare(CompareKind::le, x, zero), zero, x)};
}

LogicalResult ReluOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                               const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  if (!cotangents[0] || !wanted.test(0)) {
    gradients.push_back({});
    return success();
  }
  // Where the result is 0 so is the derivative: x need not be kept.
  TensorExpr g{b, cotangents[0]}, result{b, getResult()}, zero = g.number(0);
  gradients.push_back(select(compare(CompareKind::le, result, zero), zero, g));
  return success();
}
