// The data of tensors against their types and shapes.
#include "Onnx/Check.h"
#include "Onnx/Wire.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

namespace dlc::onnx {

namespace {

constexpr size_t largestRank = 64;
// A sparse tensor may be written dense if that takes no more than this, or than so many times what
// is stored.
constexpr int64_t denseBytes = int64_t(1) << 30;
constexpr int64_t densePerStored = 256;

llvm::StringRef nameOf(DataField field) {
  static constexpr llvm::StringLiteral names[] = {"no field",    "raw_data",    "float_data",
                                                  "int32_data",  "string_data", "int64_data",
                                                  "double_data", "uint64_data", "external data"};
  return names[static_cast<size_t>(field)];
}

/// The typed field that holds elements of the type.
DataField fieldOf(ElementType type) {
  switch (type) {
  case ElementType::Float32:
  case ElementType::Complex64:
    return DataField::Float;
  case ElementType::Float64:
  case ElementType::Complex128:
    return DataField::Double;
  case ElementType::Int64:
    return DataField::Int64;
  case ElementType::Uint32:
  case ElementType::Uint64:
    return DataField::Uint64;
  case ElementType::String:
    return DataField::String;
  default:
    return DataField::Int32;
  }
}

bool isComplex(ElementType type) {
  return type == ElementType::Complex64 || type == ElementType::Complex128;
}

/// How many numbers of `field` hold `elements` elements.
int64_t numbersFor(DataField field, ElementType type, int64_t elements) {
  if (isComplex(type))
    return 2 * elements;
  unsigned bits = bitsOf(type);
  if (field != DataField::Int32 || bits >= 8)
    return elements;
  return llvm::divideCeil(elements, 8 / bits);
}

/// The values that one number may have: those of an integer type, and both readings of the bits of
/// a small float or of a byte of packed elements.
struct Range {
  int64_t low, high;
};
Range rangeOf(ElementType type) {
  switch (type) {
  case ElementType::Bool:
    return {0, 1};
  case ElementType::Uint8:
    return {0, 255};
  case ElementType::Int8:
    return {-128, 127};
  case ElementType::Uint16:
    return {0, 65535};
  case ElementType::Int16:
    return {-32768, 32767};
  case ElementType::Float16:
  case ElementType::Bfloat16:
    return {-32768, 65535};
  case ElementType::Int32:
    return {INT32_MIN, INT32_MAX};
  case ElementType::Uint32:
    return {0, UINT32_MAX};
  default:
    return bitsOf(type) <= 8 ? Range{-128, 255} : Range{INT64_MIN, INT64_MAX};
  }
}

class TensorCheck {
public:
  TensorCheck(const Tensor &tensor, const Place &place, Diagnostics &diagnostics)
      : tensor(tensor), place(place), diagnostics(diagnostics) {}

  bool run() { return checkHeader() && checkFields() && checkAmount() && checkValues(); }

private:
  bool refuse(Code code, const llvm::Twine &expected = "", const llvm::Twine &found = "") {
    diagnostics.report(code).at(place.text()).expected(expected).found(found);
    return false;
  }
  bool checkHeader();
  bool checkFields();
  bool checkAmount();
  bool checkValues();

