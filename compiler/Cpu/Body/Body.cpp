// The function around a kernel's code: arguments, dimensions, loops, scopes, index arithmetic.
#include "Cpu/Body/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

Type dlc::memoryType(Type element) {
  MLIRContext *context = element.getContext();
  if (element.isInteger(1))
    return IntegerType::get(context, 8);
  if (element.isF16() || element.isBF16())
    return IntegerType::get(context, 16);
  return isa<FloatType>(element) ? element
                                 : IntegerType::get(context, element.getIntOrFloatBitWidth());
}

AffineExpr dlc::rowMajor(ArrayRef<AffineExpr> point, ArrayRef<int64_t> shape,
                         MLIRContext *context) {
  AffineExpr position = getAffineConstantExpr(0, context);
  for (auto [index, extent] : llvm::zip_equal(point, shape))
    position = position * extent + index;
  return position;
}

// ---------------------------------------------------------------- the function

static MemRefType bufferType(Type tensor) {
  auto type = cast<RankedTensorType>(tensor);
  return MemRefType::get({type.getNumElements()}, memoryType(type.getElementType()));
}

Body::Body(ModuleOp module, func::FuncOp kernel, StringRef symbol, const Machine &machine,
           int64_t scratchBytes, bool checks)
    : b(kernel.getLoc(), kernel.getContext()), machine(machine), kernel(kernel),
      state(std::make_unique<State>()) {
  SmallVector<Type> types;
  FunctionType signature = kernel.getFunctionType();
  for (Type type : signature.getInputs())
    types.push_back(bufferType(type));
  for (Type type : signature.getResults())
    types.push_back(bufferType(type));
  // The argument block is operands, results, scratch (there is an entry even when it is empty),
  // error.
  types.push_back(MemRefType::get({scratchBytes}, b.getI8Type()));
  types.push_back(MemRefType::get({1}, b.getI32Type()));
  types.append(3, b.getIndexType());
  b.setInsertionPointToEnd(module.getBody());
  state->function = func::FuncOp::create(b, symbol, b.getFunctionType(types, {}));
  state->scratchBytes = scratchBytes;
  state->checks = checks;
  llvm::SmallBitVector aliased(types.size());
  size_t operandCount = signature.getNumInputs();
  if (auto pairs = kernel->getAttrOfType<ArrayAttr>("dlc.alias"))
    for (Attribute pair : pairs) {
      auto get = [&](unsigned i) { return cast<IntegerAttr>(cast<ArrayAttr>(pair)[i]).getInt(); };
      aliased.set(operandCount + get(0));
      aliased.set(get(1));
    }
  for (size_t i = 0; i + 3 < types.size(); ++i)
    if (!aliased.test(i))
      state->function.setArgAttr(i, "llvm.noalias", b.getUnitAttr());
  Block *entry = state->function.addEntryBlock();
  auto arguments = entry->getArguments();
  state->operands = llvm::to_vector_of<Value>(arguments.take_front(operandCount));
  state->results =
      llvm::to_vector_of<Value>(arguments.slice(operandCount, signature.getNumResults()));
  state->scratch = arguments[types.size() - 5];
  state->error = arguments[types.size() - 4];
  begin = arguments[types.size() - 3];
  end = arguments[types.size() - 2];
  slot = arguments[types.size() - 1];
  b.setInsertionPointToStart(entry);
}

Body::~Body() = default;

void Body::finish() { func::ReturnOp::create(b); }

Value Body::result(unsigned i) const {
  return func::FuncOp(kernel).getBody().front().getTerminator()->getOperand(i);
}
Value Body::operandBuffer(unsigned i) const { return state->operands[i]; }
Value Body::resultBuffer(unsigned i) const { return state->results[i]; }

