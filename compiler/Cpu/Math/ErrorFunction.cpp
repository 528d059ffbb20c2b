// erf. Below 1 it is x + x P(x^2). Above, f32 takes one polynomial of 1 - erf around the middle of
// [1, 3.93]; f64 would need two of more than 20 coefficients, so there 1 - erf is the exponential
// of a polynomial. Both ranges are computed and one is selected: cheaper than blending every
// coefficient, and no rational function, whose division alone costs as much as the polynomials.
#include "Cpu/Math/Coefficients.h"
#include "Cpu/Math/Exponential.h"
#include "Cpu/Math/Functions.h"

namespace dlc::vectormath {

namespace c = coefficients;

Expression erf(Expression x) {
  Expression a = absolute(x);
  Expression square = x * x, complement = x;
  Expression low = x;
  if (x.isF32()) {
    low = polynomial(square, c::erfLowF32);
    complement = polynomial(atMost(a, 3.93) - 2.46875, c::erfHighF32);
  } else {
    low = polynomial(square, c::erfLowF64);
    Exponential e = reduceExponential(polynomial(clamp(a, 1, 5.95) - 1, c::erfHighF64));
    complement = e.scale() * (e.tail + 1);
  }
  low = multiplyAdd(a, low, a);
  return copySign(select(less(a, 1), low, a.constant(1) - complement), x);
}

} // namespace dlc::vectormath
