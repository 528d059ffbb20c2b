// Executes programs in both of their forms, so that a pass can be tested by value: a function on
// tensors by the interpreter, a program over buffers with real memory, an arena and the weight
// section, its kernels by the interpreter.
#pragma once

#include "Core/Interpreter.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc::test {

/// The results of @main, or of @run when the module has that; weights come from the module. The
/// arena is filled with NaN first, so that what is read before it was written shows.
mlir::FailureOr<std::vector<Literal>> runProgram(mlir::ModuleOp, llvm::ArrayRef<Literal> inputs);

} // namespace dlc::test
