// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What rng_bits, dropout and bitcast refuse.

func.func @key_of_one_word(%k: tensor<1xui32>, %c: tensor<4xui32>) {
  // expected-error@+1 {{needs a key of 2 words, not 'tensor<1xui32>'}}
  %y = dlc.rng_bits %k, %c : tensor<1xui32>, tensor<4xui32> to tensor<3xui32>
  return
}

// -----

func.func @counter_of_two_words(%k: tensor<2xui32>) {
  // expected-error@+1 {{needs a counter of 4 words, not 'tensor<2xui32>'}}
  %y = dlc.rng_bits %k, %k : tensor<2xui32>, tensor<2xui32> to tensor<3xui32>
  return
}

// -----

func.func @dropout_of_everything(%x: tensor<3xf32>, %k: tensor<2xui32>, %c: tensor<4xui32>) {
  // expected-error@+1 {{needs a rate in [0, 1), not 1.0}}
  %y, %m = dlc.dropout %x, %k, %c rate 1.0 : tensor<3xf32>, tensor<2xui32>, tensor<4xui32> -> tensor<3xi1>
  return
}

// -----

func.func @dropout_mask_of_another_shape(%x: tensor<3xf32>, %k: tensor<2xui32>, %c: tensor<4xui32>) {
  // expected-error@+1 {{needs a mask of the shape of 'tensor<3xf32>', not 'tensor<4xi1>'}}
  %y, %m = dlc.dropout %x, %k, %c rate 0.5 : tensor<3xf32>, tensor<2xui32>, tensor<4xui32> -> tensor<4xi1>
  return
}

// -----

func.func @bitcast_to_another_width(%x: tensor<3xf32>) {
  // expected-error@+1 {{needs types of the same width, not 'f32' and 'f64'}}
  %y = dlc.bitcast %x : tensor<3xf32> to tensor<3xf64>
  return
}

// -----

func.func @bitcast_of_bool(%x: tensor<3xi1>) {
  // expected-error@+1 {{cannot take bool, whose bits are not its value}}
  %y = dlc.bitcast %x : tensor<3xi1> to tensor<3xsi8>
  return
}
