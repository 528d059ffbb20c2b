// The pool runs every unit exactly once, whatever the number of threads and whoever else wants it.
#include "runtime/Pool.h"
#include "gtest/gtest.h"

#include <memory>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

struct PoolDeleter {
  void operator()(dlc_pool *pool) const { dlc_pool_free(pool); }
};
using PoolPointer = std::unique_ptr<dlc_pool, PoolDeleter>;

PoolPointer makePool(int threads) {
  dlc_pool *pool = nullptr;
  EXPECT_EQ(dlc_pool_create(threads, &pool), DLC_OK) << dlc_last_error();
  return PoolPointer(pool);
}

void parallelFor(const dlc_parallel *parallel, dlc_pool::ForBody body, void *argument,
                 int64_t count) {
  parallel->parallel_for(parallel->context, body, argument, count);
}

// Counts how often each unit ran, and checks the slots.
struct Units {
  std::vector<std::atomic<int>> seen;
  std::vector<std::atomic<int>> slotBusy;
  std::atomic<int> faults{0};

  Units(int64_t count, int slots) : seen(count), slotBusy(slots) {}

  static void body(void *argument, int64_t begin, int64_t end, int slot) {
    Units &units = *static_cast<Units *>(argument);
    bool slotValid = slot >= 0 && slot < int(units.slotBusy.size());
    if (!slotValid || begin >= end || units.slotBusy[slot].fetch_add(1))
      ++units.faults;
    for (int64_t i = begin; i < end; ++i)
      ++units.seen[i];
    if (slotValid)
      --units.slotBusy[slot];
  }

  int64_t wrong() const {
    int64_t n = faults;
    for (const std::atomic<int> &count : seen)
      n += count != 1;
    return n;
  }
};

struct PoolThreads : testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Threads, PoolThreads, testing::Values(1, 2, 3, 4, 16, 64));

TEST_P(PoolThreads, RunsEveryUnitOnce) {
  PoolPointer pool = makePool(GetParam());
  EXPECT_EQ(dlc_pool_threads(pool.get()), GetParam());
  for (int64_t count : {1, 2, 3, 7, 16, 64, 65, 1000, 20000}) {
    Units units(count, GetParam());
    parallelFor(dlc_pool_parallel(pool.get()), Units::body, &units, count);
    EXPECT_EQ(units.wrong(), 0) << count << " units";
  }
}

TEST_P(PoolThreads, RunsManySmallJobsInOrder) {
  PoolPointer pool = makePool(GetParam());
  // Plain memory: a job sees what the job before wrote, on whichever thread it ran.
  std::vector<int64_t> values(100, 0);
  auto body = [](void *argument, int64_t begin, int64_t end, int) {
    for (int64_t i = begin; i < end; ++i)
      ++static_cast<int64_t *>(argument)[i];
  };
  for (int i = 0; i < 2000; ++i)
    parallelFor(dlc_pool_parallel(pool.get()), body, values.data(), 1 + i % 100);
  for (int64_t i = 0; i < 100; ++i)
    EXPECT_EQ(values[i], 2000 - 20 * i) << "unit " << i;
}

TEST_P(PoolThreads, RunsNothingForNoUnits) {
  PoolPointer pool = makePool(GetParam());
  auto body = [](void *, int64_t, int64_t, int) { ADD_FAILURE() << "a body ran"; };
  parallelFor(dlc_pool_parallel(pool.get()), body, nullptr, 0);
  parallelFor(dlc_pool_parallel(pool.get()), body, nullptr, -5);
}

// Every slot writes its cell, then reads all others' after the barrier.
struct Region {
  std::vector<int64_t> cells = std::vector<int64_t>(DLC_POOL_THREADS_MAX, -1);
  std::atomic<int> entered{0}, faults{0};
  int slotsMax = 0;

  static void body(void *argument, int slot, int slots, void (*barrier)(void *), void *context) {
    Region &region = *static_cast<Region *>(argument);
    ++region.entered;
    if (slot < 0 || slot >= slots || slots > region.slotsMax)
      ++region.faults;
    for (int64_t step = 0; step < 50; ++step) {
      region.cells[slot] = step;
      barrier(context);
      for (int i = 0; i < slots; ++i)
        region.faults += region.cells[i] != step;
      barrier(context);
    }
    if (slot == 0) {
      barrier(context);
      region.faults += region.entered != slots;
    } else {
      barrier(context);
    }
  }
};

TEST_P(PoolThreads, RegionBarrierOrdersEveryStep) {
  PoolPointer pool = makePool(GetParam());
  const dlc_parallel *parallel = dlc_pool_parallel(pool.get());
  for (int i = 0; i < 5; ++i) {
    Region region;
    region.slotsMax = GetParam();
    parallel->parallel_region(parallel->context, Region::body, &region);
    EXPECT_EQ(region.faults, 0);
    EXPECT_GE(region.entered, 1);
  }
}

TEST_P(PoolThreads, RegionsAndLoopsAlternate) {
  PoolPointer pool = makePool(GetParam());
  const dlc_parallel *parallel = dlc_pool_parallel(pool.get());
  for (int i = 0; i < 20; ++i) {
    Units units(40, GetParam());
    parallelFor(parallel, Units::body, &units, 40);
    EXPECT_EQ(units.wrong(), 0);
    Region region;
    region.slotsMax = GetParam();
    parallel->parallel_region(parallel->context, Region::body, &region);
    EXPECT_EQ(region.faults, 0);
  }
}

