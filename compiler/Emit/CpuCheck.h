// The body of NAME_cpu_ok for each architecture whose processors can be asked.
#pragma once

#include "Cpu/Machine.h"
#include "llvm/IR/Function.h"
#include "llvm/MC/MCSubtargetInfo.h"

namespace dlc {

/// Makes ready a check, whose code is for the `baseline` processor since it may not use what it
/// asks for: what code for the machine may use.
std::unique_ptr<llvm::MCSubtargetInfo> beginCheck(const Machine &, llvm::Function *,
                                                  llvm::StringRef baseline);

/// int function(void): 1 if the processor has what code for the machine may use.
void buildX86Check(const Machine &, llvm::Function *);
void buildArmCheck(const Machine &, llvm::Function *);

} // namespace dlc
