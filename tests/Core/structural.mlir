// RUN: dlc-opt %s --run
// RUN: dlc-opt %s --test-permuted --run
// Values of iota, compare, select and convert.

// np.arange along a dimension
func.func @iota() {
  %a = dlc.iota dim 0 : tensor<2x3xsi32>
  %b = dlc.iota dim 1 : tensor<2x3xf32>
  %e = dlc.iota dim 0 : tensor<0xsi64>
  %want0 = dlc.constant dense<[[0, 0, 0], [1, 1, 1]]> : tensor<2x3xsi32>
  check.expect_equal %a, %want0 : tensor<2x3xsi32>
  %want1 = dlc.constant dense<[[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]]> : tensor<2x3xf32>
  check.expect_equal %b, %want1 : tensor<2x3xf32>
  %want2 = dlc.constant dense<> : tensor<0xsi64>
  check.expect_equal %e, %want2 : tensor<0xsi64>
  return
}

// np.equal(a, b), ...: NaN is only unequal
func.func @compare_floats() {
  %a = dlc.constant dense<[1.0, 2.0, 3.0, 0x7FC00000, 0x7FC00000, -0.0]> : tensor<6xf32>
  %b = dlc.constant dense<[2.0, 2.0, 1.0, 1.0, 0x7FC00000, 0.0]> : tensor<6xf32>
  %eq = dlc.compare eq %a, %b : tensor<6xf32>
  %ne = dlc.compare ne %a, %b : tensor<6xf32>
  %lt = dlc.compare lt %a, %b : tensor<6xf32>
  %le = dlc.compare le %a, %b : tensor<6xf32>
  %gt = dlc.compare gt %a, %b : tensor<6xf32>
  %ge = dlc.compare ge %a, %b : tensor<6xf32>
  %want0 = dlc.constant dense<[false, true, false, false, false, true]> : tensor<6xi1>
  check.expect_equal %eq, %want0 : tensor<6xi1>
  %want1 = dlc.constant dense<[true, false, true, true, true, false]> : tensor<6xi1>
  check.expect_equal %ne, %want1 : tensor<6xi1>
  %want2 = dlc.constant dense<[true, false, false, false, false, false]> : tensor<6xi1>
  check.expect_equal %lt, %want2 : tensor<6xi1>
  %want3 = dlc.constant dense<[true, true, false, false, false, true]> : tensor<6xi1>
  check.expect_equal %le, %want3 : tensor<6xi1>
  %want4 = dlc.constant dense<[false, false, true, false, false, false]> : tensor<6xi1>
  check.expect_equal %gt, %want4 : tensor<6xi1>
  %want5 = dlc.constant dense<[false, true, true, false, false, true]> : tensor<6xi1>
  check.expect_equal %ge, %want5 : tensor<6xi1>
  return
}

// np.equal(a, b), ...
func.func @compare_signed() {
  %a = dlc.constant dense<[-128, 5, 5, 127]> : tensor<4xsi8>
  %b = dlc.constant dense<[127, 5, -5, -128]> : tensor<4xsi8>
  %eq = dlc.compare eq %a, %b : tensor<4xsi8>
  %ne = dlc.compare ne %a, %b : tensor<4xsi8>
  %lt = dlc.compare lt %a, %b : tensor<4xsi8>
  %le = dlc.compare le %a, %b : tensor<4xsi8>
  %gt = dlc.compare gt %a, %b : tensor<4xsi8>
  %ge = dlc.compare ge %a, %b : tensor<4xsi8>
  %want0 = dlc.constant dense<[false, true, false, false]> : tensor<4xi1>
  check.expect_equal %eq, %want0 : tensor<4xi1>
  %want1 = dlc.constant dense<[true, false, true, true]> : tensor<4xi1>
  check.expect_equal %ne, %want1 : tensor<4xi1>
  %want2 = dlc.constant dense<[true, false, false, false]> : tensor<4xi1>
  check.expect_equal %lt, %want2 : tensor<4xi1>
  %want3 = dlc.constant dense<[true, true, false, false]> : tensor<4xi1>
  check.expect_equal %le, %want3 : tensor<4xi1>
  %want4 = dlc.constant dense<[false, false, true, true]> : tensor<4xi1>
  check.expect_equal %gt, %want4 : tensor<4xi1>
  %want5 = dlc.constant dense<[false, true, true, true]> : tensor<4xi1>
  check.expect_equal %ge, %want5 : tensor<4xi1>
  return
}

