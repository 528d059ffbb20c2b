// Formulas over MLIR values: `x * x + 1.0` builds the ops. An expression is a scalar or a 1-D
// vector of floats, integers or i1; a C++ number beside it becomes a constant of its type, in every
// lane. What is built is single instructions only: arith ops, and of math only absf, copysign, sqrt
// and (where the target has it) fma.
#pragma once
#include "Cpu/Math/Constants.h"
#include "Cpu/Math/Target.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <concepts>
#include <utility>

namespace dlc {

/// Where and for what formulas are built. Lives as long as the expressions made with it.
struct Formula {
  mlir::ImplicitLocOpBuilder &builder;
  ConstantPool &constants;
  const MathTarget &target;
};

template <class T>
concept Number = std::is_arithmetic_v<T>;

class Expression {
public:
  Expression(Formula &formula, mlir::Value value) : formula(&formula), value(value) {}

  mlir::Value getValue() const { return value; }
  Formula &getFormula() const { return *formula; }
  mlir::ImplicitLocOpBuilder &builder() const { return formula->builder; }
  mlir::Type getType() const { return value.getType(); }
  bool isFloat() const { return mlir::isa<mlir::FloatType>(mlir::getElementTypeOrSelf(value)); }
  bool isF32() const { return mlir::getElementTypeOrSelf(value).isF32(); }
  /// Bits of an element.
  unsigned getWidth() const { return mlir::getElementTypeOrSelf(value).getIntOrFloatBitWidth(); }
  /// This type with another element type.
  mlir::Type getTypeOf(mlir::Type element) const;

  /// A constant of this expression's type.
  template <Number T> Expression constant(T number) const {
    return {*formula, isFloat() ? formula->constants.getFloat(getType(), double(number))
                                : formula->constants.getInteger(getType(), int64_t(number))};
  }

private:
  Formula *formula;
  mlir::Value value;
};

Expression operator+(Expression, Expression);
Expression operator-(Expression, Expression);
Expression operator*(Expression, Expression);
Expression operator/(Expression, Expression); ///< floats only
Expression operator-(Expression);             ///< floats only
Expression operator&(Expression, Expression);
Expression operator|(Expression, Expression);
Expression operator^(Expression, Expression);

#define DLC_WITH_NUMBER(op)                                                                        \
  template <Number T> Expression operator op(Expression a, T b) { return a op a.constant(b); }     \
  template <Number T> Expression operator op(T a, Expression b) { return b.constant(a) op b; }
DLC_WITH_NUMBER(+)
DLC_WITH_NUMBER(-)
DLC_WITH_NUMBER(*)
DLC_WITH_NUMBER(/)
DLC_WITH_NUMBER(&)
DLC_WITH_NUMBER(|)
DLC_WITH_NUMBER(^)
#undef DLC_WITH_NUMBER

Expression shiftLeft(Expression, int bits);
Expression shiftRight(Expression, int bits);           ///< zeros come in
Expression shiftRightArithmetic(Expression, int bits); ///< copies of the sign come in

/// Comparisons of floats are false where an operand is NaN, unequal is true there. Of integers they
/// are signed.
Expression less(Expression, Expression);
Expression equal(Expression, Expression);
Expression unequal(Expression, Expression);
template <Number T> Expression less(Expression a, T b) { return less(a, a.constant(b)); }
template <Number T> Expression less(T a, Expression b) { return less(b.constant(a), b); }
template <Number T> Expression equal(Expression a, T b) { return equal(a, a.constant(b)); }
template <Number T> Expression unequal(Expression a, T b) { return unequal(a, a.constant(b)); }
Expression isNan(Expression);
Expression negate(Expression condition);

Expression select(Expression condition, Expression yes, Expression no);
template <Number T> Expression select(Expression condition, Expression yes, T no) {
  return select(condition, yes, yes.constant(no));
}
template <Number T> Expression select(Expression condition, T yes, Expression no) {
  return select(condition, no.constant(yes), no);
}

/// x limited to [low, high]; NaN stays NaN.
Expression clamp(Expression x, double low, double high);
Expression atMost(Expression x, double high);

Expression absolute(Expression);
Expression copySign(Expression magnitude, Expression sign);
Expression squareRoot(Expression);

/// a b + c: with one rounding where the target has it, else with two.
Expression multiplyAdd(Expression a, Expression b, Expression c);
template <Number T> Expression multiplyAdd(Expression a, T b, Expression c) {
  return multiplyAdd(a, a.constant(b), c);
}
template <Number T> Expression multiplyAdd(Expression a, Expression b, T c) {
  return multiplyAdd(a, b, a.constant(c));
}
template <Number T, Number U> Expression multiplyAdd(Expression a, T b, U c) {
  return multiplyAdd(a, a.constant(b), a.constant(c));
}

/// c[0] + c[1] x + c[2] x^2 + ..., by Horner's rule.
Expression polynomial(Expression x, llvm::ArrayRef<double> coefficients);

/// The bits of a float as an integer of its width, and back.
Expression toBits(Expression);
Expression fromBits(Expression);

/// Conversions between element types; integers are signed.
Expression convertFloat(Expression, mlir::Type element);
Expression resizeInteger(Expression, mlir::Type element, bool isSigned);
Expression integerToFloat(Expression, mlir::Type element);
Expression floatToInteger(Expression,
                          mlir::Type element); ///< truncates; undefined where it does not fit

} // namespace dlc
