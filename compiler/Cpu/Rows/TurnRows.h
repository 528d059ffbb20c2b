// Short rows between memory and scratch, turned in registers on the way (Nest::Turned).
#pragma once

#include "Cpu/Rows/Nest.h"

namespace dlc {

/// The place of a row block in scratch.
Body::Scratch turnedScratch(Body &, const Nest &, const Nest::Turned &);
mlir::Value turnedBuffer(Body &, const Nest::Turned &);
/// Copies `live` rows, of which the first begins at `base`, into scratch, and back.
void turnIn(Body &, const Nest &, const Nest::Turned &, mlir::AffineExpr base, int64_t live);
void turnOut(Body &, const Nest &, const Nest::Turned &, mlir::AffineExpr base, int64_t live);

} // namespace dlc
