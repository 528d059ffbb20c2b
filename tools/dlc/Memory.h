// How much memory there is: a program that needs more is refused before it fills the machine.
#pragma once

#include "Emit/Artifact.h"
#include "Verb.h"

namespace dlc::tool {

/// The least of the machine's memory, the limit of the process's control group and its own limit on
/// address space, in bytes.
int64_t memoryLimit();

/// Whether arena and outputs fit into that; false after a diagnostic.
bool fitsIntoMemory(Session &, const Artifact &);

} // namespace dlc::tool
