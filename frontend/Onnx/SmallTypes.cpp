// See SmallTypes.h.
#include "Onnx/SmallTypes.h"
#include "Onnx/Formula.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
// A float of sign, exponent and mantissa. `most` is the code of the largest number, `overflow` that
// of what is larger, `nan` that of NaN; the sign is not in them.
struct Format {
  ElementType type;
  StringLiteral name; // in a program's description
  int bits, mantissa, bias;
  int most, overflow, nan;
  bool unsignedZero; // NaN stands in the place of -0
};
constexpr Format formats[] = {
    {ElementType::Float8E4M3FN, "f8e4m3fn", 8, 3, 7, 0x7e, 0x7f, 0x7f, false},
    {ElementType::Float8E4M3FNUZ, "f8e4m3fnuz", 8, 3, 8, 0x7f, 0x80, 0x80, true},
    {ElementType::Float8E5M2, "f8e5m2", 8, 2, 15, 0x7b, 0x7c, 0x7e, false},
    {ElementType::Float8E5M2FNUZ, "f8e5m2fnuz", 8, 2, 16, 0x7f, 0x80, 0x80, true},
    {ElementType::Float4E2M1, "f4e2m1", 4, 1, 1, 7, 7, 8, false},
    {ElementType::Float8E8M0, "f8e8m0", 8, 0, 127, 0xfe, 0xff, 0xff, false},
    {ElementType::Int4, "i4", 4, 0, 0, 0, 0, 0, false},
    {ElementType::Uint4, "u4", 4, 0, 0, 0, 0, 0, false},
    {ElementType::Int2, "i2", 2, 0, 0, 0, 0, 0, false},
    {ElementType::Uint2, "u2", 2, 0, 0, 0, 0, 0, false},
};
} // namespace

static const Format *find(ElementType type) {
  auto format = llvm::find_if(formats, [&](const Format &f) { return f.type == type; });
  return format == std::end(formats) ? nullptr : format;
}

bool isSmall(ElementType type) { return find(type) != nullptr; }

static bool isSigned(ElementType type) {
  return type == ElementType::Int4 || type == ElementType::Int2;
}
static bool isInteger(ElementType type) { return find(type)->bias == 0; }

mlir::Type codeType(ElementType type, MLIRContext &context) {
  return IntegerType::get(&context, 8,
                          isSigned(type) ? IntegerType::Signed : IntegerType::Unsigned);
}

SmallVector<NamedAttribute> smallTypeAttributes(Builder &b, ElementType type,
                                                ArrayRef<int64_t> shape) {
  return {b.getNamedAttr("dlc.dtype", b.getStringAttr(find(type)->name)),
          b.getNamedAttr("dlc.shape", b.getDenseI64ArrayAttr(shape))};
}

// ---------------------------------------------------------------- bytes

static TensorExpr reshaped(TensorExpr x, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, x.type().getElementType());
  return type == x.type() ? x : x.with(ReshapeOp::create(x.builder, type, x));
}

static mlir::Type integer(TensorExpr x, unsigned bits, bool isUnsigned = false) {
  return IntegerType::get(x.builder.getContext(), bits,
                          isUnsigned ? IntegerType::Unsigned : IntegerType::Signed);
}

RankedTensorType packedType(ElementType type, RankedTensorType codes) {
  auto byte = IntegerType::get(codes.getContext(), 8, IntegerType::Unsigned);
  if (find(type)->bits == 8)
    return RankedTensorType::get(codes.getShape(), byte);
  int64_t bytes = llvm::divideCeil(codes.getNumElements() * find(type)->bits, 8);
  return RankedTensorType::get({bytes}, byte);
}

// The bits by which element j of a byte is shifted.
static TensorExpr shifts(TensorExpr bytes, int bits) {
  TensorExpr index = bytes.with(IotaOp::create(bytes.builder, bytes.type(), 1));
  return index * index.number(bits);
}

