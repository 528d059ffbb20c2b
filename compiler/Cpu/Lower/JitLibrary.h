// Objects of the back end, linked into this process: what `dlc run`, the value tests and the
// benchmark call. It resolves memcpy, memset and memmove and nothing else, so that an object that
// runs here links into any C program; in a process with AddressSanitizer, its functions too.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <cstdint>
#include <memory>

namespace dlc {

/// Code of a kernel (Graph/Target.h).
using KernelFunction = void (*)(void *argument, int64_t begin, int64_t end, int slot);

class JitLibrary {
public:
  JitLibrary();
  ~JitLibrary();
  JitLibrary(JitLibrary &&);

  /// Symbols of all objects of one library are visible to one another and must be distinct. Tables
  /// that the caller's code needs are given to `define` first.
  llvm::Error add(llvm::ArrayRef<char> object);
  llvm::Error define(llvm::StringRef symbol, void *address);
  /// The address of a symbol; it lives as long as the library.
  llvm::Expected<void *> find(llvm::StringRef symbol);
  llvm::Expected<KernelFunction> findKernel(llvm::StringRef symbol);

private:
  struct State;
  std::unique_ptr<State> state;
};

} // namespace dlc
