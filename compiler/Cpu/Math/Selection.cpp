// Functions that are a few comparisons or multiplications.
#include "Cpu/Math/Functions.h"

namespace dlc::vectormath {

Expression minimum(Expression x, Expression y) {
  // The comparison is one instruction together with its selection; it gives y where one of the two
  // is NaN.
  return select(isNan(x), x, select(less(x, y), x, y));
}

Expression maximum(Expression x, Expression y) {
  return select(isNan(x), x, select(less(y, x), x, y));
}

Expression integerPower(Expression x, Expression y) {
  // The product of the squares whose bit is set in y.
  Expression result = x.constant(1), square = x, rest = y;
  const int bits = int(x.getWidth());
  for (int i = 0; i < bits; ++i) {
    result = select(unequal(rest & 1, 0), result * square, result);
    if (i + 1 < bits) {
      square = square * square;
      rest = shiftRight(rest, 1);
    }
  }
  // 1 / x^-y is not 0 for 1 and -1, whose powers of y and -y agree.
  Expression isUnit = equal(x, 1) | equal(x, -1);
  return select(less(y, 0) & negate(isUnit), 0, result);
}

} // namespace dlc::vectormath
