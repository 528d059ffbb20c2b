// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What reduce and arg_reduce refuse.

func.func @dimension_past_the_rank(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.reduce sum %x dims [2] : tensor<2x3xf32>
  return
}

// -----

func.func @negative_dimension(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{no dimension -1 in a tensor of rank 2}}
  %y = dlc.reduce sum %x dims [-1] : tensor<2x3xf32>
  return
}

// -----

func.func @dimension_twice(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{dimension 1 is listed twice}}
  %y = dlc.reduce sum %x dims [1, 1] : tensor<2x3xf32>
  return
}

// -----

func.func @bools_have_no_sum(%x: tensor<2xi1>) {
  // expected-error@+1 {{cannot reduce 'i1' by sum}}
  %y = dlc.reduce sum %x dims [0] : tensor<2xi1>
  return
}

// -----

func.func @floats_have_no_and(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{cannot reduce 'f32' by and}}
  %y = dlc.reduce and %x dims [0] : tensor<2x3xf32>
  return
}

// -----

func.func @dynamic_shape(%x: tensor<?xf32>) {
  // expected-error@+1 {{needs static shapes}}
  %y = dlc.reduce sum %x dims [0] : tensor<?xf32>
  return
}

// -----

func.func @bounded_dimension(%x: tensor<2x3xf32, #dlc.bounded<1>>) {
  // expected-error@+1 {{not supported yet: a reduction over the bounded dimension 1}}
  %y = dlc.reduce sum %x dims [1] : tensor<2x3xf32, #dlc.bounded<1>>
  return
}

// -----

func.func @arg_of_a_sum(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{has kind max or min, not sum}}
  %y = dlc.arg_reduce sum %x dim 0 : tensor<2x3xf32>
  return
}

// -----

func.func @arg_of_no_dimension(%x: tensor<2x3xf32>) {
  // expected-error@+1 {{no dimension 5 in a tensor of rank 2}}
  %y = dlc.arg_reduce max %x dim 5 : tensor<2x3xf32>
  return
}

// -----

func.func @arg_of_nothing(%x: tensor<2x0xf32>) {
  // expected-error@+1 {{dimension 1 has no element to choose}}
  %y = dlc.arg_reduce max %x dim 1 : tensor<2x0xf32>
  return
}
