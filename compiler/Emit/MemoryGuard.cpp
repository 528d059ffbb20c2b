// A pointer that a loop carries may be of the arena or of the caller, so that is asked at run time.
#include "Emit/MemoryGuard.h"
#include "Graph/BufferProgram.h"
#include <map>

using namespace mlir;
using namespace dlc;

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() * elementBytes(type.getElementType());
}

// What lies between one weight and the next, and behind the last.
static SmallVector<std::pair<int64_t, int64_t>> findWeightGaps(func::FuncOp program,
                                                               int64_t weightBytes) {
  std::map<int64_t, int64_t> weights;
  program.walk([&](BufferOp op) {
    if (op.getSpace() == BufferSpace::weights)
      weights[op.getOffset()] = std::max(weights[op.getOffset()], bytesOf(op.getType()));
  });
  SmallVector<std::pair<int64_t, int64_t>> gaps;
  for (auto it = weights.begin(); it != weights.end(); ++it) {
    auto next = std::next(it);
    int64_t end = it->first + it->second, until = next == weights.end() ? weightBytes : next->first;
    if (end < until)
      gaps.emplace_back(end, until - end);
  }
  return gaps;
}

MemoryGuard::MemoryGuard(llvm::IRBuilder<> &b, llvm::Module &code, func::FuncOp program,
                         Memory memory)
    : b(b), code(code), memory(memory) {
  if (auto bytes = program->getParentOp()->getAttrOfType<IntegerAttr>("dlc.gap_bytes"))
    gap = bytes.getInt();
  if (memory.weights)
    weightGaps = findWeightGaps(program, memory.weightBytes);
  auto *type = llvm::FunctionType::get(b.getVoidTy(), {b.getPtrTy(), b.getInt64Ty()}, false);
  poison = code.getOrInsertFunction("__asan_poison_memory_region", type);
  unpoison = code.getOrInsertFunction("__asan_unpoison_memory_region", type);
  openBuffer = buildIfInArena("open_buffer", unpoison);
  closeBuffer = buildIfInArena("close_buffer", poison);
}

llvm::Function *MemoryGuard::buildIfInArena(const char *name, Region region) {
  llvm::IRBuilder<> inside(b.getContext());
  auto *type = llvm::FunctionType::get(b.getVoidTy(), {b.getPtrTy(), b.getInt64Ty(), b.getPtrTy()},
                                       /*isVarArg=*/false);
  auto *function = llvm::Function::Create(type, llvm::Function::InternalLinkage, name, code);
  auto *entry = llvm::BasicBlock::Create(b.getContext(), "", function);
  auto *mine = llvm::BasicBlock::Create(b.getContext(), "mine", function);
  auto *done = llvm::BasicBlock::Create(b.getContext(), "done", function);
  inside.SetInsertPoint(entry);
  llvm::Value *pointer = function->getArg(0);
  llvm::Value *offset =
      inside.CreateSub(inside.CreatePtrToInt(pointer, b.getInt64Ty()),
                       inside.CreatePtrToInt(function->getArg(2), b.getInt64Ty()));
  inside.CreateCondBr(inside.CreateICmpULT(offset, b.getInt64(memory.arenaBytes)), mine, done);
  inside.SetInsertPoint(mine);
  inside.CreateCall(region, {pointer, function->getArg(1)});
  inside.CreateBr(done);
  inside.SetInsertPoint(done);
  inside.CreateRetVoid();
  return function;
}

void MemoryGuard::mark(Region region, llvm::Value *base, int64_t offset, int64_t bytes) {
  llvm::Value *from = b.CreateConstInBoundsGEP1_64(b.getInt8Ty(), base, offset);
  b.CreateCall(region, {from, b.getInt64(bytes)});
}

void MemoryGuard::enter() {
  mark(poison, memory.arena, 0, memory.arenaBytes);
  for (auto [offset, bytes] : weightGaps)
    mark(poison, memory.weights, offset, bytes);
}

// Weights of the object stay as they are, for other threads may be running.
void MemoryGuard::leave() {
  mark(unpoison, memory.arena, 0, memory.arenaBytes);
  if (!memory.weightsAreForeign)
    return;
  for (auto [offset, bytes] : weightGaps)
    mark(unpoison, memory.weights, offset, bytes);
}

void MemoryGuard::markArena(llvm::Function *function, ValueRange buffers,
                            ArrayRef<llvm::Value *> pointers) {
  for (auto [buffer, pointer] : llvm::zip(buffers, pointers))
    if (int64_t bytes = bytesOf(cast<MemRefType>(buffer.getType())))
      b.CreateCall(function, {pointer, b.getInt64(bytes), memory.arena});
}

// The buffer of the arena that a value is, under whatever shape; null for a row of one, and for
// what a loop carries.
static BufferOp arenaBuffer(Value value) {
  while (auto view = value.getDefiningOp<ViewOp>())
    value = view.getBuffer();
  auto buffer = value.getDefiningOp<BufferOp>();
  return buffer && buffer.getSpace() == BufferSpace::arena ? buffer : BufferOp();
}

void MemoryGuard::open(ValueRange buffers, ArrayRef<llvm::Value *> pointers) {
  markArena(openBuffer, buffers, pointers);
  if (gap == 0)
    return;
  for (Value value : buffers)
    if (BufferOp buffer = arenaBuffer(value)) {
      int64_t bytes = bytesOf(buffer.getType());
      int64_t from = static_cast<int64_t>(buffer.getOffset()) + bytes;
      mark(poison, memory.arena, from, alignedBytes(buffer.getType()) + gap - bytes);
    }
}

void MemoryGuard::closeSlotGaps(Value scratch, llvm::Value *pointer, int64_t slotBytes) {
  int64_t bytes = bytesOf(cast<MemRefType>(scratch.getType()));
  if (gap)
    for (int64_t end = slotBytes; end <= bytes; end += slotBytes)
      mark(poison, pointer, end - gap, gap);
}

void MemoryGuard::close(ValueRange buffers, ArrayRef<llvm::Value *> pointers) {
  markArena(closeBuffer, buffers, pointers);
}
