// The memory plan as a picture: time runs to the right, one step a launch, the arena upwards, and
// each buffer is a rectangle from its first to its last use.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc::tool {

/// Writes an SVG of the arena of `run`, a program over buffers.
void drawMemoryPlan(mlir::func::FuncOp run, int64_t arenaBytes, llvm::raw_ostream &);

/// Text of a model inside XML or a DOT string.
std::string escapedXml(llvm::StringRef);
std::string escapedDot(llvm::StringRef);

} // namespace dlc::tool
