// Where a loop is split so that guards (padding, concatenation) are decided in most of its parts.
#pragma once

#include "Cpu/Body/Analysis.h"

namespace dlc {

/// Points in (lo, hi) at which a constraint on the loop's dimension begins or ceases to hold, or
/// may do so; sorted, at most four.
llvm::SmallVector<int64_t> breakPoints(const Analysis &, mlir::AffineExpr dimension, int64_t lo,
                                       int64_t hi);

/// The parts [lo, hi) of a loop that is split there.
llvm::SmallVector<std::pair<int64_t, int64_t>> segments(int64_t lo, int64_t hi,
                                                        llvm::ArrayRef<int64_t> breaks);

} // namespace dlc
