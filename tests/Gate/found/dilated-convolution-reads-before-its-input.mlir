// A dilated window that reaches over all rows read its input where there is none.
// RUN: dlc-gate %s --time=0

func.func @kernel(%w: tensor<24x32x5x7xf32> {dlc.range = array<f64: -1.0, 1.0>, dlc.weight},
                  %x: tensor<3x5x13x32xf32> {dlc.range = array<f64: -1.0, 1.0>}) -> tensor<3x1x1x24xf32> {
  %0 = dlc.conv %x, %w strides [2, 1] lo [4, 0] hi [4, 0] dilation [3, 2] groups 1 channels_last : tensor<3x5x13x32xf32>, tensor<24x32x5x7xf32>
  return %0 : tensor<3x1x1x24xf32>
}
