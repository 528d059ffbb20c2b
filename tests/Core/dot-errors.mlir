// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What dot refuses.

func.func @extents_differ(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{cannot contract 3 with 5}}
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [0] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @batches_differ(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{cannot pair 2 with 4}}
  %y = dlc.dot %a, %b batch [0] x [1] contract [] x [] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @counts_differ(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{cannot contract 1 dimensions with 0}}
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @batch_counts_differ(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{cannot pair 0 dimensions with 1}}
  %y = dlc.dot %a, %b batch [] x [0] contract [] x [] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @dimension_past_the_rank(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{no dimension 2 in a tensor of rank 2}}
  %y = dlc.dot %a, %b batch [] x [] contract [2] x [0] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @negative_dimension(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{no dimension -1 in a tensor of rank 2}}
  %y = dlc.dot %a, %b batch [] x [] contract [1] x [-1] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @batch_dimension_is_contracted(%a: tensor<2x3xf32>, %b: tensor<5x4xf32>) {
  // expected-error@+1 {{dimension 0 is listed twice}}
  %y = dlc.dot %a, %b batch [0] x [1] contract [0] x [0] : tensor<2x3xf32>, tensor<5x4xf32>
  return
}

// -----

func.func @element_types_differ(%a: tensor<2xf32>, %b: tensor<2xf64>) {
  // expected-error@+1 {{cannot multiply 'f32' by 'f64'}}
  %y = dlc.dot %a, %b batch [] x [] contract [0] x [0] : tensor<2xf32>, tensor<2xf64>
  return
}

// -----

func.func @dynamic_shape(%a: tensor<?xf32>, %b: tensor<2xf32>) {
  // expected-error@+1 {{needs static shapes}}
  %y = dlc.dot %a, %b batch [] x [] contract [0] x [0] : tensor<?xf32>, tensor<2xf32>
  return
}
