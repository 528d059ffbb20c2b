// Kernels of what composites are made of (losses, normalisation by batches, dropout), and of the
// elementwise ops that have a type rule or an attribute of their own.
#include "tests/Gate/Classes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// A float of magnitude at most 8, not rounded to either side of a 16-bit number.
static Value logitsOf(Expression &e, RankedTensorType type) {
  KernelBuilder &g = e.g;
  Value x = g.tamed(e.operand(type, 0.4), 8);
  return g.of(x).flips ? g.argument(type, -2, 2) : x;
}

// The result of an op that computes in floats all along.
static Value rounded(KernelBuilder &g, Value r, double lo, double hi, double error) {
  Knowledge k{lo, hi};
  k.exact = false, k.flips = isHalf(tensorType(r).getElementType());
  k.error = error;
  return g.note(r, k);
}

static Results extended(Expression &e, Value r) {
  return {e.g.random.chance(0.5) ? e.extend(r, static_cast<int>(e.g.random.in(1, 3))) : r};
}

// ---------------------------------------------------------------- rows

static Results lossKernel(Expression &e, ArrayRef<int64_t> shape) {
  KernelBuilder &g = e.g;
  auto type = g.type(shape, g.randomFloat());
  int64_t dim = g.random.in(0, type.getRank() - 1), classes = type.getDimSize(dim);
  Value x = logitsOf(e, type);
  double most = 2 * g.of(x).magnitude() + std::log(static_cast<double>(classes));
  if (g.random.chance(0.4)) {
    Value r = LogSumExpOp::create(g.b, x, dim);
    return extended(e, rounded(g, r, -most, most, g.of(x).error + most));
  }
  if (g.random.chance(0.5)) { // of weights for each class
    Value r = SoftmaxXentOp::create(g.b, x, g.argument(type, 0, 1), dim);
    most *= static_cast<double>(classes);
    return {rounded(g, r, 0, most, most)};
  }
  Shape rest(shape);
  rest.erase(rest.begin() + dim);
  // One beyond the last class and one before the first mean: no class.
  auto index = g.type(rest, g.integer(g.random.pick({16u, 32u, 64u})));
  Value r = SoftmaxXentOp::create(g.b, x, g.argument(index, -1, static_cast<double>(classes)), dim);
  return extended(e, rounded(g, r, 0, most, 2 * g.of(x).error + most));
}

static Results batchNormKernel(Expression &e, ArrayRef<int64_t> shape) {
  KernelBuilder &g = e.g;
  auto type = g.type(shape, g.randomFloat());
  int64_t dim = g.random.in(0, type.getRank() - 1);
  double count = static_cast<double>(type.getNumElements() / type.getDimSize(dim));
  Value x = logitsOf(e, type);
  auto channel = g.type({type.getDimSize(dim)}, type.getElementType());
  auto op = BatchNormTrainOp::create(
      g.b, x, g.argument(channel, 0.5, 1.5), g.argument(channel, -1, 1), g.argument(channel, -1, 1),
      g.argument(channel, 0.5, 2), dim, llvm::APFloat(count < 16 ? 0.25 : 1e-3),
      llvm::APFloat(0.75), g.random.chance(0.5));
  double most = 2 * std::sqrt(count) + 2, square = g.of(x).magnitude() * g.of(x).magnitude();
  Results results{rounded(g, op.getResult(), -most, most, 4 * g.of(x).error + 4 * most),
                  rounded(g, op.getNewMean(), -g.of(x).magnitude(), g.of(x).magnitude(), 4),
                  rounded(g, op.getNewVariance(), 0, 2 * square + 2, 4)};
  if (g.random.chance(0.5)) // inference has no use for the moving ones
    results.resize(1);
  return results;
}

// ---------------------------------------------------------------- elements

static Value words(KernelBuilder &g, int64_t count) {
  Type word = g.integer(32, /*isSigned=*/false);
  auto [lo, hi] = limitsOf(word);
  return g.argument(g.type({count}, word), lo, hi);
}

static Results randomKernel(Expression &e, ArrayRef<int64_t> shape) {
  KernelBuilder &g = e.g;
  Value key = words(g, 2), counter = words(g, 4);
  if (g.random.chance(0.4)) {
    auto type = g.type(shape, g.integer(32, /*isSigned=*/false));
    Value r = RngBitsOp::create(g.b, type, key, counter);
    auto [lo, hi] = limitsOf(type.getElementType());
    return extended(e, g.note(r, {lo, hi}));
  }
  auto type = g.type(shape, g.randomFloat());
  Value x = logitsOf(e, type);
  double rate = g.random.pick({0.1, 0.25, 0.5});
  auto op = DropoutOp::create(g.b, type, g.type(shape, IntegerType::get(g.b.getContext(), 1)), x,
                              key, counter, llvm::APFloat(rate));
  double most = g.of(x).magnitude() / (1 - rate);
  Results results{rounded(g, op.getResult(), -most, most, 2 * g.of(x).error + most)};
  if (g.random.chance(0.5))
    results.push_back(g.note(op.getMask(), {0, 1}));
  return results;
}

// Bits of floats as integers, and of integers that are floats of [0.5, 2] as those.
static Results bitcastKernel(Expression &e, ArrayRef<int64_t> shape) {
  KernelBuilder &g = e.g;
  auto type = g.type(shape, g.randomFloat());
  Type element = type.getElementType();
  unsigned bits = element.getIntOrFloatBitWidth();
  if (g.random.chance(0.5)) {
    Value x = e.operand(type, 0.4);
    if (!g.of(x).exact)
      x = g.argument(type);
    Type integer = g.integer(bits, g.random.chance(0.5));
    Value r = BitcastOp::create(g.b, g.type(shape, integer), x);
    auto [lo, hi] = limitsOf(integer);
    return extended(e, g.note(r, {lo, hi}));
  }
  auto pattern = [&](double v) {
    llvm::APFloat number(v);
    bool loses = false;
    number.convert(cast<FloatType>(element).getFloatSemantics(), llvm::APFloat::rmTowardZero,
                   &loses);
    return static_cast<double>(number.bitcastToAPInt().getZExtValue());
  };
  Value x = g.argument(g.type(shape, g.integer(bits)), pattern(0.5), pattern(2));
  Value r = BitcastOp::create(g.b, type, x);
  return extended(e, g.note(r, {0.5, 2}));
}

static Results activationKernel(Expression &e, ArrayRef<int64_t> shape) {
  KernelBuilder &g = e.g;
  auto type = g.type(shape, g.randomFloat());
  if (g.random.chance(0.15)) { // of numbers between -1 and 1 only
    Value x = g.argument(type, -0.75, 0.75);
    auto op = AtanhOp::create(g.b, x);
    return g.admit(op) ? extended(e, op.getResult()) : Results{e.extend(x, 2)};
  }
  Value x = logitsOf(e, type);
  auto kind = g.random.pick({GeluKind::erf, GeluKind::tanh});
  auto op = GeluOp::create(g.b, type, kind, x);
  return g.admit(op) ? extended(e, op.getResult()) : Results{e.extend(x, 2)};
}

Results dlc::gate::compositeKernel(Expression &e, ClassOptions options) {
  Random &random = e.g.random;
  Shape shape = randomShape(random, random.pick<int64_t>({1, 2, 2, 3, 4}), options.size);
  switch (random.in(0, 5)) {
  case 0:
    return batchNormKernel(e, shape);
  case 1:
    return randomKernel(e, shape);
  case 2:
    return bitcastKernel(e, shape);
  case 3:
    return activationKernel(e, shape);
  default:
    return lossKernel(e, shape);
  }
}
