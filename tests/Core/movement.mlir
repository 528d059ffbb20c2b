// RUN: dlc-opt %s --run
// RUN: dlc-opt %s --test-permuted --run
// Values of the ops that move elements, against NumPy.

// np.broadcast_to(x, (2, 2, 3))
func.func @broadcast_new_dimension() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.broadcast %x dims [1, 2] : tensor<2x3xf32> to tensor<2x2x3xf32>
  %want = dlc.constant dense<[[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]]> : tensor<2x2x3xf32>
  check.expect_equal %y, %want : tensor<2x2x3xf32>
  return
}

// np.broadcast_to(x, (2, 3))
func.func @broadcast_one_to_many() {
  %x = dlc.constant dense<[[0.0], [3.0]]> : tensor<2x1xf32>
  %y = dlc.broadcast %x dims [0, 1] : tensor<2x1xf32> to tensor<2x3xf32>
  %want = dlc.constant dense<[[0.0, 0.0, 0.0], [3.0, 3.0, 3.0]]> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.full((2, 2), 7)
func.func @broadcast_scalar() {
  %x = dlc.constant dense<7.0> : tensor<f32>
  %y = dlc.broadcast %x dims [] : tensor<f32> to tensor<2x2xf32>
  %want = dlc.constant dense<7.0> : tensor<2x2xf32>
  check.expect_equal %y, %want : tensor<2x2xf32>
  return
}

// x.reshape(3, 2)
func.func @reshape() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.reshape %x : tensor<2x3xf32> to tensor<3x2xf32>
  %want = dlc.constant dense<[[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]> : tensor<3x2xf32>
  check.expect_equal %y, %want : tensor<3x2xf32>
  return
}

// x.reshape(1, 2, 1, 3, 1, 1)
func.func @reshape_to_rank_six() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.reshape %x : tensor<2x3xf32> to tensor<1x2x1x3x1x1xf32>
  %want = dlc.constant dense<[[[[[[0.0]], [[1.0]], [[2.0]]]], [[[[3.0]], [[4.0]], [[5.0]]]]]]> : tensor<1x2x1x3x1x1xf32>
  check.expect_equal %y, %want : tensor<1x2x1x3x1x1xf32>
  return
}

// np.reshape(x, (1, 1))
func.func @reshape_scalar() {
  %x = dlc.constant dense<7.0> : tensor<f32>
  %y = dlc.reshape %x : tensor<f32> to tensor<1x1xf32>
  %want = dlc.constant dense<[[7.0]]> : tensor<1x1xf32>
  check.expect_equal %y, %want : tensor<1x1xf32>
  return
}

// np.zeros((0, 3)).reshape(5, 0)
func.func @reshape_of_nothing() {
  %x = dlc.constant dense<> : tensor<0x3xf32>
  %y = dlc.reshape %x : tensor<0x3xf32> to tensor<5x0xf32>
  %want = dlc.constant dense<> : tensor<5x0xf32>
  check.expect_equal %y, %want : tensor<5x0xf32>
  return
}

// x.transpose(2, 0, 1)
func.func @transpose() {
  %x = dlc.constant dense<[[[0.0, 1.0, 2.0, 3.0], [4.0, 5.0, 6.0, 7.0], [8.0, 9.0, 10.0, 11.0]], [[12.0, 13.0, 14.0, 15.0], [16.0, 17.0, 18.0, 19.0], [20.0, 21.0, 22.0, 23.0]]]> : tensor<2x3x4xf32>
  %y = dlc.transpose %x perm [2, 0, 1] : tensor<2x3x4xf32>
  %want = dlc.constant dense<[[[0.0, 4.0, 8.0], [12.0, 16.0, 20.0]], [[1.0, 5.0, 9.0], [13.0, 17.0, 21.0]], [[2.0, 6.0, 10.0], [14.0, 18.0, 22.0]], [[3.0, 7.0, 11.0], [15.0, 19.0, 23.0]]]> : tensor<4x2x3xf32>
  check.expect_equal %y, %want : tensor<4x2x3xf32>
  return
}

