// How many CPUs this process may use.
#pragma once

namespace dlc::runtime {

// At least 1: the CPUs of the calling thread's affinity mask, or fewer where the container's quota
// of CPU time (cgroup version 2) allows less.
int availableProcessors();

// The value of an environment variable that holds an integer from `minimum` to `maximum`; anything
// else counts as not set and gives `fallback`.
int environmentInteger(const char *name, int minimum, int maximum, int fallback);

} // namespace dlc::runtime
