// How fast a kernel could be: its bytes at the speed of a copy, or its arithmetic at the speed of
// multiply-adds in registers, whichever takes longer. Both are measured beside the kernel, in
// turns, so that a noisy machine slows all three.
#pragma once

#include "tests/Gate/KernelRun.h"

namespace dlc::gate {

/// What a kernel has to do at least.
struct Work {
  double bytes = 0;
  /// Multiply-adds of contractions whose operands exist (padding has none).
  double products = 0;
  /// Products and every instruction of elementwise bodies and reductions, functions of math in
  /// their expanded form: all at most as fast as multiply-adds. In units of f32 (f64 counts twice).
  double arithmetic = 0;
};
Work workOf(mlir::func::FuncOp, const Machine &);

struct Timing {
  double microseconds = 0;
  /// What the bound allows: with products only, and with all arithmetic.
  double boundProducts = 0, boundArithmetic = 0;
};

/// Times kernels against multiply-adds and copies on this machine.
class Stopwatch {
public:
  explicit Stopwatch(KernelCompiler &);
  ~Stopwatch();
  /// The time of one whole call, once.
  double once(const CompiledKernel &, ArgumentBlock &) const;
  /// Best of `samples` of kernel, copy and multiply-adds each, in turns.
  Timing measure(const CompiledKernel &, ArgumentBlock &, const Work &, int samples) const;

private:
  struct State;
  std::unique_ptr<State> state;
};

} // namespace dlc::gate
