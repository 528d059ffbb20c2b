// Which loops, in which order, which one vectorised.
#include "Cpu/Rows/Nest.h"
#include "Cpu/Body/Analysis.h"
#include "Cpu/Body/Segments.h"

using namespace mlir;
using namespace dlc;

/// Nests that guards may split a kernel into.
static constexpr int64_t partsMax = 8;
/// A part of a kernel cut along its vectorised loop has about this many operations.
static constexpr double operationsPerPart = 1 << 14;
/// Loops are flattened until a kernel has this many parts.
static constexpr int64_t partsWanted = 64;
/// Elements along the tiled loop that are transposed before the vectorised one moves on.
static constexpr int64_t tileBlock = 64;
/// Operations and reads of a body that is short.
static constexpr double shortBody = 6;
/// ... and of one whose code is not worth having four times.
static constexpr double longBody = 40;
/// Vectors computed together, where the body is short or reductions run across the lanes.
static constexpr int64_t togetherMax = 4;
/// Loops after which dimensions are not taken apart further.
static constexpr size_t loopsMax = 10;
/// Bytes of scratch that a kernel may use per slot.
static constexpr int64_t scratchMax = 256 << 10;
/// What a reduction along the lanes costs beyond its elements, in vectors: joining lanes.
static constexpr double joinCost = 12;

static double strideCost(int64_t stride, bool isNonlinear, int64_t lanes) {
  if (isNonlinear)
    return 1.5 * lanes;
  switch (std::abs(stride)) {
  case 0:
    return 0.25;
  case 1:
    return 1;
  case 2:
    return 2.5;
  default:
    return lanes;
  }
}

namespace {
struct Planner {
  func::FuncOp kernel;
  const Machine &machine;
  Analysis analysis;
  MLIRContext *context;
  Nest nest;

  struct Loop {
    AffineExpr dimension;
    int64_t extent;
  };
  SmallVector<Loop> loops;
  SmallVector<AffineExpr> mainPoint;
  struct Output {
    unsigned result;
    Point point;
  };
  SmallVector<Output> outputs;
  /// Reductions computed between the loops: positions in analysis.reductions, in program order.
  SmallVector<unsigned> hoisted;
  /// For each reduction of the analysis, the hoisted one around it or itself, or -1.
  SmallVector<int> owner;
  int vectorLoop = -1, tileLoop = -1;

  Planner(func::FuncOp kernel, const Machine &machine)
      : kernel(kernel), machine(machine), analysis(kernel.getContext()),
        context(kernel.getContext()) {}

  ValueRange results() const {
    return func::FuncOp(kernel).getBody().front().getTerminator()->getOperands();
  }

  bool dependsOn(ArrayRef<AffineExpr> point, AffineExpr dimension) const {
    unsigned position = cast<AffineDimExpr>(dimension).getPosition();
    return llvm::any_of(point, [&](AffineExpr e) { return e.isFunctionOfDim(position); });
  }

  // ---------------------------------------------------------------- results and iteration space

  // Another result that the walk came across at a point that runs over all its elements, once.
  std::optional<Point> pointOf(Value result) const {
    ArrayRef<int64_t> shape = tensorType(result).getShape();
    for (auto &[value, point] : analysis.seen) {
      if (value != result)
        continue;
      SmallVector<AffineExpr> used;
      bool covers = true;
      for (auto [e, extent] : llvm::zip_equal(point, shape)) {
        if (extent == 1)
          continue;
        auto loop = llvm::find_if(loops, [&, e = e](const Loop &l) { return l.dimension == e; });
        covers =
            covers && loop != loops.end() && loop->extent == extent && !llvm::is_contained(used, e);
        used.push_back(e);
      }
      if (covers)
        return point;
    }
    return std::nullopt;
  }

