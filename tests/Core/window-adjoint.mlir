// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of window_sum_adj and window_max_grad against a loop over the windows.

// each window gives its sum back to all its elements
func.func @sum_of_f64() {
  %a0 = dlc.constant dense<[[-1.5, 0.5, 1.5], [-2.0, 0.5, 1.0]]> : tensor<2x3xf64>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xf64>
  %want0 = dlc.constant dense<[[-1.5, -1.0, 0.5, 2.0, 1.5, 1.5, 0.0], [-2.0, -1.5, 0.5, 1.5, 1.0, 1.0, 0.0]]> : tensor<2x7xf64>
  check.expect_equal %y0, %want0 : tensor<2x7xf64>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_f32() {
  %a0 = dlc.constant dense<[[2.0, -2.0, 0.5], [0.5, 1.0, -0.5]]> : tensor<2x3xf32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xf32>
  %want0 = dlc.constant dense<[[2.0, 0.0, -2.0, -1.5, 0.5, 0.5, 0.0], [0.5, 1.5, 1.0, 0.5, -0.5, -0.5, 0.0]]> : tensor<2x7xf32>
  check.expect_equal %y0, %want0 : tensor<2x7xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_f16() {
  %a0 = dlc.constant dense<[[-1.0, -0.5, -1.5], [-2.0, 0.5, 0.5]]> : tensor<2x3xf16>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xf16>
  %want0 = dlc.constant dense<[[-1.0, -1.5, -0.5, -2.0, -1.5, -1.5, 0.0], [-2.0, -1.5, 0.5, 1.0, 0.5, 0.5, 0.0]]> : tensor<2x7xf16>
  check.expect_equal %y0, %want0 : tensor<2x7xf16>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_bf16() {
  %a0 = dlc.constant dense<[[-0.5, 1.0, 0.0], [-0.5, 0.0, 0.0]]> : tensor<2x3xbf16>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xbf16>
  %want0 = dlc.constant dense<[[-0.5, 0.5, 1.0, 1.0, 0.0, 0.0, 0.0], [-0.5, -0.5, 0.0, 0.0, 0.0, 0.0, 0.0]]> : tensor<2x7xbf16>
  check.expect_equal %y0, %want0 : tensor<2x7xbf16>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_si8() {
  %a0 = dlc.constant dense<[[-4, -1, -3], [3, -1, -1]]> : tensor<2x3xsi8>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi8>
  %want0 = dlc.constant dense<[[-4, -5, -1, -4, -3, -3, 0], [3, 2, -1, -2, -1, -1, 0]]> : tensor<2x7xsi8>
  check.expect_equal %y0, %want0 : tensor<2x7xsi8>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_si16() {
  %a0 = dlc.constant dense<[[2, -1, 3], [3, 1, 4]]> : tensor<2x3xsi16>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi16>
  %want0 = dlc.constant dense<[[2, 1, -1, 2, 3, 3, 0], [3, 4, 1, 5, 4, 4, 0]]> : tensor<2x7xsi16>
  check.expect_equal %y0, %want0 : tensor<2x7xsi16>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_si32() {
  %a0 = dlc.constant dense<[[1, 4, -3], [0, 2, -3]]> : tensor<2x3xsi32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[1, 5, 4, 1, -3, -3, 0], [0, 2, 2, -1, -3, -3, 0]]> : tensor<2x7xsi32>
  check.expect_equal %y0, %want0 : tensor<2x7xsi32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_si64() {
  %a0 = dlc.constant dense<[[2, 4, 2], [-2, 1, -4]]> : tensor<2x3xsi64>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi64>
  %want0 = dlc.constant dense<[[2, 6, 4, 6, 2, 2, 0], [-2, -1, 1, -3, -4, -4, 0]]> : tensor<2x7xsi64>
  check.expect_equal %y0, %want0 : tensor<2x7xsi64>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_ui8() {
  %a0 = dlc.constant dense<[[2, 2, 3], [3, 0, 2]]> : tensor<2x3xui8>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui8>
  %want0 = dlc.constant dense<[[2, 4, 2, 5, 3, 3, 0], [3, 3, 0, 2, 2, 2, 0]]> : tensor<2x7xui8>
  check.expect_equal %y0, %want0 : tensor<2x7xui8>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_ui16() {
  %a0 = dlc.constant dense<[[4, 0, 2], [3, 1, 2]]> : tensor<2x3xui16>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui16>
  %want0 = dlc.constant dense<[[4, 4, 0, 2, 2, 2, 0], [3, 4, 1, 3, 2, 2, 0]]> : tensor<2x7xui16>
  check.expect_equal %y0, %want0 : tensor<2x7xui16>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_ui32() {
  %a0 = dlc.constant dense<[[4, 4, 2], [2, 3, 2]]> : tensor<2x3xui32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui32>
  %want0 = dlc.constant dense<[[4, 8, 4, 6, 2, 2, 0], [2, 5, 3, 5, 2, 2, 0]]> : tensor<2x7xui32>
  check.expect_equal %y0, %want0 : tensor<2x7xui32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_of_ui64() {
  %a0 = dlc.constant dense<[[2, 4, 0], [2, 0, 3]]> : tensor<2x3xui64>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui64>
  %want0 = dlc.constant dense<[[2, 6, 4, 4, 0, 0, 0], [2, 2, 0, 3, 3, 3, 0]]> : tensor<2x7xui64>
  check.expect_equal %y0, %want0 : tensor<2x7xui64>
  return
}

// each window gives its sum back to all its elements
func.func @sum_plane() {
  %a0 = dlc.constant dense<[[[[-1.5, 1.5, 1.5, -0.5, 0.0], [-2.0, -1.0, -1.5, 1.0, -1.5], [1.0, 1.5, 2.0, 0.0, -2.0], [1.0, 1.0, 1.5, 0.0, 0.5], [-1.0, -1.5, 0.0, 0.0, -2.0]], [[2.0, -1.5, -1.5, -2.0, 0.5], [1.0, 1.5, 1.0, -2.0, -1.0], [1.0, -1.0, 1.0, 1.0, -1.5], [-0.5, -0.5, -0.5, 1.5, 2.0], [-1.5, 0.0, -1.5, 0.0, 1.0]]]]> : tensor<1x2x5x5xf32>
  %y0 = dlc.window_sum_adj %a0 dims [2, 3] extents [5, 6] window [3, 2] strides [1, 1] lo [1, 0] hi [1, 0] dilation [1, 1] : tensor<1x2x5x5xf32>
  %want0 = dlc.constant dense<[[[[-3.5, -3.0, 0.5, 0.5, -1.0, -1.5], [-2.5, -0.5, 4.0, 2.5, -3.0, -3.5], [0.0, 1.5, 3.5, 3.0, -2.0, -3.0], [1.0, 2.0, 4.5, 3.5, -3.5, -3.5], [0.0, -0.5, 1.0, 1.5, -1.5, -1.5]], [[3.0, 3.0, -0.5, -4.5, -4.5, -0.5], [4.0, 3.0, -0.5, -2.5, -5.0, -2.0], [1.5, 1.5, 1.5, 2.0, 0.0, -0.5], [-1.0, -2.5, -2.5, 1.5, 4.0, 1.5], [-2.0, -2.5, -2.5, -0.5, 4.5, 3.0]]]]> : tensor<1x2x5x6xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x5x6xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_stride_past_window() {
  %a0 = dlc.constant dense<[[-2.0, 0.5, 0.5], [0.5, -2.0, -2.0]]> : tensor<2x3xf32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [9] window [2] strides [3] lo [0] hi [0] dilation [1] : tensor<2x3xf32>
  %want0 = dlc.constant dense<[[-2.0, -2.0, 0.0, 0.5, 0.5, 0.0, 0.5, 0.5, 0.0], [0.5, 0.5, 0.0, -2.0, -2.0, 0.0, -2.0, -2.0, 0.0]]> : tensor<2x9xf32>
  check.expect_equal %y0, %want0 : tensor<2x9xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_dilated() {
  %a0 = dlc.constant dense<[[-1.5, 0.5, -0.5, -0.5], [-1.5, -1.5, 0.5, -0.5]]> : tensor<2x4xf32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [9] window [3] strides [2] lo [2] hi [1] dilation [2] : tensor<2x4xf32>
  %want0 = dlc.constant dense<[[-1.0, 0.0, -1.5, 0.0, -0.5, 0.0, -1.0, 0.0, -0.5], [-3.0, 0.0, -2.5, 0.0, -1.5, 0.0, 0.0, 0.0, -0.5]]> : tensor<2x9xf32>
  check.expect_equal %y0, %want0 : tensor<2x9xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_uneven_pads() {
  %a0 = dlc.constant dense<[[[-1.5, -2.0, 2.0], [-0.5, 2.0, -0.5], [-2.0, 2.0, 0.5]], [[2.0, 1.0, -1.5], [-1.0, 0.0, -2.0], [-1.0, -2.0, 0.5]]]> : tensor<2x3x3xf32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [5] window [3] strides [2] lo [2] hi [0] dilation [1] : tensor<2x3x3xf32>
  %want0 = dlc.constant dense<[[[-2.0, 0.0, 1.5], [-0.5, 2.0, -0.5], [-2.5, 4.0, 0.0], [-2.0, 2.0, 0.5], [-2.0, 2.0, 0.5]], [[1.0, 1.0, -3.5], [-1.0, 0.0, -2.0], [-2.0, -2.0, -1.5], [-1.0, -2.0, 0.5], [-1.0, -2.0, 0.5]]]> : tensor<2x5x3xf32>
  check.expect_equal %y0, %want0 : tensor<2x5x3xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_one() {
  %a0 = dlc.constant dense<-0.5> : tensor<1xf32>
  %y0 = dlc.window_sum_adj %a0 dims [0] extents [1] window [1] strides [1] lo [0] hi [0] dilation [1] : tensor<1xf32>
  %want0 = dlc.constant dense<-0.5> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_long() {
  %a0 = dlc.constant dense<[[0.0, 1.5, 0.0, 1.0, -0.5, -0.5, -1.0, -1.5, -1.5, 0.0, 0.5, 2.0, -1.0, 2.0, 0.0, -2.0, 1.5, -0.5, 2.0, 0.0, 1.5, -0.5, 1.0, -1.5, -1.5, -1.5, 0.0, 0.0, -1.5, 1.0, 1.5, 1.0, 0.0, 1.0, 1.5, 1.0, 0.5, -2.0, -0.5, -1.5, -1.0, -0.5, 1.5, -1.0, -1.0, -0.5, -1.0, -0.5, 2.0, -0.5, -1.0, -2.0, 2.0, 1.5, -1.0, 2.0, -0.5, 0.5, 1.5, -1.0, 1.5, 0.0, -2.0, 2.0, -2.0, 0.5, 0.0], [1.0, 1.0, 1.0, 1.0, 2.0, 2.0, 0.5, -2.0, -2.0, 1.0, 0.0, 1.0, 2.0, 1.5, -1.5, -0.5, -2.0, -1.0, -2.0, 1.5, -2.0, -1.5, -1.5, -2.0, 1.0, 0.0, 0.5, 2.0, 1.0, -0.5, 0.5, 0.5, -0.5, 0.0, 1.5, 1.5, -1.5, 1.0, -0.5, 1.0, -0.5, -1.5, 1.0, 1.5, 1.0, -2.0, 0.5, -2.0, 0.5, -1.5, -1.0, 0.0, 0.5, 1.5, 1.5, -1.5, -0.5, 2.0, 1.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.5, -0.5, -1.5]]> : tensor<2x67xf32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [67] window [3] strides [1] lo [1] hi [1] dilation [1] : tensor<2x67xf32>
  %want0 = dlc.constant dense<[[1.5, 1.5, 2.5, 0.5, 0.0, -2.0, -3.0, -4.0, -3.0, -1.0, 2.5, 1.5, 3.0, 1.0, 0.0, -0.5, -1.0, 3.0, 1.5, 3.5, 1.0, 2.0, -1.0, -2.0, -4.5, -3.0, -1.5, -1.5, -0.5, 1.0, 3.5, 2.5, 2.0, 2.5, 3.5, 3.0, -0.5, -2.0, -4.0, -3.0, -3.0, 0.0, 0.0, -0.5, -2.5, -2.5, -2.0, 0.5, 1.0, 0.5, -3.5, -1.0, 1.5, 2.5, 2.5, 0.5, 2.0, 1.5, 1.0, 2.0, 0.5, -0.5, 0.0, -2.0, 0.5, -1.5, 0.5], [2.0, 3.0, 3.0, 4.0, 5.0, 4.5, 0.5, -3.5, -3.0, -1.0, 2.0, 3.0, 4.5, 2.0, -0.5, -4.0, -3.5, -5.0, -1.5, -2.5, -2.0, -5.0, -5.0, -2.5, -1.0, 1.5, 2.5, 3.5, 2.5, 1.0, 0.5, 0.5, 0.0, 1.0, 3.0, 1.5, 1.0, -1.0, 1.5, 0.0, -1.0, -1.0, 1.0, 3.5, 0.5, -0.5, -3.5, -1.0, -3.0, -2.0, -2.5, -0.5, 2.0, 3.5, 1.5, -0.5, 0.0, 2.5, 4.0, 2.0, 1.0, 0.0, 2.0, 2.5, 2.0, -1.5, -2.0]]> : tensor<2x67xf32>
  check.expect_equal %y0, %want0 : tensor<2x67xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_rank_six() {
  %a0 = dlc.constant dense<[[[[[[-1.0, 1.5], [-0.5, 0.5], [-1.5, -1.0]], [[-0.5, -2.0], [1.5, 1.0], [0.0, 1.0]]]], [[[[1.0, 1.0], [-0.5, 0.5], [-2.0, 0.5]], [[-1.5, 1.0], [1.0, 0.0], [-1.0, 0.5]]]]]]> : tensor<1x2x1x2x3x2xf32>
  %y0 = dlc.window_sum_adj %a0 dims [3, 4] extents [4, 3] window [2, 2] strides [2, 1] lo [0, 1] hi [0, 0] dilation [1, 1] : tensor<1x2x1x2x3x2xf32>
  %want0 = dlc.constant dense<[[[[[[-1.5, 2.0], [-2.0, -0.5], [-1.5, -1.0]], [[-1.5, 2.0], [-2.0, -0.5], [-1.5, -1.0]], [[1.0, -1.0], [1.5, 2.0], [0.0, 1.0]], [[1.0, -1.0], [1.5, 2.0], [0.0, 1.0]]]], [[[[0.5, 1.5], [-2.5, 1.0], [-2.0, 0.5]], [[0.5, 1.5], [-2.5, 1.0], [-2.0, 0.5]], [[-0.5, 1.0], [0.0, 0.5], [-1.0, 0.5]], [[-0.5, 1.0], [0.0, 0.5], [-1.0, 0.5]]]]]]> : tensor<1x2x1x4x3x2xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x4x3x2xf32>
  return
}

// each window gives its sum back to all its elements
func.func @sum_cropped() {
  %a0 = dlc.constant dense<[[-1.0, 2.0, 0.5, -1.0, -2.0], [-1.5, 2.0, 1.0, 1.0, 1.0]]> : tensor<2x5xf32>
  %y0 = dlc.window_sum_adj %a0 dims [1] extents [9] window [2] strides [1] lo [-1] hi [-2] dilation [1] : tensor<2x5xf32>
  %want0 = dlc.constant dense<[[0.0, -1.0, 1.0, 2.5, -0.5, -3.0, -2.0, 0.0, 0.0], [0.0, -1.5, 0.5, 3.0, 2.0, 2.0, 1.0, 0.0, 0.0]]> : tensor<2x9xf32>
  check.expect_equal %y0, %want0 : tensor<2x9xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_f64() {
  %a0 = dlc.constant dense<[[-1.5, 0.5, -2.0], [-1.0, -1.0, -1.5]]> : tensor<2x3xf64>
  %a1 = dlc.constant dense<[[1, 2, 0], [0, 0, 2]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xf64>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[-1.5, 0.0, 0.0, -1.5, 0.0, 0.0, 0.0], [0.0, -1.0, 0.0, 0.0, 0.0, -1.5, 0.0]]> : tensor<2x7xf64>
  check.expect_equal %y0, %want0 : tensor<2x7xf64>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_f32() {
  %a0 = dlc.constant dense<[[1.5, 1.5, -1.0], [0.0, -1.5, 1.5]]> : tensor<2x3xf32>
  %a1 = dlc.constant dense<[[1, 0, 2], [1, 0, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xf32>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[1.5, 1.5, 0.0, 0.0, 0.0, -1.0, 0.0], [0.0, -1.5, 0.0, 0.0, 1.5, 0.0, 0.0]]> : tensor<2x7xf32>
  check.expect_equal %y0, %want0 : tensor<2x7xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_f16() {
  %a0 = dlc.constant dense<[[0.5, -1.0, -1.5], [2.0, 2.0, -2.0]]> : tensor<2x3xf16>
  %a1 = dlc.constant dense<[[0, 2, 0], [0, 1, 2]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xf16>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0.0, 0.0, 0.0, -2.5, 0.0, 0.0, 0.0], [0.0, 0.0, 2.0, 0.0, 0.0, -2.0, 0.0]]> : tensor<2x7xf16>
  check.expect_equal %y0, %want0 : tensor<2x7xf16>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_bf16() {
  %a0 = dlc.constant dense<[[-0.5, -1.0, -0.5], [0.0, -0.5, 2.0]]> : tensor<2x3xbf16>
  %a1 = dlc.constant dense<[[2, 2, 0], [0, 2, 0]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xbf16>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0.0, -0.5, 0.0, -1.5, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.5, 0.0, 0.0, 0.0]]> : tensor<2x7xbf16>
  check.expect_equal %y0, %want0 : tensor<2x7xbf16>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_si8() {
  %a0 = dlc.constant dense<[[0, 0, 1], [2, -3, -4]]> : tensor<2x3xsi8>
  %a1 = dlc.constant dense<[[2, 2, 2], [2, 0, 2]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi8>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0, 0, 0, 0, 0, 1, 0], [0, -1, 0, 0, 0, -4, 0]]> : tensor<2x7xsi8>
  check.expect_equal %y0, %want0 : tensor<2x7xsi8>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_si16() {
  %a0 = dlc.constant dense<[[-2, -3, 2], [-3, 0, 3]]> : tensor<2x3xsi16>
  %a1 = dlc.constant dense<[[2, 1, 1], [0, 0, 0]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi16>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0, -2, -3, 0, 2, 0, 0], [0, 0, 0, 3, 0, 0, 0]]> : tensor<2x7xsi16>
  check.expect_equal %y0, %want0 : tensor<2x7xsi16>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_si32() {
  %a0 = dlc.constant dense<[[0, -3, 1], [2, -2, 2]]> : tensor<2x3xsi32>
  %a1 = dlc.constant dense<[[2, 1, 1], [2, 0, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi32>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0, 0, -3, 0, 1, 0, 0], [0, 0, 0, 0, 2, 0, 0]]> : tensor<2x7xsi32>
  check.expect_equal %y0, %want0 : tensor<2x7xsi32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_si64() {
  %a0 = dlc.constant dense<[[-2, 0, -2], [-1, -3, -1]]> : tensor<2x3xsi64>
  %a1 = dlc.constant dense<[[2, 1, 0], [2, 0, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xsi64>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0, -2, 0, -2, 0, 0, 0], [0, -4, 0, 0, -1, 0, 0]]> : tensor<2x7xsi64>
  check.expect_equal %y0, %want0 : tensor<2x7xsi64>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_ui8() {
  %a0 = dlc.constant dense<[[1, 1, 4], [2, 4, 4]]> : tensor<2x3xui8>
  %a1 = dlc.constant dense<[[1, 1, 2], [0, 1, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui8>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[1, 0, 1, 0, 0, 4, 0], [0, 0, 4, 0, 4, 0, 0]]> : tensor<2x7xui8>
  check.expect_equal %y0, %want0 : tensor<2x7xui8>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_ui16() {
  %a0 = dlc.constant dense<[[2, 2, 4], [0, 3, 4]]> : tensor<2x3xui16>
  %a1 = dlc.constant dense<[[2, 2, 0], [0, 0, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui16>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0, 2, 0, 6, 0, 0, 0], [0, 3, 0, 0, 4, 0, 0]]> : tensor<2x7xui16>
  check.expect_equal %y0, %want0 : tensor<2x7xui16>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_ui32() {
  %a0 = dlc.constant dense<[[0, 1, 0], [1, 2, 1]]> : tensor<2x3xui32>
  %a1 = dlc.constant dense<[[1, 0, 2], [2, 1, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui32>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0, 1, 0, 0, 0, 0, 0], [0, 1, 2, 0, 1, 0, 0]]> : tensor<2x7xui32>
  check.expect_equal %y0, %want0 : tensor<2x7xui32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_of_ui64() {
  %a0 = dlc.constant dense<[[4, 3, 1], [4, 4, 2]]> : tensor<2x3xui64>
  %a1 = dlc.constant dense<[[1, 1, 0], [0, 0, 1]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [7] window [3] strides [2] lo [1] hi [0] dilation [1] : tensor<2x3xui64>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[4, 0, 3, 1, 0, 0, 0], [0, 4, 0, 0, 2, 0, 0]]> : tensor<2x7xui64>
  check.expect_equal %y0, %want0 : tensor<2x7xui64>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_plane() {
  %a0 = dlc.constant dense<[[[[0.5, 1.0, 1.5, 1.5, -1.0], [-1.5, 0.0, -2.0, 0.5, 1.5], [1.0, 0.5, 1.5, -2.0, -0.5], [1.0, 2.0, -2.0, -2.0, 0.5], [1.0, 0.0, -2.0, 1.0, 0.0]], [[-2.0, -2.0, 2.0, 1.5, 2.0], [-1.5, 2.0, 0.0, 1.0, 0.5], [-1.0, -0.5, 2.0, 2.0, 0.5], [0.5, 1.0, 1.5, 0.5, -1.0], [-1.5, 2.0, 1.5, -1.5, 0.5]]]]> : tensor<1x2x5x5xf32>
  %a1 = dlc.constant dense<[[[[2, 1, 3, 2, 5], [0, 4, 2, 5, 5], [3, 2, 4, 2, 2], [4, 0, 0, 1, 0], [0, 4, 0, 0, 0]], [[3, 1, 4, 3, 3], [1, 0, 5, 1, 2], [3, 3, 5, 1, 3], [3, 4, 5, 3, 4], [1, 1, 3, 2, 0]]]]> : tensor<1x2x5x5xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [2, 3] extents [5, 6] window [3, 2] strides [1, 1] lo [1, 0] hi [1, 0] dilation [1, 1] : tensor<1x2x5x5xf32>, tensor<1x2x5x5xsi32>
  %want0 = dlc.constant dense<[[[[-1.0, 0.0, 0.0, 3.0, 0.0, 0.0], [0.0, 0.0, -2.0, 0.0, 0.0, -1.0], [0.0, 3.5, -2.0, -2.0, -1.5, 1.5], [1.0, 0.0, -0.5, 1.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]], [[0.0, -1.5, 0.0, 0.0, 2.5, 2.0], [0.0, 0.0, 2.0, 0.0, 2.5, 0.0], [0.0, -1.0, -0.5, 0.0, 0.0, 0.5], [0.0, -1.0, 2.0, 2.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.5, -1.0, 0.0]]]]> : tensor<1x2x5x6xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x5x6xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_stride_past_window() {
  %a0 = dlc.constant dense<[[0.0, -0.5, 1.5], [1.5, 0.5, -1.5]]> : tensor<2x3xf32>
  %a1 = dlc.constant dense<[[1, 1, 0], [1, 0, 0]]> : tensor<2x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [9] window [2] strides [3] lo [0] hi [0] dilation [1] : tensor<2x3xf32>, tensor<2x3xsi32>
  %want0 = dlc.constant dense<[[0.0, 0.0, 0.0, 0.0, -0.5, 0.0, 1.5, 0.0, 0.0], [0.0, 1.5, 0.0, 0.5, 0.0, 0.0, -1.5, 0.0, 0.0]]> : tensor<2x9xf32>
  check.expect_equal %y0, %want0 : tensor<2x9xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_dilated() {
  %a0 = dlc.constant dense<[[-0.5, 1.5, -1.0, -1.0], [1.5, 2.0, -0.5, -0.5]]> : tensor<2x4xf32>
  %a1 = dlc.constant dense<[[0, 1, 0, 2], [0, 2, 2, 1]]> : tensor<2x4xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [9] window [3] strides [2] lo [2] hi [1] dilation [2] : tensor<2x4xf32>, tensor<2x4xsi32>
  %want0 = dlc.constant dense<[[0.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, -1.0], [0.0, 0.0, 0.0, 0.0, 2.0, 0.0, -1.0, 0.0, 0.0]]> : tensor<2x9xf32>
  check.expect_equal %y0, %want0 : tensor<2x9xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_uneven_pads() {
  %a0 = dlc.constant dense<[[[0.0, -1.5, 0.0], [0.5, 1.0, 0.5], [0.5, -2.0, -2.0]], [[-0.5, -1.5, 2.0], [1.0, 0.0, 1.0], [-1.5, 1.0, 0.5]]]> : tensor<2x3x3xf32>
  %a1 = dlc.constant dense<[[[2, 1, 2], [2, 1, 1], [2, 0, 1]], [[0, 1, 0], [0, 2, 0], [1, 1, 1]]]> : tensor<2x3x3xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [5] window [3] strides [2] lo [2] hi [0] dilation [1] : tensor<2x3x3xf32>, tensor<2x3x3xsi32>
  %want0 = dlc.constant dense<[[[0.0, 0.0, 0.0], [0.0, 1.0, 0.5], [0.5, -2.0, 0.0], [0.0, 0.0, -2.0], [0.5, 0.0, 0.0]], [[1.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], [-1.5, 1.0, 0.5], [0.0, 0.0, 0.0]]]> : tensor<2x5x3xf32>
  check.expect_equal %y0, %want0 : tensor<2x5x3xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_one() {
  %a0 = dlc.constant dense<0.0> : tensor<1xf32>
  %a1 = dlc.constant dense<0> : tensor<1xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [0] extents [1] window [1] strides [1] lo [0] hi [0] dilation [1] : tensor<1xf32>, tensor<1xsi32>
  %want0 = dlc.constant dense<0.0> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_long() {
  %a0 = dlc.constant dense<[[2.0, -2.0, -1.5, -0.5, 0.5, 0.0, 2.0, -1.5, 2.0, -2.0, -1.5, -0.5, 0.0, 2.0, -1.0, 0.0, 1.0, 0.5, -1.0, -1.5, -1.5, -0.5, -1.0, 0.0, -1.5, -2.0, 1.0, 1.0, -1.0, -0.5, -0.5, -2.0, -1.0, -1.0, -0.5, 1.0, -1.0, 0.5, -0.5, 0.0, 1.0, 0.0, -1.5, 2.0, 1.0, 0.5, -0.5, -1.0, -2.0, -0.5, -1.5, -0.5, 2.0, 2.0, -2.0, 0.5, -1.0, -1.5, 1.5, -2.0, -2.0, -2.0, -1.5, -1.0, -1.0, -1.5, 1.5], [1.5, -1.5, -1.5, 2.0, 1.0, -1.5, -1.5, 0.5, -2.0, 1.0, 2.0, 0.5, 1.5, 0.0, 1.5, -0.5, -1.0, -1.0, -2.0, 2.0, -2.0, -0.5, -1.0, 0.5, 1.0, 0.5, -2.0, 2.0, 1.5, -1.0, 0.0, -1.5, 0.0, 2.0, 1.5, 0.0, 0.0, 0.5, 0.5, 0.5, 2.0, 1.5, 1.0, 1.5, -2.0, 1.0, -1.0, -2.0, -2.0, 1.5, 0.5, -2.0, 0.0, 1.5, 2.0, -2.0, -1.0, 1.0, -1.5, 0.5, 0.5, -2.0, -1.5, 1.0, 1.5, 0.5, 1.5]]> : tensor<2x67xf32>
  %a1 = dlc.constant dense<[[0, 0, 2, 0, 1, 1, 1, 1, 2, 2, 0, 1, 0, 0, 2, 1, 0, 0, 2, 2, 0, 0, 2, 2, 1, 2, 1, 2, 1, 1, 1, 2, 1, 0, 1, 0, 0, 0, 2, 0, 2, 2, 0, 1, 0, 1, 1, 2, 2, 1, 1, 0, 0, 2, 2, 1, 0, 0, 2, 1, 2, 0, 0, 1, 1, 1, 1], [2, 2, 0, 0, 0, 1, 1, 2, 0, 0, 2, 2, 0, 1, 1, 1, 0, 2, 0, 1, 1, 0, 2, 0, 2, 2, 2, 1, 0, 0, 1, 1, 2, 0, 0, 2, 2, 1, 1, 1, 2, 2, 1, 0, 0, 2, 2, 1, 2, 1, 1, 0, 0, 2, 0, 2, 1, 1, 0, 2, 1, 1, 1, 0, 2, 2, 2]]> : tensor<2x67xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [67] window [3] strides [1] lo [1] hi [1] dilation [1] : tensor<2x67xf32>, tensor<2x67xsi32>
  %want0 = dlc.constant dense<[[-2.0, 0.0, -0.5, -1.5, 0.5, 0.0, 2.0, -1.5, 0.0, 0.5, -2.0, -0.5, 2.0, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0, -2.5, -2.0, 0.0, 0.0, -1.0, -1.5, 0.0, -1.0, 0.0, 0.0, -0.5, -0.5, 0.0, -4.0, 0.0, 0.5, -1.0, 0.5, 0.0, 0.0, -0.5, 0.0, -0.5, 0.0, 3.0, 0.0, 0.5, -0.5, 0.0, -1.0, -2.5, -2.0, 2.0, 0.0, 0.0, 2.0, -2.5, -1.5, 0.0, 0.0, -0.5, -2.0, -3.5, 0.0, -1.0, -1.0, -1.5, 1.5], [0.0, 0.0, 0.5, 1.0, 0.0, -1.5, -1.5, -2.0, 1.5, 0.0, 0.0, 3.5, 0.5, 0.0, 1.5, -1.5, 0.0, -2.0, -1.0, 2.0, -2.5, 0.0, 0.5, -1.0, 0.0, 1.0, 0.5, 1.5, -1.0, 0.0, 0.0, -1.5, 2.0, 1.5, 0.0, 0.0, 0.0, 0.5, 0.5, 0.5, 0.0, 2.0, 4.0, -2.0, 0.0, 0.0, 1.0, -3.0, 0.0, -0.5, -1.5, 0.0, 0.0, 2.0, 1.5, 0.0, -3.0, -0.5, 0.0, 0.0, 1.0, -2.0, -0.5, 0.0, 0.0, 1.5, 0.5]]> : tensor<2x67xf32>
  check.expect_equal %y0, %want0 : tensor<2x67xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_rank_six() {
  %a0 = dlc.constant dense<[[[[[[0.5, 2.0], [0.5, 2.0], [0.5, -0.5]], [[-2.0, -1.5], [-1.0, 1.0], [-2.0, -1.5]]]], [[[[0.5, 1.0], [1.5, 1.0], [0.5, -0.5]], [[1.5, 0.5], [-1.0, -1.5], [-2.0, 2.0]]]]]]> : tensor<1x2x1x2x3x2xf32>
  %a1 = dlc.constant dense<[[[[[[1, 3], [0, 0], [1, 0]], [[0, 0], [0, 0], [2, 3]]]], [[[[2, 2], [3, 3], [3, 3]], [[0, 1], [3, 3], [3, 3]]]]]]> : tensor<1x2x1x2x3x2xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [3, 4] extents [4, 3] window [2, 2] strides [2, 1] lo [0, 1] hi [0, 0] dilation [1, 1] : tensor<1x2x1x2x3x2xf32>, tensor<1x2x1x2x3x2xsi32>
  %want0 = dlc.constant dense<[[[[[[1.0, 2.0], [0.0, -0.5], [0.5, 0.0]], [[0.0, 2.0], [0.0, 0.0], [0.0, 0.0]], [[-1.0, 1.0], [0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [-2.0, 0.0], [0.0, -1.5]]]], [[[[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [1.5, 1.0], [0.5, -0.5]], [[0.0, 0.5], [0.0, 0.0], [0.0, 0.0]], [[0.0, 0.0], [-1.0, -1.5], [-2.0, 2.0]]]]]]> : tensor<1x2x1x4x3x2xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x4x3x2xf32>
  return
}

// each window gives its cotangent to the element at its place
func.func @max_cropped() {
  %a0 = dlc.constant dense<[[0.5, 2.0, 2.0, 1.0, 0.0], [-2.0, -2.0, -2.0, -1.5, -1.0]]> : tensor<2x5xf32>
  %a1 = dlc.constant dense<[[0, 0, 1, 0, 1], [1, 1, 0, 0, 1]]> : tensor<2x5xsi32>
  %y0 = dlc.window_max_grad %a0, %a1 dims [1] extents [9] window [2] strides [1] lo [-1] hi [-2] dilation [1] : tensor<2x5xf32>, tensor<2x5xsi32>
  %want0 = dlc.constant dense<[[0.0, 0.5, 2.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0], [0.0, 0.0, -2.0, -4.0, -1.5, 0.0, -1.0, 0.0, 0.0]]> : tensor<2x9xf32>
  check.expect_equal %y0, %want0 : tensor<2x9xf32>
  return
}
