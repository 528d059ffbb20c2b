// Affine expressions whose dimensions and symbols have known ranges, brought to a normal form. It
// is what makes movement free: the maps of reshapes, transposes, slices and unpacked panels
// compose to sums of strides once the ranges are used.
//
//   ((4 i + j) floordiv 4) * 4 + (4 i + j) mod 4,  0 <= j < 4     ->  4 i + j
//   (12 i + j) floordiv 24,                        0 <= j < 12    ->  i floordiv 2
//
// MLIR's own simplification knows no ranges. The normal form is a sum of coefficients times atoms
// (dimensions, symbols, floordiv and mod of normal forms) in a fixed order, so equal expressions
// are the same object.
#pragma once

#include "mlir/IR/AffineExpr.h"

namespace dlc {

/// lo <= x <= hi; empty ranges are given as lo == hi + 1 and treated as anything.
struct IntegerRange {
  int64_t lo = 0, hi = 0;
  bool isConstant() const { return lo == hi; }
};

/// The range of a dimension or symbol.
using RangeOf = llvm::function_ref<IntegerRange(mlir::AffineExpr)>;

/// A sum of coefficients (never 0) times atoms, plus a constant.
struct LinearForm {
  llvm::SmallVector<std::pair<mlir::AffineExpr, int64_t>> terms;
  int64_t constant = 0;

  int64_t coefficient(mlir::AffineExpr atom) const;
  /// Whether an atom other than `position` itself depends on dimension `position`.
  bool isNonlinearIn(unsigned position) const;
};

LinearForm linearForm(mlir::AffineExpr, RangeOf);
mlir::AffineExpr expression(const LinearForm &, mlir::MLIRContext *);
mlir::AffineExpr simplified(mlir::AffineExpr, RangeOf);
/// The e of a constraint e >= 0, without quotients where the constraint can say the same without:
/// x floordiv c + r >= 0 is x + c r >= 0, and r - x floordiv c >= 0 is c r + c - 1 - x >= 0.
mlir::AffineExpr simplifiedConstraint(mlir::AffineExpr, RangeOf);
/// Bounds of the values; exact for linear forms over independent dimensions.
IntegerRange rangeOf(mlir::AffineExpr, RangeOf);
IntegerRange rangeOf(const LinearForm &, RangeOf);

} // namespace dlc
