// RUN: dlc-opt %s --run
// RUN: dlc-opt %s --test-permuted --run
// Values of elementwise ops against NumPy (erf: math.erf), at ordinary points and at the edges.

// -x
func.func @neg() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.neg %x : tensor<6xf64>
  %z = dlc.neg %s : tensor<6xf32>
  %want0 = dlc.constant dense<[2.5, 0.75, 0.0, -0.5, -1.0, -3.5]> : tensor<6xf64>
  check.expect_equal %y, %want0 : tensor<6xf64>
  %want1 = dlc.constant dense<[2.5, 0.75, 0.0, -0.5, -1.0, -3.5]> : tensor<6xf32>
  check.expect_equal %z, %want1 : tensor<6xf32>
  return
}

// np.abs(x)
func.func @abs() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.abs %x : tensor<6xf64>
  %z = dlc.abs %s : tensor<6xf32>
  %want0 = dlc.constant dense<[2.5, 0.75, 0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  check.expect_equal %y, %want0 : tensor<6xf64>
  %want1 = dlc.constant dense<[2.5, 0.75, 0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  check.expect_equal %z, %want1 : tensor<6xf32>
  return
}

// np.sign(x), keeping -0
func.func @sign() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.sign %x : tensor<6xf64>
  %z = dlc.sign %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-1.0, -1.0, -0.0, 1.0, 1.0, 1.0]> : tensor<6xf64>
  check.expect_equal %y, %want0 : tensor<6xf64>
  %want1 = dlc.constant dense<[-1.0, -1.0, -0.0, 1.0, 1.0, 1.0]> : tensor<6xf32>
  check.expect_equal %z, %want1 : tensor<6xf32>
  return
}

// np.floor(x)
func.func @floor() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.floor %x : tensor<6xf64>
  %z = dlc.floor %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-3.0, -1.0, -0.0, 0.0, 1.0, 3.0]> : tensor<6xf64>
  check.expect_equal %y, %want0 : tensor<6xf64>
  %want1 = dlc.constant dense<[-3.0, -1.0, -0.0, 0.0, 1.0, 3.0]> : tensor<6xf32>
  check.expect_equal %z, %want1 : tensor<6xf32>
  return
}

// np.ceil(x)
func.func @ceil() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.ceil %x : tensor<6xf64>
  %z = dlc.ceil %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-2.0, -0.0, -0.0, 1.0, 1.0, 4.0]> : tensor<6xf64>
  check.expect_equal %y, %want0 : tensor<6xf64>
  %want1 = dlc.constant dense<[-2.0, -0.0, -0.0, 1.0, 1.0, 4.0]> : tensor<6xf32>
  check.expect_equal %z, %want1 : tensor<6xf32>
  return
}

// np.rint(x)
func.func @round_even() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.round_even %x : tensor<6xf64>
  %z = dlc.round_even %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-2.0, -1.0, -0.0, 0.0, 1.0, 4.0]> : tensor<6xf64>
  check.expect_equal %y, %want0 : tensor<6xf64>
  %want1 = dlc.constant dense<[-2.0, -1.0, -0.0, 0.0, 1.0, 4.0]> : tensor<6xf32>
  check.expect_equal %z, %want1 : tensor<6xf32>
  return
}

// np.sqrt(x)
func.func @sqrt() {
  %x = dlc.constant dense<[0.25, 0.5, 1.0, 2.0, 9.5]> : tensor<5xf64>
  %s = dlc.constant dense<[0.25, 0.5, 1.0, 2.0, 9.5]> : tensor<5xf32>
  %y = dlc.sqrt %x : tensor<5xf64>
  %z = dlc.sqrt %s : tensor<5xf32>
  %want0 = dlc.constant dense<[0.5, 0.7071067811865476, 1.0, 1.4142135623730951, 3.082207001484488]> : tensor<5xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<5xf64>
  %want1 = dlc.constant dense<[0.5, 0.70710677, 1.0, 1.4142135, 3.082207]> : tensor<5xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<5xf32>
  return
}

