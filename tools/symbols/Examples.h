// One function per op and element type: the smallest program in which the op occurs. Which element
// types an op takes is not written down anywhere here; its own verifier is asked.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

/// A function that holds one op between its arguments and its return.
struct Example {
  mlir::OwningOpRef<mlir::ModuleOp> module;
  mlir::func::FuncOp function;
  mlir::Operation *op = nullptr;
  /// For messages: `f32`, or `f32 to si8` where the op has two element types.
  std::string types;
  /// Position of the element type in `elementNames`.
  size_t element = 0;
};

/// The element types of the dialect as they are written: f64, ..., si64, ..., i1.
llvm::ArrayRef<llvm::StringLiteral> elementNames();

/// The registered ops of the dialect that become kernels: those that say what their elements are,
/// by a reference form, a loop or a decomposition. The others are the program around kernels.
std::vector<mlir::RegisteredOperationName> kernelOps(mlir::MLIRContext &);

/// All examples of the op that its verifier takes. Empty, or `error` set, when there is no line for
/// it, or a line that is right for no element type: a gap of this tool, not of the compiler.
std::vector<Example> examplesOf(mlir::RegisteredOperationName, std::string &error);

} // namespace dlc
