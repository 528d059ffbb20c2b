// From emitted loops to an object file. An emitter (Cpu/Body, Cpu/Contraction, ...) builds a module
// in `context()`; this class lowers it with its own loop lowering, one full conversion, six
// function passes and LLVM's code generation. The emitted code is already what it should be, so
// LLVM's O2 pipeline would cost as much again and make no kernel faster.
//
// What an emitter builds: one public func.func per kernel,
//
//   func.func @symbol(%x: memref<98304xf32> {llvm.noalias}, ..., %begin: index, %end: index,
//                     %slot: index)
//
// with one 1-D static memref per entry of the kernel's argument block (Graph/Target.h), in order;
// an argument attribute `dlc.pointer = k : i64` says that a memref is entry k instead (two views of
// one scratch, or entries that are not used). bool is i8 in memory, f16 and bf16 may be i16. The
// function `void symbol(void **argument, int64_t begin, int64_t end, int slot)` around it is made
// here. Body: scf (for, if, while), arith, math, memref, vector (1-D), func.call of private
// functions of the module.
#pragma once

#include "Cpu/Machine.h"
#include "Graph/Target.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include <memory>
#include <string>
#include <vector>

namespace dlc {

/// Texts of the stages after the kernels were emitted.
enum class KernelStage { Loops, Llvm, Assembly };

/// One per thread: a context of its own, so that kernels compile in parallel.
class KernelCompiler {
public:
  /// `sanitizeAddress`: the code checks its memory accesses (Sanitize.h).
  explicit KernelCompiler(const Machine &, bool sanitizeAddress = false);
  ~KernelCompiler();

  const Machine &machine() const;
  /// Every dialect that emitters need is loaded.
  mlir::MLIRContext &context();

  /// A relocatable object, the same bytes for the same module and machine. `module` is consumed:
  /// what is left of it is unspecified. On failure an error is emitted at the module.
  mlir::FailureOr<KernelObject> compile(mlir::ModuleOp module);
  /// The text of a stage; consumes `module` likewise.
  mlir::FailureOr<std::string> print(mlir::ModuleOp module, KernelStage);

private:
  struct State;
  std::unique_ptr<State> state;
};

/// The function in another context (parsed from its text): how a kernel of the program reaches the
/// context of the thread that compiles it.
mlir::OwningOpRef<mlir::ModuleOp> cloneInto(mlir::MLIRContext &, mlir::func::FuncOp);

} // namespace dlc
