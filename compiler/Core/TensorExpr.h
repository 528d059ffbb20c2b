// Tensors with operators, so that VJPs and decompositions read as algebra. Broadcasting is never
// implicit: operands have equal types, and `number` makes a constant of this tensor's type.
#pragma once

#include "Core/Scalar.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace dlc {

struct TensorExpr {
  mlir::ImplicitLocOpBuilder &builder;
  mlir::Value value;

  operator mlir::Value() const { return value; }
  mlir::RankedTensorType type() const {
    return mlir::cast<mlir::RankedTensorType>(value.getType());
  }
  TensorExpr with(mlir::Value v) const { return {builder, v}; }
  /// A splat of this tensor's type.
  TensorExpr number(double) const;
};

TensorExpr operator+(TensorExpr, TensorExpr);
TensorExpr operator-(TensorExpr, TensorExpr);
TensorExpr operator*(TensorExpr, TensorExpr);
TensorExpr operator/(TensorExpr, TensorExpr);
TensorExpr operator-(TensorExpr);
TensorExpr exp(TensorExpr);
TensorExpr log(TensorExpr);
TensorExpr sin(TensorExpr);
TensorExpr cos(TensorExpr);
TensorExpr sinh(TensorExpr);
TensorExpr cosh(TensorExpr);
TensorExpr sqrt(TensorExpr);
TensorExpr rsqrt(TensorExpr);
TensorExpr sign(TensorExpr);
TensorExpr floor(TensorExpr);
/// Toward zero.
TensorExpr trunc(TensorExpr);
TensorExpr pow(TensorExpr, TensorExpr);
/// A tensor of bool.
TensorExpr compare(CompareKind, TensorExpr, TensorExpr);
TensorExpr select(TensorExpr condition, TensorExpr a, TensorExpr b);
TensorExpr convert(TensorExpr, mlir::Type element);
/// Sum, maximum over `dimensions`, which disappear.
TensorExpr reduceSum(TensorExpr, llvm::ArrayRef<int64_t> dimensions);
TensorExpr reduceMax(TensorExpr, llvm::ArrayRef<int64_t> dimensions);
/// Dimension i of `x` becomes dimension `dimensions[i]` of the result.
TensorExpr broadcast(TensorExpr x, llvm::ArrayRef<int64_t> shape,
                     llvm::ArrayRef<int64_t> dimensions);
/// Undoes a reduction: `x` lacks `dimensions` of `shape`.
TensorExpr broadcastOver(TensorExpr x, llvm::ArrayRef<int64_t> shape,
                         llvm::ArrayRef<int64_t> dimensions);

/// pow: b == 0 ? 0 : g b a^(b-1), and a == 0 ? (b < 0 ? -inf : 0) : g y log a.
llvm::SmallVector<mlir::Value> powerCotangents(TensorExpr g, TensorExpr y, TensorExpr a,
                                               TensorExpr b);
/// max (kind gt) and min (lt): the winner takes g, a tie is shared equally.
llvm::SmallVector<mlir::Value> extremumCotangents(TensorExpr g, TensorExpr a, TensorExpr b,
                                                  CompareKind kind);

/// Appends each value, or null where it is not wanted. A value that nobody wants is dead code,
/// removed later.
llvm::LogicalResult appendWanted(const llvm::BitVector &wanted,
                                 llvm::SmallVectorImpl<mlir::Value> &gradients,
                                 llvm::ArrayRef<mlir::Value> values);

} // namespace dlc
