// logsumexp over `dims`: m + log sum exp(x - m), with m the maximum, or 0 where that is infinite:
// infinity less itself would be NaN.
#include "Core/Composite.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult LogSumExpOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, adaptor.getX())))
    return failure();
  auto type = tensorType(adaptor.getX());
  if (failed(verifyDimensions(location, adaptor.getDims(), type.getRank())))
    return failure();
  types.push_back(withoutDimensions(type, adaptor.getDims()));
  return success();
}

// x where it is finite, else 0.
static TensorExpr finite(TensorExpr x) {
  double infinity = std::numeric_limits<double>::infinity();
  TensorExpr isInfinite =
      compare(CompareKind::eq, x.with(AbsOp::create(x.builder, x)), x.number(infinity));
  return select(isInfinite, x.number(0), x);
}

SmallVector<Value> LogSumExpOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = widened({b, getX()});
  TensorExpr largest = finite(reduceMax(x, getDims()));
  TensorExpr terms = exp(x - broadcastOver(largest, x.type().getShape(), getDims()));
  return {narrowed(largest + log(reduceSum(terms, getDims())), getX())};
}

// g exp(x - y)
LogicalResult LogSumExpOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  if (!cotangents[0] || !wanted.test(0)) {
    gradients.push_back({});
    return success();
  }
  TensorExpr g = widened({b, cotangents[0]}), x = widened({b, getX()});
  auto spread = [&](TensorExpr v) { return broadcastOver(v, x.type().getShape(), getDims()); };
  TensorExpr y = finite(widened({b, getResult()}));
  gradients.push_back(narrowed(spread(g) * exp(x - spread(y)), getX()));
  return success();
}
