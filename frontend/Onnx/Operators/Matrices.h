// Products of matrices that several operators are made of.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// NumPy's matmul, of one element type: a vector on the left is a row, on the right a column, and
/// that dimension disappears again.
TensorExpr matrixProduct(NodeReader &, TensorExpr x, TensorExpr y);

/// alpha a' b' + beta c, as the attributes transA, transB, alpha and beta and the inputs 0 to 2
/// say.
TensorExpr generalProduct(NodeReader &);

} // namespace dlc::onnx
