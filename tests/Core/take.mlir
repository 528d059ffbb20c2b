// RUN: dlc-opt %s --run
// Values of take against NumPy; an index out of range is an error.

// np.take(x, i, axis=1)
func.func @take_columns() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %i = dlc.constant dense<[[2, 0], [1, 1]]> : tensor<2x2xsi64>
  %y = dlc.take %x, %i axis 1 : tensor<2x3xf32>, tensor<2x2xsi64>
  %want = dlc.constant dense<[[[2.0, 0.0], [1.0, 1.0]], [[5.0, 3.0], [4.0, 4.0]]]> : tensor<2x2x2xf32>
  check.expect_equal %y, %want : tensor<2x2x2xf32>
  return
}

// x[1]
func.func @take_a_row() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %i = dlc.constant dense<1> : tensor<si32>
  %y = dlc.take %x, %i axis 0 : tensor<2x3xf32>, tensor<si32>
  %want = dlc.constant dense<[3.0, 4.0, 5.0]> : tensor<3xf32>
  check.expect_equal %y, %want : tensor<3xf32>
  return
}

// x[[]]
func.func @take_nothing() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %i = dlc.constant dense<> : tensor<0xsi64>
  %y = dlc.take %x, %i axis 0 : tensor<2x3xf32>, tensor<0xsi64>
  %want = dlc.constant dense<> : tensor<0x3xf32>
  check.expect_equal %y, %want : tensor<0x3xf32>
  return
}
