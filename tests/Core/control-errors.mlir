// RUN: dlc-opt %s --split-input-file --verify-diagnostics
// What control flow refuses.

func.func @condition_of_two(%c: tensor<2xi1>, %x: tensor<2xf32>) {
  // expected-error@+1 {{needs a condition of one element, not 'tensor<2xi1>'}}
  %z = dlc.if %c : tensor<2xi1> -> tensor<2xf32> then {
    dlc.return %x : tensor<2xf32>
  } else {
    dlc.return %x : tensor<2xf32>
  }
  return
}

// -----

func.func @branch_of_another_type(%c: tensor<i1>, %x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{needs branch result 0 of type 'tensor<2xf32>', not 'tensor<3xf32>'}}
  %z = dlc.if %c : tensor<i1> -> tensor<2xf32> then {
    dlc.return %x : tensor<2xf32>
  } else {
    dlc.return %y : tensor<3xf32>
  }
  return
}

// -----

func.func @branch_without_result(%c: tensor<i1>, %x: tensor<2xf32>, %y: tensor<3xf32>) {
  // expected-error@+1 {{needs 1 branch result, not 0}}
  %z = dlc.if %c : tensor<i1> -> tensor<2xf32> then {
    dlc.return %x : tensor<2xf32>
  } else {
  }
  return
}

// -----

func.func @sequence_of_another_length(%h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+1 {{needs sequences with 5 rows, not 'tensor<3x4xf32>'}}
  %r = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length 5 reverse [false] [] -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>, %b: tensor<4xf32>):
    dlc.return %a : tensor<2xf32>
  }
  return
}

// -----

func.func @row_of_another_type(%h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+1 {{needs body argument 1 of type 'tensor<4xf32>', not 'tensor<3xf32>'}}
  %r = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length 3 reverse [false] [] -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>, %b: tensor<3xf32>):
    dlc.return %a : tensor<2xf32>
  }
  return
}

// -----

func.func @negative_length(%h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+1 {{needs a length of 0 or more, not -1}}
  %r = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length -1 reverse [false] [] -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>, %b: tensor<4xf32>):
    dlc.return %a : tensor<2xf32>
  }
  return
}

// -----

func.func @direction_missing(%h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+1 {{needs a direction per sequence, 1, not 0}}
  %r = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length 3 reverse [] [] -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>, %b: tensor<4xf32>):
    dlc.return %a : tensor<2xf32>
  }
  return
}

// -----

func.func @direction_of_no_result(%h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+1 {{needs a direction per stacked result, 0, not 1}}
  %r = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length 3 reverse [false] [true] -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>, %b: tensor<4xf32>):
    dlc.return %a : tensor<2xf32>
  }
  return
}

// -----

func.func @carried_value_changes_its_type(%h: tensor<2xf32>, %s: tensor<3x4xf32>) {
  // expected-error@+1 {{needs body result 0 of type 'tensor<2xf32>', not 'tensor<4xf32>'}}
  %r = dlc.scan (%h : tensor<2xf32>) over (%s : tensor<3x4xf32>) length 3 reverse [false] [] -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>, %b: tensor<4xf32>):
    dlc.return %b : tensor<4xf32>
  }
  return
}

// -----

func.func @body_without_step(%c: tensor<i1>, %x: tensor<2xf32>) {
  // expected-error@+1 {{needs 2 body argument, not 1}}
  %r = dlc.while %c (%x : tensor<2xf32>) limit 9 : tensor<i1> -> tensor<2xf32> {
  ^bb0(%a: tensor<2xf32>):
    dlc.return %c, %a : tensor<i1>, tensor<2xf32>
  }
  return
}

// -----

func.func @body_without_decision(%c: tensor<i1>, %x: tensor<2xf32>) {
  // expected-error@+1 {{needs 2 body result, not 1}}
  %r = dlc.while %c (%x : tensor<2xf32>) limit 9 : tensor<i1> -> tensor<2xf32> {
  ^bb0(%i: tensor<si64>, %a: tensor<2xf32>):
    dlc.return %a : tensor<2xf32>
  }
  return
}

// -----

func.func @negative_limit(%c: tensor<i1>, %x: tensor<2xf32>) {
  // expected-error@+1 {{needs a limit of 0 or more, not -1}}
  %r = dlc.while %c (%x : tensor<2xf32>) limit -1 : tensor<i1> -> tensor<2xf32> {
  ^bb0(%i: tensor<si64>, %a: tensor<2xf32>):
    dlc.return %c, %a : tensor<i1>, tensor<2xf32>
  }
  return
}
