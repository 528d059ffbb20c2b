// Derivatives against finite differences. For a function f, random directions u of its arguments
// and v of its results, and the gradients g that the ops' rules build:
//
//   <v, f(x + e u) - f(x - e u)> / 2e  =  <g(x, v), u>     e = 1e-5, in f64
//
// One evaluation each way tests all partial derivatives at once; a wrong one hides only by chance.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc::check {

/// Adds `NAME_vjp` beside `function`: from its arguments and a cotangent of each float result, the
/// gradient of each float argument. A straight walk backwards, without control flow; an error where
/// an op has no rule.
mlir::FailureOr<mlir::func::FuncOp> buildVjpFunction(mlir::func::FuncOp function);

/// Where a check draws its numbers, and how close the two sides must be.
struct GradientCheckOptions {
  int64_t seeds = 3;
  double step = 1e-5, rtol = 1e-6, atol = 1e-8;
};

/// Emits an error where the derivatives differ. Arguments are drawn from [-2, 2), or from the
/// attribute `check.range = [low, high]` of the argument, integers and bools too. With the
/// function's attribute `check.second` the derivatives of the derivatives are compared too. Returns
/// whether all agree; fails where the function cannot be differentiated or run.
mlir::FailureOr<bool> checkGradients(mlir::func::FuncOp function,
                                     const GradientCheckOptions & = {});

/// `--test-vjp`: adds the derivative of every function with results.
void registerTestVjpPass();

} // namespace dlc::check
