// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What softmax_xent and logsumexp refuse.

func.func @classes_of_another_shape(%x: tensor<4x3xf32>, %t: tensor<3xsi64>) {
  // expected-error@+1 {{needs one class for each result of type 'tensor<4xf32>', not 'tensor<3xsi64>'}}
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<4x3xf32>, tensor<3xsi64>
  return
}

// -----

func.func @weights_of_another_type(%x: tensor<4x3xf32>, %t: tensor<4x3xf64>) {
  // expected-error@+1 {{needs integer classes or weights of type 'tensor<4x3xf32>', not 'tensor<4x3xf64>'}}
  %y = dlc.softmax_xent %x, %t dim 1 : tensor<4x3xf32>, tensor<4x3xf64>
  return
}

// -----

func.func @dimension_past_the_rank(%x: tensor<4x3xf32>, %t: tensor<4xsi64>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.softmax_xent %x, %t dim 2 : tensor<4x3xf32>, tensor<4xsi64>
  return
}

// -----

func.func @logsumexp_dimension_twice(%x: tensor<4x3xf32>) {
  // expected-error@+1 {{dimension 1 is listed twice}}
  %y = dlc.logsumexp %x dims [1, 1] : tensor<4x3xf32>
  return
}
