// See Memory.h.
#include "Memory.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <algorithm>
#include <sys/resource.h>
#include <unistd.h>

// The number in a file of the control group; the largest number where there is no limit.
static int64_t limitOf(const char *path) {
  int64_t bytes;
  auto file = llvm::MemoryBuffer::getFileAsStream(path);
  if (!file || (*file)->getBuffer().trim().getAsInteger(10, bytes))
    return INT64_MAX;
  return bytes;
}

int64_t dlc::tool::memoryLimit() {
  int64_t limit = static_cast<int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
  rlimit own;
  if (getrlimit(RLIMIT_AS, &own) == 0 && own.rlim_cur != RLIM_INFINITY)
    limit = std::min(limit, static_cast<int64_t>(own.rlim_cur));
  return std::min({limit, limitOf("/sys/fs/cgroup/memory.max"),
                   limitOf("/sys/fs/cgroup/memory/memory.limit_in_bytes")});
}

bool dlc::tool::fitsIntoMemory(Session &session, const Artifact &artifact) {
  uint64_t bytes = artifact.arenaBytes, limit = memoryLimit();
  for (const Parameter &output : artifact.outputs)
    bytes = llvm::SaturatingAdd(bytes, static_cast<uint64_t>(output.bytes));
  if (bytes <= limit)
    return true;
  session.diagnostics.report(Code::OutOfMemory, "the model needs more memory than there is")
      .expected("at most " + llvm::Twine(limit) + " bytes")
      .found(llvm::Twine(bytes) + " bytes for the arena and the outputs");
  return false;
}
