#include "tests/Gate/Expression.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// ---------------------------------------------------------------- shapes

int64_t dlc::gate::elementsOf(ArrayRef<int64_t> shape) {
  int64_t n = 1;
  for (int64_t d : shape)
    n *= d;
  return n;
}

Shape dlc::gate::randomShape(Random &random, int64_t rank, int64_t elements) {
  Shape shape(rank, 1);
  double left = static_cast<double>(elements);
  Shape order = randomOrder(random, rank);
  for (auto [i, d] : llvm::enumerate(order)) {
    double dims = static_cast<double>(rank) - static_cast<double>(i);
    // An even share of what is left, give or take; the last one takes all.
    double share = std::pow(left, 1 / dims * random.real(0.5, 1.6));
    int64_t extent = std::clamp<int64_t>(std::llround(dims == 1 ? left : share), 1,
                                         std::max<int64_t>(1, std::llround(left)));
    if (random.chance(0.1))
      extent = 1;
    else if (random.chance(0.25) && extent > 2)
      extent = static_cast<int64_t>(llvm::PowerOf2Ceil(extent) / 2);
    shape[d] = extent;
    left = std::max(1.0, left / static_cast<double>(extent));
  }
  return shape;
}

Shape dlc::gate::randomOrder(Random &random, int64_t rank) {
  Shape order(llvm::to_vector(llvm::seq<int64_t>(0, rank)));
  random.shuffle(order);
  return order;
}

Shape dlc::gate::randomDims(Random &random, int64_t rank) {
  Shape dims(randomOrder(random, rank));
  dims.resize(random.chance(0.6) ? 1 : random.in(1, rank));
  llvm::sort(dims);
  return dims;
}

// ---------------------------------------------------------------- elementwise

Value Expression::leaf(RankedTensorType type) {
  SmallVector<Value> known = g.known(type);
  if (!known.empty() && g.random.chance(0.35))
    return g.random.pick(ArrayRef(known));
  Type element = type.getElementType();
  if (g.random.chance(0.12)) {
    auto [lo, hi] = limitsOf(element);
    bool isFloat = isa<FloatType>(element);
    return g.constant(type, std::max(lo, isFloat ? -2.0 : -20.0),
                      std::min(hi, isFloat ? 3.0 : 30.0));
  }
  if (g.random.chance(0.04) && type.getRank() && !element.isInteger(1)) {
    int64_t dim = g.random.in(0, type.getRank() - 1);
    if (type.getDimSize(dim) <= 120) { // what the narrowest type can hold
      Value iota = IotaOp::create(g.b, type, dim);
      return g.note(iota, {0, std::max(0.0, static_cast<double>(type.getDimSize(dim) - 1))});
    }
  }
  return g.argument(type);
}

Value Expression::operand(RankedTensorType type, double computed) {
  if (g.random.chance(computed))
    return grow(type, static_cast<int>(g.random.in(1, 3)));
  return g.argument(type);
}

Value Expression::grow(RankedTensorType type, int ops) {
  if (ops <= 0)
    return leaf(type);
  if (g.random.chance(options.movement))
    return moved(type, ops);
  Type element = type.getElementType();
  double kind = g.random.real(0, 1);
  if (kind < 0.12) { // by way of another type
    Type from = element.isInteger(1) ? g.randomElement()
                                     : g.random.pick<Type>({g.randomElement(), g.randomFloat()});
    Value x = grow(g.type(type.getShape(), from), ops - 1);
    if (Value converted = g.convert(x, element))
      return converted;
    return leaf(type);
  }
  if (kind < 0.22) {
    auto compared = g.type(type.getShape(), g.random.chance(0.5) ? element : g.randomElement());
    Value a = grow(compared, (ops - 1) / 3), c = grow(compared, (ops - 1) / 4);
    Value condition = g.compare(a, c);
    if (!condition)
      condition = g.compare(leaf(compared), g.argument(compared));
    if (condition) {
      if (element.isInteger(1))
        return condition;
      Value x = grow(type, (ops - 1) / 3), y = leaf(type);
      return g.select(condition, x, y);
    }
  }
  if (kind < 0.55) {
    Value x = grow(type, ops - 1);
    return extend(x, 1);
  }
  Value x = grow(type, (ops - 1) / 2), y = grow(type, ops - 1 - (ops - 1) / 2);
  if (Value r = g.binary(x, y))
    return r;
  return extend(x, 1);
}

