// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What attention refuses.

func.func @heads_not_a_multiple(%q: tensor<1x3x4x8xf32>, %k: tensor<1x2x5x8xf32>) {
  // expected-error@+1 {{cannot attend with 'tensor<1x3x4x8xf32>' to keys 'tensor<1x2x5x8xf32>'}}
  %y = dlc.attention %q, %k, %k scale 1.0 : tensor<1x3x4x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x5x8xf32>
  return
}

// -----

func.func @another_head_size(%q: tensor<1x2x4x8xf32>, %k: tensor<1x2x5x6xf32>) {
  // expected-error@+1 {{cannot attend with}}
  %y = dlc.attention %q, %k, %k scale 1.0 : tensor<1x2x4x8xf32>, tensor<1x2x5x6xf32>, tensor<1x2x5x6xf32>
  return
}

// -----

func.func @values_for_other_keys(%q: tensor<1x2x4x8xf32>, %k: tensor<1x2x5x8xf32>, %v: tensor<1x2x6x8xf32>) {
  // expected-error@+1 {{needs a value for each key of 'tensor<1x2x5x8xf32>', not 'tensor<1x2x6x8xf32>'}}
  %y = dlc.attention %q, %k, %v scale 1.0 : tensor<1x2x4x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x6x8xf32>
  return
}

// -----

func.func @mask_of_another_shape(%q: tensor<1x2x4x8xf32>, %k: tensor<1x2x5x8xf32>, %m: tensor<1x2x4x4xi1>) {
  // expected-error@+1 {{needs a mask of bool or 'f32' for scores 'tensor<1x2x4x5xf32>', not 'tensor<1x2x4x4xi1>'}}
  %y = dlc.attention %q, %k, %k mask %m : tensor<1x2x4x4xi1> scale 1.0 : tensor<1x2x4x8xf32>, tensor<1x2x5x8xf32>, tensor<1x2x5x8xf32>
  return
}

// -----

func.func @rank_three(%q: tensor<2x4x8xf32>) {
  // expected-error@+1 {{needs tensors of rank 4, not 'tensor<2x4x8xf32>'}}
  %y = dlc.attention %q, %q, %q scale 1.0 : tensor<2x4x8xf32>, tensor<2x4x8xf32>, tensor<2x4x8xf32>
  return
}

// -----

func.func @another_type(%q: tensor<1x1x4x8xf32>, %k: tensor<1x1x4x8xf16>) {
  // expected-error@+1 {{needs one element type}}
  %y = dlc.attention %q, %k, %k scale 1.0 : tensor<1x1x4x8xf32>, tensor<1x1x4x8xf16>, tensor<1x1x4x8xf16>
  return
}
