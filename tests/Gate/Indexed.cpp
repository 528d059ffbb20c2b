// Kernels that move elements and compute nothing, kernels that read at places from data, and the
// ones that run one element after the other.
#include "tests/Gate/Classes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// ---------------------------------------------------------------- operands

namespace {
/// Arguments with indices, of which some are out of range where the kernel's options say so.
struct Indices {
  KernelBuilder &g;
  bool areOutside;

  Value of(ArrayRef<int64_t> shape, int64_t extent) const {
    Type index = g.integer(g.random.pick({32u, 64u}));
    auto last = static_cast<double>(std::max<int64_t>(extent, 1) - 1);
    Value v = g.argument(g.type(shape, index), 0, last);
    if (areOutside)
      g.kernel.setArgAttr(cast<BlockArgument>(v).getArgNumber(), "dlc.outside", g.b.getUnitAttr());
    return v;
  }
};
} // namespace

static Shape withExtent(ArrayRef<int64_t> from, int64_t dim, int64_t extent) {
  Shape shape(from);
  shape[static_cast<size_t>(dim)] = extent;
  return shape;
}

static Shape joined(ArrayRef<int64_t> a, ArrayRef<int64_t> b, ArrayRef<int64_t> c) {
  Shape shape(a);
  llvm::append_range(shape, b);
  llvm::append_range(shape, c);
  return shape;
}

namespace {
/// Places in a tensor of `shape`: rows of indices, for `depth` dimensions from `batch` on.
struct Places {
  int64_t batch, depth;
  Shape rows, indices, slices;

  Places(Random &random, ArrayRef<int64_t> shape) {
    auto rank = static_cast<int64_t>(shape.size());
    batch = random.chance(0.6) ? 0 : random.in(0, std::min<int64_t>(1, rank - 1));
    depth = random.in(1, rank - batch);
    rows = randomShape(random, random.in(0, 2), random.in(1, 60));
    indices = joined(shape.take_front(batch), rows, Shape{depth});
    slices = joined(shape.take_front(batch), rows, shape.drop_front(batch + depth));
  }
  int64_t least(ArrayRef<int64_t> shape) const {
    return *llvm::min_element(shape.slice(batch, depth));
  }
};

/// A block of a tensor: some dimensions, and what is left beside it at least.
struct Extract {
  Shape dims, sizes, shape;
  int64_t least = 1 << 20;

  Extract(Random &random, ArrayRef<int64_t> of) : dims(randomDims(random, of.size())), shape(of) {
    for (int64_t d : dims) {
      sizes.push_back(random.in(1, of[d]));
      shape[d] = sizes.back();
      least = std::min(least, of[d] - sizes.back() + 1);
    }
  }
};
} // namespace

// Few values, so that there are equal ones.
static Value keys(KernelBuilder &g, RankedTensorType type) {
  Type element = type.getElementType();
  bool isAny = element.isInteger(1) || (isa<FloatType>(element) && g.random.chance(0.6));
  return isAny ? g.argument(type) : g.argument(type, 0, 6);
}

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

// Elements read at places from data, with a few ops before and after.
static Value readAt(Expression &e, RankedTensorType type, bool areOutside) {
  KernelBuilder &g = e.g;
  Indices indices{g, areOutside};
  ArrayRef<int64_t> shape = type.getShape();
  Value x = e.operand(type, 0.3);
  switch (g.random.in(0, 2)) {
  case 0: {
    int64_t axis = g.random.in(0, type.getRank() - 1);
    Value at = indices.of(withExtent(shape, axis, g.random.in(1, 40)), shape[axis]);
    return g.move(TakeAlongOp::create(g.b, x, at, axis), x);
  }
  case 1: {
    Places places(g.random, shape);
    Value at = indices.of(places.indices, places.least(shape));
    return g.move(GatherNdOp::create(g.b, x, at, places.batch), x);
  }
  default:
    Extract block(g.random, shape);
    Value at = indices.of({static_cast<int64_t>(block.dims.size())}, block.least);
    return g.move(DynamicSliceOp::create(g.b, x, at, block.dims, block.sizes), x);
  }
}

