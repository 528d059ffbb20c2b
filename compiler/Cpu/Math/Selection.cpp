// Functions that are a few comparisons or multiplications.
#include "Cpu/Math/Functions.h"
#include "Cpu/Math/Repeat.h"

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
  // The product of the squares whose bit is set in y. 1 / x^-y is 0 but for 1 and -1, whose powers
  // the last bit tells.
  Expression isNegative = less(y, 0);
  Expression bits = select(isNegative, y & 1, y);
  mlir::ImplicitLocOpBuilder &b = x.builder();
  Expression largest = largestOfLanes(bits);
  mlir::Value zeros = mlir::math::CountLeadingZerosOp::create(b, largest.getValue());
  Expression count = 64 - Expression{x.getFormula(), zeros};
  Expressions powers =
      repeat(count, x.getWidth(), {x.constant(1), x, bits}, [](const Expressions &at) {
        Expression result = at[0], square = at[1], rest = at[2];
        return Expressions{select(unequal(rest & 1, 0), result * square, result), square * square,
                           shiftRight(rest, 1)};
      });
  Expression isUnit = equal(x, 1) | equal(x, -1);
  return select(isNegative & negate(isUnit), 0, powers[0]);
}

} // namespace dlc::vectormath