Value Expression::extend(Value x, int ops) {
  for (int i = 0; i < ops; ++i) {
    Value next;
    if (g.random.chance(0.45))
      next = g.unary(x);
    if (!next) {
      Value y = leaf(tensorType(x));
      next = g.random.chance(0.5) ? g.binary(x, y) : g.binary(y, x);
    }
    if (next)
      x = next;
  }
  return x;
}

// ---------------------------------------------------------------- movement

Value Expression::broadcast(Value x, ArrayRef<int64_t> shape, ArrayRef<int64_t> dims) {
  auto type = g.type(shape, tensorType(x).getElementType());
  return g.move(BroadcastOp::create(g.b, type, x, dims), x);
}

Value Expression::transposed(Value x, ArrayRef<int64_t> perm) {
  return g.move(TransposeOp::create(g.b, x, perm), x);
}

Value Expression::moved(RankedTensorType type, int ops) {
  bool mayDrop = !options.outOfRange;
  for (int attempt = 0; attempt < 8; ++attempt) {
    Value v;
    switch (g.random.in(0, options.outOfRange ? 8 : 9)) {
    case 0:
    case 1:
      v = broadcastTo(type, ops - 1);
      break;
    case 2:
      v = transposeTo(type, ops - 1);
      break;
    case 3:
      v = reverseTo(type, ops - 1);
      break;
    case 4:
      v = concatTo(type, ops - 1);
      break;
    case 5:
    case 6:
      v = reshapeTo(type, ops - 1);
      break;
    case 7:
      v = takeTo(type, ops - 1);
      break;
    case 8:
      v = mayDrop ? padTo(type, ops - 1) : takeTo(type, ops - 1);
      break;
    default:
      v = sliceTo(type, ops - 1);
    }
    if (v)
      return v;
  }
  return leaf(type);
}

Value Expression::broadcastTo(RankedTensorType type, int ops) {
  Shape shape, dims;
  for (auto [d, extent] : llvm::enumerate(type.getShape()))
    if (g.random.chance(0.6)) {
      shape.push_back(g.random.chance(0.25) ? 1 : extent);
      dims.push_back(static_cast<int64_t>(d));
    }
  // An index of data that is broadcast to nothing is not looked at.
  if (options.outOfRange && type.getNumElements() == 0)
    return {};
  return broadcast(grow(g.type(shape, type.getElementType()), ops), type.getShape(), dims);
}

Value Expression::transposeTo(RankedTensorType type, int ops) {
  if (type.getRank() < 2)
    return {};
  Shape perm = randomOrder(g.random, type.getRank()), shape(type.getRank());
  for (auto [i, p] : llvm::enumerate(perm))
    shape[p] = type.getDimSize(i);
  return transposed(grow(g.type(shape, type.getElementType()), ops), perm);
}

Value Expression::sliceTo(RankedTensorType type, int ops) {
  Shape shape, lo, hi, stride;
  for (int64_t n : type.getShape()) {
    int64_t s = g.random.pick({1, 1, 1, 2, 3}), l = g.random.pick({0, 0, 1, 3});
    // Any hi between the last element and the next gives n elements.
    int64_t h = n == 0 ? l : l + (n - 1) * s + g.random.in(1, s);
    stride.push_back(s), lo.push_back(l), hi.push_back(h);
    shape.push_back(h + g.random.pick({0, 0, 1, 2}));
  }
  if (elementsOf(shape) > 4 * type.getNumElements() + 64 || shape.empty())
    return {};
  Value x = grow(g.type(shape, type.getElementType()), ops);
  return g.move(SliceOp::create(g.b, x, lo, hi, stride), x);
}

Value Expression::reverseTo(RankedTensorType type, int ops) {
  if (type.getRank() == 0)
    return {};
  Value x = grow(type, ops);
  return g.move(ReverseOp::create(g.b, type, x, randomDims(g.random, type.getRank())), x);
}

Value Expression::padTo(RankedTensorType type, int ops) {
  if (type.getRank() == 0)
    return {};
  Shape shape, lo, hi, interior;
  for (int64_t n : type.getShape()) {
    int64_t between = g.random.pick({0, 0, 0, 1, 2}), before = g.random.pick({0, 0, 1, 2, -1});
    if (n == 0 || g.random.chance(0.3))
      between = before = 0;
    int64_t inner = std::max<int64_t>(1, (n - before) / (1 + between) + g.random.in(-2, 1));
    inner = n == 0 ? 0 : inner;
    shape.push_back(inner), lo.push_back(before), interior.push_back(between);
    hi.push_back(n - before - (inner + std::max<int64_t>(0, inner - 1) * between));
  }
  Type element = type.getElementType();
  Value x = grow(g.type(shape, element), ops);
  double value = g.random.pick({0.0, 0.0, 1.0});
  ScopedDiagnosticHandler quiet(g.b.getContext(), [](Diagnostic &) { return success(); });
  return g.move(PadOp::create(g.b, x, lo, hi, interior, elementAttribute(element, value)), x,
                value);
}

