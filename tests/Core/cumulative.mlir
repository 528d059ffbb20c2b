// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of cumulative against NumPy, on every element type and on edge shapes.

// np.add.accumulate(x, 0)
func.func @sum_of_f64() {
  %a0 = dlc.constant dense<[[-1.5, 1.5, -0.5, -2.0, 1.5], [-0.5, -2.0, 2.0, 2.0, 2.0]]> : tensor<2x5xf64>
  %y0 = dlc.cumulative sum %a0 dim 0 exclusive reverse : tensor<2x5xf64>
  %want0 = dlc.constant dense<[[-0.5, -2.0, 2.0, 2.0, 2.0], [0.0, 0.0, 0.0, 0.0, 0.0]]> : tensor<2x5xf64>
  check.expect_equal %y0, %want0 : tensor<2x5xf64>
  return
}

// np.add.accumulate(x, 1)
func.func @sum_of_f32() {
  %a0 = dlc.constant dense<[[1.0, 0.0, 1.0, 1.0, -0.5], [-0.5, -1.0, 1.5, 1.0, -1.0]]> : tensor<2x5xf32>
  %y0 = dlc.cumulative sum %a0 dim 1 reverse : tensor<2x5xf32>
  %want0 = dlc.constant dense<[[2.5, 1.5, 1.5, 0.5, -0.5], [0.0, 0.5, 1.5, 0.0, -1.0]]> : tensor<2x5xf32>
  check.expect_equal %y0, %want0 : tensor<2x5xf32>
  return
}

// np.multiply.accumulate(x, 0)
func.func @prod_of_f32() {
  %a0 = dlc.constant dense<[[-2.0, -1.5, 0.5, -1.5, 0.5], [0.5, 1.5, 0.5, -0.5, 2.0]]> : tensor<2x5xf32>
  %y0 = dlc.cumulative prod %a0 dim 0 : tensor<2x5xf32>
  %want0 = dlc.constant dense<[[-2.0, -1.5, 0.5, -1.5, 0.5], [-1.0, -2.25, 0.25, 0.75, 1.0]]> : tensor<2x5xf32>
  check.expect_equal %y0, %want0 : tensor<2x5xf32>
  return
}

// np.maximum.accumulate(x, 1)
func.func @max_of_f32() {
  %a0 = dlc.constant dense<[[0.5, -1.5, 0.5, 1.5, 0.0], [2.0, 1.5, 1.0, 1.5, -1.5]]> : tensor<2x5xf32>
  %y0 = dlc.cumulative max %a0 dim 1 exclusive : tensor<2x5xf32>
  %want0 = dlc.constant dense<[[0xFF800000, 0.5, 0.5, 0.5, 1.5], [0xFF800000, 2.0, 2.0, 2.0, 2.0]]> : tensor<2x5xf32>
  check.expect_equal %y0, %want0 : tensor<2x5xf32>
  return
}

// np.minimum.accumulate(x, 0)
func.func @min_of_f32() {
  %a0 = dlc.constant dense<[[0.0, -1.5, 2.0, -2.0, 0.0], [-0.5, -1.5, 1.0, 1.5, -1.5]]> : tensor<2x5xf32>
  %y0 = dlc.cumulative min %a0 dim 0 : tensor<2x5xf32>
  %want0 = dlc.constant dense<[[0.0, -1.5, 2.0, -2.0, 0.0], [-0.5, -1.5, 1.0, -2.0, -1.5]]> : tensor<2x5xf32>
  check.expect_equal %y0, %want0 : tensor<2x5xf32>
  return
}

// np.multiply.accumulate(x, 1)
func.func @prod_of_f16() {
  %a0 = dlc.constant dense<[[-2.0, 0.0, -2.0, -2.0, -0.5], [1.0, -1.0, -2.0, 2.0, 1.5]]> : tensor<2x5xf16>
  %y0 = dlc.cumulative prod %a0 dim 1 reverse : tensor<2x5xf16>
  %want0 = dlc.constant dense<[[0.0, -0.0, -2.0, 1.0, -0.5], [6.0, 6.0, -6.0, 3.0, 1.5]]> : tensor<2x5xf16>
  check.expect_equal %y0, %want0 : tensor<2x5xf16>
  return
}

