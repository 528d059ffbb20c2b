// The packed form of a constant operand, and what undoes it. For a filter [O, C, KH, KW] of a
// convolution on channels-last data and panels of 32:
//
//   [O, C, KH, KW]  -pad->  [P * 32, C, KH, KW]  -reshape->  [P, 32, C, KH, KW]
//                   -transpose->  [P, KH, KW, C, 32]
//
// Both are movement, so the text of a kernel with a packed operand still says what it computes, and
// the emitter, pulling an element of the filter, arrives at panel * ... + lane by itself.
#include "Cpu/Contraction/Contraction.h"
#include "Cpu/Contraction/Schedule.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
using namespace dlc;

static Value reshaped(ImplicitLocOpBuilder &b, Value x, ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, tensorType(x).getElementType());
  return type == x.getType() ? x : ReshapeOp::create(b, type, x).getResult();
}

namespace {
/// The steps between the original and the packed shape.
struct Steps {
  ContractionSchedule schedule;
  /// The dimension of the columns in `split`; split with whole panels; with panels apart.
  int64_t column;
  SmallVector<int64_t> split, padded, apart;
  /// From `apart` to the packed order.
  SmallVector<int64_t> order;

  explicit Steps(const KernelPlan &plan) : schedule(ContractionSchedule::from(plan.choices)) {
    int64_t width = schedule.panelColumns;
    split = schedule.packShape;
    column = schedule.packOrder[schedule.packOuter];
    int64_t panels = (split[column] + width - 1) / width;
    padded = apart = split;
    padded[column] = panels * width;
    apart[column] = panels;
    apart.insert(apart.begin() + column + 1, width);
    for (int64_t d : schedule.packOrder)
      order.push_back(d > column ? d + 1 : d);
    order.push_back(column + 1);
  }
};
} // namespace

Value dlc::buildPackedPanels(ImplicitLocOpBuilder &b, Value operand, const KernelPlan &plan) {
  Steps steps(plan);
  Value x = reshaped(b, operand, steps.split);
  if (steps.padded != steps.split) {
    SmallVector<int64_t> zeros(steps.split.size(), 0), hi = zeros;
    hi[steps.column] = steps.padded[steps.column] - steps.split[steps.column];
    x = PadOp::create(b, x, zeros, hi, zeros, elementAttribute(tensorType(x).getElementType(), 0));
  }
  return permuted(b, reshaped(b, x, steps.apart), steps.order);
}

Value dlc::buildUnpackedPanels(ImplicitLocOpBuilder &b, Value packed, RankedTensorType original,
                               const KernelPlan &plan) {
  Steps steps(plan);
  SmallVector<int64_t> inverse(steps.order.size());
  for (auto [to, from] : llvm::enumerate(steps.order))
    inverse[from] = to;
  Value x = reshaped(b, permuted(b, packed, inverse), steps.padded);
  if (steps.padded != steps.split)
    x = SliceOp::create(b, x, SmallVector<int64_t>(steps.split.size(), 0), steps.split,
                        SmallVector<int64_t>(steps.split.size(), 1));
  return reshaped(b, x, original.getShape());
}
