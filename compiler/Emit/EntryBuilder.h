// From the operations of a program over buffers to LLVM IR: a memref is a pointer, an index an i64,
// and structured control flow becomes blocks. Used by Entry.cpp.
#pragma once

#include "Core/Core.h"
#include "Emit/MemoryGuard.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/IR/IRBuilder.h"

namespace dlc {

/// void(ptr argument, i64 begin, i64 end, i32 slot)
llvm::FunctionType *kernelType(llvm::LLVMContext &);

class EntryBuilder {
public:
  EntryBuilder(llvm::IRBuilder<> &b, llvm::Function *run, llvm::Function *launchFunction)
      : b(b), run(run), launchFunction(launchFunction) {}

  llvm::Value *arena = nullptr, *weights = nullptr, *parallel = nullptr;
  /// Where the code checks its accesses.
  std::optional<MemoryGuard> guard;

  /// Stack for the largest argument block of any launch, and for the error word.
  void reserveArgumentBlock(mlir::func::FuncOp program);
  void map(mlir::Value value, llvm::Value *code) { values[value] = code; }
  /// Emits the body, ending in a return.
  mlir::LogicalResult emitProgram(mlir::func::FuncOp program);

private:
  using Codes = llvm::SmallVector<llvm::Value *>;
  llvm::Value *get(mlir::Value value) { return values.lookup(value); }
  Codes get(mlir::ValueRange);
  llvm::BasicBlock *newBlock(const char *name);
  llvm::Type *typeOf(mlir::Type);
  /// One phi for each value at the start of the current block.
  llvm::SmallVector<llvm::PHINode *> makePhis(mlir::ValueRange);
  static void addIncoming(llvm::ArrayRef<llvm::PHINode *>, const Codes &, llvm::BasicBlock *from);

  /// Emits all operations but the terminator.
  mlir::LogicalResult emitOps(mlir::Block &);
  mlir::LogicalResult emit(mlir::Operation *);
  mlir::LogicalResult emit(mlir::scf::IfOp);
  mlir::LogicalResult emit(mlir::scf::ForOp);
  mlir::LogicalResult emit(mlir::scf::WhileOp);
  mlir::LogicalResult emit(LaunchOp);
  mlir::LogicalResult emit(BufferOp);
  mlir::LogicalResult emitSmall(mlir::Operation *);
  /// Lets `emitAccess` build code that touches the memory of `values`.
  void access(mlir::ValueRange values, llvm::function_ref<void()> emitAccess);
  void emitReturn(llvm::Value *error);
  void fail();
  void returnIfError();

  llvm::IRBuilder<> &b;
  llvm::Function *run, *launchFunction;
  llvm::Value *block = nullptr, *error = nullptr;
  llvm::BasicBlock *errorBlock = nullptr;
  /// Of launches, in the order of the program: their lines in the list (LaunchList.h).
  unsigned line = 0;
  mlir::DenseMap<mlir::Value, llvm::Value *> values;
};

} // namespace dlc
