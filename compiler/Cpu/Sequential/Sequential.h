// Ops whose results are no function of an index (SequentialOpInterface): one scalar loop each. What
// produces their operands is pulled, so a prologue costs no memory.
#pragma once

#include "Cpu/Body/Body.h"

namespace dlc {

/// Whether the kernel's results are those of one sequential op that has a loop here, and everything
/// before it can be pulled.
bool isSequentialKernel(mlir::func::FuncOp kernel, const Machine &);

/// Builds the loop. REQUIRES: isSequentialKernel.
void emitSequential(Body &);

} // namespace dlc
