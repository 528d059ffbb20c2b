// Kernels around one sum of products, and around windows, and their adjoints.
#include "tests/Gate/Classes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

/// Attribute of operands that are weights in a model.
static void markConstant(KernelBuilder &g, Value v) {
  if (auto argument = dyn_cast<BlockArgument>(v))
    g.kernel.setArgAttr(argument.getArgNumber(), "dlc.weight", g.b.getUnitAttr());
}

// ---------------------------------------------------------------- dot

namespace {
/// One operand of a dot: its dimensions in random order.
struct Side {
  Shape shape, batch, contract, free;
};
} // namespace

static Side makeSide(Random &random, ArrayRef<int64_t> batch, ArrayRef<int64_t> contract,
                     ArrayRef<int64_t> free, bool contractFirst) {
  Shape extents(batch);
  llvm::append_range(extents, contractFirst ? contract : free);
  llvm::append_range(extents, contractFirst ? free : contract);
  int64_t rank = static_cast<int64_t>(extents.size());
  Shape order(llvm::to_vector(llvm::seq<int64_t>(0, rank)));
  if (random.chance(0.2))
    random.shuffle(order); // place of each dimension
  Side side;
  side.shape.resize(extents.size());
  for (auto [i, place] : llvm::enumerate(order))
    side.shape[place] = extents[i];
  auto take = [&](size_t from, size_t count) {
    return Shape(ArrayRef<int64_t>(order).slice(from, count));
  };
  size_t nb = batch.size(), nc = contract.size(), nf = free.size();
  side.batch = take(0, nb);
  side.contract = take(contractFirst ? nb : nb + nf, nc);
  side.free = take(contractFirst ? nb + nc : nb, nf);
  return side;
}

static RankedTensorType narrow(KernelBuilder &g, ArrayRef<int64_t> shape, Type element) {
  return g.type(shape, element);
}

// Operands of a sum of products: in [-1, 1], so that sums stay small.
static Value factor(Expression &e, RankedTensorType type, double computed, bool isConstant) {
  KernelBuilder &g = e.g;
  bool isFloat = isa<FloatType>(type.getElementType());
  if (!isConstant && g.random.chance(computed)) {
    Value x = e.grow(type, static_cast<int>(g.random.in(1, 3)));
    if (!isFloat)
      return x;
    if (!g.of(x).flips)
      return g.tamed(x, 2);
  }
  Value x = isFloat ? g.argument(type, -1, 1) : g.argument(type);
  if (isConstant)
    markConstant(g, x);
  return x;
}

static Value dotOf(Expression &e, Type element, int64_t size) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  int64_t batches = random.pick<int64_t>({0, 0, 0, 1, 1, 2}),
          contracted = random.chance(0.85) ? 1 : 2;
  int64_t left = random.pick<int64_t>({1, 1, 1, 1, 0, 2}),
          right = random.pick<int64_t>({1, 1, 1, 0, 2});
  if (random.chance(0.03))
    contracted = 0;
  int64_t rank = batches + contracted + left + right;
  Shape extents = randomShape(random, rank, size);
  if (rank && random.chance(0.02))
    extents[static_cast<size_t>(random.in(0, rank - 1))] = 0;
  ArrayRef<int64_t> all(extents);
  Side lhs = makeSide(random, all.take_front(batches), all.slice(batches, contracted),
                      all.slice(batches + contracted, left), random.chance(0.25));
  Side rhs = makeSide(random, all.take_front(batches), all.slice(batches, contracted),
                      all.take_back(right), random.chance(0.65));
  Value x = factor(e, narrow(g, lhs.shape, element), 0.3, false);
  Value w = factor(e, narrow(g, rhs.shape, element), 0.15, random.chance(0.55));
  Value r = DotOp::create(g.b, x, w, lhs.batch, rhs.batch, lhs.contract, rhs.contract);
  return g.sumOfProducts(r, x, w, static_cast<double>(elementsOf(all.slice(batches, contracted))));
}

// ---------------------------------------------------------------- convolution

namespace {
/// The numbers of one sliding window, for each spatial dimension.
struct Sliding {
  Shape extents, window, strides, lo, hi, dilation;
};
} // namespace

static Sliding makeSliding(Random &random, int64_t rank, int64_t size) {
  Sliding s;
  s.extents = randomShape(random, rank, size);
  for (int64_t &n : s.extents) {
    int64_t w = random.pick<int64_t>({1, 2, 3, 3, 3, 5, 7}),
            dilation = random.pick<int64_t>({1, 1, 1, 2, 3});
    int64_t lo = random.in(0, w - 1), hi = random.chance(0.6) ? lo : random.in(0, w - 1);
    int64_t reach = (w - 1) * dilation + 1;
    n = std::max(n, std::max<int64_t>(1, reach - lo - hi));
    s.window.push_back(w), s.dilation.push_back(dilation);
    s.lo.push_back(lo), s.hi.push_back(hi);
    s.strides.push_back(random.pick<int64_t>({1, 1, 1, 2, 2, 3}));
  }
  return s;
}

