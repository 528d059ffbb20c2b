// Weights in a file of their own (`--weights`): the tensors of a .safetensors or an .npz take the
// places of the model's initializers of the same names. They are never copied: an initializer
// becomes a slice of the mapped file.
#pragma once

#include "Onnx/Model.h"
#include "Verb.h"

namespace dlc::tool {

/// False after a diagnostic; the model is then of no use.
bool replaceWeights(Session &, llvm::StringRef path, onnx::Model &);

} // namespace dlc::tool
