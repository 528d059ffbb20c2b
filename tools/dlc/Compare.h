// How results are compared with a reference: the rule of the command line's contract.
#pragma once

#include "Tensor.h"

namespace dlc::tool {

/// Passes where abs(got - want) <= max(atol, atolScale * max abs(want)) + rtol * abs(want).
struct Tolerance {
  double rtol = 1e-3, atol = 1e-7, atolScale = 0;
  bool anyWidth = false; // floats may have another width than the reference's
};

struct Comparison {
  bool pass = true;
  /// The largest difference, where it is, and how many elements are outside the tolerance.
  double maxError = 0;
  int64_t worst = 0, failures = 0;
  /// Why no elements were compared: types or shapes differ.
  std::string mismatch;
};

/// Integers and bool must be equal; nan matches nan, and infinity itself.
Comparison compare(const Tensor &got, const Tensor &want, const Tolerance &);

} // namespace dlc::tool
