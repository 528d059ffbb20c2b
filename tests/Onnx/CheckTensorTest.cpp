#include "WireBytes.h"
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;
using namespace dlc::onnx::test;

static Bytes raw(ElementType type, llvm::ArrayRef<int64_t> dims, llvm::StringRef data) {
  return modelWith(tensor("w", type, dims).string(field::tensor::rawData, data));
}

TEST(CheckTensor, RefusesUnknownTypes) {
  EXPECT_REFUSED(raw(ElementType::Undefined, {4}, "abcd"), Code::TypeUnknown);
  EXPECT_REFUSED(raw(static_cast<ElementType>(99), {4}, "abcd"), Code::TypeUnknown);
  EXPECT_REFUSED(raw(static_cast<ElementType>(-1), {4}, "abcd"), Code::TypeUnknown);
}

TEST(CheckTensor, RefusesNegativeDimensions) {
  EXPECT_REFUSED(raw(ElementType::Uint8, {-1}, "abcd"), Code::DimensionNegative);
  EXPECT_REFUSED(raw(ElementType::Uint8, {-2, -2}, "abcd"), Code::DimensionNegative);
}

TEST(CheckTensor, RefusesDimensionsThatWrapAround) {
  EXPECT_REFUSED(raw(ElementType::Float32, {(int64_t(1) << 62) + 1, 4}, "abcd"),
                 Code::SizeOverflow);
  EXPECT_REFUSED(raw(ElementType::Float32, {int64_t(1) << 32, int64_t(1) << 32}, ""),
                 Code::SizeOverflow);
}

TEST(CheckTensor, RefusesRawDataOfAnotherSize) {
  EXPECT_REFUSED(raw(ElementType::Float32, {1}, "abc"), Code::TensorSize);
  EXPECT_REFUSED(raw(ElementType::Float32, {1}, "abcde"), Code::TensorSize);
  EXPECT_REFUSED(raw(ElementType::Float32, {1 << 20}, "abcd"), Code::TensorSize);
  EXPECT_REFUSED(raw(ElementType::Int4, {1000}, "a"), Code::TensorSize);
  EXPECT_REFUSED(raw(ElementType::Uint8, {0}, "a"), Code::TensorSize);
}

TEST(CheckTensor, RefusesMissingData) {
  EXPECT_REFUSED(modelWith(tensor("w", ElementType::Float32, {4})), Code::TensorNoData);
  EXPECT_REFUSED(raw(ElementType::Float32, {4}, ""), Code::TensorNoData);
}

TEST(CheckTensor, AcceptsNoDataForNoElements) {
  EXPECT_ACCEPTED(modelWith(tensor("w", ElementType::Float32, {0})));
}

TEST(CheckTensor, RefusesTwoFields) {
  EXPECT_REFUSED(modelWith(tensor("w", ElementType::Float32, {1})
                               .string(field::tensor::rawData, "abcd")
                               .float32(field::tensor::floatData, 1)),
                 Code::TensorTwoValues);
  EXPECT_REFUSED(modelWith(tensor("w", ElementType::Int32, {1})
                               .integer(field::tensor::int32Data, 1)
                               .integer(field::tensor::int64Data, 1)),
                 Code::TensorTwoValues);
}

TEST(CheckTensor, RefusesTheFieldOfAnotherType) {
  EXPECT_REFUSED(
      modelWith(tensor("w", ElementType::Int64, {1}).float32(field::tensor::floatData, 1)),
      Code::TensorWrongField);
  EXPECT_REFUSED(
      modelWith(tensor("w", ElementType::Float32, {1}).integer(field::tensor::int32Data, 1)),
      Code::TensorWrongField);
  EXPECT_REFUSED(raw(ElementType::String, {1}, "a"), Code::TensorWrongField);
}

TEST(CheckTensor, CountsStrings) {
  Bytes two = tensor("w", ElementType::String, {2}).string(field::tensor::stringData, "a");
  EXPECT_REFUSED(modelWith(two), Code::TensorSize);
  EXPECT_ACCEPTED(modelWith(two.string(field::tensor::stringData, "")));
}

TEST(CheckTensor, CountsTwoNumbersForAComplexElement) {
  Bytes one = tensor("w", ElementType::Complex64, {1}).float32(field::tensor::floatData, 1);
  EXPECT_REFUSED(modelWith(one), Code::TensorSize);
  EXPECT_ACCEPTED(modelWith(one.float32(field::tensor::floatData, 2)));
}

