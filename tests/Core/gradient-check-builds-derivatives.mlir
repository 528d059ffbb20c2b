// RUN: dlc-opt %s --test-vjp | FileCheck %s
// The derivative of a function takes a cotangent of each result and gives a gradient of each argument.

// CHECK-LABEL: func.func @product_vjp
// CHECK-SAME: (%[[A:.*]]: tensor<f64>, %[[B:.*]]: tensor<f64>, %[[G:.*]]: tensor<f64>) -> (tensor<f64>, tensor<f64>)
// CHECK-DAG: %[[DA:.*]] = dlc.mul %[[G]], %[[B]]
// CHECK-DAG: %[[DB:.*]] = dlc.mul %[[G]], %[[A]]
// CHECK: return %[[DA]], %[[DB]]
func.func @product(%a: tensor<f64>, %b: tensor<f64>) -> tensor<f64> {
  %y = dlc.mul %a, %b : tensor<f64>
  return %y : tensor<f64>
}
