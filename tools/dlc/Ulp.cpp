// Neighbouring floats have neighbouring bits, once negative ones are turned around.
#include "Ulp.h"
#include <cmath>
#include <cstring>

using namespace dlc::tool;

static int64_t ordinal(const Tensor &tensor, int64_t i) {
  int64_t width = elementBytesOf(tensor.dtype);
  uint64_t bits = 0;
  std::memcpy(&bits, tensor.bytes.data() + i * width, width);
  uint64_t sign = uint64_t(1) << (8 * width - 1);
  return bits & sign ? -static_cast<int64_t>(bits ^ sign) : static_cast<int64_t>(bits);
}

std::optional<UlpStatistics> dlc::tool::ulpStatistics(const Tensor &got, const Tensor &want) {
  if (!want.isFloat() || !got.isFloat() || got.shape != want.shape ||
      elementBytesOf(want.dtype) == 0)
    return {};
  // The same numbers in the type of the reference, rounded where they have more bits.
  Tensor rounded(want.dtype, want.shape);
  if (got.dtype == want.dtype)
    rounded = got;
  else
    for (int64_t i = 0; i < got.size(); ++i)
      rounded.setNumber(i, got.number(i));
  std::vector<uint64_t> distances;
  for (int64_t i = 0; i < want.size(); ++i) {
    if (!std::isfinite(want.number(i)) || !std::isfinite(rounded.number(i)))
      continue;
    int64_t a = ordinal(rounded, i), b = ordinal(want, i);
    distances.push_back(a > b ? uint64_t(a) - uint64_t(b) : uint64_t(b) - uint64_t(a));
  }
  if (distances.empty())
    return {};
  llvm::sort(distances);
  UlpStatistics result;
  result.values = distances.size();
  result.exact = llvm::count(distances, 0);
  result.median = distances[distances.size() / 2];
  result.p99 = distances[std::min(distances.size() - 1, distances.size() * 99 / 100)];
  result.max = distances.back();
  return result;
}
