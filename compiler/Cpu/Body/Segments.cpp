// A constraint c d + rest >= 0 holds surely where it holds for the least rest, and may hold where
// it holds for the greatest: both ends are break points.
#include "Cpu/Body/Segments.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

/// More parts than this cost more code than decided guards are worth.
static constexpr size_t breaksMax = 4;

SmallVector<int64_t> dlc::breakPoints(const Analysis &analysis, AffineExpr dimension, int64_t lo,
                                      int64_t hi) {
  SmallVector<int64_t> points;
  for (const Analysis::Constraint &constraint : analysis.constraints) {
    LinearForm form = analysis.linear(constraint.expression);
    int64_t c = form.coefficient(dimension);
    if (!c || form.isNonlinearIn(cast<AffineDimExpr>(dimension).getPosition()) ||
        constraint.isEquality)
      continue;
    LinearForm rest = form;
    llvm::erase_if(rest.terms, [&](auto &t) { return t.first == dimension; });
    IntegerRange r = analysis.range(expression(rest, dimension.getContext()));
    for (int64_t constant : {r.lo, r.hi}) {
      // The first d with c d + constant >= 0, or for c < 0 the first where it no longer holds.
      int64_t point =
          c > 0 ? llvm::divideCeilSigned(-constant, c) : llvm::divideFloorSigned(constant, -c) + 1;
      if (point > lo && point < hi)
        points.push_back(point);
    }
  }
  llvm::sort(points);
  points.erase(llvm::unique(points), points.end());
  if (points.size() > breaksMax)
    points.clear();
  return points;
}

SmallVector<std::pair<int64_t, int64_t>> dlc::segments(int64_t lo, int64_t hi,
                                                       ArrayRef<int64_t> breaks) {
  SmallVector<std::pair<int64_t, int64_t>> parts;
  for (int64_t end : breaks) {
    parts.push_back({lo, end});
    lo = end;
  }
  parts.push_back({lo, hi});
  return parts;
}
