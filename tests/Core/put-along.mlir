// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of put_along against a loop over the updates, on every element type and kind, and on edge shapes.

// each update has its own index along axis 1
func.func @set_columns_of_f64() {
  %a0 = dlc.constant dense<[[2.0, -0.5, 1.5, -2.0, 0.5], [-1.5, -0.5, 0.0, 1.0, 1.0], [-1.0, 1.0, 1.0, -2.0, 1.0]]> : tensor<3x5xf64>
  %a1 = dlc.constant dense<[[4, 2, 0, 1], [3, 0, 0, 0], [1, 4, 0, 1]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[1.5, -2.0, -1.0, -1.0], [1.5, 0.0, -1.5, 0.5], [2.0, 1.5, 2.0, 1.5]]> : tensor<3x4xf64>
  %y0 = dlc.put_along set %a0, %a1, %a2 axis 1 : tensor<3x5xf64>, tensor<3x4xsi64>, tensor<3x4xf64>
  %want0 = dlc.constant dense<[[-1.0, -1.0, -2.0, -2.0, 1.5], [0.5, -0.5, 0.0, 1.5, 1.0], [2.0, 1.5, 1.0, -2.0, 1.5]]> : tensor<3x5xf64>
  check.expect_equal %y0, %want0 : tensor<3x5xf64>
  return
}

// each update has its own index along axis 1
func.func @add_columns_of_f64() {
  %a0 = dlc.constant dense<[[1.5, 2.0, 0.5, 1.5, -1.0], [0.0, -1.0, -1.5, -2.0, 2.0], [1.0, -1.0, -0.5, 0.5, -1.5]]> : tensor<3x5xf64>
  %a1 = dlc.constant dense<[[1, 0, 4, 1], [1, 0, 2, 3], [1, 1, 4, 0]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[0.5, -2.0, 0.5, -1.0], [-1.0, 0.0, -1.5, 1.0], [1.5, -0.5, 1.0, 1.0]]> : tensor<3x4xf64>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<3x5xf64>, tensor<3x4xsi64>, tensor<3x4xf64>
  %want0 = dlc.constant dense<[[-0.5, 1.5, 0.5, 1.5, -0.5], [0.0, -2.0, -3.0, -1.0, 2.0], [2.0, 0.0, -0.5, 0.5, -0.5]]> : tensor<3x5xf64>
  check.expect_equal %y0, %want0 : tensor<3x5xf64>
  return
}

// each update has its own index along axis 1
func.func @mul_columns_of_f64() {
  %a0 = dlc.constant dense<[[1.0, 1.0, 2.0, -1.0, 0.5], [2.0, -1.5, -0.5, 0.5, -2.0], [-1.0, -1.0, 0.0, 0.0, 0.0]]> : tensor<3x5xf64>
  %a1 = dlc.constant dense<[[4, 2, 3, 4], [2, 4, 2, 2], [0, 4, 0, 4]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[-1.5, 1.0, 2.0, 0.0], [1.0, 2.0, 1.5, 0.0], [2.0, -2.0, -2.0, -1.0]]> : tensor<3x4xf64>
  %y0 = dlc.put_along mul %a0, %a1, %a2 axis 1 : tensor<3x5xf64>, tensor<3x4xsi64>, tensor<3x4xf64>
  %want0 = dlc.constant dense<[[1.0, 1.0, 2.0, -2.0, -0.0], [2.0, -1.5, -0.0, 0.5, -4.0], [4.0, -1.0, 0.0, 0.0, 0.0]]> : tensor<3x5xf64>
  check.expect_equal %y0, %want0 : tensor<3x5xf64>
  return
}

// each update has its own index along axis 1
func.func @min_columns_of_f64() {
  %a0 = dlc.constant dense<[[2.0, 0.5, -1.5, -0.5, -2.0], [-0.5, 0.5, -0.5, 0.0, -1.5], [-2.0, -2.0, 1.0, -2.0, -1.5]]> : tensor<3x5xf64>
  %a1 = dlc.constant dense<[[3, 3, 1, 2], [2, 3, 4, 4], [3, 3, 4, 4]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[1.0, 1.0, 2.0, -0.5], [-2.0, 0.0, -0.5, -2.0], [2.0, 2.0, 0.0, 1.0]]> : tensor<3x4xf64>
  %y0 = dlc.put_along min %a0, %a1, %a2 axis 1 : tensor<3x5xf64>, tensor<3x4xsi64>, tensor<3x4xf64>
  %want0 = dlc.constant dense<[[2.0, 0.5, -1.5, -0.5, -2.0], [-0.5, 0.5, -2.0, 0.0, -2.0], [-2.0, -2.0, 1.0, -2.0, -1.5]]> : tensor<3x5xf64>
  check.expect_equal %y0, %want0 : tensor<3x5xf64>
  return
}

// each update has its own index along axis 1
func.func @max_columns_of_f64() {
  %a0 = dlc.constant dense<[[2.0, 0.0, -1.5, -1.5, -2.0], [-2.0, 2.0, 1.0, -0.5, 2.0], [0.0, -0.5, 2.0, 1.0, -1.5]]> : tensor<3x5xf64>
  %a1 = dlc.constant dense<[[3, 4, 1, 1], [2, 1, 4, 1], [4, 2, 3, 2]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[1.0, 1.5, 0.5, -2.0], [1.0, -2.0, 0.5, -1.5], [1.5, 0.5, 0.5, 1.5]]> : tensor<3x4xf64>
  %y0 = dlc.put_along max %a0, %a1, %a2 axis 1 : tensor<3x5xf64>, tensor<3x4xsi64>, tensor<3x4xf64>
  %want0 = dlc.constant dense<[[2.0, 0.5, -1.5, 1.0, 1.5], [-2.0, 2.0, 1.0, -0.5, 2.0], [0.0, -0.5, 2.0, 1.0, 1.5]]> : tensor<3x5xf64>
  check.expect_equal %y0, %want0 : tensor<3x5xf64>
  return
}

