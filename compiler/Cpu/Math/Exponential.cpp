// exp and what is made of it. n = round(x / ln 2) comes out of adding 1.5 * 2^(mantissa bits),
// which needs no rounding instruction; e^r - 1 = r + r^2 E(r). Twice the exponent's bias is added
// with the same constant, so that halving the bits of the sum gives the exponent fields of two
// factors whose product is 2^n: with two factors subnormal results are rounded once and large ones
// do not overflow early.
#include "Cpu/Math/Exponential.h"
#include "Cpu/Math/Coefficients.h"
#include "Cpu/Math/Functions.h"
#include "Cpu/Math/TwoTerm.h"
#include <cmath>

namespace dlc::vectormath {

namespace c = coefficients;

static int mantissaBits(Expression x) { return x.isF32() ? 23 : 52; }
static int bias(Expression x) { return x.isF32() ? 127 : 1023; }
static double shiftOf(Expression x) { return std::ldexp(1.5, mantissaBits(x)) + 2 * bias(x); }

Expression Exponential::scale(int lower) const {
  // The lowest bits are n + 2 bias; the exponent field wanted is n - lower + bias.
  Expression field = toBits(shifted) - (bias(shifted) + lower);
  return fromBits(shiftLeft(field, mantissaBits(shifted)));
}

Expression Exponential::scaled(Expression y) const {
  Expression bits = toBits(shifted);
  Expression half = shiftRight(bits, 1);
  Expression first = fromBits(shiftLeft(half, mantissaBits(shifted)));
  Expression second = fromBits(shiftLeft(bits - half, mantissaBits(shifted)));
  return y * first * second;
}

/// (e^r - 1 - r) / r^2
static Expression expTail(Expression r) {
  return r.isF32() ? polynomial(r, c::expTailF32) : polynomial(r, c::expTailF64);
}

Exponential reduceExponential(Expression x) {
  const double *ln2 = x.isF32() ? c::ln2F32 : c::ln2F64;
  Expression shifted = multiplyAdd(x, c::inverseLn2[0], shiftOf(x));
  Expression n = shifted - shiftOf(x);
  Expression r = multiplyAdd(n, -ln2[0], x);
  r = multiplyAdd(n, -ln2[1], r);
  return {shifted, multiplyAdd(r * r, expTail(r), r)};
}

Exponential reducePowerOfTwo(Expression high, Expression low) {
  Expression shifted = high + shiftOf(high);
  // The unit of `high` may be large, and with it `low`; that of the fraction is not.
  TwoTerm fraction = fastTwoSum(high - (shifted - shiftOf(high)), low);
  TwoTerm r = twoProduct(fraction.high, high.constant(c::ln2Parts[0]));
  Expression rest = multiplyAdd(fraction.high, c::ln2Parts[1], r.low);
  rest = multiplyAdd(fraction.low, c::ln2Parts[0], rest);
  return {shifted, multiplyAdd(r.high * r.high, expTail(r.high), rest) + r.high};
}

Expression exp(Expression x) {
  // From here on the result is infinity, and 0 as the product of two zeros: both fields of n =
  // -2 bias are 0. A product that is too small would be 0 too, but takes processors 100 cycles, and
  // masks of attention lead there.
  x = x.isF32() ? clamp(x, -176, 89) : clamp(x, -1418, 710);
  Exponential e = reduceExponential(x);
  return e.scaled(e.tail + 1);
}

Expression exp2(Expression x) {
  x = x.isF32() ? clamp(x, -254, 129) : clamp(x, -2046, 1025);
  Expression shifted = x + shiftOf(x);
  Expression r = (x - (shifted - shiftOf(x))) * c::ln2Parts[0];
  Exponential e{shifted, multiplyAdd(r * r, expTail(r), r)};
  return e.scaled(e.tail + 1);
}

Expression expm1(Expression x) {
  // 2^n - 1 + 2^n (e^r - 1), halved, so that 2^128 does not overflow. Below the lower bound the
  // result is -1.
  Expression inside = x.isF32() ? clamp(x, -25, 89) : clamp(x, -45, 710);
  Exponential e = reduceExponential(inside);
  Expression half = e.scale(1);
  Expression result = multiplyAdd(half, e.tail, half - 0.5) * 2;
  return copySign(result, x); // of -0
}

Expression logistic(Expression x) {
  // e^-|x| does not overflow: 1 / (1 + e) or e / (1 + e).
  Expression e = exp(-absolute(x));
  return select(less(x, 0), e, 1) / (e + 1);
}

Expression tanh(Expression x) {
  // tanh |x| = m / (m + 2) with m = e^2|x| - 1; it is 1 from the bound on.
  Expression magnitude = atMost(absolute(x), x.isF32() ? 9.5 : 20);
  Exponential e = reduceExponential(magnitude * 2);
  Expression scale = e.scale();
  Expression m = multiplyAdd(scale, e.tail, scale - 1);
  return copySign(m / (m + 2), x);
}

/// Above it sinh and cosh overflow; slightly below the next change of n, so that 2^(n-2) does not.
static double hyperbolicBound(Expression x) { return x.isF32() ? 89.5 : 710.6; }

Expression sinh(Expression x) {
  // (m + m / (m + 1)) / 2 with m = e^|x| - 1, of which a quarter is computed.
  Expression magnitude = absolute(x);
  Exponential e = reduceExponential(atMost(magnitude, hyperbolicBound(x)));
  Expression scale = e.scale(2);
  Expression quarter = multiplyAdd(scale, e.tail, scale - 0.25);
  Expression result = (quarter + quarter / multiplyAdd(quarter, 4, 1)) * 2;
  // A quarter of a subnormal number loses bits.
  result = select(less(magnitude, x.isF32() ? 0x1p-14 : 0x1p-30), magnitude, result);
  return copySign(result, x);
}

Expression cosh(Expression x) {
  Exponential e = reduceExponential(atMost(absolute(x), hyperbolicBound(x)));
  Expression quarter = e.scale(2) * (e.tail + 1);
  return (quarter + quarter.constant(0.0625) / quarter) * 2;
}

Expression rsqrt(Expression x) { return x.constant(1) / squareRoot(x); }

} // namespace dlc::vectormath
