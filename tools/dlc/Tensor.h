// A tensor in this process's memory, as the runtime passes it: row-major, bool one byte, elements
// of less than 8 bits packed, the first in the lowest bits.
#pragma once

#include "dlc.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dlc::tool {

inline bool isFloatDtype(int dtype) { return dtype <= DLC_F4E2M1; }

struct Tensor {
  int dtype = DLC_F32;
  std::vector<int64_t> shape;
  std::vector<char> bytes;

  Tensor() = default;
  /// All elements zero.
  Tensor(int dtype, llvm::ArrayRef<int64_t> shape);

  int64_t size() const;
  bool isFloat() const { return isFloatDtype(dtype); }
  /// Element i, widened; exact for every type but integers above 2^53.
  double number(int64_t i) const;
  void setNumber(int64_t i, double value);
  /// Element i of an integer or bool tensor (u64: the same bits).
  int64_t integer(int64_t i) const;
  void setInteger(int64_t i, int64_t value);
  std::string elementText(int64_t i) const;
  std::string typeText() const;
};

/// The number of a name of DLC_DTYPES; none if there is none.
std::optional<int> dtypeNamed(llvm::StringRef name);
/// Bytes of one element; 0 for packed ones.
int64_t elementBytesOf(int dtype);

/// "f32[2,3] = 1 2 3 4 5 6", the middle left out where there are many.
void print(llvm::raw_ostream &, const Tensor &);

} // namespace dlc::tool
