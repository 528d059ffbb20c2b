// The C header of an artifact: everything that a program needs to call it, and sizes as constants
// that a firmware can put into a static array. It includes stddef.h and stdint.h and nothing else.
#pragma once

#include "Emit/Artifact.h"

namespace dlc {

/// The text of the header; `objectFile` is the file it belongs to, named in its first line.
std::string makeHeader(const Artifact &, llvm::StringRef objectFile);

} // namespace dlc
