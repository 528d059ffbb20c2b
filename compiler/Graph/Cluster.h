// Which ops of a block become one kernel: clusters that grow around an anchor (a contraction, a
// window, a reduction, a composite), take the elementwise ops that follow as epilogue and movement
// that precedes as prologue, and never make the graph cyclic.
//
//   dot -> add(bias) -> gelu -> [dot]        {dot, add, gelu} {dot}
//   c = f*c + i*g -> tanh -> mul o           one cluster with two results (c is read later)
//
// Legality is the target's word (Target::accepts); the policy here says only what is worth asking.
#pragma once

#include "Core/Core.h"
#include "Graph/Target.h"

namespace dlc {

using Cluster = llvm::SmallVector<mlir::Operation *>;

/// The clusters of a block's ops, in an order in which they can be executed; region ops and others
/// that stay in the program are clusters of their own. Without `fuse`, each op is alone.
llvm::SmallVector<Cluster> clusterBlock(mlir::Block &, const Target &, bool fuse);

} // namespace dlc