// 1 / np.sqrt(x)
func.func @rsqrt() {
  %x = dlc.constant dense<[0.25, 0.5, 1.0, 2.0, 9.5]> : tensor<5xf64>
  %s = dlc.constant dense<[0.25, 0.5, 1.0, 2.0, 9.5]> : tensor<5xf32>
  %y = dlc.rsqrt %x : tensor<5xf64>
  %z = dlc.rsqrt %s : tensor<5xf32>
  %want0 = dlc.constant dense<[2.0, 1.414213562373095, 1.0, 0.7071067811865475, 0.3244428422615251]> : tensor<5xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<5xf64>
  %want1 = dlc.constant dense<[2.0, 1.4142135, 1.0, 0.70710677, 0.32444283]> : tensor<5xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<5xf32>
  return
}

// np.exp(x)
func.func @exp() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.exp %x : tensor<6xf64>
  %z = dlc.exp %s : tensor<6xf32>
  %want0 = dlc.constant dense<[0.0820849986238988, 0.4723665527410147, 1.0, 1.6487212707001282, 2.718281828459045, 33.11545195869231]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[0.082085, 0.47236654, 1.0, 1.6487212, 2.7182817, 33.11545]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.expm1(x)
func.func @expm1() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5, 1.0e-10]> : tensor<7xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5, 1.000000013e-10]> : tensor<7xf32>
  %y = dlc.expm1 %x : tensor<7xf64>
  %z = dlc.expm1 %s : tensor<7xf32>
  %want0 = dlc.constant dense<[-0.9179150013761012, -0.5276334472589853, -0.0, 0.6487212707001282, 1.7182818284590453, 32.11545195869231, 1.00000000005e-10]> : tensor<7xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<7xf64>
  %want1 = dlc.constant dense<[-0.917915, -0.5276334, -0.0, 0.6487213, 1.7182819, 32.11545, 1.000000013e-10]> : tensor<7xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<7xf32>
  return
}

// np.log(x)
func.func @log() {
  %x = dlc.constant dense<[0.25, 0.5, 1.0, 2.0, 9.5]> : tensor<5xf64>
  %s = dlc.constant dense<[0.25, 0.5, 1.0, 2.0, 9.5]> : tensor<5xf32>
  %y = dlc.log %x : tensor<5xf64>
  %z = dlc.log %s : tensor<5xf32>
  %want0 = dlc.constant dense<[-1.3862943611198906, -0.6931471805599453, 0.0, 0.6931471805599453, 2.2512917986064953]> : tensor<5xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<5xf64>
  %want1 = dlc.constant dense<[-1.3862944, -0.6931472, 0.0, 0.6931472, 2.2512918]> : tensor<5xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<5xf32>
  return
}

// np.log1p(x)
func.func @log1p() {
  %x = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75, 1.0e-10]> : tensor<6xf64>
  %s = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75, 1.000000013e-10]> : tensor<6xf32>
  %y = dlc.log1p %x : tensor<6xf64>
  %z = dlc.log1p %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-2.302585092994046, -0.6931471805599453, 0.0, 0.22314355131420976, 0.5596157879354227, 9.999999999500001e-11]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-2.302585, -0.6931472, 0.0, 0.22314355, 0.5596158, 1.000000013e-10]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.sin(x)
func.func @sin() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.sin %x : tensor<6xf64>
  %z = dlc.sin %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-0.5984721441039565, -0.6816387600233341, -0.0, 0.479425538604203, 0.8414709848078965, -0.35078322768961984]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-0.5984721, -0.6816388, -0.0, 0.47942555, 0.84147096, -0.35078323]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.cos(x)
func.func @cos() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.cos %x : tensor<6xf64>
  %z = dlc.cos %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-0.8011436155469337, 0.7316888688738209, 1.0, 0.8775825618903728, 0.5403023058681398, -0.9364566872907963]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-0.8011436, 0.73168886, 1.0, 0.87758255, 0.5403023, -0.9364567]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.tan(x)
