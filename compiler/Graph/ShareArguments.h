// Outputs in the memory of inputs (`--alias output=input`): a key/value cache that is updated in
// place. The caller may then pass the same pointer for both. Nothing may be written to the output
// while the input is still to be read, so a program that would do so writes to the arena first, and
// copies at its end.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

/// The input that an output may share its memory with: its position among the inputs.
inline constexpr llvm::StringLiteral sharedInputName = "dlc.shares";

/// Lets output argument `output` of `run`, a program over buffers, share the memory of the argument
/// `input`. REQUIRES: both have the same type.
void shareArgument(mlir::func::FuncOp run, unsigned output, unsigned input);

} // namespace dlc
