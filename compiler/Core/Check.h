// The `check` dialect, and what runs it: the functions of a module that take no arguments, each of
// which computes values and says what they must be.
#pragma once

#include "Core/Core.h"
#include "Core/Interpreter.h"
#include "mlir/Pass/Pass.h"

#include "Core/CheckDialect.h.inc"
#define GET_OP_CLASSES
#include "Core/CheckOps.h.inc"

namespace dlc::check {

/// What a run has found; mismatches are errors at the check ops.
struct Outcome {
  int64_t functions = 0;
  int64_t mismatches = 0;
};

/// Interprets every function without arguments, or only the one called `entry`. Fails where a
/// function cannot be run. `options` may say that something else computes the ops.
std::unique_ptr<mlir::Pass> createRunPass(std::string entry, Outcome &,
                                          InterpreterOptions options = {});

/// `--test-permuted` (LayoutCheck.cpp).
void registerTestPermutedPass();

/// Compares derivatives with finite differences (GradientCheck.h) for every function with results.
std::unique_ptr<mlir::Pass> createCheckGradientsPass(std::string entry, Outcome &);

} // namespace dlc::check