// each update has its own index along axis 1
func.func @mul_columns_of_f32() {
  %a0 = dlc.constant dense<[[-1.0, 0.0, -1.5, 0.5, -0.5], [0.5, 0.5, -2.0, -1.5, -1.0], [-0.5, 2.0, 0.0, -1.0, 1.5]]> : tensor<3x5xf32>
  %a1 = dlc.constant dense<[[4, 1, 2, 0], [1, 2, 0, 3], [1, 2, 1, 1]]> : tensor<3x4xsi32>
  %a2 = dlc.constant dense<[[-0.5, 1.0, 0.0, 1.0], [0.0, 1.0, 0.0, 0.5], [-2.0, -1.5, -1.0, 0.5]]> : tensor<3x4xf32>
  %y0 = dlc.put_along mul %a0, %a1, %a2 axis 1 : tensor<3x5xf32>, tensor<3x4xsi32>, tensor<3x4xf32>
  %want0 = dlc.constant dense<[[-1.0, 0.0, -0.0, 0.5, 0.25], [0.0, 0.0, -2.0, -0.75, -1.0], [-0.5, 2.0, -0.0, -1.0, 1.5]]> : tensor<3x5xf32>
  check.expect_equal %y0, %want0 : tensor<3x5xf32>
  return
}

// each update has its own index along axis 1
func.func @min_columns_of_f16() {
  %a0 = dlc.constant dense<[[2.0, -1.5, -2.0, 0.5, 1.0], [1.5, 0.0, 1.0, 1.0, -2.0], [-1.0, 1.0, -0.5, 0.5, 0.0]]> : tensor<3x5xf16>
  %a1 = dlc.constant dense<[[3, 4, 4, 1], [2, 0, 4, 0], [2, 4, 4, 1]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[2.0, -1.5, 1.0, 0.5], [1.5, 1.5, -0.5, 0.5], [1.0, -1.5, 0.5, -0.5]]> : tensor<3x4xf16>
  %y0 = dlc.put_along min %a0, %a1, %a2 axis 1 : tensor<3x5xf16>, tensor<3x4xsi64>, tensor<3x4xf16>
  %want0 = dlc.constant dense<[[2.0, -1.5, -2.0, 0.5, -1.5], [0.5, 0.0, 1.0, 1.0, -2.0], [-1.0, -0.5, -0.5, 0.5, -1.5]]> : tensor<3x5xf16>
  check.expect_equal %y0, %want0 : tensor<3x5xf16>
  return
}

// each update has its own index along axis 1
func.func @max_columns_of_bf16() {
  %a0 = dlc.constant dense<[[-0.5, -1.0, 0.0, -2.0, 0.5], [2.0, 0.0, 0.0, 0.0, -1.5], [0.0, 1.5, 1.5, 2.0, -1.5]]> : tensor<3x5xbf16>
  %a1 = dlc.constant dense<[[4, 2, 1, 3], [0, 2, 2, 2], [2, 0, 4, 0]]> : tensor<3x4xsi32>
  %a2 = dlc.constant dense<[[2.0, 2.0, 2.0, -1.0], [-0.5, 1.5, 0.5, 2.0], [-1.5, 0.5, 0.0, 2.0]]> : tensor<3x4xbf16>
  %y0 = dlc.put_along max %a0, %a1, %a2 axis 1 : tensor<3x5xbf16>, tensor<3x4xsi32>, tensor<3x4xbf16>
  %want0 = dlc.constant dense<[[-0.5, 2.0, 2.0, -1.0, 2.0], [2.0, 0.0, 2.0, 0.0, -1.5], [2.0, 1.5, 1.5, 2.0, 0.0]]> : tensor<3x5xbf16>
  check.expect_equal %y0, %want0 : tensor<3x5xbf16>
  return
}

// each update has its own index along axis 1
func.func @set_columns_of_si8() {
  %a0 = dlc.constant dense<[[-4, -1, -3, 2, -3], [4, -2, -1, -2, -1], [2, -1, -4, -3, -3]]> : tensor<3x5xsi8>
  %a1 = dlc.constant dense<[[4, 3, 4, 3], [3, 3, 4, 3], [2, 3, 1, 2]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[-3, 2, -4, -4], [-2, -3, 2, 2], [-2, -3, -1, 0]]> : tensor<3x4xsi8>
  %y0 = dlc.put_along set %a0, %a1, %a2 axis 1 : tensor<3x5xsi8>, tensor<3x4xsi64>, tensor<3x4xsi8>
  %want0 = dlc.constant dense<[[-4, -1, -3, -4, -4], [4, -2, -1, 2, 2], [2, -1, 0, -3, -3]]> : tensor<3x5xsi8>
  check.expect_equal %y0, %want0 : tensor<3x5xsi8>
  return
}

// each update has its own index along axis 1
func.func @add_columns_of_si16() {
  %a0 = dlc.constant dense<[[2, -2, 2, -1, -4], [3, -2, 1, -2, 0], [1, -2, -4, 3, -4]]> : tensor<3x5xsi16>
  %a1 = dlc.constant dense<[[3, 2, 2, 0], [4, 1, 3, 4], [4, 3, 3, 4]]> : tensor<3x4xsi32>
  %a2 = dlc.constant dense<[[4, -4, 0, -2], [2, -3, 3, 4], [-4, 2, 0, 4]]> : tensor<3x4xsi16>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<3x5xsi16>, tensor<3x4xsi32>, tensor<3x4xsi16>
  %want0 = dlc.constant dense<[[0, -2, -2, 3, -4], [3, -5, 1, 1, 6], [1, -2, -4, 5, -4]]> : tensor<3x5xsi16>
  check.expect_equal %y0, %want0 : tensor<3x5xsi16>
  return
}

// each update has its own index along axis 1
func.func @mul_columns_of_si32() {
  %a0 = dlc.constant dense<[[1, 4, -4, 1, 3], [-4, 2, 3, 4, 0], [-1, 3, 0, -2, 4]]> : tensor<3x5xsi32>
  %a1 = dlc.constant dense<[[3, 2, 0, 4], [1, 2, 0, 1], [4, 1, 0, 1]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[-3, -1, -3, -3], [-2, 3, -2, 4], [2, -4, -1, -4]]> : tensor<3x4xsi32>
  %y0 = dlc.put_along mul %a0, %a1, %a2 axis 1 : tensor<3x5xsi32>, tensor<3x4xsi64>, tensor<3x4xsi32>
  %want0 = dlc.constant dense<[[-3, 4, 4, -3, -9], [8, -16, 9, 4, 0], [1, 48, 0, -2, 8]]> : tensor<3x5xsi32>
  check.expect_equal %y0, %want0 : tensor<3x5xsi32>
  return
}