Body::Scratch Body::scratch(int64_t bytes, int64_t count, Type memoryType) {
  int64_t size = memoryType.getIntOrFloatBitWidth() / 8;
  Value &view = state->scratchViews[memoryType];
  if (!view) {
    // Another argument for the same entry of the argument block, with elements of this type.
    func::FuncOp function = state->function;
    unsigned entries = function.getNumArguments() - 3;
    for (unsigned i = 0; i < entries; ++i)
      if (!function.getArgAttr(i, "dlc.pointer"))
        function.setArgAttr(i, "dlc.pointer", b.getI64IntegerAttr(i));
    unsigned entry = state->operands.size() + state->results.size();
    auto attributes =
        b.getDictionaryAttr({b.getNamedAttr("dlc.pointer", b.getI64IntegerAttr(entry)),
                             b.getNamedAttr("llvm.noalias", b.getUnitAttr())});
    // What the scratch holds is read and written through one view only, so that views are noalias.
    auto type = MemRefType::get({state->scratchBytes / size}, memoryType);
    (void)function.insertArgument(entries, type, attributes, b.getLoc());
    view = function.getArgument(entries);
  }
  Value start = arith::MulIOp::create(b, slot, index(state->scratchBytes / size));
  return {view, arith::AddIOp::create(b, start, index(bytes / size)), count};
}

// ---------------------------------------------------------------- dimensions and loops

AffineExpr Body::dimension(Value value, int64_t lo, int64_t hi) {
  state->dimensions.push_back({{lo, hi - 1}, value, 1, 0});
  return getAffineDimExpr(state->dimensions.size() - 1, b.getContext());
}

Values Body::loop(LoopBounds bounds, int64_t step, ValueRange initial, LoopBody body) {
  if (bounds.hi <= bounds.lo)
    return Values(initial);
  bool isStatic = !bounds.from && !bounds.to;
  if (isStatic && bounds.hi - bounds.lo <= step) {
    Scope scope(*this);
    return body(constant(bounds.lo), initial);
  }
  Value from = bounds.from ? bounds.from : index(bounds.lo);
  Value to = bounds.to ? bounds.to : index(bounds.hi);
  auto loop = scf::ForOp::create(b, from, to, index(step), initial);
  int64_t offset = bounds.lo % step;
  state->dimensions.push_back(
      {{bounds.lo / step, (bounds.hi - 1 - offset) / step}, loop.getInductionVar(), step, offset});
  AffineExpr d = getAffineDimExpr(state->dimensions.size() - 1, b.getContext());
  OpBuilder::InsertionGuard guard(b);
  Block *block = loop.getBody();
  if (!block->empty())
    block->getTerminator()->erase();
  b.setInsertionPointToEnd(block);
  Scope scope(*this);
  Values next = body(d * step + offset, loop.getRegionIterArgs());
  scf::YieldOp::create(b, next);
  return Values(loop.getResults());
}

