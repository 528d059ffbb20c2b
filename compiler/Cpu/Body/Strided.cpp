#include "Cpu/Body/Strided.h"
#include "Cpu/Body/State.h"

using namespace mlir;
using namespace dlc;

// Elements base, base + 2, ...: two loads, of which the second starts at the last element wanted
// minus count - 1, so that nothing past it is read.
Value dlc::loadEverySecond(ImplicitLocOpBuilder &b, int64_t count, int64_t live,
                           function_ref<Value(int64_t, int64_t)> part) {
  SmallVector<int64_t> lanes;
  for (int64_t i = 0; i < count; ++i)
    lanes.push_back(i < count / 2 ? 2 * i : count + 2 * i - (count - 1));
  Value low = part(0, std::min(2 * live - 1, count));
  Value high = part(count - 1, std::min(2 * live - count, count));
  return shuffle(b, low, high, lanes);
}

// Elements `stride` apart, the first of them at 0 (of a negative stride the last): the vectors that
// they lie in, one after the other, the last one moved back to the last element wanted. Each lane
// comes from one of them.
Value dlc::loadSpread(ImplicitLocOpBuilder &b, int64_t count, int64_t live, int64_t stride,
                      function_ref<Value(int64_t, int64_t)> part) {
  int64_t apart = std::abs(stride), span = (live - 1) * apart + 1;
  auto offsetOf = [&](int64_t lane) { return (stride > 0 ? lane : live - 1 - lane) * apart; };
  Value result;
  for (int64_t first = 0; first < span; first += count) {
    int64_t from = std::clamp<int64_t>(span - count, 0, first);
    Value vector = part(from, std::min(count, span - from));
    SmallVector<int64_t> lanes;
    for (int64_t lane = 0; lane < count; ++lane) {
      int64_t offset = lane < live ? offsetOf(lane) : 0;
      lanes.push_back(offset / count == first / count ? count + offset - from : lane);
    }
    result = shuffle(b, result ? result : vector, vector, lanes);
  }
  return result;
}

// base + (u + lane) floordiv divisor, where u mod divisor is known.
std::optional<Repeated> dlc::repeatedLanes(const Body &body, LinearForm form, AffineExpr lane,
                                           function_ref<bool(AffineExpr)> varies) {
  auto found = llvm::find_if(form.terms, [&](auto &t) { return varies(t.first); });
  if (found == form.terms.end() || found->second != 1)
    return std::nullopt;
  auto quotient = dyn_cast<AffineBinaryOpExpr>(found->first);
  form.terms.erase(found);
  if (!quotient || quotient.getKind() != AffineExprKind::FloorDiv ||
      llvm::any_of(form.terms, [&](auto &t) { return varies(t.first); }))
    return std::nullopt;
  AffineExpr uniform = body.simplify(quotient.getLHS() - lane);
  auto divisor = cast<AffineConstantExpr>(quotient.getRHS()).getValue();
  auto rest = dyn_cast<AffineConstantExpr>(body.simplify(uniform % divisor));
  if (!rest || varies(uniform))
    return std::nullopt;
  AffineExpr base = expression(form, lane.getContext());
  return Repeated{body.simplify(base + uniform.floorDiv(divisor)), rest.getValue(), divisor};
}