  bool takeResults(llvm::SmallBitVector &left) {
    int main = -1;
    for (unsigned i : left.set_bits())
      if (main < 0 ||
          tensorType(results()[i]).getNumElements() > tensorType(results()[main]).getNumElements())
        main = i;
    ArrayRef<int64_t> shape = tensorType(results()[main]).getShape();
    for (int64_t extent : shape) {
      mainPoint.push_back(analysis.dimension(0, extent));
      if (extent != 1)
        loops.push_back({mainPoint.back(), extent});
    }
    if (!analysis.visit(results()[main], mainPoint))
      return false;
    for (unsigned i : left.set_bits())
      if (i != static_cast<unsigned>(main) && tensorType(results()[i]).getShape() == shape &&
          !analysis.visit(results()[i], mainPoint))
        return false;
    for (unsigned i : left.set_bits())
      if (tensorType(results()[i]).getShape() == shape) {
        outputs.push_back({i, Point(mainPoint)});
        left.reset(i);
      } else if (auto point = pointOf(results()[i])) {
        outputs.push_back({i, *point});
        left.reset(i);
      }
    for (Output &output : outputs)
      for (AffineExpr &e : output.point)
        e = analysis.simplify(e);
    return true;
  }

  // A dimension that reshapes take apart becomes two loops.
  void splitDimensions() {
    for (size_t i = 0; i < loops.size(); ++i) {
      AffineExpr dimension = loops[i].dimension;
      unsigned before = analysis.nonlinearUses(dimension);
      if (!before)
        continue;
      for (int64_t divisor : analysis.divisors(dimension, loops[i].extent)) {
        Analysis::Snapshot saved = analysis.save();
        AffineExpr high = analysis.dimension(0, loops[i].extent / divisor);
        AffineExpr low = analysis.dimension(0, divisor);
        analysis.substitute(dimension, high * divisor + low);
        if (analysis.nonlinearUses(high) + analysis.nonlinearUses(low) >= before) {
          analysis.restore(saved);
          continue;
        }
        for (Output &output : outputs)
          for (AffineExpr &e : output.point)
            e = analysis.simplify(e.replace(dimension, high * divisor + low));
        loops[i] = {high, loops[i].extent / divisor};
        loops.insert(loops.begin() + i + 1, {low, divisor});
        --i; // perhaps they are taken apart further
        break;
      }
      if (loops.size() > loopsMax)
        return;
    }
  }

  void mergeLoops() {
    for (size_t i = loops.size(); i-- > 1;) {
      Loop &outer = loops[i - 1], &inner = loops[i];
      // The stores are accesses like others: a result that has one of two loops keeps them apart.
      SmallVector<AffineExpr> stores;
      AffineExpr trial = analysis.dimension(0, outer.extent * inner.extent);
      unsigned position = cast<AffineDimExpr>(trial).getPosition();
      AffineExpr quotient = trial.floorDiv(inner.extent), rest = trial % inner.extent;
      bool isLinear = true;
      for (Output &output : outputs) {
        AffineExpr at =
            rowMajor(output.point, tensorType(results()[output.result]).getShape(), context);
        at = at.replace({{outer.dimension, quotient}, {inner.dimension, rest}});
        isLinear = isLinear && !analysis.linear(at).isNonlinearIn(position);
      }
      AffineExpr merged;
      if (!isLinear ||
          !analysis.merge(outer.dimension, inner.dimension, outer.extent, inner.extent, merged))
        continue;
      for (Output &output : outputs)
        for (AffineExpr &e : output.point)
          e = e.replace({{outer.dimension, merged.floorDiv(inner.extent)},
                         {inner.dimension, merged % inner.extent}});
      outer = {merged, outer.extent * inner.extent};
      loops.erase(loops.begin() + i);
    }
  }

  // ---------------------------------------------------------------- reductions

  bool isHoistable(const Analysis::Reduction &r) const {
    if (r.guarded)
      return false;
    bool ok = true;
    for (AffineExpr e : r.point)
      e.walk([&](AffineExpr part) {
        if (isa<AffineDimExpr>(part))
          ok = ok && llvm::any_of(loops, [&](const Loop &l) { return l.dimension == part; });
        ok = ok && !isa<AffineSymbolExpr>(part);
      });
    return ok;
  }

  void findHoisted() {
    auto &all = analysis.reductions;
    owner.assign(all.size(), -1);
    for (unsigned i = 0; i < all.size(); ++i) {
      owner[i] = all[i].parent >= 0 ? owner[all[i].parent] : -1;
      if (!isHoistable(all[i]))
        continue;
      owner[i] = i;
      bool known = llvm::any_of(hoisted, [&](unsigned h) {
        return all[h].op == all[i].op && all[h].point == all[i].point;
      });
      if (!known)
        hoisted.push_back(i);
    }
    llvm::sort(hoisted, [&](unsigned x, unsigned y) {
      return all[x].op == all[y].op ? x < y : all[x].op->isBeforeInBlock(all[y].op);
    });
  }

