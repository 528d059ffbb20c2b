// A contraction without elements divided by zero while it was planned.
// RUN: dlc-gate %s --time=0

func.func @kernel(%x: tensor<0x8xf32>, %w: tensor<0x8x32xf32> {dlc.weight}) -> tensor<0x32xf32> {
  %0 = dlc.dot %x, %w batch [0] x [0] contract [1] x [1] : tensor<0x8xf32>, tensor<0x8x32xf32>
  return %0 : tensor<0x32xf32>
}
