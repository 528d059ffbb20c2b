// The description of an artifact as JSON: what the runtime reads when it loads one. The keys and
// their meaning stand in runtime/manifest.h.
#pragma once

#include "Emit/Artifact.h"

namespace dlc {

std::string makeDescription(const Artifact &);

} // namespace dlc