// x[:, ::-1]
func.func @reverse() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.reverse %x dims [1] : tensor<2x3xf32>
  %want = dlc.constant dense<[[2.0, 1.0, 0.0], [5.0, 4.0, 3.0]]> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// x[:, 0:3:2]
func.func @slice() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.slice %x lo [0, 0] hi [2, 3] stride [1, 2] : tensor<2x3xf32>
  %want = dlc.constant dense<[[0.0, 2.0], [3.0, 5.0]]> : tensor<2x2xf32>
  check.expect_equal %y, %want : tensor<2x2xf32>
  return
}

// x[1:1]
func.func @slice_of_nothing() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.slice %x lo [1, 0] hi [1, 3] stride [1, 1] : tensor<2x3xf32>
  %want = dlc.constant dense<> : tensor<0x3xf32>
  check.expect_equal %y, %want : tensor<0x3xf32>
  return
}

// p = np.full((4, 6), -1); p[1:3, 0:5:2] = x
func.func @pad_with_interior() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.pad %x lo [1, 0] hi [1, 1] interior [0, 1] value -1.0 : f32 : tensor<2x3xf32>
  %want = dlc.constant dense<[[-1.0, -1.0, -1.0, -1.0, -1.0, -1.0], [0.0, -1.0, 1.0, -1.0, 2.0, -1.0], [3.0, -1.0, 4.0, -1.0, 5.0, -1.0], [-1.0, -1.0, -1.0, -1.0, -1.0, -1.0]]> : tensor<4x6xf32>
  check.expect_equal %y, %want : tensor<4x6xf32>
  return
}

// x[:, 1:] and a row of 9 below
func.func @pad_crops() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %y = dlc.pad %x lo [0, -1] hi [1, 0] interior [0, 0] value 9.0 : f32 : tensor<2x3xf32>
  %want = dlc.constant dense<[[1.0, 2.0], [4.0, 5.0], [9.0, 9.0]]> : tensor<3x2xf32>
  check.expect_equal %y, %want : tensor<3x2xf32>
  return
}

// a 7 on each side
func.func @pad_integers() {
  %x = dlc.constant dense<[1, -1]> : tensor<2xsi8>
  %y = dlc.pad %x lo [1] hi [1] interior [0] value 7 : si8 : tensor<2xsi8>
  %want = dlc.constant dense<[7, 1, -1, 7]> : tensor<4xsi8>
  check.expect_equal %y, %want : tensor<4xsi8>
  return
}

// np.concatenate([x, z, x], axis=1)
func.func @concat() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %z = dlc.constant dense<[[8.0], [9.0]]> : tensor<2x1xf32>
  %y = dlc.concat %x, %z, %x dim 1 : tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x3xf32>
  %want = dlc.constant dense<[[0.0, 1.0, 2.0, 8.0, 0.0, 1.0, 2.0], [3.0, 4.0, 5.0, 9.0, 3.0, 4.0, 5.0]]> : tensor<2x7xf32>
  check.expect_equal %y, %want : tensor<2x7xf32>
  return
}

// np.concatenate([x, np.zeros((0, 3))])
func.func @concat_with_nothing() {
  %x = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  %z = dlc.constant dense<> : tensor<0x3xf32>
  %y = dlc.concat %x, %z dim 0 : tensor<2x3xf32>, tensor<0x3xf32>
  %want = dlc.constant dense<[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]> : tensor<2x3xf32>
  check.expect_equal %y, %want : tensor<2x3xf32>
  return
}

// np.concatenate([x, x])
func.func @concat_of_bools() {
  %x = dlc.constant dense<[true, false]> : tensor<2xi1>
  %y = dlc.concat %x, %x dim 0 : tensor<2xi1>, tensor<2xi1>
  %want = dlc.constant dense<[true, false, true, false]> : tensor<4xi1>
  check.expect_equal %y, %want : tensor<4xi1>
  return
}
