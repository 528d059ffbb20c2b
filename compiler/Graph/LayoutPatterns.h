// The parts of the layout pass.
#pragma once

#include "Core/Core.h"
#include "mlir/IR/PatternMatch.h"

namespace dlc {

/// [0, 2, ..., rank-1, 1] and its inverse.
llvm::SmallVector<int64_t> channelsLast(int64_t rank);
llvm::SmallVector<int64_t> channelsFirst(int64_t rank);

/// conv_bwd_data as conv.
void addTransposedConvolutionPatterns(mlir::RewritePatternSet &);
/// Transposes move towards the results and vanish.
void addSinkPatterns(mlir::RewritePatternSet &);

} // namespace dlc
