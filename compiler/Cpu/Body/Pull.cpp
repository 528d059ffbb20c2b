// Values at points: arguments are loads, everything else its reference form.
#include "Cpu/Body/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

const ReferenceForm &Body::State::form(Operation *op) {
  std::unique_ptr<ReferenceForm> &form = forms[op];
  if (!form)
    form = std::make_unique<ReferenceForm>(cast<ReferenceOpInterface>(op).referenceForm());
  return *form;
}

const Scalar *Body::State::find(Value value, ArrayRef<AffineExpr> point) const {
  auto found = known.find(value);
  if (found == known.end())
    return nullptr;
  for (const Known &entry : llvm::reverse(found->second))
    if (ArrayRef(entry.point) == point)
      return &entry.scalar;
  return nullptr;
}

static Point simplifiedPoint(const Body &body, ArrayRef<AffineExpr> point) {
  Point result;
  for (AffineExpr e : point)
    result.push_back(body.simplify(e));
  return result;
}

void Body::bind(Value value, ArrayRef<AffineExpr> point, Scalar scalar) {
  state->known[value].push_back({simplifiedPoint(*this, point), scalar});
  state->knownLog.push_back(value);
}

// ---------------------------------------------------------------- kept values

void Body::keep(ArrayRef<Keep> values) {
  for (const Keep &keep : values) {
    Keep placed = keep;
    int64_t count = keep.lanes;
    for (auto [e, extent] : llvm::zip_equal(placed.outer, tensorType(keep.value).getShape()))
      if (e)
        e = simplify(e);
      else
        count *= extent;
    Type element = registerType(tensorType(keep.value).getElementType());
    // (A single live lane is a constant; sweeps then have lanes of their own.)
    AffineExpr lane;
    if (keep.lanes > 1)
      lane = simplify(getAffineDimExpr(state->laneDimension, b.getContext()));
    state->keeps.push_back({placed, scratch(keep.scratchBytes, count, element), lane, false});
  }
}

void Body::kept() {
  for (State::Kept &kept : state->keeps)
    kept.isWritten = true;
}

const Body::State::Kept *Body::State::findKept(Value value, ArrayRef<AffineExpr> point) const {
  for (const Kept &kept : keeps) {
    bool same = kept.keep.value == value;
    for (size_t i = 0; same && i < point.size(); ++i)
      same = !kept.keep.outer[i] || kept.keep.outer[i] == point[i];
    if (same)
      return &kept;
  }
  return nullptr;
}

static AffineExpr keptPosition(const Body::State::Kept &kept, Value value,
                               ArrayRef<AffineExpr> point) {
  SmallVector<AffineExpr> inner;
  SmallVector<int64_t> shape;
  for (auto [e, outer, extent] :
       llvm::zip_equal(point, kept.keep.outer, tensorType(value).getShape()))
    if (!outer) {
      inner.push_back(e);
      shape.push_back(extent);
    }
  AffineExpr position = rowMajor(inner, shape, value.getContext());
  return kept.lane ? position * kept.keep.lanes + kept.lane : position;
}

Scalar Body::pull(Value value, ArrayRef<AffineExpr> at) {
  Point point = simplifiedPoint(*this, at);
  if (const Scalar *found = state->find(value, point))
    return *found;
  Scalar scalar = state->compute(*this, value, point);
  if (const State::Kept *kept = state->findKept(value, point);
      kept && !kept->isWritten && !state->guardMask)
    store(kept->scratch.buffer, keptPosition(*kept, value, point), scalar.value,
          kept->scratch.start);
  if (!state->find(value, point))
    bind(value, point, scalar);
  return scalar;
}

