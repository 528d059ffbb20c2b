// Tells AddressSanitizer which bytes a kernel may touch (--sanitize=address). The arena is one
// array to the program that owns it, so a kernel that writes beyond a buffer would go unseen:
//
//   NAME_run entered    the arena and the gaps between weights are poisoned
//   launch              its buffers are opened, the gaps behind them stay poisoned; then closed
//   NAME_run left       the caller's memory is as it was
//
// The plan leaves a gap behind every buffer (`dlc.gap_bytes` of the module), so that of two buffers
// of one launch that lie side by side neither runs into the other. The caller's arrays are guarded
// by the caller's own AddressSanitizer.
#pragma once

#include "Core/Core.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"

namespace dlc {

class MemoryGuard {
public:
  struct Memory {
    llvm::Value *arena = nullptr, *weights = nullptr;
    int64_t arenaBytes = 0, weightBytes = 0;
    /// The weights lie in memory of the caller.
    bool weightsAreForeign = false;
  };
  /// Code is put where `b` stands, in a function of `code`.
  MemoryGuard(llvm::IRBuilder<> &b, llvm::Module &code, mlir::func::FuncOp program, Memory);

  void enter();
  void leave();
  /// Lets the code that follows touch these buffers; those outside the arena are left alone.
  void open(mlir::ValueRange buffers, llvm::ArrayRef<llvm::Value *> pointers);
  /// The gap at the end of every slot of a launch's scratch; call it after `open`.
  void closeSlotGaps(mlir::Value scratch, llvm::Value *pointer, int64_t slotBytes);
  void close(mlir::ValueRange buffers, llvm::ArrayRef<llvm::Value *> pointers);

private:
  /// void(pointer, bytes)
  using Region = llvm::FunctionCallee;
  /// void(pointer, bytes, arena): `region` if the pointer is into the arena.
  llvm::Function *buildIfInArena(const char *name, Region);
  void mark(Region, llvm::Value *base, int64_t offset, int64_t bytes);
  void markArena(llvm::Function *, mlir::ValueRange, llvm::ArrayRef<llvm::Value *>);

  llvm::IRBuilder<> &b;
  llvm::Module &code;
  Memory memory;
  int64_t gap = 0;
  /// Offset and size of the gaps between the weights.
  llvm::SmallVector<std::pair<int64_t, int64_t>> weightGaps;
  Region poison, unpoison;
  llvm::Function *openBuffer, *closeBuffer;
};

} // namespace dlc
