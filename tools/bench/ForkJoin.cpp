// What a fork-join of the runtime's pool costs: microseconds of a parallel_for with an empty body.
//
//   fork-join [THREADS]       (default: one for each CPU)
//
// Back to back is how a compiled model calls it; after a gap the workers have spun for that long,
// or sleep. The serial call alternates with it, so that both see the same machine.
#include "dlc.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <vector>

namespace {

double now() { // in microseconds
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return 1e6 * t.tv_sec + 1e-3 * t.tv_nsec;
}

struct alignas(64) Cell {
  volatile int64_t units = 0;
  volatile int64_t phases = 0;
};
Cell cells[DLC_POOL_THREADS_MAX];

void body(void *, int64_t begin, int64_t end, int slot) {
  cells[slot].units = cells[slot].units + (end - begin);
}

int regionSlots; // that took part in the last region

void region(void *, int slot, int slots, void (*barrier)(void *), void *context) {
  if (slot == 0)
    regionSlots = slots;
  for (int i = 0; i < 100; ++i) {
    cells[slot].phases = cells[slot].phases + 1;
    barrier(context);
  }
}

void print(const char *what, std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  size_t n = samples.size();
  printf("%-34s min %8.3f  median %8.3f  p90 %8.3f us\n", what, samples[0], samples[n / 2],
         samples[n * 9 / 10]);
}

// Time of one call, from `batch` calls in a row.
template <class Call> double timed(int batch, Call call) {
  double begin = now();
  for (int i = 0; i < batch; ++i)
    call();
  return (now() - begin) / batch;
}

void backToBack(const dlc_parallel *parallel, int count) {
  std::vector<double> serial, joined;
  for (int i = 0; i < 200; ++i) {
    serial.push_back(timed(300, [&] { body(nullptr, 0, count, 0); }));
    joined.push_back(
        timed(300, [&] { parallel->parallel_for(parallel->context, body, nullptr, count); }));
  }
  print("serial call", serial);
  char what[64];
  snprintf(what, sizeof what, "back to back, %d units", count);
  print(what, joined);
}

void afterGap(const dlc_parallel *parallel, int count, double gap) {
  std::vector<double> samples;
  for (int i = 0; i < (gap > 1000 ? 100 : 400); ++i) {
    for (double begin = now(); now() - begin < gap;)
      ;
    samples.push_back(
        timed(1, [&] { parallel->parallel_for(parallel->context, body, nullptr, count); }));
  }
  char what[64];
  snprintf(what, sizeof what, "after a gap of %.0f us", gap);
  print(what, samples);
}

// Time of a barrier, in the regions where all threads took part: a busy machine may start with
// fewer.
void inRegion(const dlc_parallel *parallel, int threads) {
  std::vector<double> samples;
  for (int i = 0; i < 100; ++i) {
    double sample =
        timed(1, [&] { parallel->parallel_region(parallel->context, region, nullptr); });
    if (regionSlots == threads)
      samples.push_back(sample / 100);
  }
  char what[64];
  snprintf(what, sizeof what, "barrier, %zu of 100 regions", samples.size());
  if (!samples.empty())
    print(what, samples);
}

} // namespace

int main(int count, char **arguments) {
  dlc_pool *pool;
  if (dlc_pool_create(count > 1 ? atoi(arguments[1]) : 0, &pool)) {
    fprintf(stderr, "fork-join: %s\n", dlc_last_error());
    return 6;
  }
  const dlc_parallel *parallel = dlc_pool_parallel(pool);
  int threads = dlc_pool_threads(pool);
  printf("%d threads\n", threads);
  backToBack(parallel, threads);
  backToBack(parallel, 64 * threads);
  for (double gap : {20., 200., 2000.})
    afterGap(parallel, threads, gap);
  inRegion(parallel, threads);
  dlc_pool_free(pool);
}
