// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of dynamic_slice and dynamic_update_slice against NumPy.

// x[start : start + size]
func.func @of_f64() {
  %a0 = dlc.constant dense<[[-0.5, -0.5, 2.0, 1.5, 1.5], [0.0, 1.0, 1.0, 2.0, -0.5], [0.0, 0.5, -1.5, 1.0, -2.0], [-0.5, 0.0, 0.0, 1.0, 1.5]]> : tensor<4x5xf64>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xf64>, tensor<1xsi32>
  %want0 = dlc.constant dense<[[0.0, 1.0, 1.0, 2.0, -0.5], [0.0, 0.5, -1.5, 1.0, -2.0]]> : tensor<2x5xf64>
  check.expect_equal %y0, %want0 : tensor<2x5xf64>
  return
}

// x[start : start + size] = u
func.func @update_of_f64() {
  %a0 = dlc.constant dense<[[-0.5, -0.5, 2.0, 1.5, 1.5], [0.0, 1.0, 1.0, 2.0, -0.5], [0.0, 0.5, -1.5, 1.0, -2.0], [-0.5, 0.0, 0.0, 1.0, 1.5]]> : tensor<4x5xf64>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %a2 = dlc.constant dense<[[-2.0, 2.0, -0.5, -0.5, 0.5], [-2.0, 2.0, 1.5, -1.5, 0.0]]> : tensor<2x5xf64>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xf64>, tensor<1xsi32>, tensor<2x5xf64>
  %want0 = dlc.constant dense<[[-0.5, -0.5, 2.0, 1.5, 1.5], [-2.0, 2.0, -0.5, -0.5, 0.5], [-2.0, 2.0, 1.5, -1.5, 0.0], [-0.5, 0.0, 0.0, 1.0, 1.5]]> : tensor<4x5xf64>
  check.expect_equal %y0, %want0 : tensor<4x5xf64>
  return
}

// x[start : start + size]
func.func @of_f32() {
  %a0 = dlc.constant dense<[[-2.0, 2.0, 2.0, 1.0, 0.0], [-0.5, -1.5, 1.5, -1.0, 0.0], [1.5, 1.0, -0.5, 1.5, -2.0], [0.5, 1.0, 2.0, 2.0, -0.5]]> : tensor<4x5xf32>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [2] : tensor<4x5xf32>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[2.0, 2.0], [-1.5, 1.5], [1.0, -0.5], [1.0, 2.0]]> : tensor<4x2xf32>
  check.expect_equal %y0, %want0 : tensor<4x2xf32>
  return
}

// x[start : start + size] = u
func.func @update_of_f32() {
  %a0 = dlc.constant dense<[[-2.0, 2.0, 2.0, 1.0, 0.0], [-0.5, -1.5, 1.5, -1.0, 0.0], [1.5, 1.0, -0.5, 1.5, -2.0], [0.5, 1.0, 2.0, 2.0, -0.5]]> : tensor<4x5xf32>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[-1.0, -0.5], [-1.0, 0.5], [1.0, -0.5], [-2.0, 1.0]]> : tensor<4x2xf32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<4x5xf32>, tensor<1xsi64>, tensor<4x2xf32>
  %want0 = dlc.constant dense<[[-2.0, -1.0, -0.5, 1.0, 0.0], [-0.5, -1.0, 0.5, -1.0, 0.0], [1.5, 1.0, -0.5, 1.5, -2.0], [0.5, -2.0, 1.0, 2.0, -0.5]]> : tensor<4x5xf32>
  check.expect_equal %y0, %want0 : tensor<4x5xf32>
  return
}

// x[start : start + size]
func.func @of_f16() {
  %a0 = dlc.constant dense<[[0.0, 0.0, 1.5, 1.0, 0.5], [1.5, 2.0, 0.5, -1.0, 2.0], [-0.5, 1.5, 1.5, 1.5, 1.5], [-2.0, 1.5, -2.0, 1.0, 0.5]]> : tensor<4x5xf16>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xf16>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[1.5, 2.0, 0.5, -1.0, 2.0], [-0.5, 1.5, 1.5, 1.5, 1.5]]> : tensor<2x5xf16>
  check.expect_equal %y0, %want0 : tensor<2x5xf16>
  return
}

// x[start : start + size] = u
func.func @update_of_f16() {
  %a0 = dlc.constant dense<[[0.0, 0.0, 1.5, 1.0, 0.5], [1.5, 2.0, 0.5, -1.0, 2.0], [-0.5, 1.5, 1.5, 1.5, 1.5], [-2.0, 1.5, -2.0, 1.0, 0.5]]> : tensor<4x5xf16>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[1.5, -1.0, -1.5, 1.5, -2.0], [-0.5, 1.0, 1.0, -2.0, -1.0]]> : tensor<2x5xf16>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xf16>, tensor<1xsi64>, tensor<2x5xf16>
  %want0 = dlc.constant dense<[[0.0, 0.0, 1.5, 1.0, 0.5], [1.5, -1.0, -1.5, 1.5, -2.0], [-0.5, 1.0, 1.0, -2.0, -1.0], [-2.0, 1.5, -2.0, 1.0, 0.5]]> : tensor<4x5xf16>
  check.expect_equal %y0, %want0 : tensor<4x5xf16>
  return
}

