// The algebra in which the body of an op is written: one element of a tensor, or a vector of
// elements. A body built from these operators works on scalars and on 1-D vectors alike, so that a
// target clones nothing: it builds the body on the width it likes.
//
// Registers are signless; a Scalar remembers whether its integers are unsigned. f16 and bf16 never
// appear: they are read, computed in f32 and rounded after the op (architecture, decision 10).
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

#include "Core/CoreEnums.h.inc"

namespace dlc {

/// Functions of one float argument that bodies may use; each is an op of MLIR's math dialect.
enum class MathFunction {
  Floor,
  Ceil,
  RoundEven,
  Trunc,
  Sqrt,
  Exp,
  Expm1,
  Log,
  Log1p,
  Sin,
  Cos,
  Tan,
  Asin,
  Acos,
  Atan,
  Sinh,
  Cosh,
  Tanh,
  Asinh,
  Acosh,
  Atanh,
  Erf
};

struct Scalar {
  mlir::ImplicitLocOpBuilder *builder = nullptr;
  mlir::Value value;
  bool isUnsigned = false;

  /// The element type in registers: f64, f32, or a signless integer (i1 for bool).
  mlir::Type element() const { return mlir::getElementTypeOrSelf(value.getType()); }
  bool isFloat() const { return mlir::isa<mlir::FloatType>(element()); }
  bool isBool() const { return element().isInteger(1); }
  /// A constant of this value's type, splat where it is a vector. Exact for integers below 2^53.
  Scalar number(double) const;
  Scalar integer(int64_t) const;
  /// The same kind of thing with another value.
  Scalar with(mlir::Value v) const { return {builder, v, isUnsigned}; }
};

Scalar operator+(Scalar, Scalar);
Scalar operator-(Scalar, Scalar);
Scalar operator*(Scalar, Scalar);
/// Integers: truncating; x / 0 is 0 and the smallest number over -1 is itself, so that no input
/// traps.
Scalar operator/(Scalar, Scalar);
Scalar operator-(Scalar);
Scalar operator&(Scalar, Scalar);
Scalar operator|(Scalar, Scalar);
Scalar operator^(Scalar, Scalar);
Scalar operator~(Scalar);

/// A bool per lane; floats compare ordered, except `ne`, which is true for NaN.
Scalar compare(CompareKind, Scalar, Scalar);
/// `condition ? a : b` per lane.
Scalar select(Scalar condition, Scalar a, Scalar b);
Scalar math(Scalar, MathFunction);
Scalar abs(Scalar);
/// -1, 0 or 1; NaN stays NaN, -0 stays -0.
Scalar sign(Scalar);
/// NaN in either operand gives NaN.
Scalar max(Scalar, Scalar);
Scalar min(Scalar, Scalar);
/// 1 / (1 + exp(-x)), without overflow.
Scalar logistic(Scalar);
/// C's fmod and %: the sign of the dividend; integers modulo 0 give 0.
Scalar remainder(Scalar, Scalar);
/// Floats as C99's pow; integers by squaring, negative exponents give 0 unless the base is 1 or -1.
Scalar power(Scalar, Scalar);
/// Shifts by the width or more give 0, or the sign where an arithmetic right shift would.
Scalar shiftLeft(Scalar, Scalar);
Scalar shiftRight(Scalar, Scalar);
/// The value as another register type. `to` is a dialect element type (with sign). Floats to
/// integers truncate and saturate, NaN gives 0; anything to bool is `!= 0`. To f16 and bf16:
/// rounded once, and held as f32.
Scalar convert(Scalar, mlir::Type to);

/// The bits of a value of type `from` as one of type `to`, both dialect element types of one width,
/// neither bool.
Scalar bitcast(Scalar, mlir::Type from, mlir::Type to);

/// The register type of a dialect element type: f16 and bf16 compute in f32, integers lose their
/// sign.
mlir::Type registerType(mlir::Type element);
/// Rounds an f32 to what a tensor of `element` (f16, bf16) can hold; the identity for every other
/// type.
Scalar roundToStorage(Scalar, mlir::Type element);
inline bool isUnsignedElement(mlir::Type element) { return element.isUnsignedInteger(); }

} // namespace dlc
