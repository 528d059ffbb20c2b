// RUN: dlc-opt %s --fold --split-input-file | FileCheck %s
// Values: tests/Pipeline.

// CHECK-LABEL: func.func @small_constants_are_computed
// CHECK-NEXT: %[[C:.*]] = dlc.constant dense<[4.000000e+00, 6.000000e+00]>
// CHECK-NEXT: return %[[C]]
func.func @small_constants_are_computed() -> tensor<2xf32> {
  %0 = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %1 = dlc.constant dense<[3.0, 4.0]> : tensor<2xf32>
  %2 = dlc.add %0, %1 : tensor<2xf32>
  return %2 : tensor<2xf32>
}

// -----
// A large result of small constants is computed on what varies.
// CHECK-LABEL: func.func @repetition_is_not_stored
// CHECK: %[[C:.*]] = dlc.constant dense<3.000000e+00> : tensor<1000x1000xf32>
// CHECK: dlc.mul %arg0, %[[C]]
func.func @repetition_is_not_stored(%x: tensor<1000x1000xf32>) -> tensor<1000x1000xf32> {
  %0 = dlc.constant dense<1.0> : tensor<1000x1000xf32>
  %1 = dlc.constant dense<2.0> : tensor<1000x1000xf32>
  %2 = dlc.add %0, %1 : tensor<1000x1000xf32>
  %3 = dlc.mul %x, %2 : tensor<1000x1000xf32>
  return %3 : tensor<1000x1000xf32>
}

// -----
// x + 0 is not x where x is -0.
// CHECK-LABEL: func.func @positive_zero_is_not_neutral
// CHECK: dlc.add
func.func @positive_zero_is_not_neutral(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = dlc.constant dense<0.0> : tensor<2xf32>
  %1 = dlc.add %x, %0 : tensor<2xf32>
  return %1 : tensor<2xf32>
}

// -----
// CHECK-LABEL: func.func @neutral_operands_vanish
// CHECK-NEXT: return %arg0, %arg1
func.func @neutral_operands_vanish(%x: tensor<2xf32>, %i: tensor<2xsi32>) -> (tensor<2xf32>, tensor<2xsi32>) {
  %zero = dlc.constant dense<-0.0> : tensor<2xf32>
  %one = dlc.constant dense<1.0> : tensor<2xf32>
  %nought = dlc.constant dense<0> : tensor<2xsi32>
  %0 = dlc.add %x, %zero : tensor<2xf32>
  %1 = dlc.mul %one, %0 : tensor<2xf32>
  %2 = dlc.div %1, %one : tensor<2xf32>
  %3 = dlc.add %nought, %i : tensor<2xsi32>
  return %2, %3 : tensor<2xf32>, tensor<2xsi32>
}

// -----
// The reciprocal of 3 is not exact.
// CHECK-LABEL: func.func @division_by_a_power_of_two_is_a_product
// CHECK-DAG: %[[C:.*]] = dlc.constant dense<1.250000e-01>
// CHECK-DAG: %[[THREE:.*]] = dlc.constant dense<3.000000e+00>
// CHECK: %[[M:.*]] = dlc.mul %arg0, %[[C]]
// CHECK: dlc.div %[[M]], %[[THREE]]
func.func @division_by_a_power_of_two_is_a_product(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = dlc.constant dense<8.0> : tensor<2xf32>
  %1 = dlc.div %x, %0 : tensor<2xf32>
  %2 = dlc.constant dense<3.0> : tensor<2xf32>
  %3 = dlc.div %1, %2 : tensor<2xf32>
  return %3 : tensor<2xf32>
}

// -----
// CHECK-LABEL: dlc.derived_weight @w_1 : tensor<3x2xf32>
// CHECK: dlc.transpose
// CHECK: func.func @transposed_weight_is_derived
// CHECK-NEXT: %[[W:.*]] = dlc.weight @w_1
// CHECK-NEXT: dlc.add %arg0, %[[W]]
dlc.weight_data @w : tensor<2x3xf32> file 0 offset 0 length 24
func.func @transposed_weight_is_derived(%x: tensor<3x2xf32>) -> tensor<3x2xf32> {
  %0 = dlc.weight @w : tensor<2x3xf32>
  %1 = dlc.transpose %0 perm [1, 0] : tensor<2x3xf32>
  %2 = dlc.add %x, %1 : tensor<3x2xf32>
  return %2 : tensor<3x2xf32>
}