// x[start : start + size]
func.func @of_bf16() {
  %a0 = dlc.constant dense<[[0.5, 0.5, 2.0, 2.0, -2.0], [1.5, 0.5, -0.5, -1.0, 0.0], [0.0, 0.0, 0.0, -0.5, 0.5], [0.0, -1.0, 2.0, -1.5, 1.5]]> : tensor<4x5xbf16>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [2] : tensor<4x5xbf16>, tensor<1xsi32>
  %want0 = dlc.constant dense<[[0.5, 2.0], [0.5, -0.5], [0.0, 0.0], [-1.0, 2.0]]> : tensor<4x2xbf16>
  check.expect_equal %y0, %want0 : tensor<4x2xbf16>
  return
}

// x[start : start + size] = u
func.func @update_of_bf16() {
  %a0 = dlc.constant dense<[[0.5, 0.5, 2.0, 2.0, -2.0], [1.5, 0.5, -0.5, -1.0, 0.0], [0.0, 0.0, 0.0, -0.5, 0.5], [0.0, -1.0, 2.0, -1.5, 1.5]]> : tensor<4x5xbf16>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %a2 = dlc.constant dense<[[0.0, -1.0], [1.5, 1.0], [-2.0, 2.0], [-0.5, -0.5]]> : tensor<4x2xbf16>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<4x5xbf16>, tensor<1xsi32>, tensor<4x2xbf16>
  %want0 = dlc.constant dense<[[0.5, 0.0, -1.0, 2.0, -2.0], [1.5, 1.5, 1.0, -1.0, 0.0], [0.0, -2.0, 2.0, -0.5, 0.5], [0.0, -0.5, -0.5, -1.5, 1.5]]> : tensor<4x5xbf16>
  check.expect_equal %y0, %want0 : tensor<4x5xbf16>
  return
}

// x[start : start + size]
func.func @of_si8() {
  %a0 = dlc.constant dense<[[-1, 3, -2, 3, 3], [3, 3, -4, -4, 4], [0, 4, -3, -2, -1], [1, -3, -4, 1, 1]]> : tensor<4x5xsi8>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xsi8>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[3, 3, -4, -4, 4], [0, 4, -3, -2, -1]]> : tensor<2x5xsi8>
  check.expect_equal %y0, %want0 : tensor<2x5xsi8>
  return
}

// x[start : start + size] = u
func.func @update_of_si8() {
  %a0 = dlc.constant dense<[[-1, 3, -2, 3, 3], [3, 3, -4, -4, 4], [0, 4, -3, -2, -1], [1, -3, -4, 1, 1]]> : tensor<4x5xsi8>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[-1, 2, -3, 2, -4], [3, 4, -2, -1, -3]]> : tensor<2x5xsi8>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xsi8>, tensor<1xsi64>, tensor<2x5xsi8>
  %want0 = dlc.constant dense<[[-1, 3, -2, 3, 3], [-1, 2, -3, 2, -4], [3, 4, -2, -1, -3], [1, -3, -4, 1, 1]]> : tensor<4x5xsi8>
  check.expect_equal %y0, %want0 : tensor<4x5xsi8>
  return
}

// x[start : start + size]
func.func @of_si16() {
  %a0 = dlc.constant dense<[[3, 3, -2, -4, 0], [-2, 3, -2, 4, 2], [1, -1, -4, 3, 0], [2, -4, 3, -4, 3]]> : tensor<4x5xsi16>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [2] : tensor<4x5xsi16>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[3, -2], [3, -2], [-1, -4], [-4, 3]]> : tensor<4x2xsi16>
  check.expect_equal %y0, %want0 : tensor<4x2xsi16>
  return
}

// x[start : start + size] = u
func.func @update_of_si16() {
  %a0 = dlc.constant dense<[[3, 3, -2, -4, 0], [-2, 3, -2, 4, 2], [1, -1, -4, 3, 0], [2, -4, 3, -4, 3]]> : tensor<4x5xsi16>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[-2, 3], [-1, -2], [1, -1], [-1, 1]]> : tensor<4x2xsi16>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<4x5xsi16>, tensor<1xsi64>, tensor<4x2xsi16>
  %want0 = dlc.constant dense<[[3, -2, 3, -4, 0], [-2, -1, -2, 4, 2], [1, 1, -1, 3, 0], [2, -1, 1, -4, 3]]> : tensor<4x5xsi16>
  check.expect_equal %y0, %want0 : tensor<4x5xsi16>
  return
}

// x[start : start + size]
func.func @of_si32() {
  %a0 = dlc.constant dense<[[-2, 1, 1, 2, 2], [3, -1, -2, 4, -3], [2, 2, 4, 2, 1], [-2, 1, -4, 0, -4]]> : tensor<4x5xsi32>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xsi32>, tensor<1xsi32>
  %want0 = dlc.constant dense<[[3, -1, -2, 4, -3], [2, 2, 4, 2, 1]]> : tensor<2x5xsi32>
  check.expect_equal %y0, %want0 : tensor<2x5xsi32>
  return
}

