// Which loop of a contraction lies on lanes.
#pragma once

#include "Cpu/Contraction/Nest.h"

namespace dlc {

/// The loop (of a nest that is not sorted yet); -1: none is worth register tiles.
int chooseColumns(const ContractionNest &);

/// The side whose vectors are loaded once for all rows of a tile: the one that has the columns; of
/// both the one that is to be laid out anew along a reduction, or that leaves more rows.
int columnSideOf(const ContractionNest &, int columns);

/// The argument that the value is, if it is constant in the model.
std::optional<unsigned> weightArgument(mlir::Value);

/// The side may be copied into panels when a part begins.
bool mayStage(const ContractionNest &, unsigned side);

} // namespace dlc
