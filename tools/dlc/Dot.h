// A stage of a program as a graph in graphviz's language.
#pragma once

#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc::tool {

/// The ops of @main, or the launches of @run with the buffers between them.
void writeDot(mlir::ModuleOp, llvm::raw_ostream &);

} // namespace dlc::tool
