// The SHA-256 of a file, which headers and descriptions of artifacts state.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <array>
#include <string>

namespace dlc {

std::array<uint8_t, 32> sha256(llvm::ArrayRef<uint8_t> bytes);

/// In hexadecimal digits; empty if the file cannot be read.
std::string hashOfFile(llvm::StringRef path);

} // namespace dlc
