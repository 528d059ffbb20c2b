// One kernel through the whole gate, and what a run of many adds up to.
#pragma once

#include "tests/Gate/Bound.h"
#include "tests/Gate/Generator.h"
#include "tests/Gate/Inspection.h"

namespace dlc::gate {

struct TrialOptions {
  std::optional<KernelClass> kernelClass;
  /// Whether kernels that take more than 50 us are timed against their bound. Only on this machine.
  bool timed = false;
  bool keepsObject = false;
  /// Keep the text of this stage of the code.
  std::optional<KernelStage> stage = {};
};

struct Trial {
  uint64_t seed = 0;
  KernelClass kernelClass = KernelClass::Elementwise;
  /// What is wrong; empty where all is as expected.
  std::string message;
  /// The kernel's text where something is wrong or slow.
  std::string text;
  double compileMilliseconds = 0, interpretMilliseconds = 0;
  /// Largest difference over what is allowed.
  double worst = 0;
  int64_t stackUsed = 0, stackDeclared = 0, objectBytes = 0;
  /// The machine code, where options ask for it.
  std::vector<char> object;
  /// The text of a stage, where options ask for it.
  std::string code;
  int cuts = 0, discarded = 0;
  Inspection inspection;
  /// A loop of the kernel is as long as a vector, and no trait frees it from vector code.
  bool isVectorisable = false;
  /// An op by its trait goes one element after the other: there is no bound of its time.
  bool isSequential = false;
  /// Only of kernels that take more than 50 us.
  std::optional<Timing> timing;
};

class Gate {
public:
  /// `sanitizeAddress`: kernels check their accesses, so neither speed, instructions nor stack are
  /// looked at.
  explicit Gate(const Machine &, bool sanitizeAddress = false);
  /// Generates, plans, compiles, runs, compares, inspects and times the kernel of a seed.
  Trial run(uint64_t seed, const TrialOptions &);

  /// The same with a kernel that is there already, whose arguments say their ranges (Generator.h).
  Trial run(GeneratedKernel &, const TrialOptions &);

  mlir::MLIRContext &context() { return ownContext; }
  const Machine machine;
  const bool sanitized;

private:
  void check(Trial &, GeneratedKernel &, const TrialOptions &);

  mlir::MLIRContext ownContext;
  CpuTarget target;
  KernelCompiler compiler;
  Stopwatch stopwatch;
};

/// The gate's figures, one line each with PASS or FAIL; false where one fails. Times count only
/// where they were asked for.
bool printSummary(llvm::ArrayRef<Trial>, const TrialOptions &, llvm::raw_ostream &);

} // namespace dlc::gate
