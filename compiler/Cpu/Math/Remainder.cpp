// fmod, exactly: x = m 2^d y + ... is reduced from the top, some bits of the quotient at a time, in
// steps that are the same for every lane. Each step multiplies the remainder by a power of two and
// subtracts a multiple of y; both are integers times the unit of y that a double (f32) or two (f64)
// hold without rounding. What is left of d decides the power, so that lanes that are done multiply
// by one.
#include "Cpu/Math/Functions.h"
#include "Cpu/Math/Repeat.h"
#include "Cpu/Math/TwoTerm.h"

using namespace mlir;

namespace dlc::vectormath {

namespace {

/// A positive finite f64 as mantissa 2^exponent, the mantissa in [1, 2).
struct Scaled {
  Expression mantissa, exponent;
};

} // namespace

static constexpr int64_t mantissaMask = (int64_t(1) << 52) - 1;

static Scaled split(Expression x) {
  Expression small = less(x, 0x1p-1022);
  Expression bits = toBits(select(small, x * 0x1p54, x));
  Expression exponent = shiftRight(bits, 52) - select(small, 1023 + 54, bits.constant(1023));
  return {fromBits((bits & mantissaMask) | 0x3ff0000000000000), exponent};
}

/// 2^n for an i64 n within the exponents of normal numbers.
static Expression powerOfTwo(Expression n) { return fromBits(shiftLeft(n + 1023, 52)); }

static Expression nearest(Expression x) { return (x + 0x1.8p52) - 0x1.8p52; }

/// remainder * 2^bits modulo y, within half of y: |quotient| < 2^bits + 1 and bits <= 48.
static Expression step(Expression remainder, Expression power, Expression y, Expression inverse) {
  Expression scaled = remainder * power;
  TwoTerm product = twoProduct(nearest(scaled * inverse), y);
  return (scaled - product.high) - product.low;
}

/// For a mantissa and `left` powers of two, reduces modulo y in steps of at most 48 bits: mostly
/// one, and never more than `most`.
static Expression reduce(Expression remainder, Expression left, Expression y, int64_t most) {
  constexpr int bitsPerStep = 48;
  Expression inverse = y.constant(1) / y;
  Expression largest = largestOfLanes(left);
  // n steps reduce up to 48 n - 1 bits: (x + 48) floordiv 48 of them, by a product (x < 2^12).
  Expression count = shiftRight((largest + bitsPerStep) * 1366, 16);
  count = select(less(largest, 0), 1, select(less(count, most), count, most));
  return repeat(count, 1, {remainder, left}, [&](const Expressions &at) {
    Expression some = select(less(at[1], bitsPerStep), at[1], bitsPerStep);
    some = select(less(some, 0), 0, some);
    return Expressions{step(at[0], powerOfTwo(some), y, inverse), at[1] - some};
  })[0];
}

Expression remainder(Expression x, Expression y) {
  Builder &b = x.builder();
  const bool isF32 = x.isF32();
  Expression wideX = isF32 ? convertFloat(x, b.getF64Type()) : x;
  Expression wideY = isF32 ? convertFloat(y, b.getF64Type()) : y;
  Expression a = absolute(wideX), divisor = absolute(wideY);
  Scaled sx = split(a), sy = split(divisor);
  Expression left = sx.exponent - sy.exponent;
  // Exponents of f32 differ by at most 276, of f64 by 2097.
  Expression r = reduce(sx.mantissa, left, sy.mantissa, isF32 ? 6 : 44);
  r = select(less(r, 0), r + sy.mantissa, r);
  // Back to the unit of y, in two factors for subnormal numbers.
  Expression half = shiftRightArithmetic(sy.exponent, 1);
  r = r * powerOfTwo(half) * powerOfTwo(sy.exponent - half);
  r = select(less(a, divisor), a, r);
  const double infinity = __builtin_inf();
  Expression valid = less(a, infinity) & less(0, divisor);
  r = select(valid, r, r.constant(__builtin_nan("")));
  r = select(isNan(wideY), wideY, r);
  return copySign(isF32 ? convertFloat(r, b.getF32Type()) : r, x);
}

} // namespace dlc::vectormath
