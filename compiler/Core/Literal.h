// The elements of one tensor in memory, as a compiled program sees them: row-major, bool one byte,
// f16 and bf16 as 16 bits, integers in two's complement.
#pragma once

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

namespace dlc {

/// Bytes of one element in memory; `element` is a dialect element type.
int64_t elementBytes(mlir::Type element);

struct Literal {
  mlir::RankedTensorType type;
  std::vector<char> bytes;

  Literal() = default;
  /// All elements zero.
  explicit Literal(mlir::RankedTensorType type);
  /// The elements of a dense attribute (bool unpacked to bytes).
  static Literal from(mlir::DenseElementsAttr);
  mlir::DenseElementsAttr attribute() const;

  int64_t size() const { return type.getNumElements(); }
  /// Element `i` in row-major order, widened: exact for every type but integers above 2^53.
  double number(int64_t i) const;
  /// Element `i` of an integer or bool tensor.
  int64_t integer(int64_t i) const;
  void setNumber(int64_t i, double value);
  void setInteger(int64_t i, int64_t value);
  template <typename T> T *as() { return reinterpret_cast<T *>(bytes.data()); }
  template <typename T> const T *as() const { return reinterpret_cast<const T *>(bytes.data()); }
};

/// Conversions between the two 16-bit formats and wider ones, rounded once to nearest even.
uint16_t floatToHalf(double);
float halfToFloat(uint16_t);
uint16_t floatToBfloat(double);
float bfloatToFloat(uint16_t);

} // namespace dlc
