// Element access by type.
#include "Tensor.h"
#include "Core/Literal.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include <cmath>
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
  bytes.resize((size() * bitsOfDtype[dtype] + 7) / 8);
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

// Element i of less than 8 bits, without sign.
static unsigned packedAt(const Tensor &tensor, int64_t i) {
  int bits = bitsOfDtype[tensor.dtype];
  return static_cast<uint8_t>(tensor.bytes[i * bits / 8]) >> (i * bits % 8) & ((1 << bits) - 1);
}

// The number that a small float's code stands for. Formats with `finite` have no infinity; those
// with `unsignedZero` have NaN in the place of -0.
static double decoded(unsigned code, int mantissaBits, int bias, bool finite, bool unsignedZero) {
  int sign = code & 0x80 ? -1 : 1, magnitude = code & 0x7f;
  int exponent = magnitude >> mantissaBits, mantissa = magnitude & ((1 << mantissaBits) - 1);
  int highest = 0x7f >> mantissaBits;
  if (unsignedZero ? code == 0x80 : finite ? magnitude == 0x7f : exponent == highest && mantissa)
    return NAN;
  if (!finite && exponent == highest)
    return sign * INFINITY;
  double fraction = std::ldexp(mantissa, -mantissaBits) + (exponent > 0);
  return sign * std::ldexp(fraction, std::max(exponent, 1) - bias);
}

static double smallFloat(const Tensor &tensor, int64_t i) {
  if (tensor.dtype == DLC_F4E2M1) {
    unsigned code = packedAt(tensor, i);
    constexpr double values[] = {0, 0.5, 1, 1.5, 2, 3, 4, 6};
    return code & 8 ? -values[code & 7] : values[code & 7];
  }
  unsigned code = at<uint8_t>(tensor, i);
  switch (tensor.dtype) {
  case DLC_F8E8M0:
    return code == 0xff ? NAN : std::ldexp(1.0, static_cast<int>(code) - 127);
  case DLC_F8E4M3FN:
    return decoded(code, 3, 7, true, false);
  case DLC_F8E4M3FNUZ:
    return decoded(code, 3, 8, true, true);
  case DLC_F8E5M2FNUZ:
    return decoded(code, 2, 16, true, true);
  default:
    return decoded(code, 2, 15, false, false);
  }
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
    return isFloat() ? smallFloat(*this, i) : static_cast<double>(integer(i));
  }
}

// The code whose number is nearest; of two the even one.
static void putSmallFloat(Tensor &tensor, int64_t i, double value) {
  double least = INFINITY;
  int64_t best = 0;
  for (int64_t code = 0; code < 1 << bitsOfDtype[tensor.dtype]; ++code) {
    tensor.setInteger(i, code);
    double number = smallFloat(tensor, i);
    double distance = std::isnan(value) ? !std::isnan(number) : std::fabs(number - value);
    if (distance < least || (distance == least && code % 2 == 0 && best % 2 == 1)) {
      least = distance;
      best = code;
    }
  }
  tensor.setInteger(i, best);
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
    if (isFloat())
      return putSmallFloat(*this, i, value);
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
  case DLC_I4:
    return static_cast<int>(packedAt(*this, i) ^ 8) - 8;
  case DLC_I2:
    return static_cast<int>(packedAt(*this, i) ^ 2) - 2;
  case DLC_U4:
  case DLC_U2:
    return packedAt(*this, i);
  default:
    return at<uint8_t>(*this, i);
  }
}

void Tensor::setInteger(int64_t i, int64_t value) {
  switch (elementBytesOf(dtype)) {
  case 0: {
    int bits = bitsOfDtype[dtype], shift = i * bits % 8, mask = ((1 << bits) - 1) << shift;
    char &byte = bytes[i * bits / 8];
    byte = static_cast<char>((byte & ~mask) | ((value << shift) & mask));
    return;
  }
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
