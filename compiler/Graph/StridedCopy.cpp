// Dimensions that are contiguous in both arrangements are merged; the innermost of the target is
// copied in runs where the source is contiguous too, else in tiles, so that each cache line of the
// source is used whole while it is there.
#include "Graph/StridedCopy.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <cstring>

using namespace dlc;
using llvm::ArrayRef;
using llvm::SmallVector;

namespace {
struct Dimension {
  int64_t extent, to, from;
};

// Without extents of 1, outermost in the target first, neighbours merged.
SmallVector<Dimension> simplified(ArrayRef<int64_t> shape, ArrayRef<int64_t> to,
                                  ArrayRef<int64_t> from) {
  SmallVector<Dimension> dimensions;
  for (auto [extent, target, source] : llvm::zip(shape, to, from))
    if (extent != 1)
      dimensions.push_back({extent, target, source});
  llvm::stable_sort(dimensions, [](const Dimension &a, const Dimension &b) {
    return std::abs(a.to) > std::abs(b.to);
  });
  SmallVector<Dimension> merged;
  for (const Dimension &inner : dimensions) {
    Dimension *outer = merged.empty() ? nullptr : &merged.back();
    if (outer && outer->to == inner.to * inner.extent && outer->from == inner.from * inner.extent)
      *outer = {outer->extent * inner.extent, inner.to, inner.from};
    else
      merged.push_back(inner);
  }
  return merged;
}

template <typename T> void copyRun(T *to, const T *from, const Dimension &run) {
  if (run.to == 1 && run.from == 1) {
    std::memcpy(to, from, run.extent * sizeof(T));
    return;
  }
  for (int64_t i = 0; i < run.extent; ++i)
    to[i * run.to] = from[i * run.from];
}

// Two dimensions in tiles: one is contiguous in the source, the other in the target. The inner loop
// strides over the smaller of the two distances: large ones, powers of two above all, meet in few
// sets of the cache.
template <typename T>
void copyTiles(T *to, const T *from, const Dimension &outer, const Dimension &inner) {
  constexpr int64_t tile = 16;
  for (int64_t i = 0; i < outer.extent; i += tile)
    for (int64_t j = 0; j < inner.extent; j += tile) {
      int64_t iEnd = std::min(i + tile, outer.extent), jEnd = std::min(j + tile, inner.extent);
      for (int64_t y = i; y < iEnd; ++y)
        for (int64_t x = j; x < jEnd; ++x)
          to[y * outer.to + x * inner.to] = from[y * outer.from + x * inner.from];
    }
}

template <typename T>
void copyNest(T *to, const T *from, ArrayRef<Dimension> outer,
              llvm::function_ref<void(T *, const T *)> inner) {
  if (outer.empty())
    return inner(to, from);
  for (int64_t i = 0; i < outer[0].extent; ++i)
    copyNest<T>(to + i * outer[0].to, from + i * outer[0].from, outer.drop_front(), inner);
}

template <typename T> void copyElements(T *to, const T *from, SmallVector<Dimension> dimensions) {
  if (dimensions.empty()) {
    *to = *from;
    return;
  }
  Dimension last = dimensions.pop_back_val();
  auto contiguous = llvm::find_if(dimensions, [](const Dimension &d) { return d.from == 1; });
  if (last.from == 1 || contiguous == dimensions.end()) {
    copyNest<T>(to, from, dimensions, [&](T *t, const T *f) { copyRun(t, f, last); });
    return;
  }
  Dimension rows = *contiguous;
  dimensions.erase(contiguous);
  bool readsRows = std::abs(rows.to) < std::abs(last.from);
  copyNest<T>(to, from, dimensions, [&](T *t, const T *f) {
    copyTiles(t, f, readsRows ? last : rows, readsRows ? rows : last);
  });
}
} // namespace

void dlc::copyStrided(char *to, ArrayRef<int64_t> toStrides, const char *from,
                      ArrayRef<int64_t> fromStrides, ArrayRef<int64_t> shape, int64_t width) {
  if (llvm::is_contained(shape, 0))
    return;
  SmallVector<Dimension> dimensions = simplified(shape, toStrides, fromStrides);
  auto copy = [&](auto element) {
    using T = decltype(element);
    copyElements(reinterpret_cast<T *>(to), reinterpret_cast<const T *>(from), dimensions);
  };
  switch (width) {
  case 1:
    return copy(uint8_t());
  case 2:
    return copy(uint16_t());
  case 4:
    return copy(uint32_t());
  default:
    return copy(uint64_t());
  }
}