// np.maximum.accumulate(x, 0)
func.func @max_of_bf16() {
  %a0 = dlc.constant dense<[[-0.5, 0.5, -0.5, -1.5, -1.5], [1.0, 2.0, -0.5, -1.0, 0.0]]> : tensor<2x5xbf16>
  %y0 = dlc.cumulative max %a0 dim 0 exclusive reverse : tensor<2x5xbf16>
  %want0 = dlc.constant dense<[[1.0, 2.0, -0.5, -1.0, 0.0], [0xFF80, 0xFF80, 0xFF80, 0xFF80, 0xFF80]]> : tensor<2x5xbf16>
  check.expect_equal %y0, %want0 : tensor<2x5xbf16>
  return
}

// np.minimum.accumulate(x, 1)
func.func @min_of_si8() {
  %a0 = dlc.constant dense<[[-4, 1, 2, -2, -2], [-1, 2, 3, 2, 3]]> : tensor<2x5xsi8>
  %y0 = dlc.cumulative min %a0 dim 1 : tensor<2x5xsi8>
  %want0 = dlc.constant dense<[[-4, -4, -4, -4, -4], [-1, -1, -1, -1, -1]]> : tensor<2x5xsi8>
  check.expect_equal %y0, %want0 : tensor<2x5xsi8>
  return
}

// np.add.accumulate(x, 0)
func.func @sum_of_si16() {
  %a0 = dlc.constant dense<[[0, 3, -2, 1, -1], [3, 0, -3, 2, 4]]> : tensor<2x5xsi16>
  %y0 = dlc.cumulative sum %a0 dim 0 : tensor<2x5xsi16>
  %want0 = dlc.constant dense<[[0, 3, -2, 1, -1], [3, 3, -5, 3, 3]]> : tensor<2x5xsi16>
  check.expect_equal %y0, %want0 : tensor<2x5xsi16>
  return
}

// np.multiply.accumulate(x, 1)
func.func @prod_of_si32() {
  %a0 = dlc.constant dense<[[2, -4, -1, 4, -4], [3, -2, -1, 2, 3]]> : tensor<2x5xsi32>
  %y0 = dlc.cumulative prod %a0 dim 1 exclusive : tensor<2x5xsi32>
  %want0 = dlc.constant dense<[[1, 2, -8, 8, 32], [1, 3, -6, 6, 12]]> : tensor<2x5xsi32>
  check.expect_equal %y0, %want0 : tensor<2x5xsi32>
  return
}

// np.maximum.accumulate(x, 0)
func.func @max_of_si64() {
  %a0 = dlc.constant dense<[[1, 4, -3, -3, -1], [1, 0, -4, 0, 1]]> : tensor<2x5xsi64>
  %y0 = dlc.cumulative max %a0 dim 0 reverse : tensor<2x5xsi64>
  %want0 = dlc.constant dense<[[1, 4, -3, 0, 1], [1, 0, -4, 0, 1]]> : tensor<2x5xsi64>
  check.expect_equal %y0, %want0 : tensor<2x5xsi64>
  return
}

// np.add.accumulate(x, 1)
func.func @sum_of_ui8() {
  %a0 = dlc.constant dense<[[2, 0, 4, 3, 2], [0, 3, 2, 3, 4]]> : tensor<2x5xui8>
  %y0 = dlc.cumulative sum %a0 dim 1 reverse : tensor<2x5xui8>
  %want0 = dlc.constant dense<[[11, 9, 9, 5, 2], [12, 12, 9, 7, 4]]> : tensor<2x5xui8>
  check.expect_equal %y0, %want0 : tensor<2x5xui8>
  return
}

// np.multiply.accumulate(x, 0)
func.func @prod_of_ui8() {
  %a0 = dlc.constant dense<[[3, 1, 0, 4, 0], [2, 1, 0, 2, 4]]> : tensor<2x5xui8>
  %y0 = dlc.cumulative prod %a0 dim 0 exclusive : tensor<2x5xui8>
  %want0 = dlc.constant dense<[[1, 1, 1, 1, 1], [3, 1, 0, 4, 0]]> : tensor<2x5xui8>
  check.expect_equal %y0, %want0 : tensor<2x5xui8>
  return
}

// np.maximum.accumulate(x, 1)
func.func @max_of_ui8() {
  %a0 = dlc.constant dense<[[1, 0, 1, 2, 1], [4, 1, 4, 1, 2]]> : tensor<2x5xui8>
  %y0 = dlc.cumulative max %a0 dim 1 : tensor<2x5xui8>
  %want0 = dlc.constant dense<[[1, 1, 1, 2, 2], [4, 4, 4, 4, 4]]> : tensor<2x5xui8>
  check.expect_equal %y0, %want0 : tensor<2x5xui8>
  return
}

