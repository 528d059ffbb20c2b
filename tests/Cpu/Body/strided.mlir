// Elements a few places apart are read as whole vectors, from which shuffles take them: forwards,
// backwards, where the last vector must not run over the end, and where neighbours read one element.
// RUN: dlc-gate %s --time=0 --emit=loops | FileCheck %s

// CHECK-NOT: vector.gather
// CHECK-COUNT-3: vector.shuffle
// CHECK: PASS  kernels that equal the interpreter within their memory: 4 of 4

func.func @every_third(%x: tensor<301xf32>) -> tensor<101xf32> {
  %0 = dlc.slice %x lo [0] hi [301] stride [3] : tensor<301xf32>
  %1 = dlc.neg %0 : tensor<101xf32>
  return %1 : tensor<101xf32>
}

func.func @every_eighth_backwards(%x: tensor<1000xf32>) -> tensor<125xf32> {
  %0 = dlc.slice %x lo [7] hi [1000] stride [8] : tensor<1000xf32>
  %1 = dlc.reverse %0 dims [0] : tensor<125xf32>
  return %1 : tensor<125xf32>
}

func.func @few_bytes(%x: tensor<61xsi8>) -> tensor<13xsi8> {
  %0 = dlc.slice %x lo [0] hi [61] stride [5] : tensor<61xsi8>
  return %0 : tensor<13xsi8>
}

func.func @twice(%g: tensor<3x150xf32>) -> tensor<3x300xf32> {
  %0 = dlc.window_sum_adj %g dims [1] extents [300] window [2] strides [2] lo [0] hi [0] dilation [1] : tensor<3x150xf32>
  return %0 : tensor<3x300xf32>
}
