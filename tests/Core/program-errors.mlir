// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What calls of kernels refuse.

func.func @kernel_missing(%x: tensor<2xf32>) {
  // expected-error@+1 {{no kernel is called @nobody}}
  %y = dlc.call @nobody(%x) : (tensor<2xf32>) -> tensor<2xf32>
  return
}

// -----

func.func private @kernel(tensor<2xf32>) -> tensor<3xf32>
func.func @operand_of_another_type(%x: tensor<4xf32>) {
  // expected-error@+1 {{needs operand 0 of type 'tensor<2xf32>', not 'tensor<4xf32>'}}
  %y = dlc.call @kernel(%x) : (tensor<4xf32>) -> tensor<3xf32>
  return
}

// -----

func.func private @kernel(tensor<2xf32>) -> tensor<3xf32>
func.func @result_missing(%x: tensor<2xf32>) {
  // expected-error@+1 {{needs 1 results, not 0}}
  dlc.call @kernel(%x) : (tensor<2xf32>) -> ()
  return
}

// -----

func.func private @kernel(tensor<2xf32>) -> tensor<3xf32>
func.func @buffer_too_small() {
  %x = dlc.buffer arena 0 : memref<2xf32>
  %y = dlc.buffer arena 64 : memref<2xf32>
  // expected-error@+1 {{needs output 0 with room for 'tensor<3xf32>', not 'memref<2xf32>'}}
  dlc.launch @kernel ins(%x : memref<2xf32>) outs(%y : memref<2xf32>)
  return
}
