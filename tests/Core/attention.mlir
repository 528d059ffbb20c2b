// RUN: dlc-opt %s --run
// Values of attention against NumPy, and of blocks of rows against the core ops without blocks.

// np.einsum of softmax(q k^T / 2) and v
func.func @plain() {
  %q = dlc.constant dense<[[[[-0.3, 2.57, -1.93, 0.82], [0.87, -1.31, -0.17, 2.82], [-0.95, 1.27, 2.04, -0.84]], [[2.94, 0.76, 0.01, 1.29], [-0.46, 1.27, -1.35, 2.56], [0.25, -1.55, -0.38, 2.37]]]]> : tensor<1x2x3x4xf64>
  %k = dlc.constant dense<[[[[1.84, -0.09, -0.89, -0.74], [2.89, -2.33, 2.33, 2.15], [-1.65, -0.9, 0.42, 1.81], [2.7, 2.95, -1.31, -1.85], [-0.07, 0.35, 0.94, -2.35]], [[0.88, 2.53, 2.49, 2.66], [2.53, 2.76, -2.71, 2.5], [-1.37, -1.08, -0.25, 2.73], [0.63, -0.88, -0.76, 2.43], [1.93, -2.17, -1.51, -0.77]]]]> : tensor<1x2x5x4xf64>
  %v = dlc.constant dense<[[[[-1.7, 0.38, -1.66], [0.45, 2.62, 2.09], [-2.4, -1.76, -0.52], [0.88, -0.68, -1.49], [-0.93, -1.78, 2.17]], [[1.18, -0.53, 1.2], [0.12, 0.16, -0.8], [-0.07, 2.91, 1.71], [1.97, -2.25, 0.03], [-0.8, -2.47, -0.63]]]]> : tensor<1x2x5x3xf64>
  %y = dlc.attention %q, %k, %v scale 0.5 : tensor<1x2x3x4xf64>, tensor<1x2x5x4xf64>, tensor<1x2x5x3xf64>
  %want = dlc.constant dense<[[[[0.7753322337405215, -0.6721905983927079, -1.465085839845076], [0.3349770101083152, 2.4458180376895946, 1.9786788589009539], [-0.864858041234743, -1.541052003390473, 1.5559743810744904]], [[0.22563499496951436, 0.05483498507979796, -0.6205057389144163], [0.21485088701479324, 0.18340345626475535, -0.5708005130238978], [0.7799722197131495, 0.3961532789529621, 0.8055638139572385]]]]> : tensor<1x2x3x3xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1x2x3x3xf64>
  return
}

// the same, computed in f32
func.func @plain_f32() {
  %q = dlc.constant dense<[[[[-2.549999952316284, -1.600000023841858, 1.7899999618530273, 1.1200000047683716], [1.190000057220459, -2.5199999809265137, -2.0199999809265137, -2.869999885559082]]]]> : tensor<1x1x2x4xf32>
  %k = dlc.constant dense<[[[[-2.4100000858306885, -2.390000104904175, 2.759999990463257, 2.359999895095825], [-1.7699999809265137, -1.4800000190734863, 2.7699999809265137, 0.41999998688697815], [-0.7900000214576721, -0.20000000298023224, -1.3700000047683716, 0.5]]]]> : tensor<1x1x3x4xf32>
  %v = dlc.constant dense<[[[[1.350000023841858, 0.09000000357627869], [1.9199999570846558, -2.319999933242798], [0.6200000047683716, 2.940000057220459]]]]> : tensor<1x1x3x2xf32>
  %y = dlc.attention %q, %k, %v scale 0.5 : tensor<1x1x2x4xf32>, tensor<1x1x3x4xf32>, tensor<1x1x3x2xf32>
  %want = dlc.constant dense<[[[[1.3884913921356201, -0.07278654724359512], [0.6836187243461609, 2.683222532272339]]]]> : tensor<1x1x2x2xf32>
  check.expect_close %y, %want {rtol = 1.0e-6, atol = 1.0e-6} : tensor<1x1x2x2xf32>
  return
}

