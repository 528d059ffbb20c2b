// Replaces the ops of `math` and `arith` that are no instruction of the target by ops that are:
// after it, code generation makes no call. See Functions.h for the accuracy.
#pragma once
#include "Cpu/Math/Target.h"
#include "mlir/IR/Operation.h"

namespace dlc {

/// Expands every such op inside `root`, in functions. An op or a type without expansion is
/// diagnosed at its place
/// ("not supported yet: ...") and makes the result a failure; all are reported.
llvm::LogicalResult expandMath(mlir::Operation *root, const MathTarget &target);

} // namespace dlc
