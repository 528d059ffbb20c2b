// A fork-join pool behind the C struct dlc_parallel.
//
// A compiled model forks and joins some hundred times per run, often for work of a few
// microseconds, on machines whose CPUs also serve others. So a fork is one store that spinning
// workers see, and a join waits only for workers that have entered: whoever comes late finds the
// job closed. The parts of a job are cut by slot, so that a thread meets the data that it wrote in
// the job before, and who has finished its own part takes from the others'. Any cut is allowed:
// results cannot depend on it.
//
// One 64-bit word, `job`, holds the state, and its low half is the futex on which idle workers
// sleep:
//
//     bits 0-31   number of the job
//     bits 32-39  workers that are within it
//     bits 40-47  how many slots may take part
//     bit  48     the job is closed: nobody else may enter
//
// Nothing is lost if a worker misses a job: the caller does all that nobody else took. So a pool
// also works on in a forked child, where it has no workers.
#pragma once
#include "dlc.h"

#include <atomic>
#include <pthread.h>

struct dlc_pool {
  // What a dlc_parallel's context points to: a pool, and how many of its slots may take part.
  struct View {
    dlc_pool *pool;
    int slots;
  };

  using ForBody = void (*)(void *argument, int64_t begin, int64_t end, int slot);
  using RegionBody = void (*)(void *argument, int slot, int slots, void (*barrier)(void *),
                              void *context);

  // The pool's threads start in create(); `threads` counts the caller in.
  static int create(int threads, dlc_pool **result);
  static void destroy(dlc_pool *pool);

  static void parallelFor(void *view, ForBody body, void *argument, int64_t count);
  static void parallelRegion(void *view, RegionBody body, void *argument);

  View whole;
  dlc_parallel parallel;
  int threads; // workers and the caller

private:
  struct Worker {
    dlc_pool *pool;
    int slot;
    pthread_t thread;
  };

  // What is left of a slot's part of [0, count): [begin, end). The owner and thieves move begin on.
  struct alignas(64) Part {
    std::atomic<int64_t> begin;
    int64_t end;
  };

  dlc_pool(int threads, int spin);
  bool startWorkers();
  bool tryLock();
  void unlock() { busy.store(false, std::memory_order_release); }
  void open(int slots);
  int close();
  void join();
  void gather(int slots);
  void wake(int slots);
  void work(int slot);
  uint64_t waitForJob(uint32_t seen, int slot, int &idle);
  bool enter(uint32_t number, int &order);
  void takeParts(int slot);
  static void barrier(void *pool);
  static void *workerMain(void *worker);

  // Alone on its cache line: idle workers read it all the time.
  alignas(64) std::atomic<uint64_t> job{0};

  // What the present job is. The caller writes this before it opens the job.
  alignas(64) ForBody forBody = nullptr;
  RegionBody regionBody = nullptr; // null: this is a parallel_for
  void *argument = nullptr;
  int slots = 0;
  std::atomic<bool> stop{false};

  alignas(64) std::atomic<uint64_t> sleeping{0}; // one bit a slot
  alignas(64) std::atomic<bool> busy{false};     // a caller owns the pool

  alignas(64) std::atomic<int> regionSlots{0}; // 0 until the region starts
  alignas(64) std::atomic<int> arrived{0};     // at the barrier
  alignas(64) std::atomic<uint32_t> phase{0};  // barriers passed

  int spin;      // pauses of an idle worker before it sleeps
  pid_t process; // that started the workers
  int started = 0;
  Worker workers[DLC_POOL_THREADS_MAX];
  Part parts[DLC_POOL_THREADS_MAX];
};
