// The numbers are those of the published XXH64 with seed 0.
#include "runtime/WeightHash.h"
#include "gtest/gtest.h"

#include <string>

static uint64_t hash(const std::string &text) {
  dlc::WeightHash result;
  result.update(text.data(), text.size());
  return result.finish();
}

TEST(WeightHash, EqualsXxh64) {
  EXPECT_EQ(hash(""), 0xef46db3751d8e999u);
  EXPECT_EQ(hash("a"), 0xd24ec4f1a98c6e5bu);
  EXPECT_EQ(hash("abc"), 0x44bc2cf5ad770999u);
  EXPECT_EQ(hash("Nobody inspects the spammish repetition"), 0xfbcea83c8a378bf1u);
}

TEST(WeightHash, DoesNotDependOnThePieces) {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += char(i * 7);
  for (size_t first : {0, 1, 31, 32, 33, 100, 299})
    for (size_t second : {0, 1, 5, 32, 64}) {
      dlc::WeightHash pieces;
      second = std::min(second, text.size() - first);
      pieces.update(text.data(), first);
      pieces.update(text.data() + first, second);
      pieces.update(text.data() + first + second, text.size() - first - second);
      EXPECT_EQ(pieces.finish(), hash(text)) << first << " and " << second;
    }
}