func.func @tan() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.tan %x : tensor<6xf64>
  %z = dlc.tan %s : tensor<6xf32>
  %want0 = dlc.constant dense<[0.7470222972386603, -0.9315964599440725, -0.0, 0.5463024898437905, 1.5574077246549023, 0.3745856401585947]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[0.7470223, -0.93159646, -0.0, 0.5463025, 1.5574077, 0.37458563]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.arcsin(x)
func.func @asin() {
  %x = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75]> : tensor<5xf64>
  %s = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75]> : tensor<5xf32>
  %y = dlc.asin %x : tensor<5xf64>
  %z = dlc.asin %s : tensor<5xf32>
  %want0 = dlc.constant dense<[-1.1197695149986342, -0.5235987755982989, 0.0, 0.25268025514207865, 0.848062078981481]> : tensor<5xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<5xf64>
  %want1 = dlc.constant dense<[-1.1197695, -0.5235988, 0.0, 0.25268024, 0.8480621]> : tensor<5xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<5xf32>
  return
}

// np.arccos(x)
func.func @acos() {
  %x = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75]> : tensor<5xf64>
  %s = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75]> : tensor<5xf32>
  %y = dlc.acos %x : tensor<5xf64>
  %z = dlc.acos %s : tensor<5xf32>
  %want0 = dlc.constant dense<[2.6905658417935308, 2.0943951023931957, 1.5707963267948966, 1.318116071652818, 0.7227342478134156]> : tensor<5xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<5xf64>
  %want1 = dlc.constant dense<[2.6905658, 2.0943952, 1.5707964, 1.3181161, 0.7227343]> : tensor<5xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<5xf32>
  return
}

// np.arctan(x)
func.func @atan() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.atan %x : tensor<6xf64>
  %z = dlc.atan %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-1.1902899496825317, -0.6435011087932844, -0.0, 0.4636476090008061, 0.7853981633974483, 1.2924966677897853]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-1.19029, -0.6435011, -0.0, 0.4636476, 0.7853982, 1.2924967]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.sinh(x)
func.func @sinh() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.sinh %x : tensor<6xf64>
  %z = dlc.sinh %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-6.0502044810397875, -0.82231673193583, -0.0, 0.5210953054937474, 1.1752011936438014, 16.542627287634996]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-6.0502043, -0.8223167, -0.0, 0.5210953, 1.1752012, 16.542627]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.cosh(x)
func.func @cosh() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.cosh %x : tensor<6xf64>
  %z = dlc.cosh %s : tensor<6xf32>
  %want0 = dlc.constant dense<[6.132289479663686, 1.2946832846768448, 1.0, 1.1276259652063807, 1.5430806348152437, 16.572824671057315]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[6.1322894, 1.2946833, 1.0, 1.127626, 1.5430807, 16.572824]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.tanh(x)
func.func @tanh() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.tanh %x : tensor<6xf64>
  %z = dlc.tanh %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-0.9866142981514303, -0.6351489523872873, -0.0, 0.46211715726000974, 0.7615941559557649, 0.9981778976111987]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-0.9866143, -0.63514894, -0.0, 0.46211717, 0.7615942, 0.9981779]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.arcsinh(x)
func.func @asinh() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.asinh %x : tensor<6xf64>
  %z = dlc.asinh %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-1.6472311463710958, -0.6931471805599453, -0.0, 0.48121182505960347, 0.881373587019543, 1.9657204716496515]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-1.6472311, -0.6931472, -0.0, 0.4812118, 0.8813736, 1.9657204]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.arccosh(x)
func.func @acosh() {
  %x = dlc.constant dense<[1.0, 1.5, 4.0, 20.0]> : tensor<4xf64>
  %s = dlc.constant dense<[1.0, 1.5, 4.0, 20.0]> : tensor<4xf32>
  %y = dlc.acosh %x : tensor<4xf64>
  %z = dlc.acosh %s : tensor<4xf32>
  %want0 = dlc.constant dense<[0.0, 0.9624236501192069, 2.0634370688955603, 3.6882538673612966]> : tensor<4xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<4xf64>
  %want1 = dlc.constant dense<[0.0, 0.9624236, 2.063437, 3.6882539]> : tensor<4xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<4xf32>
  return
}

