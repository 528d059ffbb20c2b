// What the machine code of a kernel looks like: whom it calls, and how much of the arithmetic in
// its deepest loops is done one element at a time.
//
// Loops are what backward branches span; the deepest ones contain no other. Counted are arithmetic
// instructions: on floats and integers in vector registers as one each, on single elements as one
// each, too. In general registers most arithmetic is that of addresses and counters; an instruction
// there counts as arithmetic of elements if its result is stored or moved to a vector register, or
// if it works on what was loaded from memory and its result is no address.
#pragma once

#include "Cpu/Machine.h"
#include "llvm/ADT/ArrayRef.h"
#include <string>
#include <vector>

namespace dlc::gate {

struct Inspection {
  /// Undefined symbols beyond memcpy, memset, memmove.
  std::vector<std::string> undefined;
  int loops = 0, scalar = 0, vector = 0;
  /// The scalar instructions, for whoever looks for the reason.
  std::vector<std::string> scalarText;
  /// Not empty where the code could not be read.
  std::string error;

  double scalarShare() const { return scalar ? double(scalar) / (scalar + vector) : 0; }
};

Inspection inspect(llvm::ArrayRef<char> object, const Machine &);

} // namespace dlc::gate
