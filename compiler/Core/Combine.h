// How reductions combine: neutral values, and functions that are given accumulators and values in
// registers.
#pragma once

#include "Core/Core.h"

namespace dlc {

using Combine = std::function<Scalars(mlir::ImplicitLocOpBuilder &, llvm::ArrayRef<Scalar>,
                                      llvm::ArrayRef<Scalar>)>;

/// An attribute of a dialect element type as one of its register type: f16 widens, integers lose
/// their sign.
mlir::TypedAttr registerAttribute(mlir::TypedAttr);

/// The neutral value of a reduction over elements of this type, of its register type.
mlir::TypedAttr neutralValue(ReduceKind, mlir::Type element);
/// One accumulator of elements of this type.
Combine combineOf(ReduceKind, mlir::Type element);

/// Two accumulators, a value and its integer place: the larger (kind max) or smaller (min) value
/// wins, NaN wins over numbers, and of equals the smaller place, or with `last` the larger.
Combine combineWithPlace(ReduceKind, mlir::Type element, bool last);

} // namespace dlc
