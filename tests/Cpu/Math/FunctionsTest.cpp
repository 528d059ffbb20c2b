// Measures every function on every level of x86 that this machine has against the C library's long
// double (f64) and double (f32), and prints a line for each: the largest error and the time of an
// element.
//   f32: every 4999th bit pattern, or all with DLC_MATH_STRIDE=1; f64: random bit patterns, numbers
//   from the range where the function is not trivial, and hard cases (DLC_MATH_SAMPLES of each,
//   150,000 otherwise).
#include "Cpu/Math/Functions.h"
#include "tests/Cpu/Math/Accuracy.h"
#include "tests/Cpu/Math/ExpandMathLoop.h"
#include "tests/Cpu/Math/Operations.h"
#include "gtest/gtest.h"
#include <bit>
#include <chrono>
#include <random>

using namespace mlir;

namespace dlc::test {
namespace {

using Reference = long double (*)(long double, long double);

struct Function {
  const char *name;
  BuildOp build;
  Reference reference;
  double low, high; ///< where the function is neither trivial nor infinite
  double bound;     ///< accepted error in ulp
  int operands = 1;
};

#define DLC_REFERENCE(expression)                                                                  \
  [](long double x, long double y) -> long double {                                                \
    (void)y;                                                                                       \
    return expression;                                                                             \
  }

/// No op of MLIR; what an emitter calls for the core op.
Value logistic(ImplicitLocOpBuilder &b, ValueRange x) {
  Operation *function = b.getInsertionBlock()->getParentOp()->getParentOp();
  ConstantPool constants(cast<FunctionOpInterface>(function));
  MathTarget target;
  Formula formula{b, constants, target};
  return vectormath::logistic({formula, x[0]}).getValue();
}

const std::vector<Function> &functions() {
  static const std::vector<Function> all = {
      {"exp", unary<math::ExpOp>, DLC_REFERENCE(expl(x)), -110, 92, 1.5},
      {"exp2", unary<math::Exp2Op>, DLC_REFERENCE(exp2l(x)), -152, 130, 1.5},
      {"expm1", unary<math::ExpM1Op>, DLC_REFERENCE(expm1l(x)), -30, 92, 2},
      {"tanh", unary<math::TanhOp>, DLC_REFERENCE(tanhl(x)), -22, 22, 2.5},
      {"logistic", logistic, DLC_REFERENCE(1 / (1 + expl(-x))), -110, 92, 3},
      {"sinh", unary<math::SinhOp>, DLC_REFERENCE(sinhl(x)), -92, 92, 2.5},
      {"cosh", unary<math::CoshOp>, DLC_REFERENCE(coshl(x)), -92, 92, 2.5},
      {"log", unary<math::LogOp>, DLC_REFERENCE(logl(x)), 0, 4, 1.5},
      {"log2", unary<math::Log2Op>, DLC_REFERENCE(log2l(x)), 0, 4, 2.5},
      {"log10", unary<math::Log10Op>, DLC_REFERENCE(log10l(x)), 0, 4, 2.5},
      {"log1p", unary<math::Log1pOp>, DLC_REFERENCE(log1pl(x)), -1, 4, 2},
      {"asinh", unary<math::AsinhOp>, DLC_REFERENCE(asinhl(x)), -9, 9, 3.5},
      {"acosh", unary<math::AcoshOp>, DLC_REFERENCE(acoshl(x)), 1, 9, 3.5},
      {"atanh", unary<math::AtanhOp>, DLC_REFERENCE(atanhl(x)), -1, 1, 3.5},
      {"erf", unary<math::ErfOp>, DLC_REFERENCE(erfl(x)), -6, 6, 2},
      {"sin", unary<math::SinOp>, DLC_REFERENCE(sinl(x)), -100, 100, 2},
      {"cos", unary<math::CosOp>, DLC_REFERENCE(cosl(x)), -100, 100, 2},
      {"tan", unary<math::TanOp>, DLC_REFERENCE(tanl(x)), -100, 100, 3.5},
      {"asin", unary<math::AsinOp>, DLC_REFERENCE(asinl(x)), -1, 1, 2.5},
      {"acos", unary<math::AcosOp>, DLC_REFERENCE(acosl(x)), -1, 1, 2.5},
      {"atan", unary<math::AtanOp>, DLC_REFERENCE(atanl(x)), -4, 4, 2.5},
      {"sqrt", unary<math::SqrtOp>, DLC_REFERENCE(sqrtl(x)), 0, 4, 0.51},
      {"rsqrt", unary<math::RsqrtOp>, DLC_REFERENCE(1 / sqrtl(x)), 0, 4, 1.5},
      {"powf", binary<math::PowFOp>, DLC_REFERENCE(powl(x, y)), 0, 4, 1.5, 2},
  };
  return all;
}

template <class T> using BitsOf = std::conditional_t<sizeof(T) == 4, uint32_t, uint64_t>;

int64_t setting(const char *name, int64_t otherwise) {
  const char *text = getenv(name);
  return text ? atoll(text) : otherwise;
}

template <class T> std::vector<T> specialValues() {
  using L = std::numeric_limits<T>;
  std::vector<T> values;
  for (T x : {T(0),
              L::denorm_min(),
              T(L::denorm_min() * 3),
              T(L::min() - L::denorm_min()),
              L::min(),
              L::epsilon(),
              T(0.25),
              T(0.5),
              T(1) - L::epsilon() / 2,
              T(1),
              T(1) + L::epsilon(),
              T(1.5),
              T(2),
              T(3),
              T(88.72283),
              T(88.722839),
              T(89.4159),
              T(89.416),
              T(103.97),
              T(103.98),
              T(127.99),
              T(128),
              T(149),
              T(150),
              T(709.782712893384),
              T(709.782712893385),
              T(710.47586007394386),
              T(710.47586007394398),
              T(745.1332191019411),
              T(745.1332191019412),
              T(1023.99),
              T(1024),
              T(1074),
              T(1075),
              T(2147483648.),
              T(0x1p48),
              T(0x1p88),
              T(std::ldexp(16367173., 72)),
              T(std::ldexp(6381956970095103., 797)),
              T(std::ldexp(6381956970095103., -50)),
              T(1.5707963267948966),
              T(3.141592653589793),
              T(22),
              T(52174),
              T(2.5),
              T(4503599627370497.5),
              T(9007199254740993.),
              L::max() / 2,
              L::max(),
              L::infinity(),
              L::quiet_NaN()})
    values.insert(values.end(), {x, -x});
  return values;
}

/// Multiplied up to a whole number of vectors.
template <class T> void pad(std::vector<T> &values) {
  while (values.size() % 64)
    values.push_back(T(1));
}

template <class T> std::vector<T> unaryInputs(const Function &f) {
  std::vector<T> values = specialValues<T>();
  std::mt19937_64 random(1);
  if constexpr (sizeof(T) == 4) {
    const int64_t stride = setting("DLC_MATH_STRIDE", 4999);
    for (int64_t bits = 0; bits < int64_t(1) << 32; bits += stride)
      values.push_back(std::bit_cast<float>(uint32_t(bits)));
  }
  const int64_t samples = setting("DLC_MATH_SAMPLES", 150000);
  // Of f64, exponents go further than those of f32.
  const double scale = sizeof(T) == 8 && std::abs(f.low) > 90 && std::abs(f.high) < 200 ? 8 : 1;
  std::uniform_real_distribution<double> range(f.low * scale, f.high * scale);
  for (int64_t i = 0; i < samples; ++i) {
    if (sizeof(T) == 8)
      values.push_back(std::bit_cast<T>(BitsOf<T>(random())));
    values.push_back(T(range(random)));
  }
  pad(values);
  return values;
}

/// Pairs for a power: special values with each other, results in range, bases near one, negative
/// bases.
template <class T> std::pair<std::vector<T>, std::vector<T>> powerInputs() {
  std::vector<T> x, y;
  for (T a : specialValues<T>())
    for (T b : specialValues<T>())
      x.push_back(a), y.push_back(b);
  std::mt19937_64 random(2);
  std::uniform_real_distribution<double> unit(-1, 1);
  const double limit = sizeof(T) == 4 ? 152 : 1080;
  const int64_t samples = setting("DLC_MATH_SAMPLES", 200000);
  for (int64_t i = 0; i < samples; ++i) {
    T base = std::bit_cast<T>(BitsOf<T>(random())),
      exponent = std::bit_cast<T>(BitsOf<T>(random()));
    if (i % 4 == 1)
      base = T(1) + T(std::ldexp(unit(random), -int(random() % 40)));
    if (i % 4 == 2)
      base = T(unit(random) * 8);
    if (i % 4 == 3)
      exponent = T(int(random() % 41) - 20), base = T(unit(random) * 1000);
    else if (i % 8 != 0 && std::isfinite(base))
      exponent = T(unit(random) * limit / std::log2(std::abs(double(base)))), base = std::abs(base);
    x.push_back(base);
    y.push_back(exponent);
  }
  pad(x);
  pad(y);
  return {x, y};
}

template <class T>
std::vector<long double> references(const Function &f, const std::vector<T> &x,
                                    const std::vector<T> &y) {
  std::vector<long double> result(x.size());
  for (size_t i = 0; i < x.size(); ++i)
    result[i] = f.reference(x[i], y.empty() ? 0 : y[i]);
  return result;
}

/// Nanoseconds an element, on numbers of the range given.
template <class T> double nanoseconds(const Function &f, const Loop &loop) {
  constexpr int count = 4096;
  std::vector<T> x(count), y(count), result(count);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> range(std::max(f.low, -8.), std::min(f.high, 8.)),
      exponents(-2, 2);
  for (int i = 0; i < count; ++i)
    x[i] = T(range(random)), y[i] = T(exponents(random));
  double best = 1e9;
  for (int i = 0; i < 30; ++i) {
    auto start = std::chrono::steady_clock::now();
    for (int j = 0; j < 4; ++j)
      loop(x.data(), y.data(), result.data(), count);
    std::chrono::duration<double, std::nano> time = std::chrono::steady_clock::now() - start;
    best = std::min(best, time.count() / (4 * count));
  }
  return best;
}

template <class T> void measure(const Function &f, const char *type) {
  std::vector<T> x, y;
  if (f.operands == 2)
    std::tie(x, y) = powerInputs<T>();
  else
    x = unaryInputs<T>(f);
  std::vector<long double> exact = references(f, x, y);
  std::vector<T> got(x.size());
  for (const Level &level : runnableLevels()) {
    Loop loop(level, {type, type, f.operands}, f.build);
    ASSERT_EQ(loop.undefinedSymbols(), "") << f.name << " " << type << " " << level.name;
    loop(x.data(), y.data(), got.data(), x.size());
    double worst = 0;
    size_t where = 0;
    for (size_t i = 0; i < x.size(); ++i)
      if (double error = ulpError(got[i], exact[i]); error > worst)
        worst = error, where = i;
    printf("%-8s %s %-7s %2d lanes  %8.3f ulp at %-14.8g %-12.6g  %7.3f ns\n", f.name, type,
           level.name, loop.lanes(), worst, double(x[where]), y.empty() ? 0. : double(y[where]),
           nanoseconds<T>(f, loop));
    EXPECT_LE(worst, f.bound) << f.name << " " << type << " " << level.name << ": x = " << x[where]
                              << ", y = " << (y.empty() ? T(0) : y[where]) << ", got " << got[where]
                              << ", exact " << double(exact[where]);
  }
}

class Accuracy : public testing::TestWithParam<Function> {};

TEST_P(Accuracy, f32) { measure<float>(GetParam(), "f32"); }
TEST_P(Accuracy, f64) { measure<double>(GetParam(), "f64"); }

INSTANTIATE_TEST_SUITE_P(Math, Accuracy, testing::ValuesIn(functions()),
                         [](const auto &info) { return std::string(info.param.name); });

} // namespace
} // namespace dlc::test