// np.minimum.accumulate(x, 0)
func.func @min_of_ui8() {
  %a0 = dlc.constant dense<[[1, 1, 1, 2, 3], [1, 0, 1, 4, 1]]> : tensor<2x5xui8>
  %y0 = dlc.cumulative min %a0 dim 0 : tensor<2x5xui8>
  %want0 = dlc.constant dense<[[1, 1, 1, 2, 3], [1, 0, 1, 2, 1]]> : tensor<2x5xui8>
  check.expect_equal %y0, %want0 : tensor<2x5xui8>
  return
}

// np.minimum.accumulate(x, 1)
func.func @min_of_ui16() {
  %a0 = dlc.constant dense<[[4, 1, 0, 0, 2], [3, 2, 0, 4, 2]]> : tensor<2x5xui16>
  %y0 = dlc.cumulative min %a0 dim 1 exclusive reverse : tensor<2x5xui16>
  %want0 = dlc.constant dense<[[0, 0, 0, 2, 65535], [0, 0, 2, 2, 65535]]> : tensor<2x5xui16>
  check.expect_equal %y0, %want0 : tensor<2x5xui16>
  return
}

// np.add.accumulate(x, 0)
func.func @sum_of_ui32() {
  %a0 = dlc.constant dense<[[3, 1, 0, 3, 4], [2, 2, 2, 0, 3]]> : tensor<2x5xui32>
  %y0 = dlc.cumulative sum %a0 dim 0 reverse : tensor<2x5xui32>
  %want0 = dlc.constant dense<[[5, 3, 2, 3, 7], [2, 2, 2, 0, 3]]> : tensor<2x5xui32>
  check.expect_equal %y0, %want0 : tensor<2x5xui32>
  return
}

// np.multiply.accumulate(x, 1)
func.func @prod_of_ui64() {
  %a0 = dlc.constant dense<[[3, 2, 0, 4, 2], [2, 3, 4, 4, 4]]> : tensor<2x5xui64>
  %y0 = dlc.cumulative prod %a0 dim 1 : tensor<2x5xui64>
  %want0 = dlc.constant dense<[[3, 6, 0, 0, 0], [2, 6, 24, 96, 384]]> : tensor<2x5xui64>
  check.expect_equal %y0, %want0 : tensor<2x5xui64>
  return
}

// np.add.accumulate(x, 0)
func.func @exclusive() {
  %a0 = dlc.constant dense<[0.0, 1.0, 1.0, -1.0, 2.0]> : tensor<5xf32>
  %y0 = dlc.cumulative sum %a0 dim 0 exclusive : tensor<5xf32>
  %want0 = dlc.constant dense<[0.0, 0.0, 1.0, 2.0, 1.0]> : tensor<5xf32>
  check.expect_equal %y0, %want0 : tensor<5xf32>
  return
}

// np.add.accumulate(x, 0)
func.func @reverse() {
  %a0 = dlc.constant dense<[0.0, 2.0, -2.0, -1.0, 1.0]> : tensor<5xf32>
  %y0 = dlc.cumulative sum %a0 dim 0 reverse : tensor<5xf32>
  %want0 = dlc.constant dense<[0.0, 0.0, -2.0, 0.0, 1.0]> : tensor<5xf32>
  check.expect_equal %y0, %want0 : tensor<5xf32>
  return
}

// np.multiply.accumulate(x, 0)
func.func @both() {
  %a0 = dlc.constant dense<[1.0, 0.5, -1.0, 1.5, -2.0]> : tensor<5xf32>
  %y0 = dlc.cumulative prod %a0 dim 0 exclusive reverse : tensor<5xf32>
  %want0 = dlc.constant dense<[1.5, 3.0, -3.0, -2.0, 1.0]> : tensor<5xf32>
  check.expect_equal %y0, %want0 : tensor<5xf32>
  return
}

