#include "Cpu/Body/AlongLoops.h"
#include "Cpu/Body/Analysis.h"
#include "Cpu/Body/Segments.h"
#include "Cpu/Body/State.h"
#include "Cpu/Body/Weight.h"

using namespace mlir;
using namespace dlc;

/// Where the body is short, so that the combiner's latency counts, and where its code is too long
/// to have several times.
static constexpr int64_t accumulatorsOfShort = 4, accumulatorsOfLong = 1;
static constexpr double longBody = 80;

// Visits the reductions' bodies and gives the instructions of one element of each.
static double visitBodies(Analysis &analysis, ArrayRef<Body::Reduction> items,
                          ArrayRef<AffineExpr> reduced) {
  for (const Body::Reduction &item : items) {
    SmallVector<AffineExpr> all(item.point);
    llvm::append_range(all, reduced);
    analysis.visitBody(item.op, all);
  }
  double instructions = 0;
  for (const Analysis::Work &work : analysis.work)
    instructions += instructionCount(work.op);
  return instructions;
}

double dlc::instructionsAcross(Body &body, Body::State &state, ArrayRef<Body::Reduction> items,
                               ArrayRef<int64_t> extents) {
  Analysis analysis(body.b.getContext());
  analysis.adopt(state.dimensions.size(), state.symbols.size(),
                 [&](AffineExpr e) { return state.rangeOf(e); });
  SmallVector<AffineExpr> reduced;
  double iterations = 1;
  for (int64_t extent : extents) {
    reduced.push_back(analysis.dimension(0, extent));
    iterations *= static_cast<double>(extent);
  }
  return iterations * visitBodies(analysis, items, reduced);
}

AlongLoops dlc::chooseAlong(Body &body, Body::State &state, ArrayRef<Body::Reduction> items,
                            ArrayRef<int64_t> extents) {
  MLIRContext *context = body.b.getContext();
  Analysis analysis(context);
  analysis.adopt(state.dimensions.size(), state.symbols.size(),
                 [&](AffineExpr e) { return state.rangeOf(e); });
  SmallVector<AffineExpr> loops, reduced;
  SmallVector<int64_t> sizes;
  for (int64_t extent : extents) {
    reduced.push_back(analysis.dimension(0, extent));
    if (extent != 1) {
      loops.push_back(reduced.back());
      sizes.push_back(extent);
    }
  }
  double instructions = visitBodies(analysis, items, reduced);
  for (size_t i = loops.size(); i-- > 1;) {
    AffineExpr merged;
    if (!analysis.merge(loops[i - 1], loops[i], sizes[i - 1], sizes[i], merged))
      continue;
    for (AffineExpr &e : reduced)
      e = e.replace({{loops[i - 1], merged.floorDiv(sizes[i])}, {loops[i], merged % sizes[i]}});
    loops[i - 1] = merged;
    sizes[i - 1] *= sizes[i];
    loops.erase(loops.begin() + i);
    sizes.erase(sizes.begin() + i);
  }
  AlongLoops result;
  int64_t most = std::max<int64_t>(1, body.machine.lanes(analysis.elementBits()));
  size_t best = 0;
  double bestCost = 0;
  for (size_t i = 0; i < loops.size(); ++i) {
    int64_t lanes = std::min<int64_t>(most, llvm::PowerOf2Ceil(sizes[i]));
    double cost = analysis.vectorCost(loops[i], lanes) / lanes;
    if (i == 0 || cost <= bestCost) {
      best = i;
      bestCost = cost;
      result.lanes = lanes;
    }
  }
  if (!loops.empty()) {
    std::rotate(loops.begin() + best, loops.begin() + best + 1, loops.end());
    std::rotate(sizes.begin() + best, sizes.begin() + best + 1, sizes.end());
  }
  result.accumulators = instructions > longBody ? accumulatorsOfLong : accumulatorsOfShort;
  result.extents = sizes;
  for (auto [loop, size] : llvm::zip_equal(loops, sizes))
    result.breaks.push_back(breakPoints(analysis, loop, 0, size));
  for (AffineExpr e : reduced) {
    for (auto [i, loop] : llvm::enumerate(loops))
      e = e.replace(loop, getAffineSymbolExpr(i, context));
    result.reduced.push_back(e);
  }
  // A reduced loop of extent 1 is the index 0.
  for (auto [i, extent] : llvm::enumerate(extents))
    if (extent == 1)
      result.reduced[i] = getAffineConstantExpr(0, context);
  return result;
}
