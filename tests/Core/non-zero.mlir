// RUN: dlc-opt %s --run
// Values of nonzero: the indices, then zeros up to the bound.

// np.nonzero(x)
func.func @matrix() {
  %x = dlc.constant dense<[[0.0, 2.0, 0x7FC00000], [-0.0, 0.0, -1.0]]> : tensor<2x3xf32>
  %i, %n = dlc.nonzero %x : tensor<2x3xf32>
  %want = dlc.constant dense<[[0, 0, 1, 0, 0, 0], [1, 2, 2, 0, 0, 0]]> : tensor<2x6xsi64, #dlc.bounded<1>>
  check.expect_equal %i, %want : tensor<2x6xsi64, #dlc.bounded<1>>
  %count = dlc.constant dense<3> : tensor<si64>
  check.expect_equal %n, %count : tensor<si64>
  return
}

// np.nonzero(x)
func.func @bools() {
  %x = dlc.constant dense<[true, false, true]> : tensor<3xi1>
  %i, %n = dlc.nonzero %x : tensor<3xi1>
  %want = dlc.constant dense<[[0, 2, 0]]> : tensor<1x3xsi64, #dlc.bounded<1>>
  check.expect_equal %i, %want : tensor<1x3xsi64, #dlc.bounded<1>>
  %count = dlc.constant dense<2> : tensor<si64>
  check.expect_equal %n, %count : tensor<si64>
  return
}

// np.nonzero(x)
func.func @integers() {
  %x = dlc.constant dense<[0, -5, 0, 7]> : tensor<4xsi8>
  %i, %n = dlc.nonzero %x : tensor<4xsi8>
  %want = dlc.constant dense<[[1, 3, 0, 0]]> : tensor<1x4xsi64, #dlc.bounded<1>>
  check.expect_equal %i, %want : tensor<1x4xsi64, #dlc.bounded<1>>
  %count = dlc.constant dense<2> : tensor<si64>
  check.expect_equal %n, %count : tensor<si64>
  return
}

// np.nonzero(x)
func.func @all_zero() {
  %x = dlc.constant dense<0.0> : tensor<3xf64>
  %i, %n = dlc.nonzero %x : tensor<3xf64>
  %want = dlc.constant dense<0> : tensor<1x3xsi64, #dlc.bounded<1>>
  check.expect_equal %i, %want : tensor<1x3xsi64, #dlc.bounded<1>>
  %count = dlc.constant dense<0> : tensor<si64>
  check.expect_equal %n, %count : tensor<si64>
  return
}

// np.nonzero(x)
func.func @of_nothing() {
  %x = dlc.constant dense<> : tensor<0x2xf32>
  %i, %n = dlc.nonzero %x : tensor<0x2xf32>
  %want = dlc.constant dense<> : tensor<2x0xsi64, #dlc.bounded<1>>
  check.expect_equal %i, %want : tensor<2x0xsi64, #dlc.bounded<1>>
  %count = dlc.constant dense<0> : tensor<si64>
  check.expect_equal %n, %count : tensor<si64>
  return
}

// np.nonzero(x)
func.func @rank_three() {
  %x = dlc.constant dense<[[[1, 0], [1, 0]], [[1, 1], [1, 1]]]> : tensor<2x2x2xsi64>
  %i, %n = dlc.nonzero %x : tensor<2x2x2xsi64>
  %want = dlc.constant dense<[[0, 0, 1, 1, 1, 1, 0, 0], [0, 1, 0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 0, 1, 0, 0]]> : tensor<3x8xsi64, #dlc.bounded<1>>
  check.expect_equal %i, %want : tensor<3x8xsi64, #dlc.bounded<1>>
  %count = dlc.constant dense<6> : tensor<si64>
  check.expect_equal %n, %count : tensor<si64>
  return
}
