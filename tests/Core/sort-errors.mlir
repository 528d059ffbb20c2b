// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What sort and cumulative refuse.

func.func @sort_other_shape(%x: tensor<3x4xf32>, %p: tensor<3x5xf32>) {
  // expected-error@+1 {{needs operands of one shape, not 'tensor<3x4xf32>' and 'tensor<3x5xf32>'}}
  %y, %q = dlc.sort %x, %p dim 1 : tensor<3x4xf32>, tensor<3x5xf32>
  return
}

// -----

func.func @sort_dimension(%x: tensor<3x4xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.sort %x dim 2 : tensor<3x4xf32>
  return
}

// -----

func.func @sort_limit(%x: tensor<3x4xf32>) {
  // expected-error@+1 {{cannot return 5 of 4 elements}}
  %y = dlc.sort %x dim 1 limit 5 : tensor<3x4xf32>
  return
}

// -----

func.func @cumulative_kind(%x: tensor<3x4xf32>) {
  // expected-error@+1 {{has kind sum, prod, max or min, not or}}
  %y = dlc.cumulative or %x dim 1 : tensor<3x4xf32>
  return
}

// -----

func.func @cumulative_dimension(%x: tensor<3x4xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.cumulative sum %x dim 2 : tensor<3x4xf32>
  return
}
