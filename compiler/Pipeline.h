// The order of the graph passes, from what a frontend made to a program over buffers.
#pragma once

#include "Graph/Target.h"
#include "mlir/Pass/PassManager.h"

namespace dlc {

struct PipelineOptions {
  /// The last stage that is wanted: graph (as imported), optimized, or kernels (over buffers).
  enum class Stage { Graph, Optimized, Kernels } until = Stage::Kernels;
  /// False (-O0): no graph passes, and each op is a kernel.
  bool optimize = true;
  /// True (--math=strict): no pass changes the order or the number of roundings.
  bool exact = false;
  /// Slots that have scratch of their own (--max-threads).
  int64_t slots = 16;
  /// 64 bytes are left after every buffer (--sanitize=address).
  bool poison = false;
};

/// Adds the passes to `passes`, which runs on a module. `target` outlives it.
void buildPipeline(mlir::PassManager &passes, const Target &target, const PipelineOptions &);

} // namespace dlc
