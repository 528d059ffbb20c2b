// RUN: dlc-opt %s --run
// Values of relu.

// np.where(x <= 0, 0, x)
func.func @relu_keeps_nan() {
  %x = dlc.constant dense<[-1.5, -0.0, 0.0, 2.0, 0x7FC00000, 0xFF800000, 0x7F800000]> : tensor<7xf32>
  %y = dlc.relu %x : tensor<7xf32>
  %want = dlc.constant dense<[0.0, 0.0, 0.0, 2.0, 0x7FC00000, 0.0, 0x7F800000]> : tensor<7xf32>
  check.expect_equal %y, %want : tensor<7xf32>
  return
}

// np.maximum(x, 0)
func.func @relu_of_integers() {
  %x = dlc.constant dense<[-128, -1, 0, 127]> : tensor<4xsi8>
  %y = dlc.relu %x : tensor<4xsi8>
  %want = dlc.constant dense<[0, 0, 0, 127]> : tensor<4xsi8>
  check.expect_equal %y, %want : tensor<4xsi8>
  return
}

// max(-2, 0)
func.func @relu_of_a_scalar() {
  %x = dlc.constant dense<-2.0> : tensor<f64>
  %y = dlc.relu %x : tensor<f64>
  %want = dlc.constant dense<0.0> : tensor<f64>
  check.expect_equal %y, %want : tensor<f64>
  return
}
