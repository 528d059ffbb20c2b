// What must be exact: rounding to integers, remainders, minimum and maximum, integer powers. Every
// result has the bits of the C library's, signs of zero included.
#include "tests/Cpu/Math/ExpandMathLoop.h"
#include "tests/Cpu/Math/Operations.h"
#include "gtest/gtest.h"
#include <bit>
#include <cmath>
#include <random>

using namespace mlir;

namespace dlc::test {
namespace {

template <class T> using Two = T (*)(T, T);
template <class T> struct Case {
  const char *name;
  BuildOp build;
  Two<T> reference;
  int operands = 2;
};

template <class T> T smaller(T x, T y) {
  return std::isnan(x) || std::isnan(y) ? T(NAN) : x < y ? x : y;
}
template <class T> T larger(T x, T y) {
  return std::isnan(x) || std::isnan(y) ? T(NAN) : y < x ? x : y;
}

template <class T> std::vector<Case<T>> cases() {
  return {{"floor", unary<math::FloorOp>, [](T x, T) { return std::floor(x); }, 1},
          {"ceil", unary<math::CeilOp>, [](T x, T) { return std::ceil(x); }, 1},
          {"trunc", unary<math::TruncOp>, [](T x, T) { return std::trunc(x); }, 1},
          {"round", unary<math::RoundOp>, [](T x, T) { return std::round(x); }, 1},
          {"roundeven", unary<math::RoundEvenOp>, [](T x, T) { return std::nearbyint(x); }, 1},
          {"remf", binary<arith::RemFOp>, [](T x, T y) { return std::fmod(x, y); }},
          {"minimumf", binary<arith::MinimumFOp>, smaller<T>},
          {"maximumf", binary<arith::MaximumFOp>, larger<T>}};
}

template <class T> std::vector<T> interestingNumbers() {
  using L = std::numeric_limits<T>;
  std::vector<T> values;
  for (T x : {T(0),
              T(0.25),
              T(0.5),
              T(0.49999997),
              T(1),
              T(1.5),
              T(2.5),
              T(3.5),
              T(7),
              T(1e6),
              L::denorm_min(),
              L::min(),
              T(3) * L::denorm_min(),
              L::max(),
              L::infinity(),
              L::quiet_NaN(),
              T(8388607.5),
              T(4194303.5),
              T(8388608),
              T(16777217),
              T(4503599627370495.5),
              T(2251799813685247.5),
              T(0.1)})
    values.insert(values.end(), {x, -x});
  return values;
}

/// Pairs: interesting numbers with each other, random bits, numbers of similar size.
template <class T> std::pair<std::vector<T>, std::vector<T>> pairs() {
  std::vector<T> x, y;
  for (T a : interestingNumbers<T>())
    for (T b : interestingNumbers<T>())
      x.push_back(a), y.push_back(b);
  using Bits = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> unit(-1, 1);
  for (int i = 0; i < 100000 || x.size() % 64; ++i) {
    bool isRandom = i % 2;
    x.push_back(isRandom ? std::bit_cast<T>(Bits(random())) : T(unit(random) * 1000));
    y.push_back(isRandom ? std::bit_cast<T>(Bits(random())) : T(unit(random) * 10));
  }
  return {x, y};
}

template <class T> void compare(const char *type) {
  auto [x, y] = pairs<T>();
  std::vector<T> got(x.size());
  for (const Level &level : runnableLevels())
    for (const Case<T> &c : cases<T>()) {
      Loop loop(level, {type, type, c.operands}, c.build);
      ASSERT_EQ(loop.undefinedSymbols(), "") << c.name << " " << level.name;
      loop(x.data(), y.data(), got.data(), x.size());
      for (size_t i = 0; i < x.size(); ++i) {
        T want = c.reference(x[i], y[i]);
        bool isSame = std::isnan(want)
                          ? std::isnan(got[i])
                          : got[i] == want && std::signbit(got[i]) == std::signbit(want);
        ASSERT_TRUE(isSame) << c.name << " " << type << " " << level.name << " of " << x[i] << ", "
                            << y[i] << ": got " << got[i] << ", expected " << want;
      }
    }
}

TEST(Rounding, and_remainders_are_exact_in_f32) { compare<float>("f32"); }
TEST(Rounding, and_remainders_are_exact_in_f64) { compare<double>("f64"); }

template <class T> T power(T x, T y) {
  using U = std::make_unsigned_t<T>;
  if (y < 0)
    return x == 1 || x == -1 ? (y & 1 ? x : T(1)) : T(0);
  U result = 1, square = U(x);
  for (U rest = U(y); rest; rest >>= 1, square *= square)
    if (rest & 1)
      result *= square;
  return T(result);
}

template <class T> void comparePowers(const char *type) {
  std::vector<T> x, y;
  std::mt19937_64 random(1);
  for (int i = 0; i < 6400; ++i) {
    x.push_back(i % 3 ? T(random() % 21) - 10 : T(random()));
    y.push_back(i % 5 ? T(random() % 41) - 5 : T(random()));
  }
  std::vector<T> got(x.size());
  for (const Level &level : runnableLevels()) {
    Loop loop(level, {type, type, 2}, binary<math::IPowIOp>);
    ASSERT_EQ(loop.undefinedSymbols(), "") << level.name;
    loop(x.data(), y.data(), got.data(), x.size());
    for (size_t i = 0; i < x.size(); ++i)
      ASSERT_EQ(got[i], power(x[i], y[i])) << level.name << " of " << x[i] << ", " << y[i];
  }
}

template <class T, class Op> void compareQuotients(const char *type, bool isQuotient) {
  std::vector<T> x, y;
  std::mt19937_64 random(1);
  for (int i = 0; i < 64000; ++i) {
    x.push_back(i % 3 ? T(random()) : T(random() % 200) - 100);
    T divisor = i % 2 ? T(random()) : T(random() % 20) - 10;
    y.push_back(divisor == 0 || divisor == T(-1) ? T(3) : divisor);
  }
  std::vector<T> got(x.size());
  for (const Level &level : runnableLevels()) {
    Loop loop(level, {type, type, 2}, binary<Op>);
    ASSERT_EQ(loop.undefinedSymbols(), "") << level.name;
    loop(x.data(), y.data(), got.data(), x.size());
    for (size_t i = 0; i < x.size(); ++i)
      ASSERT_EQ(got[i], T(isQuotient ? x[i] / y[i] : x[i] % y[i]))
          << level.name << " of " << x[i] << ", " << y[i];
  }
}

TEST(Division, quotients_by_floats_are_exact) {
  compareQuotients<int8_t, arith::DivSIOp>("i8", true);
  compareQuotients<uint8_t, arith::DivUIOp>("i8", true);
  compareQuotients<int16_t, arith::DivSIOp>("i16", true);
  compareQuotients<uint16_t, arith::RemUIOp>("i16", false);
  compareQuotients<int32_t, arith::DivSIOp>("i32", true);
  compareQuotients<int32_t, arith::RemSIOp>("i32", false);
  compareQuotients<uint32_t, arith::DivUIOp>("i32", true);
}

TEST(Selection, powers_of_integers_wrap) {
  comparePowers<int32_t>("i32");
  comparePowers<int64_t>("i64");
}

} // namespace
} // namespace dlc::test
