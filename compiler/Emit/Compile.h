// From a program over buffers to an artifact: distinct kernels are compiled in parallel, one
// relocatable each, the entry is built around them, and everything is written at once or not at
// all. One artifact may hold code for several machines of one architecture (Levels.h).
#pragma once

#include "Emit/Artifact.h"
#include "Graph/Target.h"
#include "llvm/Support/Error.h"

namespace dlc {

struct CompileOptions {
  std::string name; // prefix of the symbols
  WeightStorage storage = WeightStorage::Embed;
  int64_t maxThreads = 16;
  /// Whether `target` makes kernels that check their accesses.
  bool sanitizeAddress = false;
  /// Threads that compile kernels; 0: one for each processor.
  unsigned jobs = 0;
  std::string modelFile;
  /// The list of launches (`-g`), without folder; empty: none.
  std::string launchList;
  /// Told how many kernels are done; called from several threads.
  std::function<void(size_t done, size_t total)> progress;
};

/// The program as PlanMemory made it for one machine.
struct LevelProgram {
  mlir::ModuleOp module;
  const Target *target = nullptr;
  Machine machine;
};

struct CompiledProgram {
  Artifact artifact;
  /// One for each machine; the weights of each follow those of the one before.
  std::vector<mlir::ModuleOp> modules;
  /// Kernels in the order of the module, then the entry; for each machine.
  std::vector<std::vector<char>> objects;
};

/// Compiles a program for one machine, or for several: the first that the processor can run is
/// chosen when the artifact is first called. The modules must outlive the result. On failure errors
/// were emitted.
mlir::FailureOr<CompiledProgram> compileProgram(llvm::ArrayRef<LevelProgram>,
                                                const CompileOptions &);

enum class ArtifactKind { Object, Archive, SharedObject, HeaderOnly };

struct ArtifactPaths {
  ArtifactKind kind = ArtifactKind::Object;
  /// The artifact, or the header where only that is wanted. The header beside it, "" for none. The
  /// weights, with WeightStorage::File.
  std::string artifact, header, weights;
  /// The list of launches; "" for none.
  std::string launches;
};

/// Writes all files or none. The same program gives the same bytes.
llvm::Error writeArtifact(CompiledProgram, const ArtifactPaths &);

} // namespace dlc
