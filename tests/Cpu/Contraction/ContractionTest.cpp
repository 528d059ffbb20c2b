// Contractions of many shapes, compiled and interpreted: what both compute must agree. Odd extents
// on purpose: tails of rows, of columns and of the depth, padding, single elements.
#include "Cpu/Contraction/Contraction.h"
#include "Core/Interpreter.h"
#include "Cpu/Run/CompiledKernel.h"
#include "mlir/Parser/Parser.h"
#include "gmock/gmock.h"
#include <random>

using namespace mlir;
using namespace dlc;

namespace {

struct Case {
  std::string name, text;
  /// Products that one element sums up, for the tolerance.
  int64_t depth = 1;
};

std::string tensor(llvm::ArrayRef<int64_t> shape, const std::string &element) {
  std::string text = "tensor<";
  for (int64_t extent : shape)
    text += std::to_string(extent) + "x";
  return text + element + ">";
}

std::string list(llvm::ArrayRef<int64_t> values) {
  std::string text;
  for (int64_t v : values)
    text += (text.empty() ? "" : ", ") + std::to_string(v);
  return "[" + text + "]";
}

struct Dot {
  std::vector<int64_t> lhs, rhs, lhsBatch, rhsBatch, lhsContract, rhsContract, result;
};

Case dot(const Dot &d, const std::string &element = "f32", bool isConstant = true) {
  std::string x = tensor(d.lhs, element), w = tensor(d.rhs, element), y = tensor(d.result, element);
  Case c;
  for (int64_t i : d.lhsContract)
    c.depth *= d.lhs[i];
  c.name = "dot " + x + " " + w + (isConstant ? " constant" : "");
  c.text = "func.func @k(%x: " + x + ", %w: " + w + (isConstant ? " {dlc.weight}" : "") + ") -> " +
           y + " {\n  %0 = dlc.dot %x, %w batch " + list(d.lhsBatch) + " x " + list(d.rhsBatch) +
           " contract " + list(d.lhsContract) + " x " + list(d.rhsContract) + " : " + x + ", " + w +
           "\n  return %0 : " + y + "\n}";
  return c;
}

struct Conv {
  std::vector<int64_t> x, w, result, strides, lo, hi, dilation;
  int64_t groups = 1;
  bool channelsLast = true;
};

Case conv(const Conv &v, const std::string &element = "f32", bool isConstant = true) {
  std::string x = tensor(v.x, element), w = tensor(v.w, element), y = tensor(v.result, element);
  Case c;
  for (size_t i = 1; i < v.w.size(); ++i)
    c.depth *= v.w[i];
  c.name = "conv " + x + " " + w + (isConstant ? " constant" : "");
  c.text = "func.func @k(%x: " + x + ", %w: " + w + (isConstant ? " {dlc.weight}" : "") + ") -> " +
           y + " {\n  %0 = dlc.conv %x, %w strides " + list(v.strides) + " lo " + list(v.lo) +
           " hi " + list(v.hi) + " dilation " + list(v.dilation) + " groups " +
           std::to_string(v.groups) + (v.channelsLast ? " channels_last" : "") + " : " + x + ", " +
           w + "\n  return %0 : " + y + "\n}";
  return c;
}

std::vector<Literal> operandsOf(func::FuncOp kernel) {
  std::mt19937 random(11);
  std::vector<Literal> operands;
  for (Type type : kernel.getArgumentTypes()) {
    Literal &literal = operands.emplace_back(cast<RankedTensorType>(type));
    bool isFloat = isa<FloatType>(literal.type.getElementType());
    for (int64_t i = 0; i < literal.size(); ++i) {
      int64_t value = static_cast<int64_t>(random() % 2001) - 1000;
      if (isFloat)
        literal.setNumber(i, value / 1024.0);
      else
        literal.setInteger(i, value);
    }
  }
  return operands;
}

/// The unit of the element type, for values near `magnitude`.
double tolerance(Type element, int64_t depth, double magnitude) {
  double root = std::sqrt(static_cast<double>(depth));
  if (element.isF64())
    return 1e-14 * root * magnitude;
  double unit = element.isF16() ? 1.0 / 1024 : element.isBF16() ? 1.0 / 128 : 0;
  return 1e-6 * root * magnitude + unit * magnitude;
}

void expectEqual(const Literal &got, const Literal &want, int64_t depth) {
  Type element = want.type.getElementType();
  if (!isa<FloatType>(element)) {
    EXPECT_EQ(got.bytes, want.bytes);
    return;
  }
  double magnitude = 1;
  for (int64_t i = 0; i < want.size(); ++i)
    magnitude = std::max(magnitude, std::abs(want.number(i)));
  double limit = tolerance(element, depth, magnitude), worst = 0;
  int64_t place = -1;
  for (int64_t i = 0; i < want.size(); ++i)
    if (double error = std::abs(got.number(i) - want.number(i)); !(error <= worst))
      worst = error, place = i;
  EXPECT_LE(worst, limit) << "at element " << place;
}

class Contraction : public testing::Test {
protected:
  /// The cases are there for blocks of the depth, so they must have some.
  bool mustCutDepth = false;

