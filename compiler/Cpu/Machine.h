// The machine that code is made for, as a value: `native` is resolved once, to the name of a
// processor, its features and its cache sizes; after that nothing of the host decides anything, and
// the same description gives the same bytes on any host. Emitters ask it for lanes, registers and
// tiles, the back end for LLVM's names.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <string>

namespace dlc {

struct Machine {
  std::string triple;
  /// LLVM's names: `sapphirerapids`, `+avx512f,-amx-tile,...` (empty for the named levels).
  std::string cpu, features;

  /// Width of the vectors that code is written for, and how many of them the machine has.
  int64_t vectorBits = 128, vectorRegisters = 16;
  bool hasFma = false, hasRound = false, hasHalfConversion = false;
  bool hasMaskedVectors = false;

  /// Bytes of the caches of one core (level 1 data, level 2), and its share of the last one.
  int64_t cacheLevel1 = 32 << 10, cacheLevel2 = 512 << 10, cacheLevel3 = 2 << 20;

  /// Elements of a vector; `bits` is the width of an element in registers.
  int64_t lanes(int64_t bits) const { return vectorBits / bits; }

  /// Columns of a packed panel of an operand whose elements have `bits` in registers: 32 of f32 on
  /// every level of x86, so that several levels share the packed weights.
  int64_t panelColumns(int64_t bits) const { return 1024 / bits; }

  /// The target in one line, as `version` prints it and artifacts record it.
  std::string description() const;

  /// Resolves `--target` (a triple, or empty for the host's) and `--cpu` (`native`, or a name that
  /// LLVM knows: x86-64, x86-64-v3, znver4, ...). On failure `error` says what is wrong.
  static bool resolve(llvm::StringRef target, llvm::StringRef cpu, Machine &, std::string &error);
  /// The machine that runs this process.
  static Machine native();
  /// REQUIRES: a name that is known.
  static Machine named(llvm::StringRef cpu);
};

} // namespace dlc