Scalar Body::State::compute(Body &body, Value value, ArrayRef<AffineExpr> point) {
  RankedTensorType type = tensorType(value);
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    AffineExpr position = rowMajor(point, type.getShape(), body.b.getContext());
    return body.toRegisters(body.load(operands[argument.getArgNumber()], position),
                            type.getElementType());
  }
  if (const Kept *kept = findKept(value, point); kept && kept->isWritten) {
    Value v =
        body.load(kept->scratch.buffer, keptPosition(*kept, value, point), kept->scratch.start);
    return {&body.b, v, isUnsignedElement(type.getElementType())};
  }
  Operation *op = value.getDefiningOp();
  if (op->hasTrait<OpTrait::ConstantLike>())
    return tableElement(body, op, point);
  if (form(op).isReduction())
    body.reduce(Reduction{op, Point(point)});
  else
    rememberResults(body, op, point, evaluate(body, op, point));
  return *find(value, point);
}

void Body::State::rememberResults(Body &body, Operation *op, ArrayRef<AffineExpr> point,
                                  ArrayRef<Scalar> values) {
  bool exact = op->hasTrait<ExactOnStorage>();
  for (auto [result, scalar] : llvm::zip_equal(op->getResults(), values)) {
    Type element = tensorType(result).getElementType();
    Scalar held = exact ? scalar : roundToStorage(scalar, element);
    held.isUnsigned = isUnsignedElement(element);
    body.bind(result, point, held);
  }
}

// ---------------------------------------------------------------- constants

Scalar Body::State::constant(Body &body, TypedAttr value, Type element) {
  ImplicitLocOpBuilder &b = body.b;
  Type type = registerType(element);
  TypedAttr attribute;
  if (!value)
    attribute = b.getZeroAttr(type);
  else if (auto number = dyn_cast<FloatAttr>(value))
    attribute = FloatAttr::get(type, number.getValueAsDouble());
  else
    attribute = IntegerAttr::get(type, cast<IntegerAttr>(value).getValue());
  return {&b, arith::ConstantOp::create(b, attribute), isUnsignedElement(element)};
}

Scalar Body::State::tableElement(Body &body, Operation *op, ArrayRef<AffineExpr> point) {
  ImplicitLocOpBuilder &b = body.b;
  DenseElementsAttr elements;
  matchPattern(op, m_Constant(&elements));
  Type element = elements.getElementType();
  if (elements.isSplat())
    return constant(body, cast<TypedAttr>(elements.getSplatValue<Attribute>()), element);
  Value &table = tables[op];
  if (!table) {
    // A private array of the object, in memory form.
    auto type = MemRefType::get({elements.getNumElements()}, memoryType(element));
    auto data = RankedTensorType::get(type.getShape(), type.getElementType());
    Literal literal = Literal::from(elements);
    std::string name = (function.getName() + ".table" + llvm::utostr(tables.size() - 1)).str();
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(function);
    memref::GlobalOp::create(b, name, b.getStringAttr("private"), type,
                             DenseElementsAttr::getFromRawBuffer(data, literal.bytes),
                             /*constant=*/true, IntegerAttr());
    b.setInsertionPointToStart(&function.getBody().front());
    table = memref::GetGlobalOp::create(b, type, name);
  }
  AffineExpr position = rowMajor(point, elements.getType().getShape(), b.getContext());
  return body.toRegisters(body.load(table, position), element);
}

// ---------------------------------------------------------------- reference forms

static void broadcastTogether(Body &body, MutableArrayRef<Scalar> a, MutableArrayRef<Scalar> c) {
  auto isVector = [](const Scalar &s) { return isa<VectorType>(s.value.getType()); };
  if (llvm::none_of(a, isVector) && llvm::none_of(c, isVector))
    return;
  for (Scalar &s : a)
    s = body.vectorOf(s);
  for (Scalar &s : c)
    s = body.vectorOf(s);
}

bool Body::State::hasNarrowIndices(Operation *op) {
  auto is64 = [](Type type) { return getElementTypeOrSelf(type).isInteger(64); };
  bool small = llvm::all_of(form(op).extents, [](int64_t e) { return e < (1 << 24); });
  return small && llvm::none_of(op->getOperandTypes(), [&](Type type) {
           return is64(memoryType(getElementTypeOrSelf(type)));
         });
}