// the same, computed in f32
func.func @plain_f16() {
  %q = dlc.constant dense<[[[[-2.109375, -0.029998779296875, 0.77978515625, -0.97021484375], [2.7890625, -0.09002685546875, -0.1300048828125, 2.419921875]]]]> : tensor<1x1x2x4xf16>
  %k = dlc.constant dense<[[[[-2.900390625, 2.2109375, -2.23046875, -0.72021484375], [-0.07000732421875, -0.1400146484375, -2.759765625, -1.099609375], [-0.85986328125, 2.740234375, 2.5, 0.509765625]]]]> : tensor<1x1x3x4xf16>
  %v = dlc.constant dense<[[[[2.599609375, 2.1796875], [-0.75, -2.30078125], [0.64013671875, -1.0595703125]]]]> : tensor<1x1x3x2xf16>
  %y = dlc.attention %q, %k, %v scale 0.5 : tensor<1x1x2x4xf16>, tensor<1x1x3x4xf16>, tensor<1x1x3x2xf16>
  %want = dlc.constant dense<[[[[1.9404296875, 1.1259765625], [0.1007080078125, -1.525390625]]]]> : tensor<1x1x2x2xf16>
  check.expect_close %y, %want {rtol = 1.0e-3, atol = 1.0e-4} : tensor<1x1x2x2xf16>
  return
}

// the same, computed in f32
func.func @plain_bf16() {
  %q = dlc.constant dense<[[[[-2.9375, 2.890625, 2.8125, 0.2197265625], [0.7109375, 1.0078125, 2.5625, -0.1904296875]]]]> : tensor<1x1x2x4xbf16>
  %k = dlc.constant dense<[[[[0.5, -1.640625, -1.546875, 0.1298828125], [-1.6171875, -2.8125, -0.7890625, 1.5], [-1.34375, 2.1875, 1.21875, 0.921875]]]]> : tensor<1x1x3x4xbf16>
  %v = dlc.constant dense<[[[[2.34375, -2.5625], [-1.9296875, 2.453125], [2.4375, -2.53125]]]]> : tensor<1x1x3x2xbf16>
  %y = dlc.attention %q, %k, %v scale 0.5 : tensor<1x1x2x4xbf16>, tensor<1x1x3x4xbf16>, tensor<1x1x3x2xbf16>
  %want = dlc.constant dense<[[[[2.4375, -2.53125], [2.40625, -2.5]]]]> : tensor<1x1x2x2xbf16>
  check.expect_close %y, %want {rtol = 8.0e-3, atol = 1.0e-3} : tensor<1x1x2x2xbf16>
  return
}

