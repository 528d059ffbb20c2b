// A tile of columns of the last group read filters that do not exist.
// RUN: dlc-gate %s --time=0

func.func @kernel(%w: tensor<12x20x3xf32> {dlc.range = array<f64: -1.0, 1.0>, dlc.weight},
                  %x: tensor<1x14x80xf32> {dlc.range = array<f64: -1.0, 1.0>}) -> tensor<1x5x12xf32> {
  %0 = dlc.conv %x, %w strides [2] lo [1] hi [1] dilation [3] groups 4 channels_last : tensor<1x14x80xf32>, tensor<12x20x3xf32>
  return %0 : tensor<1x5x12xf32>
}