// np.arctanh(x)
func.func @atanh() {
  %x = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75]> : tensor<5xf64>
  %s = dlc.constant dense<[-0.9, -0.5, 0.0, 0.25, 0.75]> : tensor<5xf32>
  %y = dlc.atanh %x : tensor<5xf64>
  %z = dlc.atanh %s : tensor<5xf32>
  %want0 = dlc.constant dense<[-1.4722194895832204, -0.5493061443340549, 0.0, 0.25541281188299536, 0.9729550745276566]> : tensor<5xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<5xf64>
  %want1 = dlc.constant dense<[-1.4722193, -0.54930615, 0.0, 0.25541282, 0.97295505]> : tensor<5xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<5xf32>
  return
}

// 1 / (1 + np.exp(-x))
func.func @logistic() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5, -800.0, 800.0]> : tensor<8xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5, -800.0, 800.0]> : tensor<8xf32>
  %y = dlc.logistic %x : tensor<8xf64>
  %z = dlc.logistic %s : tensor<8xf32>
  %want0 = dlc.constant dense<[0.07585818002124355, 0.320821300824607, 0.5, 0.6224593312018546, 0.7310585786300049, 0.9706877692486436, 0.0, 1.0]> : tensor<8xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<8xf64>
  %want1 = dlc.constant dense<[0.07585818, 0.32082132, 0.5, 0.62245935, 0.7310586, 0.97068775, 0.0, 1.0]> : tensor<8xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<8xf32>
  return
}

// math.erf(x)
func.func @erf() {
  %x = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf64>
  %s = dlc.constant dense<[-2.5, -0.75, -0.0, 0.5, 1.0, 3.5]> : tensor<6xf32>
  %y = dlc.erf %x : tensor<6xf64>
  %z = dlc.erf %s : tensor<6xf32>
  %want0 = dlc.constant dense<[-0.999593047982555, -0.7111556336535151, -0.0, 0.5204998778130465, 0.8427007929497149, 0.9999992569016276]> : tensor<6xf64>
  check.expect_close %y, %want0 {rtol = 1.0e-14, atol = 1.0e-300} : tensor<6xf64>
  %want1 = dlc.constant dense<[-0.999593, -0.71115565, -0.0, 0.5204999, 0.8427008, 0.9999993]> : tensor<6xf32>
  check.expect_close %z, %want1 {rtol = 3.0e-7} : tensor<6xf32>
  return
}

// np.abs(x)
func.func @abs_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.abs %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7F800000, 0x7F800000, 0.0, 0.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.sign(x), keeping -0
func.func @sign_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.sign %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 1.0, -1.0, 0.0, -0.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.sqrt(x)
func.func @sqrt_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.sqrt %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7F800000, 0x7FC00000, 0.0, -0.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// 1 / np.sqrt(x)
func.func @rsqrt_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.rsqrt %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 0.0, 0x7FC00000, 0x7F800000, 0xFF800000]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.exp(x)
func.func @exp_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.exp %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7F800000, 0.0, 1.0, 1.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.log(x)
func.func @log_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.log %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7F800000, 0x7FC00000, 0xFF800000, 0xFF800000]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.tanh(x)
func.func @tanh_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.tanh %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 1.0, -1.0, 0.0, -0.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// 1 / (1 + np.exp(-x))
func.func @logistic_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.logistic %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 1.0, 0.0, 0.5, 0.5]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// math.erf(x)
func.func @erf_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.erf %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 1.0, -1.0, 0.0, -0.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.floor(x)
func.func @floor_at_the_edges() {
  %x = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  %y = dlc.floor %x : tensor<5xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7F800000, 0xFF800000, 0.0, -0.0]> : tensor<5xf32>
  check.expect_equal %y, %want : tensor<5xf32>
  return
}

// np.rint(x)
func.func @halves_go_to_even() {
  %x = dlc.constant dense<[-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]> : tensor<6xf32>
  %y = dlc.round_even %x : tensor<6xf32>
  %want = dlc.constant dense<[-2.0, -2.0, -0.0, 0.0, 2.0, 2.0]> : tensor<6xf32>
  check.expect_equal %y, %want : tensor<6xf32>
  return
}

