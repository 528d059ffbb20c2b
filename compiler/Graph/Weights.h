// Evaluates weights: what `dlc.weight_data` finds in files and `dlc.derived_weight` computes from
// it, streamed to where it is wanted. Movement is composed into one strided copy (a transpose of a
// slice costs one pass), scaling by channel is a plain loop, the rest is the interpreter's.
#pragma once

#include "Core/Core.h"
#include "mlir/IR/BuiltinOps.h"
#include "llvm/Support/MemoryBuffer.h"

namespace dlc {

/// Elements somewhere in memory: element i lies at `data` + sum of i[d] * strides[d] elements.
struct Elements {
  mlir::RankedTensorType type;
  llvm::SmallVector<int64_t> strides;
  const char *data = nullptr;
  /// Keeps the memory alive.
  std::shared_ptr<const void> owner;

  bool isContiguous() const;
  /// The elements in row-major order, copied.
  Literal literal() const;
};

class Weights {
public:
  /// REQUIRES: `module` outlives this object. Files of `dlc.files` are mapped when first read.
  explicit Weights(mlir::ModuleOp module) : module(module), symbols(module) {}

  /// A weight's elements; an error is emitted where a file cannot be read or an op not be computed.
  mlir::FailureOr<Elements> evaluate(mlir::FlatSymbolRefAttr);

  /// Writes the weight section: every weight of `dlc.weights` at its offset, zeros between,
  /// `dlc.weight_bytes` in all.
  mlir::LogicalResult write(llvm::raw_ostream &);

private:
  mlir::FailureOr<Elements> read(mlir::Operation *weightData);
  mlir::FailureOr<Elements> compute(mlir::Operation *, llvm::ArrayRef<Elements> operands);

  mlir::ModuleOp module;
  mlir::SymbolTable symbols;
  llvm::DenseMap<int64_t, std::shared_ptr<llvm::MemoryBuffer>> files;
};

} // namespace dlc
