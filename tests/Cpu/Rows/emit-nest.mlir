// Each result lies where an operand of the other does: both are computed before one is stored, so
// that what is read is not yet overwritten.
// RUN: dlc compile %s --emit=loops --cpu=x86-64-v3 -o - | FileCheck %s

// CHECK: func.func @add_sub
// CHECK-NOT: vector.store
// CHECK-COUNT-2: vector.load
// CHECK-NOT: vector.load
// CHECK-COUNT-2: vector.store
func.func private @add_sub(%x: tensor<8xf32>, %y: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>)
    attributes {dlc.kernel, dlc.alias = [[0, 1], [1, 0]],
                dlc.plan = {class = "elementwise", count = 1 : i64}} {
  %0 = dlc.add %x, %x : tensor<8xf32>
  %1 = dlc.neg %y : tensor<8xf32>
  return %0, %1 : tensor<8xf32>, tensor<8xf32>
}
func.func @run(%x: memref<8xf32>, %y: memref<8xf32>, %a: memref<8xf32> {dlc.output},
               %b: memref<8xf32> {dlc.output}) {
  dlc.launch @add_sub ins(%x, %y : memref<8xf32>, memref<8xf32>)
    outs(%a, %b : memref<8xf32>, memref<8xf32>)
  return
}