TEST(Pool, UsesMoreThanOneThread) {
  PoolPointer pool = makePool(2);
  // Two units that wait for each other: they end only if two threads run them. A worker may miss a
  // job, so the first unit gives up after a while and the job is tried again.
  struct Meeting {
    std::atomic<int> arrived{0};
  };
  bool met = false;
  for (int attempt = 0; attempt < 200 && !met; ++attempt) {
    Meeting meeting;
    auto body = [](void *argument, int64_t begin, int64_t end, int) {
      std::atomic<int> &arrived = static_cast<Meeting *>(argument)->arrived;
      for (int64_t unit = begin; unit < end; ++unit) {
        int before = arrived++;
        for (int i = 0; before == 0 && i < 10000 && arrived < 2; ++i)
          usleep(1);
        if (before == 0 && arrived == 2)
          arrived = 10;
      }
    };
    parallelFor(dlc_pool_parallel(pool.get()), body, &meeting, 2);
    met = meeting.arrived >= 10;
  }
  EXPECT_TRUE(met);
}

TEST(Pool, ServesSeveralCallersAtOnce) {
  PoolPointer pool = makePool(4);
  std::atomic<int64_t> wrong{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 4; ++i)
    callers.emplace_back([&] {
      for (int job = 0; job < 200; ++job) {
        Units units(33, 4);
        parallelFor(dlc_pool_parallel(pool.get()), Units::body, &units, 33);
        wrong += units.wrong();
      }
    });
  for (std::thread &caller : callers)
    caller.join();
  EXPECT_EQ(wrong, 0);
}

// What a busy pool does for a second call: from within a body, and so at a known time.
TEST(Pool, ServesNestedCallsSeriallyAsSlotZero) {
  PoolPointer pool = makePool(4);
  struct Nested {
    const dlc_parallel *parallel;
    std::atomic<int> calls{0}, faults{0}, regions{0};
  } nested{dlc_pool_parallel(pool.get())};
  auto outer = [](void *argument, int64_t begin, int64_t end, int) {
    for (; begin < end; ++begin) {
      const dlc_parallel *parallel = static_cast<Nested *>(argument)->parallel;
      auto inner = [](void *argument, int64_t begin, int64_t end, int slot) {
        Nested &nested = *static_cast<Nested *>(argument);
        ++nested.calls;
        nested.faults += begin != 0 || end != 10 || slot != 0;
      };
      auto region = [](void *argument, int slot, int slots, void (*barrier)(void *),
                       void *context) {
        Nested &nested = *static_cast<Nested *>(argument);
        barrier(context);
        ++nested.regions;
        nested.faults += slot != 0 || slots != 1;
      };
      parallelFor(parallel, inner, argument, 10);
      parallel->parallel_region(parallel->context, region, argument);
    }
  };
  parallelFor(nested.parallel, outer, &nested, 8);
  EXPECT_EQ(nested.calls, 8);
  EXPECT_EQ(nested.regions, 8);
  EXPECT_EQ(nested.faults, 0);
}

TEST(Pool, WakesSleepingWorkers) {
  setenv("DLC_SPIN", "0", 1);
  PoolPointer pool = makePool(3);
  unsetenv("DLC_SPIN");
  for (int i = 0; i < 50; ++i) {
    if (i % 10 == 0)
      usleep(2000);
    Units units(100, 3);
    parallelFor(dlc_pool_parallel(pool.get()), Units::body, &units, 100);
    EXPECT_EQ(units.wrong(), 0);
  }
}

TEST(Pool, AViewLimitsItsSlots) {
  PoolPointer pool = makePool(4);
  dlc_pool::View view = {pool.get(), 2};
  for (int i = 0; i < 100; ++i) {
    Units units(64, 2);
    dlc_pool::parallelFor(&view, Units::body, &units, 64);
    EXPECT_EQ(units.wrong(), 0);
    Region region;
    region.slotsMax = 2;
    dlc_pool::parallelRegion(&view, Region::body, &region);
    EXPECT_EQ(region.faults, 0);
  }
}

TEST(Pool, WorksOnInAForkedChild) {
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
  GTEST_SKIP() << "the thread sanitizer does not follow a fork";
#endif
#endif
  PoolPointer pool = makePool(4);
  pid_t child = fork();
  if (child == 0) {
    alarm(20);
    Units units(1000, 1);
    parallelFor(dlc_pool_parallel(pool.get()), Units::body, &units, 1000);
    dlc_pool_free(pool.release());
    _exit(units.wrong() == 0 ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
}

TEST(Pool, RejectsNumbersOutOfRange) {
  dlc_pool *pool = nullptr;
  EXPECT_EQ(dlc_pool_create(-1, &pool), DLC_ERROR_THREADS);
  EXPECT_EQ(dlc_pool_create(DLC_POOL_THREADS_MAX + 1, &pool), DLC_ERROR_THREADS);
  EXPECT_STREQ(dlc_last_error(), "expected 0 to 64 threads, found 65");
  EXPECT_EQ(dlc_pool_create(2, nullptr), DLC_ERROR_ARGUMENT);
  EXPECT_EQ(pool, nullptr);
}

TEST(Pool, TheDefaultPoolIsShared) {
  const dlc_parallel *parallel = dlc_parallel_default();
  ASSERT_NE(parallel, nullptr);
  EXPECT_EQ(parallel, dlc_parallel_default());
  Units units(100, DLC_MAX_THREADS_DEFAULT);
  parallelFor(parallel, Units::body, &units, 100);
  EXPECT_EQ(units.wrong(), 0);
}

} // namespace
