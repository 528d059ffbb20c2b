// The shapes that kernels of each class take; each returns the results of the kernel.
#pragma once

#include "tests/Gate/Expression.h"

namespace dlc::gate {

struct ClassOptions {
  /// About how many elements or products the kernel has.
  int64_t size = 1000;
  bool outOfRange = false;
  /// Some of the indices that a kernel around an indexed op reads are out of range.
  bool indicesOutside = false;
};

using Results = llvm::SmallVector<mlir::Value>;
Results elementwiseKernel(Expression &, ClassOptions);
Results rowsKernel(Expression &, ClassOptions);
Results contractionKernel(Expression &, ClassOptions);
Results windowKernel(Expression &, ClassOptions);
Results adjointKernel(Expression &, ClassOptions);
Results compositeKernel(Expression &, ClassOptions);
Results movementKernel(Expression &, ClassOptions);
Results sequentialKernel(Expression &, ClassOptions);

} // namespace dlc::gate
