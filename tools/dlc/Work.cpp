// See Work.h.
#include "Work.h"
#include "Cpu/Lower/Generate.h"
#include "Cpu/Lower/JitLibrary.h"
#include "Graph/Target.h"
#include "llvm/IR/IRBuilder.h"
#include <chrono>

using namespace mlir;
using namespace dlc;

static double steps(scf::ForOp loop) {
  APInt lower, upper, step;
  if (!matchPattern(loop.getLowerBound(), m_ConstantInt(&lower)) ||
      !matchPattern(loop.getUpperBound(), m_ConstantInt(&upper)) ||
      !matchPattern(loop.getStep(), m_ConstantInt(&step)) || step.isZero())
    return 1;
  double count = (upper - lower).getSExtValue();
  return std::max(0.0, std::ceil(count / static_cast<double>(step.getSExtValue())));
}

double dlc::tool::multiplyAdds(ModuleOp program) {
  double work = 0;
  program.walk([&](LaunchOp launch) {
    auto kernel = program.lookupSymbol<func::FuncOp>(launch.getKernel());
    double times = 1;
    for (auto loop = launch->getParentOfType<scf::ForOp>(); loop;
         loop = loop->getParentOfType<scf::ForOp>())
      times *= steps(loop);
    if (kernel)
      work += times * static_cast<double>(KernelPlan::from(kernel).work);
  });
  return work;
}

/// As many chains of multiply-adds as hide the latency of two units.
static constexpr int chains = 12;

// void spin(ptr out, i64 steps, i64, i32): chains of x = x * a + b, `steps` times; the type of a
// kernel.
static void buildSpin(llvm::Module &code, int64_t lanes) {
  llvm::IRBuilder<> b(code.getContext());
  auto *vector = llvm::FixedVectorType::get(b.getFloatTy(), lanes);
  auto *type = llvm::FunctionType::get(
      b.getVoidTy(), {b.getPtrTy(), b.getInt64Ty(), b.getInt64Ty(), b.getInt32Ty()}, false);
  auto *spin = llvm::Function::Create(type, llvm::Function::ExternalLinkage, "spin", code);
  auto *entry = llvm::BasicBlock::Create(code.getContext(), "", spin);
  auto *loop = llvm::BasicBlock::Create(code.getContext(), "", spin);
  auto *exit = llvm::BasicBlock::Create(code.getContext(), "", spin);
  b.SetInsertPoint(entry);
  llvm::Value *factor = b.CreateLoad(vector, spin->getArg(0));
  b.CreateBr(loop);
  b.SetInsertPoint(loop);
  auto *left = b.CreatePHI(b.getInt64Ty(), 2);
  left->addIncoming(spin->getArg(1), entry);
  llvm::SmallVector<llvm::PHINode *> sums;
  for (int i = 0; i < chains; ++i) {
    sums.push_back(b.CreatePHI(vector, 2));
    sums.back()->addIncoming(llvm::ConstantFP::get(vector, i), entry);
  }
  llvm::SmallVector<llvm::Value *> next;
  for (llvm::PHINode *sum : sums) {
    next.push_back(b.CreateIntrinsic(llvm::Intrinsic::fma, {vector}, {sum, factor, factor}));
    sum->addIncoming(next.back(), loop);
  }
  llvm::Value *fewer = b.CreateSub(left, b.getInt64(1));
  left->addIncoming(fewer, loop);
  b.CreateCondBr(b.CreateIsNotNull(fewer), loop, exit);
  b.SetInsertPoint(exit);
  llvm::Value *total = next[0];
  for (int i = 1; i < chains; ++i)
    total = b.CreateFAdd(total, next[i]);
  b.CreateStore(total, spin->getArg(0));
  b.CreateRetVoid();
}

double dlc::tool::peakGflops(const Machine &machine) {
  if (!machine.hasFma)
    return 0;
  int64_t lanes = machine.lanes(32), stackBytes = 0;
  llvm::LLVMContext context;
  llvm::Module code("peak", context);
  buildSpin(code, lanes);
  std::unique_ptr<llvm::TargetMachine> target = makeTargetMachine(machine);
  attachTarget(code, *target, machine);
  JitLibrary library;
  if (llvm::Error error =
          library.add(generate(code, *target, llvm::CodeGenFileType::ObjectFile, stackBytes))) {
    consumeError(std::move(error));
    return 0;
  }
  auto spin = library.findKernel("spin");
  if (!spin) {
    consumeError(spin.takeError());
    return 0;
  }
  alignas(64) float factor[64] = {};
  constexpr int64_t count = 200'000;
  double best = 1e9;
  for (int i = 0; i < 20; ++i) {
    auto start = std::chrono::steady_clock::now();
    (*spin)(factor, count, 0, 0);
    best = std::min(
        best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return 2.0 * chains * lanes * count / best / 1e9;
}
