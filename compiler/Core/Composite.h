// What the definitions of composites share: f16 and bf16 are computed in f32 throughout and rounded
// once.
#pragma once

#include "Core/Core.h"

namespace dlc {

/// `x` in the type in which its element type computes.
inline TensorExpr widened(TensorExpr x) {
  mlir::Type element = x.type().getElementType(), wide = registerType(element);
  return element == wide ? x : convert(x, wide);
}

/// `x` in the element type of `like`.
inline mlir::Value narrowed(TensorExpr x, mlir::Value like) {
  mlir::Type element = tensorType(like).getElementType();
  return x.type().getElementType() == element ? x.value : convert(x, element).value;
}

/// The number of elements that `dims` of a shape span.
inline double countOf(llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> dims) {
  double count = 1;
  for (int64_t dimension : dims)
    count *= static_cast<double>(shape[dimension]);
  return count;
}

} // namespace dlc