/// What a number of windows see of `extents`, for each spatial dimension.
static Shape placesOf(const Sliding &s) {
  Shape places;
  for (auto [i, n] : llvm::enumerate(s.extents))
    places.push_back(
        (n + s.lo[i] + s.hi[i] - ((s.window[i] - 1) * s.dilation[i] + 1)) / s.strides[i] + 1);
  return places;
}

namespace {
struct Convolution {
  bool last;
  int64_t groups, batch, inner, outer;
  Sliding sliding;

  Convolution(Random &random, int64_t size) {
    int64_t rank = random.pick<int64_t>({1, 2, 2, 2, 2, 3});
    last = random.chance(0.6);
    bool depthwise = random.chance(0.2);
    groups = random.chance(0.7) ? 1 : random.in(2, 4);
    batch = random.pick<int64_t>({1, 1, 1, 2, 3});
    inner = random.pick<int64_t>({1, 2, 3, 5, 8, 16, 20, 32});
    outer = random.pick<int64_t>({1, 2, 3, 7, 8, 16, 24, 33});
    if (depthwise) {
      groups = random.pick<int64_t>({2, 3, 8, 16, 17, 32, 40});
      inner = 1, outer = random.chance(0.8) ? 1 : 2;
    }
    int64_t products = batch * groups * inner * outer * 9;
    sliding = makeSliding(random, rank, std::max<int64_t>(4, size / products));
  }
  /// [n, c, spatial], or with the channels last.
  Shape around(int64_t channels, ArrayRef<int64_t> spatial) const {
    Shape shape{batch};
    llvm::append_range(shape, spatial);
    shape.insert(last ? shape.end() : shape.begin() + 1, channels);
    return shape;
  }
  Shape operand() const { return around(inner * groups, sliding.extents); }
  Shape result() const { return around(outer * groups, placesOf(sliding)); }
  Shape filter() const {
    Shape shape{outer * groups, inner};
    llvm::append_range(shape, sliding.window);
    return shape;
  }
};
} // namespace

static Value convOf(Expression &e, Type element, int64_t size) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  Convolution c(random, size);
  const Sliding &s = c.sliding;
  Value w = factor(e, narrow(g, c.filter(), element), 0.1, random.chance(0.75));
  auto terms = static_cast<double>(elementsOf(s.window));
  if (random.chance(0.15)) { // the transposed convolution
    Value x = factor(e, narrow(g, c.result(), element), 0.25, false);
    Value r = ConvBwdDataOp::create(g.b, narrow(g, c.operand(), element), x, w, s.extents,
                                    s.strides, s.lo, s.hi, s.dilation, c.groups, c.last);
    return g.sumOfProducts(r, x, w, terms * static_cast<double>(c.outer));
  }
  Value x = factor(e, narrow(g, c.operand(), element), 0.25, false);
  Value r = ConvOp::create(g.b, x, w, s.strides, s.lo, s.hi, s.dilation, c.groups, c.last);
  return g.sumOfProducts(r, x, w, terms * static_cast<double>(c.inner));
}

static Value filterGradientOf(Expression &e, Type element, int64_t size) {
  KernelBuilder &g = e.g;
  Convolution c(g.random, size);
  const Sliding &s = c.sliding;
  Value x = factor(e, narrow(g, c.operand(), element), 0.15, false);
  Value cotangent = factor(e, narrow(g, c.result(), element), 0.15, false);
  Value r = ConvBwdFilterOp::create(g.b, x, cotangent, s.window, s.strides, s.lo, s.hi, s.dilation,
                                    c.groups, c.last);
  auto terms = static_cast<double>(c.batch * elementsOf(placesOf(s)));
  return g.sumOfProducts(r, x, cotangent, terms);
}

// ---------------------------------------------------------------- epilogues

// Bias, residual, activation: what follows a layer.
static Value epilogue(Expression &e, Value x) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  auto type = tensorType(x);
  bool isFloat = isa<FloatType>(type.getElementType());
  if (g.of(x).flips) { // rounded to 16 bits: only what keeps an element as it is
    if (random.chance(0.5)) {
      Value zero = g.note(buildSplat(g.b, type, 0), {0, 0});
      auto r = MaxOp::create(g.b, x, zero);
      return g.admit(r) ? r.getResult() : x;
    }
    return x;
  }
  if (type.getRank() && random.chance(0.6)) {
    int64_t dim = random.chance(0.7) ? type.getRank() - 1 : random.in(0, type.getRank() - 1);
    Value bias = g.argument(g.type({type.getDimSize(dim)}, type.getElementType()), isFloat ? -1 : 0,
                            isFloat ? 1 : 9);
    auto r = AddOp::create(g.b, x, e.broadcast(bias, type.getShape(), dim));
    x = g.admit(r) ? r.getResult() : x;
  }
  if (random.chance(0.35)) {
    Value residual = e.operand(type, 0.3);
    auto r = AddOp::create(g.b, x, residual);
    x = g.admit(r) ? r.getResult() : x;
  }
  if (random.chance(0.6))
    x = e.extend(x, static_cast<int>(random.in(1, 3)));
  if (random.chance(0.12) && type.getRank() >= 2)
    x = e.transposed(x, randomOrder(random, type.getRank()));
  return x;
}

