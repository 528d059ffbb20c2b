// RUN: dlc-opt %s --plan-memory --split-input-file --verify-diagnostics

func.func @main(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @+1 {{not supported yet between kernels: dlc.neg}}
  %0 = dlc.neg %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
