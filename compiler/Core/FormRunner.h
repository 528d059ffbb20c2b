// Evaluates a reference form: the loops, reads and body of one op.
#pragma once

#include "Core/ReferenceForm.h"

namespace dlc {

/// The results of `op`, whose form is `form`. Takes one unit of `workLeft` per iteration and fails
/// with an error at the op when there is none left, or when an index from data leaves its operand.
mlir::FailureOr<llvm::SmallVector<Literal>> runForm(mlir::Operation *op, const ReferenceForm &form,
                                                    llvm::ArrayRef<Literal> operands,
                                                    int64_t &workLeft);

} // namespace dlc