// np.equal(a, b), ...
func.func @compare_unsigned() {
  %a = dlc.constant dense<[128, 5, 5, 255]> : tensor<4xui8>
  %b = dlc.constant dense<[127, 5, 250, 0]> : tensor<4xui8>
  %eq = dlc.compare eq %a, %b : tensor<4xui8>
  %ne = dlc.compare ne %a, %b : tensor<4xui8>
  %lt = dlc.compare lt %a, %b : tensor<4xui8>
  %le = dlc.compare le %a, %b : tensor<4xui8>
  %gt = dlc.compare gt %a, %b : tensor<4xui8>
  %ge = dlc.compare ge %a, %b : tensor<4xui8>
  %want0 = dlc.constant dense<[false, true, false, false]> : tensor<4xi1>
  check.expect_equal %eq, %want0 : tensor<4xi1>
  %want1 = dlc.constant dense<[true, false, true, true]> : tensor<4xi1>
  check.expect_equal %ne, %want1 : tensor<4xi1>
  %want2 = dlc.constant dense<[false, false, true, false]> : tensor<4xi1>
  check.expect_equal %lt, %want2 : tensor<4xi1>
  %want3 = dlc.constant dense<[false, true, true, false]> : tensor<4xi1>
  check.expect_equal %le, %want3 : tensor<4xi1>
  %want4 = dlc.constant dense<[true, false, false, true]> : tensor<4xi1>
  check.expect_equal %gt, %want4 : tensor<4xi1>
  %want5 = dlc.constant dense<[true, true, false, true]> : tensor<4xi1>
  check.expect_equal %ge, %want5 : tensor<4xi1>
  return
}

// false < true
func.func @compare_bools() {
  %a = dlc.constant dense<[true, false, false]> : tensor<3xi1>
  %b = dlc.constant dense<[true, true, false]> : tensor<3xi1>
  %y = dlc.compare lt %a, %b : tensor<3xi1>
  %z = dlc.compare eq %a, %b : tensor<3xi1>
  %want0 = dlc.constant dense<[false, true, false]> : tensor<3xi1>
  check.expect_equal %y, %want0 : tensor<3xi1>
  %want1 = dlc.constant dense<[true, false, true]> : tensor<3xi1>
  check.expect_equal %z, %want1 : tensor<3xi1>
  return
}

// np.where(c, a, b); what is not chosen does not matter
func.func @select() {
  %c = dlc.constant dense<[true, false, true]> : tensor<3xi1>
  %a = dlc.constant dense<[1.0, 0x7FC00000, 3.0]> : tensor<3xf32>
  %b = dlc.constant dense<[0x7F800000, 5.0, 0x7FC00000]> : tensor<3xf32>
  %y = dlc.select %c, %a, %b : tensor<3xi1>, tensor<3xf32>
  %want = dlc.constant dense<[1.0, 5.0, 3.0]> : tensor<3xf32>
  check.expect_equal %y, %want : tensor<3xf32>
  return
}

// toward zero, within [-128, 127], NaN gives 0
func.func @floats_to_signed_truncate_and_saturate() {
  %x = dlc.constant dense<[1.9, -1.9, 300.0, -300.0, 0x7FC00000, 0x7F800000, 0xFF800000, 255.5]> : tensor<8xf32>
  %y = dlc.convert %x : tensor<8xf32> to tensor<8xsi8>
  %want = dlc.constant dense<[1, -1, 127, -128, 0, 127, -128, 127]> : tensor<8xsi8>
  check.expect_equal %y, %want : tensor<8xsi8>
  return
}

