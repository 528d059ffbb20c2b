// Tensors of the model as values. Small ones and splats are constants; what is larger stays in its
// file and is named by a symbol:
//
//   dlc.weight_data @w      : tensor<64x64xf32> file 0 offset 120 length 16384
//   dlc.weight_data @w.file : tensor<..xf32> ...      under --dtype=f16: as stored, and
//   dlc.derived_weight @w   : tensor<..xf16> { %0 = dlc.weight @w.file; %1 = dlc.convert %0; ... }
//
// Data that were written number by number (varints, so no part of a file equals them) become a
// derived weight too: the concatenation of constants of at most 4 KiB each. That is the price of a
// rare encoding; more than 16 MiB of it are refused.
#pragma once

#include "Core/Core.h"
#include "Onnx/Model.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/ADT/StringSet.h"

namespace dlc::onnx {

class WeightImporter {
public:
  WeightImporter(const Model &model, llvm::StringRef dtype, mlir::ModuleOp module)
      : model(model), dtype(dtype), module(module) {}

  /// The value of a tensor, built at the builder's place; null after an error, which is reported at
  /// `place`.
  mlir::Value build(mlir::ImplicitLocOpBuilder &, const Tensor &, llvm::StringRef name,
                    llvm::StringRef place, Diagnostics &);

  /// A weight that `compute` builds from core ops without operands: it is evaluated when the object
  /// is written, and costs nothing at run time.
  mlir::Value derive(mlir::ImplicitLocOpBuilder &, llvm::StringRef name,
                     llvm::function_ref<mlir::Value(mlir::ImplicitLocOpBuilder &)> compute);

private:
  mlir::ImplicitLocOpBuilder atTop(mlir::Location);
  mlir::Value buildWeight(mlir::ImplicitLocOpBuilder &, const Tensor &,
                          mlir::RankedTensorType stored, mlir::RankedTensorType wanted,
                          llvm::StringRef name, llvm::StringRef place, Diagnostics &);
  std::string uniqueSymbol(llvm::StringRef name);
  const Model &model;
  std::string dtype;
  mlir::ModuleOp module;
  llvm::StringSet<> symbols;
};

} // namespace dlc::onnx
