#include "tests/Gate/KernelBuilder.h"
#include "mlir/IR/Verifier.h"
#include "tests/Gate/Samples.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

/// Numbers stay below this, and derivatives below that.
static constexpr double tameMagnitude = 1000, steepest = 60;
/// Roundings by which compiled and interpreted values may differ, of 16 that the gate allows.
static constexpr double errorMax = 6;

static double power2(unsigned bits) { return std::ldexp(1.0, static_cast<int>(bits)); }

std::pair<double, double> dlc::gate::limitsOf(Type element) {
  if (isa<FloatType>(element))
    return {-tameMagnitude, tameMagnitude};
  unsigned bits = element.getIntOrFloatBitWidth();
  if (element.isInteger(1))
    return {0, 1};
  if (element.isUnsignedInteger())
    return {0, power2(bits) - 1};
  return {-power2(bits - 1), power2(bits - 1) - 1};
}

KernelBuilder::KernelBuilder(MLIRContext &context, Random &random)
    : b(UnknownLoc::get(&context), &context), random(random),
      module(ModuleOp::create(UnknownLoc::get(&context))) {
  b.setInsertionPointToStart(module->getBody());
  kernel = func::FuncOp::create(b, "kernel", b.getFunctionType({}, {}));
  b.setInsertionPointToStart(kernel.addEntryBlock());
  for (RegisteredOperationName name : context.getRegisteredOperations()) {
    if (!name.hasTrait<dlc::PointwiseOp>() || !name.hasTrait<OpTrait::SameOperandsAndResultType>())
      continue;
    if (name.hasTrait<OpTrait::OneOperand>())
      unaries.push_back(name);
    else if (!name.hasTrait<OpTrait::VariadicOperands>())
      binaries.push_back(name); // the others of equal types have two
  }
}

void KernelBuilder::finish(StringRef name, ValueRange results) {
  func::ReturnOp::create(b, results);
  kernel.setName(name);
  kernel.setFunctionType(
      b.getFunctionType(kernel.getBody().front().getArgumentTypes(), results.getTypes()));
}

Type KernelBuilder::integer(unsigned bits, bool isSigned) const {
  return IntegerType::get(b.getContext(), bits,
                          isSigned ? IntegerType::Signed : IntegerType::Unsigned);
}

Type KernelBuilder::randomFloat() {
  if (random.chance(0.55))
    return Float32Type::get(b.getContext());
  return random.pick<Type>({Float64Type::get(b.getContext()), Float16Type::get(b.getContext()),
                            BFloat16Type::get(b.getContext())});
}

Type KernelBuilder::randomElement() {
  if (random.chance(0.5))
    return Float32Type::get(b.getContext());
  if (random.chance(0.45))
    return randomFloat();
  if (random.chance(0.15))
    return IntegerType::get(b.getContext(), 1);
  return integer(random.pick({8u, 16u, 32u, 64u}), random.chance(0.7));
}

SmallVector<Value> KernelBuilder::known(RankedTensorType type) const {
  return llvm::filter_to_vector(order, [&](Value v) { return v.getType() == type; });
}

// ---------------------------------------------------------------- arguments, constants

Value KernelBuilder::argument(RankedTensorType type, double lo, double hi) {
  unsigned position = kernel.getNumArguments();
  NamedAttribute range(b.getStringAttr("dlc.range"), b.getDenseF64ArrayAttr({lo, hi}));
  (void)kernel.insertArgument(position, type, b.getDictionaryAttr(range), b.getLoc());
  Value v = kernel.getArgument(position);
  order.push_back(v);
  return note(v, {lo, hi});
}

Value KernelBuilder::argument(RankedTensorType type) {
  Type element = type.getElementType();
  auto [lo, hi] = limitsOf(element);
  if (isa<FloatType>(element)) {
    auto range = random.pick<std::pair<double, double>>(
        {{-2, 2}, {-2, 2}, {-1, 1}, {0.5, 2}, {0.125, 4}, {1, 3}});
    return argument(type, range.first, range.second);
  }
  if (element.isInteger(1) || random.chance(0.4))
    return argument(type, lo, hi);
  return argument(type, std::max(lo, -50.0), 100);
}

