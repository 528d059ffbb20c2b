// How an op changes elements at places that come from data. Updates have loops, like the reads of a
// reference form; they run one after the other in row-major order.
//
//   put add x, i, u axis 1      extents u.shape [N, K, C], i numbered by loop d1
//                               target (d0, s0, d2), s0 = i[d1]
//   scatter_nd set x, i, u      extents [N, C], i [N, 2] numbered by d0, target (s0, s1, d1)
//
// A dimension of x that is a loop alone tells updates apart: different values of that loop never
// meet, so that targets run them at once.
#pragma once

#include "Core/Literal.h"
#include "Core/Scalar.h"

namespace dlc {

struct ScatterForm {
  PutKind kind = PutKind::set;
  /// The shape of the updates: one loop a dimension.
  llvm::SmallVector<int64_t> extents;
  /// The loops that number the leading dimensions of the indices. Symbol s is element s of what is
  /// left, a list or (where all dimensions are numbered) one number.
  llvm::SmallVector<unsigned> indexLoops;
  /// Per dimension of x, the loop and the symbol (-1: none) whose sum is the index. It is checked.
  struct Target {
    int loop = -1, symbol = -1;
  };
  llvm::SmallVector<Target> target;

  /// The value of a symbol lies in [0, bound): the extent, less what the loop adds.
  int64_t bound(unsigned dimension, llvm::ArrayRef<int64_t> shape) const {
    const Target &t = target[dimension];
    return shape[dimension] - (t.loop < 0 ? 0 : extents[t.loop] - 1);
  }
};

/// The element after an update.
Scalar putElement(PutKind, Scalar element, Scalar update);

/// Runs the updates; an index out of range is an error of `op`.
llvm::FailureOr<llvm::SmallVector<Literal>>
interpretScatter(mlir::Operation *op, const ScatterForm &, llvm::ArrayRef<Literal> operands);

} // namespace dlc
