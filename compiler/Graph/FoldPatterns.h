// The parts of the fold pass.
#pragma once

#include "Core/Core.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/PatternMatch.h"
#include "llvm/ADT/SmallBitVector.h"

namespace dlc {
class WeightTable;

/// A weight, a constant, or one of them spread out or reshaped.
bool isConstantExpression(mlir::Value);

/// Per-channel arithmetic goes into weights.
void addWeightPatterns(mlir::RewritePatternSet &);
/// Identities that are exact for every input, NaN and -0 among them.
void addIdentityPatterns(mlir::RewritePatternSet &);
/// Ops on constants are computed, or become derived weights.
void addConstantPatterns(mlir::RewritePatternSet &, WeightTable &);

} // namespace dlc
