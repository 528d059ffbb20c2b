// RUN: dlc-opt %s --run
// Values of dot against NumPy.

// a @ b
func.func @matrix_product() {
  %a = dlc.constant dense<[[0.39, -1.76, -0.45], [-0.71, -1.4, 1.27]]> : tensor<2x3xf32>
  %b = dlc.constant dense<[[-0.48, 1.91, 0.36, 0.42], [0.55, 0.71, -1.4, -0.24], [-1.04, -0.39, -1.61, 1.87]]> : tensor<3x4xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<2x3xf32>, tensor<3x4xf32>
  %want = dlc.constant dense<[[-0.6872, -0.32919997, 3.3288999, -0.2553], [-1.75, -2.8453999, -0.34030005, 2.4127]]> : tensor<2x4xf32>
  check.expect_close %y, %want : tensor<2x4xf32>
  return
}

// a @ b.T
func.func @with_transposed_right() {
  %a = dlc.constant dense<[[0.39, -1.76, -0.45], [-0.71, -1.4, 1.27]]> : tensor<2x3xf32>
  %b = dlc.constant dense<[[-0.48, 0.55, -1.04], [1.91, 0.71, -0.39], [0.36, -1.4, -1.61], [0.42, -0.24, 1.87]]> : tensor<4x3xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [1] : tensor<2x3xf32>, tensor<4x3xf32>
  %want = dlc.constant dense<[[-0.6872, -0.32919997, 3.3288999, -0.2553], [-1.75, -2.8453999, -0.34030005, 2.4127]]> : tensor<2x4xf32>
  check.expect_close %y, %want : tensor<2x4xf32>
  return
}

// a.T @ b
func.func @with_transposed_left() {
  %a = dlc.constant dense<[[0.39, -0.71], [-1.76, -1.4], [-0.45, 1.27]]> : tensor<3x2xf32>
  %b = dlc.constant dense<[[-0.48, 1.91, 0.36, 0.42], [0.55, 0.71, -1.4, -0.24], [-1.04, -0.39, -1.61, 1.87]]> : tensor<3x4xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [0] x [0] : tensor<3x2xf32>, tensor<3x4xf32>
  %want = dlc.constant dense<[[-0.6872, -0.32919997, 3.3288999, -0.2553], [-1.75, -2.8453999, -0.34030005, 2.4127]]> : tensor<2x4xf32>
  check.expect_close %y, %want : tensor<2x4xf32>
  return
}

// a @ v
func.func @matrix_vector() {
  %a = dlc.constant dense<[[0.39, -1.76, -0.45], [-0.71, -1.4, 1.27]]> : tensor<2x3xf32>
  %b = dlc.constant dense<[-1.14, 0.69, -0.8]> : tensor<3xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<2x3xf32>, tensor<3xf32>
  %want = dlc.constant dense<[-1.2989999, -1.1726]> : tensor<2xf32>
  check.expect_close %y, %want : tensor<2xf32>
  return
}

// v @ v
func.func @inner_product() {
  %a = dlc.constant dense<[-1.14, 0.69, -0.8]> : tensor<3xf32>
  %b = dlc.constant dense<[-1.14, 0.69, -0.8]> : tensor<3xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [0] x [0] : tensor<3xf32>, tensor<3xf32>
  %want = dlc.constant dense<2.4157> : tensor<f32>
  check.expect_close %y, %want : tensor<f32>
  return
}

// np.outer(v, b[0])
func.func @outer_product() {
  %a = dlc.constant dense<[-1.14, 0.69, -0.8]> : tensor<3xf32>
  %b = dlc.constant dense<[-0.48, 1.91, 0.36, 0.42]> : tensor<4xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [] x [] : tensor<3xf32>, tensor<4xf32>
  %want = dlc.constant dense<[[0.54719996, -2.1773999, -0.4104, -0.47879997], [-0.3312, 1.3179, 0.2484, 0.2898], [0.384, -1.528, -0.28800002, -0.336]]> : tensor<3x4xf32>
  check.expect_close %y, %want : tensor<3x4xf32>
  return
}

// 2 * -3
func.func @scalars() {
  %a = dlc.constant dense<2.0> : tensor<f32>
  %b = dlc.constant dense<-3.0> : tensor<f32>
  %y = dlc.dot %a, %b batch [] x [] contract [] x [] : tensor<f32>, tensor<f32>
  %want = dlc.constant dense<-6.0> : tensor<f32>
  check.expect_equal %y, %want : tensor<f32>
  return
}

