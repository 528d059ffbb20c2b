// The code of a contraction: parts, tiles of columns, tiles of rows, loops of the depth.
#pragma once

#include "Cpu/Body/Body.h"
#include "Cpu/Contraction/Schedule.h"

namespace dlc {

/// Builds the loops over the body's parts. REQUIRES: the nest is of the body's kernel.
void emitParts(Body &, const ContractionNest &, const ContractionSchedule &);

} // namespace dlc
