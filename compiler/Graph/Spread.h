// What a value is apart from repetition: broadcasts, and reshapes that only add or drop extents of
// 1, say where the dimensions of a smaller tensor go and nothing else.
#pragma once

#include "Core/Core.h"

namespace dlc {

/// `value` is `source` spread out: dimension i of `source` that is not 1 becomes dimension
/// `dims[i]` of the value; dims[i] is -1 where the extent is 1.
struct Spread {
  mlir::Value source;
  llvm::SmallVector<int64_t> dims;

  /// The dimensions of the value that vary with the source.
  llvm::SmallVector<int64_t> varying() const;
};

/// Looks through broadcasts and unit reshapes as far as they go.
Spread spreadOf(mlir::Value value);

/// The one number that the value holds everywhere, if it is a constant.
std::optional<double> splatNumber(mlir::Value value);

/// The source of `spread` with its extents of 1 dropped.
mlir::Value squeezed(mlir::ImplicitLocOpBuilder &, const Spread &);

} // namespace dlc
