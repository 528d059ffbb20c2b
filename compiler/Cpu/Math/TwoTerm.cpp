// Error-free sums and products.
#include "Cpu/Math/TwoTerm.h"

namespace dlc {

TwoTerm twoSum(Expression a, Expression b) {
  Expression sum = a + b;
  Expression fromB = sum - a;
  Expression fromA = sum - fromB;
  return {sum, (a - fromA) + (b - fromB)};
}

TwoTerm fastTwoSum(Expression a, Expression b) {
  Expression sum = a + b;
  return {sum, b - (sum - a)};
}

/// The upper 26 bits of the mantissa, rounded, so that the rest fits into 26 bits and a sign.
static TwoTerm halves(Expression a) {
  Expression high = fromBits((toBits(a) + (int64_t(1) << 26)) & ~((int64_t(1) << 27) - 1));
  return {high, a - high};
}

TwoTerm twoProduct(Expression a, Expression b) {
  Expression product = a * b;
  if (a.getFormula().target.hasFma)
    return {product, multiplyAdd(a, b, -product)};
  TwoTerm x = halves(a), y = halves(b);
  Expression low = x.high * y.high - product;
  low = low + x.high * y.low + x.low * y.high + x.low * y.low;
  return {product, low};
}

} // namespace dlc
