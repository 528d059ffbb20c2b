// A compiled model in this process: the same shared object and the same runtime as in a program
// that loads one, so that `run`, `verify` and `bench` see what users get. Code for another machine
// is run by a program that the user names (--runner): arguments and results go through files.
#pragma once

#include "Build.h"
#include "Emit/Linker.h"
#include "Runner.h"
#include "Tensor.h"

namespace dlc::tool {

class Executable {
public:
  /// Compiles, links and loads what `build` read. Null after a diagnostic.
  /// `--runner` of the options: the words of a command that runs it elsewhere (Runner.h).
  static std::unique_ptr<Executable> make(Session &, Build &, const onnx::ImportOptions &);
  ~Executable();

  size_t inputCount() const { return dlc_model_input_count(model); }
  size_t outputCount() const { return dlc_model_output_count(model); }
  const dlc_tensor &input(size_t i) const { return *dlc_model_input(model, i); }
  const dlc_tensor &output(size_t i) const { return *dlc_model_output(model, i); }
  size_t arenaBytes() const { return dlc_model_arena_bytes(model); }

  /// False after a diagnostic. Bounded outputs have the size that the run found.
  bool run(llvm::ArrayRef<Tensor> inputs, std::vector<Tensor> &outputs,
           const dlc_parallel *parallel);
  /// The run alone, for measuring: outputs are allocated and not looked at.
  bool prepare(llvm::ArrayRef<Tensor> inputs);
  int runPrepared(const dlc_parallel *parallel);
  void reportError(int error);

private:
  explicit Executable(Session &session) : session(session) {}
  bool load(Build &, const ArtifactPaths &);
  Session &session;
  std::unique_ptr<Runner> runner; // null: the model is loaded into this process
  ScratchFolder folder;
  dlc_model *model = nullptr;
  void *arena = nullptr;
  std::vector<const void *> inputPointers;
  std::vector<Tensor> results;
  std::vector<void *> outputPointers;
  std::vector<int64_t> extents;
};

/// Threads for runs: a pool that ends with this object. `threads` 0: one for each processor.
class Threads {
public:
  Threads(Session &, int threads);
  ~Threads() { dlc_pool_free(pool); }
  Threads(const Threads &) = delete;
  const dlc_parallel *parallel() const { return pool ? dlc_pool_parallel(pool) : nullptr; }
  int count() const { return pool ? dlc_pool_threads(pool) : 1; }

private:
  dlc_pool *pool = nullptr;
};

} // namespace dlc::tool