// np.add.accumulate(x, 0)
func.func @columns() {
  %a0 = dlc.constant dense<[[-2.0, 1.5, -1.5, 2.0, 0.5, -1.5, 1.0, 0.0, -2.0, -0.5, -2.0, -2.0, -1.0, -1.5, -0.5, -0.5, -2.0, 1.5, -2.0, 0.0, -1.5, 0.0, -2.0, 1.0, -1.5, 2.0, -2.0, 1.0, -0.5, -1.5, 1.0, 2.0, 0.5, 2.0, 0.5, 2.0, 0.0, 0.5, -1.5, 0.5, -2.0, -1.0, -1.5, -2.0, 2.0, -1.5, 1.5, 1.0, 0.5, 2.0, 0.5, 2.0, 1.0, -2.0, 1.5, 0.5, -1.0, -2.0, 1.5, 1.0, 0.5, 0.0, -1.0, 0.0, -1.0, 0.5, -1.5], [1.0, 0.0, -1.5, 2.0, 0.0, 1.5, 1.5, -1.5, 0.5, -1.5, 0.5, -1.0, 1.5, -1.5, 0.0, -1.5, 2.0, 1.0, 0.0, -1.0, -1.0, 0.5, -2.0, -1.0, -2.0, 2.0, 1.0, 0.5, 1.0, -1.5, 1.0, 1.0, 1.0, -1.0, -0.5, 0.0, 2.0, -1.0, 1.5, 0.0, 1.5, -1.0, -0.5, -1.0, -1.0, -1.5, -1.0, 2.0, -2.0, -1.5, -1.0, -1.0, 1.5, -0.5, 1.5, -1.5, 1.0, -1.0, 1.5, -0.5, 1.0, 0.5, -0.5, 0.0, 1.0, -0.5, 0.5], [1.0, 1.5, 1.0, 0.0, -1.0, -0.5, -1.0, -1.5, 0.5, 1.5, -0.5, 1.5, 1.5, -2.0, -2.0, 2.0, 0.0, 0.0, -0.5, -1.5, -1.5, 0.5, 1.5, -1.0, -1.5, -0.5, 1.5, 1.0, 1.5, 0.0, 2.0, 0.5, -1.5, 0.5, -1.5, 2.0, -2.0, 1.0, -1.0, -1.5, 2.0, 0.0, 0.5, 1.5, -1.5, 2.0, -2.0, -2.0, 1.0, -2.0, 0.5, 1.0, -2.0, -1.5, 0.5, 0.0, -1.5, 0.5, -1.0, 0.0, -2.0, 0.5, 2.0, -1.5, 0.0, -1.5, 0.5], [-0.5, -1.5, -1.0, -0.5, -2.0, 0.5, -1.0, 1.0, 2.0, 2.0, 0.0, -1.0, -0.5, -1.0, 1.5, -0.5, 1.5, -1.0, -1.5, 1.5, -1.5, -0.5, 1.0, -0.5, 1.5, 0.0, -1.5, 0.5, -1.5, -0.5, -2.0, -2.0, -2.0, 1.0, -1.5, -1.5, -1.5, 1.5, 2.0, -1.0, 0.5, -1.0, -1.5, 0.0, 1.5, 2.0, -2.0, -0.5, 1.0, 0.0, -1.0, -0.5, -0.5, -1.5, 0.5, -1.0, -1.0, 2.0, 0.5, 2.0, 0.0, -1.0, 1.5, 2.0, -1.0, -2.0, 2.0]]> : tensor<4x67xf32>
  %y0 = dlc.cumulative sum %a0 dim 0 : tensor<4x67xf32>
  %want0 = dlc.constant dense<[[-2.0, 1.5, -1.5, 2.0, 0.5, -1.5, 1.0, 0.0, -2.0, -0.5, -2.0, -2.0, -1.0, -1.5, -0.5, -0.5, -2.0, 1.5, -2.0, 0.0, -1.5, 0.0, -2.0, 1.0, -1.5, 2.0, -2.0, 1.0, -0.5, -1.5, 1.0, 2.0, 0.5, 2.0, 0.5, 2.0, 0.0, 0.5, -1.5, 0.5, -2.0, -1.0, -1.5, -2.0, 2.0, -1.5, 1.5, 1.0, 0.5, 2.0, 0.5, 2.0, 1.0, -2.0, 1.5, 0.5, -1.0, -2.0, 1.5, 1.0, 0.5, 0.0, -1.0, 0.0, -1.0, 0.5, -1.5], [-1.0, 1.5, -3.0, 4.0, 0.5, 0.0, 2.5, -1.5, -1.5, -2.0, -1.5, -3.0, 0.5, -3.0, -0.5, -2.0, 0.0, 2.5, -2.0, -1.0, -2.5, 0.5, -4.0, 0.0, -3.5, 4.0, -1.0, 1.5, 0.5, -3.0, 2.0, 3.0, 1.5, 1.0, 0.0, 2.0, 2.0, -0.5, 0.0, 0.5, -0.5, -2.0, -2.0, -3.0, 1.0, -3.0, 0.5, 3.0, -1.5, 0.5, -0.5, 1.0, 2.5, -2.5, 3.0, -1.0, 0.0, -3.0, 3.0, 0.5, 1.5, 0.5, -1.5, 0.0, 0.0, 0.0, -1.0], [0.0, 3.0, -2.0, 4.0, -0.5, -0.5, 1.5, -3.0, -1.0, -0.5, -2.0, -1.5, 2.0, -5.0, -2.5, 0.0, 0.0, 2.5, -2.5, -2.5, -4.0, 1.0, -2.5, -1.0, -5.0, 3.5, 0.5, 2.5, 2.0, -3.0, 4.0, 3.5, 0.0, 1.5, -1.5, 4.0, 0.0, 0.5, -1.0, -1.0, 1.5, -2.0, -1.5, -1.5, -0.5, -1.0, -1.5, 1.0, -0.5, -1.5, 0.0, 2.0, 0.5, -4.0, 3.5, -1.0, -1.5, -2.5, 2.0, 0.5, -0.5, 1.0, 0.5, -1.5, 0.0, -1.5, -0.5], [-0.5, 1.5, -3.0, 3.5, -2.5, 0.0, 0.5, -2.0, 1.0, 1.5, -2.0, -2.5, 1.5, -6.0, -1.0, -0.5, 1.5, 1.5, -4.0, -1.0, -5.5, 0.5, -1.5, -1.5, -3.5, 3.5, -1.0, 3.0, 0.5, -3.5, 2.0, 1.5, -2.0, 2.5, -3.0, 2.5, -1.5, 2.0, 1.0, -2.0, 2.0, -3.0, -3.0, -1.5, 1.0, 1.0, -3.5, 0.5, 0.5, -1.5, -1.0, 1.5, 0.0, -5.5, 4.0, -2.0, -2.5, -0.5, 2.5, 2.5, -0.5, 0.0, 2.0, 0.5, -1.0, -3.5, 1.5]]> : tensor<4x67xf32>
  check.expect_equal %y0, %want0 : tensor<4x67xf32>
  return
}

