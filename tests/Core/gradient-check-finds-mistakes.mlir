// RUN: dlc-opt %s --check-gradients --entry=away_from_the_kink
// RUN: not dlc-opt %s --check-gradients --entry=at_the_kink 2>&1 | FileCheck %s
// RUN: not dlc-opt %s --check-gradients --entry=without_rule 2>&1 | FileCheck %s --check-prefix=RULE
// RUN: not dlc-opt %s --check-gradients --entry=in_single 2>&1 | FileCheck %s --check-prefix=SINGLE
// What is not the limit of the difference quotient is found: relu has none where the step crosses 0.

func.func @away_from_the_kink(%x: tensor<4xf64> {check.range = [0.5, 1.0]}) -> tensor<4xf64> {
  %y = dlc.relu %x : tensor<4xf64>
  return %y : tensor<4xf64>
}

// CHECK: seed 0: the derivative of @at_the_kink is {{.*}}, finite differences give
func.func @at_the_kink(%x: tensor<4xf64> {check.range = [-1.0e-6, 1.0e-6]}) -> tensor<4xf64> {
  %y = dlc.relu %x : tensor<4xf64>
  return %y : tensor<4xf64>
}

// SINGLE: finite differences need f64, not 'tensor<2xf32>'
func.func @in_single(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

func.func @product(%a: tensor<f64>, %b: tensor<f64>) -> tensor<f64> {
  %y = dlc.mul %a, %b : tensor<f64>
  return %y : tensor<f64>
}

// RULE: 'dlc.if' op has no derivative
func.func @without_rule(%x: tensor<4xf64>) -> tensor<4xf64> {
  %c = dlc.constant dense<true> : tensor<i1>
  %y = dlc.if %c : tensor<i1> -> tensor<4xf64> then {
    dlc.return %x : tensor<4xf64>
  } else {
    dlc.return %x : tensor<4xf64>
  }
  return %y : tensor<4xf64>
}
