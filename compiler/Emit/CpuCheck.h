// The body of NAME_cpu_ok for each architecture whose processors can be asked.
#pragma once

#include "Cpu/Machine.h"
#include "llvm/IR/Function.h"

namespace dlc {

/// Code generation reads inline assembly by the target's parser.
void initializeParsers();

/// int function(void): 1 if the processor has what code for the machine may use.
void buildX86Check(const Machine &, llvm::Function *);
void buildArmCheck(const Machine &, llvm::Function *);

} // namespace dlc
