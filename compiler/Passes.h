// The passes of Passes.td as C++ sees them: constructors, options, registration.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Pass/Pass.h"

namespace dlc {
class Target;
#define GEN_PASS_DECL
#include "Passes.h.inc"

/// FormKernels for a target that the caller owns and keeps alive.
std::unique_ptr<mlir::Pass> createFormKernels(const Target &, bool fuse);

#define GEN_PASS_REGISTRATION
#include "Passes.h.inc"
} // namespace dlc
