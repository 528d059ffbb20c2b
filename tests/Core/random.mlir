// RUN: dlc-opt %s --run
// Words of rng_bits: the known answers of Random123 (kat_vectors), and a Philox in Python.

// philox4x32 10 of Random123
func.func @known_answer_zeros() {
  %k = dlc.constant dense<[0, 0]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 0, 0]> : tensor<4xui32>
  %y = dlc.rng_bits %k, %c : tensor<2xui32>, tensor<4xui32> to tensor<4xui32>
  %want = dlc.constant dense<[1713891541, 3781805453, 3159862348, 2600524760]> : tensor<4xui32>
  check.expect_equal %y, %want : tensor<4xui32>
  return
}

// philox4x32 10 of Random123
func.func @known_answer_ones() {
  %k = dlc.constant dense<[4294967295, 4294967295]> : tensor<2xui32>
  %c = dlc.constant dense<[4294967295, 4294967295, 4294967295, 4294967295]> : tensor<4xui32>
  %y = dlc.rng_bits %k, %c : tensor<2xui32>, tensor<4xui32> to tensor<4xui32>
  %want = dlc.constant dense<[1083123565, 1103641358, 2718681030, 1834242557]> : tensor<4xui32>
  check.expect_equal %y, %want : tensor<4xui32>
  return
}

// philox4x32 10 of Random123
func.func @known_answer_pi() {
  %k = dlc.constant dense<[2752067618, 698298832]> : tensor<2xui32>
  %c = dlc.constant dense<[608135816, 2242054355, 320440878, 57701188]> : tensor<4xui32>
  %y = dlc.rng_bits %k, %c : tensor<2xui32>, tensor<4xui32> to tensor<4xui32>
  %want = dlc.constant dense<[3513581065, 2499661035, 1342301216, 605187745]> : tensor<4xui32>
  check.expect_equal %y, %want : tensor<4xui32>
  return
}

// blocks carry into the second word; any shape, in row-major order
func.func @blocks_carry() {
  %k = dlc.constant dense<[11, 13]> : tensor<2xui32>
  %c = dlc.constant dense<[4294967294, 7, 3, 9]> : tensor<4xui32>
  %y = dlc.rng_bits %k, %c : tensor<2xui32>, tensor<4xui32> to tensor<3x2x12xui32>
  %want = dlc.constant dense<[[[3222818524, 3943748140, 3312559805, 1386462964, 3727894402, 983966614, 122947391, 3597173885, 2722435092, 2663910012, 3640543953, 2029146347], [1020559350, 689293905, 3697172694, 3672745824, 3273374314, 3778545662, 2632855715, 661675071, 3817458251, 3828324271, 2377380450, 2172625464]], [[1518482644, 620361821, 3068773835, 3713890440, 2111180522, 3501995491, 621727339, 2692033161, 3990294138, 3939791058, 3673840501, 2383979902], [3936254032, 3025113828, 2034134068, 271097254, 4084341443, 998362875, 2082977831, 1341771434, 1845541614, 167814921, 2094750690, 4223904773]], [[1361499553, 3513925914, 3295654780, 165491645, 4015739435, 2828446158, 1981009745, 3456579707, 3823483443, 2785546631, 1799674033, 4178554272], [663265012, 1816375181, 1678351161, 1386865548, 1401494148, 955489803, 3225068556, 1584539273, 3958378372, 2761650066, 2064841940, 223848097]]]> : tensor<3x2x12xui32>
  check.expect_equal %y, %want : tensor<3x2x12xui32>
  return
}

// a scalar is the first word
func.func @scalar() {
  %k = dlc.constant dense<[0, 0]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 0, 0]> : tensor<4xui32>
  %y = dlc.rng_bits %k, %c : tensor<2xui32>, tensor<4xui32> to tensor<ui32>
  %want = dlc.constant dense<1713891541> : tensor<ui32>
  check.expect_equal %y, %want : tensor<ui32>
  return
}

// no word
func.func @empty() {
  %k = dlc.constant dense<[0, 0]> : tensor<2xui32>
  %c = dlc.constant dense<[0, 0, 0, 0]> : tensor<4xui32>
  %y = dlc.rng_bits %k, %c : tensor<2xui32>, tensor<4xui32> to tensor<2x0xui32>
  %want = dlc.constant dense<0> : tensor<2x0xui32>
  check.expect_equal %y, %want : tensor<2x0xui32>
  return
}