// toward zero, within [0, 255], NaN gives 0
func.func @floats_to_unsigned_truncate_and_saturate() {
  %x = dlc.constant dense<[1.9, -1.9, 300.0, -300.0, 0x7FC00000, 0x7F800000, 0xFF800000, 255.5]> : tensor<8xf32>
  %y = dlc.convert %x : tensor<8xf32> to tensor<8xui8>
  %want = dlc.constant dense<[1, 0, 255, 0, 0, 255, 0, 255]> : tensor<8xui8>
  check.expect_equal %y, %want : tensor<8xui8>
  return
}

// x != 0
func.func @floats_to_bool() {
  %x = dlc.constant dense<[0.0, -0.0, 0.25, 0x7FC00000]> : tensor<4xf32>
  %y = dlc.convert %x : tensor<4xf32> to tensor<4xi1>
  %want = dlc.constant dense<[false, false, true, true]> : tensor<4xi1>
  check.expect_equal %y, %want : tensor<4xi1>
  return
}

// 1 or 0
func.func @bool_to_floats() {
  %x = dlc.constant dense<[true, false]> : tensor<2xi1>
  %y = dlc.convert %x : tensor<2xi1> to tensor<2xf32>
  %want = dlc.constant dense<[1.0, 0.0]> : tensor<2xf32>
  check.expect_equal %y, %want : tensor<2xf32>
  return
}

// 1 or 0
func.func @bool_to_integers() {
  %x = dlc.constant dense<[true, false]> : tensor<2xi1>
  %y = dlc.convert %x : tensor<2xi1> to tensor<2xsi8>
  %want = dlc.constant dense<[1, 0]> : tensor<2xsi8>
  check.expect_equal %y, %want : tensor<2xsi8>
  return
}

// x.astype(np.int8)
func.func @wide_integers_wrap() {
  %x = dlc.constant dense<[300, -129, 127]> : tensor<3xsi32>
  %y = dlc.convert %x : tensor<3xsi32> to tensor<3xsi8>
  %want = dlc.constant dense<[44, 127, 127]> : tensor<3xsi8>
  check.expect_equal %y, %want : tensor<3xsi8>
  return
}

// x.astype(np.int64)
func.func @signed_to_wider() {
  %x = dlc.constant dense<[-1, 127]> : tensor<2xsi8>
  %y = dlc.convert %x : tensor<2xsi8> to tensor<2xsi64>
  %want = dlc.constant dense<[-1, 127]> : tensor<2xsi64>
  check.expect_equal %y, %want : tensor<2xsi64>
  return
}

// x.astype(np.int64)
func.func @unsigned_to_wider() {
  %x = dlc.constant dense<[255, 1]> : tensor<2xui8>
  %y = dlc.convert %x : tensor<2xui8> to tensor<2xsi64>
  %want = dlc.constant dense<[255, 1]> : tensor<2xsi64>
  check.expect_equal %y, %want : tensor<2xsi64>
  return
}

// x.astype(np.float32)
func.func @unsigned_to_floats() {
  %x = dlc.constant dense<[4294967295, 1]> : tensor<2xui32>
  %y = dlc.convert %x : tensor<2xui32> to tensor<2xf32>
  %want = dlc.constant dense<[4.294967296e+09, 1.0]> : tensor<2xf32>
  check.expect_equal %y, %want : tensor<2xf32>
  return
}

// x.astype(np.float16): to nearest even, past 65519 infinite
func.func @to_halves() {
  %x = dlc.constant dense<[0.3333333333333333, 65520.0, 2049.0, 1.0e-08, 0.1]> : tensor<5xf64>
  %y = dlc.convert %x : tensor<5xf64> to tensor<5xf16>
  %want = dlc.constant dense<[0.333251953125, 0x7C00, 2048.0, 0.0, 0.0999755859375]> : tensor<5xf16>
  check.expect_equal %y, %want : tensor<5xf16>
  return
}

