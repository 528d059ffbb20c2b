// lld in this process: relocatables into one, and a relocatable into a shared object.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Error.h"
#include <string>

namespace dlc {

/// A folder for the linker's inputs that disappears with this object.
class ScratchFolder {
public:
  llvm::Error create();
  ~ScratchFolder();
  std::string file(const llvm::Twine &name) const;

private:
  llvm::SmallString<128> folder;
};

/// Runs `ld.lld` with these arguments, or `wasm-ld`; its messages become the error. Safe to call
/// from several threads.
enum class LinkerFlavor { Elf, Wasm };
llvm::Error link(llvm::ArrayRef<std::string> arguments, LinkerFlavor = LinkerFlavor::Elf);

} // namespace dlc
