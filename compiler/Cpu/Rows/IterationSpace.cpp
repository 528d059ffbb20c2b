// The loops of a nest: those of the largest result, taken apart where reshapes do and merged where
// nothing tells them apart.
#include "Cpu/Rows/NestPlanner.h"

using namespace mlir;
using namespace dlc;

/// Loops after which dimensions are not taken apart further.
static constexpr size_t loopsMax = 10;

// Another result that the walk came across at a point that runs over all its elements, once.
std::optional<Point> NestPlanner::pointOf(Value result) const {
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

bool NestPlanner::takeResults(llvm::SmallBitVector &left) {
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

// What reads along the dimension has one vector for several of them: it stays whole.
bool NestPlanner::isRepeatedOnly(AffineExpr dimension, int64_t extent) const {
  unsigned position = cast<AffineDimExpr>(dimension).getPosition();
  int64_t lanes = lanesOf(extent), repeated = 0;
  for (const Analysis::Access &access : analysis.accesses) {
    LinearForm form = analysis.linear(access.position);
    if (!form.isNonlinearIn(position))
      continue;
    if (!repeats(form, dimension, lanes))
      return false;
    ++repeated;
  }
  return repeated > 0 && extent >= lanes;
}

// A dimension that reshapes take apart becomes two loops.
void NestPlanner::splitDimensions() {
  for (size_t i = 0; i < loops.size(); ++i) {
    AffineExpr dimension = loops[i].dimension;
    unsigned before = analysis.nonlinearUses(dimension);
    if (!before || isRepeatedOnly(dimension, loops[i].extent))
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

void NestPlanner::mergeLoops() {
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
