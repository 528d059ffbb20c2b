// Finds the first node whose value is off: `verify --bisect`. The reference is the same model
// without graph passes, every op a kernel of its own (-O0). A model is cut after a node, compiled
// with the options as they are, and its value compared; the cuts are halved.
#pragma once

#include "Compare.h"
#include "TestData.h"

namespace dlc::tool {

struct ModelOptions;

/// What was found, as lines on stdout.
void bisect(Session &, const ModelOptions &, const TestSet &, const Tolerance &,
            const dlc_parallel *);

} // namespace dlc::tool
