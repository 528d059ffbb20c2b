// RUN: dlc-opt %s --check-gradients
// Derivatives of every op that has one, against finite differences in f64. Domains keep away from kinks and poles.

func.func @neg(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.neg %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @abs(%x: tensor<3x5xf64> {check.range = [0.1, 2.0]}) -> tensor<3x5xf64> {
  %y = dlc.abs %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @sqrt(%x: tensor<3x5xf64> {check.range = [0.3, 3.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.sqrt %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @rsqrt(%x: tensor<3x5xf64> {check.range = [0.3, 3.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.rsqrt %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @exp(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.exp %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @expm1(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.expm1 %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @log(%x: tensor<3x5xf64> {check.range = [0.3, 3.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.log %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @log1p(%x: tensor<3x5xf64> {check.range = [-0.5, 2.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.log1p %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @sin(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.sin %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @cos(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.cos %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @tan(%x: tensor<3x5xf64> {check.range = [-1.0, 1.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.tan %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @asin(%x: tensor<3x5xf64> {check.range = [-0.8, 0.8]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.asin %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @acos(%x: tensor<3x5xf64> {check.range = [-0.8, 0.8]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.acos %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @atan(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.atan %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @sinh(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.sinh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @cosh(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.cosh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @tanh(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.tanh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @asinh(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.asinh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @acosh(%x: tensor<3x5xf64> {check.range = [1.3, 3.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.acosh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @atanh(%x: tensor<3x5xf64> {check.range = [-0.8, 0.8]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.atanh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @logistic(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.logistic %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @erf(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.erf %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @abs_of_negatives(%x: tensor<3x5xf64> {check.range = [-2.0, -0.1]}) -> tensor<3x5xf64> {
  %y = dlc.abs %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @add(%a: tensor<3x5xf64>, %b: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.add %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @sub(%a: tensor<3x5xf64>, %b: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.sub %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @mul(%a: tensor<3x5xf64>, %b: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.mul %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @div(%a: tensor<3x5xf64>, %b: tensor<3x5xf64> {check.range = [0.5, 2.0]}) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.div %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @pow(%a: tensor<3x5xf64> {check.range = [0.3, 2.0]}, %b: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.pow %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @max(%a: tensor<3x5xf64>, %b: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.max %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @min(%a: tensor<3x5xf64>, %b: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.min %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @rem(%a: tensor<3x5xf64> {check.range = [3.1, 3.9]}, %b: tensor<3x5xf64> {check.range = [1.1, 1.4]}) -> tensor<3x5xf64> {
  %y = dlc.rem %a, %b : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @square_sums_both_uses(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.mul %x, %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @select(%c: tensor<3x5xi1>, %a: tensor<3x5xf64>, %b: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.select %c, %a, %b : tensor<3x5xi1>, tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @convert_through_f64(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.convert %x : tensor<3x5xf64> to tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @broadcast(%x: tensor<3x1xf64>) -> tensor<3x2x5xf64> {
  %y = dlc.broadcast %x dims [0, 2] : tensor<3x1xf64> to tensor<3x2x5xf64>
  return %y : tensor<3x2x5xf64>
}

func.func @broadcast_of_a_scalar(%x: tensor<f64>) -> tensor<2x3xf64> {
  %y = dlc.broadcast %x dims [] : tensor<f64> to tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}

func.func @reshape(%x: tensor<2x3xf64>) -> tensor<3x1x2xf64> {
  %y = dlc.reshape %x : tensor<2x3xf64> to tensor<3x1x2xf64>
  return %y : tensor<3x1x2xf64>
}

func.func @transpose(%x: tensor<2x3x5xf64>) -> tensor<5x2x3xf64> {
  %y = dlc.transpose %x perm [2, 0, 1] : tensor<2x3x5xf64>
  return %y : tensor<5x2x3xf64>
}

func.func @reverse(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %y = dlc.reverse %x dims [1] : tensor<2x3xf64>
  return %y : tensor<2x3xf64>
}

func.func @slice(%x: tensor<5x7xf64>) -> tensor<3x2xf64> {
  %y = dlc.slice %x lo [1, 0] hi [4, 6] stride [1, 3] : tensor<5x7xf64>
  return %y : tensor<3x2xf64>
}

func.func @slice_leaves_a_rest(%x: tensor<8xf64>) -> tensor<3xf64> {
  %y = dlc.slice %x lo [1] hi [6] stride [2] : tensor<8xf64>
  return %y : tensor<3xf64>
}

func.func @pad(%x: tensor<2x3xf64>) -> tensor<4x6xf64> {
  %y = dlc.pad %x lo [1, -1] hi [0, 2] interior [1, 1] value 1.5 : f64 : tensor<2x3xf64>
  return %y : tensor<4x6xf64>
}

func.func @concat(%a: tensor<2x1xf64>, %b: tensor<2x3xf64>) -> tensor<2x5xf64> {
  %y = dlc.concat %a, %b, %a dim 1 : tensor<2x1xf64>, tensor<2x3xf64>, tensor<2x1xf64>
  return %y : tensor<2x5xf64>
}

func.func @reduce_sum(%x: tensor<2x3x5xf64>) -> tensor<3xf64> {
  %y = dlc.reduce sum %x dims [0, 2] : tensor<2x3x5xf64>
  return %y : tensor<3xf64>
}

func.func @reduce_max(%x: tensor<2x3x5xf64>) -> tensor<3xf64> {
  %y = dlc.reduce max %x dims [0, 2] : tensor<2x3x5xf64>
  return %y : tensor<3xf64>
}

func.func @reduce_min(%x: tensor<2x3x5xf64>) -> tensor<3xf64> {
  %y = dlc.reduce min %x dims [0, 2] : tensor<2x3x5xf64>
  return %y : tensor<3xf64>
}

func.func @reduce_prod(%x: tensor<2x3x5xf64>) -> tensor<3xf64> attributes {check.second} {
  %y = dlc.reduce prod %x dims [0, 2] : tensor<2x3x5xf64>
  return %y : tensor<3xf64>
}

func.func @reduce_of_one_element(%x: tensor<3x1xf64>) -> tensor<3xf64> {
  %y = dlc.reduce prod %x dims [1] : tensor<3x1xf64>
  return %y : tensor<3xf64>
}

func.func @reduce_to_a_scalar(%x: tensor<7xf64>) -> tensor<f64> {
  %y = dlc.reduce sum %x dims [0] : tensor<7xf64>
  return %y : tensor<f64>
}

// One factor is 0 in the first row, two are in the second: the other factors decide.
func.func @product_with_zeros(%x: tensor<2x3xf64>) -> tensor<2xf64> {
  %mask = dlc.constant dense<[[true, false, false], [true, true, false]]> : tensor<2x3xi1>
  %zero = dlc.constant dense<0.0> : tensor<2x3xf64>
  %center = dlc.select %mask, %zero, %x : tensor<2x3xi1>, tensor<2x3xf64>
  %y = dlc.reduce prod %center dims [1] : tensor<2x3xf64>
  return %y : tensor<2xf64>
}

func.func @dot(%a: tensor<3x5xf64>, %b: tensor<5x2xf64>) -> tensor<3x2xf64> attributes {check.second} {
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<3x5xf64>, tensor<5x2xf64>
  return %y : tensor<3x2xf64>
}

func.func @dot_transposed(%a: tensor<5x3xf64>, %b: tensor<2x5xf64>) -> tensor<3x2xf64> {
  %y = dlc.dot %a, %b batch [] x [] contract [0] x [1] : tensor<5x3xf64>, tensor<2x5xf64>
  return %y : tensor<3x2xf64>
}

func.func @dot_batched(%a: tensor<3x2x5xf64>, %b: tensor<5x1x2xf64>) -> tensor<2x3x1xf64> attributes {check.second} {
  %y = dlc.dot %a, %b batch [1] x [2] contract [2] x [0] : tensor<3x2x5xf64>, tensor<5x1x2xf64>
  return %y : tensor<2x3x1xf64>
}

func.func @dot_of_pairs_out_of_order(%a: tensor<3x2x4x5xf64>, %b: tensor<5x7x4x2xf64>) -> tensor<2x3x7xf64> attributes {check.second} {
  %y = dlc.dot %a, %b batch [1] x [3] contract [3, 2] x [0, 2] : tensor<3x2x4x5xf64>, tensor<5x7x4x2xf64>
  return %y : tensor<2x3x7xf64>
}

func.func @dot_outer(%a: tensor<3xf64>, %b: tensor<2xf64>) -> tensor<3x2xf64> {
  %y = dlc.dot %a, %b batch [] x [] contract [] x [] : tensor<3xf64>, tensor<2xf64>
  return %y : tensor<3x2xf64>
}

func.func @dot_inner(%a: tensor<3xf64>, %b: tensor<3xf64>) -> tensor<f64> attributes {check.second} {
  %y = dlc.dot %a, %b batch [] x [] contract [0] x [0] : tensor<3xf64>, tensor<3xf64>
  return %y : tensor<f64>
}

func.func @conv_plain(%x: tensor<2x3x5xf64>, %w: tensor<2x3x3xf64>) -> tensor<2x2x3xf64> attributes {check.second} {
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x3x5xf64>, tensor<2x3x3xf64>
  return %y : tensor<2x2x3xf64>
}

func.func @conv_bwd_data_plain(%g: tensor<2x2x3xf64>, %w: tensor<2x3x3xf64>) -> tensor<2x3x5xf64> {
  %y = dlc.conv_bwd_data %g, %w spatial [5] strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x2x3xf64>, tensor<2x3x3xf64>
  return %y : tensor<2x3x5xf64>
}

func.func @conv_bwd_filter_plain(%x: tensor<2x3x5xf64>, %g: tensor<2x2x3xf64>) -> tensor<2x3x3xf64> {
  %y = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x3x5xf64>, tensor<2x2x3xf64>
  return %y : tensor<2x3x3xf64>
}

func.func @conv_padded_strided_dilated(%x: tensor<1x2x7x6xf64>, %w: tensor<3x2x3x2xf64>) -> tensor<1x3x3x3xf64> attributes {check.second} {
  %y = dlc.conv %x, %w strides [2, 3] lo [2, 0] hi [1, 3] dilation [2, 1] groups 1 : tensor<1x2x7x6xf64>, tensor<3x2x3x2xf64>
  return %y : tensor<1x3x3x3xf64>
}

func.func @conv_bwd_data_padded_strided_dilated(%g: tensor<1x3x3x3xf64>, %w: tensor<3x2x3x2xf64>) -> tensor<1x2x7x6xf64> {
  %y = dlc.conv_bwd_data %g, %w spatial [7, 6] strides [2, 3] lo [2, 0] hi [1, 3] dilation [2, 1] groups 1 : tensor<1x3x3x3xf64>, tensor<3x2x3x2xf64>
  return %y : tensor<1x2x7x6xf64>
}

func.func @conv_bwd_filter_padded_strided_dilated(%x: tensor<1x2x7x6xf64>, %g: tensor<1x3x3x3xf64>) -> tensor<3x2x3x2xf64> {
  %y = dlc.conv_bwd_filter %x, %g window [3, 2] strides [2, 3] lo [2, 0] hi [1, 3] dilation [2, 1] groups 1 : tensor<1x2x7x6xf64>, tensor<1x3x3x3xf64>
  return %y : tensor<3x2x3x2xf64>
}

func.func @conv_grouped(%x: tensor<2x4x5xf64>, %w: tensor<6x2x2xf64>) -> tensor<2x6x3xf64> attributes {check.second} {
  %y = dlc.conv %x, %w strides [2] lo [1] hi [0] dilation [1] groups 2 : tensor<2x4x5xf64>, tensor<6x2x2xf64>
  return %y : tensor<2x6x3xf64>
}

func.func @conv_bwd_data_grouped(%g: tensor<2x6x3xf64>, %w: tensor<6x2x2xf64>) -> tensor<2x4x5xf64> {
  %y = dlc.conv_bwd_data %g, %w spatial [5] strides [2] lo [1] hi [0] dilation [1] groups 2 : tensor<2x6x3xf64>, tensor<6x2x2xf64>
  return %y : tensor<2x4x5xf64>
}

func.func @conv_bwd_filter_grouped(%x: tensor<2x4x5xf64>, %g: tensor<2x6x3xf64>) -> tensor<6x2x2xf64> {
  %y = dlc.conv_bwd_filter %x, %g window [2] strides [2] lo [1] hi [0] dilation [1] groups 2 : tensor<2x4x5xf64>, tensor<2x6x3xf64>
  return %y : tensor<6x2x2xf64>
}

func.func @conv_depthwise(%x: tensor<1x3x5xf64>, %w: tensor<3x1x3xf64>) -> tensor<1x3x5xf64> attributes {check.second} {
  %y = dlc.conv %x, %w strides [1] lo [1] hi [1] dilation [1] groups 3 : tensor<1x3x5xf64>, tensor<3x1x3xf64>
  return %y : tensor<1x3x5xf64>
}

func.func @conv_bwd_data_depthwise(%g: tensor<1x3x5xf64>, %w: tensor<3x1x3xf64>) -> tensor<1x3x5xf64> {
  %y = dlc.conv_bwd_data %g, %w spatial [5] strides [1] lo [1] hi [1] dilation [1] groups 3 : tensor<1x3x5xf64>, tensor<3x1x3xf64>
  return %y : tensor<1x3x5xf64>
}

func.func @conv_bwd_filter_depthwise(%x: tensor<1x3x5xf64>, %g: tensor<1x3x5xf64>) -> tensor<3x1x3xf64> {
  %y = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [1] hi [1] dilation [1] groups 3 : tensor<1x3x5xf64>, tensor<1x3x5xf64>
  return %y : tensor<3x1x3xf64>
}

func.func @conv_channels_last(%x: tensor<1x4x3x2xf64>, %w: tensor<4x1x2x2xf64>) -> tensor<1x4x2x4xf64> attributes {check.second} {
  %y = dlc.conv %x, %w strides [1, 2] lo [1, 0] hi [0, 1] dilation [1, 1] groups 2 channels_last : tensor<1x4x3x2xf64>, tensor<4x1x2x2xf64>
  return %y : tensor<1x4x2x4xf64>
}

func.func @conv_bwd_data_channels_last(%g: tensor<1x4x2x4xf64>, %w: tensor<4x1x2x2xf64>) -> tensor<1x4x3x2xf64> {
  %y = dlc.conv_bwd_data %g, %w spatial [4, 3] strides [1, 2] lo [1, 0] hi [0, 1] dilation [1, 1] groups 2 channels_last : tensor<1x4x2x4xf64>, tensor<4x1x2x2xf64>
  return %y : tensor<1x4x3x2xf64>
}

func.func @conv_bwd_filter_channels_last(%x: tensor<1x4x3x2xf64>, %g: tensor<1x4x2x4xf64>) -> tensor<4x1x2x2xf64> {
  %y = dlc.conv_bwd_filter %x, %g window [2, 2] strides [1, 2] lo [1, 0] hi [0, 1] dilation [1, 1] groups 2 channels_last : tensor<1x4x3x2xf64>, tensor<1x4x2x4xf64>
  return %y : tensor<4x1x2x2xf64>
}

func.func @conv_one_by_one(%x: tensor<2x3x1xf64>, %w: tensor<2x3x1xf64>) -> tensor<2x2x1xf64> attributes {check.second} {
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x3x1xf64>, tensor<2x3x1xf64>
  return %y : tensor<2x2x1xf64>
}

func.func @conv_bwd_data_one_by_one(%g: tensor<2x2x1xf64>, %w: tensor<2x3x1xf64>) -> tensor<2x3x1xf64> {
  %y = dlc.conv_bwd_data %g, %w spatial [1] strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x2x1xf64>, tensor<2x3x1xf64>
  return %y : tensor<2x3x1xf64>
}

func.func @conv_bwd_filter_one_by_one(%x: tensor<2x3x1xf64>, %g: tensor<2x2x1xf64>) -> tensor<2x3x1xf64> {
  %y = dlc.conv_bwd_filter %x, %g window [1] strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x3x1xf64>, tensor<2x2x1xf64>
  return %y : tensor<2x3x1xf64>
}

func.func @relu(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.relu %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @gelu_erf(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.gelu erf %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @gelu_tanh(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.gelu tanh %x : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @softmax(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.softmax %x dims [1] : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @softmax_over_two_dimensions(%x: tensor<2x3x2xf64>) -> tensor<2x3x2xf64> {
  %y = dlc.softmax %x dims [0, 2] : tensor<2x3x2xf64>
  return %y : tensor<2x3x2xf64>
}

func.func @log_softmax(%x: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.log_softmax %x dims [1] : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @log_softmax_over_two_dimensions(%x: tensor<2x3x2xf64>) -> tensor<2x3x2xf64> {
  %y = dlc.log_softmax %x dims [0, 2] : tensor<2x3x2xf64>
  return %y : tensor<2x3x2xf64>
}

func.func @layer_norm(%x: tensor<3x5xf64>, %scale: tensor<5xf64>, %shift: tensor<5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.layer_norm %x scale %scale : tensor<5xf64> shift %shift : tensor<5xf64> dims [1] epsilon 1.0e-3 : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @layer_norm_without_scale(%x: tensor<3x5xf64>) -> tensor<3x5xf64> {
  %y = dlc.layer_norm %x dims [1] epsilon 1.0e-3 : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @layer_norm_shift_alone(%x: tensor<3x5xf64>, %shift: tensor<5xf64>) -> tensor<3x5xf64> {
  %y = dlc.layer_norm %x shift %shift : tensor<5xf64> dims [1] epsilon 1.0e-3 : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @rms_norm_over_two_dimensions(%x: tensor<2x3x5xf64>, %scale: tensor<2x5xf64>) -> tensor<2x3x5xf64> attributes {check.second} {
  %y = dlc.layer_norm %x scale %scale : tensor<2x5xf64> dims [0, 2] epsilon 1.0e-3 rms : tensor<2x3x5xf64>
  return %y : tensor<2x3x5xf64>
}

func.func @logsumexp(%x: tensor<3x5xf64>) -> tensor<3xf64> attributes {check.second} {
  %y = dlc.logsumexp %x dims [1] : tensor<3x5xf64>
  return %y : tensor<3xf64>
}

func.func @softmax_xent_sparse(%x: tensor<3x5x2xf64>, %t: tensor<3x2xsi64> {check.range = [-1.0, 6.0]}) -> tensor<3x2xf64> {
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<3x5x2xf64>, tensor<3x2xsi64>
  return %y : tensor<3x2xf64>
}

func.func @softmax_xent_dense(%x: tensor<3x5xf64>, %t: tensor<3x5xf64>) -> tensor<3xf64> attributes {check.second} {
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<3x5xf64>, tensor<3x5xf64>
  return %y : tensor<3xf64>
}

func.func @sigmoid_xent(%x: tensor<3x5xf64>, %t: tensor<3x5xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %y = dlc.sigmoid_xent %x, %t : tensor<3x5xf64>
  return %y : tensor<3x5xf64>
}

func.func @batch_norm_train(%x: tensor<4x3x2xf64>, %s: tensor<3xf64>, %b: tensor<3xf64>, %m: tensor<3xf64>, %v: tensor<3xf64>) -> (tensor<4x3x2xf64>, tensor<3xf64>, tensor<3xf64>) attributes {check.second} {
  %y:3 = dlc.batch_norm_train %x, %s, %b, %m, %v dim 1 epsilon 1.0e-3 momentum 0.8 unbiased_running_var : tensor<4x3x2xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>
  return %y#0, %y#1, %y#2 : tensor<4x3x2xf64>, tensor<3xf64>, tensor<3xf64>
}

func.func @dropout(%x: tensor<4x3xf64>) -> tensor<4x3xf64> attributes {check.second} {
  %k = dlc.constant dense<[1, 2]> : tensor<2xui32>
  %c = dlc.constant dense<[1, 2, 3, 4]> : tensor<4xui32>
  %y, %mask = dlc.dropout %x, %k, %c rate 0.4 : tensor<4x3xf64>, tensor<2xui32>, tensor<4xui32> -> tensor<4x3xi1>
  return %y : tensor<4x3xf64>
}

func.func @attention(%q: tensor<2x4x3x5xf64>, %k: tensor<2x2x4x5xf64>, %v: tensor<2x2x4x3xf64>, %m: tensor<1x4x1x4xf64>) -> tensor<2x4x3x3xf64> attributes {check.second} {
  %y = dlc.attention %q, %k, %v mask %m : tensor<1x4x1x4xf64> scale 0.4 softcap 2.0 causal 1 : tensor<2x4x3x5xf64>, tensor<2x2x4x5xf64>, tensor<2x2x4x3xf64>
  return %y : tensor<2x4x3x3xf64>
}

func.func @barrier(%x: tensor<3xf64>, %y: tensor<2xf64>) -> (tensor<3xf64>, tensor<2xf64>) {
  %z:2 = dlc.barrier %x, %y : tensor<3xf64>, tensor<2xf64>
  return %z#0, %z#1 : tensor<3xf64>, tensor<2xf64>
}

func.func @attention_without_mask(%q: tensor<1x2x3x5xf64>, %k: tensor<1x2x4x5xf64>, %v: tensor<1x2x4x3xf64>) -> tensor<1x2x3x3xf64> {
  %y = dlc.attention %q, %k, %v scale 0.7 : tensor<1x2x3x5xf64>, tensor<1x2x4x5xf64>, tensor<1x2x4x3xf64>
  return %y : tensor<1x2x3x3xf64>
}
