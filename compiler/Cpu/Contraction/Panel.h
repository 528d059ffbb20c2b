// The columns' side of a tile copied into scratch, [depth][tile's columns], when it is no constant:
// what lies across the rows is transposed in registers on the way.
#pragma once

#include "Cpu/Contraction/Tile.h"

namespace dlc {

void emitPanel(Body &, const ContractionNest &, const ContractionSchedule &, TileEmitter &,
               Body::Scratch, mlir::AffineExpr column, llvm::ArrayRef<int64_t> live);

} // namespace dlc
