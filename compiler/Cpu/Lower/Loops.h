// scf.for, scf.if and scf.while become blocks. Loops take the form that LLVM wants at once: the
// test is at the end, and there is no guard where the bounds are constants. (Upstream's patterns
// cannot share a conversion with the others when rollback is off, and leave the test at the head.)
//
//   scf.for %i = %lo to %hi step %s iter_args(%a = %x)
//     ->   br ^body(%lo, %x)      ^body(%i, %a): ...; cond_br %i+%s < %hi, ^body, ^after
#pragma once

#include "mlir/IR/Operation.h"

namespace dlc {

/// Lowers every op of scf inside `root`.
void lowerLoops(mlir::Operation *root);

} // namespace dlc
