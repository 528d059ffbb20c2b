// Code that checks its own memory accesses (--sanitize=address). LLVM's pass puts a test before
// every load, store, masked access and gather; the tests read AddressSanitizer's map of poisoned
// memory, which the program's runtime keeps. An object made so needs that runtime: link it with
// -fsanitize=address.
#pragma once

#include "llvm/IR/Module.h"
#include "llvm/Target/TargetMachine.h"

namespace dlc {

/// Instruments every function of a module that is otherwise ready for code generation.
void sanitizeAddresses(llvm::Module &, llvm::TargetMachine &);

} // namespace dlc
