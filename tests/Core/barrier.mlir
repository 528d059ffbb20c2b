// RUN: dlc-opt %s --run
// stop_gradient and barrier are their operands.

// x
func.func @stop_gradient_is_its_operand() {
  %x = dlc.constant dense<[1.5, -2.0]> : tensor<2xf32>
  %y = dlc.stop_gradient %x : tensor<2xf32>
  check.expect_equal %y, %x : tensor<2xf32>
  return
}

// x, y
func.func @barrier_is_its_operands() {
  %x = dlc.constant dense<[1.5, -2.0]> : tensor<2xf32>
  %y = dlc.constant dense<[[1, 2]]> : tensor<1x2xsi8>
  %z:2 = dlc.barrier %x, %y : tensor<2xf32>, tensor<1x2xsi8>
  check.expect_equal %z#0, %x : tensor<2xf32>
  check.expect_equal %z#1, %y : tensor<1x2xsi8>
  return
}
