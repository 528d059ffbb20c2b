// The walk of Body::pull on expressions, and what it says about loops.
#include "Cpu/Body/Analysis.h"
#include "Cpu/Body/Body.h"
#include <numeric>

using namespace mlir;
using namespace dlc;

/// Reads and operations after which a kernel is too large to be worth compiling as one.
static constexpr unsigned stepLimit = 4000;

AffineExpr Analysis::dimension(int64_t lo, int64_t hi) {
  ranges.push_back({lo, hi - 1});
  return getAffineDimExpr(ranges.size() - 1, context);
}
void Analysis::adopt(unsigned dimensions, unsigned symbols, RangeOf rangeOf) {
  for (unsigned i = 0; i < dimensions; ++i)
    ranges.push_back(rangeOf(getAffineDimExpr(i, context)));
  for (unsigned i = 0; i < symbols; ++i)
    symbolRanges.push_back(rangeOf(getAffineSymbolExpr(i, context)));
}
void Analysis::setRange(AffineExpr dimension, int64_t lo, int64_t hi) {
  ranges[cast<AffineDimExpr>(dimension).getPosition()] = {lo, hi - 1};
}
IntegerRange Analysis::rangeOf(AffineExpr e) const {
  if (auto d = dyn_cast<AffineDimExpr>(e))
    return ranges[d.getPosition()];
  return symbolRanges[cast<AffineSymbolExpr>(e).getPosition()];
}
IntegerRange Analysis::range(AffineExpr e) const {
  return dlc::rangeOf(e, [this](AffineExpr atom) { return rangeOf(atom); });
}
AffineExpr Analysis::simplify(AffineExpr e) const {
  return simplified(e, [this](AffineExpr atom) { return rangeOf(atom); });
}
LinearForm Analysis::linear(AffineExpr e) const {
  return linearForm(e, [this](AffineExpr atom) { return rangeOf(atom); });
}

AffineExpr Analysis::simplify(const Constraint &constraint, AffineExpr e) const {
  if (constraint.isEquality)
    return simplify(e);
  return simplifiedConstraint(e, [this](AffineExpr atom) { return rangeOf(atom); });
}

const ReferenceForm &Analysis::form(Operation *op) {
  std::unique_ptr<ReferenceForm> &form = forms[op];
  if (!form)
    form = std::make_unique<ReferenceForm>(cast<ReferenceOpInterface>(op).referenceForm());
  return *form;
}

void Analysis::countType(Type element) {
  if (isa<FloatType>(element))
    floatBits = std::max(floatBits, element.isF64() ? 64u : 32u);
  else
    integerBits = std::max(integerBits, memoryType(element).getIntOrFloatBitWidth());
}

