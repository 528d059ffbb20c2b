// Copies elements between two arrangements of the same shape, as fast as memory allows: what
// transposing, padding and packing of weights come down to.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>

namespace dlc {

/// Copies `shape` elements of `width` bytes (1, 2, 4 or 8). Strides are in elements, of any sign;
/// 0 in `fromStrides` repeats an element. The two do not overlap.
void copyStrided(char *to, llvm::ArrayRef<int64_t> toStrides, const char *from,
                 llvm::ArrayRef<int64_t> fromStrides, llvm::ArrayRef<int64_t> shape, int64_t width);

} // namespace dlc
