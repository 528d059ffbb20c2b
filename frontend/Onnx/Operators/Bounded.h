// Values of which only a leading part along one dimension is there, as decompositions use them: the
// tensor with room for all, and the scalar that says how many are there. Elements past the extent
// are computed too, so that indices among them must be valid ones.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

struct BoundedValue {
  TensorExpr full;
  /// si64 scalar; null: all elements are there.
  mlir::Value extent;
  int64_t dimension = -1;

  explicit operator bool() const { return extent != nullptr; }
};

/// A value that may be bounded, taken apart.
BoundedValue boundedValue(NodeReader &, TensorExpr);
/// An input that may be bounded.
BoundedValue boundedInput(NodeReader &, size_t i);
bool hasBoundedInput(NodeReader &);

/// `x` of which `extent` elements along the dimension are there; with a null extent `x` itself.
TensorExpr boundedBy(NodeReader &, TensorExpr x, mlir::Value extent, int64_t dimension);

/// The number that tells the extents of bounded values apart: two values have the same one if they
/// have it from the same op.
mlir::Value extentSource(mlir::Value bounded);

/// A shape that is known but for extents. One that depends on data has -1 for its extent, and the
/// room that it needs is `rooms` of the same place.
struct BoundedShape {
  Shape sizes, rooms;
  mlir::Value extent; // of the one size that depends on data; null: all are known
  int64_t dimension = -1;
};
/// The largest value that a number can have which is made of extents and known numbers; none if
/// that cannot be seen.
std::optional<int64_t> roomOf(mlir::Value extent);

/// The extent itself; where it is not seen to lie in 0 to `room`, it is checked when the program
/// runs, as an index is.
TensorExpr withinRoom(NodeReader &, TensorExpr extent, int64_t room);

/// An input that is a shape; refused if more than one size depends on data, or without bound.
BoundedShape boundedShapeInput(NodeReader &, size_t i);

/// `x` where its index along `dimension` is below the extent, `otherwise` elsewhere.
TensorExpr maskedByExtent(NodeReader &, TensorExpr x, mlir::Value extent, int64_t dimension,
                          double otherwise = 0);

/// The forms of operators whose inputs are bounded; each refuses what cannot follow.
Values concatBounded(NodeReader &);
Values gatherBounded(NodeReader &);
/// x[start : end : step] along `axis`, by Python's rules on what is there.
TensorExpr sliceBounded(NodeReader &, const BoundedValue &x, int64_t axis, int64_t start,
                        int64_t end, int64_t step);
/// `shape` without 0 and with at most one -1.
TensorExpr reshapeBounded(NodeReader &, const BoundedValue &x, llvm::ArrayRef<int64_t> shape);

} // namespace dlc::onnx
