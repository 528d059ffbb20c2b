// libFuzzer's entry to the importer: whatever the bytes are, they become a valid module of core
// ops, or diagnostics. With DLC_FUZZ_COMPILE the module goes on through the graph passes and the
// code generation of every kernel, up to a program in memory: what `dlc compile` does. External
// data are looked for in a folder that does not exist.
#include "Onnx/Import.h"
#include "Onnx/Reader.h"
#include <cstdlib>
#ifdef DLC_FUZZ_COMPILE
#include "Cpu/CpuTarget.h"
#include "Emit/Compile.h"
#include "Pipeline.h"
#endif

using namespace mlir;
using namespace dlc;

static void demand(bool condition, const char *what) {
  if (condition)
    return;
  llvm::errs() << "broken promise: " << what << '\n';
  abort();
}

#ifdef DLC_FUZZ_COMPILE
// Bytes of a program's arena and weights, and ops, that are worth the time.
static bool isSmall(ModuleOp module) {
  int64_t ops = 0, bytes = 0;
  module.walk([&](Operation *op) {
    ++ops;
    for (Type type : op->getResultTypes())
      if (auto tensor = dyn_cast<RankedTensorType>(type))
        bytes = std::max(bytes, tensor.getNumElements());
  });
  return ops < 200 && bytes < (1 << 24);
}

static void compile(ModuleOp module) {
  Machine machine = Machine::named("x86-64-v3");
  CpuTarget target(machine);
  PassManager passes(module.getContext());
  PipelineOptions pipeline;
  pipeline.until = PipelineOptions::Stage::Kernels;
  buildPipeline(passes, target, pipeline);
  std::string said;
  ScopedDiagnosticHandler handler(module.getContext(), [&](mlir::Diagnostic &diagnostic) {
    said += diagnostic.str();
    return success();
  });
  if (failed(passes.run(module))) {
    demand(!said.empty(), "a graph pass that fails says why");
    return;
  }
  CompileOptions options;
  options.name = "fuzz";
  options.jobs = 1;
  auto program = compileProgram(LevelProgram{module, &target, machine}, options);
  demand(succeeded(program) || !said.empty(), "code generation that fails says why");
}
#endif

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef bytes(reinterpret_cast<const char *>(data), size);
  dlc::Diagnostics diagnostics;
  auto buffer = llvm::MemoryBuffer::getMemBuffer(bytes, "fuzz", false);
  std::unique_ptr<onnx::Model> model = onnx::readModel(std::move(buffer), "none", diagnostics);
  if (!model)
    return 0;
  MLIRContext context(MLIRContext::Threading::DISABLED);
  OwningOpRef<ModuleOp> module = onnx::importModel(*model, {}, diagnostics, context);
  demand(static_cast<bool>(module) != diagnostics.hasErrors(), "a module or errors, not both");
  demand(diagnostics.exitCode() != 70, "no internal error");
#ifdef DLC_FUZZ_COMPILE
  if (module && isSmall(*module))
    compile(*module);
#endif
  return 0;
}