// x[start : start + size] = u
func.func @update_of_si32() {
  %a0 = dlc.constant dense<[[-2, 1, 1, 2, 2], [3, -1, -2, 4, -3], [2, 2, 4, 2, 1], [-2, 1, -4, 0, -4]]> : tensor<4x5xsi32>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %a2 = dlc.constant dense<[[-1, -2, 4, -2, 3], [-3, -2, -4, 2, -3]]> : tensor<2x5xsi32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xsi32>, tensor<1xsi32>, tensor<2x5xsi32>
  %want0 = dlc.constant dense<[[-2, 1, 1, 2, 2], [-1, -2, 4, -2, 3], [-3, -2, -4, 2, -3], [-2, 1, -4, 0, -4]]> : tensor<4x5xsi32>
  check.expect_equal %y0, %want0 : tensor<4x5xsi32>
  return
}

// x[start : start + size]
func.func @of_si64() {
  %a0 = dlc.constant dense<[[3, -1, -4, -4, 1], [-3, -4, -1, -1, 3], [4, 3, 0, -1, -4], [-3, -1, -2, 2, 2]]> : tensor<4x5xsi64>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [2] : tensor<4x5xsi64>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[-1, -4], [-4, -1], [3, 0], [-1, -2]]> : tensor<4x2xsi64>
  check.expect_equal %y0, %want0 : tensor<4x2xsi64>
  return
}

// x[start : start + size] = u
func.func @update_of_si64() {
  %a0 = dlc.constant dense<[[3, -1, -4, -4, 1], [-3, -4, -1, -1, 3], [4, 3, 0, -1, -4], [-3, -1, -2, 2, 2]]> : tensor<4x5xsi64>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[2, -1], [-3, 1], [4, 2], [1, 1]]> : tensor<4x2xsi64>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<4x5xsi64>, tensor<1xsi64>, tensor<4x2xsi64>
  %want0 = dlc.constant dense<[[3, 2, -1, -4, 1], [-3, -3, 1, -1, 3], [4, 4, 2, -1, -4], [-3, 1, 1, 2, 2]]> : tensor<4x5xsi64>
  check.expect_equal %y0, %want0 : tensor<4x5xsi64>
  return
}

// x[start : start + size]
func.func @of_ui8() {
  %a0 = dlc.constant dense<[[4, 4, 0, 0, 2], [1, 4, 0, 3, 2], [0, 3, 2, 1, 0], [0, 4, 2, 3, 0]]> : tensor<4x5xui8>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xui8>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[1, 4, 0, 3, 2], [0, 3, 2, 1, 0]]> : tensor<2x5xui8>
  check.expect_equal %y0, %want0 : tensor<2x5xui8>
  return
}

// x[start : start + size] = u
func.func @update_of_ui8() {
  %a0 = dlc.constant dense<[[4, 4, 0, 0, 2], [1, 4, 0, 3, 2], [0, 3, 2, 1, 0], [0, 4, 2, 3, 0]]> : tensor<4x5xui8>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[4, 0, 4, 1, 0], [4, 0, 1, 1, 3]]> : tensor<2x5xui8>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xui8>, tensor<1xsi64>, tensor<2x5xui8>
  %want0 = dlc.constant dense<[[4, 4, 0, 0, 2], [4, 0, 4, 1, 0], [4, 0, 1, 1, 3], [0, 4, 2, 3, 0]]> : tensor<4x5xui8>
  check.expect_equal %y0, %want0 : tensor<4x5xui8>
  return
}

// x[start : start + size]
func.func @of_ui16() {
  %a0 = dlc.constant dense<[[4, 1, 1, 2, 2], [0, 1, 0, 3, 3], [0, 2, 3, 1, 0], [4, 1, 4, 1, 1]]> : tensor<4x5xui16>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [2] : tensor<4x5xui16>, tensor<1xsi32>
  %want0 = dlc.constant dense<[[1, 1], [1, 0], [2, 3], [1, 4]]> : tensor<4x2xui16>
  check.expect_equal %y0, %want0 : tensor<4x2xui16>
  return
}

// x[start : start + size] = u
func.func @update_of_ui16() {
  %a0 = dlc.constant dense<[[4, 1, 1, 2, 2], [0, 1, 0, 3, 3], [0, 2, 3, 1, 0], [4, 1, 4, 1, 1]]> : tensor<4x5xui16>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %a2 = dlc.constant dense<[[1, 2], [3, 2], [3, 0], [3, 2]]> : tensor<4x2xui16>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<4x5xui16>, tensor<1xsi32>, tensor<4x2xui16>
  %want0 = dlc.constant dense<[[4, 1, 2, 2, 2], [0, 3, 2, 3, 3], [0, 3, 0, 1, 0], [4, 3, 2, 1, 1]]> : tensor<4x5xui16>
  check.expect_equal %y0, %want0 : tensor<4x5xui16>
  return
}

// x[start : start + size]
func.func @of_ui32() {
  %a0 = dlc.constant dense<[[4, 1, 2, 4, 0], [0, 4, 4, 1, 1], [3, 1, 2, 0, 0], [4, 0, 4, 4, 0]]> : tensor<4x5xui32>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xui32>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[0, 4, 4, 1, 1], [3, 1, 2, 0, 0]]> : tensor<2x5xui32>
  check.expect_equal %y0, %want0 : tensor<2x5xui32>
  return
}

