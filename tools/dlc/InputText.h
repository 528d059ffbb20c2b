// Values on the command line: `x=2x3xf32=1,2,3,4,5,6`, `x=@x.npy`, `x=2x2xi32=@raw.bin`. Without a
// name they are the model's inputs in order.
#pragma once

#include "Tensor.h"
#include "llvm/Support/Error.h"

namespace dlc::tool {

struct NamedTensor {
  std::string name; // empty: by position
  Tensor tensor;
};

llvm::Expected<NamedTensor> parseInput(llvm::StringRef text);

/// Bytes of a file.
llvm::Expected<std::string> readFile(llvm::StringRef path);

} // namespace dlc::tool
