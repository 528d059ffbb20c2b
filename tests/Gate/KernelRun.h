// One kernel in machine code: compiled as the product compiles it, run in memory where every access
// outside its arguments is found, for several cuts of its parts, and compared with what is
// expected.
#pragma once

#include "Cpu/CpuTarget.h"
#include "Cpu/Lower/JitLibrary.h"
#include "Cpu/Lower/KernelCompiler.h"
#include "tests/Gate/Memory.h"
#include "tests/Gate/Oracle.h"

namespace dlc::gate {

/// Plans the kernel (attribute `dlc.plan`). Operands that the plan wants packed are packed, where
/// they are constant in the model (argument attribute `dlc.weight`): the kernel reads the packed
/// form and undoes it at its head, and the literal is packed by the interpreter. An error message
/// is returned where that fails.
std::string planKernel(mlir::OwningOpRef<mlir::ModuleOp> &module, std::vector<Literal> &operands,
                       const Target &, double &milliseconds);

class CompiledKernel {
public:
  CompiledKernel(mlir::func::FuncOp, const CpuTarget &, KernelCompiler &);

  /// What went wrong, instead of code.
  std::string error;
  KernelPlan plan;
  KernelObject object;
  /// CPU time of emission and code generation.
  double compileMilliseconds = 0;
  KernelFunction code = nullptr;

private:
  JitLibrary library;
};

/// The kernel's code as text; empty where there is none.
std::string stageText(mlir::func::FuncOp, const CpuTarget &, KernelCompiler &, KernelStage);

/// The arguments of a kernel in guarded memory.
class ArgumentBlock {
public:
  ArgumentBlock(mlir::func::FuncOp, llvm::ArrayRef<Literal> operands, const KernelPlan &,
                GuardedBuffer::Side, bool aligned);

  static constexpr int slots = 3;
  void **pointers() { return entries.data(); }
  int32_t error() const { return errorCode; }
  /// Poisons results and scratch, and clears the error.
  void reset();
  Literal result(size_t i) const;
  /// What is wrong with the memory after a call: overwritten guards or operands; empty if nothing.
  std::string damage(llvm::ArrayRef<Literal> operands) const;
  /// Which buffer an address beyond it belongs to, and how far it is away.
  std::string describe(const char *address) const;
  int64_t bytes() const;

private:
  llvm::SmallVector<mlir::RankedTensorType> resultTypes;
  size_t operandCount;
  std::vector<GuardedBuffer> buffers;
  std::vector<void *> entries;
  int32_t errorCode = 0;
};

/// Runs the kernel in every way and compares; an empty string where all is as expected. `worst` is
/// the largest difference over what is allowed, `stackBytes` what a call was seen to take.
std::string checkKernel(mlir::func::FuncOp, const CompiledKernel &,
                        llvm::ArrayRef<Literal> operands, const Expected &, double &worst,
                        int64_t &stackBytes);

/// CPU time of this thread.
double threadMilliseconds();

} // namespace dlc::gate
