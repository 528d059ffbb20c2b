// Random fused kernels from seeds: what the gate runs interpreted and compiled.
//
// A kernel is one func.func of core ops between tensors, as FormKernels makes them: composites are
// decomposed, dead ops are gone. Attributes of its arguments say which operands to run it with:
//   dlc.range = [lo, hi]   elements lie there (integers: inclusive)
//   dlc.outside            an index operand, of which some elements are out of range on purpose
//   dlc.weight           constant in a model: packed where the target's plan says so
// so that the text of a kernel is all that is needed to run it again.
#pragma once

#include "Graph/Target.h"
#include "tests/Gate/Random.h"

namespace dlc::gate {

enum class KernelClass {
  Elementwise,
  Rows,
  Contraction,
  Window,
  Movement,
  Sequential,
  Adjoint,
  Composite
};
inline constexpr KernelClass allClasses[] = {KernelClass::Elementwise, KernelClass::Rows,
                                             KernelClass::Contraction, KernelClass::Window,
                                             KernelClass::Movement,    KernelClass::Sequential,
                                             KernelClass::Adjoint,     KernelClass::Composite};
llvm::StringRef nameOf(KernelClass);
std::optional<KernelClass> classNamed(llvm::StringRef);

struct GeneratedKernel {
  uint64_t seed = 0;
  KernelClass kernelClass = KernelClass::Elementwise;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp kernel;
  /// Values that were cut off because the target did not take the whole as one kernel, and kernels
  /// thrown away before this one.
  int cuts = 0, discarded = 0;
};

/// The kernel of a seed; the same for the same seed, class and target. Without a target it is not
/// cut. REQUIRES: the dialects dlc, func and arith are loaded.
GeneratedKernel generate(mlir::MLIRContext &, uint64_t seed, std::optional<KernelClass>,
                         const Target *);

/// Operands as the attributes of the arguments say.
std::vector<Literal> makeOperands(mlir::func::FuncOp, uint64_t seed);

} // namespace dlc::gate
