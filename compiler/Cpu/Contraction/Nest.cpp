// Reads the nest from the contraction's reference form and sorts its loops.
#include "Cpu/Contraction/Nest.h"
#include "Cpu/Body/Weight.h"
#include "Cpu/Contraction/Columns.h"
#include "Cpu/Contraction/Surroundings.h"

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- small questions

static bool dependsOn(AffineExpr e, unsigned loop) { return e.isFunctionOfDim(loop); }

bool ContractionNest::Side::has(unsigned loop) const {
  return llvm::any_of(index, [&](AffineExpr e) { return dependsOn(e, loop); });
}

int64_t ContractionNest::Side::stride(unsigned loop) const {
  for (auto [atom, coefficient] : position.terms)
    if (auto d = dyn_cast<AffineDimExpr>(atom); d && d.getPosition() == loop)
      return coefficient;
  return 0;
}

int64_t ContractionNest::rowCount() const {
  int64_t count = 1;
  for (int loop : rows)
    count *= extent(loop);
  return count;
}

int64_t ContractionNest::depth() const {
  int64_t count = 1;
  for (const Loop &loop : loops)
    count *= loop.isReduction ? loop.extent : 1;
  return count;
}

SmallVector<int> ContractionNest::panelLoops() const {
  SmallVector<int> found;
  for (int loop : llvm::concat<const int>(outer, rows))
    if (sides[columnSide].has(loop))
      found.push_back(loop);
  return found;
}

bool ContractionNest::isConstrained(int loop) const {
  return llvm::any_of(constraints, [&](const Constraint &c) {
    return llvm::any_of(c.form.terms, [&](auto term) { return dependsOn(term.first, loop); });
  });
}

bool ContractionNest::isComputed(unsigned side) const {
  SmallVector<Value> open{sides[side].value};
  while (!open.empty()) {
    Operation *op = open.pop_back_val().getDefiningOp();
    if (!op || op->hasTrait<OpTrait::ConstantLike>())
      continue;
    if (!op->hasTrait<MovementOp>())
      return true;
    llvm::append_range(open, op->getOperands());
  }
  return false;
}

double ContractionNest::endInstructions() const {
  SmallPtrSet<Operation *, 16> before{op};
  SmallVector<Value> open{sides[0].value, sides[1].value};
  while (!open.empty())
    if (Operation *definition = open.pop_back_val().getDefiningOp())
      if (before.insert(definition).second)
        llvm::append_range(open, definition->getOperands());
  double count = 0;
  for (Operation &other : *op->getBlock())
    if (!before.contains(&other))
      count += instructionCount(&other);
  return count;
}

static IntegerRange loopRange(ArrayRef<ContractionNest::Loop> loops, AffineExpr e) {
  return {0, loops[cast<AffineDimExpr>(e).getPosition()].extent - 1};
}

LinearForm ContractionNest::linear(AffineExpr e) const {
  return linearForm(e, [&](AffineExpr atom) { return loopRange(loops, atom); });
}
AffineExpr ContractionNest::simplify(AffineExpr e) const {
  return simplified(e, [&](AffineExpr atom) { return loopRange(loops, atom); });
}

static AffineExpr position(ArrayRef<AffineExpr> point, ArrayRef<int64_t> shape,
                           MLIRContext *context) {
  AffineExpr e = getAffineConstantExpr(0, context);
  for (auto [index, extent] : llvm::zip_equal(point, shape))
    e = e * extent + index;
  return e;
}

int64_t ContractionNest::resultStride(unsigned loop) const {
  MLIRContext *context = op->getContext();
  auto kernel = op->getParentOfType<func::FuncOp>();
  Value stored = kernel.getBody().front().getTerminator()->getOperand(0);
  LinearForm form = linear(::position(stores[0], tensorType(stored).getShape(), context));
  return form.coefficient(getAffineDimExpr(loop, context));
}

// ---------------------------------------------------------------- loops