// x[start : start + size] = u
func.func @update_of_ui32() {
  %a0 = dlc.constant dense<[[4, 1, 2, 4, 0], [0, 4, 4, 1, 1], [3, 1, 2, 0, 0], [4, 0, 4, 4, 0]]> : tensor<4x5xui32>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[4, 2, 2, 1, 0], [3, 4, 1, 1, 4]]> : tensor<2x5xui32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xui32>, tensor<1xsi64>, tensor<2x5xui32>
  %want0 = dlc.constant dense<[[4, 1, 2, 4, 0], [4, 2, 2, 1, 0], [3, 4, 1, 1, 4], [4, 0, 4, 4, 0]]> : tensor<4x5xui32>
  check.expect_equal %y0, %want0 : tensor<4x5xui32>
  return
}

// x[start : start + size]
func.func @of_ui64() {
  %a0 = dlc.constant dense<[[1, 1, 0, 4, 3], [1, 0, 3, 0, 2], [0, 2, 2, 2, 3], [3, 3, 0, 3, 0]]> : tensor<4x5xui64>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [2] : tensor<4x5xui64>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[1, 0], [0, 3], [2, 2], [3, 0]]> : tensor<4x2xui64>
  check.expect_equal %y0, %want0 : tensor<4x2xui64>
  return
}

// x[start : start + size] = u
func.func @update_of_ui64() {
  %a0 = dlc.constant dense<[[1, 1, 0, 4, 3], [1, 0, 3, 0, 2], [0, 2, 2, 2, 3], [3, 3, 0, 3, 0]]> : tensor<4x5xui64>
  %a1 = dlc.constant dense<1> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[4, 4], [3, 1], [0, 1], [1, 1]]> : tensor<4x2xui64>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<4x5xui64>, tensor<1xsi64>, tensor<4x2xui64>
  %want0 = dlc.constant dense<[[1, 4, 4, 4, 3], [1, 3, 1, 0, 2], [0, 0, 1, 2, 3], [3, 1, 1, 3, 0]]> : tensor<4x5xui64>
  check.expect_equal %y0, %want0 : tensor<4x5xui64>
  return
}

// x[start : start + size]
func.func @of_i1() {
  %a0 = dlc.constant dense<[[false, true, false, true, true], [false, true, false, true, false], [true, false, false, false, false], [false, true, false, false, true]]> : tensor<4x5xi1>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [2] : tensor<4x5xi1>, tensor<1xsi32>
  %want0 = dlc.constant dense<[[false, true, false, true, false], [true, false, false, false, false]]> : tensor<2x5xi1>
  check.expect_equal %y0, %want0 : tensor<2x5xi1>
  return
}

// x[start : start + size] = u
func.func @update_of_i1() {
  %a0 = dlc.constant dense<[[false, true, false, true, true], [false, true, false, true, false], [true, false, false, false, false], [false, true, false, false, true]]> : tensor<4x5xi1>
  %a1 = dlc.constant dense<1> : tensor<1xsi32>
  %a2 = dlc.constant dense<[[true, false, false, true, false], [false, true, false, true, true]]> : tensor<2x5xi1>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<4x5xi1>, tensor<1xsi32>, tensor<2x5xi1>
  %want0 = dlc.constant dense<[[false, true, false, true, true], [true, false, false, true, false], [false, true, false, true, true], [false, true, false, false, true]]> : tensor<4x5xi1>
  check.expect_equal %y0, %want0 : tensor<4x5xi1>
  return
}

// x[start : start + size]
func.func @two_dimensions() {
  %a0 = dlc.constant dense<[[[-0.5, -1.5, 0.0], [-1.5, -1.5, 1.5], [2.0, -1.0, 2.0], [-1.5, 2.0, 2.0], [-2.0, -1.5, 0.5], [1.5, 0.0, -1.0]], [[1.0, 0.5, 0.5], [-1.0, 2.0, -0.5], [0.0, 2.0, -0.5], [2.0, -0.5, -1.5], [2.0, 1.0, -0.5], [-1.5, -1.0, -1.0]], [[-0.5, -2.0, -0.5], [0.5, -2.0, 1.0], [2.0, 1.0, -0.5], [1.0, 1.0, -0.5], [0.5, -1.5, 1.5], [-2.0, 1.0, -0.5]], [[-2.0, 2.0, 2.0], [0.0, -1.5, 0.5], [0.0, 2.0, 0.0], [1.5, -2.0, 1.0], [-1.0, 0.5, 2.0], [-1.0, 2.0, 1.0]], [[-1.5, -0.5, -1.5], [1.0, 0.0, -1.0], [0.5, 2.0, -2.0], [-1.5, 2.0, 1.5], [0.0, 2.0, 1.5], [-1.5, 1.5, 1.5]]]> : tensor<5x6x3xf32>
  %a1 = dlc.constant dense<[2, 4]> : tensor<2xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0, 1] sizes [3, 2] : tensor<5x6x3xf32>, tensor<2xsi64>
  %want0 = dlc.constant dense<[[[0.5, -1.5, 1.5], [-2.0, 1.0, -0.5]], [[-1.0, 0.5, 2.0], [-1.0, 2.0, 1.0]], [[0.0, 2.0, 1.5], [-1.5, 1.5, 1.5]]]> : tensor<3x2x3xf32>
  check.expect_equal %y0, %want0 : tensor<3x2x3xf32>
  return
}

