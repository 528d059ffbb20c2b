// Rows of few elements that are reduced: one row for each lane instead of one after the other,
// whose ends (joining the lanes) would take longer than the elements.
//
//   max over the last dimension of x [5000, 17]:
//     for 16 rows: turn 16 x 17 elements into scratch; for k < 17: max(scratch[k][0..16))
#include "Cpu/Rows/NestPlanner.h"

using namespace mlir;
using namespace dlc;

/// Elements of a row that is turned.
static constexpr int64_t longestRow = 48;
/// Lanes that are turned at once: squares of more take too much code.
static constexpr int64_t lanesMax = 16;
/// Rows of operands and results that are turned in a kernel.
static constexpr size_t turnedMax = 4;

// The part of a row that a position runs over while the vectorised loop and those around it stand
// still, if it is one: loops that no reduction depends on run inside.
std::optional<NestPlanner::Row> NestPlanner::rowAlong(AffineExpr position, int vector) const {
  if (hoisted.empty() || vector < 0)
    return std::nullopt;
  auto dependents = [&](AffineExpr dimension) {
    return llvm::count_if(
        hoisted, [&](unsigned h) { return dependsOn(analysis.reductions[h].point, dimension); });
  };
  AffineExpr lane = loops[vector].dimension;
  int64_t most = dependents(lane);
  LinearForm form = analysis.linear(position), inside;
  int64_t stride = form.coefficient(lane);
  if (stride <= 2 || most == 0)
    return std::nullopt;
  AffineExpr start = getAffineConstantExpr(0, context);
  int64_t count = 1;
  for (auto [atom, coefficient] : form.terms) {
    if (!isa<AffineDimExpr>(atom))
      return std::nullopt;
    bool isLoop = llvm::any_of(loops, [&, e = atom](const Loop &l) { return l.dimension == e; });
    int64_t own = isLoop ? dependents(atom) : 0;
    if (own && own < most)
      return std::nullopt; // a loop inside, on which a reduction depends
    if (own) {
      start = start + atom * coefficient;
      continue;
    }
    inside.terms.push_back({atom, coefficient});
    IntegerRange range = analysis.range(atom);
    count *= range.hi - range.lo + 1;
  }
  IntegerRange range = analysis.range(expression(inside, context));
  int64_t extent = range.hi - range.lo + 1;
  // (Rows with gaps belong to other loops, too.)
  if (extent < 2 || extent > std::min(stride, longestRow) || extent != count)
    return std::nullopt;
  return Row{start + (form.constant + range.lo), stride, extent};
}

void NestPlanner::placeTurned() {
  if (vectorLoop < 0 || tileLoop >= 0 || hoisted.empty())
    return;
  int64_t lanes = std::min(nest.lanes, lanesMax);
  auto add = [&](Value source, unsigned result, AffineExpr position, Type element) {
    std::optional<Row> row = rowAlong(position, vectorLoop);
    if (!row || lanes < 2 || nest.turned.size() == turnedMax)
      return;
    AffineExpr start = inLoops(row->start).front();
    bool known = llvm::any_of(nest.turned, [&](const Nest::Turned &t) {
      return t.source == source && t.result == result && t.position == start &&
             t.extent == row->extent;
    });
    if (known)
      return;
    nest.turned.push_back({source, result, start, row->stride, row->extent, nest.scratchBytes});
    int64_t rows = llvm::alignTo(row->extent, lanes);
    nest.scratchBytes += llvm::alignTo(rows * lanes * elementBytes(element), 64);
  };
  for (const Analysis::Access &access : analysis.accesses)
    if (!access.guarded && isa<BlockArgument>(access.source))
      add(access.source, 0, access.position, tensorType(access.source).getElementType());
  for (const Output &output : outputs) {
    auto type = tensorType(results()[output.result]);
    add({}, output.result, rowMajor(output.point, type.getShape(), context), type.getElementType());
  }
  if (!nest.turned.empty())
    nest.lanes = lanes;
}
