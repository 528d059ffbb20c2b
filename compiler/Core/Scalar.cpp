// Scalar.h's algebra as ops of arith and math. Every op chosen here has a vector form and no trap.
#include "Core/Scalar.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace dlc;

namespace {
// The type of `like` with another element type.
Type withElement(Type like, Type element) {
  if (auto vector = dyn_cast<VectorType>(like))
    return VectorType::get(vector.getShape(), element);
  return element;
}

Scalar constant(const Scalar &like, TypedAttr element) {
  TypedAttr value = element;
  if (auto vector = dyn_cast<VectorType>(like.value.getType()))
    value = DenseElementsAttr::get(vector, static_cast<Attribute>(element));
  return like.with(arith::ConstantOp::create(*like.builder, value));
}

template <typename FloatOp, typename IntegerOp> Scalar binary(Scalar x, Scalar y) {
  if (x.isFloat())
    return x.with(FloatOp::create(*x.builder, x.value, y.value));
  return x.with(IntegerOp::create(*x.builder, x.value, y.value));
}

template <typename Op> Scalar unary(Scalar x) { return x.with(Op::create(*x.builder, x.value)); }

// A divisor that cannot trap: 0 becomes 1, and -1 under the smallest number becomes 1.
struct SafeDivisor {
  Scalar divisor, isZero, overflows;
};
SafeDivisor safeDivisor(Scalar x, Scalar y) {
  Scalar isZero = compare(CompareKind::eq, y, y.integer(0));
  Scalar overflows = isZero;
  if (!x.isUnsigned) {
    auto lowest = APInt::getSignedMinValue(x.element().getIntOrFloatBitWidth());
    Scalar smallest = constant(x, IntegerAttr::get(x.element(), lowest));
    overflows = compare(CompareKind::eq, x, smallest) & compare(CompareKind::eq, y, y.integer(-1));
  }
  return {select(isZero | overflows, y.integer(1), y), isZero, overflows};
}
} // namespace

Scalar Scalar::number(double v) const {
  if (isFloat())
    return constant(*this, FloatAttr::get(element(), v));
  return integer(static_cast<int64_t>(v));
}
Scalar Scalar::integer(int64_t v) const {
  if (isFloat())
    return number(static_cast<double>(v));
  APInt bits(element().getIntOrFloatBitWidth(), static_cast<uint64_t>(v), true, true);
  return constant(*this, IntegerAttr::get(element(), bits));
}

Scalar dlc::operator+(Scalar x, Scalar y) { return binary<arith::AddFOp, arith::AddIOp>(x, y); }
Scalar dlc::operator-(Scalar x, Scalar y) { return binary<arith::SubFOp, arith::SubIOp>(x, y); }
Scalar dlc::operator*(Scalar x, Scalar y) { return binary<arith::MulFOp, arith::MulIOp>(x, y); }
Scalar dlc::operator-(Scalar x) { return x.isFloat() ? unary<arith::NegFOp>(x) : x.integer(0) - x; }
Scalar dlc::operator&(Scalar x, Scalar y) {
  return x.with(arith::AndIOp::create(*x.builder, x.value, y.value));
}
Scalar dlc::operator|(Scalar x, Scalar y) {
  return x.with(arith::OrIOp::create(*x.builder, x.value, y.value));
}
Scalar dlc::operator^(Scalar x, Scalar y) {
  return x.with(arith::XOrIOp::create(*x.builder, x.value, y.value));
}
Scalar dlc::operator~(Scalar x) { return x ^ x.integer(-1); }

Scalar dlc::operator/(Scalar x, Scalar y) {
  if (x.isFloat())
    return x.with(arith::DivFOp::create(*x.builder, x.value, y.value));
  SafeDivisor safe = safeDivisor(x, y);
  Value quotient =
      x.isUnsigned ? arith::DivUIOp::create(*x.builder, x.value, safe.divisor.value).getResult()
                   : arith::DivSIOp::create(*x.builder, x.value, safe.divisor.value).getResult();
  return select(safe.isZero, x.integer(0), x.with(quotient));
}

