// RUN: dlc-opt %s --run
// Values of batch_norm_train against NumPy.

// images [N, C, H, W]; x.var(ddof=0)
func.func @of_images() {
  %x = dlc.constant dense<[[[[0.88, -1.14], [1.52, 0.26]], [[-0.25, 2.37], [-2.66, 0.34]], [[-1.03, -2.79], [1.52, 0.37]]], [[[2.36, 0.59], [-0.98, 2.91]], [[-2.31, -2.68], [1.4, -0.77]], [[-0.83, 2.26], [-1.04, 2.33]]]]> : tensor<2x3x2x2xf64>
  %s = dlc.constant dense<[0.86, -1.03, -2.64]> : tensor<3xf64>
  %b = dlc.constant dense<[-1.53, 2.81, -0.57]> : tensor<3xf64>
  %m = dlc.constant dense<[-2.04, -1.21, 2.4]> : tensor<3xf64>
  %v = dlc.constant dense<[2.01, 1.67, 2.19]> : tensor<3xf64>
  %y:3 = dlc.batch_norm_train %x, %s, %b, %m, %v dim 1 epsilon 1.0e-03 momentum 0.9 : tensor<2x3x2x2xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
  %want0 = dlc.constant dense<[[[[-1.4792216350476157, -2.7613753500953218], [-1.0729947154285402, -1.8727539634285948]], [[2.6248446087880044, 1.1088848432397882], [4.019296148853348, 2.283464356240887]], [[1.167569943421641, 3.876870586099017], [-2.757837237730239, -0.9875555677989991]]], [[[-0.539821883428504, -1.6632932080000091], [-2.659818620190553, -0.1907206243808608]], [[3.8167824397152272, 4.030868360804098], [1.6701371228511508, 2.9257221195074976]], [[0.8596948703901209, -3.8969750079468626], [1.182963697073217, -4.004731283507895]]]]> : tensor<2x3x2x2xf64>
  check.expect_close %y#0, %want0 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<2x3x2x2xf64>
  %want1 = dlc.constant dense<[-1.756, -1.146, 2.169875]> : tensor<3xf64>
  check.expect_close %y#1, %want1 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  %want2 = dlc.constant dense<[1.9924775, 1.819785, 2.26501609375]> : tensor<3xf64>
  check.expect_close %y#2, %want2 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  return
}

// the running variance moves to x.var(ddof=1)
func.func @unbiased_running_variance() {
  %x = dlc.constant dense<[[2.7699999809265137, 0.18000000715255737, -2.740000009536743], [2.5899999141693115, -0.8500000238418579, 1.3899999856948853], [0.14000000059604645, -2.440000057220459, -2.359999895095825], [-2.0999999046325684, -2.0299999713897705, -2.680000066757202]]> : tensor<4x3xf32>
  %s = dlc.constant dense<[-2.7200000286102295, 2.690000057220459, -2.450000047683716]> : tensor<3xf32>
  %b = dlc.constant dense<[0.05000000074505806, -2.2899999618530273, -1.7100000381469727]> : tensor<3xf32>
  %m = dlc.constant dense<[1.5800000429153442, 2.630000114440918, -0.18000000715255737]> : tensor<3xf32>
  %v = dlc.constant dense<[2.9700000286102295, 3.0, 2.7100000381469727]> : tensor<3xf32>
  %y:3 = dlc.batch_norm_train %x, %s, %b, %m, %v dim 1 epsilon 1.0e-03 momentum 0.9 unbiased_running_var : tensor<4x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  %want0 = dlc.constant dense<[[-2.5673744678497314, 1.542893409729004, -0.09309384971857071], [-2.321995496749878, -1.1519054174423218, -5.938014984130859], [1.01788330078125, -5.311837673187256, -0.6308833956718445], [4.071486949920654, -4.239150524139404, -0.17800787091255188]]> : tensor<4x3xf32>
  check.expect_close %y#0, %want0 {rtol = 1.0e-6, atol = 1.0e-6} : tensor<4x3xf32>
  %want1 = dlc.constant dense<[1.5070000886917114, 2.2385001182556152, -0.3217500150203705]> : tensor<3xf32>
  check.expect_close %y#1, %want1 {rtol = 1.0e-6, atol = 1.0e-6} : tensor<3xf32>
  %want2 = dlc.constant dense<[3.2036867141723633, 2.8408167362213135, 2.83845591545105]> : tensor<3xf32>
  check.expect_close %y#2, %want2 {rtol = 1.0e-6, atol = 1.0e-6} : tensor<3xf32>
  return
}