// each update has its own index along axis 1
func.func @min_columns_of_si64() {
  %a0 = dlc.constant dense<[[-3, -4, -1, 4, 4], [-4, -2, 2, 2, -2], [0, -3, 0, -2, -3]]> : tensor<3x5xsi64>
  %a1 = dlc.constant dense<[[3, 0, 0, 2], [4, 1, 2, 0], [1, 0, 1, 3]]> : tensor<3x4xsi32>
  %a2 = dlc.constant dense<[[1, -2, 1, -1], [-2, -3, -1, -2], [0, 3, 4, -2]]> : tensor<3x4xsi64>
  %y0 = dlc.put_along min %a0, %a1, %a2 axis 1 : tensor<3x5xsi64>, tensor<3x4xsi32>, tensor<3x4xsi64>
  %want0 = dlc.constant dense<[[-3, -4, -1, 1, 4], [-4, -3, -1, 2, -2], [0, -3, 0, -2, -3]]> : tensor<3x5xsi64>
  check.expect_equal %y0, %want0 : tensor<3x5xsi64>
  return
}

// each update has its own index along axis 1
func.func @set_columns_of_ui8() {
  %a0 = dlc.constant dense<[[2, 0, 4, 1, 3], [4, 2, 4, 2, 4], [3, 3, 2, 4, 3]]> : tensor<3x5xui8>
  %a1 = dlc.constant dense<[[2, 0, 4, 1], [0, 4, 3, 1], [2, 4, 1, 4]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[0, 2, 3, 0], [1, 3, 3, 3], [3, 1, 0, 4]]> : tensor<3x4xui8>
  %y0 = dlc.put_along set %a0, %a1, %a2 axis 1 : tensor<3x5xui8>, tensor<3x4xsi64>, tensor<3x4xui8>
  %want0 = dlc.constant dense<[[2, 0, 0, 1, 3], [1, 3, 4, 3, 3], [3, 0, 3, 4, 4]]> : tensor<3x5xui8>
  check.expect_equal %y0, %want0 : tensor<3x5xui8>
  return
}

// each update has its own index along axis 1
func.func @add_columns_of_ui8() {
  %a0 = dlc.constant dense<[[0, 2, 4, 0, 3], [0, 0, 1, 1, 3], [1, 4, 0, 0, 1]]> : tensor<3x5xui8>
  %a1 = dlc.constant dense<[[0, 1, 3, 3], [2, 1, 2, 2], [4, 0, 4, 1]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[4, 1, 3, 2], [0, 0, 0, 2], [2, 0, 4, 1]]> : tensor<3x4xui8>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<3x5xui8>, tensor<3x4xsi64>, tensor<3x4xui8>
  %want0 = dlc.constant dense<[[4, 3, 4, 5, 3], [0, 0, 3, 1, 3], [1, 5, 0, 0, 7]]> : tensor<3x5xui8>
  check.expect_equal %y0, %want0 : tensor<3x5xui8>
  return
}

// each update has its own index along axis 1
func.func @mul_columns_of_ui8() {
  %a0 = dlc.constant dense<[[0, 2, 2, 0, 1], [3, 2, 1, 1, 1], [1, 0, 1, 0, 0]]> : tensor<3x5xui8>
  %a1 = dlc.constant dense<[[1, 2, 0, 2], [3, 3, 2, 3], [2, 4, 4, 1]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[0, 4, 0, 1], [1, 3, 0, 4], [3, 1, 0, 2]]> : tensor<3x4xui8>
  %y0 = dlc.put_along mul %a0, %a1, %a2 axis 1 : tensor<3x5xui8>, tensor<3x4xsi64>, tensor<3x4xui8>
  %want0 = dlc.constant dense<[[0, 0, 8, 0, 1], [3, 2, 0, 12, 1], [1, 0, 3, 0, 0]]> : tensor<3x5xui8>
  check.expect_equal %y0, %want0 : tensor<3x5xui8>
  return
}

// each update has its own index along axis 1
func.func @min_columns_of_ui8() {
  %a0 = dlc.constant dense<[[2, 3, 1, 0, 0], [2, 1, 0, 1, 1], [1, 3, 0, 4, 0]]> : tensor<3x5xui8>
  %a1 = dlc.constant dense<[[4, 1, 1, 3], [0, 3, 2, 4], [2, 1, 1, 0]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[3, 0, 3, 1], [2, 2, 3, 3], [2, 2, 3, 2]]> : tensor<3x4xui8>
  %y0 = dlc.put_along min %a0, %a1, %a2 axis 1 : tensor<3x5xui8>, tensor<3x4xsi64>, tensor<3x4xui8>
  %want0 = dlc.constant dense<[[2, 0, 1, 0, 0], [2, 1, 0, 1, 1], [1, 2, 0, 4, 0]]> : tensor<3x5xui8>
  check.expect_equal %y0, %want0 : tensor<3x5xui8>
  return
}

// each update has its own index along axis 1
func.func @max_columns_of_ui8() {
  %a0 = dlc.constant dense<[[4, 0, 4, 1, 4], [2, 4, 0, 0, 0], [2, 0, 3, 4, 1]]> : tensor<3x5xui8>
  %a1 = dlc.constant dense<[[1, 3, 4, 0], [2, 1, 2, 2], [1, 0, 4, 2]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[4, 1, 4, 4], [3, 1, 3, 1], [4, 4, 2, 2]]> : tensor<3x4xui8>
  %y0 = dlc.put_along max %a0, %a1, %a2 axis 1 : tensor<3x5xui8>, tensor<3x4xsi64>, tensor<3x4xui8>
  %want0 = dlc.constant dense<[[4, 4, 4, 1, 4], [2, 4, 3, 0, 0], [4, 4, 3, 4, 2]]> : tensor<3x5xui8>
  check.expect_equal %y0, %want0 : tensor<3x5xui8>
  return
}

