// The pool's protocol; Pool.h says why it is so.
#include "Pool.h"
#include "Error.h"
#include "Processors.h"

#include <climits>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <linux/futex.h>
#include <new>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace dlc::runtime;

namespace {

constexpr int spinDefault = 20000; // some 200 us between jobs
constexpr int64_t gatherNanoseconds = 50000;

uint32_t jobNumber(uint64_t job) { return uint32_t(job); }
int jobActive(uint64_t job) { return int(job >> 32 & 0xFF); }
int jobSlots(uint64_t job) { return int(job >> 40 & 0xFF); }
constexpr uint64_t oneActive = uint64_t(1) << 32, closed = uint64_t(1) << 48;

inline void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// One step of waiting for another thread, after `steps` before it. Spins for some 20 us; then gives
// the CPU away between looks, because the thread that is waited for may need this very CPU.
inline void wait(int steps) {
  if (steps < 1000 || steps % 200)
    relax();
  else
    sched_yield();
}

template <class Done> void waitUntil(Done done) {
  for (int steps = 0; !done(); ++steps)
    wait(steps);
}

// The low half of `job`, where the kernel looks for a change.
uint32_t *futexWord(std::atomic<uint64_t> &job) {
  uint32_t *half = reinterpret_cast<uint32_t *>(&job);
  return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? half : half + 1;
}

// A slot's bit in a futex's 32-bit mask; two slots may share one, then both wake.
uint32_t futexBits(uint64_t slots) { return uint32_t(slots | slots >> 32); }

int64_t now() {
  timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * int64_t(1000000000) + t.tv_nsec;
}

} // namespace

dlc_pool::dlc_pool(int threads, int spin)
    : whole{this, threads}, parallel{&whole, parallelFor, parallelRegion}, threads(threads),
      spin(spin), process(getpid()) {}

bool dlc_pool::tryLock() {
  return !busy.load(std::memory_order_relaxed) && !busy.exchange(true, std::memory_order_acquire);
}

// Lets workers below `slots` enter the job that the members describe.
void dlc_pool::open(int slots) {
  uint32_t number = jobNumber(job.load(std::memory_order_relaxed)) + 1;
  // Sequentially consistent: either wake() sees a worker's bit, or that worker sees the new number.
  job.store(uint64_t(slots) << 40 | number);
  wake(slots);
}

// Wakes the workers below `slots` that sleep. Their bits go at once: jobs that follow before a
// worker is up need not wake it again.
void dlc_pool::wake(int slots) {
  uint64_t mask = slots == 64 ? ~uint64_t(0) : (uint64_t(1) << slots) - 1;
  if (!(sleeping.load() & mask))
    return;
  uint64_t woken = sleeping.fetch_and(~mask) & mask;
  syscall(SYS_futex, futexWord(job), FUTEX_WAKE_BITSET_PRIVATE, INT_MAX, nullptr, nullptr,
          futexBits(woken));
}

// Lets nobody else enter; returns how many are within.
int dlc_pool::close() { return jobActive(job.fetch_or(closed, std::memory_order_acq_rel)); }

// Waits until all who entered have left. REQUIRES: the job is closed.
void dlc_pool::join() {
  waitUntil([&] { return jobActive(job.load(std::memory_order_acquire)) == 0; });
}

// Waits until workers have taken all slots, but not longer than it takes to wake one.
void dlc_pool::gather(int slots) {
  int64_t deadline = now() + gatherNanoseconds;
  while (jobActive(job.load(std::memory_order_relaxed)) + 1 < slots && now() < deadline)
    for (int i = 0; i < 64; ++i)
      relax();
}

// Runs pieces of all parts, its own first. A piece is half of what is left of a part: few calls
// while all threads keep pace, small pieces when one has to be helped.
void dlc_pool::takeParts(int slot) {
  for (int i = 0; i < slots; ++i) {
    Part &part = parts[slot + i < slots ? slot + i : slot + i - slots];
    int64_t begin = part.begin.load(std::memory_order_relaxed);
    while (begin < part.end) {
      int64_t next = begin + (part.end - begin + 1) / 2;
      if (!part.begin.compare_exchange_weak(begin, next, std::memory_order_relaxed))
        continue;
      forBody(argument, begin, next, slot);
      begin = part.begin.load(std::memory_order_relaxed);
    }
  }
}

