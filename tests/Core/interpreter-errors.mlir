// RUN: dlc-opt %s --run --split-input-file --verify-diagnostics
// What cannot be run is an error at the op.

func.func @index_out_of_range() {
  %x = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %i = dlc.constant dense<[0, 2]> : tensor<2xsi64>
  // expected-error@+1 {{index 2 is outside [0, 2)}}
  %y = dlc.take %x, %i axis 0 : tensor<2xf32>, tensor<2xsi64>
  return
}

// -----

func.func @negative_index() {
  %x = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %i = dlc.constant dense<-1> : tensor<si32>
  // expected-error@+1 {{index -1 is outside [0, 2)}}
  %y = dlc.take %x, %i axis 0 : tensor<2xf32>, tensor<si32>
  return
}

// -----

func.func @branch_that_fails() {
  %no = dlc.constant dense<false> : tensor<i1>
  %y = dlc.if %no : tensor<i1> -> tensor<2xf32> then {
    %x = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
    dlc.return %x : tensor<2xf32>
  } else {
    // expected-error@+1 {{branch cannot run: no shape fits}}
    %f = dlc.fail "no shape fits" : tensor<2xf32>
    dlc.return %f : tensor<2xf32>
  }
  return
}

// -----

func.func @loop_without_end() {
  %yes = dlc.constant dense<true> : tensor<i1>
  %x = dlc.constant dense<3.0> : tensor<f32>
  // expected-error@+1 {{the loop has not ended after 5 steps}}
  %y = dlc.while %yes (%x : tensor<f32>) limit 5 : tensor<i1> -> tensor<f32> {
  ^bb0(%step: tensor<si64>, %a: tensor<f32>):
    dlc.return %yes, %a : tensor<i1>, tensor<f32>
  }
  return
}
