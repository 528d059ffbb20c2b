// Conversions of f16 and bf16 on integers, where the target has no instruction. What is wider than
// 32 bits goes through an f32 that is rounded to odd: an inexact one has its last bit set, so that
// rounding it again gives what rounding once would have given.
#include "Cpu/Math/Functions.h"

using namespace mlir;

namespace dlc::vectormath {

static Expression as(Expression x, Type element) {
  return {x.getFormula(),
          arith::BitcastOp::create(x.builder(), x.getTypeOf(element), x.getValue())};
}

static Expression toOdd32(Expression x) {
  Builder &b = x.builder();
  Expression single = convertFloat(x, b.getF32Type());
  Expression back = absolute(convertFloat(single, b.getF64Type())), magnitude = absolute(x);
  Expression bits = toBits(single);
  Expression tooLarge = less(magnitude, back);
  Expression inexact = tooLarge | less(back, magnitude);
  Expression towardsZero = select(tooLarge, bits - 1, bits);
  return fromBits(select(inexact, towardsZero | 1, bits));
}

static Expression bfloatTo32(Expression x) {
  Builder &b = x.builder();
  Expression bits = resizeInteger(as(x, b.getI16Type()), b.getI32Type(), false);
  return fromBits(shiftLeft(bits, 16));
}

static Expression bfloatFrom32(Expression x) {
  Builder &b = x.builder();
  Expression bits = toBits(x);
  Expression rounded = bits + 0x7fff + (shiftRight(bits, 16) & 1);
  Expression result = shiftRight(select(isNan(x), bits | 0x400000, rounded), 16);
  return as(resizeInteger(result, b.getI16Type(), false), b.getBF16Type());
}

static Expression halfTo32(Expression x) {
  Builder &b = x.builder();
  if (x.getFormula().target.hasHalfConversion)
    return convertFloat(x, b.getF32Type());
  Expression bits = resizeInteger(as(x, b.getI16Type()), b.getI32Type(), false);
  Expression sign = shiftLeft(bits & 0x8000, 16);
  Expression rest = shiftLeft(bits & 0x7fff, 13);
  // The exponent's bias grows from 15 to 127; infinity and NaN go to the top; a subnormal number is
  // its mantissa times 2^-24, made by subtracting 2^-14 from a number with that exponent.
  Expression normal = rest + (112 << 23);
  Expression atTop = rest + (224 << 23);
  Expression subnormal = toBits(fromBits(rest + (113 << 23)) - 0x1p-14);
  Expression magnitude =
      select(less(rest, 0x00800000), subnormal, select(less(rest, 0x0f800000), normal, atTop));
  return fromBits(magnitude | sign);
}

static Expression halfFrom32(Expression x) {
  Builder &b = x.builder();
  if (x.getFormula().target.hasHalfConversion)
    return convertFloat(x, b.getF16Type());
  Expression bits = toBits(x);
  Expression sign = shiftRight(bits, 16) & 0x8000;
  Expression rest = bits & 0x7fffffff;
  // Normal: 13 bits are rounded off, half to even, and the exponent's bias goes from 127 to 15.
  Expression odd = shiftRight(rest, 13) & 1;
  Expression normal = shiftRight(rest - (112 << 23) + 0xfff + odd, 13);
  // Subnormal: beside 1/2 the last bit of the sum is worth 2^-24.
  Expression subnormal = toBits(fromBits(rest) + 0.5) - 0x3f000000;
  Expression nan = (shiftRight(rest, 13) & 0x3ff) | 0x7e00;
  Expression result =
      select(less(rest, 0x38800000), subnormal,
             select(less(rest, 0x477ff000), normal, select(less(0x7f800000, rest), nan, 0x7c00)));
  return as(resizeInteger(result | sign, b.getI16Type(), false), b.getF16Type());
}

Expression convert(Expression x, Type element) {
  Type from = getElementTypeOrSelf(x.getType());
  if (from == element)
    return x;
  if (from.isBF16())
    x = bfloatTo32(x);
  else if (from.isF16())
    x = halfTo32(x);
  from = getElementTypeOrSelf(x.getType());
  if (from == element)
    return x;
  if (!element.isBF16() && !element.isF16())
    return convertFloat(x, element);
  if (from.isF64())
    x = toOdd32(x);
  return element.isBF16() ? bfloatFrom32(x) : halfFrom32(x);
}

} // namespace dlc::vectormath
