// What the ops that move elements share.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "mlir/IR/Builders.h"

namespace dlc {

/// A splat keeps its value under every movement; null for any other constant.
inline mlir::OpFoldResult foldSplat(mlir::Attribute operand, mlir::Type type) {
  auto constant = mlir::dyn_cast_or_null<mlir::DenseElementsAttr>(operand);
  if (!constant || !constant.isSplat())
    return {};
  return mlir::DenseElementsAttr::get(mlir::cast<mlir::ShapedType>(type),
                                      constant.getSplatValue<mlir::Attribute>());
}

/// Index in `from` -> index in `to`, the row-major position being the same. Groups of dimensions
/// with equal products are mapped on their own, so that a shared dimension stays a plain loop
/// index.
mlir::AffineMap reshapeMap(llvm::ArrayRef<int64_t> from, llvm::ArrayRef<int64_t> to,
                           mlir::MLIRContext *);

} // namespace dlc
