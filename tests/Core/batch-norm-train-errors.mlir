// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What batch_norm_train refuses.

func.func @parameter_of_another_shape(%x: tensor<2x3xf32>, %s: tensor<3xf32>, %m: tensor<2xf32>) {
  // expected-error@+1 {{needs 3 elements a parameter, one for each index of dimension 1, not 'tensor<2xf32>'}}
  %y:3 = dlc.batch_norm_train %x, %s, %s, %m, %s dim 1 epsilon 0.1 momentum 0.9 : tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<2xf32>, tensor<3xf32>
  return
}

// -----

func.func @momentum_above_one(%x: tensor<2x3xf32>, %s: tensor<3xf32>) {
  // expected-error@+1 {{needs a momentum in [0, 1], not 1.5}}
  %y:3 = dlc.batch_norm_train %x, %s, %s, %s, %s dim 1 epsilon 0.1 momentum 1.5 : tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  return
}

// -----

func.func @negative_epsilon(%x: tensor<2x3xf32>, %s: tensor<3xf32>) {
  // expected-error@+1 {{needs an epsilon of 0 or more}}
  %y:3 = dlc.batch_norm_train %x, %s, %s, %s, %s dim 1 epsilon -0.1 momentum 0.5 : tensor<2x3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
  return
}
