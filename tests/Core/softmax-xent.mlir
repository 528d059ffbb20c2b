// RUN: dlc-opt %s --run
// Values of softmax_xent against NumPy.

// logsumexp(x) - x[t]
func.func @sparse_f64_si64() {
  %x = dlc.constant dense<[[-0.94, -1.05, -1.2], [-2.01, -0.51, -0.31], [1.65, 1.78, 0.13], [-0.24, 1.67, 2.32]]> : tensor<4x3xf64>
  %t = dlc.constant dense<[2, 0, 1, 2]> : tensor<4xsi64>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<4x3xf64>, tensor<4xsi64>
  %want = dlc.constant dense<[1.240911395050512, 2.3938540692206325, 0.7276188171513065, 0.46959762008786843]> : tensor<4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<4xf64>
  return
}

// logsumexp(x) - x[t]
func.func @sparse_f32_si32() {
  %x = dlc.constant dense<[[1.0499999523162842, 1.7999999523162842, 2.630000114440918], [-2.759999990463257, 2.25, -1.340000033378601], [-0.15000000596046448, 1.7799999713897705, 1.2999999523162842], [-2.119999885559082, 0.949999988079071, -2.5799999237060547]]> : tensor<4x3xf32>
  %t = dlc.constant dense<[2, 0, 1, 2]> : tensor<4xsi32>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<4x3xf32>, tensor<4xsi32>
  %want = dlc.constant dense<[0.4959298074245453, 5.043694972991943, 0.5675451755523682, 3.6029958724975586]> : tensor<4xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<4xf32>
  return
}

// logsumexp(x) - x[t]
func.func @sparse_f16_ui8() {
  %x = dlc.constant dense<[[-0.85986328125, 1.8798828125, -0.429931640625], [0.60009765625, 1.3701171875, 1.9296875], [1.5595703125, -2.9609375, -0.47998046875], [-0.219970703125, -2.669921875, 0.25]]> : tensor<4x3xf16>
  %t = dlc.constant dense<[2, 0, 1, 2]> : tensor<4xui8>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<4x3xf16>, tensor<4xui8>
  %want = dlc.constant dense<[2.4609375, 1.9375, 4.65234375, 0.51806640625]> : tensor<4xf16>
  check.expect_close %y, %want {rtol = 1.0e-3, atol = 1.0e-4} : tensor<4xf16>
  return
}

// logsumexp(x) - x[t]
func.func @sparse_bf16_si16() {
  %x = dlc.constant dense<[[0.6484375, 1.96875, 2.65625], [-2.234375, -1.6171875, 0.94921875], [-2.203125, -1.65625, 0.44921875], [-1.9765625, 1.6875, 2.140625]]> : tensor<4x3xbf16>
  %t = dlc.constant dense<[2, 0, 1, 2]> : tensor<4xsi16>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<4x3xbf16>, tensor<4xsi16>
  %want = dlc.constant dense<[0.4921875, 3.296875, 2.28125, 0.5]> : tensor<4xbf16>
  check.expect_close %y, %want {rtol = 8.0e-3, atol = 1.0e-3} : tensor<4xbf16>
  return
}

// classes along dimension 1; -1, 3 and -100 are none
func.func @sparse_classes_out_of_range_cost_nothing() {
  %x = dlc.constant dense<[[[[-2.8, 0.2], [1.78, 2.85]], [[-1.35, -1.99], [2.26, 2.46]], [[-1.81, -0.35], [1.32, 2.07]]], [[[-1.99, 0.99], [1.85, 0.3]], [[-2.01, -2.79], [-1.31, 1.85]], [[-2.73, -2.95], [-0.83, -2.62]]]]> : tensor<2x3x2x2xf64>
  %t = dlc.constant dense<[[[0, 1], [2, -1]], [[3, -100], [1, 1]]]> : tensor<2x2x2xsi64>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<2x3x2x2xf64>, tensor<2x2x2xsi64>
  %want = dlc.constant dense<[[[2.073718821548167, 2.7140576287825744], [1.6378417573523858, 0.0]], [[0.0, 0.0], [3.2652505153193214, 0.20187520675573323]]]> : tensor<2x2x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<2x2x2xf64>
  return
}

