// RUN: dlc-opt %s --plan-memory --split-input-file | FileCheck %s
// RUN: dlc-opt %s --plan-memory --split-input-file | dlc-opt --split-input-file -o /dev/null
// RUN: dlc-opt %s --plan-memory=poison=true --split-input-file | FileCheck %s --check-prefix=GAPS
// Values: tests/Pipeline.

// With gaps, places lie 64 bytes further apart, and the last one has a gap behind it.
// GAPS: dlc.arena_bytes = 256 : i64, dlc.gap_bytes = 64 : i64
// GAPS-DAG: dlc.buffer {{ ?}}arena 0
// GAPS-DAG: dlc.buffer {{ ?}}arena 128

// The last result is written to the output; the others take turns in two places.
// CHECK: dlc.arena_bytes = 128 : i64
// CHECK-LABEL: func.func @run
// CHECK-SAME: %[[X:.*]]: memref<16xf32> {dlc.name = "x"}, %[[Y:.*]]: memref<16xf32> {dlc.name = "y", dlc.output}
// CHECK-DAG: %[[A:.*]] = dlc.buffer {{ ?}}arena 0
// CHECK-DAG: %[[B:.*]] = dlc.buffer {{ ?}}arena 64
// CHECK: dlc.launch @k ins(%[[X]]
// CHECK: dlc.launch @k
// CHECK: dlc.launch @k
// CHECK: dlc.launch @k ins(%{{.*}}) outs(%[[Y]]
func.func private @k(%x: tensor<16xf32>) -> tensor<16xf32> attributes {dlc.kernel} {
  %0 = dlc.reverse %x dims [0] : tensor<16xf32>
  return %0 : tensor<16xf32>
}
func.func @main(%x: tensor<16xf32> {dlc.name = "x"}) -> (tensor<16xf32> {dlc.name = "y"}) {
  %0 = dlc.call @k(%x) : (tensor<16xf32>) -> tensor<16xf32>
  %1 = dlc.call @k(%0) : (tensor<16xf32>) -> tensor<16xf32>
  %2 = dlc.call @k(%1) : (tensor<16xf32>) -> tensor<16xf32>
  %3 = dlc.call @k(%2) : (tensor<16xf32>) -> tensor<16xf32>
  return %3 : tensor<16xf32>
}

// -----
// With dlc.alias the chain needs one place; the first result is read at the end, so it keeps its own.
// CHECK: dlc.arena_bytes = 128 : i64
// CHECK-LABEL: func.func @run
// CHECK: dlc.launch @n ins(%arg0 : {{.*}}) outs(%[[A:.*]] :
// CHECK: dlc.launch @n ins(%[[A]] : {{.*}}) outs(%[[B:.*]] :
// CHECK: dlc.launch @n ins(%[[B]] : {{.*}}) outs(%[[B]] :
// CHECK: dlc.launch @two ins(%[[A]], %[[B]]
func.func private @n(%x: tensor<16xf32>) -> tensor<16xf32> attributes {dlc.kernel, dlc.alias = [[0, 0]]} {
  %0 = dlc.neg %x : tensor<16xf32>
  return %0 : tensor<16xf32>
}
func.func private @two(%x: tensor<16xf32>, %y: tensor<16xf32>) -> tensor<16xf32> attributes {dlc.kernel} {
  %0 = dlc.add %x, %y : tensor<16xf32>
  return %0 : tensor<16xf32>
}
func.func @main(%x: tensor<16xf32>) -> tensor<16xf32> {
  %0 = dlc.call @n(%x) : (tensor<16xf32>) -> tensor<16xf32>
  %1 = dlc.call @n(%0) : (tensor<16xf32>) -> tensor<16xf32>
  %2 = dlc.call @n(%1) : (tensor<16xf32>) -> tensor<16xf32>
  %3 = dlc.call @two(%0, %2) : (tensor<16xf32>, tensor<16xf32>) -> tensor<16xf32>
  return %3 : tensor<16xf32>
}