// each update has its own index along axis 1
func.func @set_columns_of_ui16() {
  %a0 = dlc.constant dense<[[4, 0, 1, 1, 0], [3, 3, 0, 3, 1], [4, 3, 2, 2, 0]]> : tensor<3x5xui16>
  %a1 = dlc.constant dense<[[1, 1, 2, 2], [3, 3, 0, 4], [1, 0, 1, 3]]> : tensor<3x4xsi32>
  %a2 = dlc.constant dense<[[4, 3, 0, 0], [1, 0, 0, 1], [3, 3, 4, 0]]> : tensor<3x4xui16>
  %y0 = dlc.put_along set %a0, %a1, %a2 axis 1 : tensor<3x5xui16>, tensor<3x4xsi32>, tensor<3x4xui16>
  %want0 = dlc.constant dense<[[4, 3, 0, 1, 0], [0, 3, 0, 0, 1], [3, 4, 2, 0, 0]]> : tensor<3x5xui16>
  check.expect_equal %y0, %want0 : tensor<3x5xui16>
  return
}

// each update has its own index along axis 1
func.func @add_columns_of_ui32() {
  %a0 = dlc.constant dense<[[0, 3, 4, 3, 3], [4, 1, 3, 4, 4], [1, 0, 3, 0, 0]]> : tensor<3x5xui32>
  %a1 = dlc.constant dense<[[2, 2, 3, 2], [0, 4, 2, 4], [3, 2, 1, 0]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[0, 2, 2, 1], [4, 4, 0, 3], [3, 2, 1, 1]]> : tensor<3x4xui32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<3x5xui32>, tensor<3x4xsi64>, tensor<3x4xui32>
  %want0 = dlc.constant dense<[[0, 3, 7, 5, 3], [8, 1, 3, 4, 11], [2, 1, 5, 3, 0]]> : tensor<3x5xui32>
  check.expect_equal %y0, %want0 : tensor<3x5xui32>
  return
}

// each update has its own index along axis 1
func.func @mul_columns_of_ui64() {
  %a0 = dlc.constant dense<[[2, 3, 4, 0, 0], [4, 0, 3, 0, 2], [0, 3, 2, 1, 3]]> : tensor<3x5xui64>
  %a1 = dlc.constant dense<[[0, 3, 2, 2], [0, 4, 0, 1], [2, 3, 4, 0]]> : tensor<3x4xsi32>
  %a2 = dlc.constant dense<[[1, 1, 2, 0], [4, 1, 4, 3], [4, 4, 3, 1]]> : tensor<3x4xui64>
  %y0 = dlc.put_along mul %a0, %a1, %a2 axis 1 : tensor<3x5xui64>, tensor<3x4xsi32>, tensor<3x4xui64>
  %want0 = dlc.constant dense<[[2, 3, 0, 0, 0], [64, 0, 3, 0, 2], [0, 3, 8, 4, 9]]> : tensor<3x5xui64>
  check.expect_equal %y0, %want0 : tensor<3x5xui64>
  return
}

// each update has its own index along axis 1
func.func @set_columns_of_i1() {
  %a0 = dlc.constant dense<[[true, false, true, false, true], [true, false, true, false, true], [false, false, false, true, false]]> : tensor<3x5xi1>
  %a1 = dlc.constant dense<[[3, 3, 2, 2], [4, 0, 0, 4], [4, 0, 2, 4]]> : tensor<3x4xsi64>
  %a2 = dlc.constant dense<[[false, true, false, true], [false, false, true, true], [false, false, true, false]]> : tensor<3x4xi1>
  %y0 = dlc.put_along set %a0, %a1, %a2 axis 1 : tensor<3x5xi1>, tensor<3x4xsi64>, tensor<3x4xi1>
  %want0 = dlc.constant dense<[[true, false, true, true, true], [true, false, true, false, true], [false, false, true, true, false]]> : tensor<3x5xi1>
  check.expect_equal %y0, %want0 : tensor<3x5xi1>
  return
}

// each update has its own index along axis 0
func.func @rows() {
  %a0 = dlc.constant dense<[[0.0, 0.0, 0.5], [-1.0, -1.5, -0.5], [2.0, 0.0, 0.0], [-2.0, 2.0, 2.0]]> : tensor<4x3xf32>
  %a1 = dlc.constant dense<[[0, 2, 3], [0, 1, 2], [3, 2, 1], [2, 1, 2], [0, 3, 1], [0, 0, 3]]> : tensor<6x3xsi64>
  %a2 = dlc.constant dense<[[2.0, 0.0, 1.0], [-1.5, 2.0, -0.5], [0.5, -0.5, -2.0], [2.0, 1.0, 0.0], [2.0, -2.0, -0.5], [1.0, -0.5, 0.0]]> : tensor<6x3xf32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 0 : tensor<4x3xf32>, tensor<6x3xsi64>, tensor<6x3xf32>
  %want0 = dlc.constant dense<[[3.5, -0.5, 0.5], [-1.0, 1.5, -3.0], [4.0, -0.5, -0.5], [-1.5, 0.0, 3.0]]> : tensor<4x3xf32>
  check.expect_equal %y0, %want0 : tensor<4x3xf32>
  return
}

// each update has its own index along axis 0
func.func @rank_one() {
  %a0 = dlc.constant dense<[-1.5, 1.5, -1.0]> : tensor<3xf32>
  %a1 = dlc.constant dense<[0, 0, 2, 1, 2]> : tensor<5xsi64>
  %a2 = dlc.constant dense<[0.0, -2.0, 1.5, 0.0, -1.5]> : tensor<5xf32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 0 : tensor<3xf32>, tensor<5xsi64>, tensor<5xf32>
  %want0 = dlc.constant dense<[-3.5, 1.5, -1.0]> : tensor<3xf32>
  check.expect_equal %y0, %want0 : tensor<3xf32>
  return
}

