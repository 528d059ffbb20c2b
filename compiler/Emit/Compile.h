// From a program over buffers to an artifact: distinct kernels are compiled in parallel, one
// relocatable each, the entry is built around them, and everything is written at once or not at
// all.
#pragma once

#include "Emit/Artifact.h"
#include "Graph/Target.h"
#include "llvm/Support/Error.h"

namespace dlc {

struct CompileOptions {
  std::string name; // prefix of the symbols
  Machine machine;
  WeightStorage storage = WeightStorage::Embed;
  int64_t maxThreads = 16;
  /// Whether `target` makes kernels that check their accesses.
  bool sanitizeAddress = false;
  /// Threads that compile kernels; 0: one for each processor.
  unsigned jobs = 0;
  std::string modelFile;
};

struct CompiledProgram {
  Artifact artifact;
  mlir::ModuleOp module;
  /// Kernels in the order of the module, then the entry.
  std::vector<std::vector<char>> objects;
};

/// Compiles `module`, which PlanMemory made. It must outlive the result. On failure errors were
/// emitted.
mlir::FailureOr<CompiledProgram> compileProgram(mlir::ModuleOp module, const Target &,
                                                const CompileOptions &);

enum class ArtifactKind { Object, Archive, SharedObject, HeaderOnly };

struct ArtifactPaths {
  ArtifactKind kind = ArtifactKind::Object;
  /// The artifact, or the header where only that is wanted. The header beside it, "" for none. The
  /// weights, with WeightStorage::File.
  std::string artifact, header, weights;
};

/// Writes all files or none. The same program gives the same bytes.
llvm::Error writeArtifact(CompiledProgram, const ArtifactPaths &);

} // namespace dlc
