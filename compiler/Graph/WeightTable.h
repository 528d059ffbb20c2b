// The weights of a module by symbol, and new ones derived from them: equal ones get one symbol.
#pragma once

#include "Core/Core.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc {

class WeightTable {
public:
  explicit WeightTable(mlir::ModuleOp module) : module(module), symbols(module) {}

  /// A weight whose value `build` computes from others by core ops; named `stem`, or `stem_1`, ...
  /// `key` names the computation, so that it is built once.
  std::pair<mlir::FlatSymbolRefAttr, mlir::RankedTensorType>
  derive(llvm::StringRef stem, const std::string &key,
         llvm::function_ref<mlir::Value(mlir::ImplicitLocOpBuilder &)> build);

  /// `op` applied to its operands, all of them weights or constants, as one derived weight; the op
  /// that reads it is built where `op` stands. Null where an operand is neither.
  mlir::Value derive(mlir::Operation *op);

private:
  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  llvm::StringMap<std::pair<mlir::FlatSymbolRefAttr, mlir::RankedTensorType>> known;
};

/// Erases weights that nothing reads.
void eraseDeadWeights(mlir::ModuleOp);

} // namespace dlc
