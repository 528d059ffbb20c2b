// RUN: dlc-opt %s --run
// Values of layer_norm.

// (x - mean) / np.sqrt(var + 1e-5) * scale + shift
func.func @rows_with_scale_and_shift() {
  %x = dlc.constant dense<[[0.66, 0.71, 0.28, 1.81], [0.43, -0.66, 0.05, -1.93]]> : tensor<2x4xf64>
  %scale = dlc.constant dense<[0.9, 0.78, -0.32, 1.41]> : tensor<4xf64>
  %shift = dlc.constant dense<[1.02, -0.65, -1.69, -1.47]> : tensor<4xf64>
  %y = dlc.layer_norm %x scale %scale : tensor<4xf64> shift %shift : tensor<4xf64> dims [1] epsilon 1.0e-5 : tensor<2x4xf64>
  %want = dlc.constant dense<[[0.6965322582355502, -0.8619634145220705, -1.3617985839658264, 0.8660682521086247], [1.9782522571129868, -0.7649235518104175, -1.8954946528743601, -3.668976263124292]]> : tensor<2x4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13} : tensor<2x4xf64>
  return
}

// (x - mean) / np.sqrt(var + 1e-5)
func.func @without_scale_and_shift() {
  %x = dlc.constant dense<[[0.66, 0.71, 0.28, 1.81], [0.43, -0.66, 0.05, -1.93]]> : tensor<2x4xf64>
  %y = dlc.layer_norm %x dims [1] epsilon 1.0e-5 : tensor<2x4xf64>
  %want = dlc.constant dense<[[-0.3594086019604998, -0.2717479673359877, -1.0256294251067921, 1.65678599440328], [1.064724730125541, -0.14733788693643263, 0.6421707902323759, -1.559557633421484]]> : tensor<2x4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13} : tensor<2x4xf64>
  return
}

// (x - mean) / np.sqrt(var + 1e-5) + shift
func.func @shift_alone() {
  %x = dlc.constant dense<[[0.66, 0.71, 0.28, 1.81], [0.43, -0.66, 0.05, -1.93]]> : tensor<2x4xf64>
  %shift = dlc.constant dense<[1.02, -0.65, -1.69, -1.47]> : tensor<4xf64>
  %y = dlc.layer_norm %x shift %shift : tensor<4xf64> dims [1] epsilon 1.0e-5 : tensor<2x4xf64>
  %want = dlc.constant dense<[[0.6605913980395002, -0.9217479673359877, -2.7156294251067923, 0.18678599440327992], [2.084724730125541, -0.7973378869364327, -1.047829209767624, -3.0295576334214838]]> : tensor<2x4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13} : tensor<2x4xf64>
  return
}

// x / np.sqrt((x * x).mean() + 1e-6) * scale
func.func @root_mean_square() {
  %x = dlc.constant dense<[[0.66, 0.71, 0.28, 1.81], [0.43, -0.66, 0.05, -1.93]]> : tensor<2x4xf64>
  %scale = dlc.constant dense<[0.9, 0.78, -0.32, 1.41]> : tensor<4xf64>
  %y = dlc.layer_norm %x scale %scale : tensor<4xf64> dims [1] epsilon 1.0e-6 rms : tensor<2x4xf64>
  %want = dlc.constant dense<[[0.5732909744765659, 0.5344924943857275, -0.08647621433181871, 2.463124403975831], [0.37119403402075957, -0.49377438944156865, -0.015346523370367323, -2.610155877986287]]> : tensor<2x4xf64>
  check.expect_close %y, %want {rtol = 1.0e-13} : tensor<2x4xf64>
  return
}

// over axes (1, 2), scale of their shape
func.func @over_two_dimensions() {
  %x = dlc.constant dense<[[[-1.26, -0.78], [-0.21, 1.71], [-0.89, 1.59]], [[0.72, 1.41], [-0.39, -1.99], [1.15, -1.02]]]> : tensor<2x3x2xf32>
  %scale = dlc.constant dense<[[-1.43, 1.2], [0.75, -1.15], [-0.93, 1.76]]> : tensor<3x2xf32>
  %y = dlc.layer_norm %x scale %scale : tensor<3x2xf32> dims [1, 2] epsilon 1.0e-5 : tensor<2x3x2xf32>
  %want = dlc.constant dense<[[[1.5476574, -0.8142319], [-0.14930388, -1.6283236], [0.7170792, 2.3143926]], [[-0.86501396, 1.4027253], [-0.22683932, 1.8519081], [-0.8894554, -1.4386927]]]> : tensor<2x3x2xf32>
  check.expect_close %y, %want {rtol = 1.0e-5} : tensor<2x3x2xf32>
  return
}

// over axes (0, 2)
func.func @over_dimensions_apart() {
  %x = dlc.constant dense<[[[-1.26, -0.78], [-0.21, 1.71], [-0.89, 1.59]], [[0.72, 1.41], [-0.39, -1.99], [1.15, -1.02]]]> : tensor<2x3x2xf64>
  %scale = dlc.constant dense<[[-1.48, 1.26], [-1.53, 0.06]]> : tensor<2x2xf64>
  %y = dlc.layer_norm %x scale %scale : tensor<2x2xf64> dims [0, 2] epsilon 1.0e-5 : tensor<2x3x2xf64>
  %want = dlc.constant dense<[[[1.7509605583014534, -0.9327663287110872], [-0.011279288741744048, 1.8533090785252182], [1.383835232935486, 1.4840680810268854]], [[-0.9844483082057602, 0.07679651571497602], [0.19822587849511036, -0.08093651786305542], [-1.228544604921378, -0.0627467000589168]]]> : tensor<2x3x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13} : tensor<2x3x2xf64>
  return
}

// np.float16((x - mean) / np.sqrt(var + 1e-5))
func.func @of_halves_is_computed_in_single() {
  %x = dlc.constant dense<[[0.66015625, 0.7099609375, 0.280029296875, 1.8095703125], [0.429931640625, -0.66015625, 0.04998779296875, -1.9296875]]> : tensor<2x4xf16>
  %y = dlc.layer_norm %x dims [1] epsilon 1.0e-5 : tensor<2x4xf16>
  %want = dlc.constant dense<[[-0.359130859375, -0.271728515625, -1.025390625, 1.65625], [1.064453125, -0.1475830078125, 0.64208984375, -1.5595703125]]> : tensor<2x4xf16>
  check.expect_close %y, %want {rtol = 0.001} : tensor<2x4xf16>
  return
}

// 0 / np.sqrt(0 + 1e-5)
func.func @of_equal_elements_is_zero() {
  %x = dlc.constant dense<2.5> : tensor<1x3xf32>
  %y = dlc.layer_norm %x dims [1] epsilon 1.0e-5 : tensor<1x3xf32>
  %want = dlc.constant dense<0.0> : tensor<1x3xf32>
  check.expect_equal %y, %want : tensor<1x3xf32>
  return
}
