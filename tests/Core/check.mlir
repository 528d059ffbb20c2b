// RUN: dlc-opt %s --run --split-input-file --verify-diagnostics
// RUN: not dlc-opt %s --run --entry=nobody --split-input-file 2>&1 | FileCheck %s --check-prefix=NOBODY
// Every claim that does not hold is an error that shows the first differing elements.
// NOBODY: no function to run

func.func @numbers_differ() {
  %got = dlc.constant dense<[[1.0, 2.0], [3.0, 4.5]]> : tensor<2x2xf32>
  %want = dlc.constant dense<[[1.0, 2.0], [3.5, 4.0]]> : tensor<2x2xf32>
  // expected-error@+1 {{2 of 4 elements differ, by at most 0.5 where rtol 0.01 and atol 0 are allowed; at [1, 0] got 3, want 3.5; at [1, 1] got 4.5, want 4}}
  check.expect_close %got, %want {rtol = 0.01, atol = 0.0} : tensor<2x2xf32>
  check.expect_close %got, %want {rtol = 0.2} : tensor<2x2xf32>
  check.expect_close %got, %want {atol = 0.5} : tensor<2x2xf32>
  return
}

// -----

func.func @nan_differs_from_numbers() {
  %got = dlc.constant dense<[0x7FC00000, 0x7FC00000, 0x7F800000, 0x7F800000]> : tensor<4xf32>
  %want = dlc.constant dense<[0x7FC00000, 1.0, 0x7F800000, 0xFF800000]> : tensor<4xf32>
  // expected-error@+1 {{2 of 4 elements differ}}
  check.expect_close %got, %want : tensor<4xf32>
  return
}

// -----

func.func @bits_differ() {
  %got = dlc.constant dense<[0.0, 1.0]> : tensor<2xf32>
  %want = dlc.constant dense<[-0.0, 1.0]> : tensor<2xf32>
  check.expect_close %got, %want : tensor<2xf32>
  // expected-error@+1 {{1 of 2 elements differ; at [0] got 0, want -0}}
  check.expect_equal %got, %want : tensor<2xf32>
  return
}

// -----

func.func @integers_differ() {
  %got = dlc.constant dense<[9223372036854775807, 2]> : tensor<2xsi64>
  %want = dlc.constant dense<[9223372036854775806, 2]> : tensor<2xsi64>
  // expected-error@+1 {{1 of 2 elements differ; at [0] got 9223372036854775807, want 9223372036854775806}}
  check.expect_equal %got, %want : tensor<2xsi64>
  return
}
