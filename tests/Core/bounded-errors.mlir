// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What bounded values refuse.

func.func @result_without_bound(%x: tensor<4xf32>, %n: tensor<si64>) {
  // expected-error@+1 {{needs a result with a bounded dimension}}
  %y = dlc.bounded %x, %n : tensor<4xf32>, tensor<si64> to tensor<4xf32>
  return
}

// -----

func.func @operand_of_another_shape(%x: tensor<4xf32>, %n: tensor<si64>) {
  // expected-error@+1 {{needs an operand of type 'tensor<5xf32>', not 'tensor<4xf32>'}}
  %y = dlc.bounded %x, %n : tensor<4xf32>, tensor<si64> to tensor<5xf32, #dlc.bounded<0>>
  return
}

// -----

func.func @extent_of_rank_one(%x: tensor<4xf32>, %n: tensor<1xsi64>) {
  // expected-error@+1 {{needs an extent of rank 0, not 'tensor<1xsi64>'}}
  %y = dlc.bounded %x, %n : tensor<4xf32>, tensor<1xsi64> to tensor<4xf32, #dlc.bounded<0>>
  return
}

// -----

func.func @extent_of_an_unbounded_tensor(%x: tensor<4xf32>) {
  // expected-error@+1 {{needs an operand with a bounded dimension}}
  %n = dlc.extent %x : tensor<4xf32> to tensor<si64>
  return
}

// -----

func.func @bound_of_no_dimension(%n: tensor<si64>) {
  // expected-error@+1 {{no dimension 1 in a tensor of rank 1}}
  %x = dlc.constant dense<0.0> : tensor<4xf32, #dlc.bounded<1>>
  return
}

// -----

func.func @unbounded_of_a_whole_tensor(%x: tensor<3xf32>) {
  // expected-error@+1 {{needs an operand with a bounded dimension, not 'tensor<3xf32>'}}
  %y = dlc.unbounded %x : tensor<3xf32> to tensor<3xf32>
  return
}
