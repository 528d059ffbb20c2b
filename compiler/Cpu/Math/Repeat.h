// Loops inside formulas, for functions that take a step many times. As many steps are taken as the
// lane needs that needs most; lanes that are done take steps which change nothing.
#pragma once
#include "Cpu/Math/Expression.h"

namespace dlc {

using Expressions = llvm::SmallVector<Expression, 3>;

/// The largest element of x, an integer compared as signed, as an i64; x itself where it is no
/// vector.
Expression largestOfLanes(Expression x);

/// `values` after `count` (an i64; none where it is not positive) steps. `usual` is how many there
/// are mostly, for whoever estimates what they cost: the loop's attribute `dlc.trips`.
Expressions repeat(Expression count, int64_t usual, const Expressions &values,
                   llvm::function_ref<Expressions(const Expressions &)> step);

} // namespace dlc
