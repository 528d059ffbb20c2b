// Gives every value its place: the program on tensors becomes one over buffers with offsets.
//
//   func.func @main(%x: tensor<8xf32>)             func.func @run(%x: memref<8xf32>,
//       -> tensor<8xf32> {                                        %y: memref<8xf32> {dlc.output}) {
//     %0 = dlc.call @exp_1(%x)            becomes    %a = dlc.buffer arena 0 : memref<8xf32>
//     %1 = dlc.call @neg_2(%0)                       dlc.launch @exp_1 ins(%x) outs(%a)
//     return %1                                      dlc.launch @neg_2 ins(%a) outs(%y)
//
//   1. BufferProgram.cpp: launches, control flow, who may write where
//   2. AssignOffsets.cpp: lifetimes and offsets
#include "Graph/BufferProgram.h"
#include "Graph/Target.h"
#include "Passes.h"

namespace dlc {
#define GEN_PASS_DEF_PLANMEMORY
#include "Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

// Every slot's part of a kernel's scratch gets a gap too.
static void widenScratch(ModuleOp module, int64_t gap) {
  for (auto kernel : module.getOps<func::FuncOp>()) {
    if (!kernel->hasAttr(kernelMark) || !kernel->hasAttr(planName))
      continue;
    KernelPlan plan = KernelPlan::from(kernel);
    if (plan.scratchBytes == 0)
      continue;
    plan.scratchBytes = llvm::alignTo(plan.scratchBytes, 64) + gap;
    kernel->setAttr(planName, plan.attribute(module.getContext()));
  }
}

namespace {
struct PlanMemoryPass : dlc::impl::PlanMemoryBase<PlanMemoryPass> {
  using PlanMemoryBase::PlanMemoryBase;

  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main) {
      getOperation().emitError("expected a function named main");
      return signalPassFailure();
    }
    constexpr int64_t poisonBytes = 64;
    int64_t gap = poison ? poisonBytes : 0;
    if (gap)
      widenScratch(getOperation(), gap);
    FailureOr<func::FuncOp> run = buildBufferProgram(main, {slots, gap});
    if (failed(run))
      return signalPassFailure();
    int64_t bytes = assignOffsets(*run, gap);
    getOperation()->setAttr("dlc.arena_bytes", Builder(&getContext()).getI64IntegerAttr(bytes));
    if (gap)
      getOperation()->setAttr("dlc.gap_bytes", Builder(&getContext()).getI64IntegerAttr(gap));
    main.erase();
  }
};
} // namespace
