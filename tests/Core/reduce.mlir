// RUN: dlc-opt %s --run
// RUN: dlc-opt %s --test-permuted --run
// Values of reduce and arg_reduce against NumPy.

// x.sum(axis=(0, 2))
func.func @sum_over_outer_and_inner() {
  %x = dlc.constant dense<[[[0.5, 1.59, 1.1, -1.1], [-0.8, 1.49, -1.98, 1.28], [1.19, -0.13, -0.79, -0.89]], [[-0.98, -0.22, 0.02, 0.21], [1.98, 1.17, 0.49, 1.96], [-1.14, -1.36, 0.45, -1.82]]]> : tensor<2x3x4xf32>
  %y = dlc.reduce sum %x dims [2, 0] : tensor<2x3x4xf32>
  %want = dlc.constant dense<[1.1200001, 5.59, -4.49]> : tensor<3xf32>
  check.expect_close %y, %want : tensor<3xf32>
  return
}

// x.prod(axis=(0, 2))
func.func @prod_over_outer_and_inner() {
  %x = dlc.constant dense<[[[0.5, 1.59, 1.1, -1.1], [-0.8, 1.49, -1.98, 1.28], [1.19, -0.13, -0.79, -0.89]], [[-0.98, -0.22, 0.02, 0.21], [1.98, 1.17, 0.49, 1.96], [-1.14, -1.36, 0.45, -1.82]]]> : tensor<2x3x4xf32>
  %y = dlc.reduce prod %x dims [2, 0] : tensor<2x3x4xf32>
  %want = dlc.constant dense<[-0.000871065, 6.721321, 0.13811316]> : tensor<3xf32>
  check.expect_close %y, %want : tensor<3xf32>
  return
}

// x.max(axis=(0, 2))
func.func @max_over_outer_and_inner() {
  %x = dlc.constant dense<[[[0.5, 1.59, 1.1, -1.1], [-0.8, 1.49, -1.98, 1.28], [1.19, -0.13, -0.79, -0.89]], [[-0.98, -0.22, 0.02, 0.21], [1.98, 1.17, 0.49, 1.96], [-1.14, -1.36, 0.45, -1.82]]]> : tensor<2x3x4xf32>
  %y = dlc.reduce max %x dims [2, 0] : tensor<2x3x4xf32>
  %want = dlc.constant dense<[1.59, 1.98, 1.19]> : tensor<3xf32>
  check.expect_close %y, %want : tensor<3xf32>
  return
}

// x.min(axis=(0, 2))
func.func @min_over_outer_and_inner() {
  %x = dlc.constant dense<[[[0.5, 1.59, 1.1, -1.1], [-0.8, 1.49, -1.98, 1.28], [1.19, -0.13, -0.79, -0.89]], [[-0.98, -0.22, 0.02, 0.21], [1.98, 1.17, 0.49, 1.96], [-1.14, -1.36, 0.45, -1.82]]]> : tensor<2x3x4xf32>
  %y = dlc.reduce min %x dims [2, 0] : tensor<2x3x4xf32>
  %want = dlc.constant dense<[-1.1, -1.98, -1.82]> : tensor<3xf32>
  check.expect_close %y, %want : tensor<3xf32>
  return
}

// x.sum(axis=())
func.func @sum_over_nothing_is_the_operand() {
  %x = dlc.constant dense<[[0.5, 1.59, 1.1, -1.1], [-0.8, 1.49, -1.98, 1.28], [1.19, -0.13, -0.79, -0.89]]> : tensor<3x4xf32>
  %y = dlc.reduce sum %x dims [] : tensor<3x4xf32>
  %want = dlc.constant dense<[[0.5, 1.59, 1.1, -1.1], [-0.8, 1.49, -1.98, 1.28], [1.19, -0.13, -0.79, -0.89]]> : tensor<3x4xf32>
  check.expect_equal %y, %want : tensor<3x4xf32>
  return
}

