#include "Onnx/Wire.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;

static std::optional<Code> faultOf(llvm::StringRef bytes,
                                   std::initializer_list<unsigned> single = {}) {
  FieldWalk walk(bytes, single);
  Field field;
  while (walk.next(field)) {
  }
  if (!walk.fault())
    return std::nullopt;
  return walk.fault()->code;
}

TEST(FieldWalk, GivesNumberTypeAndValueOfEachField) {
  FieldWalk walk(llvm::StringRef("\x08\x96\x01\x12\x02hi\x1d\x01\x02\x03\x04", 12), {});
  Field field;
  ASSERT_TRUE(walk.next(field));
  EXPECT_EQ(field.number, 1u);
  EXPECT_EQ(field.number64, 150u);
  ASSERT_TRUE(walk.next(field));
  EXPECT_EQ(field.type, WireType::Bytes);
  EXPECT_EQ(field.bytes, "hi");
  ASSERT_TRUE(walk.next(field));
  EXPECT_EQ(field.type, WireType::Fixed32);
  EXPECT_EQ(field.number64, 0x04030201u);
  EXPECT_FALSE(walk.next(field));
  EXPECT_FALSE(walk.fault());
}

TEST(FieldWalk, EmptyMessageHasNoFields) { EXPECT_EQ(faultOf(""), std::nullopt); }

TEST(FieldWalk, RefusesLengthBeyondTheMessage) {
  EXPECT_EQ(faultOf("\x0a\x05"
                    "abcd"),
            Code::WireTruncated);
}

TEST(FieldWalk, RefusesLengthOf63Bits) {
  EXPECT_EQ(faultOf("\x0a\xff\xff\xff\xff\xff\xff\xff\xff\x7f"), Code::WireTruncated);
}

TEST(FieldWalk, RefusesVarintOfElevenBytes) {
  EXPECT_EQ(faultOf("\x08\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x01\x01"),
            Code::WireMalformed);
}

TEST(FieldWalk, RefusesVarintThatIsCutOff) { EXPECT_EQ(faultOf("\x08\xff"), Code::WireTruncated); }

TEST(FieldWalk, RefusesFixedNumberThatIsCutOff) {
  EXPECT_EQ(faultOf("\x0d\x01\x02"), Code::WireTruncated);
  EXPECT_EQ(faultOf("\x09\x01\x02"), Code::WireTruncated);
}

TEST(FieldWalk, RefusesGroups) {
  EXPECT_EQ(faultOf("\x0b"), Code::WireGroup);
  EXPECT_EQ(faultOf("\x0c"), Code::WireGroup);
}

TEST(FieldWalk, RefusesUndefinedWireTypes) {
  EXPECT_EQ(faultOf("\x0e"), Code::WireMalformed);
  EXPECT_EQ(faultOf("\x0f"), Code::WireMalformed);
}

TEST(FieldWalk, RefusesFieldNumberZero) {
  EXPECT_EQ(faultOf(llvm::StringRef("\x00\x00", 2)), Code::WireMalformed);
}

TEST(FieldWalk, RefusesFieldNumberBeyond29Bits) {
  EXPECT_EQ(faultOf("\x80\x80\x80\x80\x20\x01"), Code::WireMalformed);
}

TEST(FieldWalk, RefusesSingleFieldThatStandsTwice) {
  EXPECT_EQ(faultOf("\x08\x01\x08\x02", {1}), Code::WireRepeated);
  EXPECT_EQ(faultOf("\x08\x01\x08\x02", {2}), std::nullopt);
}

TEST(PackedVarints, AreGivenInOrder) {
  std::vector<uint64_t> numbers;
  EXPECT_FALSE(forEachVarint("\x01\x96\x01\x7f", [&](uint64_t n) { numbers.push_back(n); }));
  EXPECT_EQ(numbers, (std::vector<uint64_t>{1, 150, 127}));
}

TEST(PackedVarints, RefuseACutOffNumber) {
  EXPECT_TRUE(forEachVarint("\x01\x96", [](uint64_t) {}));
}

TEST(NumberStream, ReadsAcrossWindows) {
  std::string bytes;
  for (int i = 0; i < 100; ++i)
    bytes += "\x96\x01\x05";
  NumberStream numbers(bytes, /*windowBytes=*/16);
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(numbers.varint(), 150u);
    EXPECT_EQ(numbers.varint(), 5u);
  }
  EXPECT_TRUE(numbers.atEnd());
  EXPECT_EQ(numbers.varint(), std::nullopt);
}

TEST(NumberStream, TakesMoreThanAWindow) {
  std::string bytes = "\x07" + std::string(100, 'a') + "\x08\x01\x02\x03\x04";
  NumberStream numbers(bytes, /*windowBytes=*/16);
  EXPECT_EQ(numbers.varint(), 7u);
  EXPECT_EQ(numbers.take(100), std::string(100, 'a'));
  EXPECT_EQ(numbers.varint(), 8u);
  EXPECT_EQ(numbers.fixed32(), 0x04030201u);
  EXPECT_EQ(numbers.remaining(), 0u);
}