// x in int8, where -(-128) is -128
func.func @signed_integers_of_one_operand() {
  %x = dlc.constant dense<[-128, -1, 0, 1, 127]> : tensor<5xsi8>
  %n = dlc.neg %x : tensor<5xsi8>
  %a = dlc.abs %x : tensor<5xsi8>
  %s = dlc.sign %x : tensor<5xsi8>
  %b = dlc.not %x : tensor<5xsi8>
  %want0 = dlc.constant dense<[-128, 1, 0, -1, -127]> : tensor<5xsi8>
  check.expect_equal %n, %want0 : tensor<5xsi8>
  %want1 = dlc.constant dense<[-128, 1, 0, 1, 127]> : tensor<5xsi8>
  check.expect_equal %a, %want1 : tensor<5xsi8>
  %want2 = dlc.constant dense<[-1, -1, 0, 1, 1]> : tensor<5xsi8>
  check.expect_equal %s, %want2 : tensor<5xsi8>
  %want3 = dlc.constant dense<[127, 0, -1, -2, -128]> : tensor<5xsi8>
  check.expect_equal %b, %want3 : tensor<5xsi8>
  return
}

// x in uint8
func.func @unsigned_integers_of_one_operand() {
  %x = dlc.constant dense<[0, 1, 200, 255]> : tensor<4xui8>
  %a = dlc.abs %x : tensor<4xui8>
  %s = dlc.sign %x : tensor<4xui8>
  %b = dlc.not %x : tensor<4xui8>
  %want0 = dlc.constant dense<[0, 1, 200, 255]> : tensor<4xui8>
  check.expect_equal %a, %want0 : tensor<4xui8>
  %want1 = dlc.constant dense<[0, 1, 1, 1]> : tensor<4xui8>
  check.expect_equal %s, %want1 : tensor<4xui8>
  %want2 = dlc.constant dense<[255, 254, 55, 0]> : tensor<4xui8>
  check.expect_equal %b, %want2 : tensor<4xui8>
  return
}

