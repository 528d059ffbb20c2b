// The loops of a kernel around a sum of products, sorted by what they do. Every contraction and
// convolution is the same nest, told apart by which loop indexes which side:
//
//   result[rows, columns] = sum over k of  left(rows, k) * right(columns, k)
//
// Columns are the loop along which the result is contiguous: they lie on lanes. Rows are a loop
// that the columns' side does not have: a register tile keeps several, so that each vector loaded
// from that side is used for all of them. Loops of both sides (batches, groups) and what is left
// are outer loops. In a depthwise convolution, and where a batch is what is contiguous, the columns
// are in both sides; then both are vectors.
#pragma once

#include "Core/Core.h"
#include "Cpu/Body/AffineRange.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

using Point = llvm::SmallVector<mlir::AffineExpr, 6>;

struct ContractionNest {
  struct Loop {
    int64_t extent;
    bool isReduction;
  };
  /// An operand of the contraction, by its index in the loops.
  struct Side {
    mlir::Value value;
    Point index;
    /// Row-major position in the operand.
    LinearForm position;
    bool has(unsigned loop) const;
    int64_t stride(unsigned loop) const;
  };
  /// `form` >= 0 (or == 0) where the left side's element exists; elsewhere it counts as zero.
  struct Constraint {
    LinearForm form;
    bool isEquality;
  };

  mlir::Operation *op = nullptr;
  llvm::SmallVector<Loop> loops;
  Side sides[2];
  Point result;
  llvm::SmallVector<Constraint> constraints;
  /// Where each result of the kernel stores what depends on the element at `result` (in loops).
  llvm::SmallVector<Point> stores;
  mlir::Type element;

  /// The sort: positions of loops. `columns` may be a reduction (both sides are contiguous along it
  /// and no loop of the result is worth a vector); -1: none.
  int columns = -1;
  /// One after the other in the result, outermost first; run as one loop.
  llvm::SmallVector<int> rows;
  llvm::SmallVector<int> outer, reductions;
  /// The side that has the columns (of those in both Columns.h says which).
  int columnSide = 1;

  int64_t extent(int loop) const { return loop < 0 ? 1 : loops[loop].extent; }
  int64_t rowCount() const;
  int64_t columnCount() const { return extent(columns); }
  /// Products of one element of the result.
  int64_t depth() const;
  /// Steps of the depth: all reductions but the columns.
  int64_t steps() const { return columnsAreReduced() ? depth() / columnCount() : depth(); }
  /// Loops other than the columns and the depth that the columns' side has: they tell panels apart.
  llvm::SmallVector<int> panelLoops() const;
  bool columnsAreReduced() const { return columns >= 0 && loops[columns].isReduction; }
  bool isConstrained(int loop) const;
  /// The operand is computed in the kernel, and not only moved.
  bool isComputed(unsigned side) const;
  /// Instructions for a vector of elements of the contraction's result until they are stored.
  double endInstructions() const;
  /// By how many elements the kernel's first result moves along a loop.
  int64_t resultStride(unsigned loop) const;
  LinearForm linear(mlir::AffineExpr) const;
  mlir::AffineExpr simplify(mlir::AffineExpr) const;

  /// The nest of a kernel with one contraction, around which everything is elementwise or moves
  /// whole tensors; none if it has another form.
  /// `columns`: the choice that was made when the kernel was planned.
  static std::optional<ContractionNest> of(mlir::func::FuncOp kernel,
                                           std::optional<int64_t> columns = std::nullopt);
};

} // namespace dlc