TEST(CheckTensor, RefusesBoolBytesOtherThanZeroAndOne) {
  EXPECT_ACCEPTED(raw(ElementType::Bool, {2}, {"\x00\x01", 2}));
  EXPECT_REFUSED(raw(ElementType::Bool, {2}, "\x01\x07"), Code::TensorValue);
  EXPECT_REFUSED(
      modelWith(tensor("w", ElementType::Bool, {1}).integer(field::tensor::int32Data, 2)),
      Code::TensorValue);
}

TEST(CheckTensor, RefusesNumbersOutsideTheirType) {
  auto int32Data = [](ElementType type, int64_t value) {
    return modelWith(tensor("w", type, {1}).integer(field::tensor::int32Data, value));
  };
  EXPECT_REFUSED(int32Data(ElementType::Int8, 128), Code::TensorValue);
  EXPECT_REFUSED(int32Data(ElementType::Uint8, -1), Code::TensorValue);
  EXPECT_REFUSED(int32Data(ElementType::Float16, 65536), Code::TensorValue);
  EXPECT_ACCEPTED(int32Data(ElementType::Float16, 65535));
  EXPECT_REFUSED(modelWith(tensor("w", ElementType::Uint32, {1})
                               .integer(field::tensor::uint64Data, int64_t(1) << 32)),
                 Code::TensorValue);
}

TEST(CheckTensor, RefusesSegmentsAndUnknownLocations) {
  EXPECT_REFUSED(
      modelWith(tensor("w", ElementType::Uint8, {0}).message(field::tensor::segment, Bytes())),
      Code::FieldUnsupported);
  EXPECT_REFUSED(
      modelWith(tensor("w", ElementType::Uint8, {0}).integer(field::tensor::dataLocation, 2)),
      Code::FieldUnsupported);
}

TEST(CheckTensor, LooksIntoAttributes) {
  Bytes value = attribute("value", Attribute::Kind::Tensor)
                    .message(field::attribute::tensor, tensor("", ElementType::Float32, {1}));
  Outcome outcome = read(model(emptyGraph().message(
      field::graph::node, node("Constant", {}, {"y"}).message(field::node::attribute, value))));
  EXPECT_EQ(outcome.text(), "error[E0226]: m.onnx: attribute 'value' of node 0 (Constant): a "
                            "tensor has no data: expected 1 elements\n"
                            "  repair: store the elements with the tensor, or correct its "
                            "shape\n");
}

static Bytes sparse(int64_t count, llvm::ArrayRef<int64_t> indexDims, llvm::StringRef indices,
                    llvm::ArrayRef<int64_t> dims) {
  Bytes values = tensor("w", ElementType::Uint8, {count})
                     .string(field::tensor::rawData, std::string(count, 'v'));
  Bytes index = tensor("", ElementType::Int64, indexDims).string(field::tensor::int64Data, indices);
  Bytes bytes =
      Bytes().message(field::sparse::values, values).message(field::sparse::indices, index);
  for (int64_t dim : dims)
    bytes.integer(field::sparse::dims, dim);
  return model(reluGraph().message(field::graph::sparseInitializer, bytes));
}

TEST(CheckSparseTensor, AcceptsLinearAndCoordinateIndices) {
  EXPECT_ACCEPTED(sparse(2, {2}, "\x01\x05", {2, 3}));
  EXPECT_ACCEPTED(sparse(2, {2, 2}, {"\x00\x01\x01\x02", 4}, {2, 3}));
}

TEST(CheckSparseTensor, RefusesIndicesOutsideTheShape) {
  EXPECT_REFUSED(sparse(2, {2}, "\x01\x06", {2, 3}), Code::SparseIndex);
  EXPECT_REFUSED(sparse(2, {2, 2}, {"\x00\x01\x02\x00", 4}, {2, 3}), Code::SparseIndex);
  EXPECT_REFUSED(sparse(1, {1}, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", {2, 3}),
                 Code::SparseIndex);
}

TEST(CheckSparseTensor, RefusesIndicesThatDoNotIncrease) {
  EXPECT_REFUSED(sparse(2, {2}, "\x05\x01", {2, 3}), Code::SparseIndex);
  EXPECT_REFUSED(sparse(2, {2}, "\x01\x01", {2, 3}), Code::SparseIndex);
}

TEST(CheckSparseTensor, RefusesIndicesOfAnotherShape) {
  EXPECT_REFUSED(sparse(2, {2, 3}, {"\0\0\0\0\0\0", 6}, {2, 3}), Code::SparseMalformed);
  EXPECT_REFUSED(sparse(2, {1}, "\x01", {2, 3}), Code::SparseMalformed);
}

TEST(CheckSparseTensor, RefusesADenseFormOutOfProportion) {
  EXPECT_REFUSED(sparse(1, {1}, "\x01", {int64_t(1) << 40}), Code::MemoryBudget);
}
