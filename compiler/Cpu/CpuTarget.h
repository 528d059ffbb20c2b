// The CPU behind Graph/Target.h: which kernels it takes, how each is run, and its code. Each class
// of kernels has a planner and an emitter in a folder of its own; this file only asks them in turn.
#pragma once

#include "Cpu/Machine.h"
#include "Graph/Target.h"
#include <memory>

namespace dlc {

struct CpuOptions {
  /// Compare indices that come from data with the extents they index.
  bool checks = true;
  /// Kernels check their memory accesses (Cpu/Lower/Sanitize.h).
  bool sanitizeAddress = false;
};

class CpuTarget : public Target {
public:
  explicit CpuTarget(const Machine &, CpuOptions = {});
  ~CpuTarget() override;

  bool accepts(mlir::func::FuncOp kernel) const override;
  KernelPlan plan(mlir::func::FuncOp kernel) const override;
  mlir::Value buildPacked(mlir::ImplicitLocOpBuilder &, mlir::Value operand, const KernelPlan &,
                          unsigned position) const override;
  mlir::Value buildUnpacked(mlir::ImplicitLocOpBuilder &, mlir::Value packed,
                            mlir::RankedTensorType original, const KernelPlan &,
                            unsigned position) const override;
  /// Safe to call from several threads at once.
  mlir::FailureOr<KernelObject> compile(mlir::func::FuncOp kernel) const override;

  /// Emits the kernel's loops at the end of `module`, as the function `symbol`, from a kernel in
  /// the module's context. What `compile` does first; for tests, and for printing the stage.
  mlir::LogicalResult emit(mlir::ModuleOp module, mlir::func::FuncOp kernel,
                           llvm::StringRef symbol) const;

private:
  struct State;
  std::unique_ptr<State> state;
};

} // namespace dlc
