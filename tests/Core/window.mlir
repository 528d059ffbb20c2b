// RUN: dlc-opt %s --run
// RUN: dlc-opt %s --test-permuted --run
// Values of window_sum and window_max (with the place of the maximum) against loops in NumPy.

// window_sum(x), window_max(x)
func.func @one_dimension() {
  %x = dlc.constant dense<[[[0.0, -2.0, 0.0, 2.0, 3.0, 2.0], [0.0, -4.0, -3.0, 2.0, 1.0, 3.0]]]> : tensor<1x2x6xf32>
  %s = dlc.window_sum %x dims [2] window [3] strides [1] lo [0] hi [0] dilation [1] : tensor<1x2x6xf32>
  %m, %p = dlc.window_max %x dims [2] window [3] strides [1] lo [0] hi [0] dilation [1] : tensor<1x2x6xf32>
  %want0 = dlc.constant dense<[[[-2.0, 0.0, 5.0, 7.0], [-7.0, -5.0, 0.0, 6.0]]]> : tensor<1x2x4xf32>
  check.expect_close %s, %want0 : tensor<1x2x4xf32>
  %want1 = dlc.constant dense<[[[0.0, 2.0, 3.0, 3.0], [0.0, 2.0, 2.0, 3.0]]]> : tensor<1x2x4xf32>
  check.expect_equal %m, %want1 : tensor<1x2x4xf32>
  %want2 = dlc.constant dense<[[[0, 2, 2, 1], [0, 2, 1, 2]]]> : tensor<1x2x4xsi32>
  check.expect_equal %p, %want2 : tensor<1x2x4xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @two_dimensions_strided() {
  %x = dlc.constant dense<[[[[0.0, 0.0, -2.0, -4.0], [-3.0, 2.0, 1.0, -2.0], [-1.0, 1.0, -1.0, -1.0], [-2.0, 1.0, 4.0, -2.0], [-2.0, 0.0, -3.0, 0.0]]]]> : tensor<1x1x5x4xf32>
  %s = dlc.window_sum %x dims [2, 3] window [2, 2] strides [2, 2] lo [0, 0] hi [0, 0] dilation [1, 1] : tensor<1x1x5x4xf32>
  %m, %p = dlc.window_max %x dims [2, 3] window [2, 2] strides [2, 2] lo [0, 0] hi [0, 0] dilation [1, 1] : tensor<1x1x5x4xf32>
  %want0 = dlc.constant dense<[[[[-1.0, -7.0], [-1.0, 0.0]]]]> : tensor<1x1x2x2xf32>
  check.expect_close %s, %want0 : tensor<1x1x2x2xf32>
  %want1 = dlc.constant dense<[[[[2.0, 1.0], [1.0, 4.0]]]]> : tensor<1x1x2x2xf32>
  check.expect_equal %m, %want1 : tensor<1x1x2x2xf32>
  %want2 = dlc.constant dense<[[[[3, 2], [1, 2]]]]> : tensor<1x1x2x2xsi32>
  check.expect_equal %p, %want2 : tensor<1x1x2x2xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @asymmetric_padding() {
  %x = dlc.constant dense<[[[[3.0, 1.0, -3.0], [-3.0, -4.0, 4.0], [-1.0, -2.0, 3.0]]]]> : tensor<1x1x3x3xf32>
  %s = dlc.window_sum %x dims [2, 3] window [2, 3] strides [1, 2] lo [1, 0] hi [0, 2] dilation [1, 1] : tensor<1x1x3x3xf32>
  %m, %p = dlc.window_max %x dims [2, 3] window [2, 3] strides [1, 2] lo [1, 0] hi [0, 2] dilation [1, 1] : tensor<1x1x3x3xf32>
  %want0 = dlc.constant dense<[[[[1.0, -3.0], [-2.0, 1.0], [-3.0, 7.0]]]]> : tensor<1x1x3x2xf32>
  check.expect_close %s, %want0 : tensor<1x1x3x2xf32>
  %want1 = dlc.constant dense<[[[[3.0, -3.0], [4.0, 4.0], [4.0, 4.0]]]]> : tensor<1x1x3x2xf32>
  check.expect_equal %m, %want1 : tensor<1x1x3x2xf32>
  %want2 = dlc.constant dense<[[[[3, 3], [5, 3], [2, 0]]]]> : tensor<1x1x3x2xsi32>
  check.expect_equal %p, %want2 : tensor<1x1x3x2xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @dilation() {
  %x = dlc.constant dense<[-2.0, -2.0, -2.0, -1.0, -4.0, 1.0, -1.0]> : tensor<7xf32>
  %s = dlc.window_sum %x dims [0] window [3] strides [2] lo [1] hi [1] dilation [2] : tensor<7xf32>
  %m, %p = dlc.window_max %x dims [0] window [3] strides [2] lo [1] hi [1] dilation [2] : tensor<7xf32>
  %want0 = dlc.constant dense<[-3.0, -2.0, 0.0]> : tensor<3xf32>
  check.expect_close %s, %want0 : tensor<3xf32>
  %want1 = dlc.constant dense<[-1.0, 1.0, 1.0]> : tensor<3xf32>
  check.expect_equal %m, %want1 : tensor<3xf32>
  %want2 = dlc.constant dense<[2, 2, 1]> : tensor<3xsi32>
  check.expect_equal %p, %want2 : tensor<3xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @channels_last() {
  %x = dlc.constant dense<[[[[4.0, 2.0], [-1.0, 2.0], [3.0, -3.0]], [[-3.0, -3.0], [-4.0, -2.0], [3.0, 2.0]], [[-1.0, 0.0], [2.0, 4.0], [-2.0, 1.0]]]]> : tensor<1x3x3x2xf32>
  %s = dlc.window_sum %x dims [1, 2] window [2, 2] strides [1, 1] lo [1, 0] hi [0, 0] dilation [1, 1] : tensor<1x3x3x2xf32>
  %m, %p = dlc.window_max %x dims [1, 2] window [2, 2] strides [1, 1] lo [1, 0] hi [0, 0] dilation [1, 1] : tensor<1x3x3x2xf32>
  %want0 = dlc.constant dense<[[[[3.0, 4.0], [2.0, -1.0]], [[-4.0, -1.0], [1.0, -1.0]], [[-6.0, -1.0], [-1.0, 5.0]]]]> : tensor<1x3x2x2xf32>
  check.expect_close %s, %want0 : tensor<1x3x2x2xf32>
  %want1 = dlc.constant dense<[[[[4.0, 2.0], [3.0, 2.0]], [[4.0, 2.0], [3.0, 2.0]], [[2.0, 4.0], [3.0, 4.0]]]]> : tensor<1x3x2x2xf32>
  check.expect_equal %m, %want1 : tensor<1x3x2x2xf32>
  %want2 = dlc.constant dense<[[[[2, 2], [3, 2]], [[0, 0], [1, 0]], [[3, 3], [1, 2]]]]> : tensor<1x3x2x2xsi32>
  check.expect_equal %p, %want2 : tensor<1x3x2x2xsi32>
  return
}

// the place counts in the order of dims
func.func @dimensions_in_any_order() {
  %x = dlc.constant dense<[[1.0, 1.0, 3.0, 2.0], [-1.0, 2.0, -4.0, -1.0], [-3.0, -2.0, 4.0, -1.0]]> : tensor<3x4xf32>
  %s = dlc.window_sum %x dims [1, 0] window [3, 2] strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] : tensor<3x4xf32>
  %m, %p = dlc.window_max %x dims [1, 0] window [3, 2] strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] : tensor<3x4xf32>
  %want0 = dlc.constant dense<[[2.0, 3.0], [-4.0, -2.0]]> : tensor<2x2xf32>
  check.expect_close %s, %want0 : tensor<2x2xf32>
  %want1 = dlc.constant dense<[[3.0, 3.0], [4.0, 4.0]]> : tensor<2x2xf32>
  check.expect_equal %m, %want1 : tensor<2x2xf32>
  %want2 = dlc.constant dense<[[4, 2], [5, 3]]> : tensor<2x2xsi32>
  check.expect_equal %p, %want2 : tensor<2x2xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @window_of_one() {
  %x = dlc.constant dense<[[-4.0, 0.0, -4.0], [-3.0, -1.0, -1.0]]> : tensor<2x3xf32>
  %s = dlc.window_sum %x dims [1] window [1] strides [1] lo [0] hi [0] dilation [1] : tensor<2x3xf32>
  %m, %p = dlc.window_max %x dims [1] window [1] strides [1] lo [0] hi [0] dilation [1] : tensor<2x3xf32>
  %want0 = dlc.constant dense<[[-4.0, 0.0, -4.0], [-3.0, -1.0, -1.0]]> : tensor<2x3xf32>
  check.expect_close %s, %want0 : tensor<2x3xf32>
  %want1 = dlc.constant dense<[[-4.0, 0.0, -4.0], [-3.0, -1.0, -1.0]]> : tensor<2x3xf32>
  check.expect_equal %m, %want1 : tensor<2x3xf32>
  %want2 = dlc.constant dense<0> : tensor<2x3xsi32>
  check.expect_equal %p, %want2 : tensor<2x3xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @rank_six() {
  %x = dlc.constant dense<[[[[[[-2.0, 1.0], [0.0, -3.0], [3.0, -3.0]], [[-1.0, -3.0], [4.0, -2.0], [3.0, 4.0]]]], [[[[-3.0, -4.0], [-4.0, -3.0], [-1.0, -3.0]], [[4.0, 0.0], [3.0, -4.0], [-3.0, 0.0]]]]]]> : tensor<1x2x1x2x3x2xf32>
  %s = dlc.window_sum %x dims [1, 4] window [2, 2] strides [1, 1] lo [0, 1] hi [0, 0] dilation [1, 1] : tensor<1x2x1x2x3x2xf32>
  %m, %p = dlc.window_max %x dims [1, 4] window [2, 2] strides [1, 1] lo [0, 1] hi [0, 0] dilation [1, 1] : tensor<1x2x1x2x3x2xf32>
  %want0 = dlc.constant dense<[[[[[[-5.0, -3.0], [-9.0, -9.0], [-2.0, -12.0]], [[3.0, -3.0], [10.0, -9.0], [7.0, -2.0]]]]]]> : tensor<1x1x1x2x3x2xf32>
  check.expect_close %s, %want0 : tensor<1x1x1x2x3x2xf32>
  %want1 = dlc.constant dense<[[[[[[-2.0, 1.0], [0.0, 1.0], [3.0, -3.0]], [[4.0, 0.0], [4.0, 0.0], [4.0, 4.0]]]]]]> : tensor<1x1x1x2x3x2xf32>
  check.expect_equal %m, %want1 : tensor<1x1x1x2x3x2xf32>
  %want2 = dlc.constant dense<[[[[[[1, 1], [1, 0], [1, 0]], [[3, 3], [1, 2], [0, 1]]]]]]> : tensor<1x1x1x2x3x2xsi32>
  check.expect_equal %p, %want2 : tensor<1x1x1x2x3x2xsi32>
  return
}

// padding is no place, though its value may be as large
func.func @equal_elements_take_the_first_place() {
  %x = dlc.constant dense<0.0> : tensor<4xf32>
  %s = dlc.window_sum %x dims [0] window [3] strides [1] lo [1] hi [1] dilation [1] : tensor<4xf32>
  %m, %p = dlc.window_max %x dims [0] window [3] strides [1] lo [1] hi [1] dilation [1] : tensor<4xf32>
  %want0 = dlc.constant dense<0.0> : tensor<4xf32>
  check.expect_close %s, %want0 : tensor<4xf32>
  %want1 = dlc.constant dense<0.0> : tensor<4xf32>
  check.expect_equal %m, %want1 : tensor<4xf32>
  %want2 = dlc.constant dense<[1, 0, 0, 0]> : tensor<4xsi32>
  check.expect_equal %p, %want2 : tensor<4xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @minus_infinity_has_a_place_too() {
  %x = dlc.constant dense<0xFF800000> : tensor<3xf32>
  %s = dlc.window_sum %x dims [0] window [2] strides [1] lo [1] hi [0] dilation [1] : tensor<3xf32>
  %m, %p = dlc.window_max %x dims [0] window [2] strides [1] lo [1] hi [0] dilation [1] : tensor<3xf32>
  %want0 = dlc.constant dense<0xFF800000> : tensor<3xf32>
  check.expect_close %s, %want0 : tensor<3xf32>
  %want1 = dlc.constant dense<0xFF800000> : tensor<3xf32>
  check.expect_equal %m, %want1 : tensor<3xf32>
  %want2 = dlc.constant dense<[1, 0, 0]> : tensor<3xsi32>
  check.expect_equal %p, %want2 : tensor<3xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @unsigned_zero_has_a_place_too() {
  %x = dlc.constant dense<0> : tensor<3xui8>
  %s = dlc.window_sum %x dims [0] window [2] strides [1] lo [1] hi [0] dilation [1] : tensor<3xui8>
  %m, %p = dlc.window_max %x dims [0] window [2] strides [1] lo [1] hi [0] dilation [1] : tensor<3xui8>
  %want0 = dlc.constant dense<0> : tensor<3xui8>
  check.expect_equal %s, %want0 : tensor<3xui8>
  %want1 = dlc.constant dense<0> : tensor<3xui8>
  check.expect_equal %m, %want1 : tensor<3xui8>
  %want2 = dlc.constant dense<[1, 0, 0]> : tensor<3xsi32>
  check.expect_equal %p, %want2 : tensor<3xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @signed_integers() {
  %x = dlc.constant dense<[-8, -8, -9, -7, -3]> : tensor<5xsi8>
  %s = dlc.window_sum %x dims [0] window [2] strides [1] lo [1] hi [1] dilation [1] : tensor<5xsi8>
  %m, %p = dlc.window_max %x dims [0] window [2] strides [1] lo [1] hi [1] dilation [1] : tensor<5xsi8>
  %want0 = dlc.constant dense<[-8, -16, -17, -16, -10, -3]> : tensor<6xsi8>
  check.expect_equal %s, %want0 : tensor<6xsi8>
  %want1 = dlc.constant dense<[-8, -8, -8, -7, -3, -3]> : tensor<6xsi8>
  check.expect_equal %m, %want1 : tensor<6xsi8>
  %want2 = dlc.constant dense<[1, 0, 0, 1, 1, 0]> : tensor<6xsi32>
  check.expect_equal %p, %want2 : tensor<6xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @nan_wins_at_its_first_place() {
  %x = dlc.constant dense<[1.0, 0x7FC00000, 3.0, 0x7FC00000, 0.0, 5.0]> : tensor<6xf32>
  %m, %p = dlc.window_max %x dims [0] window [3] strides [1] lo [0] hi [0] dilation [1] : tensor<6xf32>
  %want0 = dlc.constant dense<[0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7FC00000]> : tensor<4xf32>
  check.expect_equal %m, %want0 : tensor<4xf32>
  %want1 = dlc.constant dense<[1, 0, 1, 0]> : tensor<4xsi32>
  check.expect_equal %p, %want1 : tensor<4xsi32>
  return
}

// window_sum(x), window_max(x)
func.func @empty_batch() {
  %x = dlc.constant dense<> : tensor<0x3xf32>
  %s = dlc.window_sum %x dims [1] window [2] strides [1] lo [0] hi [0] dilation [1] : tensor<0x3xf32>
  %m, %p = dlc.window_max %x dims [1] window [2] strides [1] lo [0] hi [0] dilation [1] : tensor<0x3xf32>
  %want0 = dlc.constant dense<> : tensor<0x2xf32>
  check.expect_close %s, %want0 : tensor<0x2xf32>
  %want1 = dlc.constant dense<> : tensor<0x2xf32>
  check.expect_equal %m, %want1 : tensor<0x2xf32>
  %want2 = dlc.constant dense<> : tensor<0x2xsi32>
  check.expect_equal %p, %want2 : tensor<0x2xsi32>
  return
}
