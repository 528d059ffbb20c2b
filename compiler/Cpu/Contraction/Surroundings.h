// What a kernel has around its contraction: elementwise ops and movement of whole tensors.
#pragma once

#include "Cpu/Contraction/Nest.h"

namespace dlc {

/// The one contraction of the kernel; null if there is another reduction.
mlir::Operation *soleContraction(mlir::func::FuncOp);

/// Where each result of the kernel has what depends on the contraction's element at `origin`; none
/// if that is no single element of each.
std::optional<llvm::SmallVector<Point>> storedPoints(mlir::Operation *contraction,
                                                     const Point &origin);

} // namespace dlc
