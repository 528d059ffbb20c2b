// Elements in memory, and the two 16-bit float formats.
#include "Core/Literal.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/bit.h"
#include <cstring>

using namespace mlir;
using namespace dlc;

int64_t dlc::elementBytes(Type element) {
  return element.isInteger(1) ? 1 : element.getIntOrFloatBitWidth() / 8;
}

// One rounding, from any double: by way of float there would be two.
static uint16_t rounded(double value, const llvm::fltSemantics &semantics) {
  llvm::APFloat number(value);
  bool loses;
  number.convert(semantics, llvm::APFloat::rmNearestTiesToEven, &loses);
  return static_cast<uint16_t>(number.bitcastToAPInt().getZExtValue());
}

uint16_t dlc::floatToHalf(double value) { return rounded(value, llvm::APFloat::IEEEhalf()); }
uint16_t dlc::floatToBfloat(double value) { return rounded(value, llvm::APFloat::BFloat()); }

float dlc::halfToFloat(uint16_t bits) {
  llvm::APFloat number(llvm::APFloat::IEEEhalf(), llvm::APInt(16, bits));
  bool loses;
  number.convert(llvm::APFloat::IEEEsingle(), llvm::APFloat::rmNearestTiesToEven, &loses);
  return number.convertToFloat();
}

float dlc::bfloatToFloat(uint16_t bits) {
  return llvm::bit_cast<float>(static_cast<uint32_t>(bits) << 16);
}

Literal::Literal(RankedTensorType type)
    : type(type), bytes(type.getNumElements() * elementBytes(type.getElementType())) {}

Literal Literal::from(DenseElementsAttr attribute) {
  Literal result(cast<RankedTensorType>(attribute.getType()));
  Type element = result.type.getElementType();
  int64_t width = elementBytes(element);
  if (element.isInteger(1)) {
    for (auto [i, bit] : llvm::enumerate(attribute.getValues<bool>()))
      result.bytes[i] = bit;
    return result;
  }
  ArrayRef<char> raw = attribute.getRawData();
  for (int64_t i = 0; i < result.size(); ++i)
    std::memcpy(&result.bytes[i * width], raw.data() + (attribute.isSplat() ? 0 : i * width),
                width);
  return result;
}

DenseElementsAttr Literal::attribute() const {
  if (!type.getElementType().isInteger(1))
    return DenseElementsAttr::getFromRawBuffer(type, bytes);
  SmallVector<bool> bits(bytes.begin(), bytes.end());
  return DenseElementsAttr::get(type, bits);
}

double Literal::number(int64_t i) const {
  Type element = type.getElementType();
  if (element.isF64())
    return as<double>()[i];
  if (element.isF32())
    return as<float>()[i];
  if (element.isF16())
    return halfToFloat(as<uint16_t>()[i]);
  if (element.isBF16())
    return bfloatToFloat(as<uint16_t>()[i]);
  if (element.isUnsignedInteger(64))
    return static_cast<double>(static_cast<uint64_t>(integer(i)));
  return static_cast<double>(integer(i));
}

int64_t Literal::integer(int64_t i) const {
  Type element = type.getElementType();
  bool isUnsigned = element.isUnsignedInteger() || element.isInteger(1);
  switch (elementBytes(element)) {
  case 1:
    return isUnsigned ? int64_t(as<uint8_t>()[i]) : as<int8_t>()[i];
  case 2:
    return isUnsigned ? int64_t(as<uint16_t>()[i]) : as<int16_t>()[i];
  case 4:
    return isUnsigned ? int64_t(as<uint32_t>()[i]) : as<int32_t>()[i];
  default:
    return as<int64_t>()[i];
  }
}

void Literal::setNumber(int64_t i, double value) {
  Type element = type.getElementType();
  if (element.isF64())
    as<double>()[i] = value;
  else if (element.isF32())
    as<float>()[i] = static_cast<float>(value);
  else if (element.isF16())
    as<uint16_t>()[i] = floatToHalf(value);
  else if (element.isBF16())
    as<uint16_t>()[i] = floatToBfloat(value);
  else
    setInteger(i, static_cast<int64_t>(value));
}

void Literal::setInteger(int64_t i, int64_t value) {
  switch (elementBytes(type.getElementType())) {
  case 1:
    as<int8_t>()[i] = static_cast<int8_t>(value);
    break;
  case 2:
    as<int16_t>()[i] = static_cast<int16_t>(value);
    break;
  case 4:
    as<int32_t>()[i] = static_cast<int32_t>(value);
    break;
  default:
    as<int64_t>()[i] = value;
  }
}
