// RUN: dlc-opt %s --run
// Values of gelu.

// x / 2 * (1 + erf(x / sqrt(2)))
func.func @gelu_erf() {
  %x = dlc.constant dense<[-6.0, -3.0, -1.5, -0.001, 0.0, 0.5, 2.25, 7.0]> : tensor<8xf64>
  %y = dlc.gelu erf %x : tensor<8xf64>
  %want = dlc.constant dense<[-5.919525869479969e-09, -0.00404969409489031, -0.10021080190328713, -0.000499601057786089, 0.0, 0.34573123063700656, 2.2224949365261493, 6.999999999991041]> : tensor<8xf64>
  check.expect_close %y, %want {rtol = 1.0e-12, atol = 1.0e-15} : tensor<8xf64>
  return
}

// x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 * x**3)))
func.func @gelu_tanh() {
  %x = dlc.constant dense<[-6.0, -3.0, -1.5, -0.001, 0.0, 0.5, 2.25, 7.0]> : tensor<8xf64>
  %y = dlc.gelu tanh %x : tensor<8xf64>
  %want = dlc.constant dense<[-8.43964897967453e-11, -0.0036373920817729943, -0.10042842301976707, -0.000499601057786418, 0.0, 0.34571400982514394, 2.222798670102711, 6.999999999999997]> : tensor<8xf64>
  check.expect_close %y, %want {rtol = 1.0e-12, atol = 1.0e-15} : tensor<8xf64>
  return
}

// x / 2 * (1 + erf(x / sqrt(2)))
func.func @gelu_in_single() {
  %x = dlc.constant dense<[-6.0, -3.0, -1.5, -0.001, 0.0, 0.5, 2.25, 7.0]> : tensor<8xf32>
  %y = dlc.gelu erf %x : tensor<8xf32>
  %want = dlc.constant dense<[-5.919525869e-09, -0.004049694, -0.1002108, -0.00049960107, 0.0, 0.34573123, 2.2224948, 7.0]> : tensor<8xf32>
  check.expect_close %y, %want {atol = 1.0e-6} : tensor<8xf32>
  return
}

// np.float16(gelu(x)) to half a unit in the last place
func.func @gelu_of_halves_is_rounded_once() {
  %x = dlc.constant dense<[-6.0, -3.0, -1.5, -0.0010004043579101562, 0.0, 0.5, 2.25, 7.0]> : tensor<8xf16>
  %y = dlc.gelu erf %x : tensor<8xf16>
  %want = dlc.constant dense<[-0.0, -0.00405120849609375, -0.1002197265625, -0.000499725341796875, 0.0, 0.345703125, 2.22265625, 7.0]> : tensor<8xf16>
  check.expect_close %y, %want {rtol = 0.001, atol = 1.0e-6} : tensor<8xf16>
  return
}
