// Asks the processor by `cpuid` for each instruction set that the code may use, and the operating
// system by `xgetbv` whether it saves the wide registers. Inline assembly, so that the object needs
// no run-time library for it.
#include "Emit/CpuCheck.h"
#include "Emit/Entry.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Triple.h"
#include <map>
#include <mutex>

using namespace dlc;

namespace {
enum Register { Eax, Ebx, Ecx, Edx };

// Where `cpuid` says whether a processor has a feature of LLVM's code generator.
struct Feature {
  const char *name;
  uint32_t leaf, subleaf;
  Register place;
  unsigned bit;
};
} // namespace

// Those that code generation uses by itself; sets with an own purpose (sha, aes, ...) are not used.
static const Feature features[] = {{"sse3", 1, 0, Ecx, 0},
                                   {"ssse3", 1, 0, Ecx, 9},
                                   {"fma", 1, 0, Ecx, 12},
                                   {"cx16", 1, 0, Ecx, 13},
                                   {"sse4.1", 1, 0, Ecx, 19},
                                   {"sse4.2", 1, 0, Ecx, 20},
                                   {"movbe", 1, 0, Ecx, 22},
                                   {"popcnt", 1, 0, Ecx, 23},
                                   {"avx", 1, 0, Ecx, 28},
                                   {"f16c", 1, 0, Ecx, 29},
                                   {"bmi", 7, 0, Ebx, 3},
                                   {"avx2", 7, 0, Ebx, 5},
                                   {"bmi2", 7, 0, Ebx, 8},
                                   {"avx512f", 7, 0, Ebx, 16},
                                   {"avx512dq", 7, 0, Ebx, 17},
                                   {"avx512ifma", 7, 0, Ebx, 21},
                                   {"avx512cd", 7, 0, Ebx, 28},
                                   {"avx512bw", 7, 0, Ebx, 30},
                                   {"avx512vl", 7, 0, Ebx, 31},
                                   {"avx512vbmi", 7, 0, Ecx, 1},
                                   {"avx512vbmi2", 7, 0, Ecx, 6},
                                   {"gfni", 7, 0, Ecx, 8},
                                   {"avx512vnni", 7, 0, Ecx, 11},
                                   {"avx512bitalg", 7, 0, Ecx, 12},
                                   {"avx512vpopcntdq", 7, 0, Ecx, 14},
                                   {"avx512fp16", 7, 0, Edx, 23},
                                   {"avxvnni", 7, 1, Eax, 4},
                                   {"avx512bf16", 7, 1, Eax, 5},
                                   {"avxifma", 7, 1, Eax, 23},
                                   {"lzcnt", 0x80000001, 0, Ecx, 5},
                                   {"fma4", 0x80000001, 0, Ecx, 16},
                                   {"xop", 0x80000001, 0, Ecx, 11},
                                   {"tbm", 0x80000001, 0, Ecx, 21}};

static constexpr Feature systemSavesRegisters = {"xsave", 1, 0, Ecx, 27};
/// Bits of the register that `xgetbv` reads: which registers the operating system saves.
static constexpr uint32_t wideRegisters = 0x06, wideRegistersOf512 = 0xe6;

namespace {
class CpuCheckBuilder {
public:
  explicit CpuCheckBuilder(llvm::Function *function)
      : b(llvm::BasicBlock::Create(function->getContext(), "", function)) {}

  // The bits must all be set in a register of this leaf. Leaves above the highest give garbage.
  void require(uint32_t leaf, uint32_t subleaf, Register place, uint32_t bits) {
    uint32_t range = leaf & 0x80000000;
    if (leaf != range + 1)
      also(b.CreateICmpUGE(answer(range, 0, Eax), b.getInt32(leaf)));
    if (subleaf)
      also(b.CreateICmpUGE(answer(leaf, 0, Eax), b.getInt32(subleaf)));
    requireBits(answer(leaf, subleaf, place), bits);
  }

  void requireSystem(uint32_t bits) {
    auto *type = llvm::FunctionType::get(llvm::StructType::get(b.getInt32Ty(), b.getInt32Ty()),
                                         {b.getInt32Ty()}, false);
    auto *code = llvm::InlineAsm::get(type, "xgetbv", "={ax},={dx},{cx}", /*sideEffects=*/true);
    // The instruction exists only where the check before holds.
    leaveUnless(good);
    requireBits(b.CreateExtractValue(b.CreateCall(code, {b.getInt32(0)}), 0), bits);
  }