// x.astype(np.float32)
func.func @to_single() {
  %x = dlc.constant dense<[0.3333333333333333, 1.0e+300, 0.1]> : tensor<3xf64>
  %y = dlc.convert %x : tensor<3xf64> to tensor<3xf32>
  %want = dlc.constant dense<[0.33333334, 0x7F800000, 0.1]> : tensor<3xf32>
  check.expect_equal %y, %want : tensor<3xf32>
  return
}

// 257 lies between 256 and 258, 259 between 258 and 260: to even
func.func @to_bfloats() {
  %x = dlc.constant dense<[257.0, 259.0, 1.0]> : tensor<3xf32>
  %y = dlc.convert %x : tensor<3xf32> to tensor<3xbf16>
  %want = dlc.constant dense<[256.0, 260.0, 1.0]> : tensor<3xbf16>
  check.expect_equal %y, %want : tensor<3xbf16>
  return
}

// x.view('i4')
func.func @bitcast_f32_to_si32() {
  %x = dlc.constant dense<[0.0, -0.0, 1.0, -2.5, 0x7F800000, 0xFF800000, 1.401298464324817e-45, 3.3999999521443642e+38]> : tensor<8xf32>
  %y = dlc.bitcast %x : tensor<8xf32> to tensor<8xsi32>
  %want = dlc.constant dense<[0, -2147483648, 1065353216, -1071644672, 2139095040, -8388608, 1, 2139081118]> : tensor<8xsi32>
  check.expect_equal %y, %want : tensor<8xsi32>
  %z = dlc.bitcast %y : tensor<8xsi32> to tensor<8xf32>
  check.expect_equal %z, %x : tensor<8xf32>
  return
}

// x.view('u8')
func.func @bitcast_f64_to_ui64() {
  %x = dlc.constant dense<[0.0, -0.0, 1.0, -2.5, 0x7FF0000000000000, 5.0e-324]> : tensor<6xf64>
  %y = dlc.bitcast %x : tensor<6xf64> to tensor<6xui64>
  %want = dlc.constant dense<[0, 9223372036854775808, 4607182418800017408, 13836183955189006336, 9218868437227405312, 1]> : tensor<6xui64>
  check.expect_equal %y, %want : tensor<6xui64>
  %z = dlc.bitcast %y : tensor<6xui64> to tensor<6xf64>
  check.expect_equal %z, %x : tensor<6xf64>
  return
}

// x.view('u2'); the same bits as bf16 and back
func.func @bitcast_f16() {
  %x = dlc.constant dense<[0.0, -0.0, 1.0, -2.5, 0x7C00, 5.960464477539063e-08]> : tensor<6xf16>
  %y = dlc.bitcast %x : tensor<6xf16> to tensor<6xui16>
  %want = dlc.constant dense<[0, 32768, 15360, 49408, 31744, 1]> : tensor<6xui16>
  check.expect_equal %y, %want : tensor<6xui16>
  %b = dlc.bitcast %x : tensor<6xf16> to tensor<6xbf16>
  %z = dlc.bitcast %b : tensor<6xbf16> to tensor<6xf16>
  check.expect_equal %z, %x : tensor<6xf16>
  return
}

// modulo 256
func.func @bitcast_changes_the_sign() {
  %x = dlc.constant dense<[-128, -1, 0, 127]> : tensor<4xsi8>
  %y = dlc.bitcast %x : tensor<4xsi8> to tensor<4xui8>
  %want = dlc.constant dense<[128, 255, 0, 127]> : tensor<4xui8>
  check.expect_equal %y, %want : tensor<4xui8>
  return
}

// 1.0
func.func @bitcast_of_a_scalar() {
  %x = dlc.constant dense<1065353216> : tensor<ui32>
  %y = dlc.bitcast %x : tensor<ui32> to tensor<f32>
  %want = dlc.constant dense<1.0> : tensor<f32>
  check.expect_equal %y, %want : tensor<f32>
  return
}
