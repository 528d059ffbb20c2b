// The functions of the vector math: each extends a formula by its expansion and returns the result,
// of the type of its argument. f32 and f64, scalars and vectors of any number of lanes; no branch,
// no call. Accuracy over the whole range, special values and subnormal numbers included, is below 2
// ulp unless said otherwise (tests/Cpu/Math).
#pragma once
#include "Cpu/Math/Expression.h"

namespace dlc::vectormath {

Expression exp(Expression x);
Expression exp2(Expression x);
Expression expm1(Expression x);
Expression logistic(Expression x); ///< 1 / (1 + e^-x), with no overflow on the way
Expression tanh(Expression x);
Expression sinh(Expression x);
Expression cosh(Expression x);

Expression log(Expression x);
Expression log2(Expression x);
Expression log10(Expression x);
Expression log1p(Expression x);
Expression asinh(Expression x);
Expression acosh(Expression x);
Expression atanh(Expression x);

Expression pow(Expression x, Expression y); ///< the special cases of C99

Expression erf(Expression x);

Expression sin(Expression x);
Expression cos(Expression x);
Expression tan(Expression x);

Expression asin(Expression x);
Expression acos(Expression x);
Expression atan(Expression x);

Expression rsqrt(Expression x);

// Exact, without a rounding instruction: for targets that have none.
Expression floor(Expression x);
Expression ceil(Expression x);
Expression trunc(Expression x);
Expression roundeven(Expression x);
Expression round(Expression x); ///< halves away from zero; for every target

/// What is left of x / y with the quotient rounded towards zero (fmod); exact.
Expression remainder(Expression x, Expression y);
/// x^y of integers modulo 2^bits; a negative y gives 0 unless x is 1 or -1.
Expression integerPower(Expression x, Expression y);
/// Of integers in vectors, truncated; y is not 0, and the quotient fits.
bool hasFloatQuotient(mlir::Type, bool isSigned);
Expression quotient(Expression x, Expression y, bool isSigned);
Expression integerRemainder(Expression x, Expression y, bool isSigned);
/// The smaller and the larger, NaN where one is NaN.
Expression minimum(Expression x, Expression y);
Expression maximum(Expression x, Expression y);

/// f16, bf16, f32 and f64 into one another, rounded once to nearest, halves to even.
Expression convert(Expression x, mlir::Type element);

} // namespace dlc::vectormath
