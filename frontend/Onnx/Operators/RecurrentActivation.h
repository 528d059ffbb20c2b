// The activation functions that recurrent operators name in their attributes, each with numbers
// alpha and beta where it has any.
#pragma once

#include "Onnx/Formula.h"
#include "Onnx/NodeReader.h"

namespace dlc::onnx {

using RecurrentActivation = std::function<TensorExpr(TensorExpr)>;

/// `defaults` for every direction, unless the attribute `activations` lists others.
llvm::SmallVector<RecurrentActivation>
readActivations(NodeReader &, llvm::ArrayRef<llvm::StringRef> defaults, int64_t directions);

} // namespace dlc::onnx
