// How the results of a kernel are computed when no register tiles are needed: one nest of loops
// over the largest result, of which one loop is vectorised. Reductions are computed as soon as the
// loops that their points depend on are open, so that
//
//   softmax over the last dimension    for row { max; sum of exp(x - max); for vector of columns }
//   softmax over the first             for vector of columns { max; sum; for row { ... } }
//   column sums                        for vector of columns { for row { accumulate } }
//   row sums                           for row { reduction along a vectorised loop }
//   dot, convolution, windows          for ... { for vector { loops of the reduction } }
//
// are all the same nest with another order of loops. This file chooses; EmitNest.cpp builds.
#pragma once

#include "Cpu/Body/Body.h"

namespace dlc {

struct Nest {
  struct Loop {
    int64_t extent;
    /// Where guards begin or cease to hold.
    llvm::SmallVector<int64_t> breaks;
  };
  /// Outermost first. Points below are in terms of them: loop i is symbol i.
  llvm::SmallVector<Loop> loops;
  /// The vectorised loop (-1: none), its lanes, and how many vectors are computed together.
  int vectorLoop = -1;
  int64_t lanes = 1, together = 1;

  /// The last block of the vectorised (and of the tiled) loop begins early enough to be whole, so
  /// that there is one body and no mask; some elements are computed twice.
  bool overlaps = false;

  /// Reads that are contiguous along another loop than the vectorised one: squares of lanes x lanes
  /// elements are transposed in registers into scratch. That loop is the last but one (-1: none),
  /// and runs in steps of `lanes`.
  struct Transposed {
    mlir::Value source;
    mlir::AffineExpr position;
    int64_t scratchBytes;
  };
  int tileLoop = -1;
  llvm::SmallVector<Transposed> transposed;

  /// Short rows, one for each lane: the rows of a block of the vectorised loop are turned in
  /// registers on their way into scratch, [extent][lanes], where reductions across the lanes find
  /// vectors; rows of a result likewise on their way out.
  struct Turned {
    /// The operand, or null for result `result`.
    mlir::Value source;
    unsigned result = 0;
    /// Of the first element that is read or written in the row.
    mlir::AffineExpr position;
    int64_t stride, extent, scratchBytes;
  };
  llvm::SmallVector<Turned> turned;

  /// A result is stored when `level` loops are open.
  struct Output {
    unsigned result;
    Point point;
    unsigned level;
  };
  llvm::SmallVector<Output> outputs;

  /// Reductions that share loops are computed when `level` loops are open.
  struct Group {
    llvm::SmallVector<Body::Reduction> items;
    unsigned level;
    /// What later sweeps need again and is kept in scratch.
    llvm::SmallVector<Body::Keep> keeps;
    /// Bytes between the scratch of vectors that are computed together.
    int64_t keepStride = 0;
  };
  llvm::SmallVector<Group> groups;
  int64_t scratchBytes = 0;

  /// The kernel's parts are iterations of the first `cutLoops` loops, or blocks of `block`
  /// iterations of the vectorised loop, if that is the first.
  unsigned cutLoops = 0;
  int64_t block = 0, count = 1;

  double operations = 0;
  /// How many times the work of the ops, one after the other, the nest does.
  double repetition = 1;
};

/// Nests that together compute all results, in order; several only where results share no
/// iteration. Fails on ops without a reference form and on kernels too large to be one.
std::optional<std::vector<Nest>> planNests(mlir::func::FuncOp kernel, const Machine &);

/// Builds the loops. REQUIRES: `body` was made for the kernel of the nests (or a clone of it).
void emitNests(Body &, llvm::ArrayRef<Nest>);

} // namespace dlc