  // ---------------------------------------------------------------- the vectorised loop

  int64_t lanesOf(int64_t extent) const {
    int64_t most = std::max<int64_t>(1, machine.lanes(analysis.elementBits()));
    return std::min<int64_t>(most, llvm::PowerOf2Ceil(extent));
  }

  double strideCostOf(AffineExpr position, AffineExpr dimension, int64_t lanes) const {
    LinearForm form = analysis.linear(position);
    return strideCost(form.coefficient(dimension),
                      form.isNonlinearIn(cast<AffineDimExpr>(dimension).getPosition()), lanes);
  }

  // How often what is needed for a point is computed, if it is hoisted as far as it can be.
  double timesOf(ArrayRef<AffineExpr> point) const {
    double times = 1;
    for (const Loop &loop : loops)
      if (dependsOn(point, loop.dimension))
        times *= loop.extent;
    return times;
  }

  double cost(int vector) const {
    double total = 0, everywhere = 1;
    for (const Loop &loop : loops)
      everywhere *= loop.extent;
    AffineExpr dimension = vector < 0 ? AffineExpr() : loops[vector].dimension;
    int64_t lanes = vector < 0 ? 1 : lanesOf(loops[vector].extent);
    auto of = [&](AffineExpr position) {
      return vector < 0 ? 1 : strideCostOf(position, dimension, lanes) / lanes;
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

  void chooseVectorLoop() {
    vectorLoop = -1;
    double least = cost(-1);
    for (size_t i = loops.size(); i-- > 0;)
      if (double c = cost(i); c < least) {
        least = c;
        vectorLoop = i;
      }
  }

  // The other loop along which most reads that the vectorised one strides over are contiguous.
  void chooseTileLoop() {
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

  bool isCrossed(const Analysis::Access &access, int other) const {
    if (access.guarded || other == vectorLoop)
      return false;
    LinearForm form = analysis.linear(access.position);
    bool isLinear = llvm::all_of(form.terms, [](auto &t) { return isa<AffineDimExpr>(t.first); });
    return isLinear && std::abs(form.coefficient(loops[vectorLoop].dimension)) > 2 &&
           form.coefficient(loops[other].dimension) == 1;
  }

  void placeTile() {
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
  void orderLoops() {
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

  // ---------------------------------------------------------------- the nest

  unsigned levelOf(ArrayRef<AffineExpr> point) const {
    unsigned level = 0;
    for (auto [i, loop] : llvm::enumerate(loops))
      if (dependsOn(point, loop.dimension))
        level = i + 1;
    return level;
  }

  Point inLoops(ArrayRef<AffineExpr> point) const {
    Point result;
    for (AffineExpr e : point) {
      e = analysis.simplify(e);
      for (auto [i, loop] : llvm::enumerate(loops))
        e = e.replace(loop.dimension, getAffineSymbolExpr(i, context));
      result.push_back(e);
    }
    return result;
  }

  bool uses(Operation *op, Operation *other, SmallPtrSetImpl<Operation *> &seen) const {
    for (Value operand : op->getOperands())
      if (Operation *definition = operand.getDefiningOp())
        if (definition == other ||
            (seen.insert(definition).second && uses(definition, other, seen)))
          return true;
    return false;
  }

  bool fits(const Nest::Group &group, const Analysis::Reduction &r, unsigned level,
            bool varies) const {
    const Body::Reduction &first = group.items.front();
    auto reducedExtents = [](Operation *op) {
      ReferenceForm f = cast<ReferenceOpInterface>(op).referenceForm();
      return SmallVector<int64_t>(ArrayRef(f.extents).drop_front(f.parallel));
    };
    bool groupVaries = vectorLoop >= 0 && llvm::any_of(first.point, [&](AffineExpr e) {
                         return e.isFunctionOfSymbol(vectorLoop);
                       });
    if (group.level != level || groupVaries != varies || group.items.size() >= 4 ||
        reducedExtents(first.op) != reducedExtents(r.op))
      return false;
    return llvm::none_of(group.items, [&](const Body::Reduction &item) {
      SmallPtrSet<Operation *, 16> seen;
      return item.op == r.op || uses(r.op, item.op, seen);
    });
  }

  // What is expensive, computed in this reduction's sweep and needed again by another sweep with
  // the same outer loops is kept.
  void keepExpensive(unsigned h, Nest::Group &group, bool varies) {
    if (!varies && vectorLoop >= 0 && group.level > static_cast<unsigned>(vectorLoop))
      return;
    int64_t lanes = varies ? nest.lanes : 1, copies = varies ? nest.together : 1;
    for (const Analysis::Expensive &entry : analysis.expensive) {
      if (entry.reduction < 0 || entry.guarded || !isSame(entry.reduction, h))
        continue;
      const Analysis::Reduction &own = analysis.reductions[entry.reduction];
      Point outer = entry.point;
      int64_t count = 1;
      SmallVector<AffineExpr> swept;
      bool ok = true;
      for (AffineExpr &e : outer) {
        bool isInner = llvm::any_of(own.loops, [&](AffineExpr loop) {
          return e.isFunctionOfDim(cast<AffineDimExpr>(loop).getPosition());
        });
        if (!isInner)
          continue;
        ok = ok && llvm::is_contained(own.loops, e) && !llvm::is_contained(swept, e);
        swept.push_back(e);
        e = {};
      }
      for (auto [e, extent] : llvm::zip_equal(outer, tensorType(entry.value).getShape()))
        count *= e ? 1 : extent;
      if (!ok || swept.empty() || !isNeededAgain(entry, outer, h) || isKept(entry.value))
        continue;
      Type element = registerType(tensorType(entry.value).getElementType());
      int64_t bytes =
          llvm::alignTo(count * lanes * (element.getIntOrFloatBitWidth() / 8), 64) * copies;
      if (nest.scratchBytes + bytes > scratchMax)
        continue;
      for (AffineExpr &e : outer)
        if (e)
          e = inLoops(e).front();
      group.keeps.push_back({entry.value, outer, nest.scratchBytes, lanes});
      group.keepStride = bytes / copies;
      nest.scratchBytes += bytes;
    }
  }

  bool isSame(unsigned x, unsigned y) const {
    return analysis.reductions[x].op == analysis.reductions[y].op &&
           analysis.reductions[x].point == analysis.reductions[y].point;
  }

  bool isKept(Value value) const {
    return llvm::any_of(nest.groups, [&](const Nest::Group &g) {
      return llvm::any_of(g.keeps, [&](const Body::Keep &k) { return k.value == value; });
    });
  }

  bool isNeededAgain(const Analysis::Expensive &entry, ArrayRef<AffineExpr> outer,
                     unsigned h) const {
    return llvm::any_of(analysis.expensive, [&](const Analysis::Expensive &other) {
      if (other.value != entry.value || (other.reduction >= 0 && isSame(other.reduction, h)))
        return false;
      return llvm::all_of(llvm::zip_equal(outer, other.point), [](auto pair) {
        return !std::get<0>(pair) || std::get<0>(pair) == std::get<1>(pair);
      });
    });
  }

  void placeReductions() {
    for (unsigned h : hoisted) {
      const Analysis::Reduction &r = analysis.reductions[h];
      unsigned level = levelOf(r.point);
      bool varies = vectorLoop >= 0 && dependsOn(r.point, loops[vectorLoop].dimension);
      Body::Reduction item{r.op, inLoops(r.point)};
      if (!nest.groups.empty() && fits(nest.groups.back(), r, level, varies))
        nest.groups.back().items.push_back(item);
      else
        nest.groups.push_back({{item}, level, {}});
      keepExpensive(h, nest.groups.back(), varies);
    }
  }

  // The work of the nest by the work of its ops one after the other. What does not depend on an
  // inner loop is computed outside of it; what is kept is computed once.
  double repetition() const {
    double planned = 0, needed = 0;
    SmallPtrSet<Operation *, 16> counted;
    for (const Analysis::Work &w : analysis.work) {
      int o = w.reduction < 0 ? -1 : owner[w.reduction];
      if (counted.insert(w.op).second)
        needed += w.weight * tensorType(w.op->getResult(0)).getNumElements();
      else if (isKept(w.op->getResult(0)))
        continue;
      bool isHoisted = llvm::any_of(hoisted, [&](unsigned h) {
        return analysis.reductions[h].op == w.op && analysis.reductions[h].point == w.point;
      });
      if (isHoisted)
        continue;
      double times = w.times;
      unsigned level = loops.size();
      if (o >= 0) {
        times /= analysis.reductions[o].times;
        level = levelOf(analysis.reductions[o].point);
      } else if (w.reduction < 0) {
        level = levelOf(w.point);
      }
      for (unsigned i = 0; i < level; ++i)
        times *= loops[i].extent;
      planned += times * w.weight;
    }
    for (unsigned h : hoisted) {
      const Analysis::Reduction &r = analysis.reductions[h];
      double times = 1;
      for (unsigned i = 0; i < levelOf(r.point); ++i)
        times *= loops[i].extent;
      for (AffineExpr loop : r.loops) {
        IntegerRange range = analysis.range(loop);
        times *= range.hi - range.lo + 1;
      }
      planned += times;
    }
    return needed ? planned / needed : 1;
  }

  // Many vectors hide the latency of a reduction's combiner; those of the last, overlapping block
  // are computed twice.
  int64_t vectorsTogether(int64_t extent, int64_t most) const {
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
  bool readsAreVectors() const {
    AffineExpr dimension = loops[vectorLoop].dimension;
    return llvm::all_of(analysis.accesses, [&](const Analysis::Access &access) {
      LinearForm form = analysis.linear(access.position);
      return std::abs(form.coefficient(dimension)) <= 2 &&
             !form.isNonlinearIn(cast<AffineDimExpr>(dimension).getPosition());
    });
  }

  // An element may be computed twice if its operands are still there and nothing depends on where
  // vectors begin.
  bool mayOverlap() {
    const Nest::Loop &loop = nest.loops[vectorLoop];
    auto alias = kernel->getAttrOfType<ArrayAttr>("dlc.alias");
    return (!alias || alias.empty()) && loop.breaks.empty() &&
           loop.extent >= nest.lanes * nest.together && loop.extent % nest.lanes != 1 &&
           !analysis.nonlinearUses(loops[vectorLoop].dimension) &&
           (tileLoop < 0 || nest.loops[tileLoop].extent >= nest.lanes);
  }

  void splitLoops() {
    int64_t parts = 1;
    SmallVector<unsigned> order;
    if (vectorLoop >= 0)
      order.push_back(vectorLoop);
    for (unsigned i = loops.size(); i-- > 0;)
      if (static_cast<int>(i) != vectorLoop)
        order.push_back(i);
    for (unsigned i : order) {
      auto breaks = breakPoints(analysis, loops[i].dimension, 0, loops[i].extent);
      if (parts * static_cast<int64_t>(breaks.size() + 1) > partsMax)
        continue;
      parts *= breaks.size() + 1;
      nest.loops[i].breaks = breaks;
    }
  }

  bool isBusy(unsigned level) const {
    return llvm::any_of(nest.groups, [&](auto &g) { return g.level == level; }) ||
           llvm::any_of(nest.outputs, [&](auto &o) { return o.level == level; });
  }

  void cut() {
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

  bool run(llvm::SmallBitVector &left) {
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
    for (const Output &output : outputs)
      nest.outputs.push_back({output.result, inLoops(output.point), levelOf(output.point)});
    bool isAcross = vectorLoop >= 0 && llvm::any_of(hoisted, [&](unsigned h) {
                      return dependsOn(analysis.reductions[h].point, loops[vectorLoop].dimension);
                    });
    // Short bodies are computed several vectors at a time, too: the loop costs as much as they do.
    double weight = 0;
    for (const Analysis::Work &w : analysis.work)
      weight += w.weight;
    bool isShort = vectorLoop >= 0 && tileLoop < 0 && analysis.reductions.empty() &&
                   weight + analysis.accesses.size() <= shortBody;
    if ((isAcross || isShort) && readsAreVectors())
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
};
} // namespace

std::optional<std::vector<Nest>> dlc::planNests(func::FuncOp kernel, const Machine &machine) {
  std::vector<Nest> nests;
  Operation *terminator = kernel.getBody().front().getTerminator();
  llvm::SmallBitVector left(terminator->getNumOperands(), true);
  while (left.any()) {
    Planner planner(kernel, machine);
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
