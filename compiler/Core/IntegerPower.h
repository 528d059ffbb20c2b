// What a power of integers is, for the interpreter: square and multiply, which wraps; 1 / x^-b is
// truncated.
#pragma once

#include <cstdint>

namespace dlc {

/// The low bits of a to the b, for integers of any width that are extended by their sign.
inline int64_t integerPower(int64_t a, int64_t b, unsigned) {
  if (b < 0)
    return a == 1 || a == -1 ? (b & 1 ? a : 1) : 0;
  uint64_t result = 1, square = static_cast<uint64_t>(a);
  for (; b; b >>= 1, square *= square)
    if (b & 1)
      result *= square;
  return static_cast<int64_t>(result);
}

} // namespace dlc
