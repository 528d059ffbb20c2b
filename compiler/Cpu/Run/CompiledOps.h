// The interpreter with compiled code in the place of reference forms: the same value tests then
// test the emitters.
#pragma once

#include "Core/Interpreter.h"

namespace dlc {

/// Options with which the interpreter compiles, for the processor of this process, each op that the
/// CPU takes as a kernel of its own, and each called function that it takes as a whole. Constants,
/// control flow, checks and what the CPU refuses are interpreted. Equal kernels are compiled once.
/// `sanitizeAddress`: kernels check their accesses. REQUIRES then: AddressSanitizer::isHere().
InterpreterOptions compiledExecution(bool sanitizeAddress = false);

} // namespace dlc
