// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of take_along against NumPy, on every element type and on edge shapes.

// np.take_along_axis(x, i, 1)
func.func @columns_of_f64() {
  %a0 = dlc.constant dense<[[2.0, 0.5, 1.0, 2.0, 0.5], [1.0, 1.5, -1.0, -2.0, -1.0], [-1.0, 1.5, 2.0, -2.0, 0.0]]> : tensor<3x5xf64>
  %a1 = dlc.constant dense<[[4, 0, 3, 0, 2, 4, 1], [1, 1, 3, 1, 4, 2, 2], [2, 2, 2, 2, 4, 4, 3]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xf64>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[0.5, 2.0, 2.0, 2.0, 1.0, 0.5, 0.5], [1.5, 1.5, -2.0, 1.5, -1.0, -1.0, -1.0], [2.0, 2.0, 2.0, 2.0, 0.0, 0.0, -2.0]]> : tensor<3x7xf64>
  check.expect_equal %y0, %want0 : tensor<3x7xf64>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_f32() {
  %a0 = dlc.constant dense<[[1.0, 0.5, -0.5, 2.0, 0.0], [-1.5, 1.5, -1.5, 1.5, 0.5], [-1.5, -2.0, 0.0, -2.0, -1.5]]> : tensor<3x5xf32>
  %a1 = dlc.constant dense<[[2, 4, 2, 4, 4, 4, 3], [2, 2, 1, 2, 1, 1, 4], [0, 0, 0, 4, 3, 4, 1]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xf32>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[-0.5, 0.0, -0.5, 0.0, 0.0, 0.0, 2.0], [-1.5, -1.5, 1.5, -1.5, 1.5, 1.5, 0.5], [-1.5, -1.5, -1.5, -1.5, -2.0, -1.5, -2.0]]> : tensor<3x7xf32>
  check.expect_equal %y0, %want0 : tensor<3x7xf32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_f16() {
  %a0 = dlc.constant dense<[[1.0, -0.5, 0.0, -2.0, 0.5], [1.5, 0.5, -1.5, 0.0, -1.0], [2.0, 1.5, -1.5, 0.0, 2.0]]> : tensor<3x5xf16>
  %a1 = dlc.constant dense<[[4, 3, 3, 0, 3, 2, 0], [1, 2, 3, 2, 3, 4, 3], [1, 3, 2, 0, 0, 3, 1]]> : tensor<3x7xsi32>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xf16>, tensor<3x7xsi32>
  %want0 = dlc.constant dense<[[0.5, -2.0, -2.0, 1.0, -2.0, 0.0, 1.0], [0.5, -1.5, 0.0, -1.5, 0.0, -1.0, 0.0], [1.5, 0.0, -1.5, 2.0, 2.0, 0.0, 1.5]]> : tensor<3x7xf16>
  check.expect_equal %y0, %want0 : tensor<3x7xf16>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_bf16() {
  %a0 = dlc.constant dense<[[0.5, -1.0, -1.0, -1.5, -0.5], [1.5, -0.5, -0.5, 0.5, 2.0], [-0.5, 0.5, -0.5, 0.5, 0.0]]> : tensor<3x5xbf16>
  %a1 = dlc.constant dense<[[3, 2, 3, 4, 0, 2, 2], [1, 1, 0, 2, 4, 0, 2], [4, 4, 1, 0, 3, 0, 1]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xbf16>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[-1.5, -1.0, -1.5, -0.5, 0.5, -1.0, -1.0], [-0.5, -0.5, 1.5, -0.5, 2.0, 1.5, -0.5], [0.0, 0.0, 0.5, -0.5, 0.5, -0.5, 0.5]]> : tensor<3x7xbf16>
  check.expect_equal %y0, %want0 : tensor<3x7xbf16>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_si8() {
  %a0 = dlc.constant dense<[[0, 3, -4, 1, 0], [-3, 3, 3, 0, 4], [1, 4, 4, 1, -2]]> : tensor<3x5xsi8>
  %a1 = dlc.constant dense<[[0, 2, 0, 3, 4, 1, 2], [0, 0, 1, 4, 4, 3, 2], [2, 0, 1, 4, 2, 1, 1]]> : tensor<3x7xsi32>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xsi8>, tensor<3x7xsi32>
  %want0 = dlc.constant dense<[[0, -4, 0, 1, 0, 3, -4], [-3, -3, 3, 4, 4, 0, 3], [4, 1, 4, -2, 4, 4, 4]]> : tensor<3x7xsi8>
  check.expect_equal %y0, %want0 : tensor<3x7xsi8>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_si16() {
  %a0 = dlc.constant dense<[[2, -4, 4, 3, 1], [0, 2, 0, 0, -2], [0, 2, -4, -4, 2]]> : tensor<3x5xsi16>
  %a1 = dlc.constant dense<[[1, 4, 0, 4, 0, 2, 4], [0, 3, 3, 2, 0, 2, 2], [4, 3, 1, 0, 2, 1, 3]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xsi16>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[-4, 1, 2, 1, 2, 4, 1], [0, 0, 0, 0, 0, 0, 0], [2, -4, 2, 0, -4, 2, -4]]> : tensor<3x7xsi16>
  check.expect_equal %y0, %want0 : tensor<3x7xsi16>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_si32() {
  %a0 = dlc.constant dense<[[3, -1, 4, 0, 0], [2, 3, 4, 4, -3], [-1, 4, -2, -4, 1]]> : tensor<3x5xsi32>
  %a1 = dlc.constant dense<[[3, 3, 4, 3, 0, 4, 2], [4, 4, 4, 0, 4, 3, 2], [3, 4, 2, 0, 3, 1, 1]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xsi32>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[0, 0, 0, 0, 3, 0, 4], [-3, -3, -3, 2, -3, 4, 4], [-4, 1, -2, -1, -4, 4, 4]]> : tensor<3x7xsi32>
  check.expect_equal %y0, %want0 : tensor<3x7xsi32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_si64() {
  %a0 = dlc.constant dense<[[-3, -3, 4, -1, -4], [-3, -1, -1, -2, 4], [3, 1, 4, -1, -3]]> : tensor<3x5xsi64>
  %a1 = dlc.constant dense<[[1, 0, 4, 1, 2, 1, 4], [0, 2, 4, 2, 4, 4, 3], [3, 2, 2, 4, 2, 4, 4]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xsi64>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[-3, -3, -4, -3, 4, -3, -4], [-3, -1, 4, -1, 4, 4, -2], [-1, 4, 4, -3, 4, -3, -3]]> : tensor<3x7xsi64>
  check.expect_equal %y0, %want0 : tensor<3x7xsi64>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_ui8() {
  %a0 = dlc.constant dense<[[1, 2, 3, 4, 0], [0, 1, 2, 0, 2], [2, 4, 3, 1, 3]]> : tensor<3x5xui8>
  %a1 = dlc.constant dense<[[4, 3, 3, 1, 3, 0, 3], [4, 4, 1, 1, 3, 1, 3], [1, 0, 0, 2, 1, 1, 4]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xui8>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[0, 4, 4, 2, 4, 1, 4], [2, 2, 1, 1, 0, 1, 0], [4, 2, 2, 3, 4, 4, 3]]> : tensor<3x7xui8>
  check.expect_equal %y0, %want0 : tensor<3x7xui8>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_ui16() {
  %a0 = dlc.constant dense<[[4, 4, 2, 0, 3], [3, 4, 2, 0, 2], [2, 3, 1, 1, 0]]> : tensor<3x5xui16>
  %a1 = dlc.constant dense<[[4, 3, 2, 1, 3, 2, 3], [0, 0, 3, 0, 3, 2, 0], [3, 3, 4, 4, 3, 4, 0]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xui16>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[3, 0, 2, 4, 0, 2, 0], [3, 3, 0, 3, 0, 2, 3], [1, 1, 0, 0, 1, 0, 2]]> : tensor<3x7xui16>
  check.expect_equal %y0, %want0 : tensor<3x7xui16>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_ui32() {
  %a0 = dlc.constant dense<[[4, 4, 3, 4, 3], [4, 4, 2, 4, 4], [1, 0, 0, 0, 2]]> : tensor<3x5xui32>
  %a1 = dlc.constant dense<[[0, 1, 1, 3, 1, 4, 0], [4, 2, 1, 0, 1, 2, 0], [0, 0, 3, 0, 0, 2, 1]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xui32>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[4, 4, 4, 4, 4, 3, 4], [4, 2, 4, 4, 4, 2, 4], [1, 1, 0, 1, 1, 0, 0]]> : tensor<3x7xui32>
  check.expect_equal %y0, %want0 : tensor<3x7xui32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_ui64() {
  %a0 = dlc.constant dense<[[2, 4, 4, 2, 3], [4, 2, 3, 1, 3], [1, 0, 3, 2, 1]]> : tensor<3x5xui64>
  %a1 = dlc.constant dense<[[0, 1, 4, 2, 4, 4, 4], [0, 0, 2, 1, 4, 1, 0], [0, 1, 3, 0, 3, 1, 1]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xui64>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[2, 4, 3, 4, 3, 3, 3], [4, 4, 3, 2, 3, 2, 4], [1, 0, 2, 1, 2, 0, 0]]> : tensor<3x7xui64>
  check.expect_equal %y0, %want0 : tensor<3x7xui64>
  return
}

// np.take_along_axis(x, i, 1)
func.func @columns_of_i1() {
  %a0 = dlc.constant dense<[[true, true, false, true, false], [false, true, true, true, true], [false, false, true, true, false]]> : tensor<3x5xi1>
  %a1 = dlc.constant dense<[[3, 1, 3, 3, 0, 2, 3], [0, 3, 4, 4, 3, 4, 1], [1, 0, 3, 1, 4, 2, 4]]> : tensor<3x7xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xi1>, tensor<3x7xsi64>
  %want0 = dlc.constant dense<[[true, true, true, true, true, false, true], [false, true, true, true, true, true, true], [false, false, true, false, false, true, false]]> : tensor<3x7xi1>
  check.expect_equal %y0, %want0 : tensor<3x7xi1>
  return
}

// np.take_along_axis(x, i, 0)
func.func @rows() {
  %a0 = dlc.constant dense<[[-1.5, -1.5, -0.5], [-2.0, 0.0, 0.5], [0.5, -1.5, -1.5], [0.5, 0.5, 2.0], [2.0, -0.5, -1.5]]> : tensor<5x3xf32>
  %a1 = dlc.constant dense<[[1, 4, 2], [4, 3, 2]]> : tensor<2x3xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 0 : tensor<5x3xf32>, tensor<2x3xsi64>
  %want0 = dlc.constant dense<[[-2.0, -0.5, -1.5], [2.0, 0.5, -1.5]]> : tensor<2x3xf32>
  check.expect_equal %y0, %want0 : tensor<2x3xf32>
  return
}

// np.take_along_axis(x, i, 0)
func.func @rank_one() {
  %a0 = dlc.constant dense<-2.0> : tensor<1xf32>
  %a1 = dlc.constant dense<0> : tensor<4xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 0 : tensor<1xf32>, tensor<4xsi64>
  %want0 = dlc.constant dense<-2.0> : tensor<4xf32>
  check.expect_equal %y0, %want0 : tensor<4xf32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @none() {
  %a0 = dlc.constant dense<[[0.5, -0.5, 1.5, -1.5, -1.5], [0.5, 1.0, 1.5, 0.0, -0.5], [-1.0, -0.5, 0.5, 0.0, -1.0]]> : tensor<3x5xf32>
  %a1 = dlc.constant dense<> : tensor<3x0xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x5xf32>, tensor<3x0xsi64>
  %want0 = dlc.constant dense<> : tensor<3x0xf32>
  check.expect_equal %y0, %want0 : tensor<3x0xf32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @of_no_rows() {
  %a0 = dlc.constant dense<> : tensor<0x5xf32>
  %a1 = dlc.constant dense<> : tensor<0x2xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<0x5xf32>, tensor<0x2xsi64>
  %want0 = dlc.constant dense<> : tensor<0x2xf32>
  check.expect_equal %y0, %want0 : tensor<0x2xf32>
  return
}

// np.take_along_axis(x, i, 3)
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[-1.5, 1.0], [-1.0, -1.5]], [[-1.0, 1.5], [0.0, 0.5]], [[-2.0, -0.5], [1.0, 1.0]]]], [[[[0.5, 1.5], [-1.0, -1.5]], [[-2.0, -1.5], [1.0, 2.0]], [[-1.5, 0.0], [-1.5, 1.5]]]]]]> : tensor<1x2x1x3x2x2xf32>
  %a1 = dlc.constant dense<[[[[[[0, 1], [0, 2]], [[2, 2], [0, 2]], [[0, 2], [2, 1]], [[1, 2], [0, 0]]]], [[[[1, 0], [2, 2]], [[1, 0], [2, 1]], [[0, 1], [2, 0]], [[2, 1], [2, 2]]]]]]> : tensor<1x2x1x4x2x2xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 3 : tensor<1x2x1x3x2x2xf32>, tensor<1x2x1x4x2x2xsi64>
  %want0 = dlc.constant dense<[[[[[[-1.5, 1.5], [-1.0, 1.0]], [[-2.0, -0.5], [-1.0, 1.0]], [[-1.5, -0.5], [1.0, 0.5]], [[-1.0, -0.5], [-1.0, -1.5]]]], [[[[-2.0, 1.5], [-1.5, 1.5]], [[-2.0, 1.5], [-1.5, 2.0]], [[0.5, -1.5], [-1.5, -1.5]], [[-1.5, -1.5], [-1.5, 1.5]]]]]]> : tensor<1x2x1x4x2x2xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x4x2x2xf32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @middle() {
  %a0 = dlc.constant dense<[[[1.0, -0.5, -0.5, 1.0, -2.0, -1.0, 0.0, 2.0, 1.0, 1.5, -1.5, -1.0, -1.0, 1.0, 0.0, -1.5, 1.0], [0.5, 2.0, 0.5, -1.5, 1.5, -1.5, -2.0, 1.5, 0.0, 0.5, -1.5, 1.0, -0.5, 2.0, 0.5, 2.0, 1.5], [1.5, -2.0, 1.0, 0.5, -0.5, -1.0, 0.5, -1.5, -1.5, 1.5, 1.0, 0.5, 1.0, -1.0, 1.0, -1.5, 0.0]], [[-1.5, -0.5, -0.5, -0.5, 0.0, -2.0, -0.5, 1.5, -0.5, 0.0, -2.0, -0.5, 2.0, 0.0, -2.0, 1.0, 1.0], [-0.5, -2.0, 1.5, -1.0, 2.0, -0.5, -0.5, 1.5, -1.5, -2.0, 1.0, 2.0, 2.0, -1.5, -1.5, -0.5, 1.0], [2.0, 1.5, -0.5, 2.0, -1.0, -1.5, -0.5, -2.0, 1.0, 2.0, -2.0, -1.5, -1.5, -1.5, 0.0, 0.5, 2.0]]]> : tensor<2x3x17xf32>
  %a1 = dlc.constant dense<[[[1, 2, 2, 2, 0, 1, 2, 2, 0, 2, 2, 0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 1, 2, 0, 1, 2, 0, 2, 2, 0, 2, 0, 2, 1], [0, 0, 1, 2, 0, 1, 0, 1, 0, 2, 1, 2, 0, 0, 0, 1, 2], [1, 1, 2, 0, 0, 2, 2, 0, 0, 1, 2, 0, 2, 1, 2, 1, 1], [1, 2, 1, 2, 2, 0, 2, 1, 0, 0, 0, 1, 0, 1, 2, 2, 2]], [[0, 0, 2, 2, 2, 0, 2, 1, 1, 1, 1, 2, 2, 0, 2, 0, 1], [1, 2, 0, 1, 0, 2, 1, 2, 2, 0, 2, 2, 2, 2, 2, 2, 2], [0, 2, 2, 2, 2, 2, 1, 0, 0, 0, 0, 2, 2, 0, 1, 2, 2], [1, 2, 0, 2, 2, 1, 0, 0, 1, 0, 0, 0, 2, 1, 1, 1, 2], [0, 0, 1, 2, 1, 2, 2, 1, 2, 2, 0, 1, 0, 1, 0, 2, 0]]]> : tensor<2x5x17xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<2x3x17xf32>, tensor<2x5x17xsi64>
  %want0 = dlc.constant dense<[[[0.5, -2.0, 1.0, 0.5, -2.0, -1.5, 0.5, -1.5, 1.0, 1.5, 1.0, -1.0, -1.0, 1.0, 0.5, -1.5, 1.0], [1.0, -0.5, 0.5, 1.0, 1.5, -1.0, 0.0, 1.5, -1.5, 1.5, 1.0, 0.5, -1.0, -1.0, 0.0, -1.5, 1.5], [1.0, -0.5, 0.5, 0.5, -2.0, -1.5, 0.0, 1.5, 1.0, 1.5, -1.5, 0.5, -1.0, 1.0, 0.0, 2.0, 0.0], [0.5, 2.0, 1.0, 1.0, -2.0, -1.0, 0.5, 2.0, 1.0, 0.5, 1.0, -1.0, 1.0, 2.0, 1.0, 2.0, 1.5], [0.5, -2.0, 0.5, 0.5, -0.5, -1.0, 0.5, 1.5, 1.0, 1.5, -1.5, 1.0, -1.0, 2.0, 1.0, -1.5, 0.0]], [[-1.5, -0.5, -0.5, 2.0, -1.0, -2.0, -0.5, 1.5, -1.5, -2.0, 1.0, -1.5, -1.5, 0.0, 0.0, 1.0, 1.0], [-0.5, 1.5, -0.5, -1.0, 0.0, -1.5, -0.5, -2.0, 1.0, 0.0, -2.0, -1.5, -1.5, -1.5, 0.0, 0.5, 2.0], [-1.5, 1.5, -0.5, 2.0, -1.0, -1.5, -0.5, 1.5, -0.5, 0.0, -2.0, -1.5, -1.5, 0.0, -1.5, 0.5, 2.0], [-0.5, 1.5, -0.5, 2.0, -1.0, -0.5, -0.5, 1.5, -1.5, 0.0, -2.0, -0.5, -1.5, -1.5, -1.5, -0.5, 2.0], [-1.5, -0.5, 1.5, 2.0, 2.0, -1.5, -0.5, 1.5, 1.0, 2.0, -2.0, 2.0, 2.0, -1.5, -2.0, 0.5, 1.0]]]> : tensor<2x5x17xf32>
  check.expect_equal %y0, %want0 : tensor<2x5x17xf32>
  return
}

// np.take_along_axis(x, i, 1)
func.func @odd() {
  %a0 = dlc.constant dense<[[1.5, 1.0, -0.5, 0.0, 1.0, -0.5, -1.5, -2.0, 0.0, 0.0, 1.0, -1.5, -2.0, 1.0, 1.0, 1.5, -2.0, 0.5, 2.0, 1.0, 0.0, 0.0, -0.5, -2.0, 1.0, 0.0, 0.0, 2.0, 1.0, 2.0, -2.0, 2.0, 0.5, -0.5, 0.5, -2.0, 2.0, 0.5, -2.0, 2.0, 0.0, -1.5, 0.5, -2.0, 0.0, 1.0, -2.0, 1.5, 0.5, -1.0, -1.5, -2.0, -1.5, -1.0, 1.5, 0.0, -1.5, 1.0, 0.0, 1.5, 1.0, 2.0, 1.0, -2.0, 0.0, -0.5, 1.5], [-1.5, 0.0, 1.5, 0.5, -2.0, 1.5, -0.5, 1.0, 0.5, 0.5, -0.5, -0.5, -2.0, 0.5, -1.0, -0.5, -1.5, 1.0, 2.0, -0.5, -0.5, 0.0, -2.0, 1.0, 1.5, 0.0, -2.0, -0.5, -1.5, 1.5, 1.5, -0.5, -0.5, 1.5, -2.0, 1.5, 2.0, 0.0, 1.0, 1.0, 2.0, -2.0, 1.0, -0.5, 1.5, 1.5, -1.0, 0.5, 0.0, 0.5, 1.5, 0.5, 1.0, 1.0, -1.0, 0.5, -0.5, -0.5, -1.5, -1.5, -0.5, -1.0, 0.5, -1.0, -1.0, -0.5, 0.5], [2.0, 0.0, -0.5, -1.0, 0.0, 2.0, -0.5, -1.0, 0.5, 1.0, 2.0, -1.0, 2.0, 1.5, -0.5, -0.5, -1.0, -1.0, 1.5, -1.0, 0.0, 2.0, 1.0, -1.5, -2.0, -1.0, 1.5, -1.0, -1.0, 0.0, 0.0, -2.0, -1.5, 2.0, -0.5, -1.0, 1.5, 0.0, 1.5, -1.5, 0.0, 1.5, 1.0, 1.0, 0.0, 1.5, -0.5, 0.5, 0.0, -1.0, -1.5, 0.0, -1.0, 0.0, 1.0, 1.5, 1.0, 0.0, -2.0, -1.5, 1.0, 0.5, 1.5, 0.0, 0.0, -1.0, -2.0]]> : tensor<3x67xf32>
  %a1 = dlc.constant dense<[[9, 45, 38, 16, 24, 43, 25, 25, 18, 42, 59, 17, 19, 31, 12, 35, 59, 42, 11, 13, 5, 64, 23, 19, 57, 20, 15, 17, 26, 4, 42, 28, 65, 51, 25], [47, 54, 13, 10, 9, 3, 21, 53, 51, 25, 32, 51, 61, 18, 43, 39, 41, 53, 51, 26, 50, 3, 23, 14, 17, 60, 29, 4, 32, 4, 9, 25, 29, 15, 42], [33, 9, 55, 9, 24, 11, 63, 18, 58, 64, 14, 1, 0, 12, 26, 11, 64, 31, 56, 1, 8, 30, 10, 10, 1, 18, 51, 53, 34, 12, 30, 41, 9, 27, 55]]> : tensor<3x35xsi64>
  %y0 = dlc.take_along %a0, %a1 axis 1 : tensor<3x67xf32>, tensor<3x35xsi64>
  %want0 = dlc.constant dense<[[0.0, 1.0, -2.0, -2.0, 1.0, -2.0, 0.0, 0.0, 2.0, 0.5, 1.5, 0.5, 1.0, 2.0, -2.0, -2.0, 1.5, 0.5, -1.5, 1.0, -0.5, 0.0, -2.0, 1.0, 1.0, 0.0, 1.5, 0.5, 0.0, 1.0, 0.5, 1.0, -0.5, -2.0, 0.0], [0.5, -1.0, 0.5, -0.5, 0.5, 0.5, 0.0, 1.0, 0.5, 0.0, -0.5, 0.5, -1.0, 2.0, -0.5, 1.0, -2.0, 1.0, 0.5, -2.0, 1.5, 0.5, 1.0, -1.0, 1.0, -0.5, 1.5, -2.0, -0.5, -2.0, 0.5, 0.0, 1.5, -0.5, 1.0], [2.0, 1.0, 1.5, 1.0, -2.0, -1.0, 0.0, 1.5, -2.0, 0.0, -0.5, 0.0, 2.0, 2.0, 1.5, -1.0, 0.0, -2.0, 1.0, 0.0, 0.5, 0.0, 2.0, 2.0, 0.0, 1.5, 0.0, 0.0, -0.5, 2.0, 0.0, 1.5, 1.0, -1.0, 1.5]]> : tensor<3x35xf32>
  check.expect_equal %y0, %want0 : tensor<3x35xf32>
  return
}