// np.maximum.accumulate(x, 1)
func.func @middle() {
  %a0 = dlc.constant dense<[[[1.0, -0.5, -2.0, 0.5, -0.5], [0.0, -0.5, 0.5, -0.5, 2.0], [2.0, -2.0, -0.5, 2.0, -2.0]], [[-1.0, -2.0, -0.5, 1.0, -1.5], [-1.5, -2.0, -2.0, 1.5, -1.5], [-1.5, 2.0, -0.5, 0.0, -1.0]]]> : tensor<2x3x5xf32>
  %y0 = dlc.cumulative max %a0 dim 1 reverse : tensor<2x3x5xf32>
  %want0 = dlc.constant dense<[[[2.0, -0.5, 0.5, 2.0, 2.0], [2.0, -0.5, 0.5, 2.0, 2.0], [2.0, -2.0, -0.5, 2.0, -2.0]], [[-1.0, 2.0, -0.5, 1.5, -1.0], [-1.5, 2.0, -0.5, 1.5, -1.0], [-1.5, 2.0, -0.5, 0.0, -1.0]]]> : tensor<2x3x5xf32>
  check.expect_equal %y0, %want0 : tensor<2x3x5xf32>
  return
}

// np.add.accumulate(x, 0)
func.func @one() {
  %a0 = dlc.constant dense<-1.5> : tensor<1xf32>
  %y0 = dlc.cumulative sum %a0 dim 0 exclusive : tensor<1xf32>
  %want0 = dlc.constant dense<0.0> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  return
}

// np.add.accumulate(x, 1)
func.func @nothing() {
  %a0 = dlc.constant dense<> : tensor<3x0xf32>
  %y0 = dlc.cumulative sum %a0 dim 1 exclusive : tensor<3x0xf32>
  %want0 = dlc.constant dense<> : tensor<3x0xf32>
  check.expect_equal %y0, %want0 : tensor<3x0xf32>
  return
}

// np.add.accumulate(x, 1)
func.func @no_rows() {
  %a0 = dlc.constant dense<> : tensor<0x3xf32>
  %y0 = dlc.cumulative sum %a0 dim 1 : tensor<0x3xf32>
  %want0 = dlc.constant dense<> : tensor<0x3xf32>
  check.expect_equal %y0, %want0 : tensor<0x3xf32>
  return
}

