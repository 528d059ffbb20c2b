#include "Onnx/Model.h"
#include "WireBytes.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;

static std::string bytesOf(const Bytes &initializer) {
  Outcome outcome = read(modelWith(initializer));
  if (!outcome.model)
    return outcome.text();
  return outcome.model->graph.initializers[0].bytes().bytes().str();
}

TEST(ElementCount, MultipliesDimensions) {
  EXPECT_EQ(elementCount({2, 3, 4}), 24);
  EXPECT_EQ(elementCount({}), 1);
  EXPECT_EQ(elementCount({5, 0}), 0);
}

TEST(ElementCount, RefusesOverflowThatAZeroHides) {
  EXPECT_EQ(elementCount({int64_t(1) << 40, int64_t(1) << 40, 0}), std::nullopt);
}

TEST(ByteCount, RoundsSmallElementsUp) {
  EXPECT_EQ(byteCount(ElementType::Int4, {3}), 2);
  EXPECT_EQ(byteCount(ElementType::Uint2, {5}), 2);
  EXPECT_EQ(byteCount(ElementType::Float32, {int64_t(1) << 62}), std::nullopt);
}

TEST(TensorBytes, OfRawDataLieInTheFile) {
  Outcome outcome =
      read(modelWith(tensor("w", ElementType::Int16, {2}).string(field::tensor::rawData, "abcd")));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  TensorBytes bytes = outcome.model->graph.initializers[0].bytes();
  llvm::StringRef file = outcome.model->files[0].buffer->getBuffer();
  EXPECT_EQ(bytes.bytes(), "abcd");
  EXPECT_FALSE(bytes.ownsMemory());
  EXPECT_TRUE(bytes.bytes().begin() >= file.begin() && bytes.bytes().end() <= file.end());
}

TEST(ExtentOf, LocatesRawDataInTheFile) {
  Outcome outcome =
      read(modelWith(tensor("w", ElementType::Int16, {2}).string(field::tensor::rawData, "abcd")));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  std::optional<FileExtent> extent = outcome.model->extentOf(outcome.model->graph.initializers[0]);
  ASSERT_TRUE(extent.has_value());
  EXPECT_EQ(
      outcome.model->files[extent->file].buffer->getBuffer().substr(extent->offset, extent->length),
      "abcd");
}

TEST(ExtentOf, IsNoneForDataThatAreDecoded) {
  Outcome outcome =
      read(modelWith(tensor("w", ElementType::Int16, {1}).integer(field::tensor::int32Data, 5)));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_FALSE(outcome.model->extentOf(outcome.model->graph.initializers[0]).has_value());
}

TEST(TensorBytes, OfPackedFloatsLieInTheFile) {
  Outcome outcome = read(modelWith(tensor("w", ElementType::Float32, {1})
                                       .string(field::tensor::floatData, {"\x00\x00\x80\x3f", 4})));
  ASSERT_NE(outcome.model, nullptr) << outcome.text();
  EXPECT_TRUE(outcome.model->graph.initializers[0].storedBytes().has_value());
}

TEST(TensorBytes, OfSingleFloats) {
  Bytes bytes = tensor("w", ElementType::Float32, {2});
  bytes.float32(field::tensor::floatData, 1).float32(field::tensor::floatData, 2);
  EXPECT_EQ(bytesOf(bytes), std::string("\x00\x00\x80\x3f\x00\x00\x00\x40", 8));
}

TEST(TensorBytes, NarrowHalfPrecisionFromIntegers) {
  Bytes bytes = tensor("w", ElementType::Float16, {2});
  bytes.string(field::tensor::int32Data, llvm::StringRef("\x80\x78\x80\x80\x02", 5));
  EXPECT_EQ(bytesOf(bytes), std::string("\x00\x3c\x00\x80", 4));
}

TEST(TensorBytes, KeepTheSignOfSmallIntegers) {
  Bytes bytes = tensor("w", ElementType::Int8, {2});
  bytes.integer(field::tensor::int32Data, -1).integer(field::tensor::int32Data, 5);
  EXPECT_EQ(bytesOf(bytes), "\xff\x05");
}

TEST(TensorBytes, JoinPackedAndSingleNumbers) {
  Bytes bytes = tensor("w", ElementType::Uint8, {4});
  bytes.string(field::tensor::int32Data, "\x01\x02").integer(field::tensor::int32Data, 3);
  bytes.string(field::tensor::int32Data, "\x04");
  EXPECT_EQ(bytesOf(bytes), "\x01\x02\x03\x04");
}

TEST(TensorBytes, OfInt4HoldTwoElements) {
  Bytes bytes = tensor("w", ElementType::Int4, {3});
  bytes.string(field::tensor::int32Data, "\x21\x0f");
  EXPECT_EQ(bytesOf(bytes), "\x21\x0f");
}

TEST(TensorBytes, OfUint32ComeFromUint64Data) {
  Bytes bytes =
      tensor("w", ElementType::Uint32, {1}).integer(field::tensor::uint64Data, 0xfffffffe);
  EXPECT_EQ(bytesOf(bytes), std::string("\xfe\xff\xff\xff", 4));
}

static std::vector<int64_t> integersOf(ElementType type, int64_t count, llvm::StringRef raw) {
  Outcome outcome = read(modelWith(tensor("w", type, {count}).string(field::tensor::rawData, raw)));
  return outcome.model ? outcome.model->graph.initializers[0].integers() : std::vector<int64_t>();
}

TEST(TensorIntegers, ExtendTheSign) {
  EXPECT_EQ(integersOf(ElementType::Int16, 2, {"\xff\xff\x01\x00", 4}),
            (std::vector<int64_t>{-1, 1}));
  EXPECT_EQ(integersOf(ElementType::Int4, 3, "\x8f\x07"), (std::vector<int64_t>{-1, -8, 7}));
  EXPECT_EQ(integersOf(ElementType::Uint2, 4, "\xe4"), (std::vector<int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(integersOf(ElementType::Uint8, 1, "\xff"), std::vector<int64_t>{255});
}

TEST(PlaceOf, NamesNodeOperatorAndOpset) {
  Node node;
  node.name = "conv1";
  node.opType = "Conv";
  EXPECT_EQ(placeOf(node, 11), "node 'conv1' (Conv, opset 11)");
  node.name = "";
  node.ordinal = 7;
  node.domain = "ai.onnx.ml";
  EXPECT_EQ(placeOf(node), "node 7 (ai.onnx.ml.Conv)");
}