  void finish() { b.CreateRet(b.CreateZExt(good, b.getInt32Ty())); }

private:
  llvm::Value *answer(uint32_t leaf, uint32_t subleaf, Register place) {
    llvm::Value *&all = answers[{leaf, subleaf}];
    llvm::Type *i32 = b.getInt32Ty();
    if (!all) {
      auto *type =
          llvm::FunctionType::get(llvm::StructType::get(i32, i32, i32, i32), {i32, i32}, false);
      auto *code = llvm::InlineAsm::get(type, "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}",
                                        /*sideEffects=*/true);
      all = b.CreateCall(code, {b.getInt32(leaf), b.getInt32(subleaf)});
    }
    return b.CreateExtractValue(all, place);
  }

  void requireBits(llvm::Value *value, uint32_t bits) {
    also(b.CreateICmpEQ(b.CreateAnd(value, b.getInt32(bits)), b.getInt32(bits)));
  }

  void also(llvm::Value *condition) { good = b.CreateAnd(good, condition); }

  void leaveUnless(llvm::Value *condition) {
    llvm::Function *function = b.GetInsertBlock()->getParent();
    auto *bad = llvm::BasicBlock::Create(b.getContext(), "", function);
    auto *next = llvm::BasicBlock::Create(b.getContext(), "", function);
    b.CreateCondBr(condition, next, bad);
    b.SetInsertPoint(bad);
    b.CreateRet(b.getInt32(0));
    b.SetInsertPoint(next);
  }

  llvm::IRBuilder<> b;
  llvm::Value *good = b.getTrue();
  std::map<std::pair<uint32_t, uint32_t>, llvm::Value *> answers;
};
} // namespace

std::unique_ptr<llvm::MCSubtargetInfo>
dlc::beginCheck(const Machine &machine, llvm::Function *function, llvm::StringRef baseline) {
  // Code generation reads inline assembly by the target's parser.
  static std::once_flag once;
  std::call_once(once, [] { llvm::InitializeAllAsmParsers(); });
  function->addFnAttr("target-cpu", baseline);
  function->addFnAttr("target-features", "");
  std::string error;
  llvm::Triple triple(machine.triple);
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
  return std::unique_ptr<llvm::MCSubtargetInfo>(
      target->createMCSubtargetInfo(triple, machine.cpu, machine.features));
}

void dlc::buildX86Check(const Machine &machine, llvm::Function *function) {
  std::unique_ptr<llvm::MCSubtargetInfo> info = beginCheck(machine, function, "x86-64");
  std::map<std::tuple<uint32_t, uint32_t, Register>, uint32_t> wanted;
  auto want = [&](const Feature &feature) {
    wanted[{feature.leaf, feature.subleaf, feature.place}] |= 1u << feature.bit;
  };
  for (const Feature &feature : features)
    if (info->checkFeatures(std::string("+") + feature.name))
      want(feature);
  bool wide = info->checkFeatures("+avx"), has512 = info->checkFeatures("+avx512f");
  if (wide)
    want(systemSavesRegisters);
  CpuCheckBuilder builder(function);
  for (const auto &[place, bits] : wanted)
    builder.require(std::get<0>(place), std::get<1>(place), std::get<2>(place), bits);
  if (wide)
    builder.requireSystem(has512 ? wideRegistersOf512 : wideRegisters);
  builder.finish();
}

void dlc::buildCpuCheck(const Artifact &artifact, llvm::Module &code) {
  auto *type = llvm::FunctionType::get(llvm::Type::getInt32Ty(code.getContext()), false);
  auto *function = llvm::Function::Create(type, llvm::Function::ExternalLinkage,
                                          artifact.name + "_cpu_ok", code);
  llvm::Triple triple(artifact.machine.triple);
  if (triple.isX86())
    return buildX86Check(artifact.machine, function);
  // Other systems let no program ask; engines of WebAssembly check a module when they load it.
  if (triple.isAArch64() && triple.isOSLinux())
    return buildArmCheck(artifact.machine, function);
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(code.getContext(), "", function));
  b.CreateRet(b.getInt32(1));
}
