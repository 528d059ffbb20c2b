// See Compare.h.
#include "Compare.h"
#include <cmath>

using namespace dlc::tool;

static double largest(const Tensor &tensor) {
  double max = 0;
  for (int64_t i = 0; i < tensor.size(); ++i)
    if (double magnitude = std::fabs(tensor.number(i)); std::isfinite(magnitude))
      max = std::max(max, magnitude);
  return max;
}

Comparison dlc::tool::compare(const Tensor &got, const Tensor &want, const Tolerance &tolerance) {
  Comparison result;
  bool sameKind =
      got.dtype == want.dtype || (tolerance.anyWidth && got.isFloat() && want.isFloat());
  if (!sameKind || got.shape != want.shape) {
    result.pass = false;
    result.mismatch = "expected " + want.typeText() + ", found " + got.typeText();
    return result;
  }
  double absolute = tolerance.atol;
  if (want.isFloat() && tolerance.atolScale > 0)
    absolute = std::max(absolute, tolerance.atolScale * largest(want));
  for (int64_t i = 0; i < want.size(); ++i) {
    double x = got.number(i), y = want.number(i), error = std::fabs(x - y);
    bool ok;
    if (!want.isFloat())
      ok = got.integer(i) == want.integer(i);
    else if (std::isnan(y) || std::isinf(y) || !std::isfinite(x))
      ok = x == y || (std::isnan(x) && std::isnan(y));
    else
      ok = error <= absolute + tolerance.rtol * std::fabs(y);
    if (ok && !std::isfinite(error))
      error = 0;
    bool worse = std::isnan(error) || error > result.maxError;
    if (worse && !std::isnan(result.maxError)) {
      result.maxError = error;
      result.worst = i;
    }
    result.failures += !ok;
  }
  result.pass = result.failures == 0;
  return result;
}
