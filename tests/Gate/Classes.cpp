#include "tests/Gate/Classes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// ---------------------------------------------------------------- elementwise

// A shape of which a dimension is sometimes empty.
static Shape kernelShape(Random &random, int64_t least, int64_t elements) {
  int64_t rank = std::max(least, random.pick<int64_t>({0, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6}));
  Shape shape = randomShape(random, rank, elements);
  if (rank && random.chance(0.025))
    shape[static_cast<size_t>(random.in(0, rank - 1))] = 0;
  return shape;
}

Results dlc::gate::elementwiseKernel(Expression &e, ClassOptions options) {
  KernelBuilder &g = e.g;
  Shape shape = kernelShape(g.random, 0, options.size);
  Type element = g.randomElement();
  RankedTensorType type = g.type(shape, element);
  Results results;
  if (options.outOfRange)
    results.push_back(e.extend(e.moved(type, 3), 2));
  else
    results.push_back(e.grow(type, static_cast<int>(g.random.in(2, 12))));
  while (results.size() < 4 && g.random.chance(0.2)) {
    Type other = g.random.chance(0.6) ? element : g.randomElement();
    Value more = e.grow(g.type(shape, other), static_cast<int>(g.random.in(1, 4)));
    if (!llvm::is_contained(results, more))
      results.push_back(more);
  }
  return results;
}

// ---------------------------------------------------------------- rows

static Shape without(ArrayRef<int64_t> shape, ArrayRef<int64_t> dims) {
  Shape rest;
  for (auto [d, n] : llvm::enumerate(shape))
    if (!llvm::is_contained(dims, static_cast<int64_t>(d)))
      rest.push_back(n);
  return rest;
}

static Shape othersOf(int64_t rank, ArrayRef<int64_t> dims) {
  return without(Shape(llvm::to_vector(llvm::seq<int64_t>(0, rank))), dims);
}

// x with its rows put in relation to what they were reduced to.
static Value related(Expression &e, Value x, Value reduced, ArrayRef<int64_t> dims) {
  KernelBuilder &g = e.g;
  auto type = tensorType(x);
  Value back = e.broadcast(reduced, type.getShape(), othersOf(type.getRank(), dims));
  if (tensorType(back).getElementType() != type.getElementType())
    return {};
  return g.random.chance(0.5) ? g.binary(x, back) : g.binary(back, x);
}

static Value reduced(Expression &e, Value x, ArrayRef<int64_t> dims) {
  KernelBuilder &g = e.g;
  auto type = tensorType(x);
  double count = 1;
  for (int64_t d : dims)
    count *= static_cast<double>(type.getDimSize(d));
  if (dims.size() == 1 && g.random.chance(0.12) && g.of(x).exact && count > 0 &&
      !type.getElementType().isInteger(1)) {
    auto kind = g.random.pick({ReduceKind::max, ReduceKind::min});
    Value r = ArgReduceOp::create(g.b, kind, x, dims.front(), g.random.chance(0.5));
    Knowledge k{0, count};
    k.checked = g.of(x).checked;
    return g.note(r, k);
  }
  for (int attempt = 0; attempt < 8; ++attempt) {
    auto kind =
        g.random.pick({ReduceKind::sum, ReduceKind::sum, ReduceKind::sum, ReduceKind::max,
                       ReduceKind::min, ReduceKind::prod, ReduceKind::all, ReduceKind::any});
    Value r = g.reduce(kind, x, dims);
    if (!r)
      continue;
    // A mean, mostly, so that what follows is tame.
    if (kind == ReduceKind::sum && isa<FloatType>(type.getElementType()) && g.random.chance(0.8) &&
        !g.of(r).flips)
      return g.tamed(r, 4);
    return r;
  }
  return {};
}

// Softmax, log softmax and layer norm over trailing or other dimensions.
static Value normalized(Expression &e, Value x, ArrayRef<int64_t> dims) {
  KernelBuilder &g = e.g;
  auto type = tensorType(x);
  double count =
      static_cast<double>(elementsOf(type.getShape())) /
      std::max<double>(1, static_cast<double>(elementsOf(without(type.getShape(), dims))));
  if (g.of(x).flips || g.of(x).magnitude() > 20 || count < 1)
    return {};
  Knowledge k = g.of(x);
  k.exact = false, k.flips = isHalf(type.getElementType());
  switch (g.random.in(0, 2)) {
  case 0:
    k.lo = 0, k.hi = 1, k.error = g.of(x).error + 12;
    return g.note(SoftmaxOp::create(g.b, x, dims), k);
  case 1:
    k.lo = -2 * g.of(x).magnitude() - std::log(count), k.hi = 0;
    k.error = 2 * g.of(x).error - 2 * k.lo;
    return g.note(LogSoftmaxOp::create(g.b, x, dims), k);
  default:
    Shape extents;
    for (int64_t d : dims)
      extents.push_back(type.getDimSize(d));
    auto affine = g.type(extents, type.getElementType());
    Value scale = g.random.chance(0.7) ? g.argument(affine, 0.5, 1.5) : Value();
    Value shift = scale && g.random.chance(0.7) ? g.argument(affine, -1, 1) : Value();
    bool rms = !shift && g.random.chance(0.4);
    // Of few elements the variance may be small, and everything is magnified by its root.
    double epsilon = count < 16 ? 0.25 : 1e-3, most = std::sqrt(count) * 1.5 + 1;
    k.lo = -most, k.hi = most;
    k.error = 4 * g.of(x).error + 4 * most;
    return g.note(
        LayerNormOp::create(g.b, type, x, scale, shift, dims, llvm::APFloat(epsilon), rms), k);
  }
}

Results dlc::gate::rowsKernel(Expression &e, ClassOptions options) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  Shape shape = kernelShape(random, 1, options.size), dims;
  int64_t rank = static_cast<int64_t>(shape.size());
  if (random.chance(0.55)) // trailing dimensions: rows that lie together
    dims = Shape(llvm::to_vector(
        llvm::seq<int64_t>(random.chance(0.75) ? rank - 1 : random.in(0, rank - 1), rank)));
  else
    dims = randomDims(random, rank);
  Type element = random.chance(0.7) ? g.randomFloat() : g.randomElement();
  bool composite = isa<FloatType>(element) && random.chance(0.25);
  Value x = e.operand(g.type(shape, element), composite ? 0.4 : 0.6);
  Results results;
  if (composite) {
    x = g.tamed(x, 8);
    if (Value y = normalized(e, x, dims)) {
      if (random.chance(0.5))
        y = e.extend(y, static_cast<int>(random.in(1, 3)));
      return {y};
    }
  }
  int chain = static_cast<int>(random.in(1, 3));
  for (int i = 0; i < chain; ++i) {
    Value r = reduced(e, x, dims);
    if (!r)
      break;
    if (random.chance(0.4) && tensorType(r).getElementType() == element)
      r = e.extend(r, static_cast<int>(random.in(1, 2)));
    Value next;
    if (i + 1 < chain || random.chance(0.4)) {
      next = related(e, x, r, dims);
      if (next && random.chance(0.4))
        next = e.extend(next, 1);
    }
    if (!next) {
      results.push_back(r);
      break;
    }
    if (random.chance(0.15))
      results.push_back(r);
    x = next;
    if (i + 1 == chain)
      results.push_back(x);
  }
  if (results.empty())
    results.push_back(x);
  return results;
}
