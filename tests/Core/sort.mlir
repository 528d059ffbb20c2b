// RUN: dlc-opt %s --run && dlc-opt %s --run=cpu
// Values of sort against NumPy: keys and the places where they were, equal keys in their order, NaN the largest.

// np.argsort(x, kind="stable")
func.func @rows_of_f64() {
  %a0 = dlc.constant dense<[[0.5, 0.5, -0.5, -0.5, -2.0, 1.5, 2.0], [0.5, -0.5, -1.0, 2.0, 0.0, 1.5, 1.0]]> : tensor<2x7xf64>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xf64>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-2.0, -0.5, -0.5, 0.5, 0.5, 1.5, 2.0], [-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0]]> : tensor<2x7xf64>
  check.expect_equal %y0, %want0 : tensor<2x7xf64>
  %want1 = dlc.constant dense<[[4, 2, 3, 0, 1, 5, 6], [2, 1, 4, 0, 6, 5, 3]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_f64() {
  %a0 = dlc.constant dense<[[-1.5, 0.5, -1.5, 0.0, -1.0, 1.0, 0.5, -1.5, -0.5], [-2.0, 2.0, -2.0, 0.0, 0.5, -1.0, -0.5, -1.0, 1.5]]> : tensor<2x9xf64>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xf64>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[1.0, 0.5], [2.0, 1.5]]> : tensor<2x2xf64>
  check.expect_equal %y0, %want0 : tensor<2x2xf64>
  %want1 = dlc.constant dense<[[5, 1], [1, 8]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_f32() {
  %a0 = dlc.constant dense<[[1.0, 2.0, 1.5, -1.5, 1.5, -0.5, -0.5], [-0.5, 0.0, 0.0, -2.0, 2.0, -0.5, 0.5]]> : tensor<2x7xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xf32>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-1.5, -0.5, -0.5, 1.0, 1.5, 1.5, 2.0], [-2.0, -0.5, -0.5, 0.0, 0.0, 0.5, 2.0]]> : tensor<2x7xf32>
  check.expect_equal %y0, %want0 : tensor<2x7xf32>
  %want1 = dlc.constant dense<[[3, 5, 6, 0, 2, 4, 1], [3, 0, 5, 1, 2, 6, 4]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_f32() {
  %a0 = dlc.constant dense<[[-1.0, -1.0, 0.5, 0.5, 0.0, -1.0, -2.0, 0.0, -2.0], [-2.0, -1.0, 0.5, -2.0, 0.0, 0.0, 0.5, 2.0, 0.5]]> : tensor<2x9xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 2 : tensor<2x9xf32>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<-2.0> : tensor<2x2xf32>
  check.expect_equal %y0, %want0 : tensor<2x2xf32>
  %want1 = dlc.constant dense<[[6, 8], [0, 3]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_f16() {
  %a0 = dlc.constant dense<[[-1.0, 0.5, 2.0, 1.0, -1.0, -1.5, 0.0], [1.0, 0.5, 0.5, -1.0, 1.0, 0.5, -0.5]]> : tensor<2x7xf16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xf16>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-1.5, -1.0, -1.0, 0.0, 0.5, 1.0, 2.0], [-1.0, -0.5, 0.5, 0.5, 0.5, 1.0, 1.0]]> : tensor<2x7xf16>
  check.expect_equal %y0, %want0 : tensor<2x7xf16>
  %want1 = dlc.constant dense<[[5, 0, 4, 6, 1, 3, 2], [3, 6, 1, 2, 5, 0, 4]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_f16() {
  %a0 = dlc.constant dense<[[1.0, -2.0, -1.5, 2.0, 0.0, 1.5, 0.5, 2.0, 1.0], [0.0, 2.0, 1.5, 2.0, 1.5, -0.5, 0.0, 2.0, 2.0]]> : tensor<2x9xf16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xf16>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<2.0> : tensor<2x2xf16>
  check.expect_equal %y0, %want0 : tensor<2x2xf16>
  %want1 = dlc.constant dense<[[3, 7], [1, 3]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_bf16() {
  %a0 = dlc.constant dense<[[0.0, 1.5, 1.0, -2.0, 0.5, -1.5, 2.0], [-0.5, -1.5, 0.0, -2.0, 0.5, 1.5, 0.5]]> : tensor<2x7xbf16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xbf16>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-2.0, -1.5, 0.0, 0.5, 1.0, 1.5, 2.0], [-2.0, -1.5, -0.5, 0.0, 0.5, 0.5, 1.5]]> : tensor<2x7xbf16>
  check.expect_equal %y0, %want0 : tensor<2x7xbf16>
  %want1 = dlc.constant dense<[[3, 5, 0, 4, 2, 1, 6], [3, 1, 0, 2, 4, 6, 5]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_bf16() {
  %a0 = dlc.constant dense<[[-1.0, 1.5, -2.0, 1.5, 1.0, -2.0, 2.0, -0.5, 2.0], [1.5, -1.5, 1.0, 0.5, -2.0, -0.5, 0.5, -1.5, -1.5]]> : tensor<2x9xbf16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 2 : tensor<2x9xbf16>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[-2.0, -2.0], [-2.0, -1.5]]> : tensor<2x2xbf16>
  check.expect_equal %y0, %want0 : tensor<2x2xbf16>
  %want1 = dlc.constant dense<[[2, 5], [4, 1]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_si8() {
  %a0 = dlc.constant dense<[[0, 0, 4, 4, 3, -4, 1], [3, 0, 0, -4, 4, 0, 3]]> : tensor<2x7xsi8>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xsi8>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-4, 0, 0, 1, 3, 4, 4], [-4, 0, 0, 0, 3, 3, 4]]> : tensor<2x7xsi8>
  check.expect_equal %y0, %want0 : tensor<2x7xsi8>
  %want1 = dlc.constant dense<[[5, 0, 1, 6, 4, 2, 3], [3, 1, 2, 5, 0, 6, 4]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_si8() {
  %a0 = dlc.constant dense<[[0, -4, -3, 1, -2, 3, -1, -2, -1], [2, -2, -2, 4, -3, -1, -2, -1, -2]]> : tensor<2x9xsi8>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xsi8>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[3, 1], [4, 2]]> : tensor<2x2xsi8>
  check.expect_equal %y0, %want0 : tensor<2x2xsi8>
  %want1 = dlc.constant dense<[[5, 3], [3, 0]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_si16() {
  %a0 = dlc.constant dense<[[-3, 4, 4, -2, 4, -1, 3], [0, -2, 2, -1, 4, 4, 1]]> : tensor<2x7xsi16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xsi16>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-3, -2, -1, 3, 4, 4, 4], [-2, -1, 0, 1, 2, 4, 4]]> : tensor<2x7xsi16>
  check.expect_equal %y0, %want0 : tensor<2x7xsi16>
  %want1 = dlc.constant dense<[[0, 3, 5, 6, 1, 2, 4], [1, 3, 0, 6, 2, 4, 5]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_si16() {
  %a0 = dlc.constant dense<[[1, 3, 3, -3, -4, 1, 4, -3, 3], [3, 1, 1, 1, -3, -2, 3, 1, 0]]> : tensor<2x9xsi16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 2 : tensor<2x9xsi16>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[-4, -3], [-3, -2]]> : tensor<2x2xsi16>
  check.expect_equal %y0, %want0 : tensor<2x2xsi16>
  %want1 = dlc.constant dense<[[4, 3], [4, 5]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_si32() {
  %a0 = dlc.constant dense<[[2, 0, 4, -4, 2, 4, 0], [0, 4, 3, -1, -4, 4, 2]]> : tensor<2x7xsi32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xsi32>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-4, 0, 0, 2, 2, 4, 4], [-4, -1, 0, 2, 3, 4, 4]]> : tensor<2x7xsi32>
  check.expect_equal %y0, %want0 : tensor<2x7xsi32>
  %want1 = dlc.constant dense<[[3, 1, 6, 0, 4, 2, 5], [4, 3, 0, 6, 2, 1, 5]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_si32() {
  %a0 = dlc.constant dense<[[4, -1, 1, 0, -1, 1, 0, 3, -3], [4, 1, -3, -4, 3, 2, -3, 3, -4]]> : tensor<2x9xsi32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xsi32>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[4, 3], [4, 3]]> : tensor<2x2xsi32>
  check.expect_equal %y0, %want0 : tensor<2x2xsi32>
  %want1 = dlc.constant dense<[[0, 7], [0, 4]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_si64() {
  %a0 = dlc.constant dense<[[-2, -2, 1, -2, 3, 2, -1], [1, -4, -1, -3, 3, -3, 4]]> : tensor<2x7xsi64>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xsi64>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[-2, -2, -2, -1, 1, 2, 3], [-4, -3, -3, -1, 1, 3, 4]]> : tensor<2x7xsi64>
  check.expect_equal %y0, %want0 : tensor<2x7xsi64>
  %want1 = dlc.constant dense<[[0, 1, 3, 6, 2, 5, 4], [1, 3, 5, 2, 0, 4, 6]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_si64() {
  %a0 = dlc.constant dense<[[2, 1, -1, 1, -1, 3, 3, -2, 4], [4, -3, -3, -4, -4, -4, 3, 2, -3]]> : tensor<2x9xsi64>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 2 : tensor<2x9xsi64>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[-2, -1], [-4, -4]]> : tensor<2x2xsi64>
  check.expect_equal %y0, %want0 : tensor<2x2xsi64>
  %want1 = dlc.constant dense<[[7, 2], [3, 4]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_ui8() {
  %a0 = dlc.constant dense<[[3, 1, 1, 2, 3, 0, 4], [2, 2, 1, 4, 0, 0, 3]]> : tensor<2x7xui8>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xui8>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[0, 1, 1, 2, 3, 3, 4], [0, 0, 1, 2, 2, 3, 4]]> : tensor<2x7xui8>
  check.expect_equal %y0, %want0 : tensor<2x7xui8>
  %want1 = dlc.constant dense<[[5, 1, 2, 3, 0, 4, 6], [4, 5, 2, 0, 1, 6, 3]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_ui8() {
  %a0 = dlc.constant dense<[[4, 2, 1, 0, 2, 3, 4, 2, 1], [0, 4, 4, 0, 2, 0, 0, 4, 1]]> : tensor<2x9xui8>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xui8>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<4> : tensor<2x2xui8>
  check.expect_equal %y0, %want0 : tensor<2x2xui8>
  %want1 = dlc.constant dense<[[0, 6], [1, 2]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_ui16() {
  %a0 = dlc.constant dense<[[4, 1, 0, 0, 1, 1, 1], [0, 0, 1, 3, 3, 0, 0]]> : tensor<2x7xui16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xui16>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[0, 0, 1, 1, 1, 1, 4], [0, 0, 0, 0, 1, 3, 3]]> : tensor<2x7xui16>
  check.expect_equal %y0, %want0 : tensor<2x7xui16>
  %want1 = dlc.constant dense<[[2, 3, 1, 4, 5, 6, 0], [0, 1, 5, 6, 2, 3, 4]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_ui16() {
  %a0 = dlc.constant dense<[[3, 0, 2, 0, 4, 1, 1, 0, 2], [2, 3, 4, 0, 4, 3, 2, 4, 3]]> : tensor<2x9xui16>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 2 : tensor<2x9xui16>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[0, 0], [0, 2]]> : tensor<2x2xui16>
  check.expect_equal %y0, %want0 : tensor<2x2xui16>
  %want1 = dlc.constant dense<[[1, 3], [3, 0]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_ui32() {
  %a0 = dlc.constant dense<[[2, 3, 3, 3, 0, 4, 0], [1, 1, 3, 3, 2, 2, 3]]> : tensor<2x7xui32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xui32>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[0, 0, 2, 3, 3, 3, 4], [1, 1, 2, 2, 3, 3, 3]]> : tensor<2x7xui32>
  check.expect_equal %y0, %want0 : tensor<2x7xui32>
  %want1 = dlc.constant dense<[[4, 6, 0, 1, 2, 3, 5], [0, 1, 4, 5, 2, 3, 6]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_ui32() {
  %a0 = dlc.constant dense<[[1, 3, 4, 0, 3, 4, 2, 0, 0], [2, 2, 2, 1, 4, 0, 0, 0, 3]]> : tensor<2x9xui32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xui32>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<[[4, 4], [4, 3]]> : tensor<2x2xui32>
  check.expect_equal %y0, %want0 : tensor<2x2xui32>
  %want1 = dlc.constant dense<[[2, 5], [4, 8]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_ui64() {
  %a0 = dlc.constant dense<[[0, 1, 3, 0, 4, 1, 0], [3, 2, 0, 3, 4, 1, 0]]> : tensor<2x7xui64>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xui64>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[0, 0, 0, 1, 1, 3, 4], [0, 0, 1, 2, 3, 3, 4]]> : tensor<2x7xui64>
  check.expect_equal %y0, %want0 : tensor<2x7xui64>
  %want1 = dlc.constant dense<[[0, 3, 6, 1, 5, 2, 4], [2, 6, 5, 1, 0, 3, 4]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_ui64() {
  %a0 = dlc.constant dense<[[2, 1, 3, 1, 1, 0, 0, 4, 3], [4, 0, 4, 3, 0, 2, 4, 2, 1]]> : tensor<2x9xui64>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 2 : tensor<2x9xui64>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<0> : tensor<2x2xui64>
  check.expect_equal %y0, %want0 : tensor<2x2xui64>
  %want1 = dlc.constant dense<[[5, 6], [1, 4]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rows_of_i1() {
  %a0 = dlc.constant dense<[[true, false, true, true, false, false, false], [false, false, true, true, false, true, true]]> : tensor<2x7xi1>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6]]> : tensor<2x7xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<2x7xi1>, tensor<2x7xsi64>
  %want0 = dlc.constant dense<[[false, false, false, false, true, true, true], [false, false, false, true, true, true, true]]> : tensor<2x7xi1>
  check.expect_equal %y0, %want0 : tensor<2x7xi1>
  %want1 = dlc.constant dense<[[1, 4, 5, 6, 0, 2, 3], [0, 1, 4, 2, 3, 5, 6]]> : tensor<2x7xsi64>
  check.expect_equal %y1, %want1 : tensor<2x7xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @best_of_i1() {
  %a0 = dlc.constant dense<[[false, false, true, false, true, false, false, false, true], [false, true, false, false, false, true, false, false, false]]> : tensor<2x9xi1>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8], [0, 1, 2, 3, 4, 5, 6, 7, 8]]> : tensor<2x9xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 2 : tensor<2x9xi1>, tensor<2x9xsi64>
  %want0 = dlc.constant dense<true> : tensor<2x2xi1>
  check.expect_equal %y0, %want0 : tensor<2x2xi1>
  %want1 = dlc.constant dense<[[2, 4], [1, 5]]> : tensor<2x2xsi64>
  check.expect_equal %y1, %want1 : tensor<2x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_si8() {
  %a0 = dlc.constant dense<[-128, 127, 0]> : tensor<3xsi8>
  %a1 = dlc.constant dense<[0, 1, 2]> : tensor<3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<3xsi8>, tensor<3xsi64>
  %want0 = dlc.constant dense<[-128, 0, 127]> : tensor<3xsi8>
  check.expect_equal %y0, %want0 : tensor<3xsi8>
  %want1 = dlc.constant dense<[0, 2, 1]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_si8_descending() {
  %a0 = dlc.constant dense<[-128, 127, 0]> : tensor<3xsi8>
  %a1 = dlc.constant dense<[0, 1, 2]> : tensor<3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<3xsi8>, tensor<3xsi64>
  %want0 = dlc.constant dense<[127, 0, -128]> : tensor<3xsi8>
  check.expect_equal %y0, %want0 : tensor<3xsi8>
  %want1 = dlc.constant dense<[1, 2, 0]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_ui8() {
  %a0 = dlc.constant dense<[255, 0, 128]> : tensor<3xui8>
  %a1 = dlc.constant dense<[0, 1, 2]> : tensor<3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<3xui8>, tensor<3xsi64>
  %want0 = dlc.constant dense<[0, 128, 255]> : tensor<3xui8>
  check.expect_equal %y0, %want0 : tensor<3xui8>
  %want1 = dlc.constant dense<[1, 2, 0]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_ui8_descending() {
  %a0 = dlc.constant dense<[255, 0, 128]> : tensor<3xui8>
  %a1 = dlc.constant dense<[0, 1, 2]> : tensor<3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<3xui8>, tensor<3xsi64>
  %want0 = dlc.constant dense<[255, 128, 0]> : tensor<3xui8>
  check.expect_equal %y0, %want0 : tensor<3xui8>
  %want1 = dlc.constant dense<[0, 2, 1]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_si64() {
  %a0 = dlc.constant dense<[-9223372036854775808, 9223372036854775807, 0, -1]> : tensor<4xsi64>
  %a1 = dlc.constant dense<[0, 1, 2, 3]> : tensor<4xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<4xsi64>, tensor<4xsi64>
  %want0 = dlc.constant dense<[-9223372036854775808, -1, 0, 9223372036854775807]> : tensor<4xsi64>
  check.expect_equal %y0, %want0 : tensor<4xsi64>
  %want1 = dlc.constant dense<[0, 3, 2, 1]> : tensor<4xsi64>
  check.expect_equal %y1, %want1 : tensor<4xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_si64_descending() {
  %a0 = dlc.constant dense<[-9223372036854775808, 9223372036854775807, 0, -1]> : tensor<4xsi64>
  %a1 = dlc.constant dense<[0, 1, 2, 3]> : tensor<4xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<4xsi64>, tensor<4xsi64>
  %want0 = dlc.constant dense<[9223372036854775807, 0, -1, -9223372036854775808]> : tensor<4xsi64>
  check.expect_equal %y0, %want0 : tensor<4xsi64>
  %want1 = dlc.constant dense<[1, 2, 3, 0]> : tensor<4xsi64>
  check.expect_equal %y1, %want1 : tensor<4xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_ui64() {
  %a0 = dlc.constant dense<[18446744073709551615, 9223372036854775808, 0, 1]> : tensor<4xui64>
  %a1 = dlc.constant dense<[0, 1, 2, 3]> : tensor<4xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<4xui64>, tensor<4xsi64>
  %want0 = dlc.constant dense<[0, 1, 9223372036854775808, 18446744073709551615]> : tensor<4xui64>
  check.expect_equal %y0, %want0 : tensor<4xui64>
  %want1 = dlc.constant dense<[2, 3, 1, 0]> : tensor<4xsi64>
  check.expect_equal %y1, %want1 : tensor<4xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_ui64_descending() {
  %a0 = dlc.constant dense<[18446744073709551615, 9223372036854775808, 0, 1]> : tensor<4xui64>
  %a1 = dlc.constant dense<[0, 1, 2, 3]> : tensor<4xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<4xui64>, tensor<4xsi64>
  %want0 = dlc.constant dense<[18446744073709551615, 9223372036854775808, 1, 0]> : tensor<4xui64>
  check.expect_equal %y0, %want0 : tensor<4xui64>
  %want1 = dlc.constant dense<[0, 1, 3, 2]> : tensor<4xsi64>
  check.expect_equal %y1, %want1 : tensor<4xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_si32() {
  %a0 = dlc.constant dense<[-2147483648, 2147483647, 0]> : tensor<3xsi32>
  %a1 = dlc.constant dense<[0, 1, 2]> : tensor<3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<3xsi32>, tensor<3xsi64>
  %want0 = dlc.constant dense<[-2147483648, 0, 2147483647]> : tensor<3xsi32>
  check.expect_equal %y0, %want0 : tensor<3xsi32>
  %want1 = dlc.constant dense<[0, 2, 1]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @extremes_of_si32_descending() {
  %a0 = dlc.constant dense<[-2147483648, 2147483647, 0]> : tensor<3xsi32>
  %a1 = dlc.constant dense<[0, 1, 2]> : tensor<3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<3xsi32>, tensor<3xsi64>
  %want0 = dlc.constant dense<[2147483647, 0, -2147483648]> : tensor<3xsi32>
  check.expect_equal %y0, %want0 : tensor<3xsi32>
  %want1 = dlc.constant dense<[1, 2, 0]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f64() {
  %a0 = dlc.constant dense<[0x7FF8000000000000, 1.0, 0xFFF0000000000000, 0.0, -0.0, 0x7FF0000000000000, -1.0, 0x7FF8000000000000]> : tensor<8xf64>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<8xf64>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0xFFF0000000000000, -1.0, 0.0, -0.0, 1.0, 0x7FF0000000000000, 0x7FF8000000000000, 0x7FF8000000000000]> : tensor<8xf64>
  check.expect_equal %y0, %want0 : tensor<8xf64>
  %want1 = dlc.constant dense<[2, 6, 3, 4, 1, 5, 0, 7]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f64_descending() {
  %a0 = dlc.constant dense<[0x7FF8000000000000, 1.0, 0xFFF0000000000000, 0.0, -0.0, 0x7FF0000000000000, -1.0, 0x7FF8000000000000]> : tensor<8xf64>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<8xf64>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0x7FF8000000000000, 0x7FF8000000000000, 0x7FF0000000000000, 1.0, 0.0, -0.0, -1.0, 0xFFF0000000000000]> : tensor<8xf64>
  check.expect_equal %y0, %want0 : tensor<8xf64>
  %want1 = dlc.constant dense<[0, 7, 5, 1, 3, 4, 6, 2]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f64_best() {
  %a0 = dlc.constant dense<[0x7FF8000000000000, 1.0, 0xFFF0000000000000, 0.0, -0.0, 0x7FF0000000000000, -1.0, 0x7FF8000000000000, 0x7FF8000000000000, 1.0, 0xFFF0000000000000, 0.0, -0.0, 0x7FF0000000000000, -1.0, 0x7FF8000000000000]> : tensor<16xf64>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]> : tensor<16xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending limit 3 : tensor<16xf64>, tensor<16xsi64>
  %want0 = dlc.constant dense<0x7FF8000000000000> : tensor<3xf64>
  check.expect_equal %y0, %want0 : tensor<3xf64>
  %want1 = dlc.constant dense<[0, 7, 8]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f32() {
  %a0 = dlc.constant dense<[0x7FC00000, 1.0, 0xFF800000, 0.0, -0.0, 0x7F800000, -1.0, 0x7FC00000]> : tensor<8xf32>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<8xf32>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0xFF800000, -1.0, 0.0, -0.0, 1.0, 0x7F800000, 0x7FC00000, 0x7FC00000]> : tensor<8xf32>
  check.expect_equal %y0, %want0 : tensor<8xf32>
  %want1 = dlc.constant dense<[2, 6, 3, 4, 1, 5, 0, 7]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f32_descending() {
  %a0 = dlc.constant dense<[0x7FC00000, 1.0, 0xFF800000, 0.0, -0.0, 0x7F800000, -1.0, 0x7FC00000]> : tensor<8xf32>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<8xf32>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0x7FC00000, 0x7FC00000, 0x7F800000, 1.0, 0.0, -0.0, -1.0, 0xFF800000]> : tensor<8xf32>
  check.expect_equal %y0, %want0 : tensor<8xf32>
  %want1 = dlc.constant dense<[0, 7, 5, 1, 3, 4, 6, 2]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f32_best() {
  %a0 = dlc.constant dense<[0x7FC00000, 1.0, 0xFF800000, 0.0, -0.0, 0x7F800000, -1.0, 0x7FC00000, 0x7FC00000, 1.0, 0xFF800000, 0.0, -0.0, 0x7F800000, -1.0, 0x7FC00000]> : tensor<16xf32>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]> : tensor<16xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending limit 3 : tensor<16xf32>, tensor<16xsi64>
  %want0 = dlc.constant dense<0x7FC00000> : tensor<3xf32>
  check.expect_equal %y0, %want0 : tensor<3xf32>
  %want1 = dlc.constant dense<[0, 7, 8]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f16() {
  %a0 = dlc.constant dense<[0x7E00, 1.0, 0xFC00, 0.0, -0.0, 0x7C00, -1.0, 0x7E00]> : tensor<8xf16>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<8xf16>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0xFC00, -1.0, 0.0, -0.0, 1.0, 0x7C00, 0x7E00, 0x7E00]> : tensor<8xf16>
  check.expect_equal %y0, %want0 : tensor<8xf16>
  %want1 = dlc.constant dense<[2, 6, 3, 4, 1, 5, 0, 7]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f16_descending() {
  %a0 = dlc.constant dense<[0x7E00, 1.0, 0xFC00, 0.0, -0.0, 0x7C00, -1.0, 0x7E00]> : tensor<8xf16>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<8xf16>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0x7E00, 0x7E00, 0x7C00, 1.0, 0.0, -0.0, -1.0, 0xFC00]> : tensor<8xf16>
  check.expect_equal %y0, %want0 : tensor<8xf16>
  %want1 = dlc.constant dense<[0, 7, 5, 1, 3, 4, 6, 2]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_f16_best() {
  %a0 = dlc.constant dense<[0x7E00, 1.0, 0xFC00, 0.0, -0.0, 0x7C00, -1.0, 0x7E00, 0x7E00, 1.0, 0xFC00, 0.0, -0.0, 0x7C00, -1.0, 0x7E00]> : tensor<16xf16>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]> : tensor<16xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending limit 3 : tensor<16xf16>, tensor<16xsi64>
  %want0 = dlc.constant dense<0x7E00> : tensor<3xf16>
  check.expect_equal %y0, %want0 : tensor<3xf16>
  %want1 = dlc.constant dense<[0, 7, 8]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_bf16() {
  %a0 = dlc.constant dense<[0x7FC0, 1.0, 0xFF80, 0.0, -0.0, 0x7F80, -1.0, 0x7FC0]> : tensor<8xbf16>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<8xbf16>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0xFF80, -1.0, 0.0, -0.0, 1.0, 0x7F80, 0x7FC0, 0x7FC0]> : tensor<8xbf16>
  check.expect_equal %y0, %want0 : tensor<8xbf16>
  %want1 = dlc.constant dense<[2, 6, 3, 4, 1, 5, 0, 7]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_bf16_descending() {
  %a0 = dlc.constant dense<[0x7FC0, 1.0, 0xFF80, 0.0, -0.0, 0x7F80, -1.0, 0x7FC0]> : tensor<8xbf16>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7]> : tensor<8xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<8xbf16>, tensor<8xsi64>
  %want0 = dlc.constant dense<[0x7FC0, 0x7FC0, 0x7F80, 1.0, 0.0, -0.0, -1.0, 0xFF80]> : tensor<8xbf16>
  check.expect_equal %y0, %want0 : tensor<8xbf16>
  %want1 = dlc.constant dense<[0, 7, 5, 1, 3, 4, 6, 2]> : tensor<8xsi64>
  check.expect_equal %y1, %want1 : tensor<8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @special_bf16_best() {
  %a0 = dlc.constant dense<[0x7FC0, 1.0, 0xFF80, 0.0, -0.0, 0x7F80, -1.0, 0x7FC0, 0x7FC0, 1.0, 0xFF80, 0.0, -0.0, 0x7F80, -1.0, 0x7FC0]> : tensor<16xbf16>
  %a1 = dlc.constant dense<[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]> : tensor<16xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending limit 3 : tensor<16xbf16>, tensor<16xsi64>
  %want0 = dlc.constant dense<0x7FC0> : tensor<3xbf16>
  check.expect_equal %y0, %want0 : tensor<3xbf16>
  %want1 = dlc.constant dense<[0, 7, 8]> : tensor<3xsi64>
  check.expect_equal %y1, %want1 : tensor<3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @columns() {
  %a0 = dlc.constant dense<[[14.5, 18.5, -15.5], [13.5, 14.0, 8.5], [16.5, -10.5, -16.0], [10.0, 9.5, 8.0], [-15.0, 1.0, 3.5]]> : tensor<5x3xf32>
  %a1 = dlc.constant dense<[[0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3], [4, 4, 4]]> : tensor<5x3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<5x3xf32>, tensor<5x3xsi64>
  %want0 = dlc.constant dense<[[-15.0, -10.5, -16.0], [10.0, 1.0, -15.5], [13.5, 9.5, 3.5], [14.5, 14.0, 8.0], [16.5, 18.5, 8.5]]> : tensor<5x3xf32>
  check.expect_equal %y0, %want0 : tensor<5x3xf32>
  %want1 = dlc.constant dense<[[4, 2, 2], [3, 4, 0], [1, 3, 4], [0, 1, 3], [2, 0, 1]]> : tensor<5x3xsi64>
  check.expect_equal %y1, %want1 : tensor<5x3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @middle() {
  %a0 = dlc.constant dense<[[[-10.5, -2.0, -12.0], [6.5, -3.5, 19.0], [-9.0, 2.5, 15.5], [-19.5, -1.5, -6.5]], [[7.0, -17.5, 16.0], [-15.5, 5.0, 3.0], [-13.5, -4.0, -7.5], [9.0, 17.0, 3.0]]]> : tensor<2x4x3xf32>
  %a1 = dlc.constant dense<[[[0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3]], [[0, 0, 0], [1, 1, 1], [2, 2, 2], [3, 3, 3]]]> : tensor<2x4x3xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending : tensor<2x4x3xf32>, tensor<2x4x3xsi64>
  %want0 = dlc.constant dense<[[[6.5, 2.5, 19.0], [-9.0, -1.5, 15.5], [-10.5, -2.0, -6.5], [-19.5, -3.5, -12.0]], [[9.0, 17.0, 16.0], [7.0, 5.0, 3.0], [-13.5, -4.0, 3.0], [-15.5, -17.5, -7.5]]]> : tensor<2x4x3xf32>
  check.expect_equal %y0, %want0 : tensor<2x4x3xf32>
  %want1 = dlc.constant dense<[[[1, 2, 1], [2, 3, 2], [0, 0, 3], [3, 1, 0]], [[3, 3, 0], [0, 1, 1], [2, 2, 3], [1, 0, 2]]]> : tensor<2x4x3xsi64>
  check.expect_equal %y1, %want1 : tensor<2x4x3xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @one() {
  %a0 = dlc.constant dense<-18.5> : tensor<1xf32>
  %a1 = dlc.constant dense<0> : tensor<1xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 : tensor<1xf32>, tensor<1xsi64>
  %want0 = dlc.constant dense<-18.5> : tensor<1xf32>
  check.expect_equal %y0, %want0 : tensor<1xf32>
  %want1 = dlc.constant dense<0> : tensor<1xsi64>
  check.expect_equal %y1, %want1 : tensor<1xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @two() {
  %a0 = dlc.constant dense<[-9.0, -11.5]> : tensor<2xf32>
  %a1 = dlc.constant dense<[0, 1]> : tensor<2xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 0 descending : tensor<2xf32>, tensor<2xsi64>
  %want0 = dlc.constant dense<[-9.0, -11.5]> : tensor<2xf32>
  check.expect_equal %y0, %want0 : tensor<2xf32>
  %want1 = dlc.constant dense<[0, 1]> : tensor<2xsi64>
  check.expect_equal %y1, %want1 : tensor<2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @no_rows() {
  %a0 = dlc.constant dense<> : tensor<0x4xf32>
  %a1 = dlc.constant dense<> : tensor<0x4xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<0x4xf32>, tensor<0x4xsi64>
  %want0 = dlc.constant dense<> : tensor<0x4xf32>
  check.expect_equal %y0, %want0 : tensor<0x4xf32>
  %want1 = dlc.constant dense<> : tensor<0x4xsi64>
  check.expect_equal %y1, %want1 : tensor<0x4xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @nothing() {
  %a0 = dlc.constant dense<> : tensor<3x0xf32>
  %a1 = dlc.constant dense<> : tensor<3x0xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<3x0xf32>, tensor<3x0xsi64>
  %want0 = dlc.constant dense<> : tensor<3x0xf32>
  check.expect_equal %y0, %want0 : tensor<3x0xf32>
  %want1 = dlc.constant dense<> : tensor<3x0xsi64>
  check.expect_equal %y1, %want1 : tensor<3x0xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @limit_zero() {
  %a0 = dlc.constant dense<[[-6.0, 5.0, 10.0, 14.5], [19.5, 13.0, 5.5, 9.5], [10.5, 8.0, -7.0, -5.0]]> : tensor<3x4xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3], [0, 1, 2, 3], [0, 1, 2, 3]]> : tensor<3x4xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 0 : tensor<3x4xf32>, tensor<3x4xsi64>
  %want0 = dlc.constant dense<> : tensor<3x0xf32>
  check.expect_equal %y0, %want0 : tensor<3x0xf32>
  %want1 = dlc.constant dense<> : tensor<3x0xsi64>
  check.expect_equal %y1, %want1 : tensor<3x0xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @limit_one() {
  %a0 = dlc.constant dense<[[10.5, -18.0, -2.0, 5.5, 9.0, -17.5, 3.5, 12.0, -4.5, -15.0, 3.5, -19.5, -1.5, 20.0, -2.0, -13.5, 12.0, 3.5, 2.0, -18.0, 3.5, 19.5, 11.5, -19.5, -18.0, 7.5, 17.0, 14.0, -17.0, -8.5, 4.5, -20.0, -2.5, -18.5, -7.0, -18.0, 4.0, 10.5, -12.0, 1.0, 4.0, 16.0, -14.5, 5.5, 11.5, 4.0, 0.0, -12.0, 14.0, -11.0, 14.5, 19.5, 5.5, 18.5, -7.0, -2.5, 7.0, 12.0, 8.0, 9.0, -13.0, -9.0, -19.0, -12.0, 3.0, 10.0, -12.5], [18.5, 14.5, 19.5, 1.5, -6.0, 3.5, -17.5, 2.0, -7.5, -18.5, -17.5, -17.5, 20.0, -9.0, -8.0, -3.5, 14.0, -18.5, -10.5, 5.0, 18.5, 5.5, -0.5, 16.0, 13.5, 18.5, 4.0, -9.0, 11.0, 3.5, -17.5, 15.5, -16.5, 8.5, -6.0, -13.0, 15.5, 5.5, 16.5, -7.0, 8.5, 12.0, 4.0, -8.5, -18.5, 0.0, 17.5, -7.5, 6.5, 7.5, 4.5, -4.5, 14.0, -5.0, -10.5, 16.0, 5.0, -16.5, 7.5, -9.0, 10.5, 17.0, -16.5, -19.0, 9.0, -4.5, 16.5]]> : tensor<2x67xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66]]> : tensor<2x67xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 1 : tensor<2x67xf32>, tensor<2x67xsi64>
  %want0 = dlc.constant dense<[[-20.0], [-19.0]]> : tensor<2x1xf32>
  check.expect_equal %y0, %want0 : tensor<2x1xf32>
  %want1 = dlc.constant dense<[[31], [63]]> : tensor<2x1xsi64>
  check.expect_equal %y1, %want1 : tensor<2x1xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @limit_half() {
  %a0 = dlc.constant dense<[[8.0, 5.0, 13.5, -13.5, -5.0, 17.0, 3.5, -16.0, -17.0, -11.0, -8.0, 14.5, -8.0, 3.5, 15.0, -6.5, -7.0], [12.5, -5.0, 6.0, 7.0, -15.5, -7.5, -11.0, -3.5, 12.5, -19.0, 12.5, 9.5, -17.0, -13.0, 1.0, 15.5, 8.5]]> : tensor<2x17xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]]> : tensor<2x17xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 8 : tensor<2x17xf32>, tensor<2x17xsi64>
  %want0 = dlc.constant dense<[[17.0, 15.0, 14.5, 13.5, 8.0, 5.0, 3.5, 3.5], [15.5, 12.5, 12.5, 12.5, 9.5, 8.5, 7.0, 6.0]]> : tensor<2x8xf32>
  check.expect_equal %y0, %want0 : tensor<2x8xf32>
  %want1 = dlc.constant dense<[[5, 14, 11, 2, 0, 1, 6, 13], [15, 0, 8, 10, 11, 16, 3, 2]]> : tensor<2x8xsi64>
  check.expect_equal %y1, %want1 : tensor<2x8xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @limit_all() {
  %a0 = dlc.constant dense<[[-13.0, -7.0, 2.0, -17.5, 3.5], [-3.5, -3.5, 17.5, -9.0, 9.5]]> : tensor<2x5xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]> : tensor<2x5xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 limit 5 : tensor<2x5xf32>, tensor<2x5xsi64>
  %want0 = dlc.constant dense<[[-17.5, -13.0, -7.0, 2.0, 3.5], [-9.0, -3.5, -3.5, 9.5, 17.5]]> : tensor<2x5xf32>
  check.expect_equal %y0, %want0 : tensor<2x5xf32>
  %want1 = dlc.constant dense<[[3, 0, 1, 2, 4], [3, 0, 1, 4, 2]]> : tensor<2x5xsi64>
  check.expect_equal %y1, %want1 : tensor<2x5xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @rank_six() {
  %a0 = dlc.constant dense<[[[[[[-14.0, -11.5]], [[8.5, 14.0]], [[11.0, 7.0]], [[15.0, -8.5]], [[-19.5, -9.5]]]], [[[[0.0, -13.0]], [[-2.0, -4.0]], [[-14.0, -5.5]], [[-17.5, -8.5]], [[-8.0, 15.0]]]]]]> : tensor<1x2x1x5x1x2xf32>
  %a1 = dlc.constant dense<[[[[[[0, 0]], [[1, 1]], [[2, 2]], [[3, 3]], [[4, 4]]]], [[[[0, 0]], [[1, 1]], [[2, 2]], [[3, 3]], [[4, 4]]]]]]> : tensor<1x2x1x5x1x2xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 3 : tensor<1x2x1x5x1x2xf32>, tensor<1x2x1x5x1x2xsi64>
  %want0 = dlc.constant dense<[[[[[[-19.5, -11.5]], [[-14.0, -9.5]], [[8.5, -8.5]], [[11.0, 7.0]], [[15.0, 14.0]]]], [[[[-17.5, -13.0]], [[-14.0, -8.5]], [[-8.0, -5.5]], [[-2.0, -4.0]], [[0.0, 15.0]]]]]]> : tensor<1x2x1x5x1x2xf32>
  check.expect_equal %y0, %want0 : tensor<1x2x1x5x1x2xf32>
  %want1 = dlc.constant dense<[[[[[[4, 0]], [[0, 4]], [[1, 3]], [[2, 2]], [[3, 1]]]], [[[[3, 0]], [[2, 3]], [[4, 2]], [[1, 1]], [[0, 4]]]]]]> : tensor<1x2x1x5x1x2xsi64>
  check.expect_equal %y1, %want1 : tensor<1x2x1x5x1x2xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @long() {
  %a0 = dlc.constant dense<[[-12.5, 10.5, 7.5, -0.5, -14.0, 18.5, 1.0, 7.0, 15.5, 18.5, -5.0, 13.0, 5.0, 5.5, -0.5, 8.0, -8.5, 11.0, -2.5, 10.5, -2.0, 15.0, 18.5, -6.5, -2.5, -5.5, 11.0, -10.0, -18.5, 17.0, 6.0, 16.5, 17.5, -2.5, -4.5, -4.0, 2.5, -15.0, -12.0, 19.0, 16.0, 7.0, 12.5, 19.0, -19.5, 5.5, 12.5, 0.5, 4.5, 10.0, 11.5, 15.5, -16.5, 14.0, -9.0, -6.0, 4.5, 0.5, 5.0, 18.0, 12.5, 0.5, 11.0, 12.0, 12.5, 1.0, -4.0]]> : tensor<1x67xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66]]> : tensor<1x67xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 : tensor<1x67xf32>, tensor<1x67xsi64>
  %want0 = dlc.constant dense<[[-19.5, -18.5, -16.5, -15.0, -14.0, -12.5, -12.0, -10.0, -9.0, -8.5, -6.5, -6.0, -5.5, -5.0, -4.5, -4.0, -4.0, -2.5, -2.5, -2.5, -2.0, -0.5, -0.5, 0.5, 0.5, 0.5, 1.0, 1.0, 2.5, 4.5, 4.5, 5.0, 5.0, 5.5, 5.5, 6.0, 7.0, 7.0, 7.5, 8.0, 10.0, 10.5, 10.5, 11.0, 11.0, 11.0, 11.5, 12.0, 12.5, 12.5, 12.5, 12.5, 13.0, 14.0, 15.0, 15.5, 15.5, 16.0, 16.5, 17.0, 17.5, 18.0, 18.5, 18.5, 18.5, 19.0, 19.0]]> : tensor<1x67xf32>
  check.expect_equal %y0, %want0 : tensor<1x67xf32>
  %want1 = dlc.constant dense<[[44, 28, 52, 37, 4, 0, 38, 27, 54, 16, 23, 55, 25, 10, 34, 35, 66, 18, 24, 33, 20, 3, 14, 47, 57, 61, 6, 65, 36, 48, 56, 12, 58, 13, 45, 30, 7, 41, 2, 15, 49, 1, 19, 17, 26, 62, 50, 63, 42, 46, 60, 64, 11, 53, 21, 8, 51, 40, 31, 29, 32, 59, 5, 9, 22, 39, 43]]> : tensor<1x67xsi64>
  check.expect_equal %y1, %want1 : tensor<1x67xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @power() {
  %a0 = dlc.constant dense<[[13.5, -11.0, -17.5, -18.5, -20.0, 3.0, -16.5, 17.0, -2.5, -19.5, -5.5, 13.0, 18.5, 7.0, 20.0, -8.0, -15.0, 14.0, 13.5, 1.5, 0.5, 4.0, 14.0, 2.0, -5.5, -10.5, 11.0, 19.0, -20.0, -9.5, -1.5, -12.0, -7.0, 8.5, -10.0, 8.0, -8.0, 2.5, -3.5, 20.0, 0.0, 15.0, 1.0, -5.0, 9.5, -2.5, 13.0, 15.0, 18.5, 9.0, 7.0, 0.0, -10.0, 7.5, 3.0, 7.5, -2.5, -11.0, -10.5, 10.0, -7.0, 13.0, -11.0, -2.5]]> : tensor<1x64xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63]]> : tensor<1x64xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending : tensor<1x64xf32>, tensor<1x64xsi64>
  %want0 = dlc.constant dense<[[20.0, 20.0, 19.0, 18.5, 18.5, 17.0, 15.0, 15.0, 14.0, 14.0, 13.5, 13.5, 13.0, 13.0, 13.0, 11.0, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.5, 7.0, 7.0, 4.0, 3.0, 3.0, 2.5, 2.0, 1.5, 1.0, 0.5, 0.0, 0.0, -1.5, -2.5, -2.5, -2.5, -2.5, -3.5, -5.0, -5.5, -5.5, -7.0, -7.0, -8.0, -8.0, -9.5, -10.0, -10.0, -10.5, -10.5, -11.0, -11.0, -11.0, -12.0, -15.0, -16.5, -17.5, -18.5, -19.5, -20.0, -20.0]]> : tensor<1x64xf32>
  check.expect_equal %y0, %want0 : tensor<1x64xf32>
  %want1 = dlc.constant dense<[[14, 39, 27, 12, 48, 7, 41, 47, 17, 22, 0, 18, 11, 46, 61, 26, 59, 44, 49, 33, 35, 53, 55, 13, 50, 21, 5, 54, 37, 23, 19, 42, 20, 40, 51, 30, 8, 45, 56, 63, 38, 43, 10, 24, 32, 60, 15, 36, 29, 34, 52, 25, 58, 1, 57, 62, 31, 16, 6, 2, 3, 9, 4, 28]]> : tensor<1x64xsi64>
  check.expect_equal %y1, %want1 : tensor<1x64xsi64>
  return
}

// np.argsort(x, kind="stable")
func.func @heap() {
  %a0 = dlc.constant dense<[[1.5, 9.5, -17.5, 0.5, 2.0, -11.0, -3.5, 14.0, -20.0, 20.0, -9.0, -2.5, 19.0, -6.0, 3.0, -10.0, -17.5, -16.0, 3.0, -17.5, 8.5, -5.0, -15.0, 19.5, -4.0, 11.5, -11.5, 18.5, 1.5, 15.0, 13.0, 15.5, -10.5, -7.0, -14.5, 18.5, -14.5, -8.5, 4.5, 2.5, -17.5, 1.0, 1.0, -5.0, 12.5, -15.0, 11.0, 1.0, 7.0, 8.5, -20.0, 2.0, -3.0, 6.5, -10.5, -3.0, 0.5, -13.0, -14.0, 14.5, -15.0, -15.0, 18.5, 14.0, 15.5, -18.5, -16.5]]> : tensor<1x67xf32>
  %a1 = dlc.constant dense<[[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66]]> : tensor<1x67xsi64>
  %y0, %y1 = dlc.sort %a0, %a1 dim 1 descending limit 13 : tensor<1x67xf32>, tensor<1x67xsi64>
  %want0 = dlc.constant dense<[[20.0, 19.5, 19.0, 18.5, 18.5, 18.5, 15.5, 15.5, 15.0, 14.5, 14.0, 14.0, 13.0]]> : tensor<1x13xf32>
  check.expect_equal %y0, %want0 : tensor<1x13xf32>
  %want1 = dlc.constant dense<[[9, 23, 12, 27, 35, 62, 31, 64, 29, 59, 7, 63, 30]]> : tensor<1x13xsi64>
  check.expect_equal %y1, %want1 : tensor<1x13xsi64>
  return
}
