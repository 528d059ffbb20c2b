// gelu, with phi and Phi the density and the distribution of the normal law:
//
//   erf   y = x Phi(x) = x/2 (1 + erf(x / sqrt 2))              dy/dx = Phi(x) + x phi(x)
//   tanh  y = x/2 (1 + tanh u), u = sqrt(2/pi) (x + c x^3)      dy/dx = (1 + t)/2 + x/2 (1 - t^2)
//   u'
#include "Core/Composite.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

// Hendrycks and Gimpel, "Gaussian error linear units", equation of the approximation.
static constexpr double cubic = 0.044715;

// Phi(x), or its approximation (1 + tanh u) / 2.
static TensorExpr distribution(TensorExpr x, GeluKind kind) {
  TensorExpr half = x.number(0.5);
  if (kind == GeluKind::erf)
    return half + half * x.with(ErfOp::create(x.builder, x * x.number(M_SQRT1_2)));
  TensorExpr u = x.number(std::sqrt(M_2_PI)) * (x + x.number(cubic) * x * x * x);
  return half + half * x.with(TanhOp::create(x.builder, u));
}

// The derivative of `distribution`, given its value p; with t = 2p - 1, (1 - t^2)/2 is 2p (1 - p).
static TensorExpr density(TensorExpr x, TensorExpr p, GeluKind kind) {
  if (kind == GeluKind::erf)
    return exp(x * x * x.number(-0.5)) * x.number(1 / std::sqrt(2 * M_PI));
  TensorExpr slope = x.number(std::sqrt(M_2_PI)) * (x.number(1) + x.number(3 * cubic) * x * x);
  return x.number(2) * p * (x.number(1) - p) * slope;
}

SmallVector<Value> GeluOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = widened({b, getX()});
  return {narrowed(x * distribution(x, getKind()), getX())};
}

LogicalResult GeluOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                               const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  if (!cotangents[0] || !wanted.test(0)) {
    gradients.push_back({});
    return success();
  }
  TensorExpr g = widened({b, cotangents[0]}), x = widened({b, getX()});
  TensorExpr p = distribution(x, getKind());
  gradients.push_back(narrowed(g * (p + x * density(x, p, getKind())), getX()));
  return success();
}
