// ORC with JITLink, one session per library.
#include "Cpu/Lower/JitLibrary.h"
#include "Cpu/Lower/Sanitize.h"
#include "llvm/ExecutionEngine/Orc/AbsoluteSymbols.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/ExecutionEngine/Orc/ObjectLinkingLayer.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include <cstring>

using namespace llvm;
using namespace dlc;

struct JitLibrary::State {
  std::unique_ptr<orc::LLJIT> jit;
};

JitLibrary::JitLibrary() : state(std::make_unique<State>()) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  auto layer = [](orc::ExecutionSession &session) {
    return std::make_unique<orc::ObjectLinkingLayer>(session);
  };
  state->jit = cantFail(orc::LLJITBuilder()
                            .setLinkProcessSymbolsByDefault(false)
                            .setPlatformSetUp(orc::setUpInactivePlatform)
                            .setObjectLinkingLayerCreator(layer)
                            .create());
  cantFail(define("memcpy", reinterpret_cast<void *>(&std::memcpy)));
  cantFail(define("memset", reinterpret_cast<void *>(&std::memset)));
  cantFail(define("memmove", reinterpret_cast<void *>(&std::memmove)));
  if (!AddressSanitizer::isHere())
    return;
  auto isSanitizer = [](const orc::SymbolStringPtr &name) {
    return (*name).starts_with("__asan_");
  };
  char prefix = state->jit->getDataLayout().getGlobalPrefix();
  state->jit->getMainJITDylib().addGenerator(
      cantFail(orc::DynamicLibrarySearchGenerator::GetForCurrentProcess(prefix, isSanitizer)));
}

JitLibrary::~JitLibrary() = default;
JitLibrary::JitLibrary(JitLibrary &&) = default;

Error JitLibrary::define(StringRef symbol, void *address) {
  orc::SymbolMap map;
  map[state->jit->mangleAndIntern(symbol)] = {orc::ExecutorAddr::fromPtr(address),
                                              JITSymbolFlags::Exported};
  return state->jit->getMainJITDylib().define(orc::absoluteSymbols(std::move(map)));
}

Error JitLibrary::add(ArrayRef<char> object) {
  StringRef bytes(object.data(), object.size());
  return state->jit->addObjectFile(MemoryBuffer::getMemBufferCopy(bytes, "kernel"));
}

Expected<void *> JitLibrary::find(StringRef symbol) {
  auto address = state->jit->lookup(symbol);
  if (!address)
    return address.takeError();
  return address->toPtr<void *>();
}

Expected<KernelFunction> JitLibrary::findKernel(StringRef symbol) {
  auto address = find(symbol);
  if (!address)
    return address.takeError();
  return reinterpret_cast<KernelFunction>(*address);
}
