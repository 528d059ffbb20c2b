// RUN: dlc-opt %s --form-kernels --split-input-file | FileCheck %s
// RUN: dlc-opt %s --form-kernels=fuse=false --split-input-file | FileCheck %s --check-prefix=ALONE
// Values: tests/Pipeline.

// CHECK-DAG: func.func private @dot_add_relu_{{[0-9a-f]+}}(%arg0: tensor<4x8xf32>, %arg1: tensor<8x6xf32> {dlc.weight}, %arg2: tensor<6xf32>
// CHECK: dlc.broadcast %arg2
// CHECK-LABEL: func.func @main
// CHECK: %[[Y:.*]] = dlc.call @dot_add_relu_
// CHECK-SAME: nodes = ["fc (Gemm)", "act (Relu)"]
// CHECK: return %[[Y]]
// ALONE-LABEL: func.func @main
// ALONE-COUNT-3: dlc.call
dlc.weight_data @w : tensor<8x6xf32> file 0 offset 0 length 192
func.func @main(%x: tensor<4x8xf32>, %b: tensor<6xf32>) -> tensor<4x6xf32> {
  %w = dlc.weight @w : tensor<8x6xf32>
  %0 = dlc.dot %x, %w batch [] x [] contract [1] x [0] : tensor<4x8xf32>, tensor<8x6xf32> loc("fc (Gemm)")
  %1 = dlc.broadcast %b dims [1] : tensor<6xf32> to tensor<4x6xf32> loc("fc (Gemm)")
  %2 = dlc.add %0, %1 : tensor<4x6xf32> loc("fc (Gemm)")
  %3 = dlc.relu %2 : tensor<4x6xf32> loc("act (Relu)")
  return %3 : tensor<4x6xf32>
}

// -----
// Numbers are operands: the two layers are one kernel.
// CHECK: func.func private @[[$K:dot_tanh_[0-9a-f]+]]
// CHECK-NOT: func.func private
// CHECK-LABEL: func.func @main
// CHECK: dlc.call @[[$K]]
// CHECK: dlc.call @[[$K]]
// ALONE-LABEL: func.func @main
func.func @main(%x: tensor<2x2xf32>) -> tensor<2x2xf32> {
  %v = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32>
  %w = dlc.constant dense<[[5.0, 6.0], [7.0, 8.0]]> : tensor<2x2xf32>
  %0 = dlc.dot %x, %v batch [] x [] contract [1] x [0] : tensor<2x2xf32>, tensor<2x2xf32>
  %1 = dlc.tanh %0 : tensor<2x2xf32>
  %2 = dlc.dot %1, %w batch [] x [] contract [1] x [0] : tensor<2x2xf32>, tensor<2x2xf32>
  %3 = dlc.tanh %2 : tensor<2x2xf32>
  return %3 : tensor<2x2xf32>
}

// -----
// exp is read by the second dot and after it: one kernel of both would need itself.
// CHECK-LABEL: func.func @main
// CHECK: %[[A:.*]] = dlc.call @dot_exp_
// CHECK: dlc.call @dot_add_{{[0-9a-f]+}}(%[[A]], %arg1)
// ALONE-LABEL: func.func @main
func.func @main(%x: tensor<4x4xf32>, %m: tensor<4x4xf32>) -> tensor<4x4xf32> {
  %0 = dlc.dot %x, %m batch [] x [] contract [1] x [0] : tensor<4x4xf32>, tensor<4x4xf32>
  %1 = dlc.exp %0 : tensor<4x4xf32>
  %2 = dlc.dot %1, %m batch [] x [] contract [1] x [0] : tensor<4x4xf32>, tensor<4x4xf32>
  %3 = dlc.add %1, %2 : tensor<4x4xf32>
  return %3 : tensor<4x4xf32>
}

// -----
// A kernel of elementwise ops may overwrite what it reads; one that transposes may not.
// CHECK-DAG: func.func private @transpose_{{.*}}tensor<4x4xf32> attributes {dlc.kernel, dlc.plan
// CHECK-DAG: func.func private @sub_tanh_{{.*}} attributes {dlc.alias = {{\[\[}}0, 0], [0, 1]], dlc.kernel
// CHECK-LABEL: func.func @main
// ALONE-LABEL: func.func @main
func.func @main(%x: tensor<4x4xf32>, %y: tensor<4x4xf32>) -> (tensor<4x4xf32>, tensor<4x4xf32>) {
  %0 = dlc.sub %x, %y : tensor<4x4xf32>
  %1 = dlc.tanh %0 : tensor<4x4xf32>
  %2 = dlc.transpose %x perm [1, 0] : tensor<4x4xf32>
  return %1, %2 : tensor<4x4xf32>, tensor<4x4xf32>
}

// -----
// A view of a spread of a view of a spread: what is cloned into the one kernel leaves nothing behind.
// CHECK-LABEL: func.func @main(%arg0: tensor<2x3xf32>)
// CHECK: dlc.call @broadcast
// CHECK-NOT: dlc.broadcast
// CHECK: return
// ALONE-LABEL: func.func @main
// ALONE: dlc.call
func.func @main(%x: tensor<2x3xf32>) -> tensor<4x9xf32> {
  %0 = dlc.broadcast %x dims [0, 2] : tensor<2x3xf32> to tensor<2x2x3xf32>
  %1 = dlc.reshape %0 : tensor<2x2x3xf32> to tensor<4x3xf32>
  %2 = dlc.broadcast %1 dims [0, 1] : tensor<4x3xf32> to tensor<4x3x3xf32>
  %3 = dlc.reshape %2 : tensor<4x3x3xf32> to tensor<4x9xf32>
  return %3 : tensor<4x9xf32>
}

// -----
// What is its operands costs nothing; what no kernel computes as a whole is taken apart.
// CHECK-LABEL: func.func @main(%arg0: tensor<1x2x200x8xf32>)
// CHECK: dlc.call @softmax_
// CHECK: dlc.scan
// CHECK-COUNT-3: dlc.call
// CHECK-NOT: dlc.barrier
// CHECK: return
// ALONE-LABEL: func.func @main
// ALONE: dlc.scan
func.func @main(%x: tensor<1x2x200x8xf32>) -> tensor<1x2x200x8xf32> {
  %s = dlc.softmax %x dims [3] : tensor<1x2x200x8xf32>
  %b = dlc.barrier %s : tensor<1x2x200x8xf32>
  %y = dlc.attention %b, %b, %x scale 0.5 : tensor<1x2x200x8xf32>, tensor<1x2x200x8xf32>, tensor<1x2x200x8xf32>
  return %y : tensor<1x2x200x8xf32>
}