namespace {
struct NestBuilder {
  ContractionNest nest;
  MLIRContext *context;
  /// Constraints on the left side's index.
  SmallVector<std::pair<AffineExpr, bool>> guards{};

  AffineExpr dim(unsigned loop) const { return getAffineDimExpr(loop, context); }
  AffineExpr number(int64_t v) const { return getAffineConstantExpr(v, context); }

  /// Everything in which loops appear.
  void forEachExpression(function_ref<void(AffineExpr &)> visit) {
    for (ContractionNest::Side &side : nest.sides)
      for (AffineExpr &e : side.index)
        visit(e);
    for (AffineExpr &e : nest.result)
      visit(e);
    for (Point &point : nest.stores)
      for (AffineExpr &e : point)
        visit(e);
    for (auto &[e, isEquality] : guards)
      visit(e);
  }

  void simplifyAll() {
    forEachExpression([&](AffineExpr &e) { e = nest.simplify(e); });
  }

  /// The loop of the result that a quotient or a rest takes apart, and by what: o floordiv 4 in a
  /// grouped convolution, or where heads are stored apart.
  std::optional<std::pair<unsigned, int64_t>> quotient() {
    std::optional<std::pair<unsigned, int64_t>> found;
    auto look = [&](AffineExpr part) {
      auto binary = dyn_cast<AffineBinaryOpExpr>(part);
      if (!binary ||
          (part.getKind() != AffineExprKind::FloorDiv && part.getKind() != AffineExprKind::Mod))
        return;
      auto d = dyn_cast<AffineDimExpr>(binary.getLHS());
      auto divisor = dyn_cast<AffineConstantExpr>(binary.getRHS());
      if (d && divisor && nest.extent(d.getPosition()) % divisor.getValue() == 0)
        found = {d.getPosition(), divisor.getValue()};
    };
    for (ContractionNest::Side &side : nest.sides)
      for (AffineExpr e : side.index)
        e.walk(look);
    for (Point &point : nest.stores)
      for (AffineExpr e : point)
        e.walk(look);
    return found;
  }

  /// loop -> outer * divisor + inner.
  void split(unsigned loop, int64_t divisor) {
    unsigned inner = nest.loops.size();
    nest.loops.push_back({divisor, nest.loops[loop].isReduction});
    nest.loops[loop].extent /= divisor;
    replace(loop, dim(loop) * divisor + dim(inner));
  }
  void replace(unsigned loop, AffineExpr by) {
    DenseMap<AffineExpr, AffineExpr> map{{dim(loop), by}};
    forEachExpression([&](AffineExpr &e) { e = e.replace(map); });
    simplifyAll();
  }

  void finishSides() {
    for (ContractionNest::Side &side : nest.sides)
      side.position = nest.linear(position(side.index, tensorType(side.value).getShape(), context));
    for (auto [e, isEquality] : guards)
      nest.constraints.push_back({nest.linear(e), isEquality});
  }

  /// Whether loops a (outer) and b run as one: everything is linear in a * extent(b) + b.
  bool mergeable(int a, int b) const {
    auto joint = [&](int64_t strideOfA, int64_t strideOfB) {
      return strideOfA == strideOfB * nest.extent(b);
    };
    return !nest.isConstrained(a) && !nest.isConstrained(b) &&
           joint(nest.sides[0].stride(a), nest.sides[0].stride(b)) &&
           joint(nest.sides[1].stride(a), nest.sides[1].stride(b)) &&
           joint(nest.resultStride(a), nest.resultStride(b));
  }

  bool isRowCandidate(int i) const {
    return !nest.loops[i].isReduction && i != nest.columns && nest.extent(i) > 1 &&
           (nest.columnsAreReduced() || !nest.sides[nest.columnSide].has(i));
  }