// x[start : start + size] = u
func.func @update_two_dimensions() {
  %a0 = dlc.constant dense<[[[-0.5, -1.5, 0.0], [-1.5, -1.5, 1.5], [2.0, -1.0, 2.0], [-1.5, 2.0, 2.0], [-2.0, -1.5, 0.5], [1.5, 0.0, -1.0]], [[1.0, 0.5, 0.5], [-1.0, 2.0, -0.5], [0.0, 2.0, -0.5], [2.0, -0.5, -1.5], [2.0, 1.0, -0.5], [-1.5, -1.0, -1.0]], [[-0.5, -2.0, -0.5], [0.5, -2.0, 1.0], [2.0, 1.0, -0.5], [1.0, 1.0, -0.5], [0.5, -1.5, 1.5], [-2.0, 1.0, -0.5]], [[-2.0, 2.0, 2.0], [0.0, -1.5, 0.5], [0.0, 2.0, 0.0], [1.5, -2.0, 1.0], [-1.0, 0.5, 2.0], [-1.0, 2.0, 1.0]], [[-1.5, -0.5, -1.5], [1.0, 0.0, -1.0], [0.5, 2.0, -2.0], [-1.5, 2.0, 1.5], [0.0, 2.0, 1.5], [-1.5, 1.5, 1.5]]]> : tensor<5x6x3xf32>
  %a1 = dlc.constant dense<[2, 4]> : tensor<2xsi64>
  %a2 = dlc.constant dense<[[[1.0, 0.5, -1.5], [0.5, 0.5, -1.0]], [[0.0, -1.0, 0.5], [-1.0, -2.0, -0.5]], [[1.0, 0.5, 0.0], [1.0, -1.5, 1.0]]]> : tensor<3x2x3xf32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0, 1] : tensor<5x6x3xf32>, tensor<2xsi64>, tensor<3x2x3xf32>
  %want0 = dlc.constant dense<[[[-0.5, -1.5, 0.0], [-1.5, -1.5, 1.5], [2.0, -1.0, 2.0], [-1.5, 2.0, 2.0], [-2.0, -1.5, 0.5], [1.5, 0.0, -1.0]], [[1.0, 0.5, 0.5], [-1.0, 2.0, -0.5], [0.0, 2.0, -0.5], [2.0, -0.5, -1.5], [2.0, 1.0, -0.5], [-1.5, -1.0, -1.0]], [[-0.5, -2.0, -0.5], [0.5, -2.0, 1.0], [2.0, 1.0, -0.5], [1.0, 1.0, -0.5], [1.0, 0.5, -1.5], [0.5, 0.5, -1.0]], [[-2.0, 2.0, 2.0], [0.0, -1.5, 0.5], [0.0, 2.0, 0.0], [1.5, -2.0, 1.0], [0.0, -1.0, 0.5], [-1.0, -2.0, -0.5]], [[-1.5, -0.5, -1.5], [1.0, 0.0, -1.0], [0.5, 2.0, -2.0], [-1.5, 2.0, 1.5], [1.0, 0.5, 0.0], [1.0, -1.5, 1.0]]]> : tensor<5x6x3xf32>
  check.expect_equal %y0, %want0 : tensor<5x6x3xf32>
  return
}

// x[start : start + size]
func.func @all() {
  %a0 = dlc.constant dense<[-1.0, -0.5, -2.0]> : tensor<3xf32>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [3] : tensor<3xf32>, tensor<1xsi64>
  %want0 = dlc.constant dense<[-1.0, -0.5, -2.0]> : tensor<3xf32>
  check.expect_equal %y0, %want0 : tensor<3xf32>
  return
}

// x[start : start + size] = u
func.func @update_all() {
  %a0 = dlc.constant dense<[-1.0, -0.5, -2.0]> : tensor<3xf32>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %a2 = dlc.constant dense<[-0.5, 0.0, 1.0]> : tensor<3xf32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<3xf32>, tensor<1xsi64>, tensor<3xf32>
  %want0 = dlc.constant dense<[-0.5, 0.0, 1.0]> : tensor<3xf32>
  check.expect_equal %y0, %want0 : tensor<3xf32>
  return
}

