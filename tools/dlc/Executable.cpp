// See Executable.h.
#include "Executable.h"
#include "Cpu/Lower/Sanitize.h"
#include "Memory.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace dlc;
using namespace dlc::tool;

static Code codeOf(int error) {
  switch (error) {
  case DLC_ERROR_INDEX:
    return Code::RunIndex;
  case DLC_ERROR_BRANCH:
    return Code::RunBranch;
  case DLC_ERROR_ARGUMENT:
  case DLC_ERROR_ARENA:
  case DLC_ERROR_COUNT:
    return Code::RunArgument;
  case DLC_ERROR_MEMORY:
    return Code::OutOfMemory;
  case DLC_ERROR_CPU:
    return Code::DeviceMissing;
  default:
    return Code::ArtifactInvalid;
  }
}

void Executable::reportError(int error) {
  session.diagnostics.report(codeOf(error), runner ? runner->failure() : dlc_last_error());
}

static bool runsHere(const Machine &machine) {
  return llvm::Triple(machine.triple).getArch() ==
         llvm::Triple(llvm::sys::getDefaultTargetTriple()).getArch();
}

bool Executable::load(Build &build, const ArtifactPaths &paths) {
  int error;
  if (runner)
    error = runner->open(paths.artifact, build.program().artifact, &model);
  else
    error = dlc_model_load(paths.artifact.c_str(), "model", nullptr, &model);
  if (!error)
    error = dlc_arena_create(model, &arena);
  bool said = runner && *runner->failure();
  if (error)
    session.diagnostics.report(codeOf(error), said ? runner->failure() : dlc_last_error());
  return !error;
}

std::unique_ptr<Executable> Executable::make(Session &session, Build &build,
                                             const onnx::ImportOptions &importOptions) {
  if (build.sanitizes() && !AddressSanitizer::isHere()) {
    session.diagnostics
        .report(Code::DeviceMissing, "--sanitize=address needs AddressSanitizer in this process")
        .repair(AddressSanitizer::repair);
    return nullptr;
  }
  const std::string &command = build.modelOptions().runner;
  if (command.empty() && !runsHere(build.machine())) {
    session.diagnostics
        .report(Code::TargetUnsupported,
                "this machine cannot run code for " + dlc::quoted(build.machine().triple))
        .repair("name a program that can with --runner, as \"qemu-aarch64 -L "
                "/usr/aarch64-linux-gnu build/bin/dlc-runner-aarch64\"");
    return nullptr;
  }
  WeightStorage storage = command.empty() ? WeightStorage::File : WeightStorage::Embed;
  if (!build.prepare(importOptions, "model", storage))
    return nullptr;
  std::unique_ptr<Executable> result(new Executable(session));
  if (!command.empty())
    result->runner = std::make_unique<Runner>(command);
  if (llvm::Error error = result->folder.create()) {
    session.diagnostics.report(Code::OutputNotWritten, llvm::toString(std::move(error)));
    return nullptr;
  }
  ArtifactPaths paths;
  paths.kind = ArtifactKind::SharedObject;
  paths.artifact = result->folder.file("model.so");
  paths.weights = result->folder.file("model.weights");
  if (!build.write(paths) || !fitsIntoMemory(session, build.program().artifact) ||
      !result->load(build, paths))
    return nullptr;
  return result;
}

Executable::~Executable() {
  dlc_arena_free(arena);
  dlc_model_free(model);
}

bool Executable::prepare(llvm::ArrayRef<Tensor> inputs) {
  inputPointers.clear();
  outputPointers.clear();
  results.clear();
  // An empty array still has an address.
  static char nothing[64];
  auto pointer = [](const std::vector<char> &bytes) {
    return bytes.empty() ? nothing : const_cast<char *>(bytes.data());
  };
  for (const Tensor &input : inputs)
    inputPointers.push_back(pointer(input.bytes));
  for (size_t i = 0; i < outputCount(); ++i) {
    const dlc_tensor &type = output(i);
    results.emplace_back(type.dtype, llvm::ArrayRef<int64_t>(type.shape, type.rank));
  }
  for (Tensor &result : results)
    outputPointers.push_back(pointer(result.bytes));
  extents.assign(outputCount(), -1);
  return true;
}

int Executable::runPrepared(const dlc_parallel *parallel) {
  if (runner)
    return runner->run(model, inputPointers, outputPointers, extents);
  return dlc_model_run(model, inputPointers.data(), inputPointers.size(), outputPointers.data(),
                       outputPointers.size(), extents.data(), arena, parallel);
}

// The first `extent` elements along the axis.
static Tensor takeExtent(const Tensor &whole, int axis, int64_t extent) {
  std::vector<int64_t> shape = whole.shape;
  shape[axis] = extent;
  Tensor part(whole.dtype, shape);
  int64_t outer = 1, inner = elementBytesOf(whole.dtype);
  for (int d = 0; d < axis; ++d)
    outer *= shape[d];
  for (size_t d = axis + 1; d < shape.size(); ++d)
    inner *= shape[d];
  for (int64_t i = 0; i < outer; ++i)
    std::copy_n(whole.bytes.begin() + i * whole.shape[axis] * inner, extent * inner,
                part.bytes.begin() + i * extent * inner);
  return part;
}

bool Executable::run(llvm::ArrayRef<Tensor> inputs, std::vector<Tensor> &outputs,
                     const dlc_parallel *parallel) {
  prepare(inputs);
  if (int error = runPrepared(parallel)) {
    reportError(error);
    return false;
  }
  outputs = std::move(results);
  for (size_t i = 0; i < outputs.size(); ++i)
    if (int axis = output(i).bounded_axis; axis >= 0)
      outputs[i] = takeExtent(outputs[i], axis, extents[i]);
  return true;
}

Threads::Threads(Session &session, int threads) {
  if (threads == 1)
    return;
  if (int error = dlc_pool_create(threads, &pool))
    session.diagnostics.report(error == DLC_ERROR_MEMORY ? Code::OutOfMemory : Code::OptionValue,
                               dlc_last_error());
}
