// Kernels that move elements and compute nothing, kernels that read at places from data, and the
// ones that run one element after the other.
#include "tests/Gate/Classes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// ---------------------------------------------------------------- movement

static Shape nonEmptyShape(Random &random, int64_t least, int64_t elements) {
  int64_t rank = std::max(least, random.pick<int64_t>({1, 1, 2, 2, 2, 3, 3, 4, 5}));
  return randomShape(random, rank, elements);
}

// Several parts of one operand, as a split makes them.
static Results partsOf(Expression &e, Value x) {
  KernelBuilder &g = e.g;
  Shape shape(tensorType(x).getShape());
  size_t dim = static_cast<size_t>(g.random.in(0, static_cast<int64_t>(shape.size()) - 1));
  Results results;
  int64_t parts = std::min<int64_t>(shape[dim], g.random.in(2, 3));
  Shape lo(shape.size(), 0), hi(shape), stride(shape.size(), 1);
  for (int64_t i = 0; i < parts; ++i) {
    lo[dim] = shape[dim] * i / parts, hi[dim] = shape[dim] * (i + 1) / parts;
    results.push_back(g.move(SliceOp::create(g.b, x, lo, hi, stride), x));
  }
  return results;
}

Results dlc::gate::movementKernel(Expression &e, ClassOptions options) {
  KernelBuilder &g = e.g;
  Type element = g.randomElement();
  auto type = g.type(nonEmptyShape(g.random, 1, options.size), element);
  Value x = e.moved(type, static_cast<int>(g.random.in(1, 3)));
  if (g.random.chance(0.2))
    return partsOf(e, x);
  return {x};
}

// ---------------------------------------------------------------- operands

// Few values, so that there are equal ones.
static Value keys(KernelBuilder &g, RankedTensorType type) {
  return isa<FloatType>(type.getElementType()) && g.random.chance(0.6) ? g.argument(type)
                                                                       : g.argument(type, 0, 6);
}

// ---------------------------------------------------------------- one element after the other

static Results nonZeroKernel(Expression &e, int64_t size) {
  KernelBuilder &g = e.g;
  auto type = g.type(nonEmptyShape(g.random, 1, size), g.randomElement());
  Value x = g.random.chance(0.5) ? e.grow(type, 2) : keys(g, type);
  if (!g.of(x).exact)
    x = keys(g, type);
  auto op = NonZeroOp::create(g.b, x);
  Results results(op->getResults());
  for (Value r : results)
    g.note(r, {0, static_cast<double>(type.getNumElements())});
  return results;
}

Results dlc::gate::sequentialKernel(Expression &e, ClassOptions options) {
  int64_t size = std::min<int64_t>(options.size, 60000);
  return nonZeroKernel(e, size);
}