Scalar dlc::remainder(Scalar x, Scalar y) {
  if (x.isFloat())
    return x.with(arith::RemFOp::create(*x.builder, x.value, y.value));
  SafeDivisor safe = safeDivisor(x, y);
  Value rest = x.isUnsigned
                   ? arith::RemUIOp::create(*x.builder, x.value, safe.divisor.value).getResult()
                   : arith::RemSIOp::create(*x.builder, x.value, safe.divisor.value).getResult();
  return x.with(rest);
}

Scalar dlc::compare(CompareKind kind, Scalar x, Scalar y) {
  using F = arith::CmpFPredicate;
  using I = arith::CmpIPredicate;
  static constexpr F floats[] = {F::OEQ, F::UNE, F::OLT, F::OLE, F::OGT, F::OGE};
  static constexpr I withSign[] = {I::eq, I::ne, I::slt, I::sle, I::sgt, I::sge};
  static constexpr I unsignedOnes[] = {I::eq, I::ne, I::ult, I::ule, I::ugt, I::uge};
  auto k = static_cast<unsigned>(kind);
  Value result;
  if (x.isFloat())
    result = arith::CmpFOp::create(*x.builder, floats[k], x.value, y.value);
  else
    result = arith::CmpIOp::create(
        *x.builder, x.isUnsigned || x.isBool() ? unsignedOnes[k] : withSign[k], x.value, y.value);
  return {x.builder, result, true};
}

Scalar dlc::select(Scalar condition, Scalar a, Scalar b) {
  return a.with(arith::SelectOp::create(*a.builder, condition.value, a.value, b.value));
}

Scalar dlc::math(Scalar x, MathFunction function) {
  switch (function) {
  case MathFunction::Floor:
    return unary<math::FloorOp>(x);
  case MathFunction::Ceil:
    return unary<math::CeilOp>(x);
  case MathFunction::RoundEven:
    return unary<math::RoundEvenOp>(x);
  case MathFunction::Trunc:
    return unary<math::TruncOp>(x);
  case MathFunction::Sqrt:
    return unary<math::SqrtOp>(x);
  case MathFunction::Exp:
    return unary<math::ExpOp>(x);
  case MathFunction::Expm1:
    return unary<math::ExpM1Op>(x);
  case MathFunction::Log:
    return unary<math::LogOp>(x);
  case MathFunction::Log1p:
    return unary<math::Log1pOp>(x);
  case MathFunction::Sin:
    return unary<math::SinOp>(x);
  case MathFunction::Cos:
    return unary<math::CosOp>(x);
  case MathFunction::Tan:
    return unary<math::TanOp>(x);
  case MathFunction::Asin:
    return unary<math::AsinOp>(x);
  case MathFunction::Acos:
    return unary<math::AcosOp>(x);
  case MathFunction::Atan:
    return unary<math::AtanOp>(x);
  case MathFunction::Sinh:
    return unary<math::SinhOp>(x);
  case MathFunction::Cosh:
    return unary<math::CoshOp>(x);
  case MathFunction::Tanh:
    return unary<math::TanhOp>(x);
  case MathFunction::Asinh:
    return unary<math::AsinhOp>(x);
  case MathFunction::Acosh:
    return unary<math::AcoshOp>(x);
  case MathFunction::Atanh:
    return unary<math::AtanhOp>(x);
  case MathFunction::Erf:
    return unary<math::ErfOp>(x);
  }
  llvm_unreachable("unknown math function");
}

Scalar dlc::abs(Scalar x) {
  if (x.isFloat())
    return unary<math::AbsFOp>(x);
  return x.isUnsigned ? x : unary<math::AbsIOp>(x);
}

Scalar dlc::sign(Scalar x) {
  Scalar zero = x.number(0);
  // What is neither above nor below zero is itself: 0, -0 or NaN.
  Scalar result = select(compare(CompareKind::gt, x, zero), x.number(1), x);
  return x.isUnsigned ? result : select(compare(CompareKind::lt, x, zero), x.number(-1), result);
}