// x.sum()
func.func @sum_over_everything() {
  %x = dlc.constant dense<[[-1.86, 0.06, -0.14], [1.67, 0.52, 0.06], [-0.01, -1.01, -1.95], [-1.23, 0.77, -1.2], [-0.52, -1.99, 1.32]]> : tensor<5x3xf64>
  %y = dlc.reduce sum %x dims [0, 1] : tensor<5x3xf64>
  %want = dlc.constant dense<-5.51> : tensor<f64>
  check.expect_close %y, %want {rtol = 1.0e-14} : tensor<f64>
  return
}

// x.sum(axis=())
func.func @sum_of_a_scalar() {
  %x = dlc.constant dense<1.5> : tensor<f32>
  %y = dlc.reduce sum %x dims [] : tensor<f32>
  %want = dlc.constant dense<1.5> : tensor<f32>
  check.expect_equal %y, %want : tensor<f32>
  return
}

// np.sum(np.zeros((2, 0, 3)), axis=1, initial=0)
func.func @sum_of_no_element_is_neutral() {
  %x = dlc.constant dense<> : tensor<2x0x3xf32>
  %y = dlc.reduce sum %x dims [1] : tensor<2x0x3xf32>
  %want = dlc.constant dense<0.0> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.prod(np.zeros((2, 0, 3)), axis=1, initial=1)
func.func @prod_of_no_element_is_neutral() {
  %x = dlc.constant dense<> : tensor<2x0x3xf32>
  %y = dlc.reduce prod %x dims [1] : tensor<2x0x3xf32>
  %want = dlc.constant dense<1.0> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.max(np.zeros((2, 0, 3)), axis=1, initial=-inf)
func.func @max_of_no_element_is_neutral() {
  %x = dlc.constant dense<> : tensor<2x0x3xf32>
  %y = dlc.reduce max %x dims [1] : tensor<2x0x3xf32>
  %want = dlc.constant dense<0xFF800000> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.min(np.zeros((2, 0, 3)), axis=1, initial=inf)
func.func @min_of_no_element_is_neutral() {
  %x = dlc.constant dense<> : tensor<2x0x3xf32>
  %y = dlc.reduce min %x dims [1] : tensor<2x0x3xf32>
  %want = dlc.constant dense<0x7F800000> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.zeros((0, 3)).sum(axis=1)
func.func @sum_without_results() {
  %x = dlc.constant dense<> : tensor<0x3xf32>
  %y = dlc.reduce sum %x dims [1] : tensor<0x3xf32>
  %want = dlc.constant dense<> : tensor<0xf32>
  check.expect_equal %y, %want : tensor<0xf32>
  return
}

// x.max(axis=1)
func.func @max_keeps_nan_and_infinity() {
  %x = dlc.constant dense<[[1.0, 0x7FC00000, 3.0], [0xFF800000, 2.0, 0x7F800000]]> : tensor<2x3xf32>
  %y = dlc.reduce max %x dims [1] : tensor<2x3xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7F800000]> : tensor<2xf32>
  check.expect_equal %y, %want : tensor<2xf32>
  return
}

// x.min(axis=1)
func.func @min_keeps_nan_and_infinity() {
  %x = dlc.constant dense<[[1.0, 0x7FC00000, 3.0], [0xFF800000, 2.0, 0x7F800000]]> : tensor<2x3xf32>
  %y = dlc.reduce min %x dims [1] : tensor<2x3xf32>
  %want = dlc.constant dense<[0x7FC00000, 0xFF800000]> : tensor<2xf32>
  check.expect_equal %y, %want : tensor<2xf32>
  return
}

// x.sum(axis=1, dtype=np.int8)
func.func @sum_of_integers_wraps() {
  %x = dlc.constant dense<[[100, 100, -128], [127, 1, 0]]> : tensor<2x3xsi8>
  %y = dlc.reduce sum %x dims [1] : tensor<2x3xsi8>
  %want = dlc.constant dense<[72, -128]> : tensor<2xsi8>
  check.expect_equal %y, %want : tensor<2xsi8>
  return
}

// x.max(axis=1)
func.func @max_of_unsigned_integers() {
  %x = dlc.constant dense<[[200, 100, 3], [0, 255, 1]]> : tensor<2x3xui8>
  %y = dlc.reduce max %x dims [1] : tensor<2x3xui8>
  %want = dlc.constant dense<[200, 255]> : tensor<2xui8>
  check.expect_equal %y, %want : tensor<2xui8>
  return
}

// x.max(axis=1)
func.func @max_of_signed_integers() {
  %x = dlc.constant dense<[[100, 100, -128], [127, 1, 0]]> : tensor<2x3xsi8>
  %y = dlc.reduce max %x dims [1] : tensor<2x3xsi8>
  %want = dlc.constant dense<[100, 127]> : tensor<2xsi8>
  check.expect_equal %y, %want : tensor<2xsi8>
  return
}

// x.min(axis=1)
func.func @min_of_unsigned_integers() {
  %x = dlc.constant dense<[[200, 100, 3], [0, 255, 1]]> : tensor<2x3xui8>
  %y = dlc.reduce min %x dims [1] : tensor<2x3xui8>
  %want = dlc.constant dense<[3, 0]> : tensor<2xui8>
  check.expect_equal %y, %want : tensor<2xui8>
  return
}

// x.min(axis=1)
func.func @min_of_signed_integers() {
  %x = dlc.constant dense<[[100, 100, -128], [127, 1, 0]]> : tensor<2x3xsi8>
  %y = dlc.reduce min %x dims [1] : tensor<2x3xsi8>
  %want = dlc.constant dense<[-128, 0]> : tensor<2xsi8>
  check.expect_equal %y, %want : tensor<2xsi8>
  return
}

// x.all(axis=1)
func.func @and_of_bools() {
  %x = dlc.constant dense<[[true, true, true], [false, true, false], [false, false, false]]> : tensor<3x3xi1>
  %y = dlc.reduce and %x dims [1] : tensor<3x3xi1>
  %want = dlc.constant dense<[true, false, false]> : tensor<3xi1>
  check.expect_equal %y, %want : tensor<3xi1>
  return
}

// x.any(axis=1)
func.func @or_of_bools() {
  %x = dlc.constant dense<[[true, true, true], [false, true, false], [false, false, false]]> : tensor<3x3xi1>
  %y = dlc.reduce or %x dims [1] : tensor<3x3xi1>
  %want = dlc.constant dense<[true, true, false]> : tensor<3xi1>
  check.expect_equal %y, %want : tensor<3xi1>
  return
}

// np.float16(np.float32(2048) + 3 * 1), where halves would stay at 2048
func.func @sum_of_halves_accumulates_in_single() {
  %x = dlc.constant dense<[2048.0, 1.0, 1.0, 1.0]> : tensor<4xf16>
  %y = dlc.reduce sum %x dims [0] : tensor<4xf16>
  %want = dlc.constant dense<2052.0> : tensor<f16>
  check.expect_equal %y, %want : tensor<f16>
  return
}

// 256 + 3 ones = 259, rounded to 260 once; bfloats would stay at 256
func.func @sum_of_bfloats_accumulates_in_single() {
  %x = dlc.constant dense<[256.0, 1.0, 1.0, 1.0]> : tensor<4xbf16>
  %y = dlc.reduce sum %x dims [0] : tensor<4xbf16>
  %want = dlc.constant dense<260.0> : tensor<bf16>
  check.expect_equal %y, %want : tensor<bf16>
  return
}

// x.sum(axis=(1, 2, 5))
func.func @sum_of_rank_six() {
  %x = dlc.constant dense<[[[[[[1.0, -4.0], [0.0, -3.0], [4.0, 3.0]]], [[[-4.0, 0.0], [4.0, 3.0], [2.0, 1.0]]]]], [[[[[-5.0, 2.0], [-1.0, -5.0], [-3.0, 0.0]]], [[[2.0, 0.0], [1.0, 3.0], [1.0, -2.0]]]]]]> : tensor<2x1x2x1x3x2xf32>
  %y = dlc.reduce sum %x dims [1, 2, 5] : tensor<2x1x2x1x3x2xf32>
  %want = dlc.constant dense<[[[-7.0, 4.0, 10.0]], [[-1.0, -2.0, -4.0]]]> : tensor<2x1x3xf32>
  check.expect_equal %y, %want : tensor<2x1x3xf32>
  return
}

// x.argmax(axis=1)
func.func @arg_max_takes_the_first() {
  %x = dlc.constant dense<[[1.0, 3.0, 3.0, 2.0], [5.0, 5.0, 5.0, 5.0], [-1.0, -7.0, -7.0, -2.0]]> : tensor<3x4xf32>
  %y = dlc.arg_reduce max %x dim 1 : tensor<3x4xf32>
  %want = dlc.constant dense<[1, 0, 0]> : tensor<3xsi64>
  check.expect_equal %y, %want : tensor<3xsi64>
  return
}

// 3 - x[:, ::-1].argmax(axis=1)
func.func @arg_max_takes_the_last() {
  %x = dlc.constant dense<[[1.0, 3.0, 3.0, 2.0], [5.0, 5.0, 5.0, 5.0], [-1.0, -7.0, -7.0, -2.0]]> : tensor<3x4xf32>
  %y = dlc.arg_reduce max %x dim 1 last : tensor<3x4xf32>
  %want = dlc.constant dense<[2, 3, 0]> : tensor<3xsi64>
  check.expect_equal %y, %want : tensor<3xsi64>
  return
}

// x.argmin(axis=0)
func.func @arg_min_takes_the_first() {
  %x = dlc.constant dense<[[1.0, 3.0, 3.0, 2.0], [5.0, 5.0, 5.0, 5.0], [-1.0, -7.0, -7.0, -2.0]]> : tensor<3x4xf32>
  %y = dlc.arg_reduce min %x dim 0 : tensor<3x4xf32>
  %want = dlc.constant dense<2> : tensor<4xsi64>
  check.expect_equal %y, %want : tensor<4xsi64>
  return
}

// 2 - x[::-1].argmin(axis=0)
func.func @arg_min_takes_the_last() {
  %x = dlc.constant dense<[[1.0, 3.0, 3.0, 2.0], [5.0, 5.0, 5.0, 5.0], [-1.0, -7.0, -7.0, -2.0]]> : tensor<3x4xf32>
  %y = dlc.arg_reduce min %x dim 0 last : tensor<3x4xf32>
  %want = dlc.constant dense<2> : tensor<4xsi64>
  check.expect_equal %y, %want : tensor<4xsi64>
  return
}

// x.argmax(axis=1), x.argmin(axis=1): the first NaN, and an index where all are minus infinity
func.func @arg_reduce_prefers_nan() {
  %x = dlc.constant dense<[[1.0, 0x7FC00000, 0x7FC00000, 9.0], [0xFF800000, 0xFF800000, 0xFF800000, 0xFF800000]]> : tensor<2x4xf32>
  %y = dlc.arg_reduce max %x dim 1 : tensor<2x4xf32>
  %z = dlc.arg_reduce min %x dim 1 : tensor<2x4xf32>
  %l = dlc.arg_reduce max %x dim 1 last : tensor<2x4xf32>
  %want0 = dlc.constant dense<[1, 0]> : tensor<2xsi64>
  check.expect_equal %y, %want0 : tensor<2xsi64>
  %want1 = dlc.constant dense<[1, 0]> : tensor<2xsi64>
  check.expect_equal %z, %want1 : tensor<2xsi64>
  %want2 = dlc.constant dense<[2, 3]> : tensor<2xsi64>
  check.expect_equal %l, %want2 : tensor<2xsi64>
  return
}

// x.argmax(axis=1)
func.func @arg_max_of_unsigned_integers() {
  %x = dlc.constant dense<[[200, 100, 3], [0, 255, 1]]> : tensor<2x3xui8>
  %y = dlc.arg_reduce max %x dim 1 : tensor<2x3xui8>
  %want = dlc.constant dense<[0, 1]> : tensor<2xsi64>
  check.expect_equal %y, %want : tensor<2xsi64>
  return
}

// np.full(3, -128, np.int8).argmax()
func.func @arg_max_of_the_smallest_integer() {
  %x = dlc.constant dense<-128> : tensor<3xsi8>
  %y = dlc.arg_reduce max %x dim 0 : tensor<3xsi8>
  %want = dlc.constant dense<0> : tensor<si64>
  check.expect_equal %y, %want : tensor<si64>
  return
}
