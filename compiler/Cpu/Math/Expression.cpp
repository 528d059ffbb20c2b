// The ops behind the operators on expressions.
#include "Cpu/Math/Expression.h"

using namespace mlir;

namespace dlc {

Type Expression::getTypeOf(Type element) const {
  if (auto vector = dyn_cast<VectorType>(getType()))
    return VectorType::get(vector.getShape(), element);
  return element;
}

template <class FloatOp, class IntegerOp> static Expression binary(Expression a, Expression b) {
  assert(a.getType() == b.getType());
  Value result;
  if (a.isFloat())
    result = FloatOp::create(a.builder(), a.getValue(), b.getValue());
  else
    result = IntegerOp::create(a.builder(), a.getValue(), b.getValue());
  return {a.getFormula(), result};
}

template <class Op> static Expression only(Expression a, Expression b) {
  assert(a.getType() == b.getType());
  return {a.getFormula(), Op::create(a.builder(), a.getValue(), b.getValue())};
}

template <class Op> static Expression unary(Expression a) {
  return {a.getFormula(), Op::create(a.builder(), a.getValue())};
}

Expression operator+(Expression a, Expression b) {
  return binary<arith::AddFOp, arith::AddIOp>(a, b);
}
Expression operator-(Expression a, Expression b) {
  return binary<arith::SubFOp, arith::SubIOp>(a, b);
}
Expression operator*(Expression a, Expression b) {
  return binary<arith::MulFOp, arith::MulIOp>(a, b);
}
Expression operator/(Expression a, Expression b) { return only<arith::DivFOp>(a, b); }
Expression operator-(Expression a) { return unary<arith::NegFOp>(a); }
Expression operator&(Expression a, Expression b) { return only<arith::AndIOp>(a, b); }
Expression operator|(Expression a, Expression b) { return only<arith::OrIOp>(a, b); }
Expression operator^(Expression a, Expression b) { return only<arith::XOrIOp>(a, b); }

Expression shiftLeft(Expression a, int bits) { return only<arith::ShLIOp>(a, a.constant(bits)); }
Expression shiftRight(Expression a, int bits) { return only<arith::ShRUIOp>(a, a.constant(bits)); }
Expression shiftRightArithmetic(Expression a, int bits) {
  return only<arith::ShRSIOp>(a, a.constant(bits));
}

static Expression compare(Expression a, Expression b, arith::CmpFPredicate ofFloats,
                          arith::CmpIPredicate ofIntegers) {
  assert(a.getType() == b.getType());
  Value result;
  if (a.isFloat())
    result = arith::CmpFOp::create(a.builder(), ofFloats, a.getValue(), b.getValue());
  else
    result = arith::CmpIOp::create(a.builder(), ofIntegers, a.getValue(), b.getValue());
  return {a.getFormula(), result};
}

Expression less(Expression a, Expression b) {
  return compare(a, b, arith::CmpFPredicate::OLT, arith::CmpIPredicate::slt);
}
Expression equal(Expression a, Expression b) {
  return compare(a, b, arith::CmpFPredicate::OEQ, arith::CmpIPredicate::eq);
}
Expression unequal(Expression a, Expression b) {
  return compare(a, b, arith::CmpFPredicate::UNE, arith::CmpIPredicate::ne);
}
Expression isNan(Expression a) { return unequal(a, a); }
Expression negate(Expression condition) { return condition ^ condition.constant(1); }

Expression select(Expression condition, Expression yes, Expression no) {
  return {yes.getFormula(), arith::SelectOp::create(yes.builder(), condition.getValue(),
                                                    yes.getValue(), no.getValue())};
}

Expression atMost(Expression x, double high) { return select(less(high, x), high, x); }
Expression clamp(Expression x, double low, double high) {
  x = select(less(x, low), low, x);
  return atMost(x, high);
}

Expression absolute(Expression a) { return unary<math::AbsFOp>(a); }
Expression copySign(Expression magnitude, Expression sign) {
  return only<math::CopySignOp>(magnitude, sign);
}
Expression squareRoot(Expression a) { return unary<math::SqrtOp>(a); }

Expression multiplyAdd(Expression a, Expression b, Expression c) {
  if (!a.getFormula().target.hasFma)
    return a * b + c;
  return {a.getFormula(),
          math::FmaOp::create(a.builder(), a.getValue(), b.getValue(), c.getValue())};
}

Expression polynomial(Expression x, ArrayRef<double> coefficients) {
  Expression result = x.constant(coefficients.back());
  for (double coefficient : llvm::reverse(coefficients.drop_back()))
    result = multiplyAdd(result, x, coefficient);
  return result;
}

template <class Op> static Expression convert(Expression a, Type element) {
  return {a.getFormula(), Op::create(a.builder(), a.getTypeOf(element), a.getValue())};
}

Expression toBits(Expression a) {
  return convert<arith::BitcastOp>(a, a.builder().getIntegerType(a.getWidth()));
}

Expression fromBits(Expression a) {
  Type element = a.getWidth() == 32 ? Type(a.builder().getF32Type()) : a.builder().getF64Type();
  assert(a.getWidth() == 32 || a.getWidth() == 64);
  return convert<arith::BitcastOp>(a, element);
}

Expression convertFloat(Expression a, Type element) {
  if (element.getIntOrFloatBitWidth() > a.getWidth())
    return convert<arith::ExtFOp>(a, element);
  return convert<arith::TruncFOp>(a, element);
}

Expression resizeInteger(Expression a, Type element, bool isSigned) {
  if (element.getIntOrFloatBitWidth() == a.getWidth())
    return a;
  if (element.getIntOrFloatBitWidth() < a.getWidth())
    return convert<arith::TruncIOp>(a, element);
  return isSigned ? convert<arith::ExtSIOp>(a, element) : convert<arith::ExtUIOp>(a, element);
}

Expression integerToFloat(Expression a, Type element) {
  return convert<arith::SIToFPOp>(a, element);
}
Expression floatToInteger(Expression a, Type element) {
  return convert<arith::FPToSIOp>(a, element);
}

} // namespace dlc