Value KernelBuilder::constant(RankedTensorType type, double lo, double hi) {
  Type element = type.getElementType();
  bool isFloat = isa<FloatType>(element);
  // Quarters, so that every float type holds them.
  auto number = [&] {
    double v = random.real(lo, hi);
    return isFloat ? std::clamp(std::round(v * 4) / 4, lo, hi) : std::round(v);
  };
  Value result;
  Knowledge k;
  if (type.getNumElements() > 64 || type.getNumElements() == 0 || random.chance(0.6)) {
    k.lo = k.hi = number();
    result = buildSplat(b, type, k.lo);
  } else {
    Literal literal(type);
    for (int64_t i = 0; i < literal.size(); ++i) {
      double v = number();
      isFloat ? literal.setNumber(i, v) : literal.setInteger(i, static_cast<int64_t>(v));
      k.lo = i ? std::min(k.lo, v) : v;
      k.hi = i ? std::max(k.hi, v) : v;
    }
    result = buildConstant(b, literal);
  }
  return note(result, k);
}

// ---------------------------------------------------------------- elementwise

// Integers: the operands' corners, in 64 bits; any overflow means any number.
static Knowledge integerKnowledge(Operation *op, ArrayRef<Knowledge> operands, Type element) {
  Knowledge k;
  std::tie(k.lo, k.hi) = limitsOf(element);
  if (llvm::any_of(operands, [](const Knowledge &o) { return o.magnitude() > 1000; }))
    return k;
  double bound = 1;
  for (const Knowledge &o : operands)
    bound *= std::max(2.0, o.magnitude());
  if (op->hasTrait<dlc::ExpensiveOp>() || isa<ShlOp>(op) || element.isUnsignedInteger())
    return k;
  // Sums, products, bits, quotients: all within twice the product of the magnitudes.
  k.lo = std::max(k.lo, -2 * bound);
  k.hi = std::min(k.hi, 2 * bound);
  return k;
}

std::optional<Knowledge> KernelBuilder::sampled(Operation *op) const {
  SmallVector<Knowledge, 2> operands;
  for (Value v : op->getOperands())
    operands.push_back(of(v));
  Type element = tensorType(op->getResult(0)).getElementType();
  bool checked = llvm::any_of(operands, [](const Knowledge &o) { return o.checked; });
  if (!isa<FloatType>(element)) {
    Knowledge k = integerKnowledge(op, operands, element);
    k.checked = checked;
    return k;
  }
  SmallVector<std::pair<double, double>, 2> intervals;
  for (const Knowledge &o : operands)
    intervals.push_back({o.lo, o.hi});
  std::optional<Samples> s = sample(op, intervals);
  if (!s || !s->finite || std::max(std::abs(s->lo), std::abs(s->hi)) > tameMagnitude)
    return std::nullopt;
  Knowledge k{s->lo, s->hi};
  k.checked = checked;
  bool amplifies = false, jumps = op->hasTrait<dlc::ZeroVjp>();
  double largest = std::max(1.0, k.magnitude());
  for (auto [i, o] : llvm::enumerate(operands)) {
    jumps = jumps || s->slope[i] > 3 * s->coarse[i] + 1e-9 || s->slope[i] > steepest;
    amplifies = amplifies || s->slope[i] > 1.0001;
    k.exact = k.exact && o.exact;
    k.flips = k.flips || o.flips;
    k.error += s->slope[i] * o.error;
    largest = std::max(largest, o.magnitude());
  }
  bool keeps = op->hasTrait<dlc::ExactOnStorage>();
  if ((jumps && !k.exact) || (k.flips && (amplifies || !keeps)))
    return std::nullopt;
  bool expensive = op->hasTrait<dlc::ExpensiveOp>();
  k.exact = k.exact && !expensive && (keeps || isHalf(element));
  k.flips = k.flips || (expensive && isHalf(element));
  k.error += (expensive ? 6 : keeps ? 0 : 0.5) * k.magnitude();
  if (!isHalf(element) && k.error > errorMax * largest)
    return std::nullopt;
  return k;
}

