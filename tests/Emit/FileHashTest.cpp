// The hash equals LLVM's for every length around the ends of blocks.
#include "Emit/FileHash.h"
#include "llvm/Support/SHA256.h"
#include <gtest/gtest.h>
#include <vector>

TEST(FileHash, EqualsSha256) {
  std::vector<uint8_t> bytes;
  for (int length = 0; length < 400; ++length) {
    EXPECT_EQ(dlc::sha256(bytes), llvm::SHA256::hash(bytes)) << length;
    bytes.push_back(static_cast<uint8_t>(length * 37 + length / 7));
  }
}

TEST(FileHash, IsEmptyForNoFile) { EXPECT_EQ(dlc::hashOfFile("no/such/file"), ""); }
