// Element access by type.
#include "Tensor.h"
#include "Core/Literal.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include <cstring>

using namespace dlc;
using namespace dlc::tool;

static constexpr int bitsOfDtype[] = {
#define DLC_BITS(name, text, bits) bits,
    DLC_DTYPES(DLC_BITS)
#undef DLC_BITS
};

std::optional<int> dlc::tool::dtypeNamed(llvm::StringRef name) {
  for (int dtype = 0; dtype < DLC_DTYPE_COUNT; ++dtype)
    if (name == dlc_dtype_name(dtype))
      return dtype;
  return {};
}

int64_t dlc::tool::elementBytesOf(int dtype) { return bitsOfDtype[dtype] / 8; }

Tensor::Tensor(int dtype, llvm::ArrayRef<int64_t> shape) : dtype(dtype), shape(shape) {
  bytes.resize(size() * elementBytesOf(dtype));
}

int64_t Tensor::size() const {
  int64_t count = 1;
  for (int64_t extent : shape)
    count *= extent;
  return count;
}

template <typename T> static T at(const Tensor &tensor, int64_t i) {
  T value;
  std::memcpy(&value, &tensor.bytes[i * sizeof(T)], sizeof(T));
  return value;
}
template <typename T> static void put(Tensor &tensor, int64_t i, T value) {
  std::memcpy(&tensor.bytes[i * sizeof(T)], &value, sizeof(T));
}

double Tensor::number(int64_t i) const {
  switch (dtype) {
  case DLC_F64:
    return at<double>(*this, i);
  case DLC_F32:
    return at<float>(*this, i);
  case DLC_F16:
    return halfToFloat(at<uint16_t>(*this, i));
  case DLC_BF16:
    return bfloatToFloat(at<uint16_t>(*this, i));
  case DLC_U64:
    return static_cast<double>(at<uint64_t>(*this, i));
  default:
    return static_cast<double>(integer(i));
  }
}

void Tensor::setNumber(int64_t i, double value) {
  switch (dtype) {
  case DLC_F64:
    return put(*this, i, value);
  case DLC_F32:
    return put(*this, i, static_cast<float>(value));
  case DLC_F16:
    return put(*this, i, floatToHalf(value));
  case DLC_BF16:
    return put(*this, i, floatToBfloat(value));
  default:
    return setInteger(i, static_cast<int64_t>(value));
  }
}

int64_t Tensor::integer(int64_t i) const {
  switch (dtype) {
  case DLC_I64:
  case DLC_U64:
    return at<int64_t>(*this, i);
  case DLC_I32:
    return at<int32_t>(*this, i);
  case DLC_U32:
    return at<uint32_t>(*this, i);
  case DLC_I16:
    return at<int16_t>(*this, i);
  case DLC_U16:
    return at<uint16_t>(*this, i);
  case DLC_I8:
    return at<int8_t>(*this, i);
  default:
    return at<uint8_t>(*this, i);
  }
}

void Tensor::setInteger(int64_t i, int64_t value) {
  switch (elementBytesOf(dtype)) {
  case 8:
    return put(*this, i, value);
  case 4:
    return put(*this, i, static_cast<int32_t>(value));
  case 2:
    return put(*this, i, static_cast<int16_t>(value));
  default:
    return put(*this, i, static_cast<int8_t>(value));
  }
}

std::string Tensor::elementText(int64_t i) const {
  if (dtype == DLC_U64)
    return llvm::utostr(static_cast<uint64_t>(integer(i)));
  if (!isFloat())
    return llvm::itostr(integer(i));
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(dtype == DLC_F64 ? "%.12g" : "%.6g", number(i));
  return text;
}

std::string Tensor::typeText() const {
  std::string text = std::string(dlc_dtype_name(dtype)) + "[";
  for (size_t d = 0; d < shape.size(); ++d)
    text += (d ? "," : "") + std::to_string(shape[d]);
  return text + "]";
}

void dlc::tool::print(llvm::raw_ostream &out, const Tensor &tensor) {
  constexpr int64_t shownAtMost = 16, shownAtEnd = 4;
  out << tensor.typeText() << " =";
  int64_t size = tensor.size(), head = size <= shownAtMost ? size : shownAtMost - shownAtEnd;
  for (int64_t i = 0; i < head; ++i)
    out << ' ' << tensor.elementText(i);
  if (head == size)
    return;
  out << " ...";
  for (int64_t i = size - shownAtEnd; i < size; ++i)
    out << ' ' << tensor.elementText(i);
}
