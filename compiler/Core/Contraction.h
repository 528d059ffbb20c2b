// What dot and the convolutions share.
#pragma once

#include "Core/Shape.h"

namespace dlc {

/// Completes a form whose loops are there: reads of operands 0 and 1, their product as the body,
/// and the sum, in the register type of `element`.
void appendProduct(ReferenceForm &, llvm::ArrayRef<mlir::AffineExpr> left,
                   llvm::ArrayRef<mlir::AffineExpr> right, mlir::Type element);

} // namespace dlc