// -----
// CHECK-NOT: @dead
// CHECK-LABEL: func.func @equal_ops_are_merged_and_dead_weights_erased
// CHECK-NEXT: %[[E:.*]] = dlc.exp %arg0
// CHECK-NEXT: dlc.mul %[[E]], %[[E]]
dlc.weight_data @dead : tensor<2x3xf32> file 0 offset 0 length 24
func.func @equal_ops_are_merged_and_dead_weights_erased(%x: tensor<2xf32>) -> tensor<2xf32> {
  %0 = dlc.exp %x : tensor<2xf32>
  %1 = dlc.exp %x : tensor<2xf32>
  %2 = dlc.mul %0, %1 : tensor<2xf32>
  return %2 : tensor<2xf32>
}

// -----
// CHECK-LABEL: dlc.derived_weight @w_1 : tensor<6x4x1xf32>
// CHECK: %[[S:.*]] = dlc.broadcast {{.*}} dims [0] : tensor<6xf32> to tensor<6x4x1xf32>
// CHECK: dlc.mul {{.*}}, %[[S]]
// CHECK: func.func @scale_by_channel_moves_into_the_filter
// CHECK: %[[Y:.*]] = dlc.conv %arg0
// CHECK-NEXT: return %[[Y]]
dlc.weight_data @w : tensor<6x4x1xf32> file 0 offset 0 length 96
dlc.weight_data @s : tensor<6xf32> file 0 offset 96 length 24
func.func @scale_by_channel_moves_into_the_filter(%x: tensor<2x4x9xf32>) -> tensor<2x6x9xf32> {
  %w = dlc.weight @w : tensor<6x4x1xf32>
  %s = dlc.weight @s : tensor<6xf32>
  %0 = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x4x9xf32>, tensor<6x4x1xf32>
  %1 = dlc.broadcast %s dims [1] : tensor<6xf32> to tensor<2x6x9xf32>
  %2 = dlc.mul %0, %1 : tensor<2x6x9xf32>
  return %2 : tensor<2x6x9xf32>
}

// -----
// The convolution is read before it is scaled, too.
// CHECK-LABEL: func.func @scale_stays_where_the_convolution_is_read_twice
// CHECK: dlc.mul
dlc.weight_data @w : tensor<6x4x1xf32> file 0 offset 0 length 96
dlc.weight_data @s : tensor<6xf32> file 0 offset 96 length 24
func.func @scale_stays_where_the_convolution_is_read_twice(%x: tensor<2x4x9xf32>)
    -> (tensor<2x6x9xf32>, tensor<2x6x9xf32>) {
  %w = dlc.weight @w : tensor<6x4x1xf32>
  %s = dlc.weight @s : tensor<6xf32>
  %0 = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x4x9xf32>, tensor<6x4x1xf32>
  %1 = dlc.broadcast %s dims [1] : tensor<6xf32> to tensor<2x6x9xf32>
  %2 = dlc.mul %0, %1 : tensor<2x6x9xf32>
  return %0, %2 : tensor<2x6x9xf32>, tensor<2x6x9xf32>
}

// -----
// A scale along the pixels is not one by channel.
// CHECK-LABEL: func.func @scale_by_pixel_stays
// CHECK: dlc.mul
dlc.weight_data @w : tensor<6x4x1xf32> file 0 offset 0 length 96
dlc.weight_data @s : tensor<9xf32> file 0 offset 96 length 36
func.func @scale_by_pixel_stays(%x: tensor<2x4x9xf32>) -> tensor<2x6x9xf32> {
  %w = dlc.weight @w : tensor<6x4x1xf32>
  %s = dlc.weight @s : tensor<9xf32>
  %0 = dlc.conv %x, %w strides [1] lo [0] hi [0] dilation [1] groups 1 : tensor<2x4x9xf32>, tensor<6x4x1xf32>
  %1 = dlc.broadcast %s dims [2] : tensor<9xf32> to tensor<2x6x9xf32>
  %2 = dlc.mul %0, %1 : tensor<2x6x9xf32>
  return %2 : tensor<2x6x9xf32>
}
