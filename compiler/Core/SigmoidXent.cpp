// sigmoid_xent: cross-entropy of independent yes-or-no answers, from logits. For x and target t
//
//   y = max(x, 0) - x t + log(1 + exp(-|x|))      dx = g (logistic(x) - t),  dt = -g x
//
// which is -t log p - (1 - t) log(1 - p) with p = logistic(x), without overflow or log 0.
#include "Core/Composite.h"

using namespace mlir;
using namespace dlc;

SmallVector<Value> SigmoidXentOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = widened({b, getLogits()}), t = widened({b, getTargets()});
  TensorExpr magnitude = x.with(AbsOp::create(b, x));
  TensorExpr correction = x.with(Log1pOp::create(b, exp(-magnitude)));
  TensorExpr positive = x.with(MaxOp::create(b, x, x.number(0)));
  return {narrowed(positive - x * t + correction, getLogits())};
}

LogicalResult SigmoidXentOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                      const llvm::BitVector &wanted,
                                      SmallVectorImpl<Value> &gradients) {
  if (!cotangents[0]) {
    gradients.append(2, Value());
    return success();
  }
  TensorExpr g = widened({b, cotangents[0]}), x = widened({b, getLogits()});
  TensorExpr t = widened({b, getTargets()}), p = x.with(LogisticOp::create(b, x));
  return appendWanted(wanted, gradients,
                      {narrowed(g * (p - t), getLogits()), narrowed(-(g * x), getTargets())});
}
