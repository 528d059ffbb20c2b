// Quotients of integers in vectors, for which no machine has an instruction, by those of floats: of
// a float whose mantissa holds both operands. A quotient that is no integer is at least 1 / |y|
// away from the next one, and the rounding of x / y is less than that where |x| is below the
// mantissa's limit, so truncation gives the exact result.
#include "Cpu/Math/Functions.h"

using namespace mlir;

namespace dlc::vectormath {

bool hasFloatQuotient(Type type, bool isSigned) {
  auto vector = dyn_cast<VectorType>(type);
  if (!vector || !vector.getElementType().isInteger())
    return false;
  unsigned width = vector.getElementTypeBitWidth();
  return width > 1 && (width <= 16 || (width == 32 && isSigned));
}

/// Both operands as i32, and their quotient as one.
static std::array<Expression, 3> divided(Expression x, Expression y, bool isSigned) {
  Builder &b = x.builder();
  Type word = b.getI32Type(), wide = x.getWidth() <= 16 ? Type(b.getF32Type()) : b.getF64Type();
  auto widened = [&](Expression e) {
    return e.getWidth() < 32 ? resizeInteger(e, word, isSigned) : e;
  };
  Expression a = widened(x), c = widened(y);
  Expression quotient = integerToFloat(a, wide) / integerToFloat(c, wide);
  return {a, c, floatToInteger(quotient, word)};
}

static Expression narrowed(Expression e, Expression like) {
  return like.getWidth() < 32 ? resizeInteger(e, getElementTypeOrSelf(like.getType()), true) : e;
}

Expression quotient(Expression x, Expression y, bool isSigned) {
  return narrowed(divided(x, y, isSigned)[2], x);
}

Expression integerRemainder(Expression x, Expression y, bool isSigned) {
  auto [a, c, q] = divided(x, y, isSigned);
  return narrowed(a - q * c, x);
}

} // namespace dlc::vectormath