Results dlc::gate::movementKernel(Expression &e, ClassOptions options) {
  KernelBuilder &g = e.g;
  Type element = g.randomElement();
  auto type = g.type(nonEmptyShape(g.random, 1, options.size), element);
  bool isIndexed = g.random.chance(0.4);
  Value x = isIndexed ? readAt(e, type, options.indicesOutside)
                      : e.moved(type, static_cast<int>(g.random.in(1, 3)));
  if (isIndexed && g.random.chance(0.5))
    x = e.extend(x, static_cast<int>(g.random.in(1, 3)));
  if (tensorType(x).getRank() && g.random.chance(0.2))
    return partsOf(e, x);
  return {x};
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

// A sum of `count` updates, or their product, must stay tame.
static Value updatesFor(KernelBuilder &g, RankedTensorType type, PutKind kind, int64_t count) {
  if (!isa<FloatType>(type.getElementType()) || kind == PutKind::set)
    return g.argument(type);
  double most = kind == PutKind::mul ? std::pow(100.0, 1 / static_cast<double>(count + 1)) : 2;
  return g.argument(type, kind == PutKind::mul ? 1 / most : -most, most);
}

static Results scatterKernel(Expression &e, int64_t size, bool areOutside) {
  KernelBuilder &g = e.g;
  Indices indices{g, areOutside};
  Random &random = g.random;
  auto type = g.type(nonEmptyShape(random, 1, size), g.randomElement());
  Type element = type.getElementType();
  ArrayRef<int64_t> shape = type.getShape();
  bool isBool = element.isInteger(1);
  auto kind = isBool ? PutKind::set
                     : random.pick({PutKind::set, PutKind::add, PutKind::add, PutKind::mul,
                                    PutKind::min, PutKind::max});
  Value x = g.argument(type), r;
  int64_t axis = random.in(0, type.getRank() - 1);
  auto updates = [&](ArrayRef<int64_t> of, ArrayRef<int64_t> places) {
    return updatesFor(g, g.type(of, element), kind, elementsOf(places));
  };
  switch (random.in(0, 3)) {
  case 0: {
    Shape rows = randomShape(random, random.in(0, 2), random.in(1, 60));
    Value at = indices.of(rows, shape[axis]);
    Shape all = joined(shape.take_front(axis), rows, shape.drop_front(axis + 1));
    r = PutOp::create(g.b, kind, x, at, updates(all, rows), axis);
    break;
  }
  case 1: {
    Shape all = withExtent(shape, axis, random.in(1, 40));
    Value at = indices.of(all, shape[axis]);
    r = PutAlongOp::create(g.b, kind, x, at, updates(all, {all[axis]}), axis);
    break;
  }
  case 2: {
    Places places(random, shape);
    Value at = indices.of(places.indices, places.least(shape));
    r = ScatterNdOp::create(g.b, kind, x, at, updates(places.slices, places.rows), places.batch);
    break;
  }
  default:
    Extract block(random, shape);
    Value at = indices.of({static_cast<int64_t>(block.dims.size())}, block.least);
    r = DynamicUpdateSliceOp::create(g.b, x, at, g.argument(g.type(block.shape, element)),
                                     block.dims);
  }
  return {g.note(r, {-1e3, 1e3})};
}

static Results sortKernel(Expression &e, int64_t size) {
  KernelBuilder &g = e.g;
  auto type = g.type(nonEmptyShape(g.random, 1, size), g.randomElement());
  SmallVector<Value> operands{keys(g, type)};
  while (operands.size() < 3 && g.random.chance(0.4))
    operands.push_back(g.argument(g.type(type.getShape(), g.randomElement())));
  int64_t dim = g.random.in(0, type.getRank() - 1), extent = type.getDimSize(dim);
  IntegerAttr limit;
  if (g.random.chance(0.3))
    limit = g.b.getI64IntegerAttr(g.random.in(1, extent));
  UnitAttr descending = g.random.chance(0.5) ? g.b.getUnitAttr() : UnitAttr();
  auto op = SortOp::create(g.b, operands, g.b.getI64IntegerAttr(dim), descending, limit);
  Results results(op->getResults());
  for (auto [r, operand] : llvm::zip_equal(results, operands))
    g.note(r, g.of(operand));
  return results;
}

static Results cumulativeKernel(Expression &e, int64_t size) {
  KernelBuilder &g = e.g;
  Random &random = g.random;
  Type element = g.randomElement();
  if (element.isInteger(1))
    element = g.b.getF32Type();
  auto type = g.type(nonEmptyShape(random, 1, size), element);
  auto kind = random.pick(
      {ReduceKind::sum, ReduceKind::sum, ReduceKind::prod, ReduceKind::max, ReduceKind::min});
  int64_t dim = random.in(0, type.getRank() - 1);
  double near = std::pow(100.0, 1 / static_cast<double>(type.getDimSize(dim) + 1));
  bool isTame = kind == ReduceKind::prod && isa<FloatType>(element);
  Value x = isTame ? g.argument(type, 1 / near, near) : g.argument(type);

  bool exclusive = random.chance(0.3), reverse = random.chance(0.3);
  Value r = CumulativeOp::create(g.b, type, kind, x, dim, exclusive, reverse);
  return {g.note(r, {-1e4, 1e4})};
}

Results dlc::gate::sequentialKernel(Expression &e, ClassOptions options) {
  int64_t size = std::min<int64_t>(options.size, 60000);
  switch (e.g.random.in(0, 5)) {
  case 0:
    return nonZeroKernel(e, size);
  case 1:
    return sortKernel(e, size);
  case 2:
    return cumulativeKernel(e, size);
  default:
    return scatterKernel(e, size, options.indicesOutside);
  }
}