// select(x > y, x, y) is one instruction and lets a NaN in y through; the second select lets x's
// through.
static Scalar extremum(Scalar x, Scalar y, CompareKind kind) {
  Scalar result = select(compare(kind, x, y), x, y);
  return x.isFloat() ? select(compare(CompareKind::ne, x, x), x, result) : result;
}
Scalar dlc::max(Scalar x, Scalar y) { return extremum(x, y, CompareKind::gt); }
Scalar dlc::min(Scalar x, Scalar y) { return extremum(x, y, CompareKind::lt); }

Scalar dlc::logistic(Scalar x) {
  // With e = exp(-|x|), which cannot overflow: 1 / (1 + e) above 0, e / (1 + e) below, down to
  // subnormal results.
  Scalar e = math(-abs(x), MathFunction::Exp);
  Scalar above = select(compare(CompareKind::lt, x, x.number(0)), e, x.number(1));
  return above / (x.number(1) + e);
}

Scalar dlc::power(Scalar x, Scalar y) {
  if (x.isFloat())
    return x.with(math::PowFOp::create(*x.builder, x.value, y.value));
  auto power = [&](Scalar exponent) {
    return x.with(math::IPowIOp::create(*x.builder, x.value, exponent.value));
  };
  if (!x.isUnsigned)
    return power(y);
  // The op's exponent has a sign. With the highest bit set, of at least 8, an odd number has gone
  // round (its order divides a fourth of the numbers there are), and an even one has wrapped to 0.
  Scalar isHigh = compare(CompareKind::lt, Scalar{y.builder, y.value, false}, y.integer(0));
  int64_t highest = llvm::minIntN(x.element().getIntOrFloatBitWidth());
  Scalar low = power(y & y.integer(~highest));
  Scalar isOdd = compare(CompareKind::ne, x & x.integer(1), x.integer(0));
  return select(isHigh, select(isOdd, low, x.integer(0)), low);
}

// A shift by the width or more is poison in LLVM, so the amount is clamped and the result chosen.
static Scalar tooFar(Scalar y) {
  Scalar amount{y.builder, y.value, true};
  return compare(CompareKind::ge, amount, y.integer(y.element().getIntOrFloatBitWidth()));
}
Scalar dlc::shiftLeft(Scalar x, Scalar y) {
  Scalar far = tooFar(y), amount = select(far, y.integer(0), y);
  return select(far, x.integer(0),
                x.with(arith::ShLIOp::create(*x.builder, x.value, amount.value)));
}
Scalar dlc::shiftRight(Scalar x, Scalar y) {
  Scalar far = tooFar(y);
  int64_t width = y.element().getIntOrFloatBitWidth();
  if (!x.isUnsigned) {
    Scalar amount = select(far, y.integer(width - 1), y);
    return x.with(arith::ShRSIOp::create(*x.builder, x.value, amount.value));
  }
  Scalar amount = select(far, y.integer(0), y);
  return select(far, x.integer(0),
                x.with(arith::ShRUIOp::create(*x.builder, x.value, amount.value)));
}

Type dlc::registerType(Type element) {
  if (element.isF16() || element.isBF16())
    return Float32Type::get(element.getContext());
  if (isa<FloatType>(element))
    return element;
  return IntegerType::get(element.getContext(), element.getIntOrFloatBitWidth());
}

Scalar dlc::roundToStorage(Scalar x, Type element) {
  if (!element.isF16() && !element.isBF16())
    return x;
  Type wide = x.value.getType();
  // What was just widened is such a number.
  auto widened = x.value.getDefiningOp<arith::ExtFOp>();
  if (widened && widened.getIn().getType() == withElement(wide, element))
    return x;
  Value narrow = arith::TruncFOp::create(*x.builder, withElement(wide, element), x.value);
  return x.with(
      arith::ExtFOp::create(*x.builder, withElement(wide, x.builder->getF32Type()), narrow));
}

