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

/// AddressSanitizer's runtime as this process has it: because the program was built with it, or
/// because it was put before the program (LD_PRELOAD). Only then can such code be run in it.
struct AddressSanitizer {
  static bool isHere();
  /// How to get it here, for a message.
  static constexpr const char *repair =
      "LD_PRELOAD=$(clang-22 -print-file-name=libclang_rt.asan-x86_64.so) before the command";
  /// Nothing where it is not here.
  static void poison(const void *from, size_t bytes);
  static void unpoison(const void *from, size_t bytes);
  /// `callback` is called after a report, before the process ends.
  static void onDeath(void (*callback)());
};

} // namespace dlc