void dlc_pool::parallelFor(void *view, ForBody body, void *argument, int64_t count) {
  auto [pool, slots] = *static_cast<View *>(view);
  if (count <= 0)
    return;
  if (slots > count)
    slots = int(count);
  if (slots == 1 || !pool->tryLock())
    return body(argument, 0, count, 0);
  pool->forBody = body;
  pool->regionBody = nullptr;
  pool->argument = argument;
  pool->slots = slots;
  int64_t share = count / slots, rest = count % slots; // the first `rest` parts have one more
  int64_t begin = 0;
  for (int i = 0; i < slots; ++i) {
    pool->parts[i].begin.store(begin, std::memory_order_relaxed);
    pool->parts[i].end = begin += share + (i < rest);
  }
  pool->open(slots);
  pool->takeParts(0);
  if (pool->close())
    pool->join();
  pool->unlock();
}

// Everybody who arrives waits for the last, who moves the phase on. No one can arrive at the next
// barrier before that, so one counter is enough.
void dlc_pool::barrier(void *context) {
  dlc_pool *pool = static_cast<dlc_pool *>(context);
  uint32_t phase = pool->phase.load(std::memory_order_relaxed);
  int slots = pool->regionSlots.load(std::memory_order_relaxed);
  if (pool->arrived.fetch_add(1, std::memory_order_acq_rel) + 1 == slots) {
    pool->arrived.store(0, std::memory_order_relaxed);
    pool->phase.store(phase + 1, std::memory_order_release);
    return;
  }
  waitUntil([&] { return pool->phase.load(std::memory_order_acquire) != phase; });
}

void dlc_pool::parallelRegion(void *view, RegionBody body, void *argument) {
  auto [pool, slots] = *static_cast<View *>(view);
  if (slots == 1 || !pool->tryLock())
    return body(argument, 0, 1, [](void *) {}, nullptr);
  pool->regionBody = body;
  pool->argument = argument;
  pool->regionSlots.store(0, std::memory_order_relaxed);
  pool->open(slots);
  pool->gather(slots);
  int entered = pool->close();
  pool->regionSlots.store(entered + 1, std::memory_order_release);
  body(argument, 0, entered + 1, barrier, pool);
  pool->join();
  pool->unlock();
}

// Waits for a job with another number than `seen`: spins, then sleeps. `idle` counts the pauses
// since the last job that had a place for this slot.
uint64_t dlc_pool::waitForJob(uint32_t seen, int slot, int &idle) {
  uint64_t bit = uint64_t(1) << slot;
  for (;;) {
    uint64_t current = job.load(std::memory_order_acquire);
    if (jobNumber(current) != seen)
      return current;
    if (idle < spin) {
      wait(idle++);
      continue;
    }
    sleeping.fetch_or(bit); // announced before the last look, so that open() cannot miss it
    if (jobNumber(job.load()) == seen)
      syscall(SYS_futex, futexWord(job), FUTEX_WAIT_BITSET_PRIVATE, seen, nullptr, nullptr,
              futexBits(bit));
    sleeping.fetch_and(~bit);
  }
}

// Takes part in job `number` if it is still open; `order` counts those within it.
bool dlc_pool::enter(uint32_t number, int &order) {
  uint64_t current = job.load(std::memory_order_acquire);
  while (jobNumber(current) == number && !(current & closed))
    if (job.compare_exchange_weak(current, current + oneActive, std::memory_order_acq_rel,
                                  std::memory_order_acquire)) {
      order = jobActive(current);
      return true;
    }
  return false;
}

