// RUN: dlc-opt %s --form-kernels --split-input-file --verify-diagnostics
// RUN: not dlc-opt %s --form-kernels=target=abacus --split-input-file 2>&1 | FileCheck %s
// CHECK: no target is called 'abacus'; known: {{.*}}reference

// expected-error @+1 {{expected a function named main}}
module {
  func.func @other() { return }
}
