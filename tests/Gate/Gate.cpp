// dlc-gate: random fused kernels, interpreted and compiled; the figures of the gate.
//
//   dlc-gate --count=500              all classes, this machine; a line for each kernel that is
//                                     wrong, mostly scalar, slow to compile or far from its bound
//   dlc-gate --only=17 --print        one seed, its text and figures
//   dlc-gate --cpu=x86-64-v3          another level of this machine
//   dlc-gate --sanitize=address       kernels check their accesses; the first report ends the run
//   dlc-gate --only=17 --emit=llvm    ... and its code: loops, llvm or asm
//   dlc-gate kernels.mlir             the kernels of a file, as --print writes them
//
// Exit code 0 where all lines of the summary pass, 1 where one fails, 2 for wrong options.
#include "Cpu/Lower/Sanitize.h"
#include "mlir/Parser/Parser.h"
#include "tests/Gate/Trial.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"

using namespace dlc;
using namespace dlc::gate;
namespace cl = llvm::cl;

static cl::opt<std::string> input(cl::Positional, cl::desc("[file with kernels]"));
static cl::opt<uint64_t> firstSeed("seed", cl::init(1), cl::desc("First seed"));
static cl::opt<unsigned> count("count", cl::init(500), cl::desc("Number of kernels"));
static cl::opt<uint64_t> only("only", cl::init(0), cl::desc("This seed alone"));
static cl::opt<std::string> cpu("cpu", cl::init("native"), cl::desc("Machine to compile for"));
static cl::opt<std::string>
    className("class", cl::desc("elementwise, rows, contraction, window, movement, sequential, "
                                "adjoint or composite"));
static cl::opt<bool> print("print", cl::desc("Print every kernel and its figures"));
static cl::opt<std::string> object("object",
                                   cl::desc("Write the last kernel's object to this file"));
enum class Sanitizer { None, Address };
static cl::opt<Sanitizer>
    sanitize("sanitize", cl::desc("Kernels check their memory accesses"), cl::init(Sanitizer::None),
             cl::values(clEnumValN(Sanitizer::Address, "address", "by AddressSanitizer")));
static cl::opt<std::string> emit("emit", cl::desc("Print this stage of every kernel's code"));
static cl::opt<bool> timed("time", cl::init(true), cl::desc("Time kernels over 50 us"));

static void report(const Trial &trial) {
  llvm::raw_ostream &os = llvm::outs();
  const Inspection &code = trial.inspection;
  auto head = [&](llvm::StringRef what) {
    os << llvm::formatv("{0} seed {1} {2}: ", what, trial.seed, nameOf(trial.kernelClass));
  };
  if (!trial.message.empty()) {
    head("WRONG");
    os << trial.message << "\n";
  }
  if (!code.undefined.empty()) {
    head("UNDEFINED");
    os << llvm::join(code.undefined, ", ") << "\n";
  }
  if (trial.isVectorisable && code.scalarShare() > 0.1) {
    head("SCALAR");
    os << llvm::formatv("{0} of {1} arithmetic instructions: {2}\n", code.scalar,
                        code.scalar + code.vector,
                        llvm::join(llvm::ArrayRef(code.scalarText).take_front(6), "; "));
  }
  if (trial.compileMilliseconds > 100) {
    head("COMPILE");
    os << llvm::formatv("{0:f0} ms, {1} bytes\n", trial.compileMilliseconds, trial.objectBytes);
  }
  if (trial.timing && !trial.isSequential &&
      trial.timing->boundArithmetic < 0.3 * trial.timing->microseconds) {
    head("SLOW");
    os << llvm::formatv("{0:f1} us, bound {1:f1} (products and copy {2:f1})\n",
                        trial.timing->microseconds, trial.timing->boundArithmetic,
                        trial.timing->boundProducts);
  }
  if (print) {
    head("figures");
    os << llvm::formatv("compile {0:f1} ms, {1} bytes, stack {2} of {3}, scalar {4} vector {5} in "
                        "{6} loops, {7:f3} of the allowed difference, interpreted in {8:f0} ms, "
                        "{9} cuts, {10} discarded\n",
                        trial.compileMilliseconds, trial.objectBytes, trial.stackUsed,
                        trial.stackDeclared, code.scalar, code.vector, code.loops, trial.worst,
                        trial.interpretMilliseconds, trial.cuts, trial.discarded);
    if (trial.timing)
      os << llvm::formatv("  {0:f1} us, bound {1:f1} us (products and copy {2:f1})\n",
                          trial.timing->microseconds, trial.timing->boundArithmetic,
                          trial.timing->boundProducts);
    os << trial.text << "\n";
  } else if (!trial.message.empty()) {
    os << trial.text << "\n";
  }
  os << trial.code;
  os.flush();
}

