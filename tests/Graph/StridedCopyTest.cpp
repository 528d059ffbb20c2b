// copyStrided against the definition, on random shapes and strides.
#include "Graph/StridedCopy.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <gtest/gtest.h>
#include <numeric>
#include <random>

using llvm::SmallVector;

namespace {
template <typename T> struct Arrangement {
  SmallVector<int64_t> strides;
  std::vector<T> elements;
  int64_t origin = 0;
};

// A permuted, gapped, partly reversed arrangement of `shape`.
template <typename T>
Arrangement<T> arrange(const SmallVector<int64_t> &shape, std::mt19937 &random, bool repeats) {
  Arrangement<T> result;
  SmallVector<int64_t> order(shape.size());
  std::iota(order.begin(), order.end(), 0);
  std::shuffle(order.begin(), order.end(), random);
  result.strides.assign(shape.size(), 0);
  int64_t stride = 1;
  for (int64_t d : order) {
    if (repeats && random() % 5 == 0)
      continue; // stride 0
    bool reversed = random() % 6 == 0;
    result.strides[d] = reversed ? -stride : stride;
    if (reversed)
      result.origin += (shape[d] - 1) * stride;
    stride *= shape[d] + (random() % 4 == 0);
  }
  result.elements.resize(stride);
  for (T &element : result.elements)
    element = static_cast<T>(random());
  return result;
}

template <typename T> void compare(std::mt19937 &random) {
  SmallVector<int64_t> shape;
  for (unsigned rank = random() % 5; rank > 0; --rank)
    shape.push_back(1 + random() % (rank == 1 ? 40 : 7));
  Arrangement<T> from = arrange<T>(shape, random, true), to = arrange<T>(shape, random, false);
  std::vector<T> want = to.elements;
  SmallVector<int64_t> index(shape.size(), 0);
  int64_t count = std::accumulate(shape.begin(), shape.end(), int64_t(1), std::multiplies<>());
  for (int64_t i = 0; i < count; ++i) {
    int64_t rest = i, source = from.origin, target = to.origin;
    for (size_t d = shape.size(); d-- > 0; rest /= shape[d]) {
      source += rest % shape[d] * from.strides[d];
      target += rest % shape[d] * to.strides[d];
    }
    want[target] = from.elements[source];
  }
  dlc::copyStrided(reinterpret_cast<char *>(to.elements.data() + to.origin), to.strides,
                   reinterpret_cast<const char *>(from.elements.data() + from.origin), from.strides,
                   shape, sizeof(T));
  ASSERT_EQ(to.elements, want);
}

TEST(StridedCopy, equals_its_definition) {
  std::mt19937 random(3);
  for (int i = 0; i < 2000; ++i) {
    compare<uint8_t>(random);
    compare<uint16_t>(random);
    compare<uint32_t>(random);
    compare<uint64_t>(random);
  }
}

TEST(StridedCopy, copies_nothing_of_an_empty_shape) {
  char byte = 7;
  dlc::copyStrided(&byte, {1, 1}, nullptr, {1, 1}, {0, 3}, 1);
  EXPECT_EQ(byte, 7);
}
} // namespace
