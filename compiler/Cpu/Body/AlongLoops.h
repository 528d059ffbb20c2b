// How a reduction whose point has no lanes runs over its own loops: which is vectorised, where
// guards split it, how many accumulators there are. Private to this folder.
#pragma once

#include "Cpu/Body/Body.h"

namespace dlc {

/// The loops of a reduction whose point has no lanes, in the order in which they are emitted; the
/// last one is vectorised.
struct AlongLoops {
  llvm::SmallVector<int64_t> extents;
  llvm::SmallVector<llvm::SmallVector<int64_t>> breaks;
  /// The reduced loops of the forms in terms of these (dimensions 0, 1, ...).
  llvm::SmallVector<mlir::AffineExpr> reduced;
  int64_t lanes = 1, accumulators = 1;
};

/// REQUIRES: all reductions have these extents, of which none is 0.
AlongLoops chooseAlong(Body &, Body::State &, llvm::ArrayRef<Body::Reduction>,
                       llvm::ArrayRef<int64_t> extents);
/// Instructions of all iterations, where each lane is a reduction of its own.
double instructionsAcross(Body &, Body::State &, llvm::ArrayRef<Body::Reduction>,
                          llvm::ArrayRef<int64_t> extents);

} // namespace dlc