Value Expression::concatTo(RankedTensorType type, int ops) {
  SmallVector<int64_t> candidates;
  for (auto [d, n] : llvm::enumerate(type.getShape()))
    if (n >= 2)
      candidates.push_back(static_cast<int64_t>(d));
  if (candidates.empty())
    return {};
  int64_t dim = g.random.pick(ArrayRef(candidates)), left = type.getDimSize(dim);
  SmallVector<Value> parts;
  while (left > 0) {
    int64_t n = parts.size() == 2 ? left : g.random.in(1, left);
    Shape shape(type.getShape());
    shape[dim] = n;
    parts.push_back(grow(g.type(shape, type.getElementType()), ops / 2));
    left -= n;
  }
  return g.move(ConcatOp::create(g.b, type, parts, dim), parts);
}

// Another shape with as many elements: dimensions are joined, or split at a divisor.
static Shape reshaped(Random &random, ArrayRef<int64_t> from) {
  Shape shape(from);
  for (int steps = static_cast<int>(random.in(1, 3)); steps > 0; --steps) {
    size_t rank = shape.size();
    if (rank > 1 && random.chance(0.5)) {
      size_t d = static_cast<size_t>(random.in(0, static_cast<int64_t>(rank) - 2));
      shape[d] *= shape[d + 1];
      shape.erase(shape.begin() + d + 1);
    } else if (rank && rank < 6) {
      size_t d = static_cast<size_t>(random.in(0, static_cast<int64_t>(rank) - 1));
      int64_t divisor = random.pick({1, 2, 2, 3, 4, 5, 8, 16});
      if (shape[d] % divisor != 0)
        continue;
      shape[d] /= divisor;
      shape.insert(shape.begin() + (random.chance(0.5) ? d : d + 1), divisor);
    } else if (!rank) {
      shape.push_back(1);
    }
  }
  return shape;
}

Value Expression::reshapeTo(RankedTensorType type, int ops) {
  Shape shape = reshaped(g.random, type.getShape());
  if (ArrayRef<int64_t>(shape) == type.getShape())
    return {};
  Value x = grow(g.type(shape, type.getElementType()), ops);
  return g.move(ReshapeOp::create(g.b, type, x), x);
}

Value Expression::takeTo(RankedTensorType type, int ops) {
  if (type.getRank() == 0)
    return {};
  int64_t axis = g.random.in(0, type.getRank() - 1);
  int64_t depth = std::min<int64_t>(g.random.pick({0, 1, 1, 1, 2}), type.getRank() - axis);
  Shape where(type.getShape().slice(axis, depth)), shape(type.getShape().take_front(axis));
  int64_t rows = g.random.in(1, 24);
  shape.push_back(rows);
  llvm::append_range(shape, type.getShape().drop_front(axis + depth));
  if (elementsOf(shape) > 8 * type.getNumElements() + 256 || type.getRank() - depth + 1 > 6)
    return {};
  Value x = grow(g.type(shape, type.getElementType()), ops);
  Type index = g.integer(g.random.pick({32u, 64u}));
  bool wrong = options.outOfRange && type.getNumElements() > 0;
  Value indices = g.argument(g.type(where, index), 0, static_cast<double>(rows - 1));
  if (wrong)
    g.kernel.setArgAttr(cast<BlockArgument>(indices).getArgNumber(), "dlc.outside",
                        g.b.getUnitAttr());
  // Indices may come by movement too.
  if (where.size() == 2 && g.random.chance(0.2)) {
    Shape back{where[1], where[0]};
    indices =
        transposed(g.move(ReshapeOp::create(g.b, g.type(back, index), indices), indices), {1, 0});
  }
  Value r = TakeOp::create(g.b, x, indices, axis);
  r = g.move(r, x);
  if (wrong) {
    Knowledge k = g.of(r);
    k.checked = true;
    g.note(r, k);
  }
  return r;
}
