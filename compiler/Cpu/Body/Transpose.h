// Squares of elements turned in registers. Parts of 128 bits are loaded to where they are wanted,
// which costs no shuffle, and turned there: all shuffles stay within 128 bits. (A tree of shuffles
// across whole vectors takes as many, each slower, and LLVM a millisecond to look through each.)
//
//   input rows a b c d ...     ->  [a0 a1 a2 a3 | e0 .. e3 | ...]  ->  [a0 b0 c0 d0 | e0 f0 g0 h0]
//                                  [b0 b1 b2 b3 | f0 .. f3 | ...]      [a1 b1 c1 d1 | ...
#pragma once

#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace dlc {

/// Elements of such a part in a square of `n` x `n` elements of `bits` each.
int64_t transposePart(int64_t n, int64_t bits);

/// Column d of the square for each d: `part(row, k)` is the k-th part of a row, a vector of
/// transposePart elements.
llvm::SmallVector<mlir::Value>
transposeSquare(mlir::ImplicitLocOpBuilder &, int64_t n, int64_t bits,
                llvm::function_ref<mlir::Value(int64_t row, int64_t k)> part);

} // namespace dlc