// two query heads a key
func.func @grouped_heads() {
  %q = dlc.constant dense<[[[[1.65, -2.91, -2.19], [-2.34, -1.24, -0.67]], [[2.47, -0.38, -2.26], [-1.37, -2.96, -2.83]], [[-0.41, 0.07, -1.5], [-0.72, -2.38, 0.95]], [[-0.64, -2.03, -0.02], [-1.75, -1.25, -2.25]]], [[[1.68, -1.32, 2.73], [-0.57, -2.07, 1.23]], [[1.4, 2.29, -2.21], [1.74, 2.16, -1.17]], [[-0.27, 0.72, -1.53], [2.23, 1.2, 2.14]], [[-0.3, 0.11, -1.83], [-1.12, 1.38, 2.75]]]]> : tensor<2x4x2x3xf64>
  %k = dlc.constant dense<[[[[-2.09, -2.7, -2.6], [-0.39, 1.76, -1.65], [-0.14, 0.09, 2.03]], [[-2.02, -2.91, 0.04], [-0.87, -1.25, 1.63], [1.1, -2.5, 0.29]]], [[[1.79, 2.46, -3.0], [1.85, -2.74, 1.09], [0.59, 2.71, 0.79]], [[-2.58, 1.02, -1.47], [1.99, -2.81, -1.06], [1.06, -2.07, 0.88]]]]> : tensor<2x2x3x3xf64>
  %v = dlc.constant dense<[[[[1.18, 1.4], [2.25, -0.52], [-2.15, -1.44]], [[-0.66, -2.67], [1.25, -2.62], [-2.65, 2.59]]], [[[1.84, -1.48], [-0.95, 1.96], [0.72, -1.41]], [[-0.31, 2.13], [-3.0, 2.95], [0.4, -1.91]]]]> : tensor<2x2x3x2xf64>
  %y = dlc.attention %q, %k, %v scale 0.5 : tensor<2x4x2x3xf64>, tensor<2x2x3x3xf64>, tensor<2x2x3x2xf64>
  %want = dlc.constant dense<[[[[1.1805300689917921, 1.3942853797493375], [1.1739802386393419, 1.3772919071806984]], [[1.7013356475760912, 0.32637841126282296], [1.1800982079175113, 1.399770500452923]], [[-0.8941778218999007, -1.2879987006648783], [-0.712651555603018, -1.8302354988187748]], [[-0.8361643978951697, -1.7337630177169934], [-0.692517150086738, -2.479864910454125]]], [[[-0.9392015856238, 1.9384607793749422], [-0.9419223102769334, 1.9445238842392876]], [[1.8302325599205325, -1.479294066478707], [1.7855207639529636, -1.475505879833791]], [[-0.5249969822312707, 2.083051279667462], [-0.22957580023461321, -0.988235806445726]], [[-0.8439135410243344, 2.1300351407664775], [-0.1304147030581027, 1.008059078300175]]]]> : tensor<2x4x2x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<2x4x2x2xf64>
  return
}

// row i sees keys up to i + 1
func.func @causal_with_an_offset() {
  %q = dlc.constant dense<[[[[1.8, -2.54], [-0.54, 0.44], [-1.52, 2.31], [1.18, -2.03]]]]> : tensor<1x1x4x2xf64>
  %k = dlc.constant dense<[[[[-2.08, -2.63], [0.43, -1.88], [0.26, 1.92], [2.28, -2.3]]]]> : tensor<1x1x4x2xf64>
  %v = dlc.constant dense<[[[[-1.01, -0.5], [-0.7, -0.49], [-0.24, 1.54], [-1.17, -0.94]]]]> : tensor<1x1x4x2xf64>
  %y = dlc.attention %q, %k, %v scale 0.5 causal 1 : tensor<1x1x4x2xf64>, tensor<1x1x4x2xf64>, tensor<1x1x4x2xf64>
  %want = dlc.constant dense<[[[[-0.7660526641401185, -0.4921307311012942], [-0.5832931152187676, 0.47095746072712685], [-0.2690815973647634, 1.4544456825190433], [-1.0767791296083007, -0.8227249284950624]]]]> : tensor<1x1x4x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1x1x4x2xf64>
  return
}

// a mask of bool for each head; the last row sees nothing and is 0
func.func @mask_of_bool() {
  %q = dlc.constant dense<[[[[-0.66, -2.09], [0.78, -0.6], [2.5, 1.93]], [[-1.62, -1.55], [1.69, 0.36], [-2.94, 0.78]]]]> : tensor<1x2x3x2xf64>
  %k = dlc.constant dense<[[[[-0.63, 1.71], [1.48, 2.53], [1.2, 2.48]], [[-1.29, -0.97], [-2.64, 2.2], [-2.07, 0.31]]]]> : tensor<1x2x3x2xf64>
  %v = dlc.constant dense<[[[[0.06, 1.88], [-0.67, -2.14], [-0.7, -2.71]], [[-1.19, 0.78], [-2.66, 2.94], [0.22, -1.2]]]]> : tensor<1x2x3x2xf64>
  %m = dlc.constant dense<[[[[true, false, true], [true, true, true], [false, false, false]], [[false, true, true], [true, false, false], [false, false, false]]]]> : tensor<1x2x3x3xi1>
  %y = dlc.attention %q, %k, %v mask %m : tensor<1x2x3x3xi1> scale 0.5 : tensor<1x2x3x2xf64>, tensor<1x2x3x2xf64>, tensor<1x2x3x2xf64>
  %want = dlc.constant dense<[[[[-0.08931177372875408, 0.9782354718223929], [-0.5151729575989236, -1.4364372944838644], [0.0, 0.0]], [[-0.5528254718978496, -0.08906338414684123], [-1.19, 0.78], [0.0, 0.0]]]]> : tensor<1x2x3x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1x2x3x2xf64>
  return
}

