// The function that the runtime calls around the function that an emitter built. Emitters write one
// memref per buffer, so that each can be noalias; the runtime passes one pointer to an array of
// pointers, so that every kernel has one type.
#pragma once

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc {

/// A kernel of a module before its conversion: its name, and which entry of the argument block each
/// memref is.
struct KernelEntry {
  std::string symbol;
  llvm::SmallVector<int64_t> pointers;
};

/// Renames every public function of `module` and makes it private. An error where one does not have
/// the form that KernelCompiler.h asks for.
mlir::FailureOr<std::vector<KernelEntry>> takeEntries(mlir::ModuleOp module);

/// After the conversion: builds `void symbol(ptr, i64, i64, i32)` for each.
void buildEntries(mlir::ModuleOp module, llvm::ArrayRef<KernelEntry>);

} // namespace dlc
