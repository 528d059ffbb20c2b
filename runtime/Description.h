// An artifact's description (manifest.h), checked and in C's terms. Everything that the runtime
// later relies on is checked here once: versions, ranges, sizes that fit, a weight file inside its
// folder.
#pragma once
#include "dlc.h"

namespace dlc::runtime {

enum class WeightStorage { None, Embed, File };

struct Description {
  const char *text = nullptr; // a copy of the JSON text
  const char *name = nullptr;
  const char *runSymbol = nullptr, *callSymbol = nullptr, *cpuOkSymbol = nullptr;
  const char *cpu = nullptr; // what the code was made for, for messages
  dlc_tensor *inputs = nullptr, *outputs = nullptr;
  size_t inputCount = 0, outputCount = 0, boundedCount = 0;
  size_t arenaBytes = 0, arenaAlign = 0;
  int maxThreads = 0;
  WeightStorage weightStorage = WeightStorage::None;
  size_t weightBytes = 0, weightAlign = 0;
  uint64_t weightHash = 0;
  const char *weightFile = nullptr;

  // One allocation that everything above points into, freed by the destructor.
  void *memory = nullptr;

  Description() = default;
  Description(const Description &) = delete;
  Description &operator=(const Description &) = delete;
  ~Description();

  // Reads `json`, which is NUL-terminated. REQUIRES: read into a fresh object, once.
  // Errors: DESCRIPTION, ABI, MEMORY, UNSUPPORTED.
  int read(const char *json);
};

// The bits of one element, and the alignment that an array of it needs.
int dtypeBits(int dtype);
size_t dtypeAlign(int dtype);

} // namespace dlc::runtime
