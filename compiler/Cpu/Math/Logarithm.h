// The split that the logarithms share: x = 2^exponent (1 + fraction).
#pragma once
#include "Cpu/Math/Expression.h"

namespace dlc::vectormath {

struct Logarithm {
  Expression exponentField; ///< an integer: the exponent plus the bias
  Expression exponent;      ///< the same as a float, without the bias
  Expression fraction;      ///< in [sqrt(1/2) - 1, sqrt(2) - 1), exact
};

/// x is positive and finite (else the result means nothing); subnormal numbers only where said.
Logarithm splitLogarithm(Expression x, bool maybeSubnormal);

/// log(1 + f) for the fraction of a split, plus an addend far below f that is added before
/// rounding.
Expression logOfFraction(Expression f, Expression addend);

} // namespace dlc::vectormath
