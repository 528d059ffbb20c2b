// x^y = 2^(y log2 |x|) with the special cases of C99. An error of y log2 |x| is a relative error of
// the result, so the logarithm needs 11 bits more than the result has (8 for f32).
//   f32: computed in f64, with a logarithm of 2^-40 and no division.
//   f64: the logarithm as the sum of two doubles. With s = f / (2 + f), z = s^2:
//        log(1 + f) = 2 s (1 + z/3 + z^2 Q(z)), where z^2 Q(z) < 2^-12 is a single double.
#include "Cpu/Math/Coefficients.h"
#include "Cpu/Math/Exponential.h"
#include "Cpu/Math/Functions.h"
#include "Cpu/Math/Logarithm.h"
#include "Cpu/Math/TwoTerm.h"
#include <limits>

namespace dlc::vectormath {

namespace c = coefficients;

static constexpr double infinity = std::numeric_limits<double>::infinity();
static constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// log2(x) of a positive finite f64 to 2^-65.
static TwoTerm log2InTwoTerms(Expression x) {
  Logarithm l = splitLogarithm(x, true);
  Expression f = l.fraction;
  // s = f / d, d = 2 + f. The rest of the division is multiplied by 1/d = (1 - s) / 2.
  TwoTerm d = fastTwoSum(f.constant(2.0), f);
  Expression s = f / d.high;
  TwoTerm back = twoProduct(s, d.high);
  Expression sLow = ((f - back.high) - back.low - s * d.low) * (s * -0.5 + 0.5);
  TwoTerm z = twoProduct(s, s);
  z.low = z.low + s * sLow * 2;
  // w = z/3 + z^2 Q(z)
  TwoTerm third = twoProduct(z.high, z.high.constant(c::third[0]));
  third.low = third.low + z.high * c::third[1] + z.low * c::third[0];
  TwoTerm w = fastTwoSum(third.high, z.high * z.high * polynomial(z.high, c::atanhSmallTailF64));
  w.low = w.low + third.low;
  // s + s w
  TwoTerm sw = twoProduct(s, w.high);
  TwoTerm sum = fastTwoSum(s, sw.high);
  Expression low = sum.low + (sw.low + s * w.low + sLow * w.high + sLow);
  TwoTerm scaled = twoProduct(sum.high, s.constant(c::twoOverLn2[0]));
  scaled.low = scaled.low + sum.high * c::twoOverLn2[1] + low * c::twoOverLn2[0];
  TwoTerm total = twoSum(l.exponent, scaled.high);
  return fastTwoSum(total.high, total.low + scaled.low);
}

/// y log2(x) as two terms, limited to where 2^ of it is 0 or infinite; x = 0 and infinity are taken
/// care of.
static TwoTerm exponentOfPower(Expression x, Expression y) {
  // A larger y over- or underflows for every x but 1, and would do so in the products before.
  Expression bounded = clamp(y, -0x1p70, 0x1p70);
  TwoTerm l = log2InTwoTerms(x);
  TwoTerm v = twoProduct(bounded, l.high);
  v.low = multiplyAdd(bounded, l.low, v.low);
  Expression atEnd = y * select(equal(x, 0), -infinity, x.constant(infinity));
  Expression isEnd = equal(x, 0) | equal(x, infinity);
  v.high = select(isEnd, atEnd, v.high);
  v.low = select(less(absolute(v.high), 1100), v.low, 0.0);
  v.high = clamp(v.high, -1080, 1030);
  return v;
}

static Expression powerOfMagnitude64(Expression x, Expression y) {
  TwoTerm v = exponentOfPower(x, y);
  Exponential e = reducePowerOfTwo(v.high, v.low);
  return e.scaled(e.tail + 1);
}

/// The same for f32, in f64.
static Expression powerOfMagnitude32(Expression x, Expression y) {
  mlir::Type f64 = x.builder().getF64Type();
  Expression wide = convertFloat(x, f64), wideY = convertFloat(y, f64);
  Logarithm l = splitLogarithm(wide, false);
  Expression log2 = multiplyAdd(l.fraction, polynomial(l.fraction, c::log2Single), l.exponent);
  log2 = select(equal(wide, 0), -infinity, select(equal(wide, infinity), infinity, log2));
  // Infinity times zero: 1 to an infinite power.
  Expression product = select(equal(wide, 1), 0.0, wideY * log2);
  // 2^v = 2^n 2^r, within the normal numbers of f64; the conversion rounds and overflows.
  Expression v = clamp(product, -200, 200);
  const double shift = 0x1.8p52 + 1023;
  Expression shifted = v + shift;
  Expression power = polynomial(v - (shifted - shift), c::exp2Single);
  Expression scale = fromBits(shiftLeft(toBits(shifted), 52));
  return convertFloat(power * scale, x.builder().getF32Type());
}

/// Of a number that is not negative.
static Expression isInteger(Expression x) {
  const double large = x.isF32() ? 0x1p23 : 0x1p52;
  return negate(less(x, large)) | equal((x + large) - large, x);
}

Expression pow(Expression x, Expression y) {
  Expression magnitude = absolute(x), exponent = absolute(y);
  Expression result =
      x.isF32() ? powerOfMagnitude32(magnitude, y) : powerOfMagnitude64(magnitude, y);
  Expression whole = isInteger(exponent);
  Expression odd = whole & negate(isInteger(exponent * 0.5));
  Expression signSet = less(toBits(x), 0);
  result = select(signSet & odd, -result, result);
  result = select(less(x, 0) & unequal(x, -infinity) & negate(whole), nan, result);
  result = select(isNan(x), x, result);
  result = select(isNan(y), y, result);
  return select(equal(y, 0) | equal(x, 1), 1.0, result);
}

} // namespace dlc::vectormath
