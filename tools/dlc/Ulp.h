// How far floats are from a reference, in units in the last place of the reference's type.
#pragma once

#include "Tensor.h"

namespace dlc::tool {

struct UlpStatistics {
  int64_t values = 0, exact = 0;
  /// Of the values that are finite in both; so many steps between neighbours of the type.
  uint64_t median = 0, p99 = 0, max = 0;
};

/// None where the reference is of no float type or has no finite value.
std::optional<UlpStatistics> ulpStatistics(const Tensor &got, const Tensor &want);

} // namespace dlc::tool
