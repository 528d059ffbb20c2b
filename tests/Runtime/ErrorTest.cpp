#include "runtime/Error.h"
#include "runtime/dlc.h"
#include "gtest/gtest.h"

#include <string>
#include <thread>

using namespace dlc::runtime;

TEST(Error, TheLastTextBelongsToItsThread) {
  EXPECT_EQ(fail(DLC_ERROR_FILE, "first %d", 1), DLC_ERROR_FILE);
  std::thread other([] {
    EXPECT_STREQ(dlc_last_error(), "");
    EXPECT_EQ(fail(DLC_ERROR_CPU, "second"), DLC_ERROR_CPU);
    EXPECT_STREQ(dlc_last_error(), "second");
  });
  other.join();
  EXPECT_STREQ(dlc_last_error(), "first 1");
}

TEST(Error, CutsALongText) {
  std::string text(5000, 'x');
  EXPECT_EQ(fail(DLC_ERROR_FILE, "%s", text.c_str()), DLC_ERROR_FILE);
  EXPECT_EQ(dlc_last_error(), std::string(1023, 'x'));
}

TEST(Error, NamesItsNumbers) {
  EXPECT_STREQ(dlc_error_name(DLC_OK), "DLC_OK");
  EXPECT_STREQ(dlc_error_name(DLC_ERROR_BRANCH), "DLC_ERROR_BRANCH");
  EXPECT_STREQ(dlc_error_name(DLC_ERROR_UNSUPPORTED), "DLC_ERROR_UNSUPPORTED");
  EXPECT_STREQ(dlc_error_name(-1), "unknown error");
}
