// One artifact with code for several machines of one architecture: x86-64-v3 and -v4, say. Each
// level is a whole program of kernels and entry; the weights, whose layout does not depend on the
// level, are there once. The first call asks the processor, and the answer is kept:
//
//   static int level;                              // 0: not asked yet
//   int NAME_run(...) {
//     if (!level) level = NAME_v4_cpu_ok() ? 1 : 2;
//     return level == 1 ? NAME_v4_run(...) : NAME_v3_run(...);
//   }
#pragma once

#include "Emit/Artifact.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Module.h"

namespace dlc {

/// Gives equal weights of the programs one place. What is left in `dlc.weights` of each module is
/// what it adds to those before it; their sections stand one after the other, and the offsets of
/// all buffers count from the first one's start.
void shareWeights(llvm::ArrayRef<mlir::ModuleOp>);

/// Kernels of several levels are in one object.
void appendToKernelNames(mlir::ModuleOp, llvm::StringRef suffix);

/// The prefix of a level's symbols.
std::string nameOfLevel(const Artifact &whole, const Machine &);

/// NAME_run, NAME_call and NAME_cpu_ok over those of the levels, the widest first; and the section
/// of the weights.
void buildLevels(const Artifact &whole, llvm::ArrayRef<Artifact> levels, llvm::Module &code);

} // namespace dlc