// Truncation toward zero that saturates; NaN gives 0. The float bounds are exact powers of two.
static Scalar floatToInteger(Scalar x, Type to) {
  unsigned width = to.getIntOrFloatBitWidth();
  bool toUnsigned = to.isUnsignedInteger();
  int valueBits = toUnsigned ? width : width - 1;
  double limit = std::ldexp(1.0, valueBits);
  Type registers = withElement(x.value.getType(), registerType(to));
  Scalar tooLarge = compare(CompareKind::ge, x, x.number(limit));
  Scalar aboveLow = toUnsigned ? compare(CompareKind::gt, x, x.number(-1))
                               : compare(CompareKind::ge, x, x.number(-limit));
  // NaN fails both comparisons and becomes 0; what is out of range is converted as 0 and replaced
  // below.
  Scalar clean = select(aboveLow & compare(CompareKind::lt, x, x.number(limit)), x, x.number(0));
  Value converted = toUnsigned
                        ? arith::FPToUIOp::create(*x.builder, registers, clean.value).getResult()
                        : arith::FPToSIOp::create(*x.builder, registers, clean.value).getResult();
  Scalar result{x.builder, converted, toUnsigned};
  APInt high = toUnsigned ? APInt::getMaxValue(width) : APInt::getSignedMaxValue(width);
  result = select(tooLarge, constant(result, IntegerAttr::get(registerType(to), high)), result);
  if (toUnsigned)
    return result;
  APInt low = APInt::getSignedMinValue(width);
  return select(compare(CompareKind::lt, x, x.number(-limit)),
                constant(result, IntegerAttr::get(registerType(to), low)), result);
}

Scalar dlc::convert(Scalar x, Type to) {
  if (to.isInteger(1))
    return x.isBool() ? x : compare(CompareKind::ne, x, x.number(0));
  Type registers = withElement(x.value.getType(), registerType(to));
  bool toUnsigned = to.isUnsignedInteger(), fromUnsigned = x.isUnsigned || x.isBool();
  ImplicitLocOpBuilder &b = *x.builder;
  if (x.isFloat() && isa<FloatType>(to)) {
    unsigned from = x.element().getIntOrFloatBitWidth(), width = to.getIntOrFloatBitWidth();
    if (to.isF16() || to.isBF16()) { // rounded once, from f64 too
      Value narrow = arith::TruncFOp::create(b, withElement(x.value.getType(), to), x.value);
      return x.with(arith::ExtFOp::create(b, registers, narrow));
    }
    if (from == width)
      return x;
    return x.with(from < width ? arith::ExtFOp::create(b, registers, x.value).getResult()
                               : arith::TruncFOp::create(b, registers, x.value).getResult());
  }
  if (x.isFloat())
    return floatToInteger(x, to);
  if (isa<FloatType>(to)) {
    Scalar wide = x.with(fromUnsigned ? arith::UIToFPOp::create(b, registers, x.value).getResult()
                                      : arith::SIToFPOp::create(b, registers, x.value).getResult());
    wide.isUnsigned = false;
    return roundToStorage(wide, to);
  }
  unsigned from = x.element().getIntOrFloatBitWidth(), width = to.getIntOrFloatBitWidth();
  Value result = x.value;
  if (from > width)
    result = arith::TruncIOp::create(b, registers, x.value);
  else if (from < width)
    result = fromUnsigned ? arith::ExtUIOp::create(b, registers, x.value).getResult()
                          : arith::ExtSIOp::create(b, registers, x.value).getResult();
  return {x.builder, result, toUnsigned};
}

// The type of a value whose bits are those in memory.
static Type bitsType(Type element) {
  return isa<FloatType>(element)
             ? element
             : IntegerType::get(element.getContext(), element.getIntOrFloatBitWidth());
}

Scalar dlc::bitcast(Scalar x, Type from, Type to) {
  ImplicitLocOpBuilder &b = *x.builder;
  Value v = x.value;
  auto with = [&](Type element) { return withElement(v.getType(), element); };
  if (registerType(from) != bitsType(from))
    v = arith::TruncFOp::create(b, with(from), v);
  if (bitsType(from) != bitsType(to))
    v = arith::BitcastOp::create(b, with(bitsType(to)), v);
  if (registerType(to) != bitsType(to))
    v = arith::ExtFOp::create(b, with(registerType(to)), v);
  return {x.builder, v, isUnsignedElement(to)};
}
