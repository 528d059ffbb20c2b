// Runs an imported model by the interpreter, with weights out of the model's files, and compares
// its outputs with those of an ONNX test folder (input_0.pb, output_0.pb, ...).
#pragma once

#include "Onnx/Import.h"
#include "Onnx/Reader.h"

namespace dlc::onnx {

struct Tolerance {
  double relative, scaled; // |got - want| <= max(1e-6, scaled max|want|) + relative |want|
};

/// The inputs of the folder; binds the shapes of the model's inputs to theirs.
std::vector<std::unique_ptr<TensorFile>> readInputs(const Model &, llvm::StringRef folder,
                                                    ImportOptions &, Diagnostics &,
                                                    mlir::MLIRContext &);

/// True if all outputs agree; a line for each output goes to stdout.
bool runAndCompare(mlir::ModuleOp, const Model &,
                   const std::vector<std::unique_ptr<TensorFile>> &inputs, llvm::StringRef folder,
                   Tolerance);

} // namespace dlc::onnx
