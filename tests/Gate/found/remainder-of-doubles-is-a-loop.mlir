// The remainder of f64 expands to a loop, which nothing lowered any more.
// RUN: dlc-gate %s --time=0

func.func @kernel(%x: tensor<100xf64> {dlc.range = array<f64: -5.0, 5.0>},
                  %y: tensor<100xf64> {dlc.range = array<f64: 0.5, 2.0>}) -> tensor<100xf64> {
  %0 = dlc.rem %x, %y : tensor<100xf64>
  return %0 : tensor<100xf64>
}
