// Tables of constants get no poisoned borders: these are registered by a constructor of each
// module, and the objects of kernels have none.
#include "Cpu/Lower/Sanitize.h"
#include "Cpu/Lower/PassAnalyses.h"
#include "llvm/Transforms/Instrumentation/AddressSanitizer.h"
#include <dlfcn.h>

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

// A function of the runtime; null where it is not here.
template <typename Function> static Function *lookup(const char *name) {
  return reinterpret_cast<Function *>(dlsym(RTLD_DEFAULT, name));
}

bool dlc::AddressSanitizer::isHere() {
  static const bool here = lookup<void()>("__asan_init") != nullptr;
  return here;
}

using MarkRegion = void(const volatile void *, size_t);

void dlc::AddressSanitizer::poison(const void *from, size_t bytes) {
  static MarkRegion *const mark = lookup<MarkRegion>("__asan_poison_memory_region");
  if (mark)
    mark(from, bytes);
}

void dlc::AddressSanitizer::unpoison(const void *from, size_t bytes) {
  static MarkRegion *const mark = lookup<MarkRegion>("__asan_unpoison_memory_region");
  if (mark)
    mark(from, bytes);
}

void dlc::AddressSanitizer::onDeath(void (*callback)()) {
  if (auto *set = lookup<void(void (*)())>("__asan_set_death_callback"))
    set(callback);
}
