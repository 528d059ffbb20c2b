// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What the convolutions refuse, hostile numbers too.

func.func @channels_differ(%x: tensor<1x4x8xf32>, %w: tensor<6x3x3xf32>) {
  // expected-error@+1 {{cannot contract 2 channels with 3}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x3x3xf32>
  return
}

// -----

func.func @no_groups(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{groups must be at least 1, not 0}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 0 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @negative_groups(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{groups must be at least 1, not -1}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups -1 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @channels_do_not_divide(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{cannot divide 4 channels into 3 groups}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 3 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @filters_do_not_divide(%x: tensor<1x4x8xf32>, %w: tensor<5x2x3xf32>) {
  // expected-error@+1 {{cannot divide 5 filters into 2 groups}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<5x2x3xf32>
  return
}

// -----

func.func @rank_two(%x: tensor<1x4xf32>, %w: tensor<6x2xf32>) {
  // expected-error@+1 {{needs operands of rank 3 to 5, not 2}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4xf32>, tensor<6x2xf32>
  return
}

// -----

func.func @ranks_differ(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3x3xf32>) {
  // expected-error@+1 {{needs operands of one rank, not 3 and 4}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3x3xf32>
  return
}

// -----

func.func @stride_zero(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{strides must be at least 1, not 0}}
  %y = dlc.conv %x, %w strides [0] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @negative_stride(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{strides must be at least 1, not -2}}
  %y = dlc.conv %x, %w strides [-2] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @dilation_zero(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{dilation must be at least 1, not 0}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [0] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @two_strides_for_one_dimension(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{strides needs 1 entries, not 2}}
  %y = dlc.conv %x, %w strides [1, 1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @no_padding_given(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{lo needs 1 entries, not 0}}
  %y = dlc.conv %x, %w strides [1] lo [] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @window_longer_than_the_operand(%x: tensor<1x4x8xf32>, %w: tensor<6x2x9xf32>) {
  // expected-error@+1 {{cannot place a window that reaches over 9 in 8}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x9xf32>
  return
}

// -----

func.func @padding_crops_too_much(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{cannot place a window that reaches over 3 in 2}}
  %y = dlc.conv %x, %w strides [1] lo [-3] hi [-3] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @window_of_nothing(%x: tensor<1x4x8xf32>, %w: tensor<6x2x0xf32>) {
  // expected-error@+1 {{window must be at least 1, not 0}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x0xf32>
  return
}

// -----

func.func @huge_padding(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{too large}}
  %y = dlc.conv %x, %w strides [1] lo [9223372036854775807] hi [9223372036854775807] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @huge_negative_padding(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{too large}}
  %y = dlc.conv %x, %w strides [1] lo [-9223372036854775807] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @huge_dilation(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{too large}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [9223372036854775807] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @element_types_differ(%x: tensor<1x1x3xf32>, %w: tensor<1x1x3xf64>) {
  // expected-error@+1 {{cannot multiply 'f32' by 'f64'}}
  %y = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<1x1x3xf32>, tensor<1x1x3xf64>
  return
}

// -----

func.func @data_of_another_extent(%g: tensor<1x6x6xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{a convolution over 9 gives 7, not 6}}
  %y = dlc.conv_bwd_data %g, %w spatial [9] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x6x6xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @data_of_negative_extent(%g: tensor<1x6x6xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{spatial must be at least 0, not -8}}
  %y = dlc.conv_bwd_data %g, %w spatial [-8] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x6x6xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @data_extents_missing(%g: tensor<1x6x6xf32>, %w: tensor<6x2x3xf32>) {
  // expected-error@+1 {{spatial needs 1 entries, not 0}}
  %y = dlc.conv_bwd_data %g, %w spatial [] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x6x6xf32>, tensor<6x2x3xf32>
  return
}

// -----

func.func @data_filters_differ(%g: tensor<1x6x6xf32>, %w: tensor<4x2x3xf32>) {
  // expected-error@+1 {{cannot contract 6 filters with 4}}
  %y = dlc.conv_bwd_data %g, %w spatial [8] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x6x6xf32>, tensor<4x2x3xf32>
  return
}

// -----

func.func @data_groups_overflow(%g: tensor<1x6x6xf32>, %w: tensor<6x9223372036854775807x3xf32>) {
  // expected-error@+1 {{too large: 6 groups of 9223372036854775807 channels}}
  %y = dlc.conv_bwd_data %g, %w spatial [8] strides [1] lo [0] hi [0] dilation [1] groups 6 : tensor<1x6x6xf32>, tensor<6x9223372036854775807x3xf32>
  return
}

// -----

func.func @filter_of_another_extent(%x: tensor<1x4x8xf32>, %g: tensor<1x6x6xf32>) {
  // expected-error@+1 {{a convolution over 8 gives 5, not 6}}
  %y = dlc.conv_bwd_filter %x, %g window [4] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  return
}

// -----

func.func @filter_of_nothing(%x: tensor<1x4x8xf32>, %g: tensor<1x6x6xf32>) {
  // expected-error@+1 {{window must be at least 1, not 0}}
  %y = dlc.conv_bwd_filter %x, %g window [0] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  return
}

// -----

func.func @filter_batches_differ(%x: tensor<1x4x8xf32>, %g: tensor<2x6x6xf32>) {
  // expected-error@+1 {{cannot contract a batch of 1 with 2}}
  %y = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<2x6x6xf32>
  return
}

// -----

func.func @filter_groups_do_not_divide(%x: tensor<1x4x8xf32>, %g: tensor<1x6x6xf32>) {
  // expected-error@+1 {{cannot divide 6 filters into 4 groups}}
  %y = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [0] hi [0] dilation [1] groups 4 : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  return
}
