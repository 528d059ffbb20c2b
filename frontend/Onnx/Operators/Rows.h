// Images as rows: what operators share that read an image at places which are computed. The
// channels of a place are one row, so that a place is found once for all channels, and read as a
// run of memory.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// An image [N, C, extents...] as rows [N * places, C]; a place is counted in row-major order.
class ImageRows {
public:
  ImageRows(NodeReader &node, TensorExpr image);

  const Shape extents;
  const int64_t batch, channels;

  /// The rows at `coordinates` (one tensor of floats for each of the extents, all of one shape that
  /// begins with N; whole numbers, in range): that shape with C appended. `image`, of the same
  /// shape, says which image is read; else image i is read for index i of the leading dimension.
  TensorExpr at(llvm::ArrayRef<TensorExpr> coordinates,
                std::optional<TensorExpr> image = std::nullopt) const;

  /// The 2^k places around `coordinates`, each times its share in a linear interpolation, which is
  /// their sum; places outside of the image are 0.
  std::vector<TensorExpr> corners(llvm::ArrayRef<TensorExpr> coordinates,
                                  std::optional<TensorExpr> image = std::nullopt) const;

private:
  NodeReader &node;
  TensorExpr rows;
};

/// x + y + ...
TensorExpr sumOf(llvm::ArrayRef<TensorExpr> terms);

/// `x`, of the shape of coordinates, for every channel.
TensorExpr overChannels(TensorExpr x, int64_t channels);

/// 0 <= x <= n - 1, as bool.
TensorExpr isWithin(TensorExpr x, int64_t n);

} // namespace dlc::onnx
