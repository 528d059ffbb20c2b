// Reductions are computed as soon as the loops that they depend on are open; what is expensive in
// their sweeps and needed again is kept.
#include "Cpu/Rows/NestPlanner.h"

using namespace mlir;
using namespace dlc;

/// Bytes of scratch that a kernel may use per slot.
static constexpr int64_t scratchMax = 256 << 10;

bool NestPlanner::isHoistable(const Analysis::Reduction &r) const {
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

void NestPlanner::findHoisted() {
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

bool NestPlanner::uses(Operation *op, Operation *other, SmallPtrSetImpl<Operation *> &seen) const {
  for (Value operand : op->getOperands())
    if (Operation *definition = operand.getDefiningOp())
      if (definition == other || (seen.insert(definition).second && uses(definition, other, seen)))
        return true;
  return false;
}

bool NestPlanner::fits(const Nest::Group &group, const Analysis::Reduction &r, unsigned level,
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
void NestPlanner::keepExpensive(unsigned h, Nest::Group &group, bool varies) {
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

bool NestPlanner::isSame(unsigned x, unsigned y) const {
  return analysis.reductions[x].op == analysis.reductions[y].op &&
         analysis.reductions[x].point == analysis.reductions[y].point;
}

bool NestPlanner::isKept(Value value) const {
  return llvm::any_of(nest.groups, [&](const Nest::Group &g) {
    return llvm::any_of(g.keeps, [&](const Body::Keep &k) { return k.value == value; });
  });
}

bool NestPlanner::isNeededAgain(const Analysis::Expensive &entry, ArrayRef<AffineExpr> outer,
                                unsigned h) const {
  return llvm::any_of(analysis.expensive, [&](const Analysis::Expensive &other) {
    if (other.value != entry.value || (other.reduction >= 0 && isSame(other.reduction, h)))
      return false;
    return llvm::all_of(llvm::zip_equal(outer, other.point), [](auto pair) {
      return !std::get<0>(pair) || std::get<0>(pair) == std::get<1>(pair);
    });
  });
}

void NestPlanner::placeReductions() {
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
double NestPlanner::repetition() const {
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