// each update has its own index along axis 1
func.func @nothing() {
  %a0 = dlc.constant dense<[[-1.5, -2.0, 0.0, 1.0], [-2.0, 0.5, 1.5, 2.0], [-1.5, -1.0, 1.0, 1.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<> : tensor<3x0xsi64>
  %a2 = dlc.constant dense<> : tensor<3x0xf32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<3x4xf32>, tensor<3x0xsi64>, tensor<3x0xf32>
  %want0 = dlc.constant dense<[[-1.5, -2.0, 0.0, 1.0], [-2.0, 0.5, 1.5, 2.0], [-1.5, -1.0, 1.0, 1.0]]> : tensor<3x4xf32>
  check.expect_equal %y0, %want0 : tensor<3x4xf32>
  return
}

// each update has its own index along axis 1
func.func @no_rows() {
  %a0 = dlc.constant dense<> : tensor<0x4xf32>
  %a1 = dlc.constant dense<> : tensor<0x2xsi64>
  %a2 = dlc.constant dense<> : tensor<0x2xf32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<0x4xf32>, tensor<0x2xsi64>, tensor<0x2xf32>
  %want0 = dlc.constant dense<> : tensor<0x4xf32>
  check.expect_equal %y0, %want0 : tensor<0x4xf32>
  return
}

// each update has its own index along axis 0
func.func @one() {
  %a0 = dlc.constant dense<0.5> : tensor<1xf32>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %a2 = dlc.constant dense<0.5> : tensor<1xf32>
  %y0 = dlc.put_along set %a0, %a1, %a2 axis 0 : tensor<1xf32>, tensor<1xsi64>, tensor<1xf32>
  %want0 = dlc.constant dense<0.5> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  return
}

// each update has its own index along axis 3
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[-1.0, 2.0], [-1.5, 0.5]], [[2.0, 0.5], [-2.0, -1.5]], [[-1.0, 2.0], [-1.0, -1.0]]]], [[[[0.5, 0.0], [-0.5, -1.5]], [[-1.5, -1.0], [0.5, -2.0]], [[1.0, -1.0], [1.0, 0.5]]]]]]> : tensor<1x2x1x3x2x2xf32>
  %a1 = dlc.constant dense<[[[[[[1, 1], [0, 0]], [[0, 1], [1, 0]], [[1, 0], [1, 1]], [[2, 1], [0, 0]]]], [[[[2, 0], [2, 1]], [[2, 1], [2, 0]], [[0, 1], [2, 2]], [[1, 2], [2, 2]]]]]]> : tensor<1x2x1x4x2x2xsi64>
  %a2 = dlc.constant dense<[[[[[[2.0, 1.5], [0.5, -0.5]], [[0.5, 1.5], [-2.0, -0.5]], [[0.5, 1.0], [-1.0, -1.0]], [[-0.5, 1.0], [-0.5, -2.0]]]], [[[[2.0, -0.5], [0.5, -0.5]], [[1.0, 1.0], [-1.5, -1.5]], [[-1.0, -2.0], [1.5, 2.0]], [[-1.5, -1.0], [2.0, 0.5]]]]]]> : tensor<1x2x1x4x2x2xf32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 3 : tensor<1x2x1x3x2x2xf32>, tensor<1x2x1x4x2x2xsi64>, tensor<1x2x1x4x2x2xf32>
  %want0 = dlc.constant dense<[[[[[[-0.5, 3.0], [-1.5, -2.5]], [[4.5, 4.5], [-5.0, -2.5]], [[-1.5, 2.0], [-1.0, -1.0]]]], [[[[-0.5, -0.5], [-0.5, -3.0]], [[-3.0, -2.0], [0.5, -2.5]], [[4.0, -2.0], [3.5, 3.0]]]]]]> : tensor<1x2x1x3x2x2xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x3x2x2xf32>
  return
}

