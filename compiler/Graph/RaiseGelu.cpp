// gelu as products in any order and grouping:
//
//   erf form    0.5 * x * (1 + erf(x / sqrt 2))
//   tanh form   0.5 * x * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x^3)))
//
// A product is flattened to its factors: a number, and values. Each form is then a list of factors
// that must be there, and no other.
#include "Graph/RaisePatterns.h"
#include "Graph/Spread.h"

using namespace mlir;
using namespace dlc;

namespace {
struct Product {
  double number = 1;
  SmallVector<Value> factors;
};

// Appends the factors of `value`; products that something else reads too are factors themselves.
void appendFactors(Value value, Product &product, bool top) {
  if (std::optional<double> number = splatNumber(value)) {
    product.number *= *number;
    return;
  }
  Operation *op = value.getDefiningOp();
  if (auto mul = dyn_cast_or_null<MulOp>(op); mul && (top || value.hasOneUse())) {
    appendFactors(mul.getX(), product, false);
    appendFactors(mul.getY(), product, false);
    return;
  }
  if (auto div = dyn_cast_or_null<DivOp>(op); div && (top || value.hasOneUse()))
    if (std::optional<double> number = splatNumber(div.getY())) {
      product.number /= *number;
      appendFactors(div.getX(), product, false);
      return;
    }
  product.factors.push_back(value);
}

Product productOf(Value value) {
  Product product;
  appendFactors(value, product, true);
  return product;
}

// The two terms of a sum in both orders.
SmallVector<std::pair<Value, Value>> termsOf(Value value) {
  auto add = value.getDefiningOp<AddOp>();
  if (!add)
    return {};
  return {{add.getX(), add.getY()}, {add.getY(), add.getX()}};
}

bool isClose(double number, double wanted, Value like) {
  Type element = tensorType(like).getElementType();
  double tolerance = element.isF16() || element.isBF16() ? 1e-2 : 1e-5;
  return std::fabs(number - wanted) <= tolerance * std::fabs(wanted);
}

// number * x
bool isScaled(Value value, double number, Value x) {
  Product product = productOf(value);
  return product.factors.size() == 1 && product.factors[0] == x &&
         isClose(product.number, number, x);
}

// number * x^3
bool isCube(Value value, double number, Value x) {
  Product product = productOf(value);
  if (!isClose(product.number, number, x))
    return false;
  int64_t power = 0;
  for (Value factor : product.factors) {
    if (factor == x) {
      ++power;
      continue;
    }
    // x^3, x^2 by pow, or x * x that is read twice.
    auto pow = factor.getDefiningOp<PowOp>();
    auto exponent = pow && pow.getX() == x ? splatNumber(pow.getY()) : std::nullopt;
    auto mul = factor.getDefiningOp<MulOp>();
    if (exponent == 2.0 || (mul && mul.getX() == x && mul.getY() == x))
      power += 2;
    else if (exponent == 3.0)
      power += 3;
    else
      return false;
  }
  return power == 3;
}

std::optional<GeluKind> kindOf(Value one, Value curve, Value x) {
  constexpr double cubic = 0.044715;
  if (!isNumber(one, 1))
    return {};
  if (auto erf = curve.getDefiningOp<ErfOp>())
    return isScaled(erf.getX(), M_SQRT1_2, x) ? std::optional(GeluKind::erf) : std::nullopt;
  auto tanh = curve.getDefiningOp<TanhOp>();
  if (!tanh)
    return {};
  const double scale = std::sqrt(2 / M_PI);
  Product product = productOf(tanh.getX());
  if (product.factors.size() == 1 && isClose(product.number, scale, x))
    for (auto [linear, cube] : termsOf(product.factors[0]))
      if (linear == x && isCube(cube, cubic, x))
        return GeluKind::tanh;
  for (auto [linear, cube] : termsOf(tanh.getX()))
    if (isScaled(linear, scale, x) && isCube(cube, scale * cubic, x))
      return GeluKind::tanh;
  return {};
}

struct RaiseGelu : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op, PatternRewriter &rewriter) const override {
    Product product = productOf(op.getResult());
    if (product.factors.size() != 2 || !isClose(product.number, 0.5, op.getResult()))
      return rewriter.notifyMatchFailure(op, "expected 0.5 * x * (...)");
    for (int which : {0, 1}) {
      Value x = product.factors[which];
      for (auto [one, curve] : termsOf(product.factors[1 - which]))
        if (std::optional<GeluKind> kind = kindOf(one, curve, x)) {
          rewriter.replaceOpWithNewOp<GeluOp>(op, *kind, x);
          return success();
        }
    }
    return rewriter.notifyMatchFailure(op, "expected 1 + erf or 1 + tanh");
  }
};

} // namespace

void dlc::addGeluPatterns(RewritePatternSet &patterns) {
  patterns.add<RaiseGelu>(patterns.getContext());
}
