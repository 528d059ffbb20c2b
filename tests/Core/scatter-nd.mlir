// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of scatter_nd against a loop over the updates, on every element type and kind, and on edge shapes.

// the rows of i index x after 0 shared dimensions
func.func @mul_slices_of_f64() {
  %a0 = dlc.constant dense<[[[1.5, 1.5, -0.5], [-1.0, -1.0, 0.0]], [[1.0, 1.5, 1.5], [0.5, 1.5, -2.0]], [[-1.5, -1.0, -1.5], [1.0, 0.0, -1.5]]]> : tensor<3x2x3xf64>
  %a1 = dlc.constant dense<[[2, 1], [0, 1], [1, 0], [1, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[2.0, 0.0, -1.5], [-2.0, 0.5, -1.5], [1.0, 0.0, 1.5], [-2.0, 1.5, 1.5]]> : tensor<4x3xf64>
  %y0 = dlc.scatter_nd mul %a0, %a1, %a2 batch 0 : tensor<3x2x3xf64>, tensor<4x2xsi64>, tensor<4x3xf64>
  %want0 = dlc.constant dense<[[[1.5, 1.5, -0.5], [2.0, -0.5, -0.0]], [[-2.0, 0.0, 3.375], [0.5, 1.5, -2.0]], [[-1.5, -1.0, -1.5], [2.0, 0.0, 2.25]]]> : tensor<3x2x3xf64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @min_slices_of_f32() {
  %a0 = dlc.constant dense<[[[-0.5, 0.5, -1.0], [0.5, 2.0, -2.0]], [[0.0, 0.5, -1.0], [-1.5, -1.5, -2.0]], [[1.5, 0.0, 1.5], [-0.5, 0.5, 2.0]]]> : tensor<3x2x3xf32>
  %a1 = dlc.constant dense<1> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[1.5, 1.0, 1.5], [2.0, 1.0, -1.5], [0.0, -2.0, -1.5], [-1.5, 1.0, -0.5]]> : tensor<4x3xf32>
  %y0 = dlc.scatter_nd min %a0, %a1, %a2 batch 0 : tensor<3x2x3xf32>, tensor<4x2xsi32>, tensor<4x3xf32>
  %want0 = dlc.constant dense<[[[-0.5, 0.5, -1.0], [0.5, 2.0, -2.0]], [[0.0, 0.5, -1.0], [-1.5, -2.0, -2.0]], [[1.5, 0.0, 1.5], [-0.5, 0.5, 2.0]]]> : tensor<3x2x3xf32>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @set_slices_of_f16() {
  %a0 = dlc.constant dense<[[[1.5, 0.5, 2.0], [-2.0, -1.5, 1.5]], [[-1.5, -1.0, 0.5], [-0.5, 1.5, -1.5]], [[-2.0, 1.5, 0.5], [-1.5, -1.0, -1.5]]]> : tensor<3x2x3xf16>
  %a1 = dlc.constant dense<[[2, 0], [0, 1], [1, 1], [2, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[-1.0, 2.0, -0.5], [1.0, -1.5, 1.0], [-1.0, -1.0, -1.5], [1.5, -1.0, 0.5]]> : tensor<4x3xf16>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 0 : tensor<3x2x3xf16>, tensor<4x2xsi64>, tensor<4x3xf16>
  %want0 = dlc.constant dense<[[[1.5, 0.5, 2.0], [1.0, -1.5, 1.0]], [[-1.5, -1.0, 0.5], [-1.0, -1.0, -1.5]], [[1.5, -1.0, 0.5], [-1.5, -1.0, -1.5]]]> : tensor<3x2x3xf16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @add_slices_of_f16() {
  %a0 = dlc.constant dense<[[[0.5, -0.5, -1.0], [-2.0, 1.0, 0.0]], [[2.0, -1.5, 0.5], [-2.0, -2.0, 0.0]], [[2.0, 1.0, -1.5], [1.5, -0.5, -0.5]]]> : tensor<3x2x3xf16>
  %a1 = dlc.constant dense<[[1, 0], [2, 0], [1, 0], [1, 1]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[0.5, -0.5, 0.0], [-1.5, -1.0, 0.5], [-0.5, -2.0, -0.5], [0.0, -1.0, 0.0]]> : tensor<4x3xf16>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<3x2x3xf16>, tensor<4x2xsi64>, tensor<4x3xf16>
  %want0 = dlc.constant dense<[[[0.5, -0.5, -1.0], [-2.0, 1.0, 0.0]], [[2.0, -4.0, 0.0], [-2.0, -3.0, 0.0]], [[0.5, 0.0, -1.0], [1.5, -0.5, -0.5]]]> : tensor<3x2x3xf16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @mul_slices_of_f16() {
  %a0 = dlc.constant dense<[[[0.5, -1.0, 0.0], [-1.0, -0.5, 0.0]], [[1.0, -2.0, 1.5], [1.0, 0.5, -1.5]], [[-0.5, 1.0, 2.0], [2.0, -2.0, 1.0]]]> : tensor<3x2x3xf16>
  %a1 = dlc.constant dense<[[2, 0], [2, 0], [1, 1], [2, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[0.5, -0.5, 2.0], [-0.5, 1.5, -1.0], [-1.5, -0.5, 0.0], [2.0, 1.0, -0.5]]> : tensor<4x3xf16>
  %y0 = dlc.scatter_nd mul %a0, %a1, %a2 batch 0 : tensor<3x2x3xf16>, tensor<4x2xsi64>, tensor<4x3xf16>
  %want0 = dlc.constant dense<[[[0.5, -1.0, 0.0], [-1.0, -0.5, 0.0]], [[1.0, -2.0, 1.5], [-1.5, -0.25, -0.0]], [[0.25, -0.75, 2.0], [2.0, -2.0, 1.0]]]> : tensor<3x2x3xf16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @min_slices_of_f16() {
  %a0 = dlc.constant dense<[[[-2.0, -0.5, 0.0], [0.0, 2.0, -1.0]], [[-1.0, -1.0, -1.5], [-1.5, -1.0, -1.5]], [[-0.5, 1.0, -1.0], [1.5, -0.5, -1.5]]]> : tensor<3x2x3xf16>
  %a1 = dlc.constant dense<[[2, 1], [0, 1], [1, 0], [0, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[-2.0, 0.5, 2.0], [1.0, -0.5, 1.0], [2.0, 0.0, -0.5], [-1.5, 0.5, 2.0]]> : tensor<4x3xf16>
  %y0 = dlc.scatter_nd min %a0, %a1, %a2 batch 0 : tensor<3x2x3xf16>, tensor<4x2xsi64>, tensor<4x3xf16>
  %want0 = dlc.constant dense<[[[-2.0, -0.5, 0.0], [0.0, -0.5, -1.0]], [[-1.0, -1.0, -1.5], [-1.5, -1.0, -1.5]], [[-0.5, 1.0, -1.0], [-2.0, -0.5, -1.5]]]> : tensor<3x2x3xf16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @max_slices_of_f16() {
  %a0 = dlc.constant dense<[[[0.5, 2.0, -2.0], [-1.5, -2.0, 2.0]], [[-0.5, 0.5, -1.5], [-2.0, -1.0, 1.5]], [[-1.5, 1.5, -1.0], [1.0, 0.0, -1.0]]]> : tensor<3x2x3xf16>
  %a1 = dlc.constant dense<[[0, 0], [0, 1], [1, 1], [1, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[-2.0, 0.0, 2.0], [2.0, -0.5, 2.0], [2.0, -0.5, -2.0], [0.5, -2.0, 1.0]]> : tensor<4x3xf16>
  %y0 = dlc.scatter_nd max %a0, %a1, %a2 batch 0 : tensor<3x2x3xf16>, tensor<4x2xsi64>, tensor<4x3xf16>
  %want0 = dlc.constant dense<[[[0.5, 2.0, 2.0], [2.0, -0.5, 2.0]], [[0.5, 0.5, 1.0], [2.0, -0.5, 1.5]], [[-1.5, 1.5, -1.0], [1.0, 0.0, -1.0]]]> : tensor<3x2x3xf16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @set_slices_of_bf16() {
  %a0 = dlc.constant dense<[[[-2.0, -1.5, 2.0], [0.5, -0.5, -1.5]], [[1.5, 0.0, 1.0], [-2.0, -2.0, 1.0]], [[-0.5, 1.0, -1.0], [-1.0, 0.0, -2.0]]]> : tensor<3x2x3xbf16>
  %a1 = dlc.constant dense<[[2, 1], [1, 1], [0, 0], [2, 0]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[-0.5, 0.5, 1.0], [1.5, -1.0, 1.5], [1.0, 0.5, -0.5], [2.0, 0.0, -0.5]]> : tensor<4x3xbf16>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 0 : tensor<3x2x3xbf16>, tensor<4x2xsi32>, tensor<4x3xbf16>
  %want0 = dlc.constant dense<[[[1.0, 0.5, -0.5], [0.5, -0.5, -1.5]], [[1.5, 0.0, 1.0], [1.5, -1.0, 1.5]], [[2.0, 0.0, -0.5], [-0.5, 0.5, 1.0]]]> : tensor<3x2x3xbf16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xbf16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @add_slices_of_si8() {
  %a0 = dlc.constant dense<[[[-3, -1, -3], [-2, 3, 2]], [[1, 4, -1], [-1, 2, -3]], [[4, -4, -3], [1, 4, 2]]]> : tensor<3x2x3xsi8>
  %a1 = dlc.constant dense<[[0, 0], [2, 0], [1, 0], [1, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[0, -1, 1], [2, -1, 0], [2, 2, 4], [0, -3, 0]]> : tensor<4x3xsi8>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi8>, tensor<4x2xsi64>, tensor<4x3xsi8>
  %want0 = dlc.constant dense<[[[-3, -2, -2], [-2, 3, 2]], [[3, 3, 3], [-1, 2, -3]], [[6, -5, -3], [1, 4, 2]]]> : tensor<3x2x3xsi8>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi8>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @mul_slices_of_si16() {
  %a0 = dlc.constant dense<[[[-2, 0, 1], [-3, -1, -4]], [[-2, 4, 0], [0, 2, 3]], [[4, -4, 4], [-2, 3, -4]]]> : tensor<3x2x3xsi16>
  %a1 = dlc.constant dense<[[1, 1], [0, 0], [2, 0], [1, 1]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[4, 3, -2], [3, 2, 0], [2, 1, 4], [-2, 1, -3]]> : tensor<4x3xsi16>
  %y0 = dlc.scatter_nd mul %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi16>, tensor<4x2xsi32>, tensor<4x3xsi16>
  %want0 = dlc.constant dense<[[[-6, 0, 0], [-3, -1, -4]], [[-2, 4, 0], [0, 6, 18]], [[8, -4, 16], [-2, 3, -4]]]> : tensor<3x2x3xsi16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @min_slices_of_si32() {
  %a0 = dlc.constant dense<[[[4, -2, -4], [3, -4, -3]], [[-3, -1, 1], [1, -1, 3]], [[-4, -3, -3], [-3, 1, 2]]]> : tensor<3x2x3xsi32>
  %a1 = dlc.constant dense<[[1, 0], [1, 1], [2, 1], [2, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[2, 2, 0], [0, -1, 3], [-3, -2, -2], [-3, -1, 2]]> : tensor<4x3xsi32>
  %y0 = dlc.scatter_nd min %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi32>, tensor<4x2xsi64>, tensor<4x3xsi32>
  %want0 = dlc.constant dense<[[[4, -2, -4], [3, -4, -3]], [[-3, -1, 0], [0, -1, 3]], [[-4, -3, -3], [-3, -2, -2]]]> : tensor<3x2x3xsi32>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @set_slices_of_si64() {
  %a0 = dlc.constant dense<[[[-1, -3, -3], [0, 0, -1]], [[-3, 0, 3], [0, 0, 2]], [[-4, 1, -2], [-1, -2, -3]]]> : tensor<3x2x3xsi64>
  %a1 = dlc.constant dense<[[0, 0], [1, 1], [1, 0], [0, 1]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[2, 1, -1], [-3, 2, 0], [0, 2, 0], [-4, -2, 1]]> : tensor<4x3xsi64>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi64>, tensor<4x2xsi32>, tensor<4x3xsi64>
  %want0 = dlc.constant dense<[[[2, 1, -1], [-4, -2, 1]], [[0, 2, 0], [-3, 2, 0]], [[-4, 1, -2], [-1, -2, -3]]]> : tensor<3x2x3xsi64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @add_slices_of_si64() {
  %a0 = dlc.constant dense<[[[-1, -3, 0], [-1, -1, -2]], [[3, 1, -2], [2, -3, -2]], [[-1, 4, 3], [1, 3, 3]]]> : tensor<3x2x3xsi64>
  %a1 = dlc.constant dense<[[1, 1], [2, 1], [1, 1], [1, 1]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[-2, -1, 2], [4, 2, 4], [-1, 1, -3], [-2, 1, -2]]> : tensor<4x3xsi64>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi64>, tensor<4x2xsi32>, tensor<4x3xsi64>
  %want0 = dlc.constant dense<[[[-1, -3, 0], [-1, -1, -2]], [[3, 1, -2], [-3, -2, -5]], [[-1, 4, 3], [5, 5, 7]]]> : tensor<3x2x3xsi64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @mul_slices_of_si64() {
  %a0 = dlc.constant dense<[[[-3, -4, -1], [-2, 0, 1]], [[4, 1, -3], [-1, -4, 0]], [[0, 3, 4], [4, -4, -4]]]> : tensor<3x2x3xsi64>
  %a1 = dlc.constant dense<[[1, 1], [2, 1], [0, 0], [2, 0]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[1, 2, -1], [2, 1, 2], [-2, 4, -4], [-4, -3, -4]]> : tensor<4x3xsi64>
  %y0 = dlc.scatter_nd mul %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi64>, tensor<4x2xsi32>, tensor<4x3xsi64>
  %want0 = dlc.constant dense<[[[6, -16, 4], [-2, 0, 1]], [[4, 1, -3], [-1, -8, 0]], [[0, -9, -16], [8, -4, -8]]]> : tensor<3x2x3xsi64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @min_slices_of_si64() {
  %a0 = dlc.constant dense<[[[-2, 0, -3], [-2, -3, 3]], [[0, 1, -1], [1, 3, 4]], [[0, 0, 0], [0, 2, -3]]]> : tensor<3x2x3xsi64>
  %a1 = dlc.constant dense<[[2, 0], [0, 1], [1, 0], [2, 1]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[-4, 3, 1], [2, -4, -1], [0, -3, -3], [1, 3, -3]]> : tensor<4x3xsi64>
  %y0 = dlc.scatter_nd min %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi64>, tensor<4x2xsi32>, tensor<4x3xsi64>
  %want0 = dlc.constant dense<[[[-2, 0, -3], [-2, -4, -1]], [[0, -3, -3], [1, 3, 4]], [[-4, 0, 0], [0, 2, -3]]]> : tensor<3x2x3xsi64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @max_slices_of_si64() {
  %a0 = dlc.constant dense<[[[-4, -2, 1], [0, 2, 4]], [[-2, 2, 1], [3, -2, -3]], [[-2, -4, -2], [3, -4, -3]]]> : tensor<3x2x3xsi64>
  %a1 = dlc.constant dense<[[2, 0], [0, 1], [0, 0], [1, 0]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[3, 1, 0], [1, 0, 1], [1, -3, 3], [1, 1, 4]]> : tensor<4x3xsi64>
  %y0 = dlc.scatter_nd max %a0, %a1, %a2 batch 0 : tensor<3x2x3xsi64>, tensor<4x2xsi32>, tensor<4x3xsi64>
  %want0 = dlc.constant dense<[[[1, -2, 3], [1, 2, 4]], [[1, 2, 4], [3, -2, -3]], [[3, 1, 0], [3, -4, -3]]]> : tensor<3x2x3xsi64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xsi64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @set_slices_of_ui8() {
  %a0 = dlc.constant dense<[[[2, 4, 1], [0, 2, 4]], [[4, 3, 2], [4, 2, 4]], [[4, 4, 0], [1, 0, 2]]]> : tensor<3x2x3xui8>
  %a1 = dlc.constant dense<[[2, 0], [2, 1], [2, 0], [0, 1]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[0, 2, 2], [2, 0, 4], [2, 3, 3], [2, 0, 2]]> : tensor<4x3xui8>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 0 : tensor<3x2x3xui8>, tensor<4x2xsi64>, tensor<4x3xui8>
  %want0 = dlc.constant dense<[[[2, 4, 1], [2, 0, 2]], [[4, 3, 2], [4, 2, 4]], [[2, 3, 3], [2, 0, 4]]]> : tensor<3x2x3xui8>
  check.expect_equal %y0, %want0 : tensor<3x2x3xui8>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @add_slices_of_ui16() {
  %a0 = dlc.constant dense<[[[4, 1, 1], [4, 2, 3]], [[1, 1, 1], [4, 2, 2]], [[0, 4, 2], [3, 1, 3]]]> : tensor<3x2x3xui16>
  %a1 = dlc.constant dense<[[1, 0], [0, 0], [0, 1], [2, 1]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[4, 4, 0], [0, 4, 4], [3, 3, 0], [2, 0, 3]]> : tensor<4x3xui16>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<3x2x3xui16>, tensor<4x2xsi32>, tensor<4x3xui16>
  %want0 = dlc.constant dense<[[[4, 5, 5], [7, 5, 3]], [[5, 5, 1], [4, 2, 2]], [[0, 4, 2], [5, 1, 6]]]> : tensor<3x2x3xui16>
  check.expect_equal %y0, %want0 : tensor<3x2x3xui16>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @mul_slices_of_ui32() {
  %a0 = dlc.constant dense<[[[4, 0, 1], [4, 0, 3]], [[3, 3, 3], [1, 4, 2]], [[2, 3, 1], [0, 1, 3]]]> : tensor<3x2x3xui32>
  %a1 = dlc.constant dense<[[0, 1], [2, 0], [1, 0], [2, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[1, 0, 1], [4, 0, 4], [2, 4, 4], [2, 1, 3]]> : tensor<4x3xui32>
  %y0 = dlc.scatter_nd mul %a0, %a1, %a2 batch 0 : tensor<3x2x3xui32>, tensor<4x2xsi64>, tensor<4x3xui32>
  %want0 = dlc.constant dense<[[[4, 0, 1], [4, 0, 3]], [[6, 12, 12], [1, 4, 2]], [[16, 0, 12], [0, 1, 3]]]> : tensor<3x2x3xui32>
  check.expect_equal %y0, %want0 : tensor<3x2x3xui32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @min_slices_of_ui64() {
  %a0 = dlc.constant dense<[[[3, 2, 4], [4, 1, 0]], [[4, 0, 3], [3, 3, 2]], [[0, 2, 1], [4, 0, 1]]]> : tensor<3x2x3xui64>
  %a1 = dlc.constant dense<[[2, 0], [1, 0], [2, 1], [0, 1]]> : tensor<4x2xsi32>
  %a2 = dlc.constant dense<[[1, 2, 3], [2, 2, 4], [4, 4, 3], [2, 0, 1]]> : tensor<4x3xui64>
  %y0 = dlc.scatter_nd min %a0, %a1, %a2 batch 0 : tensor<3x2x3xui64>, tensor<4x2xsi32>, tensor<4x3xui64>
  %want0 = dlc.constant dense<[[[3, 2, 4], [2, 0, 0]], [[2, 0, 3], [3, 3, 2]], [[0, 2, 1], [4, 0, 1]]]> : tensor<3x2x3xui64>
  check.expect_equal %y0, %want0 : tensor<3x2x3xui64>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @set_slices_of_i1() {
  %a0 = dlc.constant dense<[[[false, true, true], [false, true, false]], [[false, true, false], [false, false, false]], [[false, false, false], [false, false, false]]]> : tensor<3x2x3xi1>
  %a1 = dlc.constant dense<[[0, 1], [2, 1], [1, 1], [1, 0]]> : tensor<4x2xsi64>
  %a2 = dlc.constant dense<[[false, true, true], [true, true, true], [false, false, true], [true, false, true]]> : tensor<4x3xi1>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 0 : tensor<3x2x3xi1>, tensor<4x2xsi64>, tensor<4x3xi1>
  %want0 = dlc.constant dense<[[[false, true, true], [false, true, true]], [[true, false, true], [false, false, true]], [[false, false, false], [true, true, true]]]> : tensor<3x2x3xi1>
  check.expect_equal %y0, %want0 : tensor<3x2x3xi1>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @elements() {
  %a0 = dlc.constant dense<[[-0.5, -0.5, -1.0, 0.0], [1.5, 0.0, -1.0, 1.0], [0.0, -1.5, 0.5, -1.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<[[0, 3], [0, 2], [2, 0], [2, 1], [0, 1], [1, 2], [0, 3]]> : tensor<7x2xsi64>
  %a2 = dlc.constant dense<[-1.5, -1.5, -1.5, 2.0, 1.0, 0.0, -0.5]> : tensor<7xf32>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<3x4xf32>, tensor<7x2xsi64>, tensor<7xf32>
  %want0 = dlc.constant dense<[[-0.5, 0.5, -2.5, -2.0], [1.5, 0.0, -1.0, 1.0], [-1.5, 0.5, 0.5, -1.0]]> : tensor<3x4xf32>
  check.expect_equal %y0, %want0 : tensor<3x4xf32>
  return
}

// the rows of i index x after 1 shared dimensions
func.func @shared() {
  %a0 = dlc.constant dense<[[[0.5, 1.5, -2.0, -1.0], [0.5, -1.0, 2.0, 1.5], [1.5, -0.5, -2.0, -2.0]], [[0.0, -1.5, 1.0, 1.0], [-1.0, -1.0, 2.0, 0.5], [-2.0, 1.5, 1.5, 0.5]]]> : tensor<2x3x4xf32>
  %a1 = dlc.constant dense<[[[0], [2], [1]], [[2], [2], [0]]]> : tensor<2x3x1xsi64>
  %a2 = dlc.constant dense<[[[1.5, 1.5, -1.0, 0.0], [1.0, -1.5, 1.5, -1.5], [1.0, -1.0, 2.0, -1.5]], [[-0.5, 1.0, -0.5, 0.5], [-1.0, -2.0, -2.0, 1.5], [1.5, 0.5, 1.0, -0.5]]]> : tensor<2x3x4xf32>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 1 : tensor<2x3x4xf32>, tensor<2x3x1xsi64>, tensor<2x3x4xf32>
  %want0 = dlc.constant dense<[[[2.0, 3.0, -3.0, -1.0], [1.5, -2.0, 4.0, 0.0], [2.5, -2.0, -0.5, -3.5]], [[1.5, -1.0, 2.0, 0.5], [-1.0, -1.0, 2.0, 0.5], [-3.5, 0.5, -1.0, 2.5]]]> : tensor<2x3x4xf32>
  check.expect_equal %y0, %want0 : tensor<2x3x4xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @single() {
  %a0 = dlc.constant dense<[[0.0, -1.5, -2.0, 0.0], [2.0, 2.0, 0.0, 0.5], [1.5, 0.0, -0.5, 0.5]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[0.0, -2.0, 0.5, -0.5]> : tensor<4xf32>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 0 : tensor<3x4xf32>, tensor<1xsi64>, tensor<4xf32>
  %want0 = dlc.constant dense<[[0.0, -1.5, -2.0, 0.0], [0.0, -2.0, 0.5, -0.5], [1.5, 0.0, -0.5, 0.5]]> : tensor<3x4xf32>
  check.expect_equal %y0, %want0 : tensor<3x4xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @none() {
  %a0 = dlc.constant dense<[[-1.5, 1.5, -1.5, -1.5], [-2.0, 1.0, 1.5, -0.5], [-2.0, 0.0, -1.0, -1.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<> : tensor<0x1xsi64>
  %a2 = dlc.constant dense<> : tensor<0x4xf32>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<3x4xf32>, tensor<0x1xsi64>, tensor<0x4xf32>
  %want0 = dlc.constant dense<[[-1.5, 1.5, -1.5, -1.5], [-2.0, 1.0, 1.5, -0.5], [-2.0, 0.0, -1.0, -1.0]]> : tensor<3x4xf32>
  check.expect_equal %y0, %want0 : tensor<3x4xf32>
  return
}

// the rows of i index x after 1 shared dimensions
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[0.5, 1.0]], [[0.0, -0.5]]], [[[2.0, 0.0]], [[-1.5, 1.5]]], [[[-1.5, 1.5]], [[-1.5, 0.5]]]]], [[[[[0.0, 2.0]], [[-1.0, -2.0]]], [[[0.0, -1.0]], [[1.0, -2.0]]], [[[-1.0, 2.0]], [[0.5, -1.5]]]]]]> : tensor<2x1x3x2x1x2xf32>
  %a1 = dlc.constant dense<[[[0, 0, 1], [0, 1, 0]], [[0, 1, 1], [0, 0, 0]]]> : tensor<2x2x3xsi64>
  %a2 = dlc.constant dense<[[[[0.5, 2.0]], [[2.0, 2.0]]], [[[-1.0, 1.0]], [[-1.0, -1.0]]]]> : tensor<2x2x1x2xf32>
  %y0 = dlc.scatter_nd set %a0, %a1, %a2 batch 1 : tensor<2x1x3x2x1x2xf32>, tensor<2x2x3xsi64>, tensor<2x2x1x2xf32>
  %want0 = dlc.constant dense<[[[[[[0.5, 1.0]], [[0.5, 2.0]]], [[[2.0, 2.0]], [[-1.5, 1.5]]], [[[-1.5, 1.5]], [[-1.5, 0.5]]]]], [[[[[-1.0, -1.0]], [[-1.0, -2.0]]], [[[0.0, -1.0]], [[-1.0, 1.0]]], [[[-1.0, 2.0]], [[0.5, -1.5]]]]]]> : tensor<2x1x3x2x1x2xf32>
  check.expect_equal %y0, %want0 : tensor<2x1x3x2x1x2xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @odd_rows() {
  %a0 = dlc.constant dense<[[0.0, -0.5, 0.0, -2.0, 1.5, -0.5, 0.0, 1.0, -2.0, 0.5, 1.0, 1.5, -1.0, -1.5, 1.5, 0.0, -1.5, 1.5, -1.0, -1.0, -1.5, 1.0, -1.0, 1.0, 0.5, 0.5, -1.0, -0.5, -2.0, -0.5, 0.5, 2.0, 1.0, -1.5, -2.0, 2.0, -0.5, -0.5, -2.0, -2.0, -2.0, -0.5, -0.5, 0.0, -1.0, 0.0, 1.5, 1.5, -2.0, -2.0, 0.5, -0.5, 1.0, -2.0, -0.5, 1.5, 0.0, 1.5, -1.0, -2.0, -1.0, 1.0, -2.0, -1.5, 2.0, 0.0, -2.0], [0.5, -1.5, 1.5, 1.0, 1.5, 0.0, -2.0, 0.0, 0.0, -1.0, -1.0, -1.5, 2.0, 1.5, -1.5, -1.5, 1.5, -1.0, -1.0, 1.0, -1.5, -1.0, -1.0, 2.0, 1.5, -1.5, 0.0, 0.0, -1.5, 0.0, 2.0, 0.0, -2.0, 1.0, 0.0, -2.0, -1.0, 0.0, -0.5, 1.5, 0.5, -2.0, 1.0, 0.0, 0.5, -0.5, -0.5, -0.5, -0.5, 0.0, -1.5, 0.5, 1.0, 1.0, 1.0, 2.0, -0.5, 0.5, 2.0, 2.0, 0.0, 0.5, 1.0, -1.0, 0.0, -1.5, 0.5], [-2.0, -1.0, -1.0, 1.0, -1.5, 0.5, 1.0, -1.0, 1.0, 0.5, 0.5, -2.0, -0.5, -1.0, 0.0, 1.5, -1.0, -0.5, 2.0, -0.5, -2.0, 1.0, -1.0, 0.5, 0.5, 0.0, -1.5, 2.0, 1.5, -0.5, 0.0, 0.5, -0.5, 0.5, -2.0, 2.0, -1.0, 0.0, 0.5, -1.0, -1.0, 0.0, -2.0, -1.0, 0.5, -1.5, -1.0, 2.0, 1.5, -1.5, 1.0, 0.5, 1.0, -1.5, 2.0, 0.0, 1.5, 1.0, -1.0, -2.0, 0.5, -0.5, -1.0, -1.5, -1.5, 1.0, -1.5], [1.0, -2.0, 2.0, -1.0, 1.5, -1.0, -1.5, 1.0, -2.0, -1.0, 0.5, -2.0, -1.0, -0.5, 0.5, -1.5, 0.5, 1.0, -0.5, -1.5, -1.0, 0.5, -2.0, -1.5, -1.5, 0.0, 1.5, 1.5, 0.5, -1.0, -2.0, 0.0, -1.5, -0.5, 0.5, -2.0, -2.0, -2.0, 2.0, 1.5, -1.5, -0.5, 0.5, 1.0, -0.5, -0.5, 1.0, 1.5, -1.5, -1.5, 1.0, 0.0, -1.5, 0.0, -2.0, 1.5, -0.5, -2.0, 2.0, -0.5, 1.5, 0.0, -2.0, 0.5, -2.0, -1.5, 2.0], [0.0, -1.0, 1.0, 0.5, 1.0, 0.5, -1.0, -0.5, -0.5, -1.5, -1.0, 0.5, -0.5, -0.5, -0.5, -1.5, 2.0, 1.0, -2.0, 1.5, 2.0, 1.5, -2.0, -1.0, -2.0, -2.0, -1.5, 2.0, -1.0, 0.5, 1.5, 2.0, 1.5, -2.0, 2.0, 0.0, -0.5, 1.0, -2.0, 0.5, 0.5, -1.5, 2.0, -2.0, -2.0, -0.5, 1.5, -0.5, -2.0, 0.5, 1.0, -0.5, 0.0, 2.0, 2.0, 0.0, 1.5, -1.5, -2.0, 0.5, 0.0, -1.0, -1.0, -0.5, -0.5, 1.0, -2.0], [-1.0, -0.5, 1.5, -0.5, -0.5, -2.0, 2.0, 0.0, 1.0, 2.0, -1.5, -2.0, -2.0, 2.0, -0.5, 0.0, -2.0, -1.5, -1.0, 2.0, 1.0, 0.0, 0.5, -0.5, -2.0, -0.5, 1.0, 1.5, 1.5, -1.5, 1.5, -1.5, -2.0, -1.0, -0.5, -2.0, 0.5, 1.5, 1.5, 0.0, -1.0, 0.5, -1.0, 1.5, -0.5, 0.0, 0.5, -1.0, 2.0, 0.0, -2.0, 0.0, -0.5, -1.0, -1.5, -1.0, 0.5, -0.5, 0.5, 1.0, -0.5, -1.5, 0.5, 2.0, 1.5, -1.0, 1.5], [-1.0, -1.5, -1.5, 1.5, -0.5, 2.0, -0.5, -2.0, 1.0, 0.5, 2.0, 2.0, -1.0, -1.0, 1.5, -0.5, -1.0, -1.5, -0.5, -1.0, -1.5, -1.5, 2.0, -1.5, -0.5, -0.5, 1.0, -0.5, -2.0, 0.5, 1.0, 0.0, -1.0, 2.0, 0.0, 0.5, 1.0, -1.5, -1.5, -2.0, 0.0, -0.5, 1.5, 1.5, -1.5, 0.5, 0.0, -2.0, -1.5, 1.5, -1.5, -0.5, 0.0, 1.5, 0.0, 0.0, 0.5, -0.5, 1.5, 0.5, 1.0, 2.0, -0.5, 1.0, 0.0, -0.5, 1.0], [-1.5, 1.5, 2.0, 1.0, -0.5, 0.0, -1.0, -1.5, 1.5, 1.5, 0.5, -1.0, 2.0, -0.5, 0.5, 1.5, -2.0, -1.5, 1.0, 2.0, 1.5, -1.0, 1.5, -2.0, 0.5, 0.0, 1.5, 1.5, -2.0, -0.5, -2.0, 1.5, -2.0, -0.5, 0.5, 1.5, 2.0, -1.5, -1.0, -1.0, -1.0, -1.5, 1.0, 1.0, 0.0, 0.0, 1.5, 0.5, -1.5, -1.0, 0.0, 1.0, 2.0, 2.0, 0.0, -2.0, 0.5, -1.0, -1.5, 1.5, 1.5, 1.5, -2.0, 1.5, 1.5, -1.0, 0.0], [0.5, 0.0, -2.0, -1.5, -0.5, -1.0, 0.5, 0.5, -1.0, -0.5, -0.5, 2.0, -0.5, 0.0, -2.0, -0.5, -2.0, -2.0, 1.5, -2.0, -2.0, 1.5, 2.0, -1.5, 2.0, 1.5, 2.0, -0.5, 1.5, -2.0, -2.0, -2.0, -1.5, 2.0, -1.0, -0.5, -1.5, 0.0, -2.0, -1.0, 2.0, 2.0, 2.0, -0.5, 1.0, -2.0, -1.0, -1.0, 1.5, 1.5, 1.5, -0.5, -1.0, 1.5, -1.5, 0.0, -1.5, 0.5, -0.5, 1.0, 1.5, -1.5, -2.0, -2.0, -0.5, 1.0, -0.5]]> : tensor<9x67xf32>
  %a1 = dlc.constant dense<[[7], [8], [8], [1], [5]]> : tensor<5x1xsi64>
  %a2 = dlc.constant dense<[[0.5, 0.0, -1.0, -0.5, 0.5, 0.0, 1.5, -1.5, 1.5, 0.5, 1.5, -2.0, -1.0, 2.0, -1.0, 0.0, -1.5, 2.0, -1.0, 2.0, -1.5, 1.5, 1.5, -2.0, -2.0, 0.5, -1.5, 2.0, 1.5, 0.5, 1.0, -2.0, 2.0, 2.0, -0.5, 1.0, -2.0, -1.0, 1.5, -1.5, -1.0, 0.5, 1.0, 1.5, -2.0, -0.5, -2.0, -0.5, 0.5, -1.0, 1.0, -1.0, 0.5, 0.5, 0.0, -2.0, 0.5, -0.5, -1.5, 0.5, -2.0, -1.5, -0.5, -1.5, 0.0, 1.0, -1.0], [2.0, -1.5, 1.5, 0.0, 1.0, -0.5, 1.5, -1.0, -2.0, 2.0, 0.5, 2.0, -1.0, -2.0, -0.5, 0.0, 0.0, -1.0, 1.5, -0.5, 0.0, -2.0, 0.0, -2.0, 0.0, -2.0, -1.0, -1.5, -2.0, 0.5, 2.0, -2.0, 0.0, 1.5, 2.0, 1.5, -2.0, -1.0, -2.0, 1.0, -0.5, 2.0, -1.0, -1.5, -0.5, 0.5, -0.5, 0.0, 0.0, -1.0, -2.0, -1.0, 0.0, -2.0, -0.5, 0.5, -2.0, -1.5, 2.0, -0.5, -1.5, 2.0, -1.5, -0.5, 1.5, -1.0, -1.5], [2.0, 2.0, 0.5, -1.5, 0.5, -1.0, -1.0, 1.0, 0.5, -0.5, -0.5, 0.0, 0.0, -2.0, -0.5, 0.0, -2.0, 1.0, 1.5, 1.0, 1.0, 1.5, 2.0, -1.0, -1.0, -0.5, -1.0, 1.5, -1.5, -1.5, -1.0, 1.0, -1.0, 0.5, -1.5, -0.5, -1.0, -1.0, -1.0, -1.0, 1.5, 0.5, 0.0, 1.0, 1.5, -1.5, -2.0, -2.0, -1.5, -1.0, 2.0, -2.0, -2.0, -1.0, -2.0, 1.0, 0.0, 0.5, -1.0, 2.0, -1.5, 1.5, 0.5, 1.5, 0.5, 0.5, -1.5], [-1.5, 0.0, -1.0, 0.0, -0.5, 1.5, 2.0, -2.0, 1.0, -1.0, -1.0, 0.5, -0.5, -2.0, -1.0, 1.5, 1.5, 2.0, 0.5, -1.0, 1.0, 1.0, -0.5, -1.0, -1.0, 2.0, 2.0, -1.5, -1.0, -2.0, 1.0, -2.0, -1.5, 0.0, -1.0, -2.0, -2.0, 2.0, -2.0, 0.5, -0.5, 0.5, 2.0, 0.5, -0.5, -0.5, -2.0, 1.5, 1.0, 1.0, -0.5, -0.5, 1.0, -1.0, 1.5, -1.5, -1.0, -1.0, 0.0, -0.5, -0.5, -2.0, -2.0, 2.0, 0.0, -1.0, -1.5], [0.0, 0.0, -2.0, 0.0, 0.0, 0.5, 0.5, -1.0, -2.0, -2.0, 2.0, -2.0, -1.5, -2.0, -1.0, 0.0, 1.0, 0.5, -0.5, 0.5, 1.5, -2.0, -1.0, -0.5, -1.0, 1.5, 1.0, 2.0, 1.5, -1.5, 1.5, 1.0, -1.0, -0.5, 0.0, -0.5, -0.5, 1.5, 1.0, 1.0, -1.0, -2.0, 1.5, 0.5, 1.0, -1.0, -1.5, -0.5, -1.0, -2.0, -0.5, 0.5, 2.0, 2.0, 0.0, 2.0, 0.5, 1.0, 2.0, 1.5, -0.5, -1.0, 2.0, 2.0, -1.0, -0.5, -2.0]]> : tensor<5x67xf32>
  %y0 = dlc.scatter_nd add %a0, %a1, %a2 batch 0 : tensor<9x67xf32>, tensor<5x1xsi64>, tensor<5x67xf32>
  %want0 = dlc.constant dense<[[0.0, -0.5, 0.0, -2.0, 1.5, -0.5, 0.0, 1.0, -2.0, 0.5, 1.0, 1.5, -1.0, -1.5, 1.5, 0.0, -1.5, 1.5, -1.0, -1.0, -1.5, 1.0, -1.0, 1.0, 0.5, 0.5, -1.0, -0.5, -2.0, -0.5, 0.5, 2.0, 1.0, -1.5, -2.0, 2.0, -0.5, -0.5, -2.0, -2.0, -2.0, -0.5, -0.5, 0.0, -1.0, 0.0, 1.5, 1.5, -2.0, -2.0, 0.5, -0.5, 1.0, -2.0, -0.5, 1.5, 0.0, 1.5, -1.0, -2.0, -1.0, 1.0, -2.0, -1.5, 2.0, 0.0, -2.0], [-1.0, -1.5, 0.5, 1.0, 1.0, 1.5, 0.0, -2.0, 1.0, -2.0, -2.0, -1.0, 1.5, -0.5, -2.5, 0.0, 3.0, 1.0, -0.5, 0.0, -0.5, 0.0, -1.5, 1.0, 0.5, 0.5, 2.0, -1.5, -2.5, -2.0, 3.0, -2.0, -3.5, 1.0, -1.0, -4.0, -3.0, 2.0, -2.5, 2.0, 0.0, -1.5, 3.0, 0.5, 0.0, -1.0, -2.5, 1.0, 0.5, 1.0, -2.0, 0.0, 2.0, 0.0, 2.5, 0.5, -1.5, -0.5, 2.0, 1.5, -0.5, -1.5, -1.0, 1.0, 0.0, -2.5, -1.0], [-2.0, -1.0, -1.0, 1.0, -1.5, 0.5, 1.0, -1.0, 1.0, 0.5, 0.5, -2.0, -0.5, -1.0, 0.0, 1.5, -1.0, -0.5, 2.0, -0.5, -2.0, 1.0, -1.0, 0.5, 0.5, 0.0, -1.5, 2.0, 1.5, -0.5, 0.0, 0.5, -0.5, 0.5, -2.0, 2.0, -1.0, 0.0, 0.5, -1.0, -1.0, 0.0, -2.0, -1.0, 0.5, -1.5, -1.0, 2.0, 1.5, -1.5, 1.0, 0.5, 1.0, -1.5, 2.0, 0.0, 1.5, 1.0, -1.0, -2.0, 0.5, -0.5, -1.0, -1.5, -1.5, 1.0, -1.5], [1.0, -2.0, 2.0, -1.0, 1.5, -1.0, -1.5, 1.0, -2.0, -1.0, 0.5, -2.0, -1.0, -0.5, 0.5, -1.5, 0.5, 1.0, -0.5, -1.5, -1.0, 0.5, -2.0, -1.5, -1.5, 0.0, 1.5, 1.5, 0.5, -1.0, -2.0, 0.0, -1.5, -0.5, 0.5, -2.0, -2.0, -2.0, 2.0, 1.5, -1.5, -0.5, 0.5, 1.0, -0.5, -0.5, 1.0, 1.5, -1.5, -1.5, 1.0, 0.0, -1.5, 0.0, -2.0, 1.5, -0.5, -2.0, 2.0, -0.5, 1.5, 0.0, -2.0, 0.5, -2.0, -1.5, 2.0], [0.0, -1.0, 1.0, 0.5, 1.0, 0.5, -1.0, -0.5, -0.5, -1.5, -1.0, 0.5, -0.5, -0.5, -0.5, -1.5, 2.0, 1.0, -2.0, 1.5, 2.0, 1.5, -2.0, -1.0, -2.0, -2.0, -1.5, 2.0, -1.0, 0.5, 1.5, 2.0, 1.5, -2.0, 2.0, 0.0, -0.5, 1.0, -2.0, 0.5, 0.5, -1.5, 2.0, -2.0, -2.0, -0.5, 1.5, -0.5, -2.0, 0.5, 1.0, -0.5, 0.0, 2.0, 2.0, 0.0, 1.5, -1.5, -2.0, 0.5, 0.0, -1.0, -1.0, -0.5, -0.5, 1.0, -2.0], [-1.0, -0.5, -0.5, -0.5, -0.5, -1.5, 2.5, -1.0, -1.0, 0.0, 0.5, -4.0, -3.5, 0.0, -1.5, 0.0, -1.0, -1.0, -1.5, 2.5, 2.5, -2.0, -0.5, -1.0, -3.0, 1.0, 2.0, 3.5, 3.0, -3.0, 3.0, -0.5, -3.0, -1.5, -0.5, -2.5, 0.0, 3.0, 2.5, 1.0, -2.0, -1.5, 0.5, 2.0, 0.5, -1.0, -1.0, -1.5, 1.0, -2.0, -2.5, 0.5, 1.5, 1.0, -1.5, 1.0, 1.0, 0.5, 2.5, 2.5, -1.0, -2.5, 2.5, 4.0, 0.5, -1.5, -0.5], [-1.0, -1.5, -1.5, 1.5, -0.5, 2.0, -0.5, -2.0, 1.0, 0.5, 2.0, 2.0, -1.0, -1.0, 1.5, -0.5, -1.0, -1.5, -0.5, -1.0, -1.5, -1.5, 2.0, -1.5, -0.5, -0.5, 1.0, -0.5, -2.0, 0.5, 1.0, 0.0, -1.0, 2.0, 0.0, 0.5, 1.0, -1.5, -1.5, -2.0, 0.0, -0.5, 1.5, 1.5, -1.5, 0.5, 0.0, -2.0, -1.5, 1.5, -1.5, -0.5, 0.0, 1.5, 0.0, 0.0, 0.5, -0.5, 1.5, 0.5, 1.0, 2.0, -0.5, 1.0, 0.0, -0.5, 1.0], [-1.0, 1.5, 1.0, 0.5, 0.0, 0.0, 0.5, -3.0, 3.0, 2.0, 2.0, -3.0, 1.0, 1.5, -0.5, 1.5, -3.5, 0.5, 0.0, 4.0, 0.0, 0.5, 3.0, -4.0, -1.5, 0.5, 0.0, 3.5, -0.5, 0.0, -1.0, -0.5, 0.0, 1.5, 0.0, 2.5, 0.0, -2.5, 0.5, -2.5, -2.0, -1.0, 2.0, 2.5, -2.0, -0.5, -0.5, 0.0, -1.0, -2.0, 1.0, 0.0, 2.5, 2.5, 0.0, -4.0, 1.0, -1.5, -3.0, 2.0, -0.5, 0.0, -2.5, 0.0, 1.5, 0.0, -1.0], [4.5, 0.5, 0.0, -3.0, 1.0, -2.5, 1.0, 0.5, -2.5, 1.0, -0.5, 4.0, -1.5, -4.0, -3.0, -0.5, -4.0, -2.0, 4.5, -1.5, -1.0, 1.0, 4.0, -4.5, 1.0, -1.0, 0.0, -0.5, -2.0, -3.0, -1.0, -3.0, -2.5, 4.0, -0.5, 0.5, -4.5, -2.0, -5.0, -1.0, 3.0, 4.5, 1.0, -1.0, 2.0, -3.0, -3.5, -3.0, 0.0, -0.5, 1.5, -3.5, -3.0, -1.5, -4.0, 1.5, -3.5, -0.5, 0.5, 2.5, -1.5, 2.0, -3.0, -1.0, 1.5, 0.5, -3.5]]> : tensor<9x67xf32>
  check.expect_equal %y0, %want0 : tensor<9x67xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @whole_index() {
  %a0 = dlc.constant dense<1.0> : tensor<1xf32>
  %a1 = dlc.constant dense<0> : tensor<3x1xsi64>
  %a2 = dlc.constant dense<[-2.0, 1.5, 1.0]> : tensor<3xf32>
  %y0 = dlc.scatter_nd max %a0, %a1, %a2 batch 0 : tensor<1xf32>, tensor<3x1xsi64>, tensor<3xf32>
  %want0 = dlc.constant dense<1.5> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  return
}
