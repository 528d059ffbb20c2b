// Puts a nest together: loops, reductions, splits at guards, parts.
#include "Cpu/Body/Segments.h"
#include "Cpu/Rows/NestPlanner.h"

using namespace mlir;
using namespace dlc;

/// Nests that guards may split a kernel into.
static constexpr int64_t partsMax = 8;
/// A part of a kernel cut along its vectorised loop has about this many operations.
static constexpr double operationsPerPart = 1 << 14;
/// Loops are flattened until a kernel has this many parts.
static constexpr int64_t partsWanted = 64;
/// Operations and reads of a body that is short.
static constexpr double shortBody = 6;
/// ... and of one whose code is not worth having four times.
static constexpr double longBody = 40;
/// Vectors computed together, where the body is short or reductions run across the lanes.
static constexpr int64_t togetherMax = 4;

ValueRange NestPlanner::results() const {
  return func::FuncOp(kernel).getBody().front().getTerminator()->getOperands();
}

bool NestPlanner::dependsOn(ArrayRef<AffineExpr> point, AffineExpr dimension) const {
  unsigned position = cast<AffineDimExpr>(dimension).getPosition();
  return llvm::any_of(point, [&](AffineExpr e) { return e.isFunctionOfDim(position); });
}

unsigned NestPlanner::levelOf(ArrayRef<AffineExpr> point) const {
  unsigned level = 0;
  for (auto [i, loop] : llvm::enumerate(loops))
    if (dependsOn(point, loop.dimension))
      level = i + 1;
  // An index from data may depend on every loop.
  bool isIndirect = llvm::any_of(point, [&](AffineExpr e) {
    bool found = false;
    e.walk([&](AffineExpr part) { found |= isa<AffineSymbolExpr>(part); });
    return found;
  });
  return isIndirect ? loops.size() : level;
}

Point NestPlanner::inLoops(ArrayRef<AffineExpr> point) const {
  Point result;
  for (AffineExpr e : point) {
    e = analysis.simplify(e);
    for (auto [i, loop] : llvm::enumerate(loops))
      e = e.replace(loop.dimension, getAffineSymbolExpr(i, context));
    result.push_back(e);
  }
  return result;
}

void NestPlanner::splitLoops() {
  int64_t parts = 1;
  SmallVector<unsigned> order;
  if (vectorLoop >= 0)
    order.push_back(vectorLoop);
  for (unsigned i = loops.size(); i-- > 0;)
    if (static_cast<int>(i) != vectorLoop)
      order.push_back(i);
  for (unsigned i : order) {
    auto breaks = breakPoints(analysis, loops[i].dimension, 0, loops[i].extent);
    auto count = static_cast<int64_t>(breaks.size()) + 1;
    // Parts shorter than a vector are lanes of one, told apart by masks.
    bool isShort = static_cast<int>(i) == vectorLoop && loops[i].extent < count * nest.lanes;
    if (parts * count > partsMax || (isShort && machine.hasMaskedVectors))
      continue;
    parts *= count;
    nest.loops[i].breaks = breaks;
  }
}

bool NestPlanner::isBusy(unsigned level) const {
  return llvm::any_of(nest.groups, [&](auto &g) { return g.level == level; }) ||
         llvm::any_of(nest.outputs, [&](auto &o) { return o.level == level; });
}

void NestPlanner::cut() {
  if (loops.empty() || isBusy(0))
    return;
  if (vectorLoop == 0) {
    if (!nest.loops[0].breaks.empty())
      return;
    double perElement = std::max(1.0, nest.operations / loops[0].extent);
    int64_t least = nest.lanes * nest.together;
    nest.block = llvm::alignTo(static_cast<int64_t>(operationsPerPart / perElement) + 1, least);
    nest.count = llvm::divideCeil(loops[0].extent, nest.block);
    nest.cutLoops = 1;
    return;
  }
  nest.cutLoops = 1;
  nest.count = loops[0].extent;
  if (tileLoop == 0) {
    nest.count = llvm::divideCeil(loops[0].extent, nest.block);
    return;
  }
  int innermost = tileLoop >= 0 ? tileLoop : vectorLoop;
  while (nest.count < partsWanted && nest.cutLoops < loops.size() &&
         static_cast<int>(nest.cutLoops) != innermost && !isBusy(nest.cutLoops))
    nest.count *= loops[nest.cutLoops++].extent;
  if (nest.cutLoops > 1)
    for (unsigned i = 0; i < nest.cutLoops; ++i)
      nest.loops[i].breaks.clear();
}

bool NestPlanner::run(llvm::SmallBitVector &left) {
  if (!takeResults(left))
    return false;
  double elements = 1;
  for (const Loop &loop : loops)
    elements *= loop.extent;
  if (elements == 0) {
    nest.outputs.clear();
    return true;
  }
  splitDimensions();
  mergeLoops();
  findHoisted();
  chooseVectorLoop();
  chooseTileLoop();
  orderLoops();
  for (const Loop &loop : loops)
    nest.loops.push_back({loop.extent, {}});
  nest.vectorLoop = vectorLoop;
  nest.lanes = vectorLoop < 0 ? 1 : lanesOf(loops[vectorLoop].extent);
  if (nest.lanes == 1)
    nest.vectorLoop = vectorLoop = -1;
  if (tileLoop >= 0)
    placeTile();
  placeTurned();
  for (const Output &output : outputs)
    nest.outputs.push_back({output.result, inLoops(output.point), levelOf(output.point)});
  bool isAcross = vectorLoop >= 0 && llvm::any_of(hoisted, [&](unsigned h) {
                    return dependsOn(analysis.reductions[h].point, loops[vectorLoop].dimension);
                  });
  // Short bodies are computed several vectors at a time, too: the loop costs as much as they
  // do.
  double weight = 0;
  for (const Analysis::Work &w : analysis.work)
    weight += w.weight;
  bool isShort = vectorLoop >= 0 && tileLoop < 0 && analysis.reductions.empty() &&
                 weight + analysis.accesses.size() <= shortBody;
  if ((isAcross || isShort) && nest.turned.empty() && readsAreVectors())
    nest.together = vectorsTogether(loops[vectorLoop].extent,
                                    weight <= longBody ? togetherMax : togetherMax / 2);
  placeReductions();
  nest.repetition = repetition();
  nest.operations = elements * (1 + analysis.accesses.size());
  for (const Analysis::Work &w : analysis.work)
    nest.operations += w.weight * tensorType(w.op->getResult(0)).getNumElements();
  splitLoops();
  if (tileLoop >= 0)
    nest.loops[tileLoop].breaks = nest.loops[vectorLoop].breaks = {};
  nest.overlaps = vectorLoop >= 0 && mayOverlap();
  if (tileLoop >= 0 && !nest.overlaps)
    nest.block = nest.lanes;
  cut();
  return true;
}

std::optional<std::vector<Nest>> dlc::planNests(func::FuncOp kernel, const Machine &machine) {
  std::vector<Nest> nests;
  Operation *terminator = kernel.getBody().front().getTerminator();
  llvm::SmallBitVector left(terminator->getNumOperands(), true);
  while (left.any()) {
    NestPlanner planner(kernel, machine);
    if (!planner.run(left))
      return std::nullopt;
    nests.push_back(std::move(planner.nest));
  }
  // Parts are those of one nest; several run one after the other.
  if (nests.size() > 1)
    for (Nest &nest : nests) {
      nest.count = 1;
      nest.cutLoops = 0;
    }
  return nests;
}