Scalars Body::State::evaluate(Body &body, Operation *op, ArrayRef<AffineExpr> loops) {
  const ReferenceForm &f = form(op);
  if (f.piecewise) {
    SmallVector<const Read *> all;
    for (const Read &r : f.reads)
      all.push_back(&r);
    return {pieces(body, op, all, loops)};
  }
  Scalars reads, indices;
  for (const Read &r : f.reads)
    reads.push_back(read(body, op, r, loops, reads));
  if (f.usesIndices)
    for (AffineExpr e : loops)
      indices.push_back(body.indexScalar(e, hasNarrowIndices(op) ? 32 : 64));
  if (!f.body)
    return {reads[0]};
  broadcastTogether(body, reads, indices);
  return f.body(body.b, reads, indices);
}

namespace {
/// What is known of a guard at a point: it holds where `scalar` (null: always) and the lanes of
/// `mask` (null: all) and `whole` (null: all) do. Lanes of `mask` only have an element, too:
/// `whole` says where a quotient, which is read rounded down, leaves no rest.
struct Guard {
  bool never = false;
  Value scalar, mask, whole;
  bool always() const { return !never && !scalar && !mask && !whole; }
};
} // namespace

static bool isRest(AffineExpr e) { return e.getKind() == AffineExprKind::Mod; }

static Guard guardAt(Body &body, IntegerSet set, ArrayRef<AffineExpr> loops,
                     function_ref<Value(AffineExpr)> vectorIndex) {
  ImplicitLocOpBuilder &b = body.b;
  Guard guard;
  if (!set)
    return guard;
  for (unsigned i = 0; i < set.getNumConstraints(); ++i) {
    bool isEquality = set.isEq(i);
    AffineExpr e = set.getConstraint(i).replaceDims(loops);
    e = isEquality ? body.simplify(e) : body.simplifyConstraint(e);
    IntegerRange range = body.range(e);
    if (isEquality ? range.lo == 0 && range.hi == 0 : range.lo >= 0)
      continue;
    if (range.hi < 0 || (isEquality && range.lo > 0)) {
      guard.never = true;
      return guard;
    }
    bool varies = body.dependsOnLanes(e);
    bool ofRest = isEquality && isRest(set.getConstraint(i));
    Value &condition = !varies ? guard.scalar : ofRest ? guard.whole : guard.mask;
    Value x = varies ? vectorIndex(e) : body.index(e);
    auto predicate = isEquality ? arith::CmpIPredicate::eq : arith::CmpIPredicate::sge;
    Value holds = arith::CmpIOp::create(b, predicate, x, zero(b, x.getType()));
    condition = condition ? arith::AndIOp::create(b, condition, holds).getResult() : holds;
  }
  return guard;
}

Scalar Body::State::branch(Body &body, Value condition, function_ref<Scalar()> then,
                           function_ref<Scalar()> otherwise) {
  ImplicitLocOpBuilder &b = body.b;
  // The types of the values are known when the branches are built, so the op is built last.
  auto draft = scf::IfOp::create(b, TypeRange{}, condition, /*addThenBlock=*/true,
                                 /*addElseBlock=*/true);
  auto fill = [&](Block *block, function_ref<Scalar()> value) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToEnd(block);
    Body::Scope scope(body);
    return value();
  };
  Scalar yes = fill(draft.thenBlock(), then), no = fill(draft.elseBlock(), otherwise);
  bool isVector = isa<VectorType>(yes.value.getType()) || isa<VectorType>(no.value.getType());
  auto yield = [&](Block *block, Scalar &s) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToEnd(block);
    if (isVector)
      s = body.vectorOf(s);
    scf::YieldOp::create(b, s.value);
  };
  yield(draft.thenBlock(), yes);
  yield(draft.elseBlock(), no);
  b.setInsertionPointAfter(draft);
  auto built = scf::IfOp::create(b, TypeRange{yes.value.getType()}, condition, false, false);
  built.getThenRegion().takeBody(draft.getThenRegion());
  built.getElseRegion().takeBody(draft.getElseRegion());
  draft.erase();
  b.setInsertionPointAfter(built);
  return yes.with(built.getResult(0));
}

