// Tables of constants get no poisoned borders: these are registered by a constructor of each
// module, and the objects of kernels have none.
#include "Cpu/Lower/Sanitize.h"
#include "Cpu/Lower/PassAnalyses.h"
#include "llvm/Transforms/Instrumentation/AddressSanitizer.h"

using namespace llvm;

void dlc::sanitizeAddresses(Module &module, TargetMachine &target) {
  for (Function &function : module)
    if (!function.isDeclaration())
      function.addFnAttr(Attribute::SanitizeAddress);
  for (GlobalVariable &global : module.globals()) {
    GlobalValue::SanitizerMetadata metadata;
    metadata.NoAddress = true;
    global.setSanitizerMetadata(metadata);
  }
  PassAnalyses analyses(target);

  AddressSanitizerOptions options;
  // Kernels keep no pointer to their stack, so frames need not outlive them on the heap.
  options.UseAfterReturn = AsanDetectStackUseAfterReturnMode::Never;
  options.InsertVersionCheck = false;
  AddressSanitizerPass(options, /*UseGlobalGC=*/false, /*UseOdrIndicator=*/false,
                       AsanDtorKind::None, AsanCtorKind::None)
      .run(module, analyses.modules);
}
