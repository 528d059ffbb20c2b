// One kernel compiled and loaded into this process, called on literals: the same function of core
// ops that the interpreter runs, through plan, packing, emitter, back end and linker. Value tests
// compare the two; the benchmark times `call`.
#pragma once

#include "Cpu/CpuTarget.h"
#include "Cpu/Lower/JitLibrary.h"
#include "Cpu/Lower/KernelCompiler.h"

namespace dlc {

class CompiledKernel {
public:
  /// Compiles a kernel (any context; it is not changed). Operands marked `dlc.weight` are constant:
  /// they are packed as the target plans, when the kernel is called.
  static mlir::FailureOr<CompiledKernel> compile(KernelCompiler &, mlir::func::FuncOp kernel,
                                                 CpuOptions = {});

  const KernelPlan &plan() const { return kernelPlan; }
  int64_t stackBytes() const { return object.stackBytes; }
  llvm::ArrayRef<char> objectBytes() const { return object.bytes; }

  /// The results on operands of the original types, computed in `cuts` parts, or an emitted error.
  mlir::FailureOr<llvm::SmallVector<Literal>> run(llvm::ArrayRef<Literal> operands,
                                                  int64_t cuts = 1) const;
  /// The operands as the code wants them.
  mlir::FailureOr<llvm::SmallVector<Literal>> packed(llvm::ArrayRef<Literal> operands) const;
  llvm::SmallVector<Literal> emptyResults() const;
  /// The text of a stage of its code.
  mlir::FailureOr<std::string> print(KernelCompiler &, KernelStage) const;
  /// The argument block's pointers: operands, results, scratch, error.
  KernelFunction code() const { return function; }

private:
  CompiledKernel() = default;

  KernelPlan kernelPlan;
  KernelObject object;
  JitLibrary library;
  KernelFunction function = nullptr;
  mlir::MLIRContext *context = nullptr;
  /// The planned kernel, and for each packed operand a function that packs it.
  mlir::OwningOpRef<mlir::ModuleOp> source;
  mlir::func::FuncOp kernel;
  llvm::SmallVector<std::pair<int64_t, mlir::func::FuncOp>> packers;
};

} // namespace dlc
