// Quantized tensors:  real = (q - zero) scale,  q = saturate(round_even(real / scale) + zero).
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// Where a scale or a zero point varies: along `axis`, by blocks of `block` elements; 0: one number
/// for each index.
struct QuantizedAxis {
  int64_t axis = 1, block = 0;
};

/// A tensor, its scale and its zero point, as three inputs of a node in a row.
struct QuantizedInput {
  TensorExpr q, scale;
  std::optional<TensorExpr> zero;
};
QuantizedInput quantizedInput(NodeReader &, size_t first);

/// Refuses element types that quantized tensors do not have.
void checkQuantized(NodeReader &, mlir::Type element);

/// A scale or zero point in the shape of x.
TensorExpr spreadParameter(NodeReader &, TensorExpr v, TensorExpr x, QuantizedAxis);

/// q - zero in 32 bits: exact for 8 and 16 bits.
TensorExpr centred(NodeReader &, TensorExpr q, std::optional<TensorExpr> zero, QuantizedAxis);

/// (q - zero) scale, in the type of the scale.
TensorExpr dequantized(NodeReader &, const QuantizedInput &, QuantizedAxis);

/// round_even(real) + zero within the range of `type`, or of the lowest `bits` of it; both of one
/// shape.
TensorExpr quantized(TensorExpr real, TensorExpr zero, mlir::Type type, unsigned bits = 0);

/// The same after real / scale, with one scale and one zero point (none: 0 of ui8).
TensorExpr requantized(NodeReader &, TensorExpr real, TensorExpr scale,
                       std::optional<TensorExpr> zero);

} // namespace dlc::onnx
