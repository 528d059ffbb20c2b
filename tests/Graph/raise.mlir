// RUN: dlc-opt %s --raise --split-input-file | FileCheck %s
// Values: tests/Pipeline.

// CHECK-LABEL: func.func @maximum_with_zero_is_relu
// CHECK-NEXT: %[[Y:.*]] = dlc.relu %arg0
// CHECK-NEXT: return %[[Y]]
func.func @maximum_with_zero_is_relu(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = dlc.constant dense<0.0> : tensor<4xf32>
  %1 = dlc.max %0, %x : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----
// CHECK-LABEL: func.func @maximum_with_one_stays
// CHECK: dlc.max
func.func @maximum_with_one_stays(%x: tensor<4xf32>) -> tensor<4xf32> {
  %0 = dlc.constant dense<1.0> : tensor<4xf32>
  %1 = dlc.max %0, %x : tensor<4xf32>
  return %1 : tensor<4xf32>
}

// -----
// CHECK-LABEL: func.func @quotient_of_exponential_is_logistic
// CHECK-NEXT: dlc.logistic %arg0
func.func @quotient_of_exponential_is_logistic(%x: tensor<4xf32>) -> tensor<4xf32> {
  %one = dlc.constant dense<1.0> : tensor<4xf32>
  %0 = dlc.neg %x : tensor<4xf32>
  %1 = dlc.exp %0 : tensor<4xf32>
  %2 = dlc.add %one, %1 : tensor<4xf32>
  %3 = dlc.div %one, %2 : tensor<4xf32>
  return %3 : tensor<4xf32>
}

// -----
// CHECK-LABEL: func.func @softmax_with_kept_dimensions
// CHECK-NEXT: dlc.softmax %arg0 dims [1]
func.func @softmax_with_kept_dimensions(%x: tensor<2x8xf32>) -> tensor<2x8xf32> {
  %0 = dlc.reduce max %x dims [1] : tensor<2x8xf32>
  %1 = dlc.reshape %0 : tensor<2xf32> to tensor<2x1xf32>
  %2 = dlc.broadcast %1 dims [0, 1] : tensor<2x1xf32> to tensor<2x8xf32>
  %3 = dlc.sub %x, %2 : tensor<2x8xf32>
  %4 = dlc.exp %3 : tensor<2x8xf32>
  %5 = dlc.reduce sum %4 dims [1] : tensor<2x8xf32>
  %6 = dlc.broadcast %5 dims [0] : tensor<2xf32> to tensor<2x8xf32>
  %7 = dlc.div %4, %6 : tensor<2x8xf32>
  return %7 : tensor<2x8xf32>
}

// -----
// The sum is over another dimension than the maximum: no softmax.
// CHECK-LABEL: func.func @sum_over_another_dimension_is_no_softmax
// CHECK-NOT: dlc.softmax
func.func @sum_over_another_dimension_is_no_softmax(%x: tensor<8x8xf32>) -> tensor<8x8xf32> {
  %0 = dlc.reduce max %x dims [1] : tensor<8x8xf32>
  %2 = dlc.broadcast %0 dims [0] : tensor<8xf32> to tensor<8x8xf32>
  %3 = dlc.sub %x, %2 : tensor<8x8xf32>
  %4 = dlc.exp %3 : tensor<8x8xf32>
  %5 = dlc.reduce sum %4 dims [0] : tensor<8x8xf32>
  %6 = dlc.broadcast %5 dims [1] : tensor<8xf32> to tensor<8x8xf32>
  %7 = dlc.div %4, %6 : tensor<8x8xf32>
  return %7 : tensor<8x8xf32>
}

// -----
// CHECK-LABEL: func.func @layer_norm_with_scale_and_shift
// CHECK: dlc.layer_norm %arg0 scale %arg1 : tensor<16xf32> shift %arg2 : tensor<16xf32> dims [1] epsilon 9.9{{.*}}E-6
// CHECK-NEXT: return
func.func @layer_norm_with_scale_and_shift(%x: tensor<3x16xf32>, %g: tensor<16xf32>, %b: tensor<16xf32>)
    -> tensor<3x16xf32> {
  %n = dlc.constant dense<16.0> : tensor<3xf32>
  %0 = dlc.reduce sum %x dims [1] : tensor<3x16xf32>
  %1 = dlc.div %0, %n : tensor<3xf32>
  %2 = dlc.broadcast %1 dims [0] : tensor<3xf32> to tensor<3x16xf32>
  %d = dlc.sub %x, %2 : tensor<3x16xf32>
  %3 = dlc.mul %d, %d : tensor<3x16xf32>
  %4 = dlc.reduce sum %3 dims [1] : tensor<3x16xf32>
  %5 = dlc.div %4, %n : tensor<3xf32>
  %eps = dlc.constant dense<1.0e-5> : tensor<3xf32>
  %6 = dlc.add %5, %eps : tensor<3xf32>
  %7 = dlc.sqrt %6 : tensor<3xf32>
  %8 = dlc.broadcast %7 dims [0] : tensor<3xf32> to tensor<3x16xf32>
  %9 = dlc.div %d, %8 : tensor<3x16xf32>
  %10 = dlc.broadcast %g dims [1] : tensor<16xf32> to tensor<3x16xf32>
  %11 = dlc.mul %9, %10 : tensor<3x16xf32>
  %12 = dlc.broadcast %b dims [1] : tensor<16xf32> to tensor<3x16xf32>
  %13 = dlc.add %11, %12 : tensor<3x16xf32>
  return %13 : tensor<3x16xf32>
}

// -----
// CHECK-LABEL: func.func @gelu_by_erf_in_any_order
// CHECK-NEXT: dlc.gelu erf %arg0
func.func @gelu_by_erf_in_any_order(%x: tensor<16xf32>) -> tensor<16xf32> {
  %half = dlc.constant dense<0.5> : tensor<16xf32>
  %one = dlc.constant dense<1.0> : tensor<16xf32>
  %r = dlc.constant dense<0.707106769> : tensor<16xf32>
  %0 = dlc.mul %x, %r : tensor<16xf32>
  %1 = dlc.erf %0 : tensor<16xf32>
  %2 = dlc.add %one, %1 : tensor<16xf32>
  %3 = dlc.mul %half, %x : tensor<16xf32>
  %4 = dlc.mul %2, %3 : tensor<16xf32>
  return %4 : tensor<16xf32>
}

// -----
// CHECK-LABEL: func.func @gelu_by_tanh_with_pow
// CHECK-NEXT: dlc.gelu tanh %arg0
func.func @gelu_by_tanh_with_pow(%x: tensor<16xf32>) -> tensor<16xf32> {
  %three = dlc.constant dense<3.0> : tensor<16xf32>
  %half = dlc.constant dense<0.5> : tensor<16xf32>
  %one = dlc.constant dense<1.0> : tensor<16xf32>
  %c = dlc.constant dense<0.044715> : tensor<16xf32>
  %s = dlc.constant dense<0.79788456> : tensor<16xf32>
  %0 = dlc.pow %x, %three : tensor<16xf32>
  %1 = dlc.mul %0, %c : tensor<16xf32>
  %2 = dlc.add %x, %1 : tensor<16xf32>
  %3 = dlc.mul %2, %s : tensor<16xf32>
  %4 = dlc.tanh %3 : tensor<16xf32>
  %5 = dlc.add %4, %one : tensor<16xf32>
  %6 = dlc.mul %x, %5 : tensor<16xf32>
  %7 = dlc.mul %6, %half : tensor<16xf32>
  return %7 : tensor<16xf32>
}

// -----
// CHECK-LABEL: func.func @another_factor_is_no_gelu
// CHECK-NOT: dlc.gelu
func.func @another_factor_is_no_gelu(%x: tensor<16xf32>) -> tensor<16xf32> {
  %half = dlc.constant dense<0.5> : tensor<16xf32>
  %one = dlc.constant dense<1.0> : tensor<16xf32>
  %r = dlc.constant dense<0.7> : tensor<16xf32>
  %0 = dlc.mul %x, %r : tensor<16xf32>
  %1 = dlc.erf %0 : tensor<16xf32>
  %2 = dlc.add %one, %1 : tensor<16xf32>
  %3 = dlc.mul %half, %x : tensor<16xf32>
  %4 = dlc.mul %2, %3 : tensor<16xf32>
  return %4 : tensor<16xf32>
}
