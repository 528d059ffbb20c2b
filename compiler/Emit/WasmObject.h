// A relocatable object of WebAssembly: what objcopy does for ELF, it cannot do here.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace dlc {

/// Writes the object `path` with all defined symbols local but the public ones.
llvm::Error writeWasm(llvm::StringRef path, llvm::ArrayRef<std::string> publicSymbols,
                      llvm::raw_ostream &);

} // namespace dlc