static std::optional<KernelStage> stageNamed(llvm::StringRef name) {
  return llvm::StringSwitch<std::optional<KernelStage>>(name)
      .Case("loops", KernelStage::Loops)
      .Case("llvm", KernelStage::Llvm)
      .Case("asm", KernelStage::Assembly)
      .Default(std::nullopt);
}

// The kernels of a file, each as a module of its own; nothing where it cannot be parsed.
static std::vector<GeneratedKernel> readKernels(mlir::MLIRContext &context) {
  std::vector<GeneratedKernel> kernels;
  auto source = mlir::parseSourceFile<mlir::ModuleOp>(input, &context);
  if (!source)
    return kernels;
  for (auto function : source->getOps<mlir::func::FuncOp>()) {
    GeneratedKernel &kernel = kernels.emplace_back();
    kernel.seed = kernels.size();
    kernel.module = mlir::ModuleOp::create(function.getLoc());
    mlir::OpBuilder builder(kernel.module->getBodyRegion());
    kernel.kernel = mlir::cast<mlir::func::FuncOp>(builder.clone(*function));
  }
  return kernels;
}

// The seed that is on trial, for a report that ends the process.
static uint64_t seedOnTrial = 0;

// Whether kernels can be sanitized as asked.
static bool prepareSanitizer() {
  if (sanitize == Sanitizer::None)
    return true;
  if (!AddressSanitizer::isHere()) {
    llvm::errs() << "dlc-gate: --sanitize=address needs AddressSanitizer in this process: "
                 << AddressSanitizer::repair << "\n";
    return false;
  }
  AddressSanitizer::onDeath([] { llvm::errs() << "WRONG seed " << seedOnTrial << "\n"; });
  return true;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "random fused kernels, interpreted and compiled\n");
  Machine machine;
  std::string error;
  if (!Machine::resolve("", cpu, machine, error)) {
    llvm::errs() << "dlc-gate: " << error << "\n";
    return 2;
  }
  TrialOptions options{.kernelClass = classNamed(className),
                       .timed = timed && sanitize == Sanitizer::None,
                       .keepsObject = !object.empty(),
                       .stage = stageNamed(emit)};
  if (!emit.empty() && !options.stage) {
    llvm::errs() << "dlc-gate: no such stage: " << emit << "\n";
    return 2;
  }
  if (!className.empty() && !options.kernelClass) {
    llvm::errs() << "dlc-gate: no such class: " << className << "\n";
    return 2;
  }
  if (!prepareSanitizer())
    return 2;
  Gate gate(machine, sanitize == Sanitizer::Address);
  std::vector<Trial> trials;
  auto take = [&](Trial trial) {
    report(trial);
    std::error_code problem;
    if (!object.empty())
      llvm::raw_fd_ostream(object, problem).write(trial.object.data(), trial.object.size());
    if (problem)
      llvm::errs() << "dlc-gate: " << object << ": " << problem.message() << "\n";
    trials.push_back(std::move(trial));
    return !problem;
  };
  if (!input.empty()) {
    for (GeneratedKernel &kernel : readKernels(gate.context())) {
      seedOnTrial = kernel.seed;
      take(gate.run(kernel, options));
    }
    if (trials.empty()) {
      llvm::errs() << "dlc-gate: " << input << ": no kernels\n";
      return 2;
    }
    return printSummary(trials, options, llvm::outs()) ? 0 : 1;
  }
  uint64_t from = only ? only : firstSeed, number = only ? 1 : count;
  for (uint64_t seed = from; seed < from + number; ++seed) {
    seedOnTrial = seed;
    if (!take(gate.run(seed, options)))
      return 2;
  }
  llvm::outs() << "machine " << machine.description() << "\n";
  return printSummary(trials, options, llvm::outs()) ? 0 : 1;
}
