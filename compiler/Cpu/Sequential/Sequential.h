// Ops whose results are no function of an index (SequentialOpInterface): loops in which elements
// follow each other, over rows that do not meet, which are the parts of the kernel. What produces
// their operands is pulled, so a prologue costs no memory.
#pragma once

#include "Cpu/Body/Body.h"
#include "Graph/Target.h"

namespace dlc {

/// Whether the kernel's results are those of one sequential op, and everything before it can be
/// pulled.
bool isSequentialKernel(mlir::func::FuncOp kernel);

/// Parts, work and scratch. REQUIRES: isSequentialKernel.
KernelPlan planSequential(mlir::func::FuncOp kernel, const Machine &);

/// Builds the loops. REQUIRES: isSequentialKernel.
void emitSequential(Body &);

// ---------------------------------------------------------------- one file an op, or a family

/// How an op's loops are cut: rows, scratch of one part, operations of all.
struct SequentialPlan {
  int64_t count = 1, scratchBytes = 0, work = 0;
};

void emitNonZero(Body &, NonZeroOp);

SequentialPlan planScatter(ScatterOpInterface);
void emitScatter(Body &, ScatterOpInterface);

SequentialPlan planSort(SortOp);
void emitSort(Body &, SortOp);

SequentialPlan planCumulative(CumulativeOp);
void emitCumulative(Body &, CumulativeOp);

// ---------------------------------------------------------------- what they share

/// The buffers of the kernel's results that are `value`.
Values buffersOf(Body &, mlir::Value value);

/// The row-major element `flat` of `extents` as a point.
Point pointOf(mlir::AffineExpr flat, llvm::ArrayRef<int64_t> extents, Body &);

/// Vectors over [0, extent), the last one ragged: `step` gets the expression of its elements.
void forVectors(Body &, int64_t extent, mlir::Type element,
                llvm::function_ref<void(mlir::AffineExpr)> step);

} // namespace dlc
