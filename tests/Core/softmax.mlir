// RUN: dlc-opt %s --run
// Values of softmax and log_softmax.

// np.exp(x - max) / np.exp(x - max).sum() over axis 1
func.func @softmax_of_rows() {
  %x = dlc.constant dense<[[-1.26, 0.47, -0.37], [-0.33, 1.27, -1.36]]> : tensor<2x3xf64>
  %y = dlc.softmax %x dims [1] : tensor<2x3xf64>
  %z = dlc.log_softmax %x dims [1] : tensor<2x3xf64>
  %want0 = dlc.constant dense<[[0.11018332394333236, 0.6215059968445814, 0.26831067921208623], [0.1584776162226226, 0.7849447716914951, 0.05657761208588231]]> : tensor<2x3xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-13} : tensor<2x3xf64>
  %want1 = dlc.constant dense<[[-2.2056097190922723, -0.4756097190922725, -1.3156097190922724], [-1.8421419182078522, -0.2421419182078521, -2.872141918207852]]> : tensor<2x3xf64>
  check.expect_close %z, %want1 {rtol = 1.0e-13} : tensor<2x3xf64>
  return
}

// over axis 0
func.func @softmax_of_columns() {
  %x = dlc.constant dense<[[-1.26, 0.47, -0.37], [-0.33, 1.27, -1.36]]> : tensor<2x3xf32>
  %y = dlc.softmax %x dims [0] : tensor<2x3xf32>
  %z = dlc.log_softmax %x dims [0] : tensor<2x3xf32>
  %want0 = dlc.constant dense<[[0.2829247, 0.3100255, 0.72908795], [0.7170753, 0.6899745, 0.27091208]]> : tensor<2x3xf32>
  check.expect_close %y, %want0 : tensor<2x3xf32>
  %want1 = dlc.constant dense<[[-1.2625744, -1.1711006, -0.31596094], [-0.33257446, -0.37110066, -1.3059609]]> : tensor<2x3xf32>
  check.expect_close %z, %want1 : tensor<2x3xf32>
  return
}

// over axes (0, 2)
func.func @softmax_over_two_dimensions() {
  %x = dlc.constant dense<[[[1.7, 1.57, 0.67], [-1.8, 0.65, 0.4]], [[1.09, -1.14, 1.81], [1.54, -1.54, -0.74]]]> : tensor<2x2x3xf64>
  %y = dlc.softmax %x dims [0, 2] : tensor<2x2x3xf64>
  %want = dlc.constant dense<[[[0.2529623793747703, 0.22212510952377945, 0.09030933019892631], [0.018513105834908915, 0.21453628926460208, 0.1670810300765055]], [[0.13744732867643478, 0.014779495478935659, 0.2823763567471536], [0.5224236792659341, 0.024010203954921018, 0.053435691603128437]]]> : tensor<2x2x3xf64>
  check.expect_close %y, %want {rtol = 1.0e-13} : tensor<2x2x3xf64>
  return
}

// np.exp(1) / (1 + np.exp(1)), ...
func.func @softmax_of_large_numbers_is_finite() {
  %x = dlc.constant dense<[[1000.0, 999.0, -1000.0], [-1000.0, -1000.0, -1000.0]]> : tensor<2x3xf32>
  %y = dlc.softmax %x dims [1] : tensor<2x3xf32>
  %z = dlc.log_softmax %x dims [1] : tensor<2x3xf32>
  %want0 = dlc.constant dense<[[0.7310586, 0.26894143, 0.0], [0.33333334, 0.33333334, 0.33333334]]> : tensor<2x3xf32>
  check.expect_close %y, %want0 : tensor<2x3xf32>
  %want1 = dlc.constant dense<[[-0.3132617, -1.3132616, -2000.3132], [-1.0986123, -1.0986123, -1.0986123]]> : tensor<2x3xf32>
  check.expect_close %z, %want1 : tensor<2x3xf32>
  return
}

// np.float16(softmax(x))
func.func @softmax_of_halves() {
  %x = dlc.constant dense<[-1.8701171875, 1.3203125, 1.66015625, 1.9599609375, 0.449951171875]> : tensor<5xf16>
  %y = dlc.softmax %x dims [0] : tensor<5xf16>
  %want = dlc.constant dense<[0.00864410400390625, 0.2100830078125, 0.295166015625, 0.398193359375, 0.08795166015625]> : tensor<5xf16>
  check.expect_close %y, %want {rtol = 0.001} : tensor<5xf16>
  return
}

// 1
func.func @softmax_of_one_element() {
  %x = dlc.constant dense<[[3.5], [-2.0]]> : tensor<2x1xf32>
  %y = dlc.softmax %x dims [1] : tensor<2x1xf32>
  %want = dlc.constant dense<1.0> : tensor<2x1xf32>
  check.expect_equal %y, %want : tensor<2x1xf32>
  return
}

// np.zeros((2, 0))
func.func @softmax_of_nothing() {
  %x = dlc.constant dense<> : tensor<2x0xf32>
  %y = dlc.softmax %x dims [1] : tensor<2x0xf32>
  %want = dlc.constant dense<> : tensor<2x0xf32>
  check.expect_equal %y, %want : tensor<2x0xf32>
  return
}
