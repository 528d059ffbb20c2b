// The flags of every verb that compiles a model: target, shapes, weights, numerics. Section 0 of
// the command line's contract, in code.
#pragma once

#include "Cpu/Machine.h"
#include "Onnx/Import.h"
#include "Verb.h"

namespace dlc::tool {

struct ModelOptions {
  std::string model;
  std::string target, cpu, device = "cpu";
  int64_t maxThreads = 16;
  std::vector<std::string> dimensions, shapes, shapeInputs;
  int64_t batch = 0;
  std::string dtype, checks = "on", math = "default";
  int optimize = 3;
  unsigned jobs = 0;
  bool timePasses = false;
  /// "address": kernels check their memory accesses.
  std::string sanitize;
  /// Tensors by name in place of the model's initializers.
  std::string weights;
  /// "output=input": the two may share memory. Of `compile` alone.
  std::vector<std::string> aliases;
  /// The list of launches (`-g`), without folder; empty: none. Of `compile` alone.
  std::string launchList;
  /// A command that runs artifacts for another machine. Of verbs that run the model once.
  std::string runner;

  void addTo(CLI::App &verb);
  void addRunner(CLI::App &verb);
  /// The machine, or none with a diagnostic. Also refuses what is not supported yet.
  std::optional<Machine> resolve(Session &) const;
  /// What the importer is told; diagnostics for what cannot be read.
  onnx::ImportOptions importOptions(Session &) const;
};

/// "2x3" as numbers; none if it is not that.
std::optional<std::vector<int64_t>> parseShape(llvm::StringRef text, char separator = 'x');

} // namespace dlc::tool
