// Whether the first touch of the output comes after the last one of the input, by the order of the
// ops at the top of the program; a loop or branch counts as one op.
#include "Graph/ShareArguments.h"
#include "Core/Core.h"
#include "Core/Literal.h"
#include "Graph/Target.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

/// The ops at the top of the program that touch the memory of a value, under whatever shape.
static void collectTouches(Value value, SmallVectorImpl<Operation *> &touches) {
  for (Operation *user : value.getUsers()) {
    if (isa<ViewOp, RowOp>(user)) {
      collectTouches(user->getResult(0), touches);
      continue;
    }
    while (!isa<func::FuncOp>(user->getParentOp()))
      user = user->getParentOp();
    touches.push_back(user);
  }
}

/// The launch reads the one and writes the other, element by element, as its kernel allows.
static bool mayOverwrite(Operation *op, Value output, Value input) {
  auto launch = dyn_cast<LaunchOp>(op);
  if (!launch)
    return false;
  auto kernel = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, launch.getKernelAttr());
  auto pairs = kernel ? kernel->getAttrOfType<ArrayAttr>(aliasName) : ArrayAttr();
  if (!pairs || llvm::count(launch->getOperands(), input) != 1)
    return false;
  auto written = llvm::find(launch.getOutputs(), output);
  auto read = llvm::find(launch.getInputs(), input);
  if (written == launch.getOutputs().end() || read == launch.getInputs().end())
    return false;
  Builder b(op->getContext());
  int64_t pair[] = {written - launch.getOutputs().begin(), read - launch.getInputs().begin()};
  return llvm::is_contained(pairs, Attribute(b.getI64ArrayAttr(pair)));
}

static bool isInOrder(Value output, Value input) {
  SmallVector<Operation *> reads, writes;
  collectTouches(input, reads);
  collectTouches(output, writes);
  return llvm::all_of(reads, [&](Operation *read) {
    return llvm::all_of(writes, [&](Operation *write) {
      return read == write ? mayOverwrite(read, output, input) : read->isBeforeInBlock(write);
    });
  });
}

void dlc::shareArgument(func::FuncOp run, unsigned output, unsigned input) {
  Value from = run.getArgument(input), to = run.getArgument(output);
  Builder attributes(run.getContext());
  run.setArgAttr(output, sharedInputName, attributes.getI64IntegerAttr(input));
  if (isInOrder(to, from))
    return;
  auto module = run->getParentOfType<ModuleOp>();
  auto type = cast<MemRefType>(to.getType());
  auto sizeOf = [&](StringRef name) {
    auto size = module->getAttrOfType<IntegerAttr>(name);
    return size ? size.getInt() : 0;
  };
  int64_t place = llvm::alignTo(sizeOf("dlc.arena_bytes"), 64);
  int64_t bytes = type.getNumElements() * elementBytes(type.getElementType());
  int64_t end = llvm::alignTo(place + bytes, 64) + sizeOf("dlc.gap_bytes");
  module->setAttr("dlc.arena_bytes", attributes.getI64IntegerAttr(end));
  Block &block = run.getBody().front();
  ImplicitLocOpBuilder b(run.getLoc(), &block, block.begin());
  Value buffer = BufferOp::create(b, type, BufferSpace::arena, place);
  to.replaceAllUsesWith(buffer);
  b.setInsertionPoint(block.getTerminator());
  CopyOp::create(b, buffer, to);
}
