// RUN: dlc-opt %s --run
// Values that control flow computes.

// one branch, the other may hold what cannot run
func.func @if_takes_one_branch() {
  %yes = dlc.constant dense<true> : tensor<i1>
  %x = dlc.constant dense<[1.0, 2.0]> : tensor<2xf32>
  %y = dlc.if %yes : tensor<i1> -> tensor<2xf32> then {
    %d = dlc.add %x, %x : tensor<2xf32>
    dlc.return %d : tensor<2xf32>
  } else {
    %f = dlc.fail "no shape fits" : tensor<2xf32>
    dlc.return %f : tensor<2xf32>
  }
  %want = dlc.constant dense<[2.0, 4.0]> : tensor<2xf32>
  check.expect_equal %y, %want : tensor<2xf32>
  return
}

// np.cumsum(s, axis=0), with the first sequence read forwards, the second backwards
func.func @scan_reads_and_stacks_rows() {
  %h = dlc.constant dense<[0.0, 0.0]> : tensor<2xf32>
  %s = dlc.constant dense<[[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]> : tensor<3x2xf32>
  %r:3 = dlc.scan (%h : tensor<2xf32>) over (%s, %s : tensor<3x2xf32>, tensor<3x2xf32>) length 3 reverse [false, true] [false, true] -> tensor<2xf32>, tensor<3x2xf32>, tensor<3x2xf32> {
  ^bb0(%a: tensor<2xf32>, %x: tensor<2xf32>, %z: tensor<2xf32>):
    %sum = dlc.add %a, %x : tensor<2xf32>
    dlc.return %sum, %sum, %z : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>
  }
  %last = dlc.constant dense<[9.0, 12.0]> : tensor<2xf32>
  check.expect_equal %r#0, %last : tensor<2xf32>
  %sums = dlc.constant dense<[[1.0, 2.0], [4.0, 6.0], [9.0, 12.0]]> : tensor<3x2xf32>
  check.expect_equal %r#1, %sums : tensor<3x2xf32>
  check.expect_equal %r#2, %s : tensor<3x2xf32>
  return
}

func.func @scan_of_no_step() {
  %h = dlc.constant dense<7.0> : tensor<f32>
  %s = dlc.constant dense<> : tensor<0xf32>
  %r:2 = dlc.scan (%h : tensor<f32>) over (%s : tensor<0xf32>) length 0 reverse [false] [false] -> tensor<f32>, tensor<0xf32> {
  ^bb0(%a: tensor<f32>, %x: tensor<f32>):
    dlc.return %x, %x : tensor<f32>, tensor<f32>
  }
  check.expect_equal %r#0, %h : tensor<f32>
  check.expect_equal %r#1, %s : tensor<0xf32>
  return
}

// doubles 1 while it is below 100: 128 after 7 steps
func.func @while_decides_by_its_state() {
  %yes = dlc.constant dense<true> : tensor<i1>
  %one = dlc.constant dense<1> : tensor<si64>
  %hundred = dlc.constant dense<100> : tensor<si64>
  %r:2 = dlc.while %yes (%one, %one : tensor<si64>, tensor<si64>) limit 50 : tensor<i1> -> tensor<si64>, tensor<si64> {
  ^bb0(%step: tensor<si64>, %x: tensor<si64>, %last: tensor<si64>):
    %twice = dlc.add %x, %x : tensor<si64>
    %more = dlc.compare lt %twice, %hundred : tensor<si64>
    dlc.return %more, %twice, %step : tensor<i1>, tensor<si64>, tensor<si64>
  }
  %want = dlc.constant dense<128> : tensor<si64>
  check.expect_equal %r#0, %want : tensor<si64>
  %steps = dlc.constant dense<6> : tensor<si64>
  check.expect_equal %r#1, %steps : tensor<si64>
  return
}

func.func @while_that_never_starts() {
  %no = dlc.constant dense<false> : tensor<i1>
  %x = dlc.constant dense<3.0> : tensor<f32>
  %y = dlc.while %no (%x : tensor<f32>) limit 5 : tensor<i1> -> tensor<f32> {
  ^bb0(%step: tensor<si64>, %a: tensor<f32>):
    %b = dlc.add %a, %a : tensor<f32>
    dlc.return %no, %b : tensor<i1>, tensor<f32>
  }
  check.expect_equal %y, %x : tensor<f32>
  return
}
