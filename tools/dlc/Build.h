// From a model file to a program over buffers, and to an artifact: what `compile` does, and `run`,
// `verify` and `bench` do first.
#pragma once

#include "Cpu/CpuTarget.h"
#include "Emit/Compile.h"
#include "ModelOptions.h"
#include "Onnx/Model.h"
#include "Pipeline.h"
#include <future>

namespace dlc::tool {

/// A model on its way. Members are made in this order, and each needs those before it.
class Build {
public:
  Build(Session &, const ModelOptions &);

  /// Each step returns false after it reported what is wrong.
  bool resolve();
  bool read();
  bool import(const onnx::ImportOptions &);
  bool runPipeline(PipelineOptions::Stage);
  /// `levels`: the same model for other machines, in the same artifact.
  bool compile(llvm::StringRef name, WeightStorage, llvm::ArrayRef<Build *> levels = {});
  bool write(const ArtifactPaths &);
  /// Hashes the model's file beside the steps that follow, for what write() writes.
  void startHash();

  /// Called with the module when it was imported.
  std::function<void(mlir::ModuleOp)> afterImport;

  /// import to compile, with the options as they are.
  bool prepare(const onnx::ImportOptions &, llvm::StringRef name, WeightStorage,
               llvm::ArrayRef<Build *> levels = {});

  /// Null for a model that is no ONNX file.
  const onnx::Model *onnxModel() const { return model.get(); }
  mlir::ModuleOp module() { return *moduleRef; }
  const ModelOptions &modelOptions() const { return options; }
  const Machine &machine() const { return resolved; }
  const CpuTarget &target() const { return *cpuTarget; }
  const CompiledProgram &program() const { return *compiled; }
  bool sanitizes() const { return !options.sanitize.empty(); }
  double seconds() const { return compileSeconds; }
  bool isMlir() const;

private:
  bool importMlir();
  bool shareArguments();
  bool succeededSoFar();

  Session &session;
  const ModelOptions &options;
  Machine resolved;
  mlir::MLIRContext context;
  std::unique_ptr<onnx::Model> model;
  mlir::OwningOpRef<mlir::ModuleOp> moduleRef;
  std::unique_ptr<CpuTarget> cpuTarget;
  std::optional<CompiledProgram> compiled;
  std::future<std::string> modelHash;
  double compileSeconds = 0;
};

} // namespace dlc::tool
