// One register of the interpreter, and its bits.
#pragma once

#include "Core/Literal.h"

namespace dlc {

/// A register: integers are kept sign-extended to 64 bits (bool 0 or 1), floats as double.
union Cell {
  double number;
  int64_t integer;
};

/// The lowest `width` bits as a signed number; a bit (bool) is 0 or 1.
inline int64_t signExtended(uint64_t bits, unsigned width) {
  if (width == 1)
    return bits & 1;
  return width >= 64 ? static_cast<int64_t>(bits)
                     : static_cast<int64_t>(bits << (64 - width)) >> (64 - width);
}

/// Reads element `i` of a literal into a register, and writes one: bool, sign and 16-bit floats as
/// Scalar.h says.
Cell loadCell(const Literal &, int64_t i);
void storeCell(Literal &, int64_t i, Cell);

/// What `withFormat` needs to know of a bitcast between two types in registers, as one number.
int formatsOf(mlir::Type from, mlir::Type to);
/// The same bits as a value of the other type.
Cell withFormat(Cell, int formats);

} // namespace dlc
