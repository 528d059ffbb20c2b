// The flags of every verb that compiles a model: target, shapes, weights, numerics. Section 0 of
// the command line's contract, in code.
#pragma once

#include "Cpu/Machine.h"
#include "Onnx/Import.h"
#include "Verb.h"

namespace dlc::tool {

struct ModelOptions {
  std::string model;
  std::string target, cpu = "native", device = "cpu";
  int64_t maxThreads = 16;
  std::vector<std::string> dimensions, shapes, shapeInputs;
  int64_t batch = 0;
  std::string dtype, checks = "on", math = "default";
  int optimize = 3;
  unsigned jobs = 0;
  bool timePasses = false;
  /// "address": kernels check their memory accesses.
  std::string sanitize;

  void addTo(CLI::App &verb);
  /// The machine, or none with a diagnostic. Also refuses what is not supported yet.
  std::optional<Machine> resolve(Session &) const;
  /// What the importer is told; diagnostics for what cannot be read.
  onnx::ImportOptions importOptions(Session &) const;
};

/// "2x3" as numbers; none if it is not that.
std::optional<std::vector<int64_t>> parseShape(llvm::StringRef text, char separator = 'x');

} // namespace dlc::tool
