// Sums and products without rounding error, as the sum of two floats: what the power function and
// the reduction of large angles need. The low term is at most half a unit in the last place of the
// high one.
#pragma once
#include "Cpu/Math/Expression.h"

namespace dlc {

struct TwoTerm {
  Expression high, low;
};

/// a + b.
TwoTerm twoSum(Expression a, Expression b);
/// a + b where |a| >= |b| or a = 0.
TwoTerm fastTwoSum(Expression a, Expression b);
/// a b; without a fused multiply-add from products of halves, f64 only.
TwoTerm twoProduct(Expression a, Expression b);

} // namespace dlc
