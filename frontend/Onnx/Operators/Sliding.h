// The attributes that convolutions and poolings share: kernel_shape, strides, dilations, pads,
// auto_pad, ceil_mode.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// One entry per spatial dimension, checked: windows, strides and dilations of 1 or more, all
/// numbers so small that their sums fit.
struct Sliding {
  Shape window, strides, dilation, lo, hi;
  llvm::StringRef automatic; // auto_pad; "NOTSET": lo and hi are given

  /// Extent that the dilated window covers.
  int64_t reach(size_t i) const { return (window[i] - 1) * dilation[i] + 1; }
};

/// `window`: of the weights, or none for `kernel_shape`.
Sliding readSliding(NodeReader &, size_t spatialRank,
                    std::optional<llvm::ArrayRef<int64_t>> window);

/// Sets lo and hi for the extents of the input, by `auto_pad` and by `ceilMode`, which adds a last
/// window that reaches past the end if it begins inside.
void padFor(NodeReader &, Sliding &, llvm::ArrayRef<int64_t> extents, bool ceilMode);

/// The convolution of x and w that the node's attributes describe.
TensorExpr convolve(NodeReader &, TensorExpr x, TensorExpr w);

/// Conv: the convolution of inputs 0 and 1, plus the bias, if there is one.
TensorExpr biasedConvolution(NodeReader &);

} // namespace dlc::onnx
