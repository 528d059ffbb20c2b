// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of gather_nd against a loop over the rows of indices, on every element type and on edge shapes.

// x[i[..., 0], i[..., 1]]
func.func @slices_of_f64() {
  %a0 = dlc.constant dense<[[[-0.5, 0.0], [1.5, 1.0], [-1.5, 0.5], [2.0, -1.5], [2.0, 0.5]], [[1.0, -1.0], [-2.0, -2.0], [0.5, 2.0], [0.5, -0.5], [1.0, 2.0]], [[-1.5, -2.0], [2.0, -2.0], [1.5, -1.5], [-1.5, -1.0], [-1.0, -1.0]]]> : tensor<3x5x2xf64>
  %a1 = dlc.constant dense<[[0, 4], [2, 4], [2, 4], [2, 1]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xf64>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[2.0, 0.5], [-1.0, -1.0], [-1.0, -1.0], [2.0, -2.0]]> : tensor<4x2xf64>
  check.expect_equal %y0, %want0 : tensor<4x2xf64>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_f32() {
  %a0 = dlc.constant dense<[[[0.5, 1.0], [0.5, 1.5], [1.0, -0.5], [0.5, -1.5], [2.0, 2.0]], [[0.5, 1.0], [-0.5, -0.5], [0.0, -1.0], [-2.0, -0.5], [1.0, -1.0]], [[1.0, 0.5], [-0.5, 1.0], [1.5, 2.0], [1.0, -2.0], [-0.5, 0.0]]]> : tensor<3x5x2xf32>
  %a1 = dlc.constant dense<[[0, 0], [1, 1], [0, 1], [1, 4]]> : tensor<4x2xsi32>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xf32>, tensor<4x2xsi32>
  %want0 = dlc.constant dense<[[0.5, 1.0], [-0.5, -0.5], [0.5, 1.5], [1.0, -1.0]]> : tensor<4x2xf32>
  check.expect_equal %y0, %want0 : tensor<4x2xf32>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_f16() {
  %a0 = dlc.constant dense<[[[0.0, 0.5], [2.0, -2.0], [-1.0, -0.5], [2.0, 1.0], [1.0, -0.5]], [[1.5, -1.5], [-0.5, -0.5], [-2.0, -2.0], [1.5, 2.0], [-1.0, -2.0]], [[-1.5, -2.0], [1.5, -2.0], [1.0, 1.5], [-1.5, -1.0], [-1.0, 1.0]]]> : tensor<3x5x2xf16>
  %a1 = dlc.constant dense<[[2, 3], [2, 2], [0, 0], [2, 1]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xf16>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[-1.5, -1.0], [1.0, 1.5], [0.0, 0.5], [1.5, -2.0]]> : tensor<4x2xf16>
  check.expect_equal %y0, %want0 : tensor<4x2xf16>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_bf16() {
  %a0 = dlc.constant dense<[[[1.5, 0.0], [-1.5, 2.0], [0.0, -0.5], [-2.0, 0.5], [0.0, -1.5]], [[1.5, 0.0], [-2.0, -1.5], [-1.0, 1.0], [1.0, 1.5], [0.5, 2.0]], [[-1.0, 0.5], [0.5, -0.5], [0.0, 1.0], [1.5, 2.0], [-1.0, 1.0]]]> : tensor<3x5x2xbf16>
  %a1 = dlc.constant dense<[[2, 3], [2, 0], [1, 1], [0, 2]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xbf16>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[1.5, 2.0], [-1.0, 0.5], [-2.0, -1.5], [0.0, -0.5]]> : tensor<4x2xbf16>
  check.expect_equal %y0, %want0 : tensor<4x2xbf16>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_si8() {
  %a0 = dlc.constant dense<[[[2, -3], [2, -3], [-1, -3], [-4, -2], [4, 1]], [[2, -2], [-3, 4], [2, 0], [-2, 3], [0, -4]], [[3, -1], [0, -1], [-2, 1], [-2, 0], [-4, 3]]]> : tensor<3x5x2xsi8>
  %a1 = dlc.constant dense<[[0, 0], [1, 3], [0, 0], [0, 3]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xsi8>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[2, -3], [-2, 3], [2, -3], [-4, -2]]> : tensor<4x2xsi8>
  check.expect_equal %y0, %want0 : tensor<4x2xsi8>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_si16() {
  %a0 = dlc.constant dense<[[[0, 0], [-3, -1], [2, 4], [4, 1], [-2, -4]], [[1, 0], [0, 0], [-4, -1], [-3, 3], [3, 3]], [[0, 3], [3, -1], [-4, 3], [1, 0], [3, 4]]]> : tensor<3x5x2xsi16>
  %a1 = dlc.constant dense<[[2, 2], [0, 1], [0, 1], [1, 2]]> : tensor<4x2xsi32>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xsi16>, tensor<4x2xsi32>
  %want0 = dlc.constant dense<[[-4, 3], [-3, -1], [-3, -1], [-4, -1]]> : tensor<4x2xsi16>
  check.expect_equal %y0, %want0 : tensor<4x2xsi16>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_si32() {
  %a0 = dlc.constant dense<[[[2, 2], [-4, -1], [-2, -2], [3, -1], [0, 4]], [[0, 2], [4, 4], [-2, -1], [-4, 2], [-1, -4]], [[-3, -3], [-4, -4], [1, -2], [4, 1], [1, 0]]]> : tensor<3x5x2xsi32>
  %a1 = dlc.constant dense<[[1, 2], [2, 3], [0, 3], [1, 3]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xsi32>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[-2, -1], [4, 1], [3, -1], [-4, 2]]> : tensor<4x2xsi32>
  check.expect_equal %y0, %want0 : tensor<4x2xsi32>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_si64() {
  %a0 = dlc.constant dense<[[[1, -4], [3, 4], [0, -1], [-3, 0], [1, 2]], [[0, -3], [-3, 0], [1, 3], [3, 1], [-3, 3]], [[0, 3], [2, -2], [-1, -1], [-2, 2], [-1, 2]]]> : tensor<3x5x2xsi64>
  %a1 = dlc.constant dense<[[1, 2], [1, 0], [2, 0], [0, 4]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xsi64>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[1, 3], [0, -3], [0, 3], [1, 2]]> : tensor<4x2xsi64>
  check.expect_equal %y0, %want0 : tensor<4x2xsi64>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_ui8() {
  %a0 = dlc.constant dense<[[[4, 3], [4, 3], [0, 1], [1, 3], [0, 3]], [[4, 0], [4, 3], [0, 2], [1, 3], [0, 2]], [[2, 2], [4, 4], [0, 3], [0, 0], [2, 4]]]> : tensor<3x5x2xui8>
  %a1 = dlc.constant dense<[[1, 2], [1, 3], [2, 0], [1, 4]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xui8>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[0, 2], [1, 3], [2, 2], [0, 2]]> : tensor<4x2xui8>
  check.expect_equal %y0, %want0 : tensor<4x2xui8>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_ui16() {
  %a0 = dlc.constant dense<[[[1, 2], [4, 3], [3, 4], [0, 2], [4, 1]], [[1, 4], [3, 1], [0, 2], [4, 2], [0, 2]], [[2, 3], [3, 1], [2, 2], [0, 2], [0, 0]]]> : tensor<3x5x2xui16>
  %a1 = dlc.constant dense<[[0, 1], [2, 4], [0, 0], [2, 3]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xui16>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[4, 3], [0, 0], [1, 2], [0, 2]]> : tensor<4x2xui16>
  check.expect_equal %y0, %want0 : tensor<4x2xui16>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_ui32() {
  %a0 = dlc.constant dense<[[[2, 1], [1, 2], [2, 3], [1, 1], [0, 1]], [[1, 4], [3, 3], [1, 1], [2, 2], [3, 4]], [[2, 1], [4, 2], [4, 1], [1, 0], [3, 2]]]> : tensor<3x5x2xui32>
  %a1 = dlc.constant dense<[[0, 2], [1, 1], [0, 3], [2, 3]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xui32>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[2, 3], [3, 3], [1, 1], [1, 0]]> : tensor<4x2xui32>
  check.expect_equal %y0, %want0 : tensor<4x2xui32>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_ui64() {
  %a0 = dlc.constant dense<[[[4, 3], [0, 2], [3, 4], [2, 4], [0, 1]], [[4, 0], [3, 1], [0, 0], [4, 4], [0, 3]], [[0, 4], [1, 0], [4, 4], [0, 1], [4, 1]]]> : tensor<3x5x2xui64>
  %a1 = dlc.constant dense<[[1, 2], [2, 4], [0, 2], [1, 4]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xui64>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[0, 0], [4, 1], [3, 4], [0, 3]]> : tensor<4x2xui64>
  check.expect_equal %y0, %want0 : tensor<4x2xui64>
  return
}

// x[i[..., 0], i[..., 1]]
func.func @slices_of_i1() {
  %a0 = dlc.constant dense<[[[true, false], [true, true], [true, true], [true, true], [false, true]], [[true, false], [false, true], [true, true], [true, false], [true, false]], [[false, false], [false, false], [true, false], [true, true], [false, false]]]> : tensor<3x5x2xi1>
  %a1 = dlc.constant dense<[[2, 1], [1, 1], [1, 3], [2, 0]]> : tensor<4x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x5x2xi1>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[false, false], [false, true], [true, false], [false, false]]> : tensor<4x2xi1>
  check.expect_equal %y0, %want0 : tensor<4x2xi1>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @elements() {
  %a0 = dlc.constant dense<[[0.0, -0.5, 0.0, -1.5], [-0.5, -1.5, -0.5, 1.0], [-1.5, -1.5, -2.0, 1.5]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<[[2, 1], [0, 3], [1, 2], [1, 0], [2, 2]]> : tensor<5x2xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x4xf32>, tensor<5x2xsi64>
  %want0 = dlc.constant dense<[-1.5, -1.5, -0.5, -0.5, -2.0]> : tensor<5xf32>
  check.expect_equal %y0, %want0 : tensor<5xf32>
  return
}

// the rows of i index x after 1 shared dimensions
func.func @shared() {
  %a0 = dlc.constant dense<[[[-1.0, 0.0, -1.0, -0.5], [-1.0, 0.0, 1.0, 1.0], [-0.5, 0.0, -1.0, -1.0]], [[0.5, 1.5, -1.5, -1.0], [-2.0, 2.0, 1.0, -1.5], [1.0, -1.0, -1.0, 0.0]]]> : tensor<2x3x4xf32>
  %a1 = dlc.constant dense<[[[1], [1], [0]], [[2], [1], [2]]]> : tensor<2x3x1xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 1 : tensor<2x3x4xf32>, tensor<2x3x1xsi64>
  %want0 = dlc.constant dense<[[[-1.0, 0.0, 1.0, 1.0], [-1.0, 0.0, 1.0, 1.0], [-1.0, 0.0, -1.0, -0.5]], [[1.0, -1.0, -1.0, 0.0], [-2.0, 2.0, 1.0, -1.5], [1.0, -1.0, -1.0, 0.0]]]> : tensor<2x3x4xf32>
  check.expect_equal %y0, %want0 : tensor<2x3x4xf32>
  return
}

// the rows of i index x after 2 shared dimensions
func.func @two_shared() {
  %a0 = dlc.constant dense<[[[0.5, 2.0, -1.0, 0.5, -0.5], [1.5, 0.5, 1.0, 0.5, 1.0], [-1.5, -1.0, 1.0, -1.5, -2.0]], [[0.5, 2.0, -1.0, -1.5, 1.0], [-1.0, 1.0, -1.5, -1.5, 2.0], [0.5, -1.0, 0.0, 0.5, -2.0]]]> : tensor<2x3x5xf32>
  %a1 = dlc.constant dense<[[[4], [2], [4]], [[3], [0], [4]]]> : tensor<2x3x1xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 2 : tensor<2x3x5xf32>, tensor<2x3x1xsi64>
  %want0 = dlc.constant dense<[[-0.5, 1.0, -2.0], [-1.5, -1.0, -2.0]]> : tensor<2x3xf32>
  check.expect_equal %y0, %want0 : tensor<2x3xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @single() {
  %a0 = dlc.constant dense<[[0.0, 1.5, 0.5, -1.0], [1.0, -1.0, -0.5, 0.5], [-1.0, 2.0, -2.0, -0.5]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x4xf32>, tensor<1xsi64>
  %want0 = dlc.constant dense<[0.0, 1.5, 0.5, -1.0]> : tensor<4xf32>
  check.expect_equal %y0, %want0 : tensor<4xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @none() {
  %a0 = dlc.constant dense<[[1.0, 0.0, -1.5, -2.0], [1.0, -1.5, 1.5, -1.0], [0.0, -2.0, 0.0, -2.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<> : tensor<0x1xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<3x4xf32>, tensor<0x1xsi64>
  %want0 = dlc.constant dense<> : tensor<0x4xf32>
  check.expect_equal %y0, %want0 : tensor<0x4xf32>
  return
}

// the rows of i index x after 1 shared dimensions
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[-1.0, 2.0]], [[2.0, -0.5]]], [[[2.0, -1.5]], [[0.5, 1.0]]], [[[2.0, -2.0]], [[0.5, -1.0]]]]], [[[[[-0.5, 2.0]], [[0.5, 2.0]]], [[[-1.5, 0.5]], [[2.0, -2.0]]], [[[1.5, -1.0]], [[-0.5, -2.0]]]]]]> : tensor<2x1x3x2x1x2xf32>
  %a1 = dlc.constant dense<[[[0, 2, 0], [0, 0, 0]], [[0, 2, 1], [0, 0, 1]]]> : tensor<2x2x3xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 1 : tensor<2x1x3x2x1x2xf32>, tensor<2x2x3xsi64>
  %want0 = dlc.constant dense<[[[[2.0, -2.0]], [[-1.0, 2.0]]], [[[-0.5, -2.0]], [[0.5, 2.0]]]]> : tensor<2x2x1x2xf32>
  check.expect_equal %y0, %want0 : tensor<2x2x1x2xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @odd_rows() {
  %a0 = dlc.constant dense<[[-1.5, -2.0, -1.0, -1.5, 1.0, 2.0, -0.5, -0.5, 0.0, -1.0, -1.5, -2.0, 0.5, 1.5, 0.0, 1.0, -1.5, 0.0, 1.0, 0.5, -2.0, -2.0, 2.0, -1.0, -1.0, 0.5, 1.0, 2.0, 1.0, 1.5, 2.0, 0.5, 0.5, 0.0, -1.5, -2.0, -1.5, 2.0, -1.0, -2.0, -1.5, -1.5, -0.5, 1.0, 1.5, 1.5, 2.0, 1.5, -1.0, 0.0, 0.5, -1.5, 1.0, -2.0, -1.0, 1.5, -1.0, 2.0, 1.5, -1.0, 2.0, 1.5, 2.0, -0.5, 2.0, -1.0, -0.5], [0.0, -0.5, -2.0, 1.0, -0.5, 1.5, -1.5, -1.0, 1.0, 1.0, 0.0, 0.5, 1.5, 1.5, 2.0, 2.0, -1.0, 1.5, -1.0, 1.5, 2.0, -0.5, 0.0, -1.5, -2.0, -1.5, -2.0, -0.5, 2.0, 1.0, 0.5, 1.0, -2.0, 0.5, 0.0, -1.5, 0.0, 0.5, -0.5, 2.0, 2.0, -0.5, 2.0, -1.0, -1.5, 0.5, -1.5, -1.0, -0.5, 1.0, 1.5, 2.0, 0.5, 2.0, 1.0, 1.5, 0.5, -1.5, -1.5, -0.5, 1.5, -0.5, -2.0, -0.5, 1.0, 2.0, -1.5], [-1.0, 0.0, 0.0, 2.0, -0.5, 0.0, -1.0, -2.0, -0.5, -0.5, -1.5, 0.5, -1.0, -2.0, 0.0, -1.0, 1.0, -2.0, 1.0, 0.0, 1.0, -0.5, 1.5, 0.0, 2.0, -1.0, 1.5, 0.5, 2.0, -1.5, 0.0, 2.0, -1.0, 2.0, 2.0, 0.0, 1.0, 0.0, 0.5, 1.5, 1.0, -1.0, 0.5, 1.5, 0.5, -1.0, 1.0, 1.0, 0.5, -0.5, 0.5, 0.5, -1.5, 2.0, 0.5, -2.0, -1.0, 1.5, 1.0, 0.0, 0.0, -0.5, 2.0, -0.5, 1.5, -2.0, 0.0], [-1.0, -0.5, 0.5, -2.0, -2.0, 0.5, 1.0, -2.0, 2.0, -0.5, 2.0, -1.5, 2.0, 0.5, 1.5, 1.5, -1.5, -1.5, 2.0, -0.5, -1.5, 0.5, 1.5, -1.0, 1.5, -2.0, 0.5, -0.5, 0.0, 0.5, -1.5, -2.0, 0.0, 2.0, -1.0, 0.5, -1.5, -0.5, -1.5, -1.5, 1.5, 2.0, 2.0, 1.0, -1.5, 2.0, -2.0, -1.0, -1.0, 1.0, -1.5, 2.0, -1.5, 1.5, 0.5, -1.0, -0.5, -1.5, -0.5, 1.0, -1.5, 2.0, 0.5, -0.5, -1.0, 1.0, -0.5], [2.0, 0.0, 1.0, 2.0, 2.0, -1.0, -0.5, 1.0, -0.5, -1.0, 0.5, 2.0, 0.0, -0.5, 1.0, 0.0, -1.0, 1.5, 0.5, 1.0, 1.5, -2.0, 1.5, -1.5, -2.0, 2.0, -1.0, -2.0, 1.0, -1.0, -0.5, 2.0, 0.5, -2.0, 1.0, -1.5, -1.0, -1.5, 2.0, -2.0, 0.0, 0.0, 0.0, 0.5, -2.0, -1.0, 0.5, -2.0, 1.5, 1.5, 0.0, 1.5, -0.5, 0.5, 0.0, -1.5, -1.5, 0.0, -2.0, 0.5, -1.0, -0.5, 2.0, 1.5, 0.0, -0.5, 1.5], [0.0, 1.0, -1.5, 1.0, 0.5, -1.5, 1.0, 0.0, 1.0, 1.5, -1.0, 1.5, 2.0, 0.0, 1.0, 1.0, -0.5, 1.5, -0.5, 1.5, 1.5, 0.0, -1.5, 1.5, 0.5, 0.5, 1.0, 2.0, 0.0, -0.5, 1.5, 0.5, 0.0, -1.5, 0.0, 2.0, -1.0, 2.0, 2.0, 1.5, -1.0, 1.5, 1.0, 2.0, -0.5, 0.5, 2.0, 2.0, 2.0, -2.0, -2.0, -2.0, 2.0, -0.5, 0.5, -0.5, -2.0, 2.0, 0.0, -1.0, -2.0, -1.5, 0.0, 1.0, -1.5, 0.0, -0.5], [0.5, -1.0, 1.5, 0.5, -1.5, 1.5, 0.5, 2.0, 2.0, -1.0, 1.0, 0.5, -0.5, -2.0, 1.5, -0.5, -2.0, 2.0, -0.5, -1.5, -0.5, 1.5, 1.0, 0.5, -1.0, -1.0, -1.0, 1.5, 1.5, -1.0, -1.0, 2.0, 2.0, -2.0, -1.0, -1.5, -0.5, 1.0, 0.5, 0.0, -1.5, -1.5, 1.0, 0.0, -2.0, -1.0, 1.0, 0.0, 1.0, 1.0, -1.5, 1.5, 0.5, -2.0, 2.0, 0.5, -1.0, 2.0, -2.0, 0.0, -2.0, 1.0, 1.0, -2.0, -1.0, 1.5, -1.0], [0.5, 0.0, 1.5, 1.0, 1.5, -2.0, 1.5, 0.0, -2.0, -2.0, 1.0, 1.5, -1.5, -1.0, -1.0, 2.0, -1.0, 0.5, 0.5, -0.5, 0.5, -1.5, 2.0, 2.0, -2.0, 0.0, -1.5, 0.0, -0.5, 1.5, 1.5, -1.0, 0.0, -0.5, 0.0, 2.0, 1.0, -2.0, 0.5, 1.0, -1.0, 1.0, -2.0, -2.0, 0.0, -0.5, 1.5, 1.5, 0.5, 0.0, -2.0, -1.5, -0.5, -0.5, -0.5, 0.0, 0.5, -0.5, 0.5, -2.0, 2.0, 0.0, -0.5, -0.5, -0.5, -1.0, 0.5], [1.5, 1.5, -1.5, 1.0, 1.0, 0.0, 1.0, 1.5, -2.0, 0.0, -2.0, 2.0, 0.0, -1.0, -2.0, -1.5, -1.0, 1.5, 2.0, -1.0, -0.5, 1.5, -2.0, 0.5, 0.5, 0.0, 1.5, -2.0, -1.0, 1.5, -1.0, -2.0, 0.0, 2.0, 1.5, 1.5, -1.0, -1.0, -1.5, -1.5, -1.0, 1.5, 1.0, 0.0, 0.0, -1.5, 0.0, 0.0, 1.0, -1.0, 1.5, -0.5, -2.0, 0.5, 0.5, 2.0, 0.0, 1.5, -1.0, -1.5, 0.5, 0.0, 1.5, 0.0, 1.5, 2.0, 2.0]]> : tensor<9x67xf32>
  %a1 = dlc.constant dense<[[0], [8], [4], [3], [8]]> : tensor<5x1xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<9x67xf32>, tensor<5x1xsi64>
  %want0 = dlc.constant dense<[[-1.5, -2.0, -1.0, -1.5, 1.0, 2.0, -0.5, -0.5, 0.0, -1.0, -1.5, -2.0, 0.5, 1.5, 0.0, 1.0, -1.5, 0.0, 1.0, 0.5, -2.0, -2.0, 2.0, -1.0, -1.0, 0.5, 1.0, 2.0, 1.0, 1.5, 2.0, 0.5, 0.5, 0.0, -1.5, -2.0, -1.5, 2.0, -1.0, -2.0, -1.5, -1.5, -0.5, 1.0, 1.5, 1.5, 2.0, 1.5, -1.0, 0.0, 0.5, -1.5, 1.0, -2.0, -1.0, 1.5, -1.0, 2.0, 1.5, -1.0, 2.0, 1.5, 2.0, -0.5, 2.0, -1.0, -0.5], [1.5, 1.5, -1.5, 1.0, 1.0, 0.0, 1.0, 1.5, -2.0, 0.0, -2.0, 2.0, 0.0, -1.0, -2.0, -1.5, -1.0, 1.5, 2.0, -1.0, -0.5, 1.5, -2.0, 0.5, 0.5, 0.0, 1.5, -2.0, -1.0, 1.5, -1.0, -2.0, 0.0, 2.0, 1.5, 1.5, -1.0, -1.0, -1.5, -1.5, -1.0, 1.5, 1.0, 0.0, 0.0, -1.5, 0.0, 0.0, 1.0, -1.0, 1.5, -0.5, -2.0, 0.5, 0.5, 2.0, 0.0, 1.5, -1.0, -1.5, 0.5, 0.0, 1.5, 0.0, 1.5, 2.0, 2.0], [2.0, 0.0, 1.0, 2.0, 2.0, -1.0, -0.5, 1.0, -0.5, -1.0, 0.5, 2.0, 0.0, -0.5, 1.0, 0.0, -1.0, 1.5, 0.5, 1.0, 1.5, -2.0, 1.5, -1.5, -2.0, 2.0, -1.0, -2.0, 1.0, -1.0, -0.5, 2.0, 0.5, -2.0, 1.0, -1.5, -1.0, -1.5, 2.0, -2.0, 0.0, 0.0, 0.0, 0.5, -2.0, -1.0, 0.5, -2.0, 1.5, 1.5, 0.0, 1.5, -0.5, 0.5, 0.0, -1.5, -1.5, 0.0, -2.0, 0.5, -1.0, -0.5, 2.0, 1.5, 0.0, -0.5, 1.5], [-1.0, -0.5, 0.5, -2.0, -2.0, 0.5, 1.0, -2.0, 2.0, -0.5, 2.0, -1.5, 2.0, 0.5, 1.5, 1.5, -1.5, -1.5, 2.0, -0.5, -1.5, 0.5, 1.5, -1.0, 1.5, -2.0, 0.5, -0.5, 0.0, 0.5, -1.5, -2.0, 0.0, 2.0, -1.0, 0.5, -1.5, -0.5, -1.5, -1.5, 1.5, 2.0, 2.0, 1.0, -1.5, 2.0, -2.0, -1.0, -1.0, 1.0, -1.5, 2.0, -1.5, 1.5, 0.5, -1.0, -0.5, -1.5, -0.5, 1.0, -1.5, 2.0, 0.5, -0.5, -1.0, 1.0, -0.5], [1.5, 1.5, -1.5, 1.0, 1.0, 0.0, 1.0, 1.5, -2.0, 0.0, -2.0, 2.0, 0.0, -1.0, -2.0, -1.5, -1.0, 1.5, 2.0, -1.0, -0.5, 1.5, -2.0, 0.5, 0.5, 0.0, 1.5, -2.0, -1.0, 1.5, -1.0, -2.0, 0.0, 2.0, 1.5, 1.5, -1.0, -1.0, -1.5, -1.5, -1.0, 1.5, 1.0, 0.0, 0.0, -1.5, 0.0, 0.0, 1.0, -1.0, 1.5, -0.5, -2.0, 0.5, 0.5, 2.0, 0.0, 1.5, -1.0, -1.5, 0.5, 0.0, 1.5, 0.0, 1.5, 2.0, 2.0]]> : tensor<5x67xf32>
  check.expect_equal %y0, %want0 : tensor<5x67xf32>
  return
}

// the rows of i index x after 0 shared dimensions
func.func @whole_index() {
  %a0 = dlc.constant dense<-1.5> : tensor<1xf32>
  %a1 = dlc.constant dense<0> : tensor<1x1xsi64>
  %y0 = dlc.gather_nd %a0, %a1 batch 0 : tensor<1xf32>, tensor<1x1xsi64>
  %want0 = dlc.constant dense<-1.5> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  return
}
