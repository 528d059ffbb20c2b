// What a program has to do, and what a machine can do at most.
#pragma once

#include "Cpu/Machine.h"
#include "mlir/IR/BuiltinOps.h"

namespace dlc::tool {

/// Multiply-adds (and other operations) of one run of a program over buffers, by the plans of its
/// kernels. Both branches of an `if` count; loops count with their number of steps.
double multiplyAdds(mlir::ModuleOp program);

/// GFLOP/s in f32 of one core of this process's machine: a loop of multiply-adds in registers,
/// measured. 0 where `machine` has no such instruction.
double peakGflops(const Machine &machine);

} // namespace dlc::tool
