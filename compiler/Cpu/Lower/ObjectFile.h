// What an object file holds, for the promise that it needs nothing but memcpy, memset and memmove.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace dlc {

/// Names of the undefined symbols other than memcpy, memset and memmove, sorted.
/// REQUIRES: `object` was written by the back end.
std::vector<std::string> forbiddenSymbols(llvm::ArrayRef<char> object);

/// How the error begins that KernelCompiler emits about such symbols; their names follow.
inline constexpr llvm::StringLiteral undefinedSymbolsMessage =
    "internal error: the code of this kernel calls ";

} // namespace dlc