// a @ b
func.func @batched() {
  %a = dlc.constant dense<[[[1.5, 0.65, -1.47, 1.38], [1.78, 1.62, 0.28, -1.42], [-1.23, 1.71, 0.21, -1.28]], [[1.54, 0.57, 0.28, -0.49], [-0.36, -1.04, -1.85, 1.5], [-0.13, 0.19, -0.71, 1.01]]]> : tensor<2x3x4xf32>
  %b = dlc.constant dense<[[[-1.9, -0.51], [-1.88, -1.51], [1.87, 0.63], [-0.29, 0.09]], [[1.49, -0.62], [0.36, 0.73], [-0.58, 0.08], [1.06, 1.64]]]> : tensor<2x4x2xf32>
  %y = dlc.dot %a, %b batch [0] x [0] contract [2] x [1] : tensor<2x3x4xf32>, tensor<2x4x2xf32>
  %want = dlc.constant dense<[[[-7.2211, -2.5483997], [-5.4922, -3.3054], [-0.1139002, -1.9377]], [[1.818, -1.3198999], [1.7521999, 1.776], [1.3570999, 1.8189]]]> : tensor<2x3x2xf32>
  check.expect_close %y, %want : tensor<2x3x2xf32>
  return
}

// np.einsum("nbks,kmsb->bnm", a, b)
func.func @batch_and_contraction_in_any_order() {
  %a = dlc.constant dense<[[[[-1.4, 1.73], [-1.98, 1.01], [1.24, -1.45], [-0.32, 1.26]], [[-1.94, 0.51], [1.17, 0.05], [0.9, -1.09], [-1.21, -0.55]]], [[[-1.28, -0.62], [1.79, 0.29], [-0.64, -0.91], [1.81, -0.22]], [[1.92, 0.06], [0.08, 1.59], [0.97, 0.32], [-0.29, 1.51]]], [[[-0.35, 1.69], [-1.73, -0.28], [0.08, 1.8], [-1.0, 1.22]], [[0.71, 0.87], [0.52, 1.89], [-0.67, -0.41], [-1.19, -1.8]]]]> : tensor<3x2x4x2xf32>
  %b = dlc.constant dense<[[[[-1.15, 1.66], [1.36, -1.55]], [[0.42, -0.08], [0.38, 0.64]], [[-0.77, 1.85], [-0.14, 0.51]], [[0.54, -1.26], [-1.75, -0.35]], [[1.06, 1.26], [0.92, -1.55]]], [[[1.65, 1.21], [1.51, 0.09]], [[1.66, -1.81], [-1.88, -1.92]], [[-0.99, -1.01], [-1.25, 0.27]], [[-1.84, 0.36], [-1.34, 0.71]], [[-1.92, -0.76], [1.75, 0.15]]], [[[1.25, 0.63], [0.44, -1.23]], [[0.3, -1.84], [1.21, 1.84]], [[1.42, -1.8], [-0.65, -0.73]], [[-1.55, 0.51], [1.19, -0.75]], [[1.45, 1.19], [-1.48, 1.07]]], [[[1.53, -1.21], [0.29, 0.55]], [[0.44, -1.62], [0.64, 0.53]], [[1.3, 1.21], [-0.69, 0.89]], [[1.47, 1.57], [-1.35, -1.89]], [[0.6, -1.14], [0.25, 1.78]]]]> : tensor<4x5x2x2xf32>
  %y = dlc.dot %a, %b batch [1] x [3] contract [2, 3] x [0, 2] : tensor<3x2x4x2xf32>, tensor<4x5x2x2xf32>
  %want = dlc.constant dense<[[[3.0087, -5.8331003, 2.9514003, -7.3126, 9.743701], [5.5252995, 1.0154997, 1.1252999, -0.4216001, -3.4066997], [-0.8606, 0.69259995, -1.1025997, -0.6871002, 1.1723998]], [[0.47860003, -3.7249994, -7.2750006, 3.1389, -3.8115003], [4.733, -3.2387002, 2.9445, -4.337, 7.019], [1.1615, -2.6177995, 0.20569992, 1.8294997, -3.6489997]]]> : tensor<2x3x5xf32>
  check.expect_close %y, %want : tensor<2x3x5xf32>
  return
}

