// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What the adjoints of windows refuse.

func.func @other_places(%g: tensor<2x4xf32>) {
  // expected-error@+1 {{windows over 8 elements have 3 places, not 4}}
  %y = dlc.window_sum_adj %g dims [1] extents [8] window [3] strides [2] lo [0] hi [0] dilation [1] : tensor<2x4xf32>
  return
}

// -----

func.func @no_extent(%g: tensor<2x4xf32>) {
  // expected-error@+1 {{extents needs 1 entries, not 0}}
  %y = dlc.window_sum_adj %g dims [1] extents [] window [3] strides [2] lo [0] hi [0] dilation [1] : tensor<2x4xf32>
  return
}

// -----

func.func @places_of_another_shape(%g: tensor<2x4xf32>, %p: tensor<2x5xsi32>) {
  // expected-error@+1 {{needs a place for each element of 'tensor<2x4xf32>', not 'tensor<2x5xsi32>'}}
  %y = dlc.window_max_grad %g, %p dims [1] extents [9] window [3] strides [2] lo [0] hi [0] dilation [1] : tensor<2x4xf32>, tensor<2x5xsi32>
  return
}
