// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What layer_norm refuses.

func.func @scale_of_another_shape(%x: tensor<2x3xf32>, %s: tensor<2xf32>) {
  // expected-error@+1 {{needs scale and shift of type 'tensor<3xf32>', not 'tensor<2xf32>'}}
  %y = dlc.layer_norm %x scale %s : tensor<2xf32> dims [1] epsilon 1.0e-5 : tensor<2x3xf32>
  return
}

// -----

func.func @dimension_past_the_rank(%x: tensor<2x3xf32>, %s: tensor<2xf32>) {
  // expected-error@+1 {{no dimension 3 in a tensor of rank 2}}
  %y = dlc.layer_norm %x dims [3] epsilon 1.0e-5 : tensor<2x3xf32>
  return
}

// -----

func.func @dimensions_fall(%x: tensor<2x3xf32>, %s: tensor<2xf32>) {
  // expected-error@+1 {{needs dims in rising order, not [1, 0]}}
  %y = dlc.layer_norm %x dims [1, 0] epsilon 1.0e-5 : tensor<2x3xf32>
  return
}

// -----

func.func @negative_epsilon(%x: tensor<2x3xf32>, %s: tensor<2xf32>) {
  // expected-error@+1 {{needs an epsilon of 0 or more}}
  %y = dlc.layer_norm %x dims [1] epsilon -1.0 : tensor<2x3xf32>
  return
}
