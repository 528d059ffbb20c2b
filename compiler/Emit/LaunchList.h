// What a debugger shows of a model (`-g`): a list with a line for each launch of the program, which
// names the kernel and the nodes of the model that it computes,
//
//   conv3x3_add_relu_1f3c: conv1 (Conv), relu1 (Relu)
//
// and line numbers in the code of NAME_run, for which this list is the source. A backtrace out of a
// kernel then goes through "model_run at x.kernels:12".
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "llvm/IR/Function.h"

namespace dlc {

/// The text of the list. REQUIRES: a program over buffers.
std::string makeLaunchList(mlir::ModuleOp);

/// Makes the list the source of `run`; EntryBuilder numbers the launches in the same order.
void attachLaunchList(llvm::Function &run, llvm::StringRef file);

} // namespace dlc