// each update has its own index along axis 1
func.func @odd() {
  %a0 = dlc.constant dense<[[-0.5, -1.5, -0.5, -0.5, 0.0, 0.5, -0.5, -1.5, 0.0, 0.5, -0.5, 1.5, 1.0, 2.0, -1.0, 0.0, -1.5, 2.0, -0.5, 1.5, -2.0, 1.0, 0.0, 1.5, 0.0, -1.5, 1.5, 1.0, -2.0, -1.5, -0.5, 1.0, 1.5, -2.0, -0.5, 2.0, 1.5, -2.0, 1.0, 1.5, -2.0, -0.5, -0.5, 1.5, 1.0, 0.5, 0.0, -1.5, 1.0, 0.0, 2.0, -2.0, 1.0, 0.0, 0.0, 2.0, 1.5, -0.5, -0.5, -0.5, -2.0, -1.0, -1.0, 0.0, 0.5, 2.0, 2.0], [1.0, 0.5, -1.0, -1.0, 0.0, 2.0, 1.0, -0.5, 0.5, -1.0, -2.0, 0.0, -1.0, -0.5, 1.5, -1.5, 0.5, 1.0, 0.0, 1.0, -2.0, 2.0, 2.0, -1.5, 0.5, 2.0, -1.5, 1.5, 0.0, -1.0, 2.0, 0.0, -1.5, 0.5, 0.5, -1.0, 1.0, -2.0, 0.5, 1.5, 1.0, -1.5, 1.5, 0.0, -2.0, -0.5, -1.0, 2.0, -0.5, 0.5, 0.5, -0.5, -1.5, 2.0, -1.0, -0.5, -0.5, 1.0, -2.0, -1.0, 2.0, 1.0, 0.5, 1.0, -0.5, 1.5, 1.5], [0.0, 1.0, -1.5, -1.0, 0.5, -2.0, 2.0, 1.0, -1.0, -1.0, -2.0, -0.5, -1.5, 1.5, 2.0, -1.5, -2.0, -1.0, -2.0, 1.0, -2.0, -1.5, 2.0, 1.0, -0.5, -1.5, 1.0, -1.0, 1.0, 1.5, -0.5, -1.5, 1.0, 1.5, 0.0, -0.5, 0.0, 1.5, -1.0, -1.0, -2.0, -2.0, 0.5, 2.0, -1.0, -1.0, -1.0, -1.0, 1.5, 2.0, -0.5, 0.0, -2.0, -1.5, 0.5, -2.0, 0.0, 0.0, -2.0, 0.0, -0.5, -1.5, 0.5, 1.5, -1.0, 0.5, 2.0]]> : tensor<3x67xf32>
  %a1 = dlc.constant dense<[[57, 53, 24, 33, 3, 61, 1, 2, 2, 15, 60, 61, 36, 34, 22, 11, 43, 38, 33, 48, 17, 40, 55, 3, 27, 2, 9, 27, 29, 1, 5, 5, 61, 43, 21], [29, 31, 5, 16, 58, 12, 24, 31, 59, 63, 40, 47, 41, 34, 28, 23, 45, 15, 16, 42, 17, 30, 58, 9, 13, 65, 25, 32, 49, 66, 22, 33, 24, 58, 60], [4, 13, 42, 16, 9, 59, 61, 18, 41, 22, 10, 59, 0, 21, 3, 66, 35, 55, 27, 56, 38, 15, 0, 14, 66, 50, 59, 55, 41, 15, 26, 13, 59, 16, 53]]> : tensor<3x35xsi64>
  %a2 = dlc.constant dense<[[-1.5, -0.5, -0.5, 1.0, 0.0, 1.5, 0.5, -2.0, -2.0, -0.5, -1.5, -1.0, -1.5, 2.0, -1.0, 1.0, -1.5, -1.5, 2.0, 0.0, -0.5, -1.5, -1.5, -2.0, 0.5, -2.0, 2.0, -1.0, 1.5, -1.0, 0.5, 0.5, -0.5, -1.5, -0.5], [-1.0, -1.0, -1.0, 1.5, -0.5, 1.5, 0.5, 0.0, 1.0, 1.5, -1.5, 0.5, -1.0, 1.0, 0.0, -1.0, -0.5, -1.0, 1.0, -1.0, 1.5, 2.0, -1.5, 1.5, 0.0, 2.0, 0.0, 1.5, 2.0, 1.5, -0.5, -0.5, -1.0, 1.0, -2.0], [-1.5, -1.5, 0.5, 0.0, -2.0, -0.5, 2.0, -0.5, 1.5, -0.5, -1.5, -2.0, 1.0, 0.0, 1.5, 1.0, -2.0, 0.5, 0.5, -1.5, -0.5, -0.5, 0.5, 0.5, 1.5, -2.0, 1.0, -1.0, -1.5, -0.5, 0.0, -2.0, 0.5, 1.5, -2.0]]> : tensor<3x35xf32>
  %y0 = dlc.put_along add %a0, %a1, %a2 axis 1 : tensor<3x67xf32>, tensor<3x35xsi64>, tensor<3x35xf32>
  %want0 = dlc.constant dense<[[-0.5, -2.0, -6.5, -2.5, 0.0, 1.5, -0.5, -1.5, 0.0, 2.5, -0.5, 2.5, 1.0, 2.0, -1.0, -0.5, -1.5, 1.5, -0.5, 1.5, -2.0, 0.5, -1.0, 1.5, -0.5, -1.5, 1.5, 0.5, -2.0, 0.0, -0.5, 1.0, 1.5, 1.0, 1.5, 2.0, 0.0, -2.0, -0.5, 1.5, -3.5, -0.5, -0.5, -1.5, 1.0, 0.5, 0.0, -1.5, 1.0, 0.0, 2.0, -2.0, 1.0, -0.5, 0.0, 0.5, 1.5, -2.0, -0.5, -0.5, -3.5, -1.0, -1.0, 0.0, 0.5, 2.0, 2.0], [1.0, 0.5, -1.0, -1.0, 0.0, 1.0, 1.0, -0.5, 0.5, 0.5, -2.0, 0.0, 0.5, -0.5, 1.5, -2.5, 3.0, 2.5, 0.0, 1.0, -2.0, 2.0, 1.5, -2.5, 0.0, 2.0, -1.5, 1.5, 0.0, -2.0, 4.0, -1.0, 0.0, 0.0, 1.5, -1.0, 1.0, -2.0, 0.5, 1.5, -0.5, -2.5, 0.5, 0.0, -2.0, -1.0, -1.0, 2.5, -0.5, 2.5, 0.5, -0.5, -1.5, 2.0, -1.0, -0.5, -0.5, 1.0, -3.0, 0.0, 0.0, 1.0, 0.5, 2.5, -0.5, 3.5, 3.0], [1.5, 1.0, -1.5, 0.5, -1.0, -2.0, 2.0, 1.0, -1.0, -3.0, -3.5, -0.5, -1.5, -2.0, 2.5, -2.5, -0.5, -1.0, -2.5, 1.0, -2.0, -1.5, 1.5, 1.0, -0.5, -1.5, 1.0, -0.5, 1.0, 1.5, -0.5, -1.5, 1.0, 1.5, 0.0, -2.5, 0.0, 1.5, -1.5, -1.0, -2.0, -2.0, 1.0, 2.0, -1.0, -1.0, -1.0, -1.0, 1.5, 2.0, -2.5, 0.0, -2.0, -3.5, 0.5, -2.5, -1.5, 0.0, -2.0, -1.0, -0.5, 0.5, 0.5, 1.5, -1.0, 0.5, 4.5]]> : tensor<3x67xf32>
  check.expect_equal %y0, %want0 : tensor<3x67xf32>
  return
}

