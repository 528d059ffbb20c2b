// Reads ONNX files that nobody vouches for. The file is mapped, walked once over its wire format
// (no ONNX library, no generated protobuf classes), its external data are found and mapped, and the
// result is checked for everything that can be said without knowing what an operator does. Memory
// is bounded by the size of the file, recursion by fixed limits; whatever the bytes are, the
// outcome is a Model or diagnostics.
#pragma once

#include "Onnx/Model.h"

namespace dlc::onnx {

/// The model of the file, or null with at least one error in `diagnostics`. External data are
/// looked for in the folder of `path`.
std::unique_ptr<Model> readModel(llvm::StringRef path, Diagnostics &diagnostics);

/// The model in memory. `folder` is where its external data lie; empty: a model with external data
/// is refused.
std::unique_ptr<Model> readModel(std::unique_ptr<llvm::MemoryBuffer> bytes, llvm::StringRef folder,
                                 Diagnostics &diagnostics);

/// One tensor in a file of its own, as ONNX stores test data (input_0.pb); null with errors as
/// above.
struct TensorFile {
  DataFile file;
  Tensor tensor;
};
std::unique_ptr<TensorFile> readTensor(llvm::StringRef path, Diagnostics &diagnostics);
std::unique_ptr<TensorFile> readTensor(std::unique_ptr<llvm::MemoryBuffer> bytes,
                                       Diagnostics &diagnostics);

} // namespace dlc::onnx
