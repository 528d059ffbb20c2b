// The error of a result in units in the last place of the exact value.
#pragma once
#include <cmath>
#include <limits>

namespace dlc::test {

/// |got - exact| in units of the last place that T has at `exact`; infinite where NaN, infinity or
/// the sign of zero is wrong. A value beyond the largest T counts as 2^(largest exponent + 1).
template <class T> double ulpError(T got, long double exact) {
  using Limits = std::numeric_limits<T>;
  constexpr double wrong = std::numeric_limits<double>::infinity();
  if (std::isnan(exact) || std::isnan(got))
    return std::isnan(exact) && std::isnan(got) ? 0 : wrong;
  if (std::signbit(got) != std::signbit(exact))
    return got == 0 && exact != 0 ? double(std::fabs(exact) / Limits::denorm_min()) : wrong;
  const long double overflow = std::ldexp(1.0L, Limits::max_exponent);
  auto bounded = [&](long double x) { return std::fabs(x) > overflow ? overflow : std::fabs(x); };
  long double magnitude = bounded(exact);
  if (magnitude == 0)
    return double(std::fabs((long double)got) / Limits::denorm_min());
  int exponent = std::max(std::ilogb(magnitude), Limits::min_exponent - 1);
  if (magnitude == overflow)
    exponent -= 1;
  return double(std::fabs(bounded(got) - magnitude) /
                std::ldexp(1.0L, exponent - Limits::digits + 1));
}

} // namespace dlc::test
