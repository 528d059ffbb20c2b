// What operators share whose indices come from data.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// Indices into a dimension of `n` elements, of which negative ones count from the end, as indices
/// from the start (si32 or si64). Known ones are checked here, others when the program runs.
TensorExpr fromStart(NodeReader &, TensorExpr indices, int64_t n);

/// The same for rows of indices: component i of the last dimension indexes `extents[i]` elements.
TensorExpr rowsFromStart(NodeReader &, TensorExpr indices, llvm::ArrayRef<int64_t> extents);

/// Element i is its index along `dimension`, si64.
TensorExpr iota(NodeReader &, llvm::ArrayRef<int64_t> shape, int64_t dimension);

/// What a reduction attribute ("none", "add", ...) does to an element.
PutKind reductionKind(NodeReader &);

} // namespace dlc::onnx
