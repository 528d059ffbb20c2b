// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What softmax refuses.

func.func @dimension_past_the_rank(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.softmax %x dims [2] : tensor<2x3xf32>
  return
}

// -----

func.func @logarithm_over_a_dimension_twice(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{dimension 0 is listed twice}}
  %y = dlc.log_softmax %x dims [0, 0] : tensor<2x3xf32>
  return
}

// -----

func.func @integers(%x: tensor<2xsi32>) {
  // expected-error@+1 {{must be statically shaped tensor of float values}}
  %y = dlc.softmax %x dims [0] : tensor<2xsi32>
  return
}
