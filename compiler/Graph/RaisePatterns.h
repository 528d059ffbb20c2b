// The parts of the raise pass.
#pragma once

#include "Core/Core.h"
#include "mlir/IR/PatternMatch.h"
#include <cmath>

namespace dlc {

/// Whether the value is this number everywhere, up to the rounding of constants in its type.
bool isNumber(mlir::Value, double);

void addGeluPatterns(mlir::RewritePatternSet &);
void addRowPatterns(mlir::RewritePatternSet &);

} // namespace dlc
