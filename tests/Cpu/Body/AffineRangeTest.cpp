#include "Cpu/Body/AffineRange.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/MLIRContext.h"
#include <gtest/gtest.h>
#include <random>

using namespace mlir;
using namespace dlc;

namespace {
class AffineRangeTest : public testing::Test {
protected:
  MLIRContext context{MLIRContext::Threading::DISABLED};
  SmallVector<IntegerRange> ranges;

  AffineExpr dimension(int64_t lo, int64_t hi) {
    ranges.push_back({lo, hi});
    return getAffineDimExpr(ranges.size() - 1, &context);
  }
  AffineExpr simplify(AffineExpr e) {
    return simplified(
        e, [this](AffineExpr d) { return ranges[cast<AffineDimExpr>(d).getPosition()]; });
  }
};
} // namespace

TEST_F(AffineRangeTest, quotientAndRestOfAReshapeAreTheIndexAgain) {
  AffineExpr i = dimension(0, 35);
  AffineExpr position = (i.floorDiv(12)) * 12 + (i.floorDiv(4) % 3) * 4 + i % 4;
  EXPECT_EQ(simplify(position), i);
}

TEST_F(AffineRangeTest, lanesBelowABlockVanishFromAQuotient) {
  AffineExpr block = dimension(0, 9), lane = dimension(0, 15);
  AffineExpr column = block * 16 + lane;
  EXPECT_EQ(simplify(column.floorDiv(32)), simplify(block.floorDiv(2)));
  EXPECT_EQ(simplify(column % 32), simplify((block % 2) * 16 + lane));
}

TEST_F(AffineRangeTest, quotientAndRestOfABlockThatIsLargerThanTheDivisorJoin) {
  AffineExpr block = dimension(0, 48), lane = dimension(0, 15);
  AffineExpr position = block * 64 + lane;
  AffineExpr row = simplify(position.floorDiv(56)), column = simplify(position % 56);
  EXPECT_EQ(simplify(row * 56 + column), simplify(position));
}

TEST_F(AffineRangeTest, digitsOfABlockedIndexJoin) {
  AffineExpr block = dimension(0, 899), lane = dimension(0, 15);
  AffineExpr position = block * 64 + lane;
  AffineExpr plane = simplify(position.floorDiv(225)), rest = simplify(position % 225);
  AffineExpr row = simplify(rest.floorDiv(15)), column = simplify(rest % 15);
  EXPECT_EQ(simplify(plane * 225 + row * 15 + column), simplify(position));
}

TEST_F(AffineRangeTest, aRangeOfOneValueIsAConstant) {
  AffineExpr i = dimension(7, 7), j = dimension(0, 2);
  EXPECT_EQ(simplify(i * 3 + j), simplify(j + 21));
}

// Random expressions have the values they had.
TEST_F(AffineRangeTest, simplificationKeepsValues) {
  std::mt19937_64 random(1);
  auto pick = [&](int64_t lo, int64_t hi) {
    return lo + static_cast<int64_t>(random() % static_cast<uint64_t>(hi - lo + 1));
  };
  for (int d = 0; d < 4; ++d) {
    int64_t lo = pick(-3, 3);
    dimension(lo, lo + pick(0, 40));
  }
  for (int trial = 0; trial < 2000; ++trial) {
    SmallVector<AffineExpr> pool;
    for (size_t d = 0; d < ranges.size(); ++d)
      pool.push_back(getAffineDimExpr(d, &context));
    for (int step = 0; step < 8; ++step) {
      AffineExpr x = pool[pick(0, pool.size() - 1)], y = pool[pick(0, pool.size() - 1)];
      int64_t c = pick(1, 12);
      switch (pick(0, 4)) {
      case 0:
        pool.push_back(x + y);
        break;
      case 1:
        pool.push_back(x * (c - 6));
        break;
      case 2:
        pool.push_back(x.floorDiv(c));
        break;
      case 3:
        pool.push_back(x % c);
        break;
      default:
        pool.push_back(x + (c - 6));
      }
    }
    AffineMap before = AffineMap::get(ranges.size(), 0, pool.back());
    AffineMap after = AffineMap::get(ranges.size(), 0, simplify(pool.back()));
    IntegerRange bounds = rangeOf(
        pool.back(), [this](AffineExpr d) { return ranges[cast<AffineDimExpr>(d).getPosition()]; });
    for (int sample = 0; sample < 20; ++sample) {
      SmallVector<int64_t> point;
      for (IntegerRange r : ranges)
        point.push_back(pick(r.lo, r.hi));
      int64_t expected = before.compose(point)[0];
      ASSERT_EQ(after.compose(point)[0], expected);
      ASSERT_LE(bounds.lo, expected);
      ASSERT_GE(bounds.hi, expected);
    }
  }
}