// The value where the guard holds for the lanes of `mask` and `whole`, `otherwise` elsewhere.
static Scalar masked(Body &body, Value &current, Value mask, Value whole,
                     function_ref<Scalar()> value, function_ref<Scalar()> otherwise) {
  ImplicitLocOpBuilder &b = body.b;
  Value outer = current;
  auto both = [&](Value x, Value y) {
    return x && y ? arith::AndIOp::create(b, x, y).getResult() : x ? x : y;
  };
  auto within = [&](Value m, function_ref<Scalar()> f) {
    Body::Scope scope(body);
    current = both(outer, m);
    Scalar s = body.vectorOf(f());
    current = outer;
    return s;
  };
  Scalar yes = within(mask, value);
  mask = both(mask, whole);
  Value not_ = arith::XOrIOp::create(
      b, mask,
      arith::ConstantOp::create(b, DenseElementsAttr::get(cast<VectorType>(mask.getType()), true)));
  Scalar no = within(not_, otherwise);
  return yes.with(arith::SelectOp::create(b, mask, yes.value, no.value));
}

Scalar Body::State::read(Body &body, Operation *op, const Read &r, ArrayRef<AffineExpr> loops,
                         ArrayRef<Scalar> earlier) {
  Guard guard = guardAt(body, r.guard, loops, [&](AffineExpr e) {
    LinearForm f = linear(e);
    return indexVector(body, f, indexBits(f));
  });
  Type element = tensorType(op->getOperand(r.operand)).getElementType();
  auto inside = [&] { return readUnguarded(body, op, r, loops, earlier); };
  auto outside = [&] { return constant(body, r.outside, element); };
  if (guard.never)
    return outside();
  auto ofLanes = [&] {
    return guard.mask || guard.whole
               ? masked(body, guardMask, guard.mask, guard.whole, inside, outside)
               : inside();
  };
  return guard.scalar ? branch(body, guard.scalar, ofLanes, outside) : ofLanes();
}

// Exactly one of the reads has an element at each index.
Scalar Body::State::pieces(Body &body, Operation *op, ArrayRef<const Read *> reads,
                           ArrayRef<AffineExpr> loops) {
  const Read &first = *reads.front();
  Guard guard = guardAt(body, first.guard, loops, [&](AffineExpr e) {
    LinearForm f = linear(e);
    return indexVector(body, f, indexBits(f));
  });
  if (guard.never && reads.size() > 1)
    return pieces(body, op, reads.drop_front(), loops);
  auto inside = [&] { return readUnguarded(body, op, first, loops, {}); };
  // What the other guards exclude needs no test, and the lanes that are left are masked already.
  if (guard.always() || reads.size() == 1)
    return inside();
  auto others = [&] { return pieces(body, op, reads.drop_front(), loops); };
  auto ofLanes = [&] {
    return guard.mask || guard.whole
               ? masked(body, guardMask, guard.mask, guard.whole, inside, others)
               : inside();
  };
  return guard.scalar ? branch(body, guard.scalar, ofLanes, others) : ofLanes();
}

Scalar Body::State::readUnguarded(Body &body, Operation *op, const Read &r,
                                  ArrayRef<AffineExpr> loops, ArrayRef<Scalar> earlier) {
  Value operand = op->getOperand(r.operand);
  ArrayRef<int64_t> shape = tensorType(operand).getShape();
  SmallVector<AffineExpr> indices(r.symbols.size());
  Point point;
  for (auto [d, e] : llvm::enumerate(r.map.getResults())) {
    if (std::optional<SymbolUse> use = symbolUse(e, form(op).extents))
      indices[use->symbol] =
          checkedIndex(body, earlier[r.symbols[use->symbol]], shape[d] - use->reach);
    point.push_back(e.replaceDimsAndSymbols(loops, indices));
  }
  return body.pull(operand, point);
}
