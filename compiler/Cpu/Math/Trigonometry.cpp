// sin, cos and tan of every argument: no range is excluded and none is less accurate. The angle is
// measured in quarter turns, y = x * 2/pi = n + fraction, and only n modulo 4 matters; so for a
// large x = 2^k x' the product is x' * (2^k * 2/pi modulo 4), whose second factor is a constant of
// many digits.
//   f32: in f64, one of six constants (k = 0, 20, 37, ..., 88) of 107 bits; the closest an f32
//   comes to a multiple of
//        pi/2 leaves a fraction of about 2^-30, so 2^-60 of absolute error is enough.
//   f64: k is a multiple of 16, the constant has 212 bits and is read from a table; sums and
//   products in two terms. The
//        closest a double comes leaves a fraction of 2^-62.
// x' must be an integer where multiples of 4 have been dropped from its factor: k <= exponent -
// mantissa bits.
#include "Cpu/Math/Coefficients.h"
#include "Cpu/Math/Functions.h"
#include "Cpu/Math/Table.h"
#include "Cpu/Math/TwoTerm.h"

namespace dlc::vectormath {

namespace c = coefficients;

/// 1.5 * 2^52: added to a double, it leaves the nearest integer in the lowest bits.
static constexpr double roundingShift = 0x1.8p52;

/// x = quarter pi/2 + angle + angleLow, |angle| <= pi/4.
struct ReducedAngle {
  Expression quarter; ///< an integer of the width of x, of which the two lowest bits matter
  Expression angle, angleLow;
};

static ReducedAngle reduce32(Expression x) {
  Expression wide = convertFloat(x, x.builder().getF64Type());
  Expression magnitude = absolute(wide);
  constexpr double bounds[] = {0x1p43, 0x1p60, 0x1p77, 0x1p94, 0x1p111};
  constexpr double scales[] = {0x1p-20, 0x1p-37, 0x1p-54, 0x1p-71, 0x1p-88};
  Expression high = wide.constant(c::turnsSingle[0][0]);
  Expression low = wide.constant(c::turnsSingle[0][1]);
  Expression scale = wide.constant(1);
  for (int i = 0; i < 5; ++i) {
    Expression isBelow = less(magnitude, bounds[i]);
    high = select(isBelow, high, c::turnsSingle[i + 1][0]);
    low = select(isBelow, low, c::turnsSingle[i + 1][1]);
    scale = select(isBelow, scale, scales[i]);
  }
  Expression reduced = wide * scale;
  TwoTerm turns = twoProduct(reduced, high);
  Expression rest = multiplyAdd(reduced, low, turns.low);
  Expression shifted = turns.high + roundingShift;
  Expression fraction = (turns.high - (shifted - roundingShift)) + rest;
  Expression angle = convertFloat(fraction * c::halfPi[0], x.builder().getF32Type());
  Expression quarter = resizeInteger(toBits(shifted), x.builder().getI32Type(), false);
  return {quarter, angle, angle.constant(0.0)};
}

/// The nearest integer of |x| <= 2^50, added to the lowest bits of `count`, and what is left of x.
static Expression takeInteger(Expression x, Expression &count) {
  Expression shifted = x + roundingShift;
  count = count + toBits(shifted);
  return x - (shifted - roundingShift);
}

static ReducedAngle reduce64(Expression x) {
  // 16 * level <= exponent - 52; infinity and NaN give NaN with any row of the table.
  Expression exponent = (shiftRight(toBits(x), 52) & 0x7ff) - (1023 + 52);
  Expression level = shiftRight(select(less(exponent, 0), 0, exponent), 4);
  Expression scale = fromBits(shiftLeft(level.constant(1023) - shiftLeft(level, 4), 52));
  Expression reduced = x * scale; // below 2^68
  llvm::ArrayRef<double> table(&c::turnsTable[0][0], std::size(c::turnsTable) * 4);
  Expression row = shiftLeft(level, 2);
  auto column = [&](int i) { return lookUp("dlc_quarter_turns", table, row, i); };
  TwoTerm p1 = twoProduct(reduced, column(0)), p2 = twoProduct(reduced, column(1));
  TwoTerm p3 = twoProduct(reduced, column(2));
  Expression least = multiplyAdd(reduced, column(3), p3.low);

  // The sum of all, its integers taken out wherever there are any. A double from 2^54 on is a
  // multiple of 4; the unit of 1.5 * 2^55 is 8.
  Expression p1Modulo8 = p1.high - ((p1.high + 0x1.8p55) - 0x1.8p55);
  Expression first = select(less(absolute(p1.high), 0x1p54), p1Modulo8, p1.high * 0.0);
  Expression count = toBits(x.constant(0.0));
  first = takeInteger(first, count);
  Expression second = takeInteger(p1.low, count);
  Expression third = takeInteger(p2.high, count);
  TwoTerm a = twoSum(first, second);
  TwoTerm b = twoSum(a.high, third);
  b.high = takeInteger(b.high, count);
  // Should these cancel, the rest decides, so nothing of it may be lost.
  TwoTerm small = twoSum(p2.low, p3.high);
  TwoTerm lost = twoSum(a.low, b.low);
  TwoTerm d = twoSum(b.high, small.high);
  TwoTerm e = twoSum(d.high, lost.high);
  TwoTerm sum = fastTwoSum(e.high, e.low + d.low + (lost.low + (small.low + least)));
  TwoTerm angle = twoProduct(sum.high, x.constant(c::halfPi[0]));
  Expression rest = multiplyAdd(sum.high, c::halfPi[1], angle.low);
  return {count, angle.high, multiplyAdd(sum.low, c::halfPi[0], rest)};
}

struct SineAndCosine {
  Expression quarter, sine, cosine; ///< of the reduced angle
};

static SineAndCosine evaluate(Expression x) {
  if (x.isF32()) {
    ReducedAngle r = reduce32(x);
    Expression z = r.angle * r.angle;
    Expression sine = multiplyAdd(z * r.angle, polynomial(z, c::sinTailF32), r.angle);
    Expression cosine = multiplyAdd(multiplyAdd(polynomial(z, c::cosTailF32), z, -0.5), z, 1);
    return {r.quarter, sine, cosine};
  }
  ReducedAngle r = reduce64(x);
  Expression z = r.angle * r.angle;
  Expression half = z * 0.5;
  Expression start = half.constant(1) - half;
  // sin(a + l) = a + (a^3 S + l (1 - a^2/2)), cos(a + l) = (1 - a^2/2) + (what that lost + a^4 C -
  // a l)
  Expression sine =
      multiplyAdd(z * r.angle, polynomial(z, c::sinTailF64), r.angleLow * start) + r.angle;
  Expression lost = (start.constant(1) - start) - half;
  Expression cosine =
      multiplyAdd(z * z, polynomial(z, c::cosTailF64), lost - r.angle * r.angleLow) + start;
  return {r.quarter, sine, cosine};
}

/// -x where bit `bit` of the integer is set.
static Expression negateByBit(Expression x, Expression integer, int bit) {
  const int sign = int(x.getWidth()) - 1;
  Expression flag = shiftLeft(integer & (int64_t(1) << bit), sign - bit);
  return fromBits(toBits(x) ^ flag);
}

/// x itself where it equals its sine and tangent: the reduction would lose bits of tiny numbers and
/// the sign of zero.
static Expression keepTiny(Expression x, Expression result) {
  return select(less(absolute(x), x.isF32() ? 0x1p-13 : 0x1p-27), x, result);
}

static Expression sineOfQuarter(SineAndCosine s, Expression quarter) {
  Expression odd = unequal(quarter & 1, 0);
  return negateByBit(select(odd, s.cosine, s.sine), quarter, 1);
}

Expression sin(Expression x) {
  SineAndCosine s = evaluate(x);
  return keepTiny(x, sineOfQuarter(s, s.quarter));
}

Expression cos(Expression x) {
  SineAndCosine s = evaluate(x);
  return sineOfQuarter(s, s.quarter + 1);
}

Expression tan(Expression x) {
  SineAndCosine s = evaluate(x);
  Expression odd = unequal(s.quarter & 1, 0);
  Expression result = select(odd, s.cosine, s.sine) / select(odd, s.sine, s.cosine);
  return keepTiny(x, negateByBit(result, s.quarter, 0));
}

} // namespace dlc::vectormath
