// Where the loop along which the result is contiguous would gather its products, or fill few lanes,
// others lie on lanes: none of these gathers in its loops, and the results are right.
// RUN: dlc-gate %s --time=0 --emit=loops | FileCheck %s

// CHECK-NOT: vector.gather
// CHECK: PASS  kernels that equal the interpreter within their memory: 3 of 3

// The batch, of which the left is turned into panels.
func.func @batch(%x: tensor<70x58xf32>, %y: tensor<5x58x70xf32>) -> tensor<70x5xf32> {
  %0 = dlc.dot %x, %y batch [0] x [2] contract [1] x [1] : tensor<70x58xf32>, tensor<5x58x70xf32>
  return %0 : tensor<70x5xf32>
}

// The channels, whose lanes are added up at the end.
func.func @three_filters(%x: tensor<1x9x40x20xf32>, %w: tensor<3x20x3x3xf32> {dlc.weight}) -> tensor<1x9x40x3xf32> {
  %0 = dlc.conv %x, %w strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, 1] groups 1 channels_last : tensor<1x9x40x20xf32>, tensor<3x20x3x3xf32>
  return %0 : tensor<1x9x40x3xf32>
}

// The channels of a result that is stored across.
func.func @across(%x: tensor<2x30x4x17xsi16>, %w: tensor<17x1x3x3xsi16> {dlc.weight}) -> tensor<17x2x30x4xsi16> {
  %0 = dlc.conv %x, %w strides [1, 1] lo [1, 1] hi [1, 1] dilation [1, 1] groups 17 channels_last : tensor<2x30x4x17xsi16>, tensor<17x1x3x3xsi16>
  %1 = dlc.transpose %0 perm [3, 0, 1, 2] : tensor<2x30x4x17xsi16>
  return %1 : tensor<17x2x30x4xsi16>
}