void dlc_pool::work(int slot) {
  uint32_t seen = 0;
  for (int idle = 0;;) {
    uint64_t current = waitForJob(seen, slot, idle);
    seen = jobNumber(current);
    if (stop.load(std::memory_order_acquire))
      return;
    if (slot >= jobSlots(current))
      continue;
    idle = 0;
    int order;
    if (!enter(seen, order))
      continue;
    if (regionBody) {
      // The slots of a region are counted by arrival: who came too late leaves no gap.
      int count = 0;
      waitUntil([&] { return (count = regionSlots.load(std::memory_order_acquire)) != 0; });
      regionBody(argument, order + 1, count, barrier, this);
    } else {
      takeParts(slot);
    }
    job.fetch_sub(oneActive, std::memory_order_release);
  }
}

void *dlc_pool::workerMain(void *worker) {
  Worker *self = static_cast<Worker *>(worker);
  self->pool->work(self->slot);
  return nullptr;
}

// Signals are the program's business: workers start with all of them blocked.
bool dlc_pool::startWorkers() {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int error = 0;
  for (int slot = 1; slot < threads && !error; ++slot) {
    Worker &worker = workers[slot];
    worker = {this, slot, {}};
    error = pthread_create(&worker.thread, nullptr, workerMain, &worker);
    started += !error;
    if (!error)
      pthread_setname_np(worker.thread, "dlc-worker");
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  if (error)
    fail(DLC_ERROR_THREADS, "cannot start thread %d of %d: %s", started + 1, threads - 1,
         strerror(error));
  return !error;
}

int dlc_pool::create(int threads, dlc_pool **result) {
  int processors = availableProcessors();
  if (threads == 0)
    threads = processors < DLC_MAX_THREADS_DEFAULT ? processors : DLC_MAX_THREADS_DEFAULT;
  if (threads < 1 || threads > DLC_POOL_THREADS_MAX)
    return fail(DLC_ERROR_THREADS, "expected 0 to %d threads, found %d", DLC_POOL_THREADS_MAX,
                threads);
  void *memory;
  if (posix_memalign(&memory, alignof(dlc_pool), sizeof(dlc_pool)))
    return fail(DLC_ERROR_MEMORY, "out of memory for a pool of threads");
  // Where threads outnumber CPUs, one that spins takes the CPU from one that works.
  int spin = environmentInteger("DLC_SPIN", 0, INT_MAX, threads > processors ? 0 : spinDefault);
  dlc_pool *pool = new (memory) dlc_pool(threads, spin);
  if (!pool->startWorkers()) {
    destroy(pool);
    return DLC_ERROR_THREADS;
  }
  *result = pool;
  return DLC_OK;
}

void dlc_pool::destroy(dlc_pool *pool) {
  if (pool->process == getpid()) { // a forked child has no workers to join
    pool->stop.store(true, std::memory_order_release);
    pool->open(0);
    pool->wake(DLC_POOL_THREADS_MAX);
    for (int slot = 1; slot <= pool->started; ++slot)
      pthread_join(pool->workers[slot].thread, nullptr);
  }
  free(pool);
}

int dlc_pool_create(int threads, dlc_pool **pool) {
  if (!pool)
    return fail(DLC_ERROR_ARGUMENT, "dlc_pool_create needs a place for its result");
  return dlc_pool::create(threads, pool);
}

void dlc_pool_free(dlc_pool *pool) {
  if (pool)
    dlc_pool::destroy(pool);
}

int dlc_pool_threads(const dlc_pool *pool) { return pool->threads; }
const dlc_parallel *dlc_pool_parallel(dlc_pool *pool) { return &pool->parallel; }

static dlc_pool *defaultPool;
static pthread_once_t defaultPoolOnce = PTHREAD_ONCE_INIT;

const dlc_parallel *dlc_parallel_default(void) {
  pthread_once(&defaultPoolOnce, [] {
    dlc_pool_create(environmentInteger("DLC_THREADS", 1, DLC_MAX_THREADS_DEFAULT, 0), &defaultPool);
  });
  return defaultPool ? &defaultPool->parallel : nullptr;
}
