// Resize along one dimension as a table: each element of the result is a weighted sum of a few
// elements of the input, whose places and weights are known at compile time.
#pragma once

#include "Onnx/NodeReader.h"

namespace dlc::onnx {

/// How places of the result are places of the input, and what is made of the elements around them.
struct Interpolation {
  llvm::StringRef mode;        // "nearest", "linear", "cubic"
  llvm::StringRef coordinates; // coordinate_transformation_mode
  llvm::StringRef nearest;     // nearest_mode; "simple": that of version 10
  double cubicA = -0.75;
  bool antialias = false, excludeOutside = false;
};

/// One dimension: `n` elements become `size`; `start` and `end` are its region of interest.
struct ResizedDimension {
  int64_t n = 0, size = 0;
  double scale = 1, start = 0, end = 1;

  bool isIdentity() const { return n == size && scale == 1 && start == 0 && end == 1; }
};

/// `count` taps for each of the result's elements, row-major [size, count].
struct Taps {
  int64_t count = 1;
  std::vector<int64_t> indices;
  std::vector<double> weights;
  std::vector<bool> outside; // tf_crop_and_resize: the place is not in the input; empty: none is
};

/// How many elements of the input an element of the result depends on.
int64_t tapCount(const Interpolation &, const ResizedDimension &);

/// REQUIRES: n and size of 1 or more; tapCount size entries fit into memory.
Taps tapsOf(const Interpolation &, const ResizedDimension &);

/// sum over t of weight[t] x[index[t]] along `axis`; x is of a float type, or the weights are 1.
TensorExpr applyTaps(NodeReader &, TensorExpr x, int64_t axis, const Taps &);

} // namespace dlc::onnx
