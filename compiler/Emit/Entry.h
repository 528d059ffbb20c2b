// The functions that a program calls: NAME_run checks its arguments, then runs the kernels of the
// program over buffers one after another; NAME_call is the same for a caller that learns the
// signature at run time. Built as LLVM IR directly, operation by operation: the program is already
// as low as C, and the entry needs nothing of MLIR's lowering.
//
//   int NAME_run(inputs..., outputs..., [weights,] void *arena, const dlc_parallel *parallel) {
//     if (any array null or misaligned) return DLC_ERROR_ARGUMENT;
//     if (arena null or misaligned) return DLC_ERROR_ARENA;
//     void *block[n]; int error = 0;                 // one block, filled anew for each launch
//     block[0] = ...; launch(kernel, block, count, parallel); if (error) return error;
//     ...
#pragma once

#include "Emit/Artifact.h"
#include "llvm/IR/Module.h"

namespace dlc {

/// Launches with less work than this run on the calling thread: about 5 us.
inline constexpr int64_t parallelWorkMin = 200'000, parallelBytesMin = 200'000;

/// Builds the entries of `run` into `code`. An error is emitted at an operation that a program over
/// buffers may not hold.
mlir::LogicalResult buildEntry(mlir::func::FuncOp run, const Artifact &, llvm::Module &code);

/// NAME_cpu_ok: whether this processor, and its operating system, have what `machine` uses.
void buildCpuCheck(const Artifact &, llvm::Module &code);

/// The section that stands for the weights until the object is written (Object.h).
llvm::GlobalVariable *buildWeightSection(llvm::Module &code, int64_t bytes, llvm::StringRef symbol);

/// Weights of which several objects know. In WebAssembly no bytes can be put into an object later,
/// so that they are an object of their own.
inline constexpr const char *weightSymbolSuffix = "_weights";
void buildWeights(const Artifact &, llvm::StringRef bytes, llvm::Module &code);

/// NAME_description.
void buildDescription(const Artifact &, llvm::StringRef json, llvm::Module &code);

} // namespace dlc
