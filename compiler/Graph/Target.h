// The one interface behind which targets differ. The graph passes cut the program into kernels, ask
// the target how each one wants to be run, and obey: FormKernels -> plan -> constants packed as
// planned -> PlanMemory -> code.
//
// A kernel is a private func.func of core ops between tensors (composites decomposed), for example
//
//   func.func private @dot_add_relu(%x: tensor<128x768xf32>, %w: tensor<96x768x32xf32>, %b:
//   tensor<3072xf32>)
//       -> tensor<128x3072xf32> attributes {dlc.plan = {...}, dlc.alias = [[0, 2]]} {
//     %0 = dlc.transpose %w ...   // what the plan packed is unpacked by core ops at the head of
//     the body: the meaning %1 = dlc.reshape %0 ...     // stays in the text, the interpreter runs
//     it, and the emitter sees one affine map %2 = dlc.dot %x, %1 ... ; broadcast, add, max
//
// Its text names no target. The plan is part of its identity: equal text and equal plan are one
// kernel.
//
// Code of a kernel: `void symbol(void *argument, int64_t begin, int64_t end, int slot)`, called on
// parts of [0, count). `argument` points to an array of pointers: operands, results, scratch (the
// slot's part starts at slot * scratchBytes), then one to an int32 that takes the error
// (DLC_ERROR_INDEX) of a failed check; several calls may store it. A result named in `dlc.alias`
// may share the buffer of its operand; every other pointer is noalias.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

/// How one kernel is run. Stored in the attribute `dlc.plan`.
struct KernelPlan {
  /// The emitter's class: elementwise, rows, contraction, window, sequential.
  std::string kernelClass;
  /// The kernel is called on parts of [0, count); 1 means that it is never cut.
  int64_t count = 1;
  /// Operations (multiply-adds) and bytes of the whole kernel: work below about 5 us is not given
  /// to threads.
  int64_t work = 0, bytes = 0;
  /// Scratch per slot, in the arena, aligned to 64.
  int64_t scratchBytes = 0;
  /// Operands (positions) that shall be packed by Target::buildPacked if they are constant.
  llvm::SmallVector<int64_t> packed;
  /// What the target's emitters chose: tiles, the vectorised loop, ...; opaque to the graph passes.
  mlir::DictionaryAttr choices;

  mlir::DictionaryAttr attribute(mlir::MLIRContext *) const;
  static KernelPlan from(mlir::func::FuncOp kernel);
};

/// What a target may read on the function besides its text: the mark of a kernel, and on an operand
/// that it is constant (a weight), so that Target::plan may ask for it to be packed.
inline constexpr llvm::StringLiteral kernelMark = "dlc.kernel", weightMark = "dlc.weight",
                                     planName = "dlc.plan", aliasName = "dlc.alias";

/// Code of kernels: a relocatable object.
struct KernelObject {
  std::vector<char> bytes;
  /// Upper bound of the stack that a call of any of its kernels takes.
  int64_t stackBytes = 0;
};

class Target {
public:
  virtual ~Target() = default;

  /// Whether the ops of `kernel` can be one kernel: asked by FormKernels before it grows a cluster.
  /// The target never says no to a single op of the dialect whose types it takes.
  virtual bool accepts(mlir::func::FuncOp kernel) const = 0;

  /// REQUIRES: accepts(kernel).
  virtual KernelPlan plan(mlir::func::FuncOp kernel) const = 0;

  /// Core ops that turn operand `position` of a kernel into its planned layout, and back. Both are
  /// movement only (pad, reshape, transpose, slice), evaluated at compile time resp. seen through
  /// by the emitter.
  virtual mlir::Value buildPacked(mlir::ImplicitLocOpBuilder &, mlir::Value operand,
                                  const KernelPlan &, unsigned position) const = 0;
  virtual mlir::Value buildUnpacked(mlir::ImplicitLocOpBuilder &, mlir::Value packed,
                                    mlir::RankedTensorType original, const KernelPlan &,
                                    unsigned position) const = 0;

  /// A relocatable object with the kernel's code and nothing undefined but memcpy, memset, memmove;
  /// or an emitted error.
  virtual mlir::FailureOr<KernelObject> compile(mlir::func::FuncOp kernel) const = 0;
};

/// Targets by name, for passes that are run from a command line. A room that has one registers it.
void registerTarget(llvm::StringRef name, std::function<std::unique_ptr<Target>()> create);
/// Null, and the names that are known, when there is none of this name.
std::unique_ptr<Target> createTarget(llvm::StringRef name, std::string &known);

/// A target without code: it takes every kernel with at most one contraction, convolution or
/// window, and packs nothing. Graph passes are tested with it.
std::unique_ptr<Target> createReferenceTarget();

} // namespace dlc
