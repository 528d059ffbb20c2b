// Writes one relocatable object from many: kernels and entry are merged by lld, all symbols but the
// public ones become local, and the weights are streamed to the end of the file, so that they are
// never in memory at once.
//
// How the weights get in: an object reserves a section of their size that has no bytes (NOBITS).
// After the merge its header is changed to name the bytes that are appended. lld never sees them.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>
#include <string>
#include <vector>

namespace dlc {

/// The section that reserves room for the weights. Its name makes the assembler give it no bytes;
/// `writeObject` fills it and calls it `filledWeightSectionName`, so that the linker of the program
/// puts it with the constants.
inline constexpr llvm::StringLiteral weightSectionName = ".bss.dlc_weights";
inline constexpr llvm::StringLiteral filledWeightSectionName = ".rodata.weights";

struct ObjectContents {
  /// Relocatables, in the order in which their code shall lie.
  llvm::ArrayRef<std::vector<char>> objects;
  /// What other programs may call; every other symbol becomes local.
  llvm::ArrayRef<std::string> publicSymbols;
  /// 0: no weights. Else one of the objects reserves a section of this size.
  uint64_t weightBytes = 0;
  /// Writes exactly `weightBytes` bytes.
  std::function<llvm::Error(llvm::raw_ostream &)> writeWeights;
};

/// Writes the object to a stream. The same contents give the same bytes.
llvm::Error writeObject(const ObjectContents &, llvm::raw_ostream &);

} // namespace dlc