// x[start : start + size]
func.func @nothing() {
  %a0 = dlc.constant dense<[[-1.5, 2.0, -1.5, -1.5], [2.0, -0.5, -0.5, -1.0], [0.5, 2.0, 2.0, -2.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<2> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [0] : tensor<3x4xf32>, tensor<1xsi64>
  %want0 = dlc.constant dense<> : tensor<0x4xf32>
  check.expect_equal %y0, %want0 : tensor<0x4xf32>
  return
}

// x[start : start + size] = u
func.func @update_nothing() {
  %a0 = dlc.constant dense<[[-1.5, 2.0, -1.5, -1.5], [2.0, -0.5, -0.5, -1.0], [0.5, 2.0, 2.0, -2.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<2> : tensor<1xsi64>
  %a2 = dlc.constant dense<> : tensor<0x4xf32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<3x4xf32>, tensor<1xsi64>, tensor<0x4xf32>
  %want0 = dlc.constant dense<[[-1.5, 2.0, -1.5, -1.5], [2.0, -0.5, -0.5, -1.0], [0.5, 2.0, 2.0, -2.0]]> : tensor<3x4xf32>
  check.expect_equal %y0, %want0 : tensor<3x4xf32>
  return
}

// x[start : start + size]
func.func @last() {
  %a0 = dlc.constant dense<[[0.0, 2.0, -2.0, 1.0, -0.5, -1.0, -1.5, 1.0, -2.0, -0.5, -1.5, 0.5, -1.0, -0.5, -0.5, 2.0, -0.5, 0.0, 1.5, 1.5, 0.5, 0.5, 2.0, -0.5, 1.0, 2.0, 1.0, -1.5, 2.0, 2.0, 0.5, 2.0, -1.0, 1.5, -1.0, 0.5, -1.0, 0.5, 1.5, 2.0, -2.0, -0.5, 2.0, 1.5, -0.5, 1.0, -1.0, 1.5, 0.5, -0.5, 0.5, 0.5, -1.0, -2.0, -1.5, -2.0, 1.0, -2.0, -1.5, 1.0, 0.0, -0.5, -0.5, 2.0, -0.5, -2.0, 1.5], [-1.5, 2.0, 1.5, 0.0, -0.5, 1.5, -1.5, -1.5, 1.5, -1.0, -1.0, 1.0, 2.0, 1.5, -1.0, 1.5, 1.5, 1.0, 0.0, 1.0, 2.0, -2.0, -1.0, 1.0, 2.0, -0.5, -1.0, 1.5, 0.0, -2.0, 0.5, -2.0, 0.0, -0.5, 1.0, -1.0, 1.0, -1.5, -1.0, 2.0, -2.0, 2.0, 1.0, 0.0, 0.5, -0.5, 0.5, -1.5, 0.0, -0.5, 2.0, 2.0, -1.0, 0.5, 2.0, -0.5, -1.5, 2.0, 1.0, -1.0, 2.0, 1.5, -1.5, -0.5, 1.0, -1.0, -1.0], [0.0, -2.0, 0.0, -0.5, -1.5, 1.0, 0.5, -1.0, 0.0, 2.0, -1.0, -2.0, -1.5, -1.0, -2.0, -0.5, -0.5, -0.5, 0.5, -1.0, -1.5, -2.0, 1.0, -1.5, -1.0, -1.0, 2.0, 1.0, 0.5, -0.5, 1.5, 1.0, 2.0, -0.5, -1.0, -0.5, 1.5, -1.5, 0.5, -1.0, 1.5, 2.0, 1.0, 0.0, 0.5, -1.0, 0.5, -1.5, -0.5, 1.5, -2.0, 1.0, -1.0, 1.0, 1.0, 1.5, 0.5, -1.0, 0.5, 1.0, 0.0, -2.0, 1.5, 0.5, -1.0, -1.0, 1.5]]> : tensor<3x67xf32>
  %a1 = dlc.constant dense<32> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [1] sizes [35] : tensor<3x67xf32>, tensor<1xsi64>
  %want0 = dlc.constant dense<[[-1.0, 1.5, -1.0, 0.5, -1.0, 0.5, 1.5, 2.0, -2.0, -0.5, 2.0, 1.5, -0.5, 1.0, -1.0, 1.5, 0.5, -0.5, 0.5, 0.5, -1.0, -2.0, -1.5, -2.0, 1.0, -2.0, -1.5, 1.0, 0.0, -0.5, -0.5, 2.0, -0.5, -2.0, 1.5], [0.0, -0.5, 1.0, -1.0, 1.0, -1.5, -1.0, 2.0, -2.0, 2.0, 1.0, 0.0, 0.5, -0.5, 0.5, -1.5, 0.0, -0.5, 2.0, 2.0, -1.0, 0.5, 2.0, -0.5, -1.5, 2.0, 1.0, -1.0, 2.0, 1.5, -1.5, -0.5, 1.0, -1.0, -1.0], [2.0, -0.5, -1.0, -0.5, 1.5, -1.5, 0.5, -1.0, 1.5, 2.0, 1.0, 0.0, 0.5, -1.0, 0.5, -1.5, -0.5, 1.5, -2.0, 1.0, -1.0, 1.0, 1.0, 1.5, 0.5, -1.0, 0.5, 1.0, 0.0, -2.0, 1.5, 0.5, -1.0, -1.0, 1.5]]> : tensor<3x35xf32>
  check.expect_equal %y0, %want0 : tensor<3x35xf32>
  return
}

// x[start : start + size] = u
func.func @update_last() {
  %a0 = dlc.constant dense<[[0.0, 2.0, -2.0, 1.0, -0.5, -1.0, -1.5, 1.0, -2.0, -0.5, -1.5, 0.5, -1.0, -0.5, -0.5, 2.0, -0.5, 0.0, 1.5, 1.5, 0.5, 0.5, 2.0, -0.5, 1.0, 2.0, 1.0, -1.5, 2.0, 2.0, 0.5, 2.0, -1.0, 1.5, -1.0, 0.5, -1.0, 0.5, 1.5, 2.0, -2.0, -0.5, 2.0, 1.5, -0.5, 1.0, -1.0, 1.5, 0.5, -0.5, 0.5, 0.5, -1.0, -2.0, -1.5, -2.0, 1.0, -2.0, -1.5, 1.0, 0.0, -0.5, -0.5, 2.0, -0.5, -2.0, 1.5], [-1.5, 2.0, 1.5, 0.0, -0.5, 1.5, -1.5, -1.5, 1.5, -1.0, -1.0, 1.0, 2.0, 1.5, -1.0, 1.5, 1.5, 1.0, 0.0, 1.0, 2.0, -2.0, -1.0, 1.0, 2.0, -0.5, -1.0, 1.5, 0.0, -2.0, 0.5, -2.0, 0.0, -0.5, 1.0, -1.0, 1.0, -1.5, -1.0, 2.0, -2.0, 2.0, 1.0, 0.0, 0.5, -0.5, 0.5, -1.5, 0.0, -0.5, 2.0, 2.0, -1.0, 0.5, 2.0, -0.5, -1.5, 2.0, 1.0, -1.0, 2.0, 1.5, -1.5, -0.5, 1.0, -1.0, -1.0], [0.0, -2.0, 0.0, -0.5, -1.5, 1.0, 0.5, -1.0, 0.0, 2.0, -1.0, -2.0, -1.5, -1.0, -2.0, -0.5, -0.5, -0.5, 0.5, -1.0, -1.5, -2.0, 1.0, -1.5, -1.0, -1.0, 2.0, 1.0, 0.5, -0.5, 1.5, 1.0, 2.0, -0.5, -1.0, -0.5, 1.5, -1.5, 0.5, -1.0, 1.5, 2.0, 1.0, 0.0, 0.5, -1.0, 0.5, -1.5, -0.5, 1.5, -2.0, 1.0, -1.0, 1.0, 1.0, 1.5, 0.5, -1.0, 0.5, 1.0, 0.0, -2.0, 1.5, 0.5, -1.0, -1.0, 1.5]]> : tensor<3x67xf32>
  %a1 = dlc.constant dense<32> : tensor<1xsi64>
  %a2 = dlc.constant dense<[[0.5, 1.0, -1.0, -1.5, -0.5, 1.0, 1.0, -1.0, 2.0, -1.5, -0.5, 0.5, -1.5, 0.0, -1.5, 1.0, 1.0, -2.0, 2.0, 1.5, -2.0, 0.5, -0.5, -0.5, -1.5, -1.0, 2.0, -1.0, -1.5, 1.5, -2.0, 2.0, 1.0, -2.0, 2.0], [0.0, 1.0, 0.5, -1.5, 0.5, -0.5, 1.0, 0.0, 0.5, 2.0, -0.5, 1.0, -1.5, -2.0, 0.5, 0.0, 0.5, 1.5, 0.5, 0.0, 2.0, 1.0, 2.0, 2.0, 2.0, 2.0, -1.5, 1.5, 2.0, 0.5, -1.5, -1.0, 1.5, -1.5, -0.5], [-1.5, 2.0, 0.5, -2.0, 1.0, -1.5, 1.5, 0.5, 2.0, -1.5, -1.0, -1.5, -0.5, 1.5, -1.5, 1.5, 0.0, -2.0, 2.0, -0.5, 1.0, -0.5, -0.5, -2.0, -1.5, 0.5, 1.5, -0.5, 2.0, 2.0, 1.0, 1.5, -1.0, -1.5, -0.5]]> : tensor<3x35xf32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [1] : tensor<3x67xf32>, tensor<1xsi64>, tensor<3x35xf32>
  %want0 = dlc.constant dense<[[0.0, 2.0, -2.0, 1.0, -0.5, -1.0, -1.5, 1.0, -2.0, -0.5, -1.5, 0.5, -1.0, -0.5, -0.5, 2.0, -0.5, 0.0, 1.5, 1.5, 0.5, 0.5, 2.0, -0.5, 1.0, 2.0, 1.0, -1.5, 2.0, 2.0, 0.5, 2.0, 0.5, 1.0, -1.0, -1.5, -0.5, 1.0, 1.0, -1.0, 2.0, -1.5, -0.5, 0.5, -1.5, 0.0, -1.5, 1.0, 1.0, -2.0, 2.0, 1.5, -2.0, 0.5, -0.5, -0.5, -1.5, -1.0, 2.0, -1.0, -1.5, 1.5, -2.0, 2.0, 1.0, -2.0, 2.0], [-1.5, 2.0, 1.5, 0.0, -0.5, 1.5, -1.5, -1.5, 1.5, -1.0, -1.0, 1.0, 2.0, 1.5, -1.0, 1.5, 1.5, 1.0, 0.0, 1.0, 2.0, -2.0, -1.0, 1.0, 2.0, -0.5, -1.0, 1.5, 0.0, -2.0, 0.5, -2.0, 0.0, 1.0, 0.5, -1.5, 0.5, -0.5, 1.0, 0.0, 0.5, 2.0, -0.5, 1.0, -1.5, -2.0, 0.5, 0.0, 0.5, 1.5, 0.5, 0.0, 2.0, 1.0, 2.0, 2.0, 2.0, 2.0, -1.5, 1.5, 2.0, 0.5, -1.5, -1.0, 1.5, -1.5, -0.5], [0.0, -2.0, 0.0, -0.5, -1.5, 1.0, 0.5, -1.0, 0.0, 2.0, -1.0, -2.0, -1.5, -1.0, -2.0, -0.5, -0.5, -0.5, 0.5, -1.0, -1.5, -2.0, 1.0, -1.5, -1.0, -1.0, 2.0, 1.0, 0.5, -0.5, 1.5, 1.0, -1.5, 2.0, 0.5, -2.0, 1.0, -1.5, 1.5, 0.5, 2.0, -1.5, -1.0, -1.5, -0.5, 1.5, -1.5, 1.5, 0.0, -2.0, 2.0, -0.5, 1.0, -0.5, -0.5, -2.0, -1.5, 0.5, 1.5, -0.5, 2.0, 2.0, 1.0, 1.5, -1.0, -1.5, -0.5]]> : tensor<3x67xf32>
  check.expect_equal %y0, %want0 : tensor<3x67xf32>
  return
}

// x[start : start + size]
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[2.0, 0.5, 1.0], [2.0, 1.5, -1.0]], [[1.5, -0.5, 1.0], [-2.0, -1.0, -2.0]], [[2.0, -1.0, 1.0], [1.5, -1.0, 1.0]]]], [[[[0.0, 0.0, -1.0], [-0.5, -1.5, -1.0]], [[-0.5, 1.0, 1.0], [0.0, -0.5, -2.0]], [[-1.0, 0.5, 1.5], [2.0, 1.5, -2.0]]]]]]> : tensor<1x2x1x3x2x3xf32>
  %a1 = dlc.constant dense<[1, 0]> : tensor<2xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [3, 4] sizes [2, 1] : tensor<1x2x1x3x2x3xf32>, tensor<2xsi64>
  %want0 = dlc.constant dense<[[[[[[1.5, -0.5, 1.0]], [[2.0, -1.0, 1.0]]]], [[[[-0.5, 1.0, 1.0]], [[-1.0, 0.5, 1.5]]]]]]> : tensor<1x2x1x2x1x3xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x2x1x3xf32>
  return
}