TensorExpr unpacked(TensorExpr bytes, ArrayRef<int64_t> shape, ElementType type) {
  int bits = find(type)->bits, each = 8 / bits;
  if (each == 1)
    return reshaped(bytes, shape);
  int64_t count = bytes.type().getNumElements(), elements = ShapedType::getNumElements(shape);
  TensorExpr wide = broadcast(reshaped(bytes, {count}), {count, each}, {0});
  TensorExpr shifted = wide.with(ShrOp::create(wide.builder, wide, shifts(wide, bits)));
  TensorExpr codes = wide.with(AndOp::create(wide.builder, shifted, wide.number((1 << bits) - 1)));
  TensorExpr line = reshaped(codes, {count * each});
  TensorExpr there = line.with(SliceOp::create(line.builder, line, ArrayRef<int64_t>{0},
                                               ArrayRef<int64_t>{elements}, ArrayRef<int64_t>{1}));
  TensorExpr result = reshaped(there, shape);
  if (!isSigned(type))
    return result;
  TensorExpr numbers = convert(result, integer(result, 8)), half = numbers.number(1 << (bits - 1));
  return numbers.with(XorOp::create(numbers.builder, numbers, half)) - half;
}

TensorExpr packed(TensorExpr codes, ElementType type) {
  int bits = find(type)->bits, each = 8 / bits;
  TensorExpr plain = convert(codes, integer(codes, 8, true));
  if (each == 1)
    return plain;
  int64_t elements = codes.type().getNumElements(), count = llvm::divideCeil(elements, each);
  TensorExpr line = reshaped(plain, {elements});
  TensorExpr full = line.with(PadOp::create(
      line.builder, line, ArrayRef<int64_t>{0}, ArrayRef<int64_t>{count * each - elements},
      ArrayRef<int64_t>{0}, elementAttribute(line.type().getElementType(), 0)));
  TensorExpr square = reshaped(full, {count, each});
  TensorExpr low =
      square.with(AndOp::create(square.builder, square, square.number((1 << bits) - 1)));
  return reduceSum(square.with(ShlOp::create(square.builder, low, shifts(low, bits))), {1});
}

// ---------------------------------------------------------------- numbers

static double numberOf(const Format &format, int code) {
  if (format.type == ElementType::Float8E8M0)
    return code == format.nan ? NAN : std::ldexp(1.0, code - format.bias);
  int sign = 1 << (format.bits - 1), magnitude = code & (sign - 1);
  bool isNaN = format.unsignedZero ? code == sign : magnitude > format.most;
  if (magnitude == format.overflow && format.overflow != format.nan)
    return format.overflow == format.most ? std::copysign(6.0, code & sign ? -1 : 1)
                                          : std::copysign(INFINITY, code & sign ? -1 : 1);
  if (isNaN)
    return NAN;
  int exponent = magnitude >> format.mantissa;
  double fraction = std::ldexp(magnitude & ((1 << format.mantissa) - 1), -format.mantissa);
  double value = std::ldexp(fraction + (exponent > 0), std::max(exponent, 1) - format.bias);
  return code & sign ? -value : value;
}

// Floats of at most 8 bits are few: a table of them all.
TensorExpr decoded(TensorExpr codes, ElementType type, mlir::Type to) {
  const Format &format = *find(type);
  if (isInteger(type))
    return convert(codes, to);
  ImplicitLocOpBuilder &b = codes.builder;
  Literal table(RankedTensorType::get({1 << format.bits}, b.getF32Type()));
  for (int code = 0; code < 1 << format.bits; ++code)
    table.setNumber(code, numberOf(format, code));
  Value places = convert(codes, integer(codes, 32));
  return convert(codes.with(TakeOp::create(b, buildConstant(b, table), places, 0)), to);
}

namespace {
// |x| = 2^exponent significand, with 1 <= significand < 2, where |x| is at least 2^least; below it,
// exponent = least and significand = |x| / 2^least.
struct Parts {
  TensorExpr exponent, significand;
};
} // namespace

// Halved as often as needed, by steps of 2^(levels-1), ..., 4, 2, 1: each is exact. `x` is f64.
static Parts split(TensorExpr x, int least, int levels) {
  ImplicitLocOpBuilder &b = x.builder;
  TensorExpr scaled = abs(x) * x.number(std::ldexp(1.0, -least));
  Value rest = scaled, exponent = x.number(least);
  for (int level = levels - 1; level >= 0; --level) {
    double step = 1 << level, factor = std::ldexp(1.0, -(1 << level));
    TensorExpr at{b, rest}, sum{b, exponent};
    TensorExpr large = compare(CompareKind::ge, at, at.number(1 / factor));
    rest = select(large, at * at.number(factor), at);
    exponent = select(large, sum + sum.number(step), sum);
  }
  return {{b, exponent}, {b, rest}};
}

