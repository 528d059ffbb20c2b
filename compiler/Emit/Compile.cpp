// Kernels are handed to threads in order; their results keep it, so threads leave no trace.
#include "Emit/Compile.h"
#include "Cpu/Lower/Generate.h"
#include "Emit/Entry.h"
#include <atomic>
#include <thread>

using namespace mlir;
using namespace dlc;

static SmallVector<func::FuncOp> kernelsOf(ModuleOp module) {
  SmallVector<func::FuncOp> kernels;
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr(kernelMark))
      kernels.push_back(function);
  return kernels;
}

static LogicalResult compileKernels(ArrayRef<func::FuncOp> kernels, const Target &target,
                                    unsigned jobs, CompiledProgram &program) {
  std::vector<FailureOr<KernelObject>> results(kernels.size(), failure());
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t i; (i = next++) < kernels.size();)
      results[i] = target.compile(kernels[i]);
  };
  if (jobs == 0)
    jobs = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::thread> others;
  for (size_t i = 1; i < std::min<size_t>(jobs, kernels.size()); ++i)
    others.emplace_back(work);
  work();
  for (std::thread &other : others)
    other.join();
  for (FailureOr<KernelObject> &result : results) {
    if (failed(result))
      return failure();
    // The entry's own frame comes on top of the deepest kernel's.
    program.artifact.stackBytes = std::max(program.artifact.stackBytes, result->stackBytes);
    program.objects.push_back(std::move(result->bytes));
  }
  return success();
}

static LogicalResult compileEntry(func::FuncOp run, CompiledProgram &program) {
  Artifact &artifact = program.artifact;
  std::unique_ptr<llvm::TargetMachine> machine = makeTargetMachine(artifact.machine);
  llvm::LLVMContext context;
  llvm::Module code("entry", context);
  if (failed(buildEntry(run, artifact, code)))
    return failure();
  attachTarget(code, *machine, artifact.machine);
  buildCpuCheck(artifact, code);
  program.objects.push_back(
      generate(code, *machine, llvm::CodeGenFileType::ObjectFile, artifact.stackBytes));
  return success();
}

FailureOr<CompiledProgram> dlc::compileProgram(ModuleOp module, const Target &target,
                                               const CompileOptions &options) {
  auto run = module.lookupSymbol<func::FuncOp>("run");
  if (!run)
    return module.emitError("internal error: this is no program over buffers: it has no @run");
  CompiledProgram program;
  program.module = module;
  Artifact &artifact = program.artifact;
  artifact.name = options.name;
  artifact.machine = options.machine;
  artifact.storage = options.storage;
  artifact.maxThreads = options.maxThreads;
  artifact.sanitizeAddress = options.sanitizeAddress;
  artifact.modelFile = options.modelFile;
  if (failed(describe(run, artifact)) ||
      failed(compileKernels(kernelsOf(module), target, options.jobs, program)) ||
      failed(compileEntry(run, program)))
    return failure();
  return program;
}
