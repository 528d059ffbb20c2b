// RUN: dlc-opt %s --run
// The extent travels with the value.

func.func @extent_of_a_bounded_value() {
  %x = dlc.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32>
  %n = dlc.constant dense<2> : tensor<si64>
  %b = dlc.bounded %x, %n : tensor<3xf32>, tensor<si64> to tensor<3xf32, #dlc.bounded<0>>
  %y = dlc.add %b, %b : tensor<3xf32, #dlc.bounded<0>>
  %e = dlc.extent %y : tensor<3xf32, #dlc.bounded<0>> to tensor<si64>
  check.expect_equal %e, %n : tensor<si64>
  return
}

// the number that nonzero counts is the extent of its indices
func.func @extent_of_nonzero() {
  %x = dlc.constant dense<[0.0, 2.0, 3.0]> : tensor<3xf32>
  %i, %n = dlc.nonzero %x : tensor<3xf32>
  %e = dlc.extent %i : tensor<1x3xsi64, #dlc.bounded<1>> to tensor<si64>
  check.expect_equal %e, %n : tensor<si64>
  return
}
