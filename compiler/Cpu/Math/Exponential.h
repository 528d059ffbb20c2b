// The reduction that the exponential functions share: e^x = 2^n e^r with |r| <= ln(2)/2.
#pragma once
#include "Cpu/Math/Expression.h"

namespace dlc::vectormath {

struct Exponential {
  /// The sum x / ln 2 + constant, whose lowest bits hold n plus twice the bias of an exponent.
  Expression shifted;
  /// e^r - 1.
  Expression tail;

  /// 2^(n - lower) for an exponent within the range of normal numbers.
  Expression scale(int lower = 0) const;
  /// y 2^n, rounded once even where the result is subnormal; overflows to infinity.
  Expression scaled(Expression y) const;
};

/// |x / ln 2| must be less than twice the largest exponent.
Exponential reduceExponential(Expression x);
/// 2^(high + low) for |low| far below 1 and |high| as above; f64 only.
Exponential reducePowerOfTwo(Expression high, Expression low);

} // namespace dlc::vectormath
