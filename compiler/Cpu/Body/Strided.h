// Lanes that are not neighbours in memory, from whole vectors and shuffles of them. Nothing is read
// before the first or after the last element wanted.
#pragma once

#include "Cpu/Body/Body.h"

namespace dlc {

/// Contiguous elements: from which one on, and how many exist.
using LoadPart = llvm::function_ref<mlir::Value(int64_t from, int64_t live)>;

/// Strides up to this are read so.
inline constexpr int64_t shuffledStrideMax = 8;

/// Elements 0, 2, 4, ...
mlir::Value loadEverySecond(mlir::ImplicitLocOpBuilder &, int64_t count, int64_t live, LoadPart);
/// Elements 0, stride, ...; of a negative stride the last lane's is 0.
mlir::Value loadSpread(mlir::ImplicitLocOpBuilder &, int64_t count, int64_t live, int64_t stride,
                       LoadPart);

/// Lanes that read elements (rest + lane) floordiv divisor, from `first` on.
struct Repeated {
  mlir::AffineExpr first;
  int64_t rest, divisor;
};
std::optional<Repeated> repeatedLanes(const Body &, LinearForm position, mlir::AffineExpr lane,
                                      llvm::function_ref<bool(mlir::AffineExpr)> varies);

} // namespace dlc
