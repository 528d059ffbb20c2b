// RUN: dlc-opt %s --run
// Values of logsumexp against NumPy.

// m + np.log(np.exp(x - m).sum(1))
func.func @logsumexp_of_rows_f64() {
  %x = dlc.constant dense<[[-2.54, 1.68, -0.37, 1.34, 2.87], [0.23, 0.01, -2.57, -1.39, -0.0], [1.08, 1.82, -0.71, -2.6, -1.27]]> : tensor<3x5xf64>
  %y = dlc.logsumexp %x dims [1] : tensor<3x5xf64>
  %want = dlc.constant dense<[3.3174975484267777, 1.2793384142908815, 2.2989070772192592]> : tensor<3xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  return
}

// m + np.log(np.exp(x - m).sum(1))
func.func @logsumexp_of_rows_f32() {
  %x = dlc.constant dense<[[2.4600000381469727, -1.7200000286102295, -0.28999999165534973, 2.5899999141693115, -2.8499999046325684], [0.6000000238418579, 2.700000047683716, -1.6200000047683716, 0.28999999165534973, 2.450000047683716], [-2.200000047683716, 0.14000000059604645, 1.5, 1.0099999904632568, -0.1899999976158142]]> : tensor<3x5xf32>
  %y = dlc.logsumexp %x dims [1] : tensor<3x5xf32>
  %want = dlc.constant dense<[3.2588560581207275, 3.3953311443328857, 2.231661081314087]> : tensor<3xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<3xf32>
  return
}

// m + np.log(np.exp(x - m).sum(1))
func.func @logsumexp_of_rows_f16() {
  %x = dlc.constant dense<[[-1.76953125, -0.05999755859375, -0.77001953125, -0.1400146484375, -0.7998046875], [2.029296875, 1.6103515625, -1.1201171875, 0.43994140625, -1.33984375], [-0.280029296875, -0.8798828125, 0.93994140625, -0.77978515625, -0.25]]> : tensor<3x5xf16>
  %y = dlc.logsumexp %x dims [1] : tensor<3x5xf16>
  %want = dlc.constant dense<[1.0625, 2.69140625, 1.6025390625]> : tensor<3xf16>
  check.expect_close %y, %want {rtol = 1.0e-3, atol = 1.0e-4} : tensor<3xf16>
  return
}

// m + np.log(np.exp(x - m).sum(1))
func.func @logsumexp_of_rows_bf16() {
  %x = dlc.constant dense<[[1.3203125, -0.51953125, 2.4375, -1.921875, 1.453125], [-0.470703125, -0.439453125, 0.80859375, 0.1396484375, -0.51171875], [-2.984375, -2.453125, 1.2578125, 0.150390625, 1.1796875]]> : tensor<3x5xbf16>
  %y = dlc.logsumexp %x dims [1] : tensor<3x5xbf16>
  %want = dlc.constant dense<[3.0, 1.6640625, 2.09375]> : tensor<3xbf16>
  check.expect_close %y, %want {rtol = 8.0e-3, atol = 1.0e-3} : tensor<3xbf16>
  return
}

// over axes (0, 2)
func.func @logsumexp_over_two_dimensions() {
  %x = dlc.constant dense<[[[2.73, 1.1], [-2.68, -1.15], [0.56, -1.59]], [[2.79, 2.67], [2.09, -0.17], [2.05, -2.21]]]> : tensor<2x3x2xf64>
  %y = dlc.logsumexp %x dims [0, 2] : tensor<2x3x2xf64>
  %want = dlc.constant dense<[3.8930041285036667, 2.2314950136641403, 2.2856627002561214]> : tensor<3xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  return
}

// infinite terms: no term, an infinite one, large ones; NaN
func.func @logsumexp_at_the_edges() {
  %x = dlc.constant dense<[[0xFFF0000000000000, 0xFFF0000000000000, 0xFFF0000000000000], [0x7FF0000000000000, 0.0, 1.0], [1000.0, 999.0, -1000.0], [0x7FF8000000000000, 0.0, 0.0]]> : tensor<4x3xf64>
  %y = dlc.logsumexp %x dims [1] : tensor<4x3xf64>
  %want = dlc.constant dense<[0xFFF0000000000000, 0x7FF0000000000000, 1000.3132616875182, 0x7FF8000000000000]> : tensor<4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<4xf64>
  return
}

// the sum of no term is 0, its logarithm -inf
func.func @logsumexp_of_nothing() {
  %x = dlc.constant dense<0.0> : tensor<2x0xf32>
  %y = dlc.logsumexp %x dims [1] : tensor<2x0xf32>
  %want = dlc.constant dense<[0xFF800000, 0xFF800000]> : tensor<2xf32>
  check.expect_equal %y, %want : tensor<2xf32>
  return
}

// a scalar from a vector
func.func @logsumexp_of_a_vector() {
  %x = dlc.constant dense<[-1.15, -0.22, 1.45, -0.09, -2.18]> : tensor<5xf64>
  %y = dlc.logsumexp %x dims [0] : tensor<5xf64>
  %want = dlc.constant dense<1.857741135783606> : tensor<f64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<f64>
  return
}