bool Analysis::visit(Value value, ArrayRef<AffineExpr> at) {
  if (++steps > stepLimit)
    return false;
  Point point;
  for (AffineExpr e : at)
    point.push_back(simplify(e));
  auto &before = visited[value];
  for (auto &[p, inReduction] : before)
    if (p == point && (inReduction == reduction || inReduction == -1))
      return true;
  before.push_back({point, reduction});
  if (reduction == -1)
    seen.push_back({value, point});
  RankedTensorType type = tensorType(value);
  Operation *op = value.getDefiningOp();
  if (!op || op->hasTrait<OpTrait::ConstantLike>()) {
    DenseElementsAttr elements;
    if (op && matchPattern(op, m_Constant(&elements)) && elements.isSplat())
      return true;
    countType(type.getElementType());
    accesses.push_back(
        {value, simplify(rowMajor(point, type.getShape(), context)), reduction, times, guarded});
    return true;
  }
  if (!isa<ReferenceOpInterface>(op))
    return false;
  if (!op->hasTrait<MovementOp>()) {
    countType(type.getElementType());
    double weight = op->hasTrait<ExpensiveOp>() ? 16 : 1;
    double inner = 1;
    for (int64_t extent : ArrayRef(form(op).extents).drop_front(form(op).parallel))
      inner *= extent;
    operations += times * weight;
    work.push_back({op, point, reduction, times, weight * inner});
  }
  if (op->hasTrait<ExpensiveOp>())
    expensive.push_back({value, point, reduction, guarded});
  const ReferenceForm &f = form(op);
  if (!f.isReduction())
    return visitBody(op, point);
  // One element is reduced to itself, so that nothing is gained by doing it anywhere else.
  auto isOne = [](int64_t extent) { return extent == 1; };
  if (llvm::all_of(ArrayRef(f.extents).drop_front(f.parallel), isOne)) {
    SmallVector<AffineExpr> loops(point);
    loops.resize(f.extents.size(), getAffineConstantExpr(0, context));
    return visitBody(op, loops);
  }
  Reduction entry{op, point, {}, reduction, guarded, times};
  SmallVector<AffineExpr> loops(point);
  double around = times;
  for (int64_t extent : ArrayRef(f.extents).drop_front(f.parallel)) {
    entry.loops.push_back(dimension(0, extent));
    loops.push_back(entry.loops.back());
    times *= extent;
  }
  int outer = reduction;
  reductions.push_back(entry);
  reduction = reductions.size() - 1;
  bool ok = visitBody(op, loops);
  reduction = outer;
  times = around;
  return ok;
}

bool Analysis::visitBody(Operation *op, ArrayRef<AffineExpr> loops) {
  const ReferenceForm &f = form(op);
  SmallVector<AffineExpr> own(loops);
  if (f.usesIndices)
    for (AffineExpr e : own)
      indices.push_back(simplify(e));
  for (const Read &read : f.reads) {
    Value operand = op->getOperand(read.operand);
    ArrayRef<int64_t> shape = tensorType(operand).getShape();
    SmallVector<AffineExpr> symbols(read.symbols.size());
    Point point;
    for (auto [d, e] : llvm::enumerate(read.map.getResults())) {
      if (std::optional<SymbolUse> use = symbolUse(e, f.extents)) {
        hasIndirection = true;
        // Which dimensions an index depends on is those of the read that gives it; they are kept
        // apart by a symbol, so that accesses know that they are not linear.
        symbolRanges.push_back({0, std::max<int64_t>(shape[d] - use->reach - 1, 1)});
        symbols[use->symbol] = getAffineSymbolExpr(symbolRanges.size() - 1, context);
      }
      point.push_back(e.replaceDimsAndSymbols(own, symbols));
    }
    bool outerGuarded = guarded, never = false;
    if (IntegerSet set = read.guard; set)
      for (unsigned i = 0; i < read.guard.getNumConstraints(); ++i) {
        AffineExpr e = simplify(read.guard.getConstraint(i).replaceDims(own));
        IntegerRange r = range(e);
        bool isEquality = read.guard.isEq(i);
        if (isEquality ? r.lo == 0 && r.hi == 0 : r.lo >= 0)
          continue;
        if (r.hi < 0 || (isEquality && r.lo > 0))
          never = true;
        guarded = true;
        Constraint constraint{e, isEquality};
        constraint.expression = simplify(constraint, e);
        constraints.push_back(constraint);
      }
    bool ok = never || visit(operand, point);
    guarded = outerGuarded;
    if (!ok)
      return false;
  }
  return true;
}

void Analysis::forEachExpression(function_ref<void(AffineExpr &)> f) {
  for (Access &a : accesses)
    f(a.position);
  for (Constraint &c : constraints)
    f(c.expression);
  for (AffineExpr &e : indices)
    f(e);
}

void Analysis::forEachPoint(llvm::function_ref<void(AffineExpr &)> f) {
  for (Reduction &r : reductions)
    llvm::for_each(r.point, f);
  for (Expensive &e : expensive)
    llvm::for_each(e.point, f);
  for (Work &w : work)
    llvm::for_each(w.point, f);
  for (auto &[value, point] : seen)
    llvm::for_each(point, f);
}

