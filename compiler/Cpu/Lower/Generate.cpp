// Loop strength reduction is off: it is half to three quarters of a convolution's code generation
// and no kernel gets faster by it. LLVM has no other handle on it than its global option.
#include "Cpu/Lower/Generate.h"
#include "Cpu/Lower/PassAnalyses.h"
#include "llvm/IR/DiagnosticHandler.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Transforms/InstCombine/InstCombine.h"
#include "llvm/Transforms/Scalar/EarlyCSE.h"
#include "llvm/Transforms/Scalar/LICM.h"
#include "llvm/Transforms/Scalar/LoopPassManager.h"
#include "llvm/Transforms/Scalar/SimplifyCFG.h"
#include <mutex>

using namespace llvm;

static void disableLoopStrengthReduction() {
  static std::once_flag once;
  std::call_once(once, [] {
    auto &options = cl::getRegisteredOptions();
    auto option = options.find("disable-lsr");
    if (option == options.end())
      report_fatal_error("this LLVM has no option -disable-lsr");
    static_cast<cl::opt<bool> *>(option->second)->setValue(true);
  });
}

std::unique_ptr<TargetMachine> dlc::makeTargetMachine(const Machine &machine) {
  disableLoopStrengthReduction();
  std::string error;
  Triple triple(machine.triple);
  const Target *target = TargetRegistry::lookupTarget(triple, error);
  if (!target)
    report_fatal_error(StringRef(error));
  // Position-independent code of WebAssembly is for its dynamic linking.
  Reloc::Model relocation = triple.isWasm() ? Reloc::Static : Reloc::PIC_;
  return std::unique_ptr<TargetMachine>(
      target->createTargetMachine(triple, machine.cpu, machine.features, TargetOptions(),
                                  relocation, std::nullopt, CodeGenOptLevel::Default));
}

void dlc::attachTarget(Module &module, TargetMachine &target, const Machine &machine) {
  module.setDataLayout(target.createDataLayout());
  module.setTargetTriple(target.getTargetTriple());
  for (Function &function : module) {
    if (function.isDeclaration())
      continue;
    function.addFnAttr("target-cpu", target.getTargetCPU());
    function.addFnAttr("target-features", target.getTargetFeatureString());
    // Some processors with 512-bit vectors are tuned for 256; the emitters have chosen already.
    function.addFnAttr("prefer-vector-width", std::to_string(machine.vectorBits));
    function.addFnAttr("min-legal-vector-width", std::to_string(machine.vectorBits));
    function.addFnAttr("warn-stack-size", "0"); // reports the size of its frame
    function.setDoesNotThrow();
  }
}

void dlc::optimize(Module &module, TargetMachine &target) {
  PassAnalyses analyses(target);

  FunctionPassManager passes;
  passes.addPass(EarlyCSEPass(/*UseMemorySSA=*/true));
  passes.addPass(SimplifyCFGPass());
  LoopPassManager invariants;
  invariants.addPass(LICMPass(LICMOptions()));
  passes.addPass(createFunctionToLoopPassAdaptor(std::move(invariants), /*UseMemorySSA=*/true));
  passes.addPass(InstCombinePass());
  passes.addPass(SimplifyCFGPass());
  passes.addPass(EarlyCSEPass(/*UseMemorySSA=*/true));
  for (Function &function : module)
    if (!function.isDeclaration())
      passes.run(function, analyses.functions);
}

namespace {
/// Adds up the frames that code generation reports.
struct FrameCounter : DiagnosticHandler {
  int64_t &bytes;
  explicit FrameCounter(int64_t &bytes) : bytes(bytes) {}

  bool handleDiagnostics(const DiagnosticInfo &info) override {
    auto *frame = dyn_cast<DiagnosticInfoStackSize>(&info);
    if (frame)
      bytes += frame->getStackSize();
    return frame != nullptr;
  }
};
} // namespace

std::vector<char> dlc::generate(Module &module, TargetMachine &target, CodeGenFileType type,
                                int64_t &stackBytes) {
  for (Function &function : module)
    stackBytes += function.isDeclaration() ? 0 : 144; // return address, alignment, red zone
  module.getContext().setDiagnosticHandler(std::make_unique<FrameCounter>(stackBytes));
  SmallString<0> text;
  raw_svector_ostream stream(text);
  legacy::PassManager passes;
  if (target.addPassesToEmitFile(passes, stream, nullptr, type, /*DisableVerify=*/true))
    report_fatal_error("this target cannot write objects");
  passes.run(module);
  return {text.begin(), text.end()};
}
