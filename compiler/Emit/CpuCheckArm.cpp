// Asks an AArch64 processor by its identification registers. They are the kernel's, but Linux
// answers for them when a program reads one, with what it supports itself.
#include "Emit/CpuCheck.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include <map>

using namespace dlc;

namespace {
// A feature of LLVM's code generator, and the four bits that are from 1 to 7 where it is there.
struct Feature {
  const char *name, *place;
  unsigned shift;
};
} // namespace

// Those that code generation uses by itself, beyond the baseline with its vectors.
static const Feature features[] = {
    {"rdm", "ID_AA64ISAR0_EL1", 28},       {"dotprod", "ID_AA64ISAR0_EL1", 44},
    {"fp16fml", "ID_AA64ISAR0_EL1", 48},   {"jsconv", "ID_AA64ISAR1_EL1", 12},
    {"complxnum", "ID_AA64ISAR1_EL1", 16}, {"bf16", "ID_AA64ISAR1_EL1", 44},
    {"i8mm", "ID_AA64ISAR1_EL1", 52},      {"fullfp16", "ID_AA64PFR0_EL1", 16},
    {"sve", "ID_AA64PFR0_EL1", 32}};

void dlc::buildArmCheck(const Machine &machine, llvm::Function *function) {
  std::unique_ptr<llvm::MCSubtargetInfo> info = beginCheck(machine, function, "generic");
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(function->getContext(), "", function));
  auto *type = llvm::FunctionType::get(b.getInt64Ty(), false);
  std::map<llvm::StringRef, llvm::Value *> answers;
  llvm::Value *good = b.getTrue();
  for (const Feature &feature : features) {
    if (!info->checkFeatures(std::string("+") + feature.name))
      continue;
    llvm::Value *&answer = answers[feature.place];
    if (!answer)
      answer = b.CreateCall(llvm::InlineAsm::get(type, std::string("mrs $0, ") + feature.place,
                                                 "=r", /*sideEffects=*/true));
    llvm::Value *field = b.CreateAnd(b.CreateLShr(answer, feature.shift), 15);
    good = b.CreateAnd(good, b.CreateICmpULT(b.CreateSub(field, b.getInt64(1)), b.getInt64(7)));
  }
  b.CreateRet(b.CreateZExt(good, b.getInt32Ty()));
}
