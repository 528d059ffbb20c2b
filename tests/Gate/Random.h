// Numbers that a seed decides, the same with every standard library.
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include <cstdint>
#include <random>

namespace dlc::gate {

class Random {
public:
  explicit Random(uint64_t seed) : engine(seed * 0x9e3779b97f4a7c15u + 0x1234567) {}

  uint64_t bits() { return engine(); }
  /// An integer of [lo, hi].
  int64_t in(int64_t lo, int64_t hi) {
    return lo + static_cast<int64_t>(engine() % static_cast<uint64_t>(hi - lo + 1));
  }
  /// A number of [lo, hi).
  double real(double lo, double hi) { return lo + (hi - lo) * ((engine() >> 11) * 0x1p-53); }
  bool chance(double probability) { return real(0, 1) < probability; }
  template <typename T> const T &pick(llvm::ArrayRef<T> list) {
    return list[static_cast<size_t>(in(0, static_cast<int64_t>(list.size()) - 1))];
  }
  template <typename T> T pick(std::initializer_list<T> list) {
    return list.begin()[static_cast<size_t>(in(0, static_cast<int64_t>(list.size()) - 1))];
  }
  template <typename Range> void shuffle(Range &range) {
    for (size_t i = range.size(); i > 1; --i)
      std::swap(range[i - 1], range[static_cast<size_t>(in(0, static_cast<int64_t>(i) - 1))]);
  }

private:
  std::mt19937_64 engine;
};

} // namespace dlc::gate
