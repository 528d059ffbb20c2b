// How much code an element of an op is: what decides whether a body may stand in several places of
// a kernel (rows of a tile, vectors side by side) or is looped over. Found by building the body, so
// that no op is known by name.
#pragma once

#include "mlir/IR/Operation.h"

namespace dlc {

/// Instructions for a vector of elements of the op, roughly; those of its body and combiner.
double instructionCount(mlir::Operation *op);

} // namespace dlc
