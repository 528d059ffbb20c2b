// RUN: dlc-opt %s | dlc-opt | FileCheck %s
// RUN: dlc-opt %s --mlir-print-op-generic | dlc-opt | FileCheck %s
// The main forms of every op print as they are written here, and their generic form reads back as the same.

// CHECK-LABEL: func.func @structural
func.func @structural(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) {
  // CHECK: dlc.constant dense<[1, -2]> : tensor<2xsi8>
  %r0 = dlc.constant dense<[1, -2]> : tensor<2xsi8>
  // CHECK: dlc.iota dim 1 : tensor<2x3xsi64>
  %r1 = dlc.iota dim 1 : tensor<2x3xsi64>
  // CHECK: dlc.compare le %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : tensor<2x3xf32>
  %r2 = dlc.compare le %x, %y : tensor<2x3xf32>
  // CHECK: dlc.convert %{{[a-z0-9]+}} : tensor<2x3xf32> to tensor<2x3xf16>
  %r3 = dlc.convert %x : tensor<2x3xf32> to tensor<2x3xf16>
  return
}

// CHECK-LABEL: func.func @elementwise
func.func @elementwise(%x: tensor<2x3xf32>, %y: tensor<2x3xf32>) {
  // CHECK: dlc.tanh %{{[a-z0-9]+}} : tensor<2x3xf32>
  %r0 = dlc.tanh %x : tensor<2x3xf32>
  // CHECK: dlc.add %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : tensor<2x3xf32>
  %r1 = dlc.add %x, %y : tensor<2x3xf32>
  // CHECK: dlc.pow %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : tensor<2x3xf32>
  %r2 = dlc.pow %x, %y : tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @movement
func.func @movement(%x: tensor<2x3xf32>, %i: tensor<4xsi64>) {
  // CHECK: dlc.broadcast %{{[a-z0-9]+}} dims [1, 2] : tensor<2x3xf32> to tensor<5x2x3xf32>
  %r0 = dlc.broadcast %x dims [1, 2] : tensor<2x3xf32> to tensor<5x2x3xf32>
  // CHECK: dlc.reshape %{{[a-z0-9]+}} : tensor<2x3xf32> to tensor<6xf32>
  %r1 = dlc.reshape %x : tensor<2x3xf32> to tensor<6xf32>
  // CHECK: dlc.transpose %{{[a-z0-9]+}} perm [1, 0] : tensor<2x3xf32>
  %r2 = dlc.transpose %x perm [1, 0] : tensor<2x3xf32>
  // CHECK: dlc.reverse %{{[a-z0-9]+}} dims [0] : tensor<2x3xf32>
  %r3 = dlc.reverse %x dims [0] : tensor<2x3xf32>
  // CHECK: dlc.slice %{{[a-z0-9]+}} lo [0, 1] hi [2, 3] stride [1, 2] : tensor<2x3xf32>
  %r4 = dlc.slice %x lo [0, 1] hi [2, 3] stride [1, 2] : tensor<2x3xf32>
  // CHECK: dlc.pad %{{[a-z0-9]+}} lo [1, 0] hi [0, -1] interior [0, 2] value 0.000000e+00 : f32 : tensor<2x3xf32>
  %r5 = dlc.pad %x lo [1, 0] hi [0, -1] interior [0, 2] value 0.000000e+00 : f32 : tensor<2x3xf32>
  // CHECK: dlc.concat %{{[a-z0-9]+}}, %{{[a-z0-9]+}} dim 0 : tensor<2x3xf32>, tensor<2x3xf32>
  %r6 = dlc.concat %x, %x dim 0 : tensor<2x3xf32>, tensor<2x3xf32>
  // CHECK: dlc.take %{{[a-z0-9]+}}, %{{[a-z0-9]+}} axis 1 : tensor<2x3xf32>, tensor<4xsi64>
  %r7 = dlc.take %x, %i axis 1 : tensor<2x3xf32>, tensor<4xsi64>
  return
}

// CHECK-LABEL: func.func @reductions
func.func @reductions(%x: tensor<2x3xf32>, %b: tensor<4xi1>) {
  // CHECK: dlc.reduce sum %{{[a-z0-9]+}} dims [1] : tensor<2x3xf32>
  %r0 = dlc.reduce sum %x dims [1] : tensor<2x3xf32>
  // CHECK: dlc.reduce and %{{[a-z0-9]+}} dims [0] : tensor<4xi1>
  %r1 = dlc.reduce and %b dims [0] : tensor<4xi1>
  // CHECK: dlc.arg_reduce max %{{[a-z0-9]+}} dim 1 last : tensor<2x3xf32>
  %r2 = dlc.arg_reduce max %x dim 1 last : tensor<2x3xf32>
  // CHECK: dlc.arg_reduce min %{{[a-z0-9]+}} dim 0 : tensor<2x3xf32>
  %r3 = dlc.arg_reduce min %x dim 0 : tensor<2x3xf32>
  // CHECK: dlc.window_sum %{{[a-z0-9]+}} dims [1] window [2] strides [1] lo [1] hi [0] dilation [1] : tensor<2x3xf32>
  %r4 = dlc.window_sum %x dims [1] window [2] strides [1] lo [1] hi [0] dilation [1] : tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @contractions
func.func @contractions(%x: tensor<1x4x8xf32>, %w: tensor<6x2x3xf32>, %g: tensor<1x6x6xf32>) {
  // CHECK: dlc.dot %{{[a-z0-9]+}}, %{{[a-z0-9]+}} batch [0] x [0] contract [] x [] : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  %r0 = dlc.dot %x, %g batch [0] x [0] contract [] x [] : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  // CHECK: dlc.conv %{{[a-z0-9]+}}, %{{[a-z0-9]+}} strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  %r1 = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<6x2x3xf32>
  // CHECK: dlc.conv_bwd_data %{{[a-z0-9]+}}, %{{[a-z0-9]+}} spatial [8] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x6x6xf32>, tensor<6x2x3xf32>
  %r2 = dlc.conv_bwd_data %g, %w spatial [8] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x6x6xf32>, tensor<6x2x3xf32>
  // CHECK: dlc.conv_bwd_filter %{{[a-z0-9]+}}, %{{[a-z0-9]+}} window [3] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  %r3 = dlc.conv_bwd_filter %x, %g window [3] strides [1] lo [0] hi [0] dilation [1] groups 2 : tensor<1x4x8xf32>, tensor<1x6x6xf32>
  return
}

// CHECK-LABEL: func.func @composites
func.func @composites(%x: tensor<2x3xf32>, %s: tensor<3xf32>) {
  // CHECK: dlc.relu %{{[a-z0-9]+}} : tensor<2x3xf32>
  %r0 = dlc.relu %x : tensor<2x3xf32>
  // CHECK: dlc.gelu erf %{{[a-z0-9]+}} : tensor<2x3xf32>
  %r1 = dlc.gelu erf %x : tensor<2x3xf32>
  // CHECK: dlc.softmax %{{[a-z0-9]+}} dims [1] : tensor<2x3xf32>
  %r2 = dlc.softmax %x dims [1] : tensor<2x3xf32>
  // CHECK: dlc.log_softmax %{{[a-z0-9]+}} dims [0, 1] : tensor<2x3xf32>
  %r3 = dlc.log_softmax %x dims [0, 1] : tensor<2x3xf32>
  // CHECK: dlc.layer_norm %{{[a-z0-9]+}} scale %{{[a-z0-9]+}} : tensor<3xf32> shift %{{[a-z0-9]+}} : tensor<3xf32> dims [1] epsilon 1.000000e-05 : tensor<2x3xf32>
  %r4 = dlc.layer_norm %x scale %s : tensor<3xf32> shift %s : tensor<3xf32> dims [1] epsilon 1.000000e-05 : tensor<2x3xf32>
  // CHECK: dlc.layer_norm %{{[a-z0-9]+}} dims [1] epsilon 1.000000e-05 rms : tensor<2x3xf32>
  %r5 = dlc.layer_norm %x dims [1] epsilon 1.000000e-05 rms : tensor<2x3xf32>
  return
}

// CHECK-LABEL: func.func @bounded
func.func @bounded(%x: tensor<4xf32>, %n: tensor<si64>) {
  // CHECK: dlc.bounded %{{[a-z0-9]+}}, %{{[a-z0-9]+}} : tensor<4xf32>, tensor<si64> to tensor<4xf32, #dlc.bounded<0>>
  %r0 = dlc.bounded %x, %n : tensor<4xf32>, tensor<si64> to tensor<4xf32, #dlc.bounded<0>>
  return
}

// CHECK-LABEL: func.func @several_results
func.func @several_results(%x: tensor<2x3xf32>) {
  // CHECK: dlc.window_max %{{.*}} dims [1] window [2] strides [1] lo [0] hi [0] dilation [1] : tensor<2x3xf32>
  %m, %p = dlc.window_max %x dims [1] window [2] strides [1] lo [0] hi [0] dilation [1] : tensor<2x3xf32>
  // CHECK: dlc.nonzero %{{.*}} : tensor<2x3xf32>
  %i, %n = dlc.nonzero %x : tensor<2x3xf32>
  // CHECK: dlc.extent %{{.*}} : tensor<2x6xsi64, #dlc.bounded<1>> to tensor<si64>
  %e = dlc.extent %i : tensor<2x6xsi64, #dlc.bounded<1>> to tensor<si64>
  return
}

// CHECK-LABEL: func.func @control
func.func @control(%c: tensor<i1>, %h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // CHECK: dlc.if %{{.*}} : tensor<i1> -> tensor<2xf32> then {
  // CHECK: } else {
  // CHECK: dlc.fail "no shape fits" : tensor<2xf32>
  %a = dlc.if %c : tensor<i1> -> tensor<2xf32> then {
    dlc.return %h : tensor<2xf32>
  } else {
    %f = dlc.fail "no shape fits" : tensor<2xf32>
    dlc.return %f : tensor<2xf32>
  }
  // CHECK: dlc.scan(%{{.*}} : tensor<2xf32>) over(%{{.*}} : tensor<3x4xf32>) length 3 reverse [false] [true] -> tensor<2xf32>, tensor<3x4xf32> {
  %b:2 = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length 3 reverse [false] [true] -> tensor<2xf32>, tensor<3x4xf32> {
  ^bb0(%x: tensor<2xf32>, %y: tensor<4xf32>):
    dlc.return %x, %y : tensor<2xf32>, tensor<4xf32>
  }
  // CHECK: dlc.while %{{.*}}(%{{.*}} : tensor<2xf32>) limit 9 : tensor<i1> -> tensor<2xf32> {
  %d = dlc.while %c (%h : tensor<2xf32>) limit 9 : tensor<i1> -> tensor<2xf32> {
  ^bb0(%t: tensor<si64>, %x: tensor<2xf32>):
    dlc.return %c, %x : tensor<i1>, tensor<2xf32>
  }
  return
}

func.func private @kernel(tensor<2xf32>) -> tensor<3xf32>
dlc.weight_data @w : tensor<2xf32> file 0 offset 128 length 8

// CHECK-LABEL: func.func @program
func.func @program() {
  // CHECK: dlc.weight @w : tensor<2xf32>
  %w = dlc.weight @w : tensor<2xf32>
  // CHECK: dlc.call @kernel(%{{.*}}) : (tensor<2xf32>) -> tensor<3xf32>
  %y = dlc.call @kernel(%w) : (tensor<2xf32>) -> tensor<3xf32>
  // CHECK: dlc.buffer arena 64 : memref<2xf32>
  %a = dlc.buffer arena 64 : memref<2xf32>
  %b = dlc.buffer state 0 : memref<3xf32>
  // CHECK: dlc.launch @kernel ins(%{{.*}} : memref<2xf32>) outs(%{{.*}} : memref<3xf32>)
  dlc.launch @kernel ins(%a : memref<2xf32>) outs(%b : memref<3xf32>)
  return
}

// CHECK-LABEL: func.func @empty_lists
func.func @empty_lists(%c: tensor<i1>, %h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // CHECK: dlc.if %{{.*}} : tensor<i1> then {
  dlc.if %c : tensor<i1> then {
  } else {
  }
  // CHECK: dlc.scan(%{{.*}} : tensor<2xf32>) over() length 3 reverse [] [] -> tensor<2xf32> {
  %a = dlc.scan (%h : tensor<2xf32>) over () length 3 reverse [] [] -> tensor<2xf32> {
  ^bb0(%x: tensor<2xf32>):
    dlc.return %x : tensor<2xf32>
  }
  // CHECK: dlc.scan() over(%{{.*}} : tensor<3x4xf32>) length 3 reverse [true] [false] -> tensor<3x4xf32> {
  %b = dlc.scan () over (%s : tensor<3x4xf32>) length 3 reverse [true] [false] -> tensor<3x4xf32> {
  ^bb0(%x: tensor<4xf32>):
    dlc.return %x : tensor<4xf32>
  }
  return
}