// a mask that is added, the same for all rows, under a cap
func.func @added_mask_and_cap() {
  %q = dlc.constant dense<[[[[2.0, -2.18, -1.07], [2.62, -1.56, 1.4]], [[-2.51, 0.19, 0.95], [-1.74, -1.03, 0.3]]]]> : tensor<1x2x2x3xf64>
  %k = dlc.constant dense<[[[[0.54, -2.07, -0.54], [3.0, -1.07, 1.71], [-1.79, -0.23, 0.11], [0.58, 1.31, 1.78]]]]> : tensor<1x1x4x3xf64>
  %v = dlc.constant dense<[[[[1.2, 1.84], [2.32, -1.04], [1.96, 0.12], [-1.44, -1.96]]]]> : tensor<1x1x4x2xf64>
  %m = dlc.constant dense<[[[[0.5, -1.0, 0.0, 2.0]], [[1.0, 0.25, 0xFFF0000000000000, 0.0]]]]> : tensor<1x2x1x4xf64>
  %y = dlc.attention %q, %k, %v mask %m : tensor<1x2x1x4xf64> scale 0.5 softcap 1.5 : tensor<1x2x2x3xf64>, tensor<1x1x4x3xf64>, tensor<1x1x4x2xf64>
  %want = dlc.constant dense<[[[[0.8763340872472758, 0.6512148270725778], [-0.5385924156972333, -0.9828262573635969]], [[0.046659593635411944, -0.33719410930202587], [1.056283776183459, 1.3201641491722342]]]]> : tensor<1x2x2x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1x2x2x2xf64>
  return
}

// a single key: its value
func.func @one_key() {
  %q = dlc.constant dense<[[[[1.59, 0.82, -2.58], [0.52, -2.73, -0.65]]]]> : tensor<1x1x2x3xf64>
  %k = dlc.constant dense<[[[[0.43, 0.9, -2.05]]]]> : tensor<1x1x1x3xf64>
  %v = dlc.constant dense<[[[[-2.73, 0.46]]]]> : tensor<1x1x1x2xf64>
  %y = dlc.attention %q, %k, %v scale 0.5 : tensor<1x1x2x3xf64>, tensor<1x1x1x3xf64>, tensor<1x1x1x2xf64>
  %want = dlc.constant dense<[[[[-2.73, 0.46], [-2.73, 0.46]]]]> : tensor<1x1x2x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-13, atol = 1.0e-14} : tensor<1x1x2x2xf64>
  return
}

// no row
func.func @empty() {
  %q = dlc.constant dense<0.0> : tensor<1x1x0x2xf32>
  %k = dlc.constant dense<0.0> : tensor<1x1x3x2xf32>
  %y = dlc.attention %q, %k, %k scale 1.0 : tensor<1x1x0x2xf32>, tensor<1x1x3x2xf32>, tensor<1x1x3x2xf32>
  %want = dlc.constant dense<0.0> : tensor<1x1x0x2xf32>
  check.expect_equal %y, %want : tensor<1x1x0x2xf32>
  return
}

