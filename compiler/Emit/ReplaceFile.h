// Files are written whole or not at all: into a temporary file beside the target, synced by
// closing, then renamed.
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"

namespace dlc {

/// Calls `write` with a stream; its bytes take the place of `path` if it succeeds and every byte
/// could be written. `path` "-" is the standard output.
llvm::Error replaceFile(llvm::StringRef path,
                        llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);

} // namespace dlc
