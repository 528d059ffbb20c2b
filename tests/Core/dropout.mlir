// RUN: dlc-opt %s --run
// Values of dropout: the mask is that of rng_bits (a Philox in Python).

// np.where(words >= 0.4 * 2**32, x / 0.6, 0)
func.func @dropout_f64() {
  %x = dlc.constant dense<[[1.91, 1.78, -0.84, 0.46, 1.31], [2.24, -0.05, 2.25, -1.09, -1.68]]> : tensor<2x5xf64>
  %k = dlc.constant dense<[1, 2]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 5, 6]> : tensor<4xui32>
  %y, %m = dlc.dropout %x, %k, %c rate 0.4 : tensor<2x5xf64>, tensor<2xui32>, tensor<4xui32> -> tensor<2x5xi1>
  %want = dlc.constant dense<[[0.0, 2.966666666666667, -1.4, 0.7666666666666667, 0.0], [0.0, -0.08333333333333334, 3.75, -1.8166666666666669, -2.8]]> : tensor<2x5xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<2x5xf64>
  %kept = dlc.constant dense<[[false, true, true, true, false], [false, true, true, true, true]]> : tensor<2x5xi1>
  check.expect_equal %m, %kept : tensor<2x5xi1>
  return
}

// np.where(words >= 0.4 * 2**32, x / 0.6, 0)
func.func @dropout_f32() {
  %x = dlc.constant dense<[[-1.2400000095367432, 1.3799999952316284, 2.309999942779541, -0.17000000178813934, 1.1799999475479126], [-2.1700000762939453, 0.03999999910593033, -0.38999998569488525, -0.4099999964237213, -1.8700000047683716]]> : tensor<2x5xf32>
  %k = dlc.constant dense<[1, 2]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 5, 6]> : tensor<4xui32>
  %y, %m = dlc.dropout %x, %k, %c rate 0.4 : tensor<2x5xf32>, tensor<2xui32>, tensor<4xui32> -> tensor<2x5xi1>
  %want = dlc.constant dense<[[0.0, 2.299999952316284, 3.8499999046325684, -0.28333333134651184, 0.0], [0.0, 0.06666666269302368, -0.6499999761581421, -0.6833333373069763, -3.116666793823242]]> : tensor<2x5xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<2x5xf32>
  %kept = dlc.constant dense<[[false, true, true, true, false], [false, true, true, true, true]]> : tensor<2x5xi1>
  check.expect_equal %m, %kept : tensor<2x5xi1>
  return
}

// np.where(words >= 0.4 * 2**32, x / 0.6, 0)
func.func @dropout_f16() {
  %x = dlc.constant dense<[[0.740234375, 1.0302734375, 0.81982421875, 1.4599609375, -0.25], [2.119140625, 0.429931640625, 2.2890625, -0.5400390625, 1.2001953125]]> : tensor<2x5xf16>
  %k = dlc.constant dense<[1, 2]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 5, 6]> : tensor<4xui32>
  %y, %m = dlc.dropout %x, %k, %c rate 0.4 : tensor<2x5xf16>, tensor<2xui32>, tensor<4xui32> -> tensor<2x5xi1>
  %want = dlc.constant dense<[[0.0, 1.716796875, 1.3662109375, 2.43359375, 0.0], [0.0, 0.716796875, 3.814453125, -0.89990234375, 2.0]]> : tensor<2x5xf16>
  check.expect_close %y, %want {rtol = 1.0e-3, atol = 1.0e-4} : tensor<2x5xf16>
  %kept = dlc.constant dense<[[false, true, true, true, false], [false, true, true, true, true]]> : tensor<2x5xi1>
  check.expect_equal %m, %kept : tensor<2x5xi1>
  return
}

// a rate of 0 changes nothing
func.func @rate_zero() {
  %x = dlc.constant dense<[-1.82, -2.5, 2.59]> : tensor<3xf64>
  %k = dlc.constant dense<[1, 2]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 0, 0]> : tensor<4xui32>
  %y, %m = dlc.dropout %x, %k, %c rate 0.0 : tensor<3xf64>, tensor<2xui32>, tensor<4xui32> -> tensor<3xi1>
  check.expect_equal %y, %x : tensor<3xf64>
  return
}
