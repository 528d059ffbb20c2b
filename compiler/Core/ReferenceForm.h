// The reference form of an op: loops, what each iteration reads, and a scalar body. It is the op's
// meaning (the interpreter runs it) and what targets emit from, by class.
//
//   y = matmul(a, b):  extents [M, N, K], parallel 2
//                      reads  a (d0, d2), b (d2, d1)
//                      body   a * b      init 0      combine  +
//   y = pad(x, lo):    extents y.shape; read x (d0 - lo) where 0 <= d0 - lo < n, else the padding
//   value y = take(x, i):    reads i (d0), x (s0, d1) with s0 = the value of the first read
//
// The first `parallel` loops are the dimensions of every result, in order; the others are reduced,
// in row-major order.
#pragma once

#include "Core/Literal.h"
#include "Core/Scalar.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/IntegerSet.h"

namespace dlc {

using Scalars = llvm::SmallVector<Scalar, 4>;

/// One element of an operand that an iteration reads.
struct Read {
  unsigned operand = 0;
  /// Loops (and symbols) to the operand's index. A symbol stands alone or is added to a loop.
  mlir::AffineMap map;
  /// Earlier reads (positions in ReferenceForm::reads, integers) whose values stand for the symbols
  /// of `map`. Such an index is checked against the operand's extent (less the loop's, where there
  /// is one): outside is the error DLC_ERROR_INDEX.
  llvm::SmallVector<unsigned, 1> symbols;
  /// Where the element exists: constraints on the loops; null means everywhere.
  mlir::IntegerSet guard;
  /// What is read where the guard does not hold (an attribute of the operand's element type); null
  /// means zero.
  mlir::TypedAttr outside;
};

struct ReferenceForm {
  llvm::SmallVector<int64_t> extents;
  unsigned parallel = 0;
  llvm::SmallVector<Read> reads;
  /// True for ops like concat: exactly one read's guard holds at each index, and its value is the
  /// result; no body.
  bool piecewise = false;
  /// One value per read, and the loop indices as i64 (built only when `usesIndices`) -> one value
  /// per result. Null: the result is the first read.
  std::function<Scalars(mlir::ImplicitLocOpBuilder &, llvm::ArrayRef<Scalar> reads,
                        llvm::ArrayRef<Scalar> indices)>
      body;
  bool usesIndices = false;

  /// Reductions: the neutral value of each accumulator, as an attribute of its register type ...
  llvm::SmallVector<mlir::TypedAttr> initial;
  /// ... (accumulators, body's values) -> accumulators: associative up to rounding, and commutative
  /// unless values carry their index ...
  std::function<Scalars(mlir::ImplicitLocOpBuilder &, llvm::ArrayRef<Scalar> accumulators,
                        llvm::ArrayRef<Scalar> values)>
      combine;
  /// ... and accumulators -> results (null: they are the results).
  std::function<Scalars(mlir::ImplicitLocOpBuilder &, llvm::ArrayRef<Scalar> accumulators)> finish;

  bool isReduction() const { return parallel < extents.size(); }
};

/// An index of a read that comes from data.
struct SymbolUse {
  unsigned symbol;
  /// What is added to it is at most this.
  int64_t reach;
};
/// Of a result of Read::map in loops of these extents; none where no symbol takes part.
std::optional<SymbolUse> symbolUse(mlir::AffineExpr, llvm::ArrayRef<int64_t> extents);

/// Elementwise: every operand is read at the result's index.
ReferenceForm pointwiseForm(mlir::Operation *, std::function<Scalar(llvm::ArrayRef<Scalar>)>);

/// A form that copies one operand's elements through `map` (result index -> operand index).
ReferenceForm movementForm(mlir::Operation *, mlir::AffineMap map);

} // namespace dlc
