// The vectorised loop: the one along which most reads and writes are contiguous; where they
// disagree, a second loop with which squares are transposed; and how many vectors are computed
// together.
#include "Cpu/Rows/NestPlanner.h"

using namespace mlir;
using namespace dlc;

/// What a reduction along the lanes costs beyond its elements, in vectors: joining lanes.
static constexpr double joinCost = 24;
/// What turning short rows costs, in vectors.
static constexpr double turnCost = 6;
/// Elements along the tiled loop that are transposed before the vectorised one moves on.
static constexpr int64_t tileBlock = 64;
/// Vectors computed together, where the body is short or reductions run across the lanes.
static constexpr int64_t togetherMax = 4;

int64_t NestPlanner::lanesOf(int64_t extent) const {
  int64_t most = std::max<int64_t>(1, machine.lanes(analysis.elementBits()));
  return std::min<int64_t>(most, llvm::PowerOf2Ceil(extent));
}

// Neighbours along the dimension read the same element, `divisor` of them, and the next ones the
// next: one vector and a shuffle.
bool NestPlanner::repeats(const LinearForm &form, AffineExpr dimension, int64_t lanes) const {
  unsigned position = cast<AffineDimExpr>(dimension).getPosition();
  int64_t found = 0;
  for (auto [atom, coefficient] : form.terms) {
    if (!atom.isFunctionOfDim(position))
      continue;
    auto quotient = dyn_cast<AffineBinaryOpExpr>(atom);
    if (!quotient || quotient.getKind() != AffineExprKind::FloorDiv || coefficient != 1)
      return false;
    auto divisor = cast<AffineConstantExpr>(quotient.getRHS()).getValue();
    LinearForm inside = analysis.linear(quotient.getLHS());
    if (lanes % divisor != 0 || inside.coefficient(dimension) != 1 ||
        inside.isNonlinearIn(position))
      return false;
    ++found;
  }
  return found == 1;
}

double NestPlanner::strideCostOf(AffineExpr position, AffineExpr dimension, int64_t lanes) const {
  LinearForm form = analysis.linear(position);
  if (form.isNonlinearIn(cast<AffineDimExpr>(dimension).getPosition()))
    return repeats(form, dimension, lanes) ? 2 : 1.5 * static_cast<double>(lanes);
  int64_t stride = form.coefficient(dimension);
  return stride ? strideCost(stride, lanes) : 0.25;
}

// How often what is needed for a point is computed, if it is hoisted as far as it can be.
double NestPlanner::timesOf(ArrayRef<AffineExpr> point) const {
  double times = 1;
  for (const Loop &loop : loops)
    if (dependsOn(point, loop.dimension))
      times *= loop.extent;
  return times;
}

double NestPlanner::cost(int vector) const {
  double total = 0, everywhere = 1;
  for (const Loop &loop : loops)
    everywhere *= loop.extent;
  AffineExpr dimension = vector < 0 ? AffineExpr() : loops[vector].dimension;
  int64_t lanes = vector < 0 ? 1 : lanesOf(loops[vector].extent);
  // What is turned once is a vector for all who read it.
  SmallVector<std::pair<AffineExpr, int64_t>> turned;
  auto of = [&](AffineExpr position) -> double {
    if (vector < 0)
      return 1;
    if (auto row = rowAlong(position, vector)) {
      if (std::pair known(row->start, row->extent); !llvm::is_contained(turned, known)) {
        turned.push_back(known);
        total += timesOf(row->start) * turnCost / lanes * row->extent;
      }
      return 1.0 / lanes;
    }
    return strideCostOf(position, dimension, lanes) / lanes;
  };
  for (const Output &output : outputs) {
    AffineExpr at =
        rowMajor(output.point, tensorType(results()[output.result]).getShape(), context);
    total += timesOf(output.point) * 1.5 * of(at);
  }
  for (const Analysis::Access &access : analysis.accesses)
    if (access.reduction < 0 || owner[access.reduction] < 0)
      total += everywhere * access.times * of(access.position);
  // Arithmetic profits from lanes as much as memory does.
  total += everywhere * 0.25 / lanes * (1 + analysis.accesses.size());
  for (unsigned h : hoisted) {
    const Analysis::Reduction &r = analysis.reductions[h];
    double times = timesOf(r.point);
    bool isAcross = vector >= 0 && dependsOn(r.point, dimension);
    auto sum = [&](auto each) {
      double elements = 0;
      for (const Analysis::Access &access : analysis.accesses)
        if (access.reduction >= 0 && owner[access.reduction] == static_cast<int>(h))
          elements += access.times / r.times * each(access.position);
      return elements;
    };
    if (isAcross) {
      total += times * sum(of);
      continue;
    }
    double best = -1;
    for (AffineExpr loop : r.loops) {
      IntegerRange range = analysis.range(loop);
      int64_t along = lanesOf(range.hi - range.lo + 1);
      double c =
          sum([&](AffineExpr position) { return strideCostOf(position, loop, along) / along; });
      best = best < 0 || c < best ? c : best;
    }
    total += times * (joinCost + std::max(best, 0.0));
  }
  return total;
}

