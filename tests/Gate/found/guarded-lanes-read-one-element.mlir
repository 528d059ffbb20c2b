// One element for all lanes was read also where the guard held for none of them.
// RUN: dlc-gate %s --time=0

func.func @kernel(%g: tensor<4x31xf16> {dlc.range = array<f64: -2.0, 2.0>},
                  %place: tensor<4x31xsi32> {dlc.range = array<f64: 0.0, 2.0>}) -> tensor<8x61xf16> {
  %0 = dlc.window_max_grad %g, %place dims [0, 1] extents [8, 61] window [3, 1] strides [2, 2] lo [2, 0] hi [1, 0] dilation [2, 2] : tensor<4x31xf16>, tensor<4x31xsi32>
  return %0 : tensor<8x61xf16>
}
