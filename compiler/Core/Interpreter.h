// Runs core ops by their reference form: shape arithmetic during import, folding of small
// constants, and the oracle of the value tests. It knows no op: forms (ReferenceForm.h), short
// loops (SequentialOpInterface), decompositions (CompositeOpInterface) and the region ops of
// control flow are all it asks for.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

struct InterpreterOptions {
  /// Body evaluations after which a run fails with a diagnostic, so that no input makes a compile
  /// hang.
  int64_t workLimit = int64_t(1) << 40;
  /// Where `dlc.weight` finds its elements; null means that weights are errors.
  std::function<mlir::FailureOr<Literal>(mlir::FlatSymbolRefAttr)> weight;
  /// Computes an op, or the call of a function, in another way (compiled code); none: interpret it.
  std::function<std::optional<mlir::FailureOr<llvm::SmallVector<Literal>>>(
      mlir::Operation *, llvm::ArrayRef<Literal> operands)>
      execute;
};

/// The results of one op on the given operands; an error is emitted at the op.
mlir::FailureOr<llvm::SmallVector<Literal>>
interpret(mlir::Operation *, llvm::ArrayRef<Literal> operands, const InterpreterOptions & = {});

/// The results of a function. Calls of kernels (dlc.call, func.call) are followed.
mlir::FailureOr<llvm::SmallVector<Literal>>
interpret(mlir::func::FuncOp, llvm::ArrayRef<Literal> arguments, const InterpreterOptions & = {});

} // namespace dlc