// each update has its own index along axis 0
func.func @odd_rows() {
  %a0 = dlc.constant dense<[[1.5, -1.5, 1.5, -0.5, -0.5, -1.5, 0.5, -1.0, -1.5, 1.0, 1.0, 2.0, 0.0, 0.0, 1.0, 0.5, 2.0, 1.0, 2.0, 1.0, 2.0, 0.5, 0.0, -2.0, -1.0, 1.5, 0.5, -1.5, -2.0, -1.5, -1.5, 0.0, -1.0, 0.5, 1.0, 1.0, 1.0, -1.0, 2.0, 2.0, -2.0, 0.5, -0.5, 1.5, 1.0, 0.0, -0.5, -2.0, -0.5, -2.0, 2.0, 0.5, 0.0, -0.5, 0.5, -0.5, 2.0, -1.0, -0.5, -1.5, 1.0, 0.0, -1.0, -1.0, 1.5, 2.0, -1.5], [-1.5, 0.5, 2.0, 0.5, 1.5, 1.0, -0.5, -1.0, 1.0, 0.5, 0.5, -2.0, 0.0, 1.0, 1.5, 0.0, 1.5, 1.5, -1.5, 1.0, 2.0, 0.0, -2.0, 2.0, -2.0, -2.0, 0.0, -1.0, -1.0, 2.0, -0.5, -2.0, 0.0, -1.0, 0.0, 1.5, 2.0, 1.0, 2.0, -1.0, -0.5, 1.5, -1.0, 0.5, 0.5, -1.0, -1.5, -2.0, -0.5, -0.5, 1.0, 1.0, -2.0, 0.0, 1.0, 2.0, 1.0, -1.0, -0.5, -0.5, -1.0, -2.0, 0.0, -1.0, -1.0, -0.5, 1.5], [1.0, 0.5, 1.0, -1.0, -0.5, 1.5, 0.5, 0.5, -1.5, -1.5, -1.0, -0.5, -1.0, 0.0, -1.0, 2.0, 2.0, -1.0, 1.0, 0.0, 1.5, 2.0, 1.5, -0.5, 0.0, 1.5, -0.5, -2.0, -0.5, -0.5, -2.0, -1.5, -0.5, 1.5, -0.5, 0.0, -1.0, -1.5, -1.5, -2.0, -2.0, -0.5, 0.5, -2.0, 2.0, 0.0, 1.5, 1.0, -0.5, -1.0, -1.0, -1.5, 0.0, -0.5, 0.0, -1.5, 1.0, 1.5, 0.5, -2.0, -1.5, 1.0, -1.0, -0.5, 2.0, 1.0, -0.5], [1.0, -1.0, -1.5, 0.0, 1.0, -1.0, 2.0, -1.0, 0.5, -1.5, 0.5, -1.5, -1.0, -2.0, -1.5, -1.5, 1.0, 1.0, 1.5, -1.0, -1.5, -1.5, -1.5, -2.0, -0.5, -1.5, 0.5, 0.5, -0.5, -1.5, 2.0, -1.5, 1.5, 2.0, 2.0, 0.5, 0.5, 1.5, 1.0, 1.0, 2.0, -1.0, -2.0, 0.5, 0.5, 1.5, -1.5, -2.0, 1.5, 2.0, -1.0, -1.0, 1.0, 0.5, -1.0, 0.5, 0.5, -2.0, 1.0, 0.5, 2.0, -1.5, 1.5, 1.0, -0.5, -2.0, 1.0], [2.0, -1.5, -1.5, -2.0, -1.5, 1.0, -1.5, 2.0, 1.5, 1.0, -2.0, 0.0, -1.5, 0.5, 0.5, 1.0, 1.0, 0.5, 1.5, -0.5, 1.5, 1.5, -2.0, -0.5, 0.5, 2.0, 2.0, 1.5, -2.0, 1.5, -2.0, 1.5, 1.0, 2.0, 1.5, 2.0, 0.5, 0.0, -1.0, -0.5, -2.0, 1.0, 0.0, 2.0, 2.0, 0.5, 2.0, -2.0, 0.0, -2.0, -1.5, 0.0, 1.5, 1.5, 1.0, 1.5, 2.0, -0.5, -1.5, 0.0, 2.0, 0.0, 2.0, -2.0, 0.0, -2.0, 1.0]]> : tensor<5x67xf32>
  %a1 = dlc.constant dense<[[2, 1, 2, 3, 4, 4, 0, 0, 4, 2, 1, 3, 2, 3, 3, 4, 0, 4, 4, 2, 4, 3, 4, 2, 0, 0, 3, 4, 3, 3, 4, 1, 1, 4, 0, 1, 4, 1, 1, 4, 0, 3, 0, 0, 3, 2, 2, 1, 3, 0, 4, 2, 0, 2, 4, 2, 4, 0, 4, 1, 3, 0, 1, 3, 1, 4, 4], [1, 2, 4, 2, 4, 3, 2, 3, 2, 3, 1, 3, 3, 2, 2, 3, 1, 1, 3, 1, 3, 4, 2, 4, 0, 3, 2, 0, 4, 0, 4, 4, 3, 4, 3, 1, 4, 3, 3, 0, 1, 1, 1, 3, 4, 1, 1, 4, 1, 4, 3, 0, 1, 3, 0, 1, 0, 0, 4, 1, 3, 2, 4, 4, 3, 3, 0], [0, 4, 0, 0, 4, 0, 2, 0, 3, 1, 1, 0, 4, 4, 2, 1, 2, 0, 1, 3, 3, 0, 1, 4, 0, 2, 2, 0, 4, 3, 1, 4, 1, 3, 0, 3, 3, 4, 3, 3, 0, 2, 2, 4, 2, 4, 0, 1, 2, 4, 1, 2, 0, 4, 4, 4, 0, 3, 1, 2, 3, 2, 2, 2, 0, 2, 4]]> : tensor<3x67xsi64>
  %a2 = dlc.constant dense<[[2.0, -1.0, -2.0, -0.5, -1.0, 2.0, 1.0, 2.0, 0.0, 2.0, 1.0, -0.5, -2.0, 1.0, -2.0, 1.5, -1.0, -1.5, 0.5, 2.0, 1.0, -2.0, -1.0, 0.5, -1.5, -1.0, 0.0, -1.5, 0.0, -1.5, -1.0, 2.0, 1.0, -1.5, -1.0, 2.0, 2.0, -1.5, 2.0, -1.0, -1.5, -1.5, 0.0, 2.0, 2.0, -2.0, -0.5, 1.5, 2.0, -1.0, -1.0, 2.0, -0.5, 1.0, -0.5, -1.0, 2.0, 0.0, 0.0, -1.5, -1.0, -0.5, 0.0, -2.0, -1.0, 1.0, 0.5], [0.5, 1.5, -1.0, -2.0, -2.0, 2.0, 2.0, 0.0, -1.5, -2.0, -1.0, -2.0, -2.0, -1.0, -0.5, 1.5, -0.5, 1.0, 0.0, 1.5, -1.0, 2.0, -1.0, -1.5, 1.5, 0.0, -1.0, -1.5, -1.0, 0.5, 0.0, -1.5, -1.0, 0.0, 1.0, 0.5, -2.0, -1.5, -1.0, 1.0, -0.5, -1.5, -1.0, 0.5, 1.5, -1.0, -0.5, -1.0, -0.5, 0.0, 0.0, -1.5, 1.5, 0.5, -1.5, -0.5, 1.5, 1.0, 2.0, 0.5, -1.0, -1.5, -1.5, 0.0, 1.5, 1.0, -1.0], [-1.0, -1.0, -1.0, -2.0, -1.5, 0.5, -1.0, 2.0, -1.5, 1.5, 1.5, 0.5, -1.0, -0.5, 0.5, 2.0, -1.0, 0.5, 1.5, 2.0, -0.5, 1.0, 0.0, 1.0, -0.5, 1.0, 1.5, -1.5, 1.5, -1.0, -2.0, -2.0, 0.0, 2.0, -1.5, 2.0, -2.0, 0.5, 0.5, -1.5, 1.5, -1.5, -1.5, 0.0, -0.5, -0.5, -0.5, -1.5, 0.5, -2.0, 0.5, 0.5, -0.5, 1.5, 0.5, -2.0, -0.5, -1.0, -1.0, -1.0, 1.5, 0.0, -1.5, 0.5, -0.5, -0.5, -1.5]]> : tensor<3x67xf32>
  %y0 = dlc.put_along max %a0, %a1, %a2 axis 0 : tensor<5x67xf32>, tensor<3x67xsi64>, tensor<3x67xf32>
  %want0 = dlc.constant dense<[[1.5, -1.5, 1.5, -0.5, -0.5, 0.5, 1.0, 2.0, -1.5, 1.0, 1.0, 2.0, 0.0, 0.0, 1.0, 0.5, 2.0, 1.0, 2.0, 1.0, 2.0, 1.0, 0.0, -2.0, 1.5, 1.5, 0.5, -1.5, -2.0, 0.5, -1.5, 0.0, -1.0, 0.5, 1.0, 1.0, 1.0, -1.0, 2.0, 2.0, 1.5, 0.5, 0.0, 2.0, 1.0, 0.0, -0.5, -2.0, -0.5, -1.0, 2.0, 0.5, 0.0, -0.5, 0.5, -0.5, 2.0, 1.0, -0.5, -1.5, 1.0, 0.0, -1.0, -1.0, 1.5, 2.0, -1.0], [0.5, 0.5, 2.0, 0.5, 1.5, 1.0, -0.5, -1.0, 1.0, 1.5, 1.5, -2.0, 0.0, 1.0, 1.5, 2.0, 1.5, 1.5, 1.5, 1.5, 2.0, 0.0, 0.0, 2.0, -2.0, -2.0, 0.0, -1.0, -1.0, 2.0, -0.5, 2.0, 1.0, -1.0, 0.0, 2.0, 2.0, 1.0, 2.0, -1.0, -0.5, 1.5, -1.0, 0.5, 0.5, -1.0, -0.5, 1.5, -0.5, -0.5, 1.0, 1.0, 1.5, 0.0, 1.0, 2.0, 1.0, -1.0, -0.5, 0.5, -1.0, -2.0, 0.0, -1.0, -1.0, -0.5, 1.5], [2.0, 1.5, 1.0, -1.0, -0.5, 1.5, 2.0, 0.5, -1.5, 2.0, -1.0, -0.5, -1.0, 0.0, 0.5, 2.0, 2.0, -1.0, 1.0, 2.0, 1.5, 2.0, 1.5, 0.5, 0.0, 1.5, 1.5, -2.0, -0.5, -0.5, -2.0, -1.5, -0.5, 1.5, -0.5, 0.0, -1.0, -1.5, -1.5, -2.0, -2.0, -0.5, 0.5, -2.0, 2.0, 0.0, 1.5, 1.0, 0.5, -1.0, -1.0, 2.0, 0.0, 1.0, 0.0, -1.0, 1.0, 1.5, 0.5, -1.0, -1.5, 1.0, -1.0, 0.5, 2.0, 1.0, -0.5], [1.0, -1.0, -1.5, 0.0, 1.0, 2.0, 2.0, 0.0, 0.5, -1.5, 0.5, -0.5, -1.0, 1.0, -1.5, 1.5, 1.0, 1.0, 1.5, 2.0, -0.5, -1.5, -1.5, -2.0, -0.5, 0.0, 0.5, 0.5, 0.0, -1.0, 2.0, -1.5, 1.5, 2.0, 2.0, 2.0, 0.5, 1.5, 1.0, 1.0, 2.0, -1.0, -2.0, 0.5, 2.0, 1.5, -1.5, -2.0, 2.0, 2.0, 0.0, -1.0, 1.0, 0.5, -1.0, 0.5, 0.5, -1.0, 1.0, 0.5, 2.0, -1.5, 1.5, 1.0, 1.5, 1.0, 1.0], [2.0, -1.0, -1.0, -2.0, -1.0, 2.0, -1.5, 2.0, 1.5, 1.0, -2.0, 0.0, -1.0, 0.5, 0.5, 1.5, 1.0, 0.5, 1.5, -0.5, 1.5, 2.0, -1.0, 1.0, 0.5, 2.0, 2.0, 1.5, 1.5, 1.5, 0.0, 1.5, 1.0, 2.0, 1.5, 2.0, 2.0, 0.5, -1.0, -0.5, -2.0, 1.0, 0.0, 2.0, 2.0, 0.5, 2.0, -1.0, 0.0, 0.0, -1.0, 0.0, 1.5, 1.5, 1.0, 1.5, 2.0, -0.5, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 0.0, 1.0, 1.0]]> : tensor<5x67xf32>
  check.expect_equal %y0, %want0 : tensor<5x67xf32>
  return
}
