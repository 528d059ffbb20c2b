#include "runtime/Processors.h"
#include "gtest/gtest.h"

#include <cstdlib>
#include <sched.h>

using namespace dlc::runtime;

TEST(Processors, FollowsTheAffinityMask) {
  cpu_set_t before, one;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  int all = availableProcessors();
  EXPECT_GE(all, 1);
  EXPECT_LE(all, CPU_COUNT(&before));
  int first = 0;
  while (!CPU_ISSET(first, &before))
    ++first;
  CPU_ZERO(&one);
  CPU_SET(first, &one);
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(availableProcessors(), 1);
  sched_setaffinity(0, sizeof before, &before);
}

TEST(Processors, TakesOnlyIntegersInRangeFromTheEnvironment) {
  const char *name = "DLC_TEST_INTEGER";
  unsetenv(name);
  EXPECT_EQ(environmentInteger(name, 1, 16, 5), 5);
  for (const char *text : {"", "0", "17", "-3", "4x", "x", "99999999999999999999"}) {
    setenv(name, text, 1);
    EXPECT_EQ(environmentInteger(name, 1, 16, 5), 5) << text;
  }
  setenv(name, "16", 1);
  EXPECT_EQ(environmentInteger(name, 1, 16, 5), 16);
  unsetenv(name);
}
