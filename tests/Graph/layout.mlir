// RUN: dlc-opt %s --layout --split-input-file | FileCheck %s
// Values: tests/Pipeline.

// Two convolutions need one transpose in and one out.
// CHECK-LABEL: func.func @transposes_between_convolutions_cancel
// CHECK-COUNT-1: dlc.transpose %arg0 perm [0, 2, 3, 1]
// CHECK-NOT: dlc.transpose
// CHECK: dlc.conv {{.*}} channels_last
// CHECK-NEXT: dlc.relu
// CHECK-NEXT: %[[Y:.*]] = dlc.conv {{.*}} channels_last
// CHECK-NEXT: dlc.transpose %[[Y]] perm [0, 3, 1, 2]
// CHECK-NEXT: return
func.func @transposes_between_convolutions_cancel(%x: tensor<1x4x8x8xf32>, %w: tensor<4x4x3x3xf32>)
    -> tensor<1x4x4x4xf32> {
  %0 = dlc.conv %x, %w strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1
      : tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>
  %1 = dlc.relu %0 : tensor<1x4x6x6xf32>
  %2 = dlc.conv %1, %w strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1
      : tensor<1x4x6x6xf32>, tensor<4x4x3x3xf32>
  return %2 : tensor<1x4x4x4xf32>
}

// -----
// A mean over the pixels keeps nothing of the transpose.
// CHECK-LABEL: func.func @reduction_absorbs_the_transpose
// CHECK: dlc.conv
// CHECK-NEXT: %[[R:.*]] = dlc.reduce sum %{{.*}} dims [1, 2] : tensor<1x6x6x4xf32>
// CHECK-NEXT: return %[[R]]
func.func @reduction_absorbs_the_transpose(%x: tensor<1x4x8x8xf32>, %w: tensor<4x4x3x3xf32>) -> tensor<1x4xf32> {
  %0 = dlc.conv %x, %w strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1
      : tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>
  %1 = dlc.reduce sum %0 dims [2, 3] : tensor<1x4x6x6xf32>
  return %1 : tensor<1x4xf32>
}

// -----
// CHECK-LABEL: func.func @window_after_a_convolution_is_channels_last
// CHECK: dlc.window_max {{.*}} dims [1, 2]
func.func @window_after_a_convolution_is_channels_last(%x: tensor<1x4x8x8xf32>, %w: tensor<4x4x3x3xf32>)
    -> tensor<1x4x3x3xf32> {
  %0 = dlc.conv %x, %w strides [1, 1] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1
      : tensor<1x4x8x8xf32>, tensor<4x4x3x3xf32>
  %1, %place = dlc.window_max %0 dims [2, 3] window [2, 2] strides [2, 2] lo [0, 0] hi [0, 0] dilation [1, 1]
      : tensor<1x4x6x6xf32>
  return %1 : tensor<1x4x3x3xf32>
}

// -----
// CHECK-LABEL: func.func @dot_absorbs_transposes
// CHECK-NEXT: dlc.dot %arg0, %arg0 batch [0, 2] x [0, 2] contract [3] x [3]
// CHECK-NEXT: return
func.func @dot_absorbs_transposes(%x: tensor<2x5x3x4xf32>) -> tensor<2x3x5x5xf32> {
  %0 = dlc.transpose %x perm [0, 2, 1, 3] : tensor<2x5x3x4xf32>
  %1 = dlc.transpose %x perm [0, 2, 3, 1] : tensor<2x5x3x4xf32>
  %2 = dlc.dot %0, %1 batch [0, 1] x [0, 1] contract [3] x [2] : tensor<2x3x5x4xf32>, tensor<2x3x4x5xf32>
  return %2 : tensor<2x3x5x5xf32>
}

// -----
// CHECK-LABEL: func.func @transposed_convolution_with_stride_is_interleaved
// CHECK: dlc.conv {{.*}} strides [1] {{.*}} tensor<1x8x6xf32>, tensor<6x6x2xf32>
// CHECK: dlc.slice
// CHECK-NOT: dlc.conv_bwd_data
func.func @transposed_convolution_with_stride_is_interleaved(%x: tensor<1x6x8xf32>, %w: tensor<6x3x4xf32>)
    -> tensor<1x3x16xf32> {
  %0 = dlc.conv_bwd_data %x, %w spatial [16] strides [2] lo [1] hi [1] dilation [1] groups 1
      : tensor<1x6x8xf32>, tensor<6x3x4xf32>
  return %0 : tensor<1x3x16xf32>
}

// -----
// What exporters write after a patch convolution: with channels last it is no more than a reshape.
// CHECK-LABEL: func.func @pixels_as_rows_cost_nothing
// CHECK: %[[Y:.*]] = dlc.conv {{.*}} channels_last
// CHECK-NEXT: %[[R:.*]] = dlc.reshape %[[Y]] : tensor<1x4x4x6xf32> to tensor<1x16x6xf32>
// CHECK-NEXT: return %[[R]]
func.func @pixels_as_rows_cost_nothing(%x: tensor<1x3x8x8xf32>, %w: tensor<6x3x2x2xf32>) -> tensor<1x16x6xf32> {
  %0 = dlc.conv %x, %w strides [2, 2] lo [0, 0] hi [0, 0] dilation [1, 1] groups 1
      : tensor<1x3x8x8xf32>, tensor<6x3x2x2xf32>
  %1 = dlc.reshape %0 : tensor<1x6x4x4xf32> to tensor<1x6x16xf32>
  %2 = dlc.transpose %1 perm [0, 2, 1] : tensor<1x6x16xf32>
  return %2 : tensor<1x16x6xf32>
}
