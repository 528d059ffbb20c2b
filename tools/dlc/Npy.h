// NumPy's files: .npy holds one array, .npz is a zip archive of them.
#pragma once

#include "Tensor.h"
#include "llvm/Support/Error.h"
#include <map>

namespace dlc::tool {

/// Errors say what is wrong with the bytes, without the name of the file.
llvm::Expected<Tensor> readNpy(llvm::StringRef bytes);
void writeNpy(llvm::raw_ostream &, const Tensor &);

/// The arrays of an archive by name, without ".npy".
llvm::Expected<std::map<std::string, Tensor>> readNpz(llvm::StringRef bytes);

} // namespace dlc::tool
