// A rounded f16 is computed in vectors of f32, like everything else of it.
// RUN: dlc-gate %s --time=0

func.func @floor_of_f16(%x: tensor<1000xf16> {dlc.range = array<f64: -5.0, 5.0>}) -> tensor<1000xf16> {
  %0 = dlc.floor %x : tensor<1000xf16>
  return %0 : tensor<1000xf16>
}
func.func @round_even_of_f16(%x: tensor<1000xf16> {dlc.range = array<f64: -5.0, 5.0>}) -> tensor<1000xf16> {
  %0 = dlc.round_even %x : tensor<1000xf16>
  return %0 : tensor<1000xf16>
}
