// The plan of a contraction kernel.
#include "Cpu/Contraction/Contraction.h"
#include "Cpu/Contraction/Emit.h"
#include "Cpu/Contraction/Schedule.h"

using namespace mlir;
using namespace dlc;

bool dlc::acceptsContraction(func::FuncOp kernel) {
  std::optional<ContractionNest> nest = ContractionNest::of(kernel);
  // A product alone is an elementwise op.
  if (!nest || nest->columns < 0 || nest->depth() == 1)
    return false;
  // The rows' side is read element by element for every tile of columns: computing it there costs
  // more than a kernel of its own. The columns' side is computed once, on its way into scratch.
  unsigned columnSide = nest->columnSide, rowSide = 1 - columnSide;
  // Few columns leave lanes empty that the depth would fill, if the side lay ready.
  int64_t lanes = 512 / registerType(nest->element).getIntOrFloatBitWidth();
  if (nest->isComputed(columnSide) && nest->columnCount() * 4 <= lanes &&
      nest->depth() >= 4 * lanes)
    return false;
  bool isPlain = !nest->reductions.empty() && (columnSide == 1 || nest->constraints.empty());
  bool isShared = nest->sides[rowSide].has(nest->columns);
  return !nest->isComputed(rowSide) && (!nest->isComputed(columnSide) || (isPlain && !isShared));
}

KernelPlan dlc::planContraction(func::FuncOp kernel, const Machine &machine) {
  ContractionNest nest = *ContractionNest::of(kernel);
  ContractionSchedule schedule = ContractionSchedule::of(nest, machine);
  KernelPlan plan;
  plan.kernelClass = "contraction";
  plan.count = partCount(nest, schedule);
  plan.work = tensorType(nest.op->getResult(0)).getNumElements() * nest.depth();
  auto bytes = [](Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return tensor.getNumElements() * elementBytes(tensor.getElementType());
  };
  for (Type type : kernel.getArgumentTypes())
    plan.bytes += bytes(type);
  for (Type type : kernel.getResultTypes())
    plan.bytes += bytes(type);
  plan.scratchBytes = scratchBytes(nest, schedule);
  if (schedule.packedOperand >= 0)
    plan.packed.push_back(schedule.packedOperand);
  plan.choices = schedule.attribute(kernel.getContext());
  return plan;
}

void dlc::emitContraction(ModuleOp module, func::FuncOp kernel, StringRef symbol,
                          const Machine &machine, const KernelPlan &plan, bool checks) {
  ContractionSchedule schedule = ContractionSchedule::from(plan.choices);
  ContractionNest nest = *ContractionNest::of(kernel, schedule.columns);
  Body body(module, kernel, symbol, machine, plan.scratchBytes, checks);
  emitParts(body, nest, schedule);
  body.finish();
}