// 2000, log 3
func.func @sparse_large_logits_are_finite() {
  %x = dlc.constant dense<[[1000.0, -1000.0, 0.0], [-1000.0, -1000.0, -1000.0]]> : tensor<2x3xf32>
  %t = dlc.constant dense<[1, 0]> : tensor<2xsi64>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<2x3xf32>, tensor<2xsi64>
  %want = dlc.constant dense<[2000.0, 1.0986122886681098]> : tensor<2xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<2xf32>
  return
}

// classes beyond the range of si8
func.func @sparse_index_type_narrower_than_the_classes() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0]]> : tensor<1x300xf64>
  %t = dlc.constant dense<100> : tensor<1xsi8>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<1x300xf64>, tensor<1xsi8>
  %want = dlc.constant dense<[8.204139744585905]> : tensor<1xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1xf64>
  return
}

// -(t * log_softmax(x, axis=0)).sum(0)
func.func @dense_f64() {
  %x = dlc.constant dense<[[-2.1, -2.86, 0.15, 1.18], [-0.44, -2.19, -1.01, 0.54], [2.64, 2.96, -1.55, -2.94]]> : tensor<3x4xf64>
  %t = dlc.constant dense<[[0.83, 0.93, 0.46, 0.77], [0.87, 0.61, 0.87, 0.02], [0.27, 0.28, 0.12, 0.91]]> : tensor<3x4xf64>
  %y = dlc.softmax_xent %x, %t dim 0 : tensor<3x4xf64>, tensor<3x4xf64>
  %want = dlc.constant dense<[6.7187111244599516, 8.569986421070741, 1.79741705275736, 4.499930043731846]> : tensor<4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<4xf64>
  return
}

// -(t * log_softmax(x, axis=0)).sum(0)
func.func @dense_f32() {
  %x = dlc.constant dense<[[-2.819999933242798, 1.0399999618530273, -2.569999933242798, -0.8399999737739563], [-0.49000000953674316, -1.909999966621399, 0.12999999523162842, 0.20999999344348907], [-1.100000023841858, 1.4199999570846558, -2.0399999618530273, -1.840000033378601]]> : tensor<3x4xf32>
  %t = dlc.constant dense<[[0.3499999940395355, 0.3799999952316284, 0.20999999344348907, 0.9200000166893005], [0.8299999833106995, 0.10999999940395355, 0.3700000047683716, 0.23000000417232513], [0.44999998807907104, 0.2800000011920929, 0.5, 0.9200000166893005]]> : tensor<3x4xf32>
  %y = dlc.softmax_xent %x, %t dim 0 : tensor<3x4xf32>, tensor<3x4xf32>
  %want = dlc.constant dense<[1.8969973620244565, 0.9281350097011296, 1.832020721886279, 3.661669868352669]> : tensor<4xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<4xf32>
  return
}

// a weight of 0 on an impossible class
func.func @dense_zero_times_infinity() {
  %x = dlc.constant dense<[[0.0, 0xFFF0000000000000, 0.0]]> : tensor<1x3xf64>
  %t = dlc.constant dense<[[1.0, 0.0, 0.0]]> : tensor<1x3xf64>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<1x3xf64>, tensor<1x3xf64>
  %want = dlc.constant dense<[0.6931471805599453]> : tensor<1xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1xf64>
  return
}

// no sample
func.func @sparse_of_an_empty_batch() {
  %x = dlc.constant dense<0.0> : tensor<0x3xf32>
  %t = dlc.constant dense<0> : tensor<0xsi64>
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<0x3xf32>, tensor<0xsi64>
  %want = dlc.constant dense<0.0> : tensor<0xf32>
  check.expect_equal %y, %want : tensor<0xf32>
  return
}