void NestPlanner::chooseVectorLoop() {
  vectorLoop = -1;
  double least = cost(-1);
  for (size_t i = loops.size(); i-- > 0;)
    if (double c = cost(i); c < least) {
      least = c;
      vectorLoop = i;
    }
}

// The other loop along which most reads that the vectorised one strides over are contiguous.
void NestPlanner::chooseTileLoop() {
  if (vectorLoop < 0 || !analysis.reductions.empty())
    return;
  SmallVector<unsigned> votes(loops.size());
  for (const Analysis::Access &access : analysis.accesses)
    for (size_t i = 0; i < loops.size(); ++i)
      votes[i] += isCrossed(access, i);
  auto most = llvm::max_element(votes);
  if (*most)
    tileLoop = most - votes.begin();
}

bool NestPlanner::isCrossed(const Analysis::Access &access, int other) const {
  if (access.guarded || other == vectorLoop)
    return false;
  LinearForm form = analysis.linear(access.position);
  bool isLinear = llvm::all_of(form.terms, [](auto &t) { return isa<AffineDimExpr>(t.first); });
  return isLinear && std::abs(form.coefficient(loops[vectorLoop].dimension)) > 2 &&
         form.coefficient(loops[other].dimension) == 1;
}

void NestPlanner::placeTile() {
  nest.tileLoop = tileLoop;
  nest.lanes = std::min<int64_t>(nest.lanes, 16);
  nest.block = nest.lanes;
  while (nest.block < tileBlock && 2 * nest.block <= loops[tileLoop].extent)
    nest.block *= 2;
  for (const Analysis::Access &access : analysis.accesses) {
    if (!isCrossed(access, tileLoop))
      continue;
    AffineExpr position = inLoops(access.position).front();
    bool known = llvm::any_of(nest.transposed, [&](const Nest::Transposed &t) {
      return t.source == access.source && t.position == position;
    });
    if (known)
      continue;
    nest.transposed.push_back({access.source, position, nest.scratchBytes});
    int64_t size = elementBytes(tensorType(access.source).getElementType());
    nest.scratchBytes += llvm::alignTo(nest.lanes * nest.lanes * size, 64);
  }
}

// Loops on which reductions depend come first, the vectorised one last among its equals.
void NestPlanner::orderLoops() {
  SmallVector<std::tuple<int, size_t, Loop>> order;
  for (auto [i, loop] : llvm::enumerate(loops)) {
    int dependents = 0;
    for (unsigned h : hoisted)
      dependents += dependsOn(analysis.reductions[h].point, loop.dimension);
    bool isVector = static_cast<int>(i) == vectorLoop;
    bool isTile = static_cast<int>(i) == tileLoop;
    order.push_back({-4 * dependents + (isVector ? 2 : isTile ? 1 : 0), i, loop});
  }
  AffineExpr vector = vectorLoop < 0 ? AffineExpr() : loops[vectorLoop].dimension;
  llvm::sort(order, [](auto &x, auto &y) {
    return std::tie(std::get<0>(x), std::get<1>(x)) < std::tie(std::get<0>(y), std::get<1>(y));
  });
  for (auto [i, entry] : llvm::enumerate(order)) {
    loops[i] = std::get<Loop>(entry);
    if (vector && loops[i].dimension == vector)
      vectorLoop = i;
  }
  if (tileLoop >= 0)
    tileLoop = vectorLoop - 1;
}

// Many vectors hide the latency of a reduction's combiner; those of the last, overlapping block
// are computed twice.
int64_t NestPlanner::vectorsTogether(int64_t extent, int64_t most) const {
  int64_t vectors = llvm::divideCeil(extent, nest.lanes), best = 1;
  double least = 1.3 * vectors;
  for (int64_t u = 2; u <= std::min<int64_t>(most, extent / nest.lanes); ++u) {
    double cost = llvm::alignTo(vectors, u) * (1 + 0.1 * (togetherMax - u));
    if (cost > least)
      continue;
    best = u;
    least = cost;
  }
  return best;
}

// No read is put together lane by lane.
bool NestPlanner::readsAreVectors() const {
  AffineExpr dimension = loops[vectorLoop].dimension;
  return llvm::all_of(analysis.accesses, [&](const Analysis::Access &access) {
    LinearForm form = analysis.linear(access.position);
    return std::abs(form.coefficient(dimension)) <= 2 &&
           !form.isNonlinearIn(cast<AffineDimExpr>(dimension).getPosition());
  });
}

// An element may be computed twice if its operands are still there and nothing depends on where
// vectors begin.
bool NestPlanner::mayOverlap() {
  const Nest::Loop &loop = nest.loops[vectorLoop];
  auto alias = kernel->getAttrOfType<ArrayAttr>("dlc.alias");
  return (!alias || alias.empty()) && loop.breaks.empty() &&
         loop.extent >= nest.lanes * nest.together &&
         !analysis.nonlinearUses(loops[vectorLoop].dimension) &&
         (tileLoop < 0 || nest.loops[tileLoop].extent >= nest.lanes);
}