// x[start : start + size] = u
func.func @update_rank_six() {
  %a0 = dlc.constant dense<[[[[[[2.0, 0.5, 1.0], [2.0, 1.5, -1.0]], [[1.5, -0.5, 1.0], [-2.0, -1.0, -2.0]], [[2.0, -1.0, 1.0], [1.5, -1.0, 1.0]]]], [[[[0.0, 0.0, -1.0], [-0.5, -1.5, -1.0]], [[-0.5, 1.0, 1.0], [0.0, -0.5, -2.0]], [[-1.0, 0.5, 1.5], [2.0, 1.5, -2.0]]]]]]> : tensor<1x2x1x3x2x3xf32>
  %a1 = dlc.constant dense<[1, 0]> : tensor<2xsi64>
  %a2 = dlc.constant dense<[[[[[[1.0, 2.0, -2.0]], [[-2.0, 2.0, -1.0]]]], [[[[2.0, 2.0, 0.0]], [[2.0, 0.0, -1.5]]]]]]> : tensor<1x2x1x2x1x3xf32>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [3, 4] : tensor<1x2x1x3x2x3xf32>, tensor<2xsi64>, tensor<1x2x1x2x1x3xf32>
  %want0 = dlc.constant dense<[[[[[[2.0, 0.5, 1.0], [2.0, 1.5, -1.0]], [[1.0, 2.0, -2.0], [-2.0, -1.0, -2.0]], [[-2.0, 2.0, -1.0], [1.5, -1.0, 1.0]]]], [[[[0.0, 0.0, -1.0], [-0.5, -1.5, -1.0]], [[2.0, 2.0, 0.0], [0.0, -0.5, -2.0]], [[2.0, 0.0, -1.5], [2.0, 1.5, -2.0]]]]]]> : tensor<1x2x1x3x2x3xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x3x2x3xf32>
  return
}

// x[start : start + size]
func.func @one() {
  %a0 = dlc.constant dense<0.5> : tensor<1xf64>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %y0 = dlc.dynamic_slice %a0, %a1 dims [0] sizes [1] : tensor<1xf64>, tensor<1xsi64>
  %want0 = dlc.constant dense<0.5> : tensor<1xf64>
  check.expect_equal %y0, %want0 : tensor<1xf64>
  return
}

// x[start : start + size] = u
func.func @update_one() {
  %a0 = dlc.constant dense<0.5> : tensor<1xf64>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %a2 = dlc.constant dense<1.0> : tensor<1xf64>
  %y0 = dlc.dynamic_update_slice %a0, %a1, %a2 dims [0] : tensor<1xf64>, tensor<1xsi64>, tensor<1xf64>
  %want0 = dlc.constant dense<1.0> : tensor<1xf64>
  check.expect_equal %y0, %want0 : tensor<1xf64>
  return
}
