// The LLVM side of the back end: six function passes, then code.
#pragma once

#include "Cpu/Machine.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CodeGen.h"
#include "llvm/Target/TargetMachine.h"
#include <memory>
#include <vector>

namespace dlc {

/// A machine's code generator. REQUIRES: one per thread.
std::unique_ptr<llvm::TargetMachine> makeTargetMachine(const Machine &);

/// Says to every function which machine it is for.
void attachTarget(llvm::Module &, llvm::TargetMachine &, const Machine &);

/// Cleans: common subexpressions, blocks, invariants out of loops, instructions combined.
void optimize(llvm::Module &, llvm::TargetMachine &);

/// Object bytes or assembly text. `stackBytes` is raised to the sum of the frames of all functions,
/// an upper bound of what a call takes.
std::vector<char> generate(llvm::Module &, llvm::TargetMachine &, llvm::CodeGenFileType,
                           int64_t &stackBytes);

} // namespace dlc