// a + b
func.func @add() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.add %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[7.5, -3.5, 1.0, 1.0, -1.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// a - b
func.func @sub() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.sub %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[3.5, -7.5, 2.0, -5.0, 1.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// a * b
func.func @mul() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.mul %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[11.0, -11.0, -0.75, -6.0, -0.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// a / b
func.func @div() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.div %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[2.75, -2.75, -3.0, -0.6666666666666666, -0.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// np.fmod(a, b)
func.func @rem() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.rem %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[1.5, -1.5, 0.0, -2.0, 0.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// np.maximum(a, b)
func.func @max() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.max %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[5.5, 2.0, 1.5, 3.0, 0.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// np.minimum(a, b)
func.func @min() {
  %a = dlc.constant dense<[5.5, -5.5, 1.5, -2.0, 0.0]> : tensor<5xf64>
  %b = dlc.constant dense<[2.0, 2.0, -0.5, 3.0, -1.0]> : tensor<5xf64>
  %y = dlc.min %a, %b : tensor<5xf64>
  %want = dlc.constant dense<[2.0, -5.5, -0.5, -2.0, -1.0]> : tensor<5xf64>
  check.expect_equal %y, %want : tensor<5xf64>
  return
}

// a ** b
func.func @pow() {
  %a = dlc.constant dense<[2.0, 4.0, -2.0, 0.0, 0.0, 9.0, 1.0]> : tensor<7xf64>
  %b = dlc.constant dense<[10.0, -0.5, 3.0, 0.0, 2.0, 0.5, 0x7FF8000000000000]> : tensor<7xf64>
  %y = dlc.pow %a, %b : tensor<7xf64>
  %want = dlc.constant dense<[1024.0, 0.5, -8.0, 1.0, 0.0, 3.0, 1.0]> : tensor<7xf64>
  check.expect_close %y, %want {rtol = 1.0e-14} : tensor<7xf64>
  return
}

// np.maximum(a, b)
func.func @max_keeps_nan() {
  %a = dlc.constant dense<[0x7FC00000, 1.0, 0x7FC00000, 0xFF800000]> : tensor<4xf32>
  %b = dlc.constant dense<[1.0, 0x7FC00000, 0x7FC00000, 0x7F800000]> : tensor<4xf32>
  %y = dlc.max %a, %b : tensor<4xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7FC00000, 0x7FC00000, 0x7F800000]> : tensor<4xf32>
  check.expect_equal %y, %want : tensor<4xf32>
  return
}

// np.minimum(a, b)
func.func @min_keeps_nan() {
  %a = dlc.constant dense<[0x7FC00000, 1.0, 0x7FC00000, 0xFF800000]> : tensor<4xf32>
  %b = dlc.constant dense<[1.0, 0x7FC00000, 0x7FC00000, 0x7F800000]> : tensor<4xf32>
  %y = dlc.min %a, %b : tensor<4xf32>
  %want = dlc.constant dense<[0x7FC00000, 0x7FC00000, 0x7FC00000, 0xFF800000]> : tensor<4xf32>
  check.expect_equal %y, %want : tensor<4xf32>
  return
}

// a + b, wrapped
func.func @add_wraps() {
  %a = dlc.constant dense<[7, -7, 7, -7, 100, -128, -128, 5]> : tensor<8xsi8>
  %b = dlc.constant dense<[2, 2, -2, -2, 100, -1, 0, 0]> : tensor<8xsi8>
  %y = dlc.add %a, %b : tensor<8xsi8>
  %want = dlc.constant dense<[9, -5, 5, -9, -56, 127, -128, 5]> : tensor<8xsi8>
  check.expect_equal %y, %want : tensor<8xsi8>
  return
}

// a - b, wrapped
func.func @sub_wraps() {
  %a = dlc.constant dense<[7, -7, 7, -7, 100, -128, -128, 5]> : tensor<8xsi8>
  %b = dlc.constant dense<[2, 2, -2, -2, 100, -1, 0, 0]> : tensor<8xsi8>
  %y = dlc.sub %a, %b : tensor<8xsi8>
  %want = dlc.constant dense<[5, -9, 9, -5, 0, -127, -128, 5]> : tensor<8xsi8>
  check.expect_equal %y, %want : tensor<8xsi8>
  return
}

// a * b, wrapped
func.func @mul_wraps() {
  %a = dlc.constant dense<[7, -7, 7, -7, 100, -128, -128, 5]> : tensor<8xsi8>
  %b = dlc.constant dense<[2, 2, -2, -2, 100, -1, 0, 0]> : tensor<8xsi8>
  %y = dlc.mul %a, %b : tensor<8xsi8>
  %want = dlc.constant dense<[14, -14, -14, 14, 16, -128, 0, 0]> : tensor<8xsi8>
  check.expect_equal %y, %want : tensor<8xsi8>
  return
}

// truncated; by 0 it is 0, and -128 / -1 is -128
func.func @div_of_integers() {
  %a = dlc.constant dense<[7, -7, 7, -7, 100, -128, -128, 5]> : tensor<8xsi8>
  %b = dlc.constant dense<[2, 2, -2, -2, 100, -1, 0, 0]> : tensor<8xsi8>
  %y = dlc.div %a, %b : tensor<8xsi8>
  %want = dlc.constant dense<[3, -3, -3, 3, 1, -128, 0, 0]> : tensor<8xsi8>
  check.expect_equal %y, %want : tensor<8xsi8>
  return
}

// the sign of a; by 0 it is 0
func.func @rem_of_integers() {
  %a = dlc.constant dense<[7, -7, 7, -7, 100, -128, -128, 5]> : tensor<8xsi8>
  %b = dlc.constant dense<[2, 2, -2, -2, 100, -1, 0, 0]> : tensor<8xsi8>
  %y = dlc.rem %a, %b : tensor<8xsi8>
  %want = dlc.constant dense<[1, -1, 1, -1, 0, 0, 0, 0]> : tensor<8xsi8>
  check.expect_equal %y, %want : tensor<8xsi8>
  return
}

// a // b; by 0 it is 0
func.func @div_of_unsigned() {
  %a = dlc.constant dense<[200, 7, 255]> : tensor<3xui8>
  %b = dlc.constant dense<[100, 0, 2]> : tensor<3xui8>
  %y = dlc.div %a, %b : tensor<3xui8>
  %want = dlc.constant dense<[2, 0, 127]> : tensor<3xui8>
  check.expect_equal %y, %want : tensor<3xui8>
  return
}

// np.maximum(a, b)
func.func @max_of_unsigned() {
  %a = dlc.constant dense<[200, 7, 255]> : tensor<3xui8>
  %b = dlc.constant dense<[100, 0, 2]> : tensor<3xui8>
  %y = dlc.max %a, %b : tensor<3xui8>
  %want = dlc.constant dense<[200, 7, 255]> : tensor<3xui8>
  check.expect_equal %y, %want : tensor<3xui8>
  return
}

// a ** b; negative powers are 0 but of 1 and -1
func.func @pow_of_integers() {
  %a = dlc.constant dense<[2, -3, -1, 1, 5, 0, 2]> : tensor<7xsi32>
  %b = dlc.constant dense<[10, 3, -3, -2, -1, 0, 31]> : tensor<7xsi32>
  %y = dlc.pow %a, %b : tensor<7xsi32>
  %want = dlc.constant dense<[1024, -27, -1, 1, 0, 1, -2147483648]> : tensor<7xsi32>
  check.expect_equal %y, %want : tensor<7xsi32>
  return
}

// a << b in 8 bits; by 8 or more it is 0
func.func @shift_left() {
  %a = dlc.constant dense<[1, -128, -128, 3, 64]> : tensor<5xsi8>
  %b = dlc.constant dense<[3, 1, 9, 8, 1]> : tensor<5xsi8>
  %y = dlc.shl %a, %b : tensor<5xsi8>
  %want = dlc.constant dense<[8, 0, 0, 0, -128]> : tensor<5xsi8>
  check.expect_equal %y, %want : tensor<5xsi8>
  return
}

// a >> b; by 8 or more the sign is left
func.func @shift_right() {
  %a = dlc.constant dense<[1, -128, -128, 3, 64]> : tensor<5xsi8>
  %b = dlc.constant dense<[3, 1, 9, 8, 1]> : tensor<5xsi8>
  %y = dlc.shr %a, %b : tensor<5xsi8>
  %want = dlc.constant dense<[0, -64, -1, 0, 32]> : tensor<5xsi8>
  check.expect_equal %y, %want : tensor<5xsi8>
  return
}

// a >> b; by 8 or more it is 0
func.func @shift_right_of_unsigned() {
  %a = dlc.constant dense<[255, 128, 1]> : tensor<3xui8>
  %b = dlc.constant dense<[4, 7, 8]> : tensor<3xui8>
  %y = dlc.shr %a, %b : tensor<3xui8>
  %want = dlc.constant dense<[15, 1, 0]> : tensor<3xui8>
  check.expect_equal %y, %want : tensor<3xui8>
  return
}

// a and b
func.func @and_of_bools() {
  %a = dlc.constant dense<[true, true, false, false]> : tensor<4xi1>
  %b = dlc.constant dense<[true, false, true, false]> : tensor<4xi1>
  %y = dlc.and %a, %b : tensor<4xi1>
  %want = dlc.constant dense<[true, false, false, false]> : tensor<4xi1>
  check.expect_equal %y, %want : tensor<4xi1>
  return
}

// a and b, bit by bit
func.func @and_of_bits() {
  %a = dlc.constant dense<[12, -1]> : tensor<2xsi16>
  %b = dlc.constant dense<[10, 255]> : tensor<2xsi16>
  %y = dlc.and %a, %b : tensor<2xsi16>
  %want = dlc.constant dense<[8, 255]> : tensor<2xsi16>
  check.expect_equal %y, %want : tensor<2xsi16>
  return
}

// a or b
func.func @or_of_bools() {
  %a = dlc.constant dense<[true, true, false, false]> : tensor<4xi1>
  %b = dlc.constant dense<[true, false, true, false]> : tensor<4xi1>
  %y = dlc.or %a, %b : tensor<4xi1>
  %want = dlc.constant dense<[true, true, true, false]> : tensor<4xi1>
  check.expect_equal %y, %want : tensor<4xi1>
  return
}

// a or b, bit by bit
func.func @or_of_bits() {
  %a = dlc.constant dense<[12, -1]> : tensor<2xsi16>
  %b = dlc.constant dense<[10, 255]> : tensor<2xsi16>
  %y = dlc.or %a, %b : tensor<2xsi16>
  %want = dlc.constant dense<[14, -1]> : tensor<2xsi16>
  check.expect_equal %y, %want : tensor<2xsi16>
  return
}

// a xor b
func.func @xor_of_bools() {
  %a = dlc.constant dense<[true, true, false, false]> : tensor<4xi1>
  %b = dlc.constant dense<[true, false, true, false]> : tensor<4xi1>
  %y = dlc.xor %a, %b : tensor<4xi1>
  %want = dlc.constant dense<[false, true, true, false]> : tensor<4xi1>
  check.expect_equal %y, %want : tensor<4xi1>
  return
}

// a xor b, bit by bit
func.func @xor_of_bits() {
  %a = dlc.constant dense<[12, -1]> : tensor<2xsi16>
  %b = dlc.constant dense<[10, 255]> : tensor<2xsi16>
  %y = dlc.xor %a, %b : tensor<2xsi16>
  %want = dlc.constant dense<[6, -256]> : tensor<2xsi16>
  check.expect_equal %y, %want : tensor<2xsi16>
  return
}

// ~x
func.func @not_of_bools() {
  %x = dlc.constant dense<[true, true, false, false]> : tensor<4xi1>
  %y = dlc.not %x : tensor<4xi1>
  %want = dlc.constant dense<[false, false, true, true]> : tensor<4xi1>
  check.expect_equal %y, %want : tensor<4xi1>
  return
}

// np.float16(2049) is 2048; adding 1 twice stays there
func.func @halves_round_after_every_op() {
  %x = dlc.constant dense<[2048.0]> : tensor<1xf16>
  %o = dlc.constant dense<[1.0]> : tensor<1xf16>
  %s = dlc.add %x, %o : tensor<1xf16>
  %y = dlc.add %s, %o : tensor<1xf16>
  %want = dlc.constant dense<[2048.0]> : tensor<1xf16>
  check.expect_equal %y, %want : tensor<1xf16>
  return
}

// 2 + 3, and nothing
func.func @rank_zero_and_size_zero() {
  %x = dlc.constant dense<2.0> : tensor<f32>
  %y = dlc.constant dense<3.0> : tensor<f32>
  %e = dlc.constant dense<> : tensor<0x2xf32>
  %z = dlc.add %x, %y : tensor<f32>
  %n = dlc.add %e, %e : tensor<0x2xf32>
  %want0 = dlc.constant dense<5.0> : tensor<f32>
  check.expect_equal %z, %want0 : tensor<f32>
  %want1 = dlc.constant dense<> : tensor<0x2xf32>
  check.expect_equal %n, %want1 : tensor<0x2xf32>
  return
}

// x * x
func.func @rank_six() {
  %x = dlc.constant dense<[[[[[[-7.0, -7.0, 5.0]], [[-1.0, 1.0, 1.0]]]], [[[[3.0, -9.0, -1.0]], [[-7.0, -2.0, 7.0]]]]]]> : tensor<1x2x1x2x1x3xf32>
  %y = dlc.mul %x, %x : tensor<1x2x1x2x1x3xf32>
  %want = dlc.constant dense<[[[[[[49.0, 49.0, 25.0]], [[1.0, 1.0, 1.0]]]], [[[[9.0, 81.0, 1.0]], [[49.0, 4.0, 49.0]]]]]]> : tensor<1x2x1x2x1x3xf32>
  check.expect_equal %y, %want : tensor<1x2x1x2x1x3xf32>
  return
}
