// What shape rules share: lists of dimensions and sliding windows, checked against hostile numbers.
// A model file may hold any attribute, so that nothing here wraps, divides by zero or indexes
// before it has looked.
#pragma once

#include "Core/Core.h"

namespace dlc {

using MaybeLocation = std::optional<mlir::Location>;

/// Whether every type is a ranked tensor of static shape without an encoding; else an error. A
/// parser infers result types before the operands are verified.
llvm::LogicalResult verifyStatic(MaybeLocation, llvm::ArrayRef<mlir::Value>);

/// Whether `dimensions` are distinct and lie in [0, rank); else an error.
llvm::LogicalResult verifyDimensions(MaybeLocation, llvm::ArrayRef<int64_t> dimensions,
                                     int64_t rank);

/// Whether the two types have equal extents but along `dimension`; else an error.
llvm::LogicalResult verifyEqualBut(MaybeLocation, mlir::RankedTensorType, mlir::RankedTensorType,
                                   int64_t dimension);

/// Whether `updates` has the element type of x and the shape `expected`, and numbers of that type
/// can be combined by `kind`; else an error.
llvm::LogicalResult verifyUpdates(MaybeLocation, PutKind kind, mlir::RankedTensorType x,
                                  llvm::ArrayRef<int64_t> expected, mlir::Value updates);

/// Whether `list` has `length` entries, none below `least`; else an error that calls it `name`.
llvm::LogicalResult verifyList(MaybeLocation, llvm::StringRef name, llvm::ArrayRef<int64_t> list,
                               size_t length, int64_t least = std::numeric_limits<int64_t>::min());

/// The sliding windows of an op, one entry per dimension that they slide over. Index t of the
/// result and index k of the window meet index t * strides + k * dilation - lo of the operand.
struct Windows {
  llvm::ArrayRef<int64_t> window, strides, lo, hi, dilation;

  size_t rank() const { return window.size(); }
  /// Whether all lists have `rank` entries, windows, strides and dilations of 1 or more.
  llvm::LogicalResult verify(MaybeLocation, size_t rank) const;
  /// The extent of dimension `i` of the result over an operand of extent `n`:
  /// (n + lo + hi - ((window - 1) dilation + 1)) / strides + 1. An error where no window fits.
  llvm::FailureOr<int64_t> resultExtent(MaybeLocation, size_t i, int64_t n) const;

  /// The operand's index, from the loops that stand for t and k.
  mlir::AffineExpr operandIndex(size_t i, mlir::AffineExpr t, mlir::AffineExpr k) const;
  /// Appends what keeps `operandIndex` within [0, n), where it can leave it: expressions >= 0.
  void appendGuards(size_t i, mlir::AffineExpr t, mlir::AffineExpr k, int64_t n,
                    int64_t resultExtent,
                    llvm::SmallVectorImpl<mlir::AffineExpr> &constraints) const;
};

/// The extents of x along `dims`.
llvm::SmallVector<int64_t> slidingExtents(mlir::Value x, llvm::ArrayRef<int64_t> dims);

/// The indices, one tensor a dimension of `shape`, of what window_max has chosen: si64, of the
/// shape of `place`.
std::vector<TensorExpr> windowMaxIndices(mlir::ImplicitLocOpBuilder &, mlir::Value place,
                                         llvm::ArrayRef<int64_t> shape,
                                         llvm::ArrayRef<int64_t> dims, const Windows &);
/// Their row-major positions. REQUIRES: a dimension.
TensorExpr rowMajorPosition(llvm::ArrayRef<TensorExpr> index, llvm::ArrayRef<int64_t> shape);

/// The dimensions of [0, rank) that are not in `dimensions`, in order.
llvm::SmallVector<int64_t> otherDimensions(int64_t rank, llvm::ArrayRef<int64_t> dimensions);

/// The type without `dimensions`, which are valid.
mlir::RankedTensorType withoutDimensions(mlir::RankedTensorType,
                                         llvm::ArrayRef<int64_t> dimensions);

/// The set of indices of `loops` loops where all constraints hold; null where there are none.
mlir::IntegerSet guardOf(size_t loops, llvm::ArrayRef<mlir::AffineExpr> constraints,
                         mlir::MLIRContext *);

} // namespace dlc
