#include "tests/Gate/Memory.h"
#include "Cpu/Lower/Sanitize.h"
#include <algorithm>
#include <csetjmp>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>
#include <utility>

using namespace dlc::gate;

static constexpr char poison = '\xa5';
/// Poisoned bytes on either side at least.
static constexpr size_t guardBytes = 64;

GuardedBuffer::GuardedBuffer(size_t size, size_t alignment, Side side) : count(size) {
  size_t page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  innerBytes = (size + 2 * guardBytes + alignment + page - 1) / page * page;
  regionBytes = innerBytes + 2 * page;
  region = static_cast<char *>(
      mmap(nullptr, regionBytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  if (region == MAP_FAILED)
    std::abort();
  inner = region + page;
  mprotect(inner, innerBytes, PROT_READ | PROT_WRITE);
  std::memset(inner, poison, innerBytes);
  // The poisoned bytes are written to by nobody; reads beyond them end the run.
  uintptr_t at = reinterpret_cast<uintptr_t>(inner);
  if (side == Side::End)
    at = (at + innerBytes - size) / alignment * alignment;
  start = reinterpret_cast<char *>(at);
  dlc::AddressSanitizer::poison(inner, static_cast<size_t>(start - inner));
  dlc::AddressSanitizer::poison(start + size,
                                static_cast<size_t>(inner + innerBytes - start) - size);
}

GuardedBuffer::~GuardedBuffer() {
  if (!region)
    return;
  dlc::AddressSanitizer::unpoison(inner, innerBytes);
  munmap(region, regionBytes);
}

GuardedBuffer::GuardedBuffer(GuardedBuffer &&o) noexcept
    : region(std::exchange(o.region, nullptr)), inner(o.inner), start(o.start),
      regionBytes(o.regionBytes), innerBytes(o.innerBytes), count(o.count) {}

bool GuardedBuffer::isNear(const char *address) const {
  return address >= region && address < region + regionBytes;
}

bool GuardedBuffer::isIntact() const {
  dlc::AddressSanitizer::unpoison(inner, innerBytes);
  auto all = [](const char *from, const char *to) {
    return std::all_of(from, to, [](char c) { return c == poison; });
  };
  return all(inner, start) && all(start + count, inner + innerBytes);
}

void GuardedBuffer::fill(char c) { std::memset(start, c, count); }

static sigjmp_buf escape;
static const char *fault = nullptr;
static void onSignal(int, siginfo_t *info, void *) {
  fault = static_cast<const char *>(info->si_addr);
  siglongjmp(escape, 1);
}

const char *dlc::gate::faultAddress() { return fault; }

bool dlc::gate::runCaught(const std::function<void()> &call) {
  struct sigaction action = {}, old[3];
  action.sa_sigaction = onSignal;
  action.sa_flags = SA_SIGINFO;
  const int signals[] = {SIGSEGV, SIGBUS, SIGFPE};
  for (int i = 0; i < 3; ++i)
    sigaction(signals[i], &action, &old[i]);
  bool ok = sigsetjmp(escape, 1) == 0;
  if (ok)
    call();
  for (int i = 0; i < 3; ++i)
    sigaction(signals[i], &old[i], nullptr);
  return ok;
}