void Analysis::substitute(AffineExpr dimension, AffineExpr by) {
  auto change = [&](AffineExpr &e) { e = simplify(e.replace(dimension, by)); };
  forEachExpression(change);
  forEachPoint(change);
}

unsigned Analysis::nonlinearUses(AffineExpr dimension) const {
  unsigned position = cast<AffineDimExpr>(dimension).getPosition(), count = 0;
  const_cast<Analysis *>(this)->forEachExpression(
      [&](AffineExpr &e) { count += linear(e).isNonlinearIn(position); });
  return count;
}

SmallVector<int64_t> Analysis::divisors(AffineExpr dimension, int64_t extent) const {
  unsigned position = cast<AffineDimExpr>(dimension).getPosition();
  SmallVector<int64_t> found;
  auto consider = [&](AffineExpr part) {
    auto binary = dyn_cast<AffineBinaryOpExpr>(part);
    if (!binary || !part.isFunctionOfDim(position) ||
        (part.getKind() != AffineExprKind::Mod && part.getKind() != AffineExprKind::FloorDiv))
      return;
    int64_t divisor = cast<AffineConstantExpr>(binary.getRHS()).getValue();
    int64_t coefficient = linear(binary.getLHS()).coefficient(dimension);
    if (coefficient)
      divisor /= std::gcd(divisor, coefficient);
    if (divisor > 1 && divisor < extent && extent % divisor == 0 &&
        !llvm::is_contained(found, divisor))
      found.push_back(divisor);
  };
  const_cast<Analysis *>(this)->forEachExpression([&](AffineExpr &e) { e.walk(consider); });
  llvm::sort(found);
  return found;
}

bool Analysis::merge(AffineExpr i, AffineExpr j, int64_t extentOfI, int64_t extentOfJ,
                     AffineExpr &merged) {
  merged = dimension(0, extentOfI * extentOfJ);
  AffineExpr quotient = merged.floorDiv(extentOfJ), rest = merged % extentOfJ;
  unsigned position = cast<AffineDimExpr>(merged).getPosition();
  bool isLinear = true;
  auto both = [&](AffineExpr e) { return simplify(e.replace({{i, quotient}, {j, rest}})); };
  auto check = [&](AffineExpr e) { isLinear = isLinear && !linear(e).isNonlinearIn(position); };
  for (const Access &access : accesses)
    check(both(access.position));
  for (AffineExpr e : indices)
    check(both(e));
  for (const Constraint &constraint : constraints)
    check(simplify(constraint, both(constraint.expression)));
  if (!isLinear)
    return false;
  auto change = [&](AffineExpr &e) { e = both(e); };
  forEachExpression(change);
  for (Constraint &constraint : constraints)
    constraint.expression = simplify(constraint, constraint.expression);
  forEachPoint(change);
  return true;
}

double dlc::strideCost(int64_t stride, int64_t lanes) {
  switch (std::abs(stride)) {
  case 1:
    return 1;
  case 2:
    return 2.5;
  default: // vectors and the shuffles that take lanes from them, or lane by lane
    return static_cast<double>(std::min(lanes, 2 * std::abs(stride)));
  }
}

double Analysis::vectorCost(AffineExpr dimension, int64_t lanes) const {
  unsigned position = cast<AffineDimExpr>(dimension).getPosition();
  double cost = 0;
  for (const Access &access : accesses) {
    LinearForm form = linear(access.position);
    bool isIndirect =
        llvm::any_of(form.terms, [](auto &t) { return isa<AffineSymbolExpr>(t.first); });
    int64_t stride = std::abs(form.coefficient(dimension));
    // An index from data that may depend on this dimension is counted where it is read.
    double each = form.isNonlinearIn(position) ? 1.5 * lanes
                  : stride == 0                ? (isIndirect ? 0.5 : 0.25)
                                               : strideCost(stride, lanes);
    cost += access.times * each;
  }
  return cost;
}