bool KernelBuilder::admit(Operation *op) {
  std::optional<Knowledge> k;
  {
    ScopedDiagnosticHandler quiet(b.getContext(), [](Diagnostic &) { return success(); });
    if (succeeded(verify(op)))
      k = sampled(op);
  }
  if (!k) {
    op->erase();
    return false;
  }
  note(op->getResult(0), *k);
  order.push_back(op->getResult(0));
  return true;
}

Value KernelBuilder::pointwise(ArrayRef<Value> operands, ArrayRef<OperationName> candidates) {
  for (int attempt = 0; attempt < 6; ++attempt) {
    OperationState state(b.getLoc(), random.pick(candidates));
    state.addOperands(operands);
    state.addTypes(operands.front().getType());
    Operation *op = b.create(state);
    if (admit(op))
      return op->getResult(0);
  }
  return {};
}

Value KernelBuilder::unary(Value x) { return pointwise({x}, unaries); }
Value KernelBuilder::binary(Value x, Value y) { return pointwise({x, y}, binaries); }

Value KernelBuilder::tamed(Value x, double limit) {
  if (of(x).magnitude() <= limit || !isa<FloatType>(tensorType(x).getElementType()))
    return x;
  double factor = 1;
  while (of(x).magnitude() * factor > limit)
    factor /= 2;
  Value scale = note(buildSplat(b, tensorType(x), factor), {factor, factor});
  Value y = MulOp::create(b, x, scale);
  // A power of two changes no rounding.
  Knowledge k = of(x);
  k.lo *= factor, k.hi *= factor, k.error *= factor;
  order.push_back(y);
  return note(y, k);
}

// ---------------------------------------------------------------- other types

Value KernelBuilder::compare(Value x, Value y) {
  if (!of(x).exact || !of(y).exact)
    return {};
  Value r = CompareOp::create(b,
                              random.pick({CompareKind::eq, CompareKind::ne, CompareKind::lt,
                                           CompareKind::le, CompareKind::gt, CompareKind::ge}),
                              x, y);
  Knowledge k{0, 1};
  k.checked = of(x).checked || of(y).checked;
  order.push_back(r);
  return note(r, k);
}

Value KernelBuilder::select(Value condition, Value x, Value y) {
  Value r = SelectOp::create(b, x.getType(), condition, x, y);
  Knowledge k = of(x), o = of(y);
  k.lo = std::min(k.lo, o.lo), k.hi = std::max(k.hi, o.hi);
  k.exact = k.exact && o.exact, k.flips = k.flips || o.flips;
  k.error = std::max(k.error, o.error);
  k.checked = k.checked || o.checked || of(condition).checked;
  order.push_back(r);
  return note(r, k);
}

Value KernelBuilder::convert(Value x, Type to) {
  Type from = tensorType(x).getElementType();
  Knowledge k = of(x);
  bool isFloat = isa<FloatType>(to), wasFloat = isa<FloatType>(from);
  if (from == to)
    return x;
  if (!isFloat && !k.exact)
    return {};
  if (isFloat && k.magnitude() > tameMagnitude)
    return {};
  if (isFloat && wasFloat) {
    // Errors keep their absolute size, in other units.
    double units =
        (to.isF64() ? power2(53) : power2(24)) / (from.isF64() ? power2(53) : power2(24));
    k.error = k.error * std::min(units, 1.0) + (units < 1 ? 0.5 * k.magnitude() : 0);
    if (to.isF64() && !k.exact)
      return {};
    k.flips = k.flips || (isHalf(to) && !k.exact && !isHalf(from));
    if (k.flips && isHalf(to) && isHalf(from))
      return {}; // two formats of 16 bits: one flip may become two
  } else if (!isFloat) {
    auto [lo, hi] = limitsOf(to);
    bool wraps = !wasFloat && (k.lo < lo || k.hi > hi);
    bool checked = k.checked;
    k = wraps ? Knowledge{lo, hi} : Knowledge{std::clamp(k.lo, lo, hi), std::clamp(k.hi, lo, hi)};
    if (to.isInteger(1))
      k = {0, 1};
    k.checked = checked;
  }
  Value r = ConvertOp::create(b, type(tensorType(x).getShape(), to), x);
  order.push_back(r);
  return note(r, k);
}

