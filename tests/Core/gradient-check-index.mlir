// RUN: dlc-opt %s --check-gradients
// Derivatives of what reads and writes by index, sorts, sums and slides, against finite differences in f64.

func.func @take(%x: tensor<3x4xf64>) -> tensor<3x5xf64> attributes {check.second} {
  %i = dlc.constant dense<[0, 3, 3, 1, 0]> : tensor<5xsi64>
  %y = dlc.take %x, %i axis 1 : tensor<3x4xf64>, tensor<5xsi64>
  return %y : tensor<3x5xf64>
}

func.func @take_along(%x: tensor<2x3xf64>) -> tensor<2x4xf64> attributes {check.second} {
  %i = dlc.constant dense<[[0, 2, 2, 1], [1, 1, 1, 0]]> : tensor<2x4xsi64>
  %y = dlc.take_along %x, %i axis 1 : tensor<2x3xf64>, tensor<2x4xsi64>
  return %y : tensor<2x4xf64>
}

func.func @gather_nd(%x: tensor<2x3x2xf64>) -> tensor<2x2x2xf64> attributes {check.second} {
  %i = dlc.constant dense<[[[0], [2]], [[1], [1]]]> : tensor<2x2x1xsi64>
  %y = dlc.gather_nd %x, %i batch 1 : tensor<2x3x2xf64>, tensor<2x2x1xsi64>
  return %y : tensor<2x2x2xf64>
}

func.func @put_set(%x: tensor<4x2xf64>, %u: tensor<2x2xf64>) -> tensor<4x2xf64> {
  %i = dlc.constant dense<[3, 0]> : tensor<2xsi64>
  %y = dlc.put set %x, %i, %u axis 0 : tensor<4x2xf64>, tensor<2xsi64>, tensor<2x2xf64>
  return %y : tensor<4x2xf64>
}

func.func @put_add(%x: tensor<4x2xf64>, %u: tensor<3x2xf64>) -> tensor<4x2xf64> attributes {check.second} {
  %i = dlc.constant dense<[3, 0, 3]> : tensor<3xsi64>
  %y = dlc.put add %x, %i, %u axis 0 : tensor<4x2xf64>, tensor<3xsi64>, tensor<3x2xf64>
  return %y : tensor<4x2xf64>
}

func.func @put_mul(%x: tensor<4x2xf64>, %u: tensor<2x2xf64>) -> tensor<4x2xf64> attributes {check.second} {
  %i = dlc.constant dense<[3, 1]> : tensor<2xsi64>
  %y = dlc.put mul %x, %i, %u axis 0 : tensor<4x2xf64>, tensor<2xsi64>, tensor<2x2xf64>
  return %y : tensor<4x2xf64>
}

func.func @put_max(%x: tensor<3xf64>, %u: tensor<4xf64>) -> tensor<3xf64> {
  %i = dlc.constant dense<[0, 2, 0, 1]> : tensor<4xsi64>
  %y = dlc.put max %x, %i, %u axis 0 : tensor<3xf64>, tensor<4xsi64>, tensor<4xf64>
  return %y : tensor<3xf64>
}

func.func @put_along_min(%x: tensor<2x3xf64>, %u: tensor<2x4xf64>) -> tensor<2x3xf64> {
  %i = dlc.constant dense<[[0, 2, 2, 1], [1, 1, 1, 0]]> : tensor<2x4xsi64>
  %y = dlc.put_along min %x, %i, %u axis 1 : tensor<2x3xf64>, tensor<2x4xsi64>, tensor<2x4xf64>
  return %y : tensor<2x3xf64>
}

func.func @put_along_add(%x: tensor<2x3xf64>, %u: tensor<2x4xf64>) -> tensor<2x3xf64> attributes {check.second} {
  %i = dlc.constant dense<[[0, 2, 2, 1], [1, 1, 1, 0]]> : tensor<2x4xsi64>
  %y = dlc.put_along add %x, %i, %u axis 1 : tensor<2x3xf64>, tensor<2x4xsi64>, tensor<2x4xf64>
  return %y : tensor<2x3xf64>
}

