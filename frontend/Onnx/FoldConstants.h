// Folds what is built while importing: an op whose operands are small constants is run by the
// interpreter at once, so that shape arithmetic is known when the next node asks for it. The work
// is bounded for one op and for a whole model; what would take more stays an op.
#pragma once

#include "Core/Core.h"

namespace dlc::onnx {

/// Bytes of a constant that is not a splat; larger ones are weights.
constexpr int64_t largestConstantBytes = 4096;

class ConstantFolder {
public:
  /// Folds the ops between `before` (null: from the block's start) and `end`, in order. Fails where
  /// running an op is an error (an index out of range), which the op has emitted.
  llvm::LogicalResult fold(mlir::Block &, mlir::Operation *before, mlir::Operation *end);

private:
  /// Whether the op is gone.
  mlir::FailureOr<bool> foldOne(mlir::Operation *, mlir::OpBuilder &);
  bool foldInPlace(mlir::Operation *, mlir::OpBuilder &);
  mlir::FailureOr<bool> foldSplats(mlir::Operation *, mlir::OpBuilder &);
  bool mayRun(mlir::Operation *);
  int64_t workLeft = int64_t(1) << 26;
};

/// The elements of a value that is a constant, splats expanded as long as they are small; none for
/// anything else.
std::optional<Literal> constantElements(mlir::Value);

} // namespace dlc::onnx