// ---------------------------------------------------------------- movement, reductions

Value KernelBuilder::move(Value result, ValueRange operands, std::optional<double> extra) {
  std::optional<Knowledge> joined;
  auto join = [&](const Knowledge &o) {
    if (!joined) {
      joined = o;
      return;
    }
    Knowledge &k = *joined;
    k.lo = std::min(k.lo, o.lo), k.hi = std::max(k.hi, o.hi);
    k.exact = k.exact && o.exact, k.flips = k.flips || o.flips;
    k.error = std::max(k.error, o.error), k.checked = k.checked || o.checked;
  };
  for (Value v : operands)
    join(of(v));
  if (extra)
    join({*extra, *extra});
  order.push_back(result);
  return note(result, *joined);
}

Value KernelBuilder::reduce(ReduceKind kind, Value x, ArrayRef<int64_t> dims) {
  auto from = tensorType(x);
  Type element = from.getElementType();
  bool isFloat = isa<FloatType>(element), isBool = element.isInteger(1);
  double count = 1;
  for (int64_t d : dims)
    count *= static_cast<double>(from.getDimSize(d));
  Knowledge k = of(x);
  bool isSum = kind == ReduceKind::sum, isProduct = kind == ReduceKind::prod;
  if ((kind == ReduceKind::all || kind == ReduceKind::any) ? !isBool : isBool)
    return {};
  if (isFloat && isSum) {
    double most = k.magnitude() * std::max(count, 1.0);
    if (k.flips || most > (element.isF16() ? 3e4 : 1e7))
      return {};
    k.error = k.error * count + std::sqrt(count) * k.magnitude();
    k.lo = std::min(0.0, k.lo * count), k.hi = std::max(0.0, k.hi * count);
    k.exact = false, k.flips = isHalf(element);
  } else if (isFloat && isProduct) {
    double most = std::pow(std::max(1.0, k.magnitude()), count);
    if (k.flips || !k.exact || most > tameMagnitude)
      return {};
    k.error = count * most;
    k.lo = -most, k.hi = most;
    k.exact = false, k.flips = isHalf(element);
  } else if (isFloat && count == 0) {
    return {}; // infinities
  } else if (!isFloat && (isSum || isProduct || count == 0)) {
    std::tie(k.lo, k.hi) = limitsOf(element);
  }
  ScopedDiagnosticHandler quiet(b.getContext(), [](Diagnostic &) { return success(); });
  auto op = ReduceOp::create(b, kind, x, b.getDenseI64ArrayAttr(dims));
  if (failed(verify(op))) {
    op->erase();
    return {};
  }
  order.push_back(op.getResult());
  return note(op.getResult(), k);
}

Value KernelBuilder::sumOfProducts(Value result, Value x, Value y, double count) {
  Type element = tensorType(result).getElementType();
  Knowledge k, a = of(x), o = of(y);
  if (isa<FloatType>(element)) {
    double most = a.magnitude() * o.magnitude() * std::max(1.0, count);
    k.lo = -most, k.hi = most;
    k.exact = count == 0, k.flips = isHalf(element) && count > 0;
    k.error = a.error * o.magnitude() + o.error * a.magnitude() + std::sqrt(count) * most / count;
  } else {
    std::tie(k.lo, k.hi) = limitsOf(element);
  }
  k.checked = a.checked || o.checked;
  order.push_back(result);
  return note(result, k);
}
