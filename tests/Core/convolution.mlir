// RUN: dlc-opt %s --run
// Values of conv, conv_bwd_data and conv_bwd_filter. The adjoints are pinned by their definition: for the
// trilinear form <g, conv(x, w)>, the value at each index is the form with a unit vector in its place.

// conv(x, w); the adjoints with cotangent g
func.func @one_dimension() {
  %x = dlc.constant dense<[[[2.0, 3.0, 2.0, -2.0, 2.0], [-1.0, 2.0, 2.0, 0.0, 1.0]]]> : tensor<1x2x5xf64>
  %w = dlc.constant dense<[[[2.0, -2.0, -3.0], [0.0, -2.0, 3.0]], [[3.0, -1.0, -1.0], [1.0, 0.0, -3.0]]]> : tensor<2x2x3xf64>
  %g = dlc.constant dense<[[[1.0, 2.0, -3.0], [2.0, 0.0, 2.0]]]> : tensor<1x2x3xf64>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x2x5xf64>, tensor<2x2x3xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [5] strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x2x3xf64>, tensor<2x2x3xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x2x5xf64>, tensor<1x2x3xf64>
  %want0 = dlc.constant dense<[[[-6.0, 4.0, 5.0], [-6.0, 11.0, 5.0]]]> : tensor<1x2x3xf64>
  check.expect_equal %y, %want0 : tensor<1x2x3xf64>
  %want1 = dlc.constant dense<[[[8.0, 0.0, -9.0, -2.0, 7.0], [2.0, -2.0, -5.0, 12.0, -15.0]]]> : tensor<1x2x5xf64>
  check.expect_equal %dx, %want1 : tensor<1x2x5xf64>
  %want2 = dlc.constant dense<[[[2.0, 13.0, -8.0], [-3.0, 6.0, -1.0]], [[8.0, 2.0, 8.0], [2.0, 4.0, 6.0]]]> : tensor<2x2x3xf64>
  check.expect_equal %dw, %want2 : tensor<2x2x3xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @asymmetric_padding() {
  %x = dlc.constant dense<[[[[2.0, 1.0, -1.0], [-1.0, 2.0, -3.0], [-2.0, 0.0, 3.0], [2.0, 2.0, -2.0]]]]> : tensor<1x1x4x3xf64>
  %w = dlc.constant dense<[[[[-2.0, -2.0], [2.0, 0.0], [-2.0, 2.0]]]]> : tensor<1x1x3x2xf64>
  %g = dlc.constant dense<[[[[1.0, 3.0, 0.0], [-3.0, 3.0, -2.0], [-3.0, 2.0, 0.0], [1.0, -3.0, 2.0], [-1.0, 3.0, 1.0]]]]> : tensor<1x1x5x3xf64>
  %y = dlc.conv %x, %w strides [1, 1] lo [1, 0] hi [2, 1] dilation [1, 1] groups 1 : tensor<1x1x4x3xf64>, tensor<1x1x3x2xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [4, 3] strides [1, 1] lo [1, 0] hi [2, 1] dilation [1, 1] groups 1 : tensor<1x1x5x3xf64>, tensor<1x1x3x2xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [3, 2] strides [1, 1] lo [1, 0] hi [2, 1] dilation [1, 1] groups 1 : tensor<1x1x4x3xf64>, tensor<1x1x5x3xf64>
  %want0 = dlc.constant dense<[[[[10.0, -8.0, 4.0], [-4.0, 10.0, -10.0], [-6.0, -6.0, 16.0], [8.0, -2.0, -10.0], [-8.0, 0.0, 4.0]]]]> : tensor<1x1x5x3xf64>
  check.expect_equal %y, %want0 : tensor<1x1x5x3xf64>
  %want1 = dlc.constant dense<[[[[8.0, 6.0, -2.0], [-2.0, 4.0, -2.0], [-2.0, -4.0, 12.0], [10.0, -20.0, 0.0]]]]> : tensor<1x1x4x3xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x4x3xf64>
  %want2 = dlc.constant dense<[[[[12.0, -35.0], [18.0, -3.0], [3.0, -8.0]]]]> : tensor<1x1x3x2xf64>
  check.expect_equal %dw, %want2 : tensor<1x1x3x2xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @strides_leave_a_rest() {
  %x = dlc.constant dense<[[[3.0, 2.0, 2.0, -3.0, 2.0, 1.0], [-1.0, -1.0, 1.0, -2.0, -2.0, 3.0]]]> : tensor<1x2x6xf64>
  %w = dlc.constant dense<[[[2.0, 1.0, 2.0], [-1.0, 2.0, -2.0]]]> : tensor<1x2x3xf64>
  %g = dlc.constant dense<[[[0.0, -2.0, -1.0]]]> : tensor<1x1x3xf64>
  %y = dlc.conv %x, %w strides [2] lo [1] hi [1] dilation [1] groups 1 : tensor<1x2x6xf64>, tensor<1x2x3xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [6] strides [2] lo [1] hi [1] dilation [1] groups 1 : tensor<1x1x3xf64>, tensor<1x2x3xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [3] strides [2] lo [1] hi [1] dilation [1] groups 1 : tensor<1x2x6xf64>, tensor<1x1x3xf64>
  %want0 = dlc.constant dense<[[[7.0, 7.0, -10.0]]]> : tensor<1x1x3xf64>
  check.expect_equal %y, %want0 : tensor<1x1x3xf64>
  %want1 = dlc.constant dense<[[[0.0, -4.0, -2.0, -6.0, -1.0, -2.0], [0.0, 2.0, -4.0, 5.0, -2.0, 2.0]]]> : tensor<1x2x6xf64>
  check.expect_equal %dx, %want1 : tensor<1x2x6xf64>
  %want2 = dlc.constant dense<[[[-1.0, -6.0, 5.0], [4.0, 0.0, 1.0]]]> : tensor<1x2x3xf64>
  check.expect_equal %dw, %want2 : tensor<1x2x3xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @stride_longer_than_the_window() {
  %x = dlc.constant dense<[[[-1.0, -1.0, 0.0, -3.0, -1.0, 2.0, 0.0]]]> : tensor<1x1x7xf64>
  %w = dlc.constant dense<[[[0.0, -3.0]], [[-1.0, 3.0]]]> : tensor<2x1x2xf64>
  %g = dlc.constant dense<[[[0.0, -3.0], [2.0, 2.0]]]> : tensor<1x2x2xf64>
  %y = dlc.conv %x, %w strides [3] lo [0] hi [0] dilation [1] groups 1 : tensor<1x1x7xf64>, tensor<2x1x2xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [7] strides [3] lo [0] hi [0] dilation [1] groups 1 : tensor<1x2x2xf64>, tensor<2x1x2xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2] strides [3] lo [0] hi [0] dilation [1] groups 1 : tensor<1x1x7xf64>, tensor<1x2x2xf64>
  %want0 = dlc.constant dense<[[[3.0, 3.0], [-2.0, 0.0]]]> : tensor<1x2x2xf64>
  check.expect_equal %y, %want0 : tensor<1x2x2xf64>
  %want1 = dlc.constant dense<[[[-2.0, 6.0, 0.0, -2.0, 15.0, 0.0, 0.0]]]> : tensor<1x1x7xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x7xf64>
  %want2 = dlc.constant dense<[[[9.0, 3.0]], [[-8.0, -4.0]]]> : tensor<2x1x2xf64>
  check.expect_equal %dw, %want2 : tensor<2x1x2xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @dilation() {
  %x = dlc.constant dense<[[[-1.0, -3.0, 2.0, -2.0, 3.0, -1.0, -1.0]]]> : tensor<1x1x7xf64>
  %w = dlc.constant dense<[[[2.0, -3.0, -3.0]]]> : tensor<1x1x3xf64>
  %g = dlc.constant dense<[[[2.0, 3.0, 3.0, -3.0, -2.0, -1.0]]]> : tensor<1x1x6xf64>
  %y = dlc.conv %x, %w strides [1] lo [2] hi [1] dilation [2] groups 1 : tensor<1x1x7xf64>, tensor<1x1x3xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [7] strides [1] lo [2] hi [1] dilation [2] groups 1 : tensor<1x1x6xf64>, tensor<1x1x3xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [2] hi [1] dilation [2] groups 1 : tensor<1x1x7xf64>, tensor<1x1x6xf64>
  %want0 = dlc.constant dense<[[[-3.0, 15.0, -17.0, 3.0, -2.0, -1.0]]]> : tensor<1x1x6xf64>
  check.expect_equal %y, %want0 : tensor<1x1x6xf64>
  %want1 = dlc.constant dense<[[[0.0, -15.0, -19.0, -2.0, -3.0, 12.0, 6.0]]]> : tensor<1x1x7xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x7xf64>
  %want2 = dlc.constant dense<[[[4.0, -4.0, 12.0]]]> : tensor<1x1x3xf64>
  check.expect_equal %dw, %want2 : tensor<1x1x3xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @dilation_stride_and_padding_together() {
  %x = dlc.constant dense<[[[[1.0, 3.0, 2.0, -1.0, 3.0], [-2.0, -3.0, 0.0, -3.0, 1.0], [3.0, -3.0, -3.0, -2.0, -2.0], [0.0, 1.0, 3.0, 0.0, 3.0], [2.0, 2.0, -2.0, 0.0, 3.0], [2.0, -2.0, 2.0, 2.0, -2.0]]]]> : tensor<1x1x6x5xf64>
  %w = dlc.constant dense<[[[[-3.0, -2.0, 0.0], [-2.0, -3.0, -3.0]]]]> : tensor<1x1x2x3xf64>
  %g = dlc.constant dense<[[[[-1.0, -1.0], [-1.0, 0.0]]]]> : tensor<1x1x2x2xf64>
  %y = dlc.conv %x, %w strides [2, 3] lo [1, 2] hi [0, 3] dilation [3, 2] groups 1 : tensor<1x1x6x5xf64>, tensor<1x1x2x3xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [6, 5] strides [2, 3] lo [1, 2] hi [0, 3] dilation [3, 2] groups 1 : tensor<1x1x2x2xf64>, tensor<1x1x2x3xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2, 3] strides [2, 3] lo [1, 2] hi [0, 3] dilation [3, 2] groups 1 : tensor<1x1x6x5xf64>, tensor<1x1x2x2xf64>
  %want0 = dlc.constant dense<[[[[0.0, 12.0], [4.0, 11.0]]]]> : tensor<1x1x2x2xf64>
  check.expect_equal %y, %want0 : tensor<1x1x2x2xf64>
  %want1 = dlc.constant dense<[[[[0.0, 0.0, 0.0, 0.0, 0.0], [2.0, 0.0, 0.0, 0.0, 0.0], [3.0, 2.0, 3.0, 3.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0], [3.0, 0.0, 3.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0, 0.0]]]]> : tensor<1x1x6x5xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x6x5xf64>
  %want2 = dlc.constant dense<[[[[0.0, 2.0, 0.0], [3.0, -3.0, 5.0]]]]> : tensor<1x1x2x3xf64>
  check.expect_equal %dw, %want2 : tensor<1x1x2x3xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @groups() {
  %x = dlc.constant dense<[[[2.0, -2.0, 0.0, 2.0], [-3.0, 3.0, 3.0, -1.0], [3.0, -2.0, 3.0, 1.0], [-2.0, -3.0, -1.0, 2.0]], [[-2.0, 0.0, -3.0, -1.0], [-3.0, 3.0, 0.0, 2.0], [-3.0, -2.0, -2.0, 0.0], [3.0, 1.0, 0.0, 3.0]]]> : tensor<2x4x4xf64>
  %w = dlc.constant dense<[[[-2.0, -2.0], [1.0, 2.0]], [[-2.0, -2.0], [0.0, 2.0]], [[-2.0, 2.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 3.0]], [[-1.0, 3.0], [2.0, -2.0]], [[3.0, -1.0], [-2.0, -2.0]]]> : tensor<6x2x2xf64>
  %g = dlc.constant dense<[[[-3.0, -1.0, -3.0, 0.0], [3.0, 3.0, 3.0, -2.0], [-2.0, 1.0, 3.0, 2.0], [-2.0, 2.0, 0.0, 0.0], [0.0, 0.0, 3.0, 2.0], [-3.0, 2.0, -1.0, -1.0]], [[1.0, 3.0, -3.0, 0.0], [-2.0, 3.0, 0.0, 2.0], [3.0, -3.0, 2.0, 2.0], [2.0, 3.0, 2.0, 2.0], [1.0, -1.0, 2.0, 1.0], [1.0, 3.0, 2.0, -1.0]]]> : tensor<2x6x4xf64>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [1] dilation [1] groups 2 : tensor<2x4x4xf64>, tensor<6x2x2xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [4] strides [1] lo [0] hi [1] dilation [1] groups 2 : tensor<2x6x4xf64>, tensor<6x2x2xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2] strides [1] lo [0] hi [1] dilation [1] groups 2 : tensor<2x4x4xf64>, tensor<2x6x4xf64>
  %want0 = dlc.constant dense<[[[3.0, 13.0, -3.0, -5.0], [6.0, 10.0, -6.0, -4.0], [-5.0, 7.0, 3.0, -4.0], [-6.0, -5.0, 9.0, 1.0], [-7.0, 7.0, -6.0, 3.0], [21.0, -1.0, 6.0, -1.0]], [[7.0, 9.0, 12.0, 4.0], [10.0, 6.0, 12.0, 2.0], [7.0, -6.0, 6.0, 2.0], [0.0, -2.0, 7.0, 0.0], [1.0, -2.0, -4.0, 6.0], [-15.0, -6.0, -12.0, -6.0]]]> : tensor<2x6x4xf64>
  check.expect_equal %y, %want0 : tensor<2x6x4xf64>
  %want1 = dlc.constant dense<[[[4.0, -10.0, -8.0, 6.0], [-3.0, -3.0, 2.0, 3.0], [-11.0, 11.0, -8.0, 5.0], [6.0, -4.0, 10.0, 2.0]], [[-4.0, 2.0, -16.0, 2.0], [1.0, 4.0, 6.0, -4.0], [4.0, 15.0, 0.0, 2.0], [0.0, -6.0, 5.0, 2.0]]]> : tensor<2x4x4xf64>
  check.expect_equal %dx, %want1 : tensor<2x4x4xf64>
  %want2 = dlc.constant dense<[[[3.0, -6.0], [3.0, -12.0]], [[-2.0, -9.0], [30.0, 9.0]], [[-16.0, 17.0], [2.0, 7.0]], [[-26.0, 0.0], [13.0, 12.0]], [[6.0, 3.0], [6.0, 13.0]], [[-30.0, 3.0], [2.0, 12.0]]]> : tensor<6x2x2xf64>
  check.expect_equal %dw, %want2 : tensor<6x2x2xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @depthwise() {
  %x = dlc.constant dense<[[[-1.0, -1.0, -2.0, -3.0], [2.0, 2.0, -2.0, -1.0], [3.0, 2.0, 1.0, 3.0]]]> : tensor<1x3x4xf64>
  %w = dlc.constant dense<[[[-1.0, 2.0]], [[3.0, 1.0]], [[-2.0, -1.0]]]> : tensor<3x1x2xf64>
  %g = dlc.constant dense<[[[0.0, -2.0, -3.0, -2.0], [3.0, -1.0, 1.0, 0.0], [2.0, -3.0, -2.0, 1.0]]]> : tensor<1x3x4xf64>
  %y = dlc.conv %x, %w strides [1] lo [1] hi [0] dilation [1] groups 3 : tensor<1x3x4xf64>, tensor<3x1x2xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [4] strides [1] lo [1] hi [0] dilation [1] groups 3 : tensor<1x3x4xf64>, tensor<3x1x2xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2] strides [1] lo [1] hi [0] dilation [1] groups 3 : tensor<1x3x4xf64>, tensor<1x3x4xf64>
  %want0 = dlc.constant dense<[[[-2.0, -1.0, -3.0, -4.0], [2.0, 8.0, 4.0, -7.0], [-3.0, -8.0, -5.0, -5.0]]]> : tensor<1x3x4xf64>
  check.expect_equal %y, %want0 : tensor<1x3x4xf64>
  %want1 = dlc.constant dense<[[[2.0, -1.0, -4.0, -4.0], [0.0, 2.0, 1.0, 0.0], [4.0, 7.0, 0.0, -1.0]]]> : tensor<1x3x4xf64>
  check.expect_equal %dx, %want1 : tensor<1x3x4xf64>
  %want2 = dlc.constant dense<[[[9.0, 14.0]], [[0.0, 2.0]], [[-12.0, 1.0]]]> : tensor<3x1x2xf64>
  check.expect_equal %dw, %want2 : tensor<3x1x2xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @depthwise_with_two_filters_a_channel() {
  %x = dlc.constant dense<[[[2.0, 0.0, 1.0], [2.0, 1.0, 2.0]]]> : tensor<1x2x3xf64>
  %w = dlc.constant dense<[[[3.0, -2.0]], [[0.0, -2.0]], [[-1.0, -3.0]], [[1.0, -2.0]]]> : tensor<4x1x2xf64>
  %g = dlc.constant dense<[[[2.0, 2.0], [-1.0, 0.0], [1.0, -1.0], [-2.0, -3.0]]]> : tensor<1x4x2xf64>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x2x3xf64>, tensor<4x1x2xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [3] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x2xf64>, tensor<4x1x2xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x2x3xf64>, tensor<1x4x2xf64>
  %want0 = dlc.constant dense<[[[6.0, -2.0], [0.0, -2.0], [-5.0, -7.0], [0.0, -3.0]]]> : tensor<1x4x2xf64>
  check.expect_equal %y, %want0 : tensor<1x4x2xf64>
  %want1 = dlc.constant dense<[[[6.0, 4.0, -4.0], [-3.0, -1.0, 9.0]]]> : tensor<1x2x3xf64>
  check.expect_equal %dx, %want1 : tensor<1x2x3xf64>
  %want2 = dlc.constant dense<[[[4.0, 2.0]], [[-2.0, 0.0]], [[1.0, -1.0]], [[-7.0, -8.0]]]> : tensor<4x1x2xf64>
  check.expect_equal %dw, %want2 : tensor<4x1x2xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @channels_last() {
  %x = dlc.constant dense<[[[[0.0, 2.0], [0.0, 2.0]], [[2.0, -3.0], [-3.0, 1.0]], [[-3.0, 3.0], [2.0, 2.0]]], [[[0.0, 0.0], [0.0, 3.0]], [[-1.0, 2.0], [-3.0, 3.0]], [[2.0, -3.0], [0.0, 3.0]]]]> : tensor<2x3x2x2xf64>
  %w = dlc.constant dense<[[[[0.0], [-1.0]], [[0.0], [-3.0]]], [[[3.0], [1.0]], [[-3.0], [3.0]]], [[[0.0], [-3.0]], [[1.0], [-3.0]]]]> : tensor<3x2x2x1xf64>
  %g = dlc.constant dense<[[[[0.0, -2.0, -2.0], [2.0, -3.0, 2.0]], [[-3.0, -2.0, 0.0], [2.0, -2.0, 2.0]], [[1.0, 3.0, 2.0], [-1.0, 0.0, 3.0]]], [[[1.0, 0.0, 1.0], [-3.0, 2.0, 1.0]], [[0.0, 1.0, 1.0], [-1.0, -3.0, -1.0]], [[2.0, 2.0, -1.0], [-2.0, -1.0, -3.0]]]]> : tensor<2x3x2x3xf64>
  %y = dlc.conv %x, %w strides [1, 1] lo [1, 0] hi [0, 0] dilation [1, 1] groups 1 channels_last : tensor<2x3x2x2xf64>, tensor<3x2x2x1xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [3, 2] strides [1, 1] lo [1, 0] hi [0, 0] dilation [1, 1] groups 1 channels_last : tensor<2x3x2x3xf64>, tensor<3x2x2x1xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2, 1] strides [1, 1] lo [1, 0] hi [0, 0] dilation [1, 1] groups 1 channels_last : tensor<2x3x2x2xf64>, tensor<2x3x2x3xf64>
  %want0 = dlc.constant dense<[[[[-6.0, 6.0, -6.0], [-6.0, 6.0, -6.0]], [[7.0, -13.0, 5.0], [0.0, -6.0, 8.0]], [[-6.0, 21.0, -3.0], [-8.0, -4.0, -11.0]]], [[[0.0, 0.0, 0.0], [-9.0, 9.0, -9.0]], [[-5.0, 5.0, -3.0], [-6.0, -3.0, 3.0]], [[7.0, -16.0, 5.0], [-9.0, -9.0, -6.0]]]]> : tensor<2x3x2x3xf64>
  check.expect_equal %y, %want0 : tensor<2x3x2x3xf64>
  %want1 = dlc.constant dense<[[[[-2.0, 6.0], [-17.0, -13.0]], [[10.0, -4.0], [-10.0, -15.0]], [[-4.0, 0.0], [-8.0, -6.0]]], [[[-1.0, -8.0], [-7.0, 20.0]], [[4.0, -7.0], [-2.0, -3.0]], [[3.0, 3.0], [10.0, 12.0]]]]> : tensor<2x3x2x2xf64>
  check.expect_equal %dx, %want1 : tensor<2x3x2x2xf64>
  %want2 = dlc.constant dense<[[[[9.0], [-10.0]], [[-11.0], [-8.0]]], [[[7.0], [5.0]], [[-25.0], [-7.0]]], [[[5.0], [-6.0]], [[-13.0], [10.0]]]]> : tensor<3x2x2x1xf64>
  check.expect_equal %dw, %want2 : tensor<3x2x2x1xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @channels_last_groups_strides() {
  %x = dlc.constant dense<[[[0.0, 3.0, 2.0, -2.0], [-1.0, -1.0, 3.0, 2.0], [-1.0, -1.0, 0.0, 2.0], [-2.0, 0.0, -3.0, -1.0], [2.0, -3.0, -1.0, -1.0]]]> : tensor<1x5x4xf64>
  %w = dlc.constant dense<[[[2.0, -3.0, 2.0], [3.0, 0.0, 2.0]], [[1.0, 3.0, -3.0], [1.0, -1.0, 3.0]]]> : tensor<2x2x3xf64>
  %g = dlc.constant dense<[[[3.0, 0.0], [-1.0, 0.0], [1.0, 2.0]]]> : tensor<1x3x2xf64>
  %y = dlc.conv %x, %w strides [2] lo [1] hi [1] dilation [1] groups 2 channels_last : tensor<1x5x4xf64>, tensor<2x2x3xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [5] strides [2] lo [1] hi [1] dilation [1] groups 2 channels_last : tensor<1x3x2xf64>, tensor<2x2x3xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [3] strides [2] lo [1] hi [1] dilation [1] groups 2 channels_last : tensor<1x5x4xf64>, tensor<1x3x2xf64>
  %want0 = dlc.constant dense<[[[-4.0, 5.0], [-6.0, 9.0], [-10.0, -6.0]]]> : tensor<1x3x2xf64>
  check.expect_equal %y, %want0 : tensor<1x3x2xf64>
  %want1 = dlc.constant dense<[[[-9.0, 0.0, 0.0, 0.0], [4.0, 3.0, 0.0, 0.0], [3.0, 0.0, 0.0, 0.0], [0.0, 1.0, 2.0, 2.0], [-3.0, 0.0, 6.0, -2.0]]]> : tensor<1x5x4xf64>
  check.expect_equal %dx, %want1 : tensor<1x5x4xf64>
  %want2 = dlc.constant dense<[[[-1.0, 3.0, -1.0], [1.0, 7.0, -3.0]], [[-6.0, -2.0, 0.0], [-2.0, -2.0, 0.0]]]> : tensor<2x2x3xf64>
  check.expect_equal %dw, %want2 : tensor<2x2x3xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @three_dimensions() {
  %x = dlc.constant dense<[[[[[1.0, 2.0], [1.0, -2.0], [1.0, -1.0]], [[-1.0, -3.0], [-2.0, -1.0], [-1.0, 1.0]]]]]> : tensor<1x1x2x3x2xf64>
  %w = dlc.constant dense<[[[[[-1.0], [-2.0]], [[0.0], [0.0]]]]]> : tensor<1x1x2x2x1xf64>
  %g = dlc.constant dense<[[[[[3.0, 0.0], [-1.0, -1.0]], [[0.0, 3.0], [-1.0, -2.0]]]]]> : tensor<1x1x2x2x2xf64>
  %y = dlc.conv %x, %w strides [1, 2, 1] lo [0, 1, 0] hi [1, 0, 0] dilation [1, 1, 1] groups 1 : tensor<1x1x2x3x2xf64>, tensor<1x1x2x2x1xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [2, 3, 2] strides [1, 2, 1] lo [0, 1, 0] hi [1, 0, 0] dilation [1, 1, 1] groups 1 : tensor<1x1x2x2x2xf64>, tensor<1x1x2x2x1xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2, 2, 1] strides [1, 2, 1] lo [0, 1, 0] hi [1, 0, 0] dilation [1, 1, 1] groups 1 : tensor<1x1x2x3x2xf64>, tensor<1x1x2x2x2xf64>
  %want0 = dlc.constant dense<[[[[[-2.0, -4.0], [-3.0, 4.0]], [[2.0, 6.0], [4.0, -1.0]]]]]> : tensor<1x1x2x2x2xf64>
  check.expect_equal %y, %want0 : tensor<1x1x2x2x2xf64>
  %want1 = dlc.constant dense<[[[[[-6.0, 0.0], [1.0, 1.0], [2.0, 2.0]], [[0.0, -6.0], [1.0, 2.0], [2.0, 4.0]]]]]> : tensor<1x1x2x3x2xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x2x3x2xf64>
  %want2 = dlc.constant dense<[[[[[5.0], [-7.0]], [[3.0], [-3.0]]]]]> : tensor<1x1x2x2x1xf64>
  check.expect_equal %dw, %want2 : tensor<1x1x2x2x1xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @one_by_one() {
  %x = dlc.constant dense<[[[[1.0], [2.0]], [[3.0], [-2.0]]], [[[3.0], [2.0]], [[-1.0], [-1.0]]]]> : tensor<2x2x2x1xf64>
  %w = dlc.constant dense<[[[[-2.0]], [[-1.0]]], [[[3.0]], [[-1.0]]], [[[0.0]], [[3.0]]]]> : tensor<3x2x1x1xf64>
  %g = dlc.constant dense<[[[[1.0], [-3.0]], [[-3.0], [-2.0]], [[3.0], [-2.0]]], [[[-1.0], [0.0]], [[0.0], [-3.0]], [[-2.0], [3.0]]]]> : tensor<2x3x2x1xf64>
  %y = dlc.conv %x, %w strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1 : tensor<2x2x2x1xf64>, tensor<3x2x1x1xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [2, 1] strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1 : tensor<2x3x2x1xf64>, tensor<3x2x1x1xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [1, 1] strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1 : tensor<2x2x2x1xf64>, tensor<2x3x2x1xf64>
  %want0 = dlc.constant dense<[[[[-5.0], [-2.0]], [[0.0], [8.0]], [[9.0], [-6.0]]], [[[-5.0], [-3.0]], [[10.0], [7.0]], [[-3.0], [-3.0]]]]> : tensor<2x3x2x1xf64>
  check.expect_equal %y, %want0 : tensor<2x3x2x1xf64>
  %want1 = dlc.constant dense<[[[[-11.0], [0.0]], [[11.0], [-1.0]]], [[[2.0], [-9.0]], [[-5.0], [12.0]]]]> : tensor<2x2x2x1xf64>
  check.expect_equal %dx, %want1 : tensor<2x2x2x1xf64>
  %want2 = dlc.constant dense<[[[[-8.0]], [[10.0]]], [[[-13.0]], [[-2.0]]], [[[-1.0]], [[12.0]]]]> : tensor<3x2x1x1xf64>
  check.expect_equal %dw, %want2 : tensor<3x2x1x1xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @negative_padding_crops() {
  %x = dlc.constant dense<[[[-1.0, -2.0, 2.0, 0.0, 2.0, -2.0]]]> : tensor<1x1x6xf64>
  %w = dlc.constant dense<[[[0.0, 2.0]]]> : tensor<1x1x2xf64>
  %g = dlc.constant dense<[[[2.0, 1.0]]]> : tensor<1x1x2xf64>
  %y = dlc.conv %x, %w strides [1] lo [-1] hi [-2] dilation [1] groups 1 : tensor<1x1x6xf64>, tensor<1x1x2xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [6] strides [1] lo [-1] hi [-2] dilation [1] groups 1 : tensor<1x1x2xf64>, tensor<1x1x2xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [2] strides [1] lo [-1] hi [-2] dilation [1] groups 1 : tensor<1x1x6xf64>, tensor<1x1x2xf64>
  %want0 = dlc.constant dense<[[[4.0, 0.0]]]> : tensor<1x1x2xf64>
  check.expect_equal %y, %want0 : tensor<1x1x2xf64>
  %want1 = dlc.constant dense<[[[0.0, 0.0, 4.0, 2.0, 0.0, 0.0]]]> : tensor<1x1x6xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x6xf64>
  %want2 = dlc.constant dense<[[[-2.0, 4.0]]]> : tensor<1x1x2xf64>
  check.expect_equal %dw, %want2 : tensor<1x1x2xf64>
  return
}

// conv(x, w); the adjoints with cotangent g
func.func @padding_only_in_front_of_a_dilated_window() {
  %x = dlc.constant dense<[[[0.0, 2.0]]]> : tensor<1x1x2xf64>
  %w = dlc.constant dense<[[[-1.0, 1.0, 0.0]]]> : tensor<1x1x3xf64>
  %g = dlc.constant dense<[[[-1.0, -2.0]]]> : tensor<1x1x2xf64>
  %y = dlc.conv %x, %w strides [1] lo [4] hi [0] dilation [2] groups 1 : tensor<1x1x2xf64>, tensor<1x1x3xf64>
  %dx = dlc.conv_bwd_data %g, %w spatial [2] strides [1] lo [4] hi [0] dilation [2] groups 1 : tensor<1x1x2xf64>, tensor<1x1x3xf64>
  %dw = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [4] hi [0] dilation [2] groups 1 : tensor<1x1x2xf64>, tensor<1x1x2xf64>
  %want0 = dlc.constant dense<0.0> : tensor<1x1x2xf64>
  check.expect_equal %y, %want0 : tensor<1x1x2xf64>
  %want1 = dlc.constant dense<0.0> : tensor<1x1x2xf64>
  check.expect_equal %dx, %want1 : tensor<1x1x2xf64>
  %want2 = dlc.constant dense<[[[0.0, 0.0, -4.0]]]> : tensor<1x1x3xf64>
  check.expect_equal %dw, %want2 : tensor<1x1x3xf64>
  return
}

// conv of np.zeros((0, 1, 3))
func.func @empty_batch() {
  %x = dlc.constant dense<> : tensor<0x1x3xf32>
  %w = dlc.constant dense<1.0> : tensor<1x1x2xf32>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<0x1x3xf32>, tensor<1x1x2xf32>
  %want = dlc.constant dense<> : tensor<0x1x2xf32>
  check.expect_equal %y, %want : tensor<0x1x2xf32>
  return
}

// a sum over nothing
func.func @no_channels_give_zeros() {
  %x = dlc.constant dense<> : tensor<1x0x3xf32>
  %w = dlc.constant dense<> : tensor<2x0x2xf32>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x0x3xf32>, tensor<2x0x2xf32>
  %want = dlc.constant dense<0.0> : tensor<1x2x2xf32>
  check.expect_equal %y, %want : tensor<1x2x2xf32>
  return
}

// 100 * 2 + 100 * 2 = 400 = -112 mod 256
func.func @integers_wrap() {
  %x = dlc.constant dense<100> : tensor<1x1x2xsi8>
  %w = dlc.constant dense<2> : tensor<1x1x2xsi8>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x1x2xsi8>, tensor<1x1x2xsi8>
  %want = dlc.constant dense<[[[-112]]]> : tensor<1x1x1xsi8>
  check.expect_equal %y, %want : tensor<1x1x1xsi8>
  return
}

// 2048 + 1 + 1 = 2050; halves would stay at 2048
func.func @halves_accumulate_in_single() {
  %x = dlc.constant dense<[[[2048.0, 1.0, 1.0]]]> : tensor<1x1x3xf16>
  %w = dlc.constant dense<1.0> : tensor<1x1x3xf16>
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x1x3xf16>, tensor<1x1x3xf16>
  %want = dlc.constant dense<[[[2050.0]]]> : tensor<1x1x1xf16>
  check.expect_equal %y, %want : tensor<1x1x1xf16>
  return
}
