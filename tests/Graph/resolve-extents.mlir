// RUN: dlc-opt %s --resolve-extents --split-input-file --verify-diagnostics | FileCheck %s
// RUN: dlc-opt %s --resolve-extents --split-input-file --verify-diagnostics | dlc-opt --split-input-file -o /dev/null

// CHECK-LABEL: func.func @main
// CHECK-SAME: {dlc.bounded = 1 : i64, dlc.name = "y"}, tensor<si64> {dlc.extent}, tensor<si64>)
// CHECK-NEXT: %[[I:.*]], %[[N:.*]] = dlc.nonzero %arg0
// CHECK-NEXT: %[[C:.*]] = dlc.neg %[[I]]
// CHECK-NEXT: return %[[C]], %[[N]], %[[N]]
func.func @main(%x: tensor<3x4xf32>)
    -> (tensor<2x12xsi64, #dlc.bounded<1>> {dlc.name = "y"}, tensor<si64>) {
  %i, %n = dlc.nonzero %x : tensor<3x4xf32>
  %c = dlc.neg %i : tensor<2x12xsi64, #dlc.bounded<1>>
  %e = dlc.extent %c : tensor<2x12xsi64, #dlc.bounded<1>> to tensor<si64>
  return %c, %e : tensor<2x12xsi64, #dlc.bounded<1>>, tensor<si64>
}

// -----
// CHECK-LABEL: func.func @main
// CHECK: %[[B:.*]] = dlc.bounded %arg0, %arg1
// CHECK: return %[[B]], %arg1
func.func @main(%x: tensor<8xf32>, %n: tensor<si64>) -> tensor<8xf32, #dlc.bounded<0>> {
  %b = dlc.bounded %x, %n : tensor<8xf32>, tensor<si64> to tensor<8xf32, #dlc.bounded<0>>
  return %b : tensor<8xf32, #dlc.bounded<0>>
}

// -----
// expected-error @+1 {{not supported yet: an input whose size depends on data}}
func.func @main(%x: tensor<8xf32, #dlc.bounded<0>>) -> tensor<8xf32, #dlc.bounded<0>> {
  return %x : tensor<8xf32, #dlc.bounded<0>>
}

// -----
// What is spread over a bounded shape takes the extent of what it meets.
// CHECK-LABEL: func.func @main
// CHECK: %{{.*}}, %[[N:.*]] = dlc.nonzero
// CHECK: %[[Y:.*]] = dlc.add
// CHECK: return %[[Y]], %[[N]]
func.func @main(%x: tensor<4xf32>, %b: tensor<si64>) -> tensor<1x4xsi64, #dlc.bounded<1>> {
  %i, %n = dlc.nonzero %x : tensor<4xf32>
  %s = dlc.broadcast %b dims [] : tensor<si64> to tensor<1x4xsi64, #dlc.bounded<1>>
  %y = dlc.add %s, %i : tensor<1x4xsi64, #dlc.bounded<1>>
  return %y : tensor<1x4xsi64, #dlc.bounded<1>>
}

// -----
func.func @main(%b: tensor<si64>) -> tensor<4xsi64, #dlc.bounded<0>> {
  // expected-error @+1 {{not supported yet on a tensor whose size depends on data: dlc.broadcast}}
  %s = dlc.broadcast %b dims [] : tensor<si64> to tensor<4xsi64, #dlc.bounded<0>>
  return %s : tensor<4xsi64, #dlc.bounded<0>>
}
