// Memory of a kernel's arguments in which every access outside is found: pages without access
// before and after, and poisoned bytes between them and the buffer. Kernels that check their
// accesses (AddressSanitizer) are stopped at the poisoned bytes, too.
#pragma once

#include <cstddef>
#include <functional>

namespace dlc::gate {

/// `size` bytes, whose end or start lies as near to a page without access as `alignment` allows.
class GuardedBuffer {
public:
  enum class Side { End, Start };
  GuardedBuffer(size_t size, size_t alignment, Side);
  ~GuardedBuffer();
  GuardedBuffer(GuardedBuffer &&) noexcept;

  char *data() const { return start; }
  size_t size() const { return count; }
  /// Whether the address lies in the pages around it.
  bool isNear(const char *address) const;
  /// Whether the poisoned bytes around the buffer are what they were. From then on AddressSanitizer
  /// does not stop at them.
  bool isIntact() const;
  /// Overwrites the buffer with the byte.
  void fill(char);

private:
  char *region = nullptr, *inner = nullptr, *start = nullptr;
  size_t regionBytes = 0, innerBytes = 0, count = 0;
};

/// Where the last call that runCaught caught wanted to read or write.
const char *faultAddress();

/// Runs `call`; false where it touched memory that it may not, or divided by zero: the signal is
/// caught. REQUIRES: one thread at a time, and a call that owns nothing.
bool runCaught(const std::function<void()> &call);

} // namespace dlc::gate
