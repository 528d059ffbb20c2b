// The logarithms: x = 2^e (1 + f) by arithmetic on the bits, with f around 0, and
//   f32: log(1 + f) = f - f^2/2 + f^3 L(f), nine coefficients and no division;
//   f64: log(1 + f) = f - (h - s (h + R)) with h = f^2/2, s = f / (2 + f), R = 2 s^2 A(s^2), from
//        log(1 + f) = 2 atanh(s); a polynomial in f would need 20 coefficients.
// The large terms are added last, so that the error stays below one ulp.
#include "Cpu/Math/Logarithm.h"
#include "Cpu/Math/Coefficients.h"
#include "Cpu/Math/Functions.h"
#include <cmath>
#include <limits>

namespace dlc::vectormath {

namespace c = coefficients;

static constexpr double infinity = std::numeric_limits<double>::infinity();
static constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Logarithm splitLogarithm(Expression x, bool maybeSubnormal) {
  const int mantissa = x.isF32() ? 23 : 52;
  const int64_t one = x.isF32() ? 0x3f800000 : 0x3ff0000000000000;
  const int64_t rootOfHalf = x.isF32() ? 0x3f3504f3 : 0x3fe6a09e667f3bcd;
  const int64_t integerBits = x.isF32() ? 0x4b000000 : 0x4330000000000000; // of 2^mantissa
  const double bias = (x.isF32() ? 127 : 1023) + std::ldexp(1.0, mantissa);

  Expression subtract = x.constant(bias);
  if (maybeSubnormal) {
    Expression small = less(x, x.isF32() ? 0x1p-126 : 0x1p-1022);
    x = select(small, x * std::ldexp(1.0, mantissa), x);
    subtract = select(small, bias + mantissa, subtract);
  }
  // Moves the boundary between two exponents from 1 to sqrt(1/2).
  Expression bits = toBits(x) + (one - rootOfHalf);
  Expression field = shiftRight(bits, mantissa);
  // The field in the mantissa of 2^mantissa is that number plus the field.
  Expression exponent = fromBits(field | integerBits) - subtract;
  Expression m = fromBits((bits & ((int64_t(1) << mantissa) - 1)) + rootOfHalf);
  return {field, exponent, m - 1};
}

Expression logOfFraction(Expression f, Expression addend) {
  if (f.isF32()) {
    Expression square = f * f;
    Expression rest = multiplyAdd(square * f, polynomial(f, c::logTailF32), addend);
    return multiplyAdd(square, -0.5, rest) + f;
  }
  Expression s = f / (f + 2);
  Expression z = s * s;
  Expression half = f * f * 0.5;
  Expression r = z * 2 * polynomial(z, c::atanhTailF64);
  return f - (half - multiplyAdd(s, half + r, addend));
}

/// Puts the values of log at 0 (-infinity), below (NaN), at infinity and at NaN beside the result
/// for the others.
static Expression withSpecialValues(Expression x, Expression result) {
  Expression atEnd = select(equal(x, 0), -infinity, x.constant(nan));
  return select(less(0, x), select(less(x, infinity), result, x), atEnd);
}

Expression log(Expression x) {
  const double *ln2 = x.isF32() ? c::ln2F32 : c::ln2F64;
  Logarithm l = splitLogarithm(x, true);
  Expression rest = logOfFraction(l.fraction, l.exponent * ln2[1]);
  return withSpecialValues(x, multiplyAdd(l.exponent, ln2[0], rest));
}

Expression log2(Expression x) {
  Logarithm l = splitLogarithm(x, true);
  Expression rest = logOfFraction(l.fraction, x.constant(0.0));
  return withSpecialValues(x, multiplyAdd(rest, c::inverseLn2[0], l.exponent));
}

Expression log10(Expression x) {
  const double *log10of2 = x.isF32() ? c::log10of2F32 : c::log10of2F64;
  Logarithm l = splitLogarithm(x, true);
  Expression rest = logOfFraction(l.fraction, x.constant(0.0));
  Expression low = multiplyAdd(rest, c::inverseLn10[0], l.exponent * log10of2[1]);
  return withSpecialValues(x, multiplyAdd(l.exponent, log10of2[0], low));
}

/// log(1 + x) 2^twice: 1 + x is rounded only to find the exponent e; the fraction 2^-e x + (2^-e -
/// 1) is not.
static Expression logOfOnePlus(Expression x) {
  const int mantissa = x.isF32() ? 23 : 52;
  const double *ln2 = x.isF32() ? c::ln2F32 : c::ln2F64;
  Logarithm l = splitLogarithm(x + 1, false);
  // 2^(2-e) is a normal number for every e, 2^-e is not.
  Expression field = l.exponentField.constant(x.isF32() ? 256 : 2048) - l.exponentField;
  Expression inverse = fromBits(shiftLeft(field, mantissa)) * 0.25;
  Expression f = multiplyAdd(inverse, x, inverse - 1);
  return multiplyAdd(l.exponent, ln2[0], logOfFraction(f, l.exponent * ln2[1]));
}

Expression log1p(Expression x) {
  Expression result = copySign(logOfOnePlus(x), x); // of -0
  Expression atEnd = select(equal(x, -1), -infinity, x.constant(nan));
  return select(less(-1, x), select(less(x, infinity), result, x), atEnd);
}

/// Above it asinh and acosh are log(2x) to the last bit.
static double largeBound(Expression x) { return x.isF32() ? 0x1p32 : 0x1p60; }

/// log1p(t), or log(x) + log(2) where `large`; x and t are not negative.
static Expression logOfSmallOrLarge(Expression large, Expression x, Expression t) {
  Expression result = logOfOnePlus(select(large, x, t));
  return select(large, result + c::ln2Parts[0], result);
}

Expression asinh(Expression x) {
  // log1p(a + a^2 / (1 + sqrt(1 + a^2))) with a = |x|.
  Expression a = absolute(x);
  Expression square = a * a;
  Expression t = a + square / (squareRoot(square + 1) + 1);
  Expression result = logOfSmallOrLarge(less(largeBound(x), a), a, t);
  return copySign(select(less(a, infinity), result, a), x);
}

Expression acosh(Expression x) {
  // log1p(d + sqrt(2 d + d^2)) with d = x - 1.
  Expression d = x - 1;
  Expression t = d + squareRoot(multiplyAdd(d, d, d * 2));
  Expression result = logOfSmallOrLarge(less(largeBound(x), x), x, t);
  return select(less(x, 1), nan, select(less(x, infinity), result, x));
}

Expression atanh(Expression x) {
  // log1p(2 a / (1 - a)) / 2 with a = |x|.
  Expression a = absolute(x);
  Expression t = (a * 2) / (a.constant(1) - a);
  Expression result = logOfOnePlus(t) * 0.5;
  result = select(less(a, 1), result, select(equal(a, 1), infinity, a.constant(nan)));
  return copySign(result, x);
}

} // namespace dlc::vectormath