// -----
// The branches of an if share space, and write the result's buffer themselves.
// CHECK: dlc.arena_bytes = 64 : i64
// CHECK-LABEL: func.func @run
// CHECK: %[[C:.*]] = dlc.test %arg1
// CHECK: scf.if %[[C]] {
// CHECK: dlc.launch @k ins(%arg0
// CHECK: dlc.launch @k ins({{.*}}) outs(%arg2
// CHECK: } else {
// CHECK: dlc.launch @k ins(%arg0
// CHECK: dlc.launch @k ins({{.*}}) outs(%arg2
func.func private @k(%x: tensor<16xf32>) -> tensor<16xf32> attributes {dlc.kernel} {
  %0 = dlc.reverse %x dims [0] : tensor<16xf32>
  return %0 : tensor<16xf32>
}
func.func @main(%x: tensor<16xf32>, %c: tensor<i1>) -> tensor<16xf32> {
  %r = dlc.if %c : tensor<i1> -> tensor<16xf32> then {
    %0 = dlc.call @k(%x) : (tensor<16xf32>) -> tensor<16xf32>
    %1 = dlc.call @k(%0) : (tensor<16xf32>) -> tensor<16xf32>
    dlc.return %1 : tensor<16xf32>
  } else {
    %0 = dlc.call @k(%x) : (tensor<16xf32>) -> tensor<16xf32>
    %1 = dlc.call @k(%0) : (tensor<16xf32>) -> tensor<16xf32>
    dlc.return %1 : tensor<16xf32>
  }
  return %r : tensor<16xf32>
}

// -----
// A state takes turns between two buffers; a stacked result is written row by row, backwards.
// CHECK-LABEL: func.func @run
// CHECK: scf.for %[[T:.*]] = {{.*}} iter_args(%[[S:.*]] = %arg1, %[[N:.*]] = %[[A:.*]], %[[P:.*]] = %[[B:.*]]) ->
// CHECK: %[[ROW:.*]] = dlc.row %arg0[%[[T]]]
// CHECK: %[[BACK:.*]] = arith.subi %{{.*}}, %[[T]]
// CHECK: %[[OUT:.*]] = dlc.row %arg3[%[[BACK]]]
// CHECK: dlc.launch @step ins(%[[S]], %[[ROW]] : {{.*}}) outs(%[[N]], %[[OUT]]
// CHECK: scf.yield %[[N]], %[[P]], %[[N]]
func.func private @step(%s: tensor<4xf32>, %x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    attributes {dlc.kernel} {
  %0 = dlc.add %s, %x : tensor<4xf32>
  %1 = dlc.neg %0 : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}
func.func @main(%x: tensor<9x4xf32>, %s: tensor<4xf32>) -> (tensor<4xf32>, tensor<9x4xf32>) {
  %r:2 = dlc.scan (%s : tensor<4xf32>) over (%x : tensor<9x4xf32>) length 9 reverse [false] [true]
      -> tensor<4xf32>, tensor<9x4xf32> {
  ^bb0(%a: tensor<4xf32>, %row: tensor<4xf32>):
    %0:2 = dlc.call @step(%a, %row) : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
    dlc.return %0#0, %0#1 : tensor<4xf32>, tensor<4xf32>
  }
  return %r#0, %r#1 : tensor<4xf32>, tensor<9x4xf32>
}

// -----
// Scratch is planned for each slot.
// CHECK-LABEL: func.func @run
// CHECK: dlc.buffer {{ ?}}arena {{[0-9]+}} : memref<2048xi8>
// CHECK: dlc.launch @s {{.*}} scratch(
func.func private @s(%x: tensor<16xf32>) -> tensor<16xf32>
    attributes {dlc.kernel, dlc.plan = {class = "rows", scratch_bytes = 100 : i64}} {
  %0 = dlc.neg %x : tensor<16xf32>
  return %0 : tensor<16xf32>
}
func.func @main(%x: tensor<16xf32>) -> tensor<16xf32> {
  %0 = dlc.call @s(%x) : (tensor<16xf32>) -> tensor<16xf32>
  return %0 : tensor<16xf32>
}

// -----
// A branch that cannot be typed ends the run.
// CHECK-LABEL: func.func @run
// CHECK: } else {
// CHECK-NEXT: dlc.fail "rank 3"
// CHECK-NEXT: }
func.func private @k(%x: tensor<16xf32>) -> tensor<16xf32> attributes {dlc.kernel} {
  %0 = dlc.reverse %x dims [0] : tensor<16xf32>
  return %0 : tensor<16xf32>
}
func.func @main(%x: tensor<16xf32>, %c: tensor<i1>) -> tensor<16xf32> {
  %r = dlc.if %c : tensor<i1> -> tensor<16xf32> then {
    %0 = dlc.call @k(%x) : (tensor<16xf32>) -> tensor<16xf32>
    dlc.return %0 : tensor<16xf32>
  } else {
    %0 = dlc.fail "rank 3" : tensor<16xf32>
    dlc.return %0 : tensor<16xf32>
  }
  return %r : tensor<16xf32>
}
