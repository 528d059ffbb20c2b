// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What the ops that write by index refuse.

func.func @put_axis(%x: tensor<3x4xf32>, %i: tensor<2xsi64>, %u: tensor<2x4xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.put set %x, %i, %u axis 2 : tensor<3x4xf32>, tensor<2xsi64>, tensor<2x4xf32>
  return
}

// -----

func.func @put_updates_of_another_shape(%x: tensor<3x4xf32>, %i: tensor<2xsi64>, %u: tensor<2x3xf32>) {
  // expected-error@+1 {{needs updates of type 'tensor<2x4xf32>', not 'tensor<2x3xf32>'}}
  %y = dlc.put set %x, %i, %u axis 0 : tensor<3x4xf32>, tensor<2xsi64>, tensor<2x3xf32>
  return
}

// -----

func.func @put_sum_of_bools(%x: tensor<3xi1>, %i: tensor<2xsi64>, %u: tensor<2xi1>) {
  // expected-error@+1 {{cannot add bool}}
  %y = dlc.put add %x, %i, %u axis 0 : tensor<3xi1>, tensor<2xsi64>, tensor<2xi1>
  return
}

// -----

func.func @put_by_floats(%x: tensor<3xf32>, %i: tensor<2xf32>, %u: tensor<2xf32>) {
  // expected-error@+1 {{operand #1 must be}}
  %y = dlc.put set %x, %i, %u axis 0 : tensor<3xf32>, tensor<2xf32>, tensor<2xf32>
  return
}

// -----

func.func @put_along_other_extents(%x: tensor<3x4xf32>, %i: tensor<2x4xsi64>, %u: tensor<2x4xf32>) {
  // expected-error@+1 {{needs equal extents but along dimension 1, not 'tensor<3x4xf32>' and 'tensor<2x4xsi64>'}}
  %y = dlc.put_along set %x, %i, %u axis 1 : tensor<3x4xf32>, tensor<2x4xsi64>, tensor<2x4xf32>
  return
}

// -----

func.func @scatter_nd_rows_too_long(%x: tensor<3x4xf32>, %i: tensor<2x3xsi64>, %u: tensor<2xf32>) {
  // expected-error@+1 {{cannot index 'tensor<3x4xf32>' by rows of 3 after 0 shared dimensions}}
  %y = dlc.scatter_nd set %x, %i, %u batch 0 : tensor<3x4xf32>, tensor<2x3xsi64>, tensor<2xf32>
  return
}

// -----

func.func @gather_nd_without_rows(%x: tensor<3x4xf32>, %i: tensor<si64>) {
  // expected-error@+1 {{cannot number rows of 'tensor<si64>' after 0 shared dimensions}}
  %y = dlc.gather_nd %x, %i batch 0 : tensor<3x4xf32>, tensor<si64>
  return
}

// -----

func.func @gather_nd_shared_dimension(%x: tensor<3x4xf32>, %i: tensor<2x1xsi64>) {
  // expected-error@+1 {{shared dimension 0 differs: 'tensor<3x4xf32>' and 'tensor<2x1xsi64>'}}
  %y = dlc.gather_nd %x, %i batch 1 : tensor<3x4xf32>, tensor<2x1xsi64>
  return
}

// -----

func.func @take_along_rank(%x: tensor<3x4xf32>, %i: tensor<3xsi64>) {
  // expected-error@+1 {{needs equal extents but along dimension 0}}
  %y = dlc.take_along %x, %i axis 0 : tensor<3x4xf32>, tensor<3xsi64>
  return
}

// -----

func.func @dynamic_slice_starts(%x: tensor<3x4xf32>, %s: tensor<2xsi64>) {
  // expected-error@+1 {{needs a list of 1 starts, not 'tensor<2xsi64>'}}
  %y = dlc.dynamic_slice %x, %s dims [0] sizes [2] : tensor<3x4xf32>, tensor<2xsi64>
  return
}

// -----

func.func @dynamic_slice_size(%x: tensor<3x4xf32>, %s: tensor<1xsi64>) {
  // expected-error@+1 {{cannot place 5 elements in dimension 1 of 'tensor<3x4xf32>'}}
  %y = dlc.dynamic_slice %x, %s dims [1] sizes [5] : tensor<3x4xf32>, tensor<1xsi64>
  return
}

// -----

func.func @dynamic_update_slice_shape(%x: tensor<3x4xf32>, %s: tensor<1xsi64>, %u: tensor<2x2xf32>) {
  // expected-error@+1 {{needs updates of type 'tensor<3x2xf32>', not 'tensor<2x2xf32>'}}
  %y = dlc.dynamic_update_slice %x, %s, %u dims [1] : tensor<3x4xf32>, tensor<1xsi64>, tensor<2x2xf32>
  return
}
