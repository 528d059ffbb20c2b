// The order of everything between a frontend and a kernel's code.
#include "Pipeline.h"
#include "Passes.h"

using namespace mlir;
using namespace dlc;

void dlc::buildPipeline(PassManager &passes, const Target &target, const PipelineOptions &options) {
  using Stage = PipelineOptions::Stage;
  if (options.until == Stage::Graph)
    return;
  if (options.optimize) {
    // Merge what is equal and compute what is known, so that patterns see plain operands.
    passes.addPass(createFold(FoldOptions{options.exact}));
    // Recognise softmax, layer norm and the like in what exporters write.
    passes.addPass(createRaise());
    // Put channels last, and cancel the transposes that this costs.
    passes.addPass(createLayout());
    // Compute what that made constant: filters in their new order, scales folded into them.
    passes.addPass(createFold(FoldOptions{options.exact}));
  }
  if (options.until == Stage::Optimized)
    return;
  // Find the scalars that say how much of a tensor is there.
  passes.addPass(createResolveExtents());
  // Cut the program into kernels, planned by the target.
  passes.addPass(createFormKernels(target, options.optimize));
  // Give every value its place in memory.
  passes.addPass(createPlanMemory(PlanMemoryOptions{options.slots, options.poison}));
}