// channels last
func.func @channels_last() {
  %x = dlc.constant dense<[[[-0.66, 0.23, 2.35], [1.94, 0.66, -0.61]], [[2.01, 2.21, 2.23], [1.31, -2.41, -1.21]]]> : tensor<2x2x3xf64>
  %s = dlc.constant dense<[-0.08, 0.03, 2.0]> : tensor<3xf64>
  %b = dlc.constant dense<[-1.57, 0.99, -0.75]> : tensor<3xf64>
  %m = dlc.constant dense<[1.65, -1.83, -0.14]> : tensor<3xf64>
  %v = dlc.constant dense<[2.38, 1.73, 2.61]> : tensor<3xf64>
  %y:3 = dlc.batch_norm_train %x, %s, %b, %m, %v dim 2 epsilon 1.0e-03 momentum 0.9 unbiased_running_var : tensor<2x2x3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
  %want0 = dlc.constant dense<[[[-1.4359804923775945, 0.991037122699284, 1.30589506100846], [-1.628494702221934, 0.9987929967982779, -2.360038300789758]], [[-1.6336777771023585, 1.0267502173876744, 1.1572761409355592], [-1.5818470282981132, 0.9434196631147636, -3.103132901154261]]]> : tensor<2x2x3xf64>
  check.expect_close %y#0, %want0 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<2x2x3xf64>
  %want1 = dlc.constant dense<[1.5999999999999999, -1.62975, -0.05700000000000004]> : tensor<3xf64>
  check.expect_close %y#1, %want1 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  %want2 = dlc.constant dense<[2.2975133333333333, 1.9257224999999998, 2.6965733333333333]> : tensor<3xf64>
  check.expect_close %y#2, %want2 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  return
}

// f16 with parameters in f32
func.func @halves_with_single_parameters() {
  %x = dlc.constant dense<[[[-1.099609375, 2.359375, 0.1500244140625, -2.76953125], [1.759765625, -2.689453125, 1.9599609375, -2.94921875]], [[1.0400390625, -2.009765625, -0.93994140625, 2.720703125], [-0.08001708984375, 0.93994140625, 1.4404296875, -2.33984375]], [[2.029296875, 2.48046875, -2.0703125, 0.280029296875], [-1.2998046875, 1.4404296875, -2.830078125, 0.08001708984375]]]> : tensor<3x2x4xf16>
  %s = dlc.constant dense<[1.7599999904632568, 1.409999966621399]> : tensor<2xf32>
  %b = dlc.constant dense<[-2.3499999046325684, 2.0]> : tensor<2xf32>
  %m = dlc.constant dense<[-1.5700000524520874, 1.850000023841858]> : tensor<2xf32>
  %v = dlc.constant dense<[0.019999999552965164, 2.0399999618530273]> : tensor<2xf32>
  %y:3 = dlc.batch_norm_train %x, %s, %b, %m, %v dim 1 epsilon 1.0e-03 momentum 0.9 : tensor<3x2x4xf16>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  %want0 = dlc.constant dense<[[[-3.552734375, -0.3037109375, -2.37890625, -5.12109375], [3.625, 0.24658203125, 3.77734375, 0.04925537109375]], [[-1.54296875, -4.40625, -3.40234375, 0.035675048828125], [2.228515625, 3.00390625, 3.3828125, 0.51220703125]], [[-0.61376953125, -0.18994140625, -4.46484375, -2.2578125], [1.3017578125, 3.3828125, 0.1397705078125, 2.349609375]]]> : tensor<3x2x4xf16>
  check.expect_close %y#0, %want0 {rtol = 1.0e-3, atol = 1.0e-4} : tensor<3x2x4xf16>
  %want1 = dlc.constant dense<[-1.394910216331482, 1.6269344091415405]> : tensor<2xf32>
  check.expect_close %y#1, %want1 {rtol = 1.0e-6, atol = 1.0e-6} : tensor<2xf32>
  %want2 = dlc.constant dense<[0.36898207664489746, 2.180584669113159]> : tensor<2xf32>
  check.expect_close %y#2, %want2 {rtol = 1.0e-6, atol = 1.0e-6} : tensor<2xf32>
  return
}

// one element a channel: the variance is 0, and k = 1
func.func @one_element_a_channel() {
  %x = dlc.constant dense<[[1.4, 1.85, 1.19]]> : tensor<1x3xf64>
  %s = dlc.constant dense<[2.79, -1.46, -1.59]> : tensor<3xf64>
  %b = dlc.constant dense<[-2.12, 0.24, -0.6]> : tensor<3xf64>
  %m = dlc.constant dense<[-0.86, -0.24, -1.35]> : tensor<3xf64>
  %v = dlc.constant dense<[2.97, 0.17, 1.34]> : tensor<3xf64>
  %y:3 = dlc.batch_norm_train %x, %s, %b, %m, %v dim 1 epsilon 1.0e-03 momentum 0.9 unbiased_running_var : tensor<1x3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
  %want0 = dlc.constant dense<[[-2.12, 0.24, -0.6]]> : tensor<1x3xf64>
  check.expect_close %y#0, %want0 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1x3xf64>
  %want1 = dlc.constant dense<[-0.6340000000000001, -0.031000000000000028, -1.096]> : tensor<3xf64>
  check.expect_close %y#1, %want1 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  %want2 = dlc.constant dense<[2.673, 0.15300000000000002, 1.2060000000000002]> : tensor<3xf64>
  check.expect_close %y#2, %want2 {rtol = 1.0e-13, atol = 1.0e-14} : tensor<3xf64>
  return
}
