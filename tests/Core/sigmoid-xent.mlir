// RUN: dlc-opt %s --run
// Values of sigmoid_xent against NumPy.

// -t log(p) - (1 - t) log(1 - p)
func.func @sigmoid_xent_f64() {
  %x = dlc.constant dense<[[-0.7, 0.9, 0.57], [1.51, -2.63, 1.47]]> : tensor<2x3xf64>
  %t = dlc.constant dense<[[0.95, 0.6, 0.29], [0.67, 0.71, 0.66]]> : tensor<2x3xf64>
  %y = dlc.sigmoid_xent %x, %t : tensor<2x3xf64>
  %want = dlc.constant dense<[[1.068186048885458, 0.7011538747320878, 0.8529215112208325], [0.6978964642855183, 1.9368992523570867, 0.7067535864002091]]> : tensor<2x3xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<2x3xf64>
  return
}

// -t log(p) - (1 - t) log(1 - p)
func.func @sigmoid_xent_f32() {
  %x = dlc.constant dense<[[-2.119999885559082, 2.8399999141693115, 2.7300000190734863], [-0.44999998807907104, 0.5600000023841858, -2.759999990463257]]> : tensor<2x3xf32>
  %t = dlc.constant dense<[[0.9900000095367432, 0.8199999928474426, 0.6399999856948853], [0.7599999904632568, 0.1899999976158142, 0.3100000023841858]]> : tensor<2x3xf32>
  %y = dlc.sigmoid_xent %x, %t : tensor<2x3xf32>
  %want = dlc.constant dense<[[2.2121567726135254, 0.5679826140403748, 1.04598069190979], [0.8352489471435547, 0.9054454565048218, 0.9169695377349854]]> : tensor<2x3xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<2x3xf32>
  return
}

// -t log(p) - (1 - t) log(1 - p)
func.func @sigmoid_xent_f16() {
  %x = dlc.constant dense<[[-1.51953125, 0.580078125, -2.44921875], [2.369140625, -0.22998046875, -0.330078125]]> : tensor<2x3xf16>
  %t = dlc.constant dense<[[0.0999755859375, 0.68017578125, 0.81982421875], [0.6298828125, 0.239990234375, 0.7900390625]]> : tensor<2x3xf16>
  %y = dlc.sigmoid_xent %x, %t : tensor<2x3xf16>
  %want = dlc.constant dense<[[0.349853515625, 0.6298828125, 2.08984375], [0.96630859375, 0.64013671875, 0.80224609375]]> : tensor<2x3xf16>
  check.expect_close %y, %want {rtol = 1.0e-3, atol = 1.0e-4} : tensor<2x3xf16>
  return
}

// -t log(p) - (1 - t) log(1 - p)
func.func @sigmoid_xent_bf16() {
  %x = dlc.constant dense<[[-2.125, 1.9609375, 0.48046875], [-1.2578125, 0.080078125, 0.76953125]]> : tensor<2x3xbf16>
  %t = dlc.constant dense<[[0.259765625, 0.8515625, 0.419921875], [0.890625, 0.83984375, 0.10009765625]]> : tensor<2x3xbf16>
  %y = dlc.sigmoid_xent %x, %t : tensor<2x3xbf16>
  %want = dlc.constant dense<[[0.6640625, 0.421875, 0.76171875], [1.3671875, 0.66796875, 1.0703125]]> : tensor<2x3xbf16>
  check.expect_close %y, %want {rtol = 8.0e-3, atol = 1.0e-3} : tensor<2x3xbf16>
  return
}

// 0, 0, 1000, 1000
func.func @sigmoid_xent_of_large_logits() {
  %x = dlc.constant dense<[1000.0, -1000.0, 1000.0, -1000.0]> : tensor<4xf32>
  %t = dlc.constant dense<[1.0, 0.0, 0.0, 1.0]> : tensor<4xf32>
  %y = dlc.sigmoid_xent %x, %t : tensor<4xf32>
  %want = dlc.constant dense<[0.0, 0.0, 1000.0, 1000.0]> : tensor<4xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<4xf32>
  return
}

// log 2
func.func @sigmoid_xent_of_a_scalar() {
  %x = dlc.constant dense<0.0> : tensor<f64>
  %t = dlc.constant dense<0.25> : tensor<f64>
  %y = dlc.sigmoid_xent %x, %t : tensor<f64>
  %want = dlc.constant dense<0.6931471805599453> : tensor<f64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<f64>
  return
}