void Body::when(Value condition, function_ref<void()> then) {
  auto branch = scf::IfOp::create(b, condition, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  Scope scope(*this);
  then();
}

Body::Lanes::Lanes(Body &body, int64_t count, int64_t live) : body(body) {
  State &state = *body.state;
  state.scopes.push_back(state.mark());
  state.savedLanes.push_back(
      {body.laneCount, body.liveCount, state.laneDimension, state.guardMask});
  state.dimensions.push_back({{0, live - 1}, {}, 1, 0});
  state.laneDimension = state.dimensions.size() - 1;
  state.guardMask = {};
  body.laneCount = count;
  body.liveCount = live;
  // A single lane is a constant, and what depends on it a scalar.
  lane = count == 1 ? body.constant(0) : getAffineDimExpr(state.laneDimension, body.b.getContext());
}

Body::Lanes::~Lanes() {
  State::SavedLanes saved = body.state->savedLanes.pop_back_val();
  body.laneCount = saved.count;
  body.liveCount = saved.live;
  body.state->laneDimension = saved.dimension;
  body.state->guardMask = saved.mask;
  body.forgetScope();
}

Body::Scope::Scope(Body &body) : body(body) { body.state->scopes.push_back(body.state->mark()); }
Body::Scope::~Scope() { body.forgetScope(); }

void Body::forgetScope() {
  State::Mark mark = state->scopes.pop_back_val();
  while (state->knownLog.size() > mark.known)
    state->known[state->knownLog.pop_back_val()].pop_back();
  while (state->checkedLog.size() > mark.checked)
    state->checkedIndices.erase(state->checkedLog.pop_back_val());
  state->keeps.resize(mark.kept);
  state->redirections.resize(mark.redirected);
}

// ---------------------------------------------------------------- expressions

IntegerRange Body::State::rangeOf(AffineExpr e) const {
  if (auto d = dyn_cast<AffineDimExpr>(e))
    return dimensions[d.getPosition()].range;
  return symbols[cast<AffineSymbolExpr>(e).getPosition()].range;
}

LinearForm Body::State::linear(AffineExpr e) const {
  return linearForm(e, [this](AffineExpr atom) { return rangeOf(atom); });
}

bool Body::State::varies(AffineExpr e) const {
  bool found = false;
  e.walk([&](AffineExpr part) {
    if (auto d = dyn_cast<AffineDimExpr>(part))
      found |= static_cast<int>(d.getPosition()) == laneDimension;
    if (auto s = dyn_cast<AffineSymbolExpr>(part))
      found |= isa<VectorType>(symbols[s.getPosition()].value.value.getType());
  });
  return found;
}

AffineExpr Body::simplify(AffineExpr e) const {
  return simplified(e, [this](AffineExpr atom) { return state->rangeOf(atom); });
}
AffineExpr Body::simplifyConstraint(AffineExpr e) const {
  return simplifiedConstraint(e, [this](AffineExpr atom) { return state->rangeOf(atom); });
}
IntegerRange Body::range(AffineExpr e) const {
  return rangeOf(e, [this](AffineExpr atom) { return state->rangeOf(atom); });
}
bool Body::dependsOnLanes(AffineExpr e) const { return state->varies(e); }
bool Body::dependsOnLanes(ArrayRef<AffineExpr> point) const {
  return llvm::any_of(point, [&](AffineExpr e) { return state->varies(e); });
}

Value Body::index(int64_t v) { return arith::ConstantIndexOp::create(b, v); }

// x floordiv c or x mod c of a value that may be negative, by unsigned operations: k c is added
// first, with k such that the sum is not negative.
template <typename Op>
static Value divided(ImplicitLocOpBuilder &b, Value x, int64_t lowest, int64_t divisor,
                     function_ref<Value(int64_t)> number) {
  int64_t k = lowest < 0 ? llvm::divideCeil(static_cast<uint64_t>(-lowest), divisor) : 0;
  if (k)
    x = arith::AddIOp::create(b, x, number(k * divisor));
  Value result = Op::create(b, x, number(divisor));
  if (k && std::is_same_v<Op, arith::DivUIOp>)
    result = arith::SubIOp::create(b, result, number(k));
  return result;
}

Value Body::index(AffineExpr e) {
  LinearForm form = state->linear(e);
  Value sum;
  auto add = [&](Value v, int64_t factor) {
    if (factor != 1)
      v = arith::MulIOp::create(b, v, index(factor));
    sum = sum ? arith::AddIOp::create(b, sum, v).getResult() : v;
  };
  int64_t constant = form.constant;
  for (auto [atom, coefficient] : form.terms) {
    if (auto d = dyn_cast<AffineDimExpr>(atom)) {
      const State::Dimension &dimension = state->dimensions[d.getPosition()];
      assert(dimension.value && "a lane dimension has no scalar value");
      if (coefficient % dimension.scale == 0) {
        int64_t factor = coefficient / dimension.scale;
        constant -= factor * dimension.offset;
        add(dimension.value, factor);
        continue;
      }
      Value v = dimension.value;
      if (dimension.offset)
        v = arith::SubIOp::create(b, v, index(dimension.offset));
      add(arith::DivUIOp::create(b, v, index(dimension.scale)), coefficient);
    } else if (auto s = dyn_cast<AffineSymbolExpr>(atom)) {
      Value v = state->symbols[s.getPosition()].value.value;
      add(arith::IndexCastOp::create(b, b.getIndexType(), v), coefficient);
    } else {
      auto binary = cast<AffineBinaryOpExpr>(atom);
      int64_t divisor = cast<AffineConstantExpr>(binary.getRHS()).getValue();
      int64_t lowest = range(binary.getLHS()).lo;
      auto number = [&](int64_t v) { return index(v); };
      Value x = index(binary.getLHS());
      add(atom.getKind() == AffineExprKind::Mod
              ? divided<arith::RemUIOp>(b, x, lowest, divisor, number)
              : divided<arith::DivUIOp>(b, x, lowest, divisor, number),
          coefficient);
    }
  }
  if (!sum)
    return index(constant);
  return constant ? arith::AddIOp::create(b, sum, index(constant)).getResult() : sum;
}

unsigned Body::State::indexBits(const LinearForm &form) const {
  auto fits = [](IntegerRange r) {
    return r.lo >= std::numeric_limits<int32_t>::min() / 2 &&
           r.hi <= std::numeric_limits<int32_t>::max() / 2;
  };
  auto ranges = [this](AffineExpr atom) { return rangeOf(atom); };
  if (!fits(dlc::rangeOf(form, ranges)))
    return 64;
  for (auto [atom, coefficient] : form.terms) {
    LinearForm one;
    one.terms.push_back({atom, coefficient});
    if (!fits(dlc::rangeOf(one, ranges)))
      return 64;
    if (auto binary = dyn_cast<AffineBinaryOpExpr>(atom))
      if (indexBits(linear(binary.getLHS())) == 64)
        return 64;
  }
  return 32;
}

Value Body::State::indexVector(Body &body, const LinearForm &form, unsigned bits) {
  ImplicitLocOpBuilder &b = body.b;
  int64_t lanes = body.laneCount;
  Type element = b.getIntegerType(bits);
  auto vector = VectorType::get({lanes}, element);
  auto number = [&](int64_t v) -> Value {
    return arith::ConstantOp::create(
        b, DenseElementsAttr::get(vector, static_cast<Attribute>(b.getIntegerAttr(element, v))));
  };
  LinearForm uniform;
  uniform.constant = form.constant;
  Value sum;
  auto add = [&](Value v, int64_t factor) {
    if (factor != 1)
      v = arith::MulIOp::create(b, v, number(factor));
    sum = sum ? arith::AddIOp::create(b, sum, v).getResult() : v;
  };
  for (auto [atom, coefficient] : form.terms) {
    if (!varies(atom)) {
      uniform.terms.push_back({atom, coefficient});
      continue;
    }
    if (isa<AffineDimExpr>(atom)) {
      SmallVector<APInt> steps;
      for (int64_t i = 0; i < lanes; ++i)
        steps.push_back(APInt(bits, i * coefficient, true, true));
      add(arith::ConstantOp::create(b, DenseElementsAttr::get(vector, steps)), 1);
    } else if (auto s = dyn_cast<AffineSymbolExpr>(atom)) {
      Value v = symbols[s.getPosition()].value.value;
      unsigned width = getElementTypeOrSelf(v.getType()).getIntOrFloatBitWidth();
      if (width < bits)
        v = arith::ExtUIOp::create(b, vector, v);
      else if (width > bits)
        v = arith::TruncIOp::create(b, vector, v);
      add(v, coefficient);
    } else {
      auto binary = cast<AffineBinaryOpExpr>(atom);
      int64_t divisor = cast<AffineConstantExpr>(binary.getRHS()).getValue();
      int64_t lowest = body.range(binary.getLHS()).lo;
      Value x = indexVector(body, linear(binary.getLHS()), bits);
      add(atom.getKind() == AffineExprKind::Mod
              ? divided<arith::RemUIOp>(b, x, lowest, divisor, number)
              : divided<arith::DivUIOp>(b, x, lowest, divisor, number),
          coefficient);
    }
  }
  if (uniform.terms.empty())
    return sum ? uniform.constant ? arith::AddIOp::create(b, sum, number(uniform.constant)) : sum
               : number(uniform.constant);
  Value scalar = body.index(expression(uniform, b.getContext()));
  scalar = arith::IndexCastOp::create(b, element, scalar);
  Value rest = splat(b, scalar, lanes);
  return sum ? arith::AddIOp::create(b, sum, rest).getResult() : rest;
}

Scalar Body::indexScalar(AffineExpr e, unsigned bits) {
  LinearForm form = state->linear(e);
  if (!state->varies(e))
    return {&b, arith::IndexCastOp::create(b, b.getIntegerType(bits), index(e)), false};
  return {&b, state->indexVector(*this, form, bits), false};
}