// no key: every row is 0
func.func @no_key() {
  %q = dlc.constant dense<1.0> : tensor<1x1x2x2xf32>
  %k = dlc.constant dense<0.0> : tensor<1x1x0x2xf32>
  %y = dlc.attention %q, %k, %k scale 1.0 : tensor<1x1x2x2xf32>, tensor<1x1x0x2xf32>, tensor<1x1x0x2xf32>
  %want = dlc.constant dense<0.0> : tensor<1x1x2x2xf32>
  check.expect_equal %y, %want : tensor<1x1x2x2xf32>
  return
}

// 131 rows are blocks of 66 and 65; a mask for every row, and causal: as softmax of all scores
func.func @blocks_of_rows() {
  %i = dlc.iota dim 2 : tensor<1x2x131x2xf64>
  %j = dlc.iota dim 1 : tensor<1x2x131x2xf64>
  %c = dlc.iota dim 3 : tensor<1x2x131x2xf64>
  %ij = dlc.add %i, %j : tensor<1x2x131x2xf64>
  %ijc = dlc.mul %ij, %c : tensor<1x2x131x2xf64>
  %ic = dlc.add %ijc, %ij : tensor<1x2x131x2xf64>
  %q = dlc.sin %ic : tensor<1x2x131x2xf64>
  %kv = dlc.cos %ic : tensor<1x2x131x2xf64>
  %k = dlc.slice %kv lo [0, 0, 0, 0] hi [1, 1, 7, 2] stride [1, 1, 1, 1] : tensor<1x2x131x2xf64>
  %v = dlc.slice %kv lo [0, 1, 9, 0] hi [1, 2, 16, 2] stride [1, 1, 1, 1] : tensor<1x2x131x2xf64>
  %r = dlc.iota dim 2 : tensor<1x1x131x7xf64>
  %m = dlc.sin %r : tensor<1x1x131x7xf64>
  %y = dlc.attention %q, %k, %v mask %m : tensor<1x1x131x7xf64> scale 0.5 causal 0 : tensor<1x2x131x2xf64>, tensor<1x1x7x2xf64>, tensor<1x1x7x2xf64>
  %q2 = dlc.reshape %q : tensor<1x2x131x2xf64> to tensor<2x131x2xf64>
  %k2 = dlc.reshape %k : tensor<1x1x7x2xf64> to tensor<7x2xf64>
  %v2 = dlc.reshape %v : tensor<1x1x7x2xf64> to tensor<7x2xf64>
  %s = dlc.dot %q2, %k2 batch [] x [] contract [2] x [1] : tensor<2x131x2xf64>, tensor<7x2xf64>
  %half = dlc.constant dense<0.5> : tensor<2x131x7xf64>
  %scaled = dlc.mul %s, %half : tensor<2x131x7xf64>
  %m1 = dlc.reshape %m : tensor<1x1x131x7xf64> to tensor<131x7xf64>
  %m2 = dlc.broadcast %m1 dims [1, 2] : tensor<131x7xf64> to tensor<2x131x7xf64>
  %masked = dlc.add %scaled, %m2 : tensor<2x131x7xf64>
  %row = dlc.iota dim 1 : tensor<2x131x7xsi32>
  %key = dlc.iota dim 2 : tensor<2x131x7xsi32>
  %seen = dlc.compare le %key, %row : tensor<2x131x7xsi32>
  %hidden = dlc.constant dense<0xFFF0000000000000> : tensor<2x131x7xf64>
  %all = dlc.select %seen, %masked, %hidden : tensor<2x131x7xi1>, tensor<2x131x7xf64>
  %p = dlc.softmax %all dims [2] : tensor<2x131x7xf64>
  %z = dlc.dot %p, %v2 batch [] x [] contract [2] x [0] : tensor<2x131x7xf64>, tensor<7x2xf64>
  %want = dlc.reshape %z : tensor<2x131x2xf64> to tensor<1x2x131x2xf64>
  check.expect_close %y, %want {rtol = 1.0e-12, atol = 1.0e-13} : tensor<1x2x131x2xf64>
  return
}
