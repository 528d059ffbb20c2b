// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What the sliding windows refuse.

func.func @dimension_past_the_rank(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.window_sum %x dims [2] window [3] strides [1] lo [0] hi [0] dilation [1] : tensor<2x8xf32>
  return
}

// -----

func.func @no_dimension(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{needs a dimension over which the window slides}}
  %y = dlc.window_sum %x dims [] window [] strides [] lo [] hi [] dilation [] : tensor<2x8xf32>
  return
}

// -----

func.func @lists_differ(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{window needs 1 entries, not 2}}
  %y = dlc.window_sum %x dims [1] window [3, 3] strides [1] lo [0] hi [0] dilation [1] : tensor<2x8xf32>
  return
}

// -----

func.func @window_zero(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{window must be at least 1, not 0}}
  %y = dlc.window_sum %x dims [1] window [0] strides [1] lo [0] hi [0] dilation [1] : tensor<2x8xf32>
  return
}

// -----

func.func @stride_zero(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{strides must be at least 1, not 0}}
  %y = dlc.window_sum %x dims [1] window [3] strides [0] lo [0] hi [0] dilation [1] : tensor<2x8xf32>
  return
}

// -----

func.func @window_too_long(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{cannot place a window that reaches over 9 in 8}}
  %y = dlc.window_sum %x dims [1] window [9] strides [1] lo [0] hi [0] dilation [1] : tensor<2x8xf32>
  return
}

// -----

func.func @huge_window(%x: tensor<2x8xf32>) {
  // expected-error@+1 {{too large}}
  %y = dlc.window_sum %x dims [1] window [9223372036854775807] strides [1] lo [0] hi [0] dilation [2] : tensor<2x8xf32>
  return
}

// -----

func.func @more_places_than_an_index_holds(%x: tensor<4294967296xf32>) {
  // expected-error@+1 {{too large: a window of more than 2^31 - 1 elements}}
  %y, %p = dlc.window_max %x dims [0] window [4294967296] strides [1] lo [0] hi [0] dilation [1] : tensor<4294967296xf32>
  return
}
