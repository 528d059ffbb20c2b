// From a program of calls on tensors to launches over buffers, before buffers have places.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {

struct BufferProgramOptions {
  int64_t slots = 16;
  /// Bytes that stay free after each weight.
  int64_t gap = 0;
};

/// Builds @run beside `main` (Program.td says what it looks like); buffers of the arena have offset
/// 0. Sets the module's table of weights. Emits an error where an op is not supported yet.
mlir::FailureOr<mlir::func::FuncOp> buildBufferProgram(mlir::func::FuncOp main,
                                                       const BufferProgramOptions &);

/// Gives the arena's buffers offsets, so that two that live at the same time do not overlap, and
/// returns the arena's size. `gap` bytes stay free after each.
int64_t assignOffsets(mlir::func::FuncOp run, int64_t gap);

/// The empty function @run before `main`: a memref for each input, then for each output.
mlir::func::FuncOp createRunFunction(mlir::func::FuncOp main);

/// The buffer that holds a tensor of this type.
mlir::MemRefType bufferType(mlir::Type tensor);

/// The bytes of a buffer, rounded up so that the next one is aligned to 64.
int64_t alignedBytes(mlir::MemRefType type);

} // namespace dlc
