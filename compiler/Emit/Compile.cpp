// Kernels are handed to threads in order; their results keep it, so threads leave no trace.
#include "Emit/Compile.h"
#include "Cpu/Lower/Generate.h"
#include "Emit/Entry.h"
#include "Emit/Levels.h"
#include "llvm/ADT/StringExtras.h"
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
                                    const CompileOptions &options, Artifact &artifact,
                                    CompiledProgram &program) {
  std::vector<FailureOr<KernelObject>> results(kernels.size(), failure());
  std::atomic<size_t> next{0}, done{0};
  auto work = [&] {
    for (size_t i; (i = next++) < kernels.size();) {
      results[i] = target.compile(kernels[i]);
      if (options.progress)
        options.progress(++done, kernels.size());
    }
  };
  unsigned jobs = options.jobs;
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
    artifact.stackBytes = std::max(artifact.stackBytes, result->stackBytes);
    program.objects.push_back(std::move(result->bytes));
  }
  return success();
}

static LogicalResult compileEntry(func::FuncOp run, Artifact &artifact, CompiledProgram &program) {
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

static LogicalResult compileLevel(const LevelProgram &level, const CompileOptions &options,
                                  Artifact &artifact, CompiledProgram &program) {
  ModuleOp module = level.module;
  auto run = module.lookupSymbol<func::FuncOp>("run");
  return success(succeeded(compileKernels(kernelsOf(level.module), *level.target, options, artifact,
                                          program)) &&
                 succeeded(compileEntry(run, artifact, program)));
}

// Each level is an artifact of its own, whose symbols the object does not show.
static LogicalResult compileLevels(ArrayRef<LevelProgram> levels, const CompileOptions &options,
                                   CompiledProgram &program) {
  Artifact &whole = program.artifact;
  std::vector<Artifact> parts;
  for (const LevelProgram &level : levels) {
    Artifact part = whole;
    part.name = nameOfLevel(whole, level.machine);
    part.machine = level.machine;
    part.weightSymbol = whole.name + weightSymbolSuffix;
    appendToKernelNames(level.module, "." + makeIdentifier(level.machine.cpu));
    if (failed(compileLevel(level, options, part, program)))
      return failure();
    whole.stackBytes = std::max(whole.stackBytes, part.stackBytes);
    parts.push_back(std::move(part));
  }
  std::unique_ptr<llvm::TargetMachine> machine = makeTargetMachine(levels.back().machine);
  llvm::LLVMContext context;
  llvm::Module code("levels", context);
  buildLevels(whole, parts, code);
  attachTarget(code, *machine, levels.back().machine);
  program.objects.push_back(
      generate(code, *machine, llvm::CodeGenFileType::ObjectFile, whole.stackBytes));
  whole.machine = levels.back().machine;
  whole.machine.cpu = llvm::join(
      llvm::map_range(levels, [](const LevelProgram &level) { return level.machine.cpu; }), ",");
  return success();
}

FailureOr<CompiledProgram> dlc::compileProgram(ArrayRef<LevelProgram> levels,
                                               const CompileOptions &options) {
  CompiledProgram program;
  Artifact &artifact = program.artifact;
  artifact.name = options.name;
  artifact.storage = options.storage;
  artifact.maxThreads = options.maxThreads;
  artifact.sanitizeAddress = options.sanitizeAddress;
  artifact.modelFile = options.modelFile;
  artifact.launchList = options.launchList;
  std::vector<LevelProgram> ordered(levels.begin(), levels.end());
  // The widest is tried first.
  llvm::stable_sort(ordered, [](const LevelProgram &a, const LevelProgram &b) {
    return a.machine.vectorBits > b.machine.vectorBits;
  });
  for (const LevelProgram &level : ordered)
    program.modules.push_back(level.module);
  if (ordered.size() > 1)
    shareWeights(program.modules);
  int64_t arenaBytes = 0, weightBytes = 0;
  for (ModuleOp module : program.modules) {
    auto run = module.lookupSymbol<func::FuncOp>("run");
    if (!run)
      return module.emitError("internal error: this is no program over buffers: it has no @run");
    artifact.inputs.clear();
    artifact.outputs.clear();
    if (failed(describe(run, artifact)))
      return failure();
    arenaBytes = std::max(arenaBytes, artifact.arenaBytes);
    weightBytes += artifact.weightBytes;
  }
  artifact.arenaBytes = arenaBytes;
  artifact.weightBytes = weightBytes;
  artifact.storage = weightBytes ? options.storage : WeightStorage::None;
  artifact.machine = ordered.front().machine;
  LogicalResult compiled = ordered.size() > 1
                               ? compileLevels(ordered, options, program)
                               : compileLevel(ordered.front(), options, artifact, program);
  if (failed(compiled))
    return failure();
  return program;
}