// np.add.accumulate(x, 3)
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[1.0, 0.5], [-0.5, -0.5]], [[-2.0, 0.0], [0.0, 2.0]], [[-1.0, 1.0], [-0.5, 0.0]]]], [[[[-1.0, 2.0], [-0.5, 0.0]], [[-1.5, 0.0], [2.0, 1.5]], [[0.5, 2.0], [-1.5, 1.0]]]]]]> : tensor<1x2x1x3x2x2xf32>
  %y0 = dlc.cumulative sum %a0 dim 3 reverse : tensor<1x2x1x3x2x2xf32>
  %want0 = dlc.constant dense<[[[[[[-2.0, 1.5], [-1.0, 1.5]], [[-3.0, 1.0], [-0.5, 2.0]], [[-1.0, 1.0], [-0.5, 0.0]]]], [[[[-2.0, 4.0], [0.0, 2.5]], [[-1.0, 2.0], [0.5, 2.5]], [[0.5, 2.0], [-1.5, 1.0]]]]]]> : tensor<1x2x1x3x2x2xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x3x2x2xf32>
  return
}

// np.minimum.accumulate(x, 1)
func.func @odd() {
  %a0 = dlc.constant dense<[[-0.5, -0.5, 2.0, -0.5, 0.5, -2.0, -1.5, -1.0, 1.0, 1.0, -0.5, 0.0, 0.5, 1.5, 1.0, 1.0, -2.0, 0.5, -1.5, 1.5, 0.5, 0.0, -2.0, 1.0, 0.0, 0.0, -1.0, -0.5, 1.5, 1.0, 1.5, -2.0, -1.5, 2.0, -2.0, 2.0, 1.0, 1.5, -0.5, 0.0, -1.0, 0.0, 2.0, -0.5, -2.0, 0.0, -2.0, -1.5, -1.5, 1.5, -0.5, 1.5, 1.0, 0.0, -1.0, 1.5, 0.5, -1.0, -1.0, 1.5, 0.5, 2.0, 0.0, 1.0, 1.5, 2.0, -1.5], [1.0, 0.0, 1.0, -2.0, 0.0, 2.0, -2.0, -1.5, -1.5, 1.5, 1.5, 0.5, -1.5, 2.0, 1.0, 0.0, -1.5, 0.5, 1.0, -1.0, 2.0, 1.0, 0.5, 0.0, -2.0, -1.5, 1.0, -2.0, 0.0, -1.5, 1.5, 1.5, -1.5, -0.5, -1.0, -2.0, 2.0, 1.0, 1.5, -1.0, 2.0, -2.0, 0.0, -1.5, 1.0, 0.5, 2.0, 1.0, 0.5, -0.5, -2.0, 2.0, -1.5, -1.5, -2.0, 1.5, -1.5, -1.0, -2.0, 1.5, -0.5, 1.0, 0.5, 0.5, 1.5, 1.5, -0.5], [-1.0, -1.5, -2.0, 2.0, -1.0, 2.0, 0.5, 2.0, 0.5, -2.0, 1.0, 0.5, -1.0, 0.5, -1.5, 0.0, 1.5, -1.5, 0.5, 2.0, 1.5, 0.0, -2.0, -2.0, -1.5, -0.5, 0.5, 1.0, 1.0, -1.5, -0.5, 1.0, 1.0, -1.5, -1.5, -0.5, -1.0, -1.0, 0.0, -1.5, -2.0, 1.5, 0.0, -0.5, 0.0, 1.0, 0.0, 2.0, 1.5, -1.0, 0.5, -2.0, 0.0, 0.0, 2.0, -1.0, 1.0, 1.5, 0.0, -1.5, 0.5, 1.0, 0.0, -2.0, 0.5, -1.0, 0.5]]> : tensor<3x67xf32>
  %y0 = dlc.cumulative min %a0 dim 1 exclusive reverse : tensor<3x67xf32>
  %want0 = dlc.constant dense<[[-2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, -1.5, 0x7F800000], [-2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5, -0.5, 0x7F800000], [-2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -2.0, -1.0, -1.0, 0.5, 0x7F800000]]> : tensor<3x67xf32>
  check.expect_equal %y0, %want0 : tensor<3x67xf32>
  return
}
