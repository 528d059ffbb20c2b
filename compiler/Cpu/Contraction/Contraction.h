// The class of kernels around one sum of products (dot, convolutions): planning, packing, code.
#pragma once

#include "Cpu/Machine.h"
#include "Graph/Target.h"

namespace dlc {

/// Whether the kernel is a contraction with elementwise ops and movement around it, in a form that
/// the register tiles take. Others are for the general emitter.
bool acceptsContraction(mlir::func::FuncOp kernel);

/// REQUIRES: acceptsContraction(kernel). Operands named in `packed` may be packed if they are
/// constant; the kernel is then planned as if they were.
KernelPlan planContraction(mlir::func::FuncOp kernel, const Machine &);

/// Target::buildPacked and buildUnpacked for plans of this class.
mlir::Value buildPackedPanels(mlir::ImplicitLocOpBuilder &, mlir::Value operand,
                              const KernelPlan &);
mlir::Value buildUnpackedPanels(mlir::ImplicitLocOpBuilder &, mlir::Value packed,
                                mlir::RankedTensorType original, const KernelPlan &);

/// Emits the function `symbol` at the end of `module` (KernelCompiler.h). `kernel` is in the
/// module's context; the plan must be of this machine.
void emitContraction(mlir::ModuleOp module, mlir::func::FuncOp kernel, llvm::StringRef symbol,
                     const Machine &, const KernelPlan &, bool checks);

} // namespace dlc
