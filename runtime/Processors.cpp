#include "Processors.h"

#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

// The CPUs' worth of time that the container may use, rounded up; 0 if there is no limit. Workers
// that spin beyond the quota would only use it up, and the kernel then stops all of them.
static int containerQuota() {
  int file = open("/sys/fs/cgroup/cpu.max", O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return 0;
  char text[64] = {};
  long long quota, period;
  bool limited = read(file, text, sizeof text - 1) > 0 &&
                 sscanf(text, "%lld %lld", &quota, &period) == 2 && quota > 0 && period > 0;
  close(file);
  return limited ? int((quota + period - 1) / period) : 0;
}

int dlc::runtime::availableProcessors() {
  cpu_set_t set;
  int count = 1;
  if (sched_getaffinity(0, sizeof set, &set) == 0)
    count = CPU_COUNT(&set);
  else if (long online = sysconf(_SC_NPROCESSORS_ONLN); online > 0) // more CPUs than the set holds
    count = int(online);
  int quota = containerQuota();
  return quota > 0 && quota < count ? quota : count;
}

int dlc::runtime::environmentInteger(const char *name, int minimum, int maximum, int fallback) {
  const char *text = getenv(name);
  if (!text || !*text)
    return fallback;
  char *end;
  long value = strtol(text, &end, 10);
  return *end || value < minimum || value > maximum ? fallback : int(value);
}