static TensorExpr isNaN(TensorExpr x) { return compare(CompareKind::ne, x, x); }
static TensorExpr both(TensorExpr x, TensorExpr y) {
  return x.with(AndOp::create(x.builder, x, y));
}
static TensorExpr either(TensorExpr x, TensorExpr y) {
  return x.with(OrOp::create(x.builder, x, y));
}

// The biased exponent of an f32, rounded as asked; infinity is NaN too.
static TensorExpr exponentCodes(TensorExpr x, bool saturate, StringRef roundMode) {
  auto [exponent, significand] = split(x, -126, 8);
  TensorExpr isSubnormal = compare(CompareKind::lt, significand, x.number(1));
  TensorExpr field = select(isSubnormal, x.number(0), exponent + x.number(127));
  TensorExpr fraction = select(isSubnormal, significand, significand - x.number(1));
  TensorExpr half = x.number(0.5), zero = x.number(0);
  TensorExpr tie =
      both(compare(CompareKind::eq, fraction, half), compare(CompareKind::gt, field, zero));
  TensorExpr up = roundMode == "up"     ? compare(CompareKind::gt, fraction, zero)
                  : roundMode == "down" ? compare(CompareKind::lt, fraction, zero)
                                        : either(compare(CompareKind::gt, fraction, half), tie);
  TensorExpr rounded = field + convert(up, x.type().getElementType());
  TensorExpr result = saturate ? min(rounded, x.number(0xfe)) : rounded;
  TensorExpr isFinite = compare(CompareKind::lt, abs(x), x.number(INFINITY));
  return select(isFinite, result, x.number(0xff));
}

// Codes grow with the numbers, and one step of the code is one of the significand:
//   code = (exponent - least) 2^mantissa + round_even(significand 2^mantissa),
// also below the smallest normal number and where rounding carries into the exponent.
static TensorExpr floatCodes(TensorExpr x, const Format &format, bool saturate) {
  int least = 1 - format.bias;
  // Far above the largest number, but not infinite.
  TensorExpr limited = clamp(x, -std::ldexp(1.0, 17), std::ldexp(1.0, 17));
  auto [exponent, significand] = split(limited, least, 6);
  TensorExpr steps = x.number(1 << format.mantissa), most = x.number(format.most);
  TensorExpr code = (exponent - x.number(least)) * steps + roundEven(significand * steps);
  TensorExpr bounded = select(compare(CompareKind::gt, code, most),
                              saturate ? most : x.number(format.overflow), code);
  // 1 / x tells -0 from 0.
  TensorExpr zero = x.number(0);
  TensorExpr isNegative =
      either(compare(CompareKind::lt, x, zero), compare(CompareKind::lt, x.number(1) / x, zero));
  TensorExpr hasSign = both(isNegative, compare(CompareKind::lt, bounded, x.number(0x80)));
  TensorExpr isZero = compare(CompareKind::eq, bounded, zero);
  TensorExpr sign = select(hasSign, x.number(1 << (format.bits - 1)), zero);
  TensorExpr shown = format.unsignedZero ? select(isZero, zero, sign) : sign;
  return select(isNaN(x), x.number(format.nan), bounded + shown);
}

TensorExpr encoded(TensorExpr x, ElementType type, bool saturate, StringRef roundMode) {
  const Format &format = *find(type);
  mlir::Type byte = codeType(type, *x.builder.getContext());
  if (isInteger(type)) {
    TensorExpr wide = convert(x, integer(x, 32)), mask = wide.number((1 << format.bits) - 1);
    TensorExpr low = both(wide, mask);
    if (!isSigned(type))
      return convert(low, byte);
    TensorExpr half = wide.number(1 << (format.bits - 1));
    return convert(wide.with(XorOp::create(x.builder, low, half)) - half, byte);
  }
  TensorExpr wide = convert(x, x.builder.getF64Type());
  return convert(type == ElementType::Float8E8M0 ? exponentCodes(wide, saturate, roundMode)
                                                 : floatCodes(wide, format, saturate),
                 byte);
}

} // namespace dlc::onnx