  void check(const Case &c, const char *cpu = "native", bool mustBeTaken = true) {
    SCOPED_TRACE(c.name + " on " + cpu);
    KernelCompiler &compiler = compilerFor(cpu);
    auto module = parseSourceString<ModuleOp>(c.text, &compiler.context());
    ASSERT_TRUE(module);
    func::FuncOp kernel = *module->getOps<func::FuncOp>().begin();
    if (mustBeTaken)
      EXPECT_TRUE(acceptsContraction(kernel));
    auto compiled = CompiledKernel::compile(compiler, kernel);
    ASSERT_TRUE(succeeded(compiled));
    if (mustCutDepth)
      EXPECT_GT(compiled->plan().choices.getAs<IntegerAttr>("depth_block").getInt(), 0);
    std::vector<Literal> operands = operandsOf(kernel);
    auto want = interpret(kernel, operands);
    auto got = compiled->run(operands), cut = compiled->run(operands, 3);
    ASSERT_TRUE(succeeded(want) && succeeded(got) && succeeded(cut));
    for (auto [g, w, k] : llvm::zip_equal(*got, *want, *cut)) {
      expectEqual(g, w, c.depth);
      EXPECT_EQ(g.bytes, k.bytes) << "another cut gives other bits";
    }
  }

private:
  KernelCompiler &compilerFor(const std::string &cpu) {
    static std::map<std::string, std::unique_ptr<KernelCompiler>> compilers;
    auto &compiler = compilers[cpu];
    if (!compiler)
      compiler = std::make_unique<KernelCompiler>(Machine::named(cpu));
    return *compiler;
  }
};

Dot plain(int64_t m, int64_t n, int64_t k) { return {{m, k}, {k, n}, {}, {}, {1}, {0}, {m, n}}; }
Dot withTransposedRight(int64_t m, int64_t n, int64_t k) {
  return {{m, k}, {n, k}, {}, {}, {1}, {1}, {m, n}};
}
Dot withTransposedLeft(int64_t m, int64_t n, int64_t k) {
  return {{k, m}, {k, n}, {}, {}, {0}, {0}, {m, n}};
}

TEST_F(Contraction, MultipliesMatricesOfOddExtents) {
  for (bool isConstant : {true, false})
    for (auto [m, n, k] : {std::array<int64_t, 3>{1, 1, 1},
                           {3, 5, 7},
                           {8, 32, 16},
                           {13, 33, 9},
                           {65, 70, 31},
                           {1, 100, 17},
                           {17, 1, 40},
                           {2, 10, 128},
                           {31, 3, 5}})
      for (auto make : {plain, withTransposedRight, withTransposedLeft})
        check(dot(make(m, n, k), "f32", isConstant), "native", m * n * k > 1 && (n > 1 || m > 1));
}

// Panels so deep that the depth is cut, with a rest in the last block.
TEST_F(Contraction, CutsTheDepth) {
  mustCutDepth = true;
  const char *cpu = "x86-64-v4";
  check(dot(plain(61, 13, 2309)), "x86-64-v3");
  for (const char *element : {"f64", "si32"})
    check(dot(plain(29, 64, 1109), element), cpu);
  check(dot(plain(29, 64, 2309), "bf16"), cpu);
  check(dot(withTransposedLeft(29, 64, 1109)), cpu);
  check(dot({{2, 29, 1109}, {2, 1109, 64}, {0}, {0}, {2}, {1}, {2, 29, 64}}), cpu);
}

TEST_F(Contraction, RunsOnEveryLevel) {
  for (const char *cpu : {"x86-64", "x86-64-v3", "x86-64-v4"}) {
    check(dot(plain(21, 45, 19)), cpu);
    check(dot(withTransposedRight(21, 45, 19), "f32", false), cpu);
    check(conv({{1, 9, 11, 5}, {37, 5, 3, 3}, {1, 9, 11, 37}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}),
          cpu);
  }
}

TEST_F(Contraction, TakesEveryNumber) {
  for (const char *element : {"f64", "f16", "bf16", "si8", "ui8", "si32", "si64", "ui16"}) {
    check(dot(plain(9, 21, 13), element));
    check(dot(withTransposedRight(9, 21, 13), element, false));
    check(conv({{2, 5, 7, 3}, {10, 3, 3, 2}, {2, 4, 7, 10}, {1, 1}, {1, 0}, {0, 1}, {1, 1}},
               element));
  }
}

TEST_F(Contraction, TakesBatches) {
  check(
      dot({{2, 3, 9, 11}, {2, 3, 11, 19}, {0, 1}, {0, 1}, {3}, {2}, {2, 3, 9, 19}}, "f32", false));
  check(
      dot({{2, 3, 9, 11}, {2, 3, 19, 11}, {0, 1}, {0, 1}, {3}, {3}, {2, 3, 9, 19}}, "f32", false));
  check(dot({{4, 9, 11}, {4, 11, 19}, {0}, {0}, {2}, {1}, {4, 9, 19}}));
  check(dot({{4, 9, 11}, {11, 19}, {}, {}, {2}, {0}, {4, 9, 19}}));
  check(dot({{5, 6}, {7}, {}, {}, {}, {}, {5, 6, 7}}), "native", false); // is elementwise
  check(dot({{5, 3, 4}, {4, 3, 40}, {}, {}, {1, 2}, {1, 0}, {5, 40}}));  // two contracted
  check(dot({{9, 70}, {70}, {}, {}, {1}, {0}, {9}}, "f32", false));      // matrix times vector
  check(dot({{70}, {9, 70}, {}, {}, {0}, {1}, {9}}, "f32", false));
  check(dot({{70}, {70}, {}, {}, {0}, {0}, {}}, "f32", false));
}

TEST_F(Contraction, PutsOtherLoopsOnLanesThanTheResults) {
  check(dot({{70, 58}, {5, 58, 70}, {0}, {2}, {1}, {1}, {70, 5}}, "f32", false)); // the batch
  check(dot({{50, 100}, {100, 3}, {}, {}, {1}, {0}, {50, 3}}));                   // the depth
  check(dot({{50, 101}, {101, 3}, {}, {}, {1}, {0}, {50, 3}}, "f32", false));
  check(conv({{1, 9, 40, 20}, {3, 20, 3, 3}, {1, 9, 40, 3}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}));
  check(conv({{1, 9, 40, 20}, {2, 20, 3, 3}, {1, 9, 40, 2}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}, "bf16",
             false));
}

TEST_F(Contraction, ConvolvesWithPaddingStridesAndDilation) {
  check(conv({{1, 7, 7, 16}, {32, 16, 3, 3}, {1, 7, 7, 32}, {1, 1}, {1, 1}, {1, 1}, {1, 1}}));
  check(conv({{2, 14, 14, 8}, {40, 8, 3, 3}, {2, 7, 7, 40}, {2, 2}, {1, 1}, {1, 1}, {1, 1}}));
  check(conv({{1, 20, 23, 3}, {16, 3, 7, 7}, {1, 10, 12, 16}, {2, 2}, {3, 3}, {3, 3}, {1, 1}}));
  check(conv({{1, 12, 13, 4}, {9, 4, 3, 3}, {1, 12, 13, 9}, {1, 1}, {2, 2}, {2, 2}, {2, 2}}));
  check(conv({{1, 5, 5, 6}, {33, 6, 5, 5}, {1, 6, 4, 33}, {1, 1}, {4, 0}, {1, 3}, {1, 1}}));
  check(conv({{3, 8, 8, 24}, {18, 24, 1, 1}, {3, 8, 8, 18}, {1, 1}, {0, 0}, {0, 0}, {1, 1}}));
  check(conv({{1, 9, 9, 24}, {18, 24, 1, 1}, {1, 5, 5, 18}, {2, 2}, {0, 0}, {0, 0}, {1, 1}}));
}

TEST_F(Contraction, ConvolvesInOneAndThreeDimensions) {
  check(conv({{2, 30, 5}, {20, 5, 4}, {2, 15, 20}, {2}, {1}, {2}, {1}}));
  check(conv({{1, 5, 6, 7, 3},
              {17, 3, 3, 2, 3},
              {1, 5, 6, 7, 17},
              {1, 1, 1},
              {1, 0, 1},
              {1, 1, 1},
              {1, 1, 1}}));
}

TEST_F(Contraction, ConvolvesInGroups) {
  check(conv({{1, 6, 7, 12}, {24, 4, 3, 3}, {1, 6, 7, 24}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, 3}));
  check(conv({{1, 6, 7, 40}, {40, 1, 3, 3}, {1, 6, 7, 40}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, 40}));
  check(conv({{1, 9, 7, 21}, {21, 1, 3, 3}, {1, 5, 4, 21}, {2, 2}, {1, 1}, {1, 1}, {1, 1}, 21}));
}

TEST_F(Contraction, ConvolvesChannelsFirst) {
  check(
      conv({{1, 5, 9, 20}, {7, 5, 3, 3}, {1, 7, 7, 18}, {1, 1}, {0, 0}, {0, 0}, {1, 1}, 1, false}));
  check(
      conv({{1, 5, 9, 20}, {7, 5, 3, 3}, {1, 7, 9, 20}, {1, 1}, {1, 1}, {1, 1}, {1, 1}, 1, false}),
      "native", false);
}

TEST_F(Contraction, FusesWhatSurroundsIt) {
  check({"bias, residual, relu", R"(
func.func @k(%x: tensor<19x40xf32>, %w: tensor<40x50xf32> {dlc.weight}, %b: tensor<50xf32>,
             %r: tensor<19x50xf32>) -> tensor<19x50xf32> {
  %0 = dlc.dot %x, %w batch [] x [] contract [1] x [0] : tensor<19x40xf32>, tensor<40x50xf32>
  %1 = dlc.broadcast %b dims [1] : tensor<50xf32> to tensor<19x50xf32>
  %2 = dlc.add %0, %1 : tensor<19x50xf32>
  %3 = dlc.add %2, %r : tensor<19x50xf32>
  %zero = dlc.constant dense<0.0> : tensor<19x50xf32>
  %4 = dlc.max %3, %zero : tensor<19x50xf32>
  return %4 : tensor<19x50xf32>
})",
         40});
  check({"a long end", R"(
func.func @k(%x: tensor<1x9x11x8xf32>, %w: tensor<40x8x3x3xf32> {dlc.weight},
             %b: tensor<40xf32>) -> tensor<1x9x11x40xf32> {
  %0 = dlc.conv %x, %w strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, 1] groups 1 channels_last
      : tensor<1x9x11x8xf32>, tensor<40x8x3x3xf32>
  %1 = dlc.broadcast %b dims [3] : tensor<40xf32> to tensor<1x9x11x40xf32>
  %2 = dlc.add %0, %1 : tensor<1x9x11x40xf32>
  %3 = dlc.erf %2 : tensor<1x9x11x40xf32>
  return %3 : tensor<1x9x11x40xf32>
})",
         72});
  check({"heads apart", R"(
func.func @k(%x: tensor<2x9x24xf32>, %w: tensor<24x36xf32> {dlc.weight}) -> tensor<2x3x9x12xf32> {
  %0 = dlc.dot %x, %w batch [] x [] contract [2] x [0] : tensor<2x9x24xf32>, tensor<24x36xf32>
  %1 = dlc.reshape %0 : tensor<2x9x36xf32> to tensor<2x9x3x12xf32>
  %2 = dlc.transpose %1 perm [0, 2, 1, 3] : tensor<2x9x3x12xf32>
  return %2 : tensor<2x3x9x12xf32>
})",
         24});
  check({"a computed right side and two results", R"(
func.func @k(%x: tensor<17x24xf32>, %y: tensor<24x36xf32>, %w: tensor<24x36xf32>)
    -> (tensor<17x36xf32>, tensor<17x36xf32>) {
  %a = dlc.add %y, %w : tensor<24x36xf32>
  %0 = dlc.dot %x, %a batch [] x [] contract [1] x [0] : tensor<17x24xf32>, tensor<24x36xf32>
  %1 = dlc.mul %0, %0 : tensor<17x36xf32>
  return %0, %1 : tensor<17x36xf32>, tensor<17x36xf32>
})",
         24});
}

} // namespace
