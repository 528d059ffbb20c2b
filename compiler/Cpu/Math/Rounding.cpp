// Rounding to integers where there is no instruction for it. A number from 2^mantissa on is an
// integer; adding and subtracting that power rounds a smaller one to the nearest, halves to even.
// Signs are copied, for -0.
#include "Cpu/Math/Functions.h"

namespace dlc::vectormath {

static double integersFrom(Expression x) { return x.isF32() ? 0x1p23 : 0x1p52; }

/// The nearest integer of a number that is not negative and less than integersFrom.
static Expression nearest(Expression magnitude) {
  return (magnitude + integersFrom(magnitude)) - integersFrom(magnitude);
}

/// `rounded` where x has a fraction, with the sign of x.
static Expression whereFraction(Expression x, Expression rounded) {
  return select(less(absolute(x), integersFrom(x)), copySign(rounded, x), x);
}

Expression roundeven(Expression x) { return whereFraction(x, nearest(absolute(x))); }

Expression trunc(Expression x) {
  Expression a = absolute(x), n = nearest(a);
  return whereFraction(x, select(less(a, n), n - 1, n));
}

Expression floor(Expression x) {
  Expression n = copySign(nearest(absolute(x)), x);
  return whereFraction(x, select(less(x, n), n - 1, n));
}

Expression ceil(Expression x) {
  Expression n = copySign(nearest(absolute(x)), x);
  return whereFraction(x, select(less(n, x), n + 1, n));
}

Expression round(Expression x) {
  // To nearest even first; a half that went down goes up.
  Expression a = absolute(x), n = nearest(a);
  return whereFraction(x, select(equal(a - n, 0.5), n + 1, n));
}

} // namespace dlc::vectormath