// np.einsum("nbks,kmsb->bnm", a, b)
func.func @contraction_pairs_out_of_order() {
  %a = dlc.constant dense<[[[[-1.4, 1.73], [-1.98, 1.01], [1.24, -1.45], [-0.32, 1.26]], [[-1.94, 0.51], [1.17, 0.05], [0.9, -1.09], [-1.21, -0.55]]], [[[-1.28, -0.62], [1.79, 0.29], [-0.64, -0.91], [1.81, -0.22]], [[1.92, 0.06], [0.08, 1.59], [0.97, 0.32], [-0.29, 1.51]]], [[[-0.35, 1.69], [-1.73, -0.28], [0.08, 1.8], [-1.0, 1.22]], [[0.71, 0.87], [0.52, 1.89], [-0.67, -0.41], [-1.19, -1.8]]]]> : tensor<3x2x4x2xf32>
  %b = dlc.constant dense<[[[[-1.15, 1.66], [1.36, -1.55]], [[0.42, -0.08], [0.38, 0.64]], [[-0.77, 1.85], [-0.14, 0.51]], [[0.54, -1.26], [-1.75, -0.35]], [[1.06, 1.26], [0.92, -1.55]]], [[[1.65, 1.21], [1.51, 0.09]], [[1.66, -1.81], [-1.88, -1.92]], [[-0.99, -1.01], [-1.25, 0.27]], [[-1.84, 0.36], [-1.34, 0.71]], [[-1.92, -0.76], [1.75, 0.15]]], [[[1.25, 0.63], [0.44, -1.23]], [[0.3, -1.84], [1.21, 1.84]], [[1.42, -1.8], [-0.65, -0.73]], [[-1.55, 0.51], [1.19, -0.75]], [[1.45, 1.19], [-1.48, 1.07]]], [[[1.53, -1.21], [0.29, 0.55]], [[0.44, -1.62], [0.64, 0.53]], [[1.3, 1.21], [-0.69, 0.89]], [[1.47, 1.57], [-1.35, -1.89]], [[0.6, -1.14], [0.25, 1.78]]]]> : tensor<4x5x2x2xf32>
  %y = dlc.dot %a, %b batch [1] x [3] contract [3, 2] x [2, 0] : tensor<3x2x4x2xf32>, tensor<4x5x2x2xf32>
  %want = dlc.constant dense<[[[3.0087, -5.8331003, 2.9514003, -7.3126, 9.743701], [5.5252995, 1.0154997, 1.1252999, -0.4216001, -3.4066997], [-0.8606, 0.69259995, -1.1025997, -0.6871002, 1.1723998]], [[0.47860003, -3.7249994, -7.2750006, 3.1389, -3.8115003], [4.733, -3.2387002, 2.9445, -4.337, 7.019], [1.1615, -2.6177995, 0.20569992, 1.8294997, -3.6489997]]]> : tensor<2x3x5xf32>
  check.expect_close %y, %want : tensor<2x3x5xf32>
  return
}

// np.zeros((2, 0)) @ np.zeros((0, 3))
func.func @over_no_element_is_zero() {
  %a = dlc.constant dense<> : tensor<2x0xf32>
  %b = dlc.constant dense<> : tensor<0x3xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<2x0xf32>, tensor<0x3xf32>
  %want = dlc.constant dense<0.0> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.zeros((0, 2)) @ b
func.func @without_rows() {
  %a = dlc.constant dense<> : tensor<0x2xf32>
  %b = dlc.constant dense<[[-0.48, -0.99, -0.17], [0.63, -1.6, -0.48]]> : tensor<2x3xf32>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<0x2xf32>, tensor<2x3xf32>
  %want = dlc.constant dense<> : tensor<0x3xf32>
  check.expect_equal %y, %want : tensor<0x3xf32>
  return
}

// a @ b in int8
func.func @of_integers_wraps() {
  %a = dlc.constant dense<[[100, 2], [-128, 3]]> : tensor<2x2xsi8>
  %b = dlc.constant dense<[[3, -1], [50, 7]]> : tensor<2x2xsi8>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<2x2xsi8>, tensor<2x2xsi8>
  %want = dlc.constant dense<[[-112, -86], [22, -107]]> : tensor<2x2xsi8>
  check.expect_equal %y, %want : tensor<2x2xsi8>
  return
}

// 2048 + 3 ones = 2051, rounded once; halves would stay at 2048
func.func @of_halves_accumulates_in_single() {
  %a = dlc.constant dense<[[2048.0, 1.0, 1.0, 1.0]]> : tensor<1x4xf16>
  %b = dlc.constant dense<1.0> : tensor<4x1xf16>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<1x4xf16>, tensor<4x1xf16>
  %want = dlc.constant dense<[[2052.0]]> : tensor<1x1xf16>
  check.expect_equal %y, %want : tensor<1x1xf16>
  return
}

// a @ b
func.func @in_double() {
  %a = dlc.constant dense<[[-0.7325576223229546, 0.32489244322850763, 0.6611050645263679, -0.2462924371824351, -0.25655209445116345], [0.07904331789486907, -0.5698844407238128, -0.5051808167664582, -0.34029543343517177, -0.08514860372356514]]> : tensor<2x5xf64>
  %b = dlc.constant dense<[[-0.8369370793948532, 0.5054642727340113], [0.15810914885850846, -0.4006122542189976], [-0.8449068552979944, 0.5263619028029625], [-0.7378420234173586, -0.7335867153006435], [-0.7386315083854467, -0.8374753777680191]]> : tensor<5x2xf64>
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<2x5xf64>, tensor<5x2xf64>
  %want = dlc.constant dense<[[0.47712327420127004, 0.24307584206677257], [0.5845502205266064, 0.32329439597949344]]> : tensor<2x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-14} : tensor<2x2xf64>
  return
}