func.func @scatter_nd_add(%x: tensor<2x3x2xf64>, %u: tensor<2x2x2xf64>) -> tensor<2x3x2xf64> {
  %i = dlc.constant dense<[[[0], [2]], [[1], [1]]]> : tensor<2x2x1xsi64>
  %y = dlc.scatter_nd add %x, %i, %u batch 1 : tensor<2x3x2xf64>, tensor<2x2x1xsi64>, tensor<2x2x2xf64>
  return %y : tensor<2x3x2xf64>
}

func.func @dynamic_slice(%x: tensor<4x5xf64>) -> tensor<4x2xf64> attributes {check.second} {
  %s = dlc.constant dense<2> : tensor<1xsi64>
  %y = dlc.dynamic_slice %x, %s dims [1] sizes [2] : tensor<4x5xf64>, tensor<1xsi64>
  return %y : tensor<4x2xf64>
}

func.func @dynamic_update_slice(%x: tensor<4x5xf64>, %u: tensor<4x2xf64>) -> tensor<4x5xf64> {
  %s = dlc.constant dense<2> : tensor<1xsi64>
  %y = dlc.dynamic_update_slice %x, %s, %u dims [1] : tensor<4x5xf64>, tensor<1xsi64>, tensor<4x2xf64>
  return %y : tensor<4x5xf64>
}

func.func @sort(%x: tensor<3x5xf64>, %p: tensor<3x5xf64>) -> (tensor<3x5xf64>, tensor<3x5xf64>) {
  %y, %q = dlc.sort %x, %p dim 1 : tensor<3x5xf64>, tensor<3x5xf64>
  return %y, %q : tensor<3x5xf64>, tensor<3x5xf64>
}

func.func @sort_the_best(%x: tensor<5x3xf64>) -> tensor<2x3xf64> {
  %y = dlc.sort %x dim 0 descending limit 2 : tensor<5x3xf64>
  return %y : tensor<2x3xf64>
}

func.func @cumulative_sum(%x: tensor<3x4xf64>) -> tensor<3x4xf64> attributes {check.second} {
  %y = dlc.cumulative sum %x dim 1 exclusive reverse : tensor<3x4xf64>
  return %y : tensor<3x4xf64>
}

func.func @cumulative_product(%x: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %y = dlc.cumulative prod %x dim 1 : tensor<3x4xf64>
  return %y : tensor<3x4xf64>
}

func.func @cumulative_product_reverse(%x: tensor<4x3xf64>) -> tensor<4x3xf64> {
  %y = dlc.cumulative prod %x dim 0 exclusive reverse : tensor<4x3xf64>
  return %y : tensor<4x3xf64>
}

func.func @cumulative_maximum(%x: tensor<3x6xf64>) -> tensor<3x6xf64> {
  %y = dlc.cumulative max %x dim 1 : tensor<3x6xf64>
  return %y : tensor<3x6xf64>
}

func.func @cumulative_minimum_reverse(%x: tensor<6x3xf64>) -> tensor<6x3xf64> {
  %y = dlc.cumulative min %x dim 0 reverse : tensor<6x3xf64>
  return %y : tensor<6x3xf64>
}

func.func @window_sum(%x: tensor<2x7xf64>) -> tensor<2x4xf64> attributes {check.second} {
  %y = dlc.window_sum %x dims [1] window [3] strides [2] lo [1] hi [1] dilation [1] : tensor<2x7xf64>
  return %y : tensor<2x4xf64>
}

func.func @window_sum_adj(%g: tensor<2x4xf64>) -> tensor<2x7xf64> attributes {check.second} {
  %y = dlc.window_sum_adj %g dims [1] extents [7] window [3] strides [2] lo [1] hi [1] dilation [1] : tensor<2x4xf64>
  return %y : tensor<2x7xf64>
}

func.func @window_max(%x: tensor<2x5x6xf64>) -> tensor<2x3x5xf64> attributes {check.second} {
  %y, %p = dlc.window_max %x dims [1, 2] window [3, 2] strides [2, 1] lo [1, 0] hi [1, 0] dilation [1, 1] : tensor<2x5x6xf64>
  return %y : tensor<2x3x5xf64>
}