  const Tensor &tensor;
  const Place &place;
  Diagnostics &diagnostics;
};

bool TensorCheck::checkHeader() {
  if (tensor.segmented)
    return refuse(Code::FieldUnsupported, "a whole tensor", "a segment of one");
  if (tensor.dataLocation != 0 && tensor.dataLocation != 1)
    return refuse(Code::FieldUnsupported, "data_location 0 or 1", llvm::Twine(tensor.dataLocation));
  if (!isKnown(tensor.type))
    return refuse(Code::TypeUnknown, "1 to 26", llvm::Twine(static_cast<int32_t>(tensor.type)));
  if (tensor.dims.size() > largestRank)
    return refuse(Code::FieldUnsupported, "a rank of at most " + llvm::Twine(largestRank),
                  llvm::Twine(tensor.dims.size()));
  for (int64_t dim : tensor.dims)
    if (dim < 0)
      return refuse(Code::DimensionNegative, "", llvm::Twine(dim));
  if (!byteCount(tensor.type, tensor.dims))
    return refuse(Code::SizeOverflow, "",
                  "shape " +
                      llvm::join(llvm::map_range(tensor.dims,
                                                 [](int64_t dim) { return std::to_string(dim); }),
                                 "x"));
  return true;
}

bool TensorCheck::checkFields() {
  bool external = tensor.dataLocation == 1;
  unsigned fields = llvm::popcount(tensor.fieldsPresent);
  if (fields > 1 || (external && fields == 1 && tensor.field != DataField::External))
    return refuse(Code::TensorTwoValues);
  // External data that could not be attached have been reported.
  if (external)
    return tensor.field == DataField::External;
  if (tensor.field == DataField::None)
    return tensor.elements() == 0 ||
           refuse(Code::TensorNoData, llvm::Twine(tensor.elements()) + " elements");
  DataField typed = fieldOf(tensor.type);
  bool raw = tensor.field == DataField::Raw && typed != DataField::String;
  return raw || tensor.field == typed ||
         refuse(Code::TensorWrongField, nameOf(typed) + llvm::Twine(" for ") + nameOf(tensor.type),
                nameOf(tensor.field));
}

bool TensorCheck::checkAmount() {
  int64_t elements = tensor.elements();
  auto compare = [&](int64_t expected, int64_t found, llvm::StringRef unit) {
    return expected == found ||
           refuse(Code::TensorSize, llvm::Twine(expected) + " " + unit, llvm::Twine(found));
  };
  switch (tensor.field) {
  case DataField::None:
    return true;
  case DataField::Raw:
  case DataField::External:
    return compare(*byteCount(tensor.type, tensor.dims), tensor.encoded.size(), "bytes");
  case DataField::String:
    return compare(elements, tensor.strings.size(), "strings");
  default:
    break;
  }
  int64_t numbers = numbersFor(tensor.field, tensor.type, elements);
  if (!tensor.decoded.empty())
    return compare(numbers, tensor.decoded.size(), "numbers");
  if (tensor.field == DataField::Float)
    return compare(numbers * 4, tensor.encoded.size(), "bytes");
  if (tensor.field == DataField::Double)
    return compare(numbers * 8, tensor.encoded.size(), "bytes");
  int64_t found = 0;
  if (forEachVarint(tensor.encoded, [&](uint64_t) { ++found; }))
    return refuse(Code::WireMalformed, "whole numbers in " + nameOf(tensor.field));
  return compare(numbers, found, "numbers");
}

bool TensorCheck::checkValues() {
  bool stored = tensor.storedBytes().has_value();
  Range range = rangeOf(tensor.type);
  std::optional<int64_t> wrong;
  auto check = [&](int64_t value) {
    if (!wrong && (value < range.low || value > range.high))
      wrong = value;
  };
  if (stored && tensor.type == ElementType::Bool) {
    for (char byte : tensor.encoded)
      check(static_cast<uint8_t>(byte));
  } else if (tensor.field == DataField::Int32 || tensor.field == DataField::Uint64) {
    // protobuf keeps the low half of a number in a 32-bit field. A uint64 has no wrong value.
    bool narrow = tensor.field == DataField::Int32;
    auto checkNumber = [&](uint64_t number) {
      if (narrow)
        check(static_cast<int32_t>(number));
      else if (tensor.type == ElementType::Uint32)
        check(llvm::isInt<64>(number) ? static_cast<int64_t>(number) : INT64_MAX);
    };
    if (!tensor.decoded.empty())
      llvm::for_each(tensor.decoded, checkNumber);
    else
      forEachVarint(tensor.encoded, checkNumber);
  }
  return !wrong || refuse(Code::TensorValue,
                          nameOf(tensor.type) + llvm::Twine(" from ") + llvm::Twine(range.low) +
                              " to " + llvm::Twine(range.high),
                          llvm::Twine(*wrong));
}

} // namespace

bool checkTensor(const Tensor &tensor, const Place &place, Diagnostics &diagnostics) {
  return TensorCheck(tensor, place, diagnostics).run();
}

void checkSparseTensor(const SparseTensor &tensor, const Place &place, Diagnostics &diagnostics) {
  std::string text = "sparse tensor " + quoted(tensor.name()) + " in " + place.text();
  auto refuse = [&](Code code, const llvm::Twine &expected, const llvm::Twine &found) {
    diagnostics.report(code).at(text).expected(expected).found(found);
  };
  const Tensor &values = tensor.values, &indices = tensor.indices;
  std::optional<int64_t> dense = elementCount(tensor.dims);
  std::optional<int64_t> bytes = byteCount(values.type, tensor.dims);
  if (llvm::any_of(tensor.dims, [](int64_t dim) { return dim < 0; }))
    return refuse(Code::DimensionNegative, "extents from 0", "a negative one");
  if (!dense || !bytes)
    return refuse(Code::SizeOverflow, "", "");
  if (tensor.dims.empty() || tensor.dims.size() > largestRank)
    return refuse(Code::SparseMalformed, "a rank from 1 to " + llvm::Twine(largestRank),
                  llvm::Twine(tensor.dims.size()));
  if (values.type == ElementType::String)
    return refuse(Code::TypeUnsupported, "numbers", "strings");
  if (values.dims.size() != 1)
    return refuse(Code::SparseMalformed, "values of rank 1",
                  "rank " + llvm::Twine(values.dims.size()));
  int64_t count = values.dims[0];
  int64_t rank = tensor.dims.size();
  bool linear = indices.dims == std::vector<int64_t>{count};
  bool coordinates = indices.dims == std::vector<int64_t>{count, rank};
  if (indices.type != ElementType::Int64 || (!linear && !coordinates))
    return refuse(Code::SparseMalformed,
                  "int64 indices for " + llvm::Twine(count) + " values of rank " +
                      llvm::Twine(rank),
                  nameOf(indices.type) + " of rank " + llvm::Twine(indices.dims.size()));
  int64_t storedBytes = values.bytes().bytes().size() + 8 * indices.elements();
  if (*bytes > denseBytes && *bytes / densePerStored > storedBytes)
    return refuse(Code::MemoryBudget,
                  "at most " + llvm::Twine(densePerStored) + " times the " +
                      llvm::Twine(storedBytes) + " bytes stored",
                  llvm::Twine(*bytes) + " bytes");

  std::vector<int64_t> numbers = indices.integers();
  int64_t previous = -1;
  for (int64_t i = 0; i < count; ++i) {
    int64_t position = 0;
    if (linear) {
      position = numbers[i];
      if (position < 0 || position >= *dense)
        return refuse(Code::SparseIndex, "0 to " + llvm::Twine(*dense - 1), llvm::Twine(position));
    }
    for (int64_t axis = 0; !linear && axis < rank; ++axis) {
      int64_t index = numbers[i * rank + axis], extent = tensor.dims[axis];
      if (index < 0 || index >= extent)
        return refuse(Code::SparseIndex, "0 to " + llvm::Twine(extent - 1), llvm::Twine(index));
      position = position * extent + index;
    }
    if (position <= previous)
      return refuse(Code::SparseIndex, "increasing indices", "entry " + llvm::Twine(i));
    previous = position;
  }
}

} // namespace dlc::onnx