  /// The innermost loop that may be rows (the longest, where lanes lie along the depth), and those
  /// outside it that run on.
  void chooseRows() {
    int count = nest.loops.size(), start = -1;
    for (int i = count - 1; i >= 0; --i)
      if (isRowCandidate(i) &&
          (start < 0 || (nest.columnsAreReduced() && nest.extent(i) > nest.extent(start))))
        start = i;
    for (int i = start; i >= 0; --i)
      if (isRowCandidate(i) && (nest.rows.empty() || mergeable(i, nest.rows.front())))
        nest.rows.insert(nest.rows.begin(), i);
  }

  void sortRest() {
    for (int i = 0, e = nest.loops.size(); i < e; ++i) {
      if (i == nest.columns || llvm::is_contained(nest.rows, i) || nest.extent(i) == 1)
        continue;
      (nest.loops[i].isReduction ? nest.reductions : nest.outer).push_back(i);
    }
    // Innermost is what moves least in the rows' side; guarded loops stay outside.
    const ContractionNest::Side &walked = nest.sides[1 - nest.columnSide];
    llvm::sort(nest.reductions, [&](int a, int b) {
      return std::make_pair(-std::abs(walked.stride(a)), a) <
             std::make_pair(-std::abs(walked.stride(b)), b);
    });
  }
};
} // namespace

/// One loop of the window against at most one of the result: what tiles can bound. (Transposed
/// convolutions with strides have equalities.)
static bool isWindow(const ContractionNest &nest, const ContractionNest::Constraint &constraint) {
  int reduced = 0, kept = 0;
  for (auto [atom, coefficient] : constraint.form.terms) {
    auto loop = dyn_cast<AffineDimExpr>(atom);
    if (!loop)
      return false;
    ++(nest.loops[loop.getPosition()].isReduction ? reduced : kept);
  }
  return !constraint.isEquality && reduced == 1 && kept <= 1;
}

std::optional<ContractionNest> ContractionNest::of(func::FuncOp kernel,
                                                   std::optional<int64_t> columns) {
  Operation *op = soleContraction(kernel);
  if (!op)
    return std::nullopt;
  NestBuilder builder{{}, kernel.getContext()};
  ContractionNest &nest = builder.nest;
  ReferenceForm form = cast<ReferenceOpInterface>(op).referenceForm();
  if (llvm::is_contained(form.extents, 0))
    return std::nullopt; // nothing to multiply: tiles would have no rows
  nest.op = op;
  nest.element = tensorType(op->getResult(0)).getElementType();
  for (auto [i, extent] : llvm::enumerate(form.extents))
    nest.loops.push_back({extent, i >= form.parallel});
  for (auto [side, read] : llvm::zip_equal(nest.sides, form.reads)) {
    side.value = op->getOperand(read.operand);
    side.index = Point(read.map.getResults());
    if (read.guard)
      for (unsigned i = 0; i < read.guard.getNumConstraints(); ++i)
        builder.guards.push_back({read.guard.getConstraint(i), read.guard.isEq(i)});
  }
  for (unsigned i = 0; i < form.parallel; ++i)
    nest.result.push_back(builder.dim(i));
  std::optional<SmallVector<Point>> stores = storedPoints(op, nest.result);
  if (!stores)
    return std::nullopt;
  nest.stores = std::move(*stores);
  builder.simplifyAll();
  while (auto quotient = builder.quotient())
    builder.split(quotient->first, quotient->second);
  for (unsigned i = 0; i < nest.loops.size(); ++i)
    if (nest.extent(i) == 1)
      builder.replace(i, builder.number(0));
  builder.finishSides();
  if (!llvm::all_of(nest.constraints, [&](const Constraint &c) { return isWindow(nest, c); }))
    return std::nullopt;
  for (const Side &side : nest.sides)
    for (auto [atom, coefficient] : side.position.terms)
      if (!isa<AffineDimExpr>(atom))
        return std::nullopt;
  if (columns)
    nest.columns = static_cast<int>(*columns);
  else
    nest.columns = chooseColumns(nest);
  nest.columnSide = columnSideOf(nest, nest.columns);
  builder.chooseRows();
  builder.sortRest();
  return std::move(nest);
}
