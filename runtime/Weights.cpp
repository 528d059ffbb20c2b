#include "Weights.h"
#include "Error.h"
#include "WeightHash.h"
#include "dlc.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace dlc::runtime;

Weights::~Weights() {
  if (mapped)
    munmap(mapped, mappedBytes);
}

// Maps the whole of an open file, or one anonymous page for a file without bytes, which cannot be
// mapped.
static void *mapFile(int file, size_t bytes) {
  if (!bytes)
    return mmap(nullptr, 1, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return mmap(nullptr, bytes, PROT_READ, MAP_SHARED, file, 0);
}

int Weights::map(const char *path, size_t bytes, uint64_t hash) {
  // Not to wait for a writer if the path is a pipe.
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    return fail(DLC_ERROR_FILE, "cannot open the weight file '%s': %m", path);
  struct stat status;
  void *address = MAP_FAILED;
  int error = DLC_OK;
  if (fstat(file, &status) || !S_ISREG(status.st_mode))
    error = fail(DLC_ERROR_FILE, "the weight file '%s' is no regular file", path);
  else if (size_t(status.st_size) != bytes)
    error = fail(DLC_ERROR_WEIGHTS, "the weight file '%s' has %zu bytes, the artifact needs %zu",
                 path, size_t(status.st_size), bytes);
  else if ((address = mapFile(file, bytes)) == MAP_FAILED)
    error = fail(DLC_ERROR_FILE, "cannot map the weight file '%s': %m", path);
  close(file);
  if (error)
    return error;
  mapped = address;
  mappedBytes = bytes ? bytes : 1;
  WeightHash found;
  found.update(mapped, bytes);
  if (found.finish() != hash)
    return fail(DLC_ERROR_WEIGHTS,
                "the weight file '%s' has the hash %016llx, the artifact needs %016llx", path,
                (unsigned long long)found.finish(), (unsigned long long)hash);
  return DLC_OK;
}
