// The derivative that all ops share which write by index: put, put_along, scatter_nd.
#pragma once

#include "Core/Core.h"

namespace dlc {

struct ScatterVjp {
  mlir::ImplicitLocOpBuilder &b;
  PutKind kind;
  mlir::Value x, updates, result;
  /// Elements of a tensor like x at the places that the op writes; and the op with other operands.
  llvm::function_ref<mlir::Value(mlir::Value)> gather;
  llvm::function_ref<mlir::Value(PutKind, mlir::Value x, mlir::Value updates)> put;

  /// Cotangents of x and of the updates.
  std::pair<mlir::Value, mlir::Value> build(mlir::Value g) const;
};

/// Three gradients, for operands x, indices, updates.
llvm::LogicalResult appendScatterVjp(const ScatterVjp &, mlir::Value g,
                                     const llvm::BitVector &wanted,
                                     llvm::SmallVectorImpl<mlir::Value> &gradients);

} // namespace dlc
