// From an ONNX model to a module of core ops.
//
//   module attributes {dlc.files = ["model.onnx", "model.data"]} {
//     dlc.weight_data @conv1_w : tensor<64x3x7x7xf32> file 0 offset 1032 length 37632
//     func.func @main(%input: tensor<1x3x224x224xf32> {dlc.name = "input"})
//         -> (tensor<1x1000xf32> {dlc.name = "output"}) { ... }
//   }
//
// Every value has a static shape: symbolic dimensions are bound by the options, shape arithmetic is
// carried out by the interpreter while importing. Initializers above 4 KiB stay in their file and
// are named by symbol; smaller ones are constants. Each op's location names its node: a NameLoc
// "name (operator)".
#pragma once

#include "Diagnostics/Diagnostics.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringMap.h"
#include <variant>

namespace dlc::onnx {

struct Model;

/// An element of a shape input: float inputs (the scales of Resize) have numbers.
using ShapeValue = std::variant<int64_t, double>;

struct ImportOptions {
  /// `--dim N=8`: values of symbolic dimensions.
  llvm::StringMap<int64_t> dimensions;
  /// `--shape input=1x512`: whole shapes of inputs.
  llvm::StringMap<std::vector<int64_t>> shapes;
  /// `--shape-input name=1,2,3`: values of inputs that decide shapes. Such an input disappears from
  /// the function.
  llvm::StringMap<std::vector<ShapeValue>> shapeInputs;
  /// `--batch N`: the leading symbolic dimension of every input.
  std::optional<int64_t> batch;
  /// `--dtype=f64|f32|bf16|f16`: float32 of the model becomes this type, weights included; "" keeps
  /// the model's types.
  std::string dtype;
};

/// The module, or null with errors in `diagnostics`: all unsupported nodes at once, each with name,
/// operator, opset, types and reason. An unbound leading dimension becomes 1 with a warning; any
/// other is an error that lists the dimensions and the repair.
mlir::OwningOpRef<mlir::ModuleOp> importOnnx(llvm::StringRef path, const ImportOptions &,
                                             Diagnostics &, mlir::MLIRContext &);

/// The same, from a model that was read. `model` must outlive the weights' use only as a file on
/// disk.
mlir::OwningOpRef<mlir::ModuleOp> importModel(const Model &, const ImportOptions &, Diagnostics &,
                                              mlir::MLIRContext &);

/// Inputs whose values decide shapes (Reshape's shape given as a graph input, ...): names of
/// inputs that `run` and `verify` must specialise on. Found by a walk over the model,
/// before import.
std::vector<std::string> shapeInputNames(const Model &);

} // namespace dlc::onnx
