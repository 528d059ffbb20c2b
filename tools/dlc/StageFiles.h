// A stage of a model on disk: x.mlir, and beside it x.weights with the bytes that its weights name.
// The text says "x.weights", and is read from wherever both lie.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/Error.h"

namespace dlc::tool {

/// Writes the module to `path`, or to stdout for "-"; its weights go into a file beside it if there
/// are any and it is one. The module is changed to say so.
llvm::Error writeStageFiles(mlir::ModuleOp, llvm::StringRef path, bool withWeights);

/// Files of the module that are beside `path` are found there.
void findFilesBeside(mlir::ModuleOp, llvm::StringRef path);

} // namespace dlc::tool
