// Random expressions, grown from the result to the operands: elementwise ops, other types, and
// movement of every kind between them.
#pragma once

#include "tests/Gate/KernelBuilder.h"

namespace dlc::gate {

struct ExpressionOptions {
  /// How likely movement is where an operand is needed, and which.
  double movement = 0.3;
  /// Indices out of range: `take` gets some, and what would drop elements is left out.
  bool outOfRange = false;
};

class Expression {
public:
  Expression(KernelBuilder &builder, ExpressionOptions options) : g(builder), options(options) {}

  /// A value of the type, from about `ops` ops.
  mlir::Value grow(mlir::RankedTensorType, int ops);
  /// `ops` more elementwise ops on x; the same shape and type.
  mlir::Value extend(mlir::Value x, int ops);
  /// A value of the type that is moved from another one.
  mlir::Value moved(mlir::RankedTensorType, int ops);
  /// x broadcast to `shape`: dimension i becomes dims[i].
  mlir::Value broadcast(mlir::Value x, llvm::ArrayRef<int64_t> shape, llvm::ArrayRef<int64_t> dims);
  mlir::Value transposed(mlir::Value x, llvm::ArrayRef<int64_t> perm);
  /// An operand of a larger op: an argument, sometimes computed or moved.
  mlir::Value operand(mlir::RankedTensorType, double computed);

  KernelBuilder &g;

private:
  mlir::Value leaf(mlir::RankedTensorType);
  mlir::Value broadcastTo(mlir::RankedTensorType, int ops);
  mlir::Value transposeTo(mlir::RankedTensorType, int ops);
  mlir::Value sliceTo(mlir::RankedTensorType, int ops);
  mlir::Value reverseTo(mlir::RankedTensorType, int ops);
  mlir::Value padTo(mlir::RankedTensorType, int ops);
  mlir::Value concatTo(mlir::RankedTensorType, int ops);
  mlir::Value reshapeTo(mlir::RankedTensorType, int ops);
  mlir::Value takeTo(mlir::RankedTensorType, int ops);

  ExpressionOptions options;
};

/// A shape of `rank` dimensions with about `elements` elements: odd sizes, powers of two, ones.
Shape randomShape(Random &, int64_t rank, int64_t elements);
/// All dimensions of a shape, in random order.
Shape randomOrder(Random &, int64_t rank);
/// A random non-empty subset of [0, rank), rising.
Shape randomDims(Random &, int64_t rank);
int64_t elementsOf(llvm::ArrayRef<int64_t> shape);

} // namespace dlc::gate
