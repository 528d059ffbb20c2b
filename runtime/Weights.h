// A weight file (--weight-storage=file), mapped read-only, so that processes share it and a model
// of gigabytes costs no copy. Size and hash are checked once, when it is mapped.
#pragma once
#include <cstddef>
#include <cstdint>

namespace dlc::runtime {

class Weights {
public:
  Weights() = default;
  Weights(const Weights &) = delete;
  Weights &operator=(const Weights &) = delete;
  ~Weights();

  // Maps `path`, which must hold exactly `bytes` bytes with the XXH64 `hash`.
  // Errors: FILE, WEIGHTS. REQUIRES: not mapped yet.
  int map(const char *path, size_t bytes, uint64_t hash);

  // Aligned to a page; never null once mapped, also when there are no bytes.
  const void *data() const { return mapped; }

private:
  void *mapped = nullptr;
  size_t mappedBytes = 0;
};

} // namespace dlc::runtime
