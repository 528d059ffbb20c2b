// What of the target decides how math is expanded: which instructions exist. Everything else is
// portable.
#pragma once

namespace dlc {

struct MathTarget {
  bool hasFma = false;            ///< multiply-add with one rounding, f32 and f64
  bool hasRound = false;          ///< floor, ceil, trunc and roundeven (SSE4.1 and later, AArch64)
  bool hasHalfConversion = false; ///< f16 <-> f32 (F16C, AArch64)
};

} // namespace dlc