static Type productElement(KernelBuilder &g) {
  if (g.random.chance(0.9))
    return g.randomFloat();
  return g.integer(g.random.pick({8u, 16u, 32u, 64u}), g.random.chance(0.7));
}

Results dlc::gate::contractionKernel(Expression &e, ClassOptions options) {
  Type element = productElement(e.g);
  Value x =
      e.g.random.chance(0.55) ? dotOf(e, element, options.size) : convOf(e, element, options.size);
  Results results{epilogue(e, x)};
  if (results.front() != x && e.g.random.chance(0.06))
    results.push_back(x);
  return results;
}

namespace {
/// Windows that slide over some dimensions of a tensor.
struct Windowed {
  Shape dims, shape;
  Sliding sliding;

  Windowed(Random &random, int64_t size) {
    int64_t rank = random.in(1, 4),
            count = std::min<int64_t>(rank, random.pick<int64_t>({1, 2, 2, 3}));
    dims = randomOrder(random, rank);
    dims.resize(count);
    llvm::sort(dims);
    sliding = makeSliding(random, count, std::max<int64_t>(4, size / 9));
    shape = randomShape(random, rank, random.in(1, 40));
    for (auto [i, d] : llvm::enumerate(dims))
      shape[d] = sliding.extents[i];
  }
  /// One element for each place of the window.
  Shape result() const {
    Shape places(shape);
    for (auto [d, n] : llvm::zip_equal(dims, placesOf(sliding)))
      places[d] = n;
    return places;
  }
};
} // namespace

static Type windowElement(KernelBuilder &g) {
  Random &random = g.random;
  return random.chance(0.75) ? g.randomFloat()
                             : g.integer(random.pick({8u, 16u, 32u, 64u}), random.chance(0.7));
}

// The result of a sum of `count` elements of x.
static Value sumOf(KernelBuilder &g, Value result, Value x, double count) {
  Type element = tensorType(x).getElementType();
  Knowledge k = g.of(x);
  if (isa<FloatType>(element)) {
    k.error = k.error * count + count * k.magnitude();
    k.lo = std::min(0.0, k.lo * count), k.hi = std::max(0.0, k.hi * count);
    k.exact = false, k.flips = isHalf(element);
  } else {
    std::tie(k.lo, k.hi) = limitsOf(element);
  }
  return g.note(result, k);
}

Results dlc::gate::windowKernel(Expression &e, ClassOptions options) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  Windowed w(random, options.size);
  const Sliding &s = w.sliding;
  Type element = windowElement(g);
  Value x = e.operand(g.type(w.shape, element), 0.35);
  auto count = static_cast<double>(elementsOf(s.window));
  if (random.chance(0.5) && !g.of(x).flips) {
    Value r = WindowSumOp::create(g.b, x, w.dims, s.window, s.strides, s.lo, s.hi, s.dilation);
    return {epilogue(e, sumOf(g, r, x, count))};
  }
  // The place among equals, and of values that may differ by a rounding, must not be decided.
  auto op = WindowMaxOp::create(g.b, x, w.dims, s.window, s.strides, s.lo, s.hi, s.dilation);
  Knowledge k = g.of(x);
  Results results{g.note(op.getResult(), k)};
  g.note(op.getPlace(), {0, count});
  // A window that lies outside altogether gives the smallest number: nothing may follow.
  bool covered = true;
  for (size_t i = 0; i < s.window.size(); ++i)
    covered = covered && s.lo[i] < s.window[i] && s.hi[i] < s.window[i] && s.dilation[i] == 1;
  if (covered && random.chance(0.6))
    results[0] = epilogue(e, results[0]);
  if (k.exact && random.chance(0.4))
    results.push_back(op.getPlace());
  return results;
}

// The adjoints: of a convolution in its filter, of windows.
Results dlc::gate::adjointKernel(Expression &e, ClassOptions options) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  if (random.chance(0.5)) {
    int64_t size = std::min<int64_t>(options.size * 10, 4000000);
    return {epilogue(e, filterGradientOf(e, productElement(g), size))};
  }
  Windowed w(random, options.size);
  const Sliding &s = w.sliding;
  auto type = g.type(w.result(), windowElement(g));
  auto count = static_cast<double>(elementsOf(s.window));
  Value x = e.operand(type, 0.3), r;
  if (g.of(x).flips)
    x = g.argument(type);
  if (random.chance(0.5)) {
    r = WindowSumAdjOp::create(g.b, x, w.dims, s.extents, s.window, s.strides, s.lo, s.hi,
                               s.dilation);
  } else {
    Value place = g.argument(g.type(type.getShape(), g.integer(32)), 0, count - 1);
    r = WindowMaxGradOp::create(g.b, x, place, w.dims, s.extents, s.window, s.strides, s.lo, s.hi,
                                s.dilation);
  }
  return {epilogue(e, sumOf(g, r, x, count))};
}
