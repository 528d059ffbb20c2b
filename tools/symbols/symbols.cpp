// The promise that objects need nothing but memcpy, memset and memmove, checked for every op that
// there is: each op that becomes kernels, on each element type that its verifier takes, compiled as
// a kernel of its own for AVX2 and for AVX-512.
//
//   dlc-symbols             prints each failure, then `<ops> x <dtypes>, undefined: <count>`; exit
//                           code 1 when an object has an undefined symbol or something could not be
//                           checked: a kernel does not compile, an op has no example
//   dlc-symbols --list      prints the element types of each op instead
//   dlc-symbols --op=tanh   only this op
//   dlc-symbols --cpu=x86-64,znver4    for other processors
//   dlc-symbols --target=riscv64-linux-gnu    for another architecture, its baseline or --cpu
#include "Cpu/Lower/ObjectFile.h"
#include "Cpu/Run/CompiledKernel.h"
#include "Examples.h"
#include "Graph/Kernel.h"
#include "Graph/Target.h"
#include "Passes.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include <bitset>
#include <future>

using namespace mlir;
using namespace dlc;

static llvm::cl::opt<bool> list("list", llvm::cl::desc("Print which element types each op takes"));
static llvm::cl::opt<std::string> only("op", llvm::cl::desc("Check only this op (no prefix)"));
static llvm::cl::list<std::string>
    cpus("cpu", llvm::cl::CommaSeparated, llvm::cl::value_desc("names"),
         llvm::cl::desc("Processors to compile for"),
         llvm::cl::list_init<std::string>({"x86-64-v3", "x86-64-v4"}));

static llvm::cl::opt<std::string> target("target", llvm::cl::value_desc("triple"),
                                         llvm::cl::desc("Architecture to compile for"));

namespace {
struct Report {
  size_t ops = 0, kernels = 0, undefined = 0, failures = 0;
  std::bitset<64> elements;
  std::string text;
};

/// Compiles all examples for one machine, in contexts of its own.
class Checker {
public:
  explicit Checker(const Machine &machine) : cpu(machine.cpu), target(machine), compiler(machine) {
    DialectRegistry registry;
    registry.insert<DlcDialect, func::FuncDialect>();
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  Report run() {
    for (RegisteredOperationName name : kernelOps(context))
      if (only.empty() || name.stripDialect() == only)
        checkOp(name);
    return std::move(report);
  }

private:
  void checkOp(RegisteredOperationName name) {
    std::string error;
    std::vector<Example> examples = examplesOf(name, error);
    if (!error.empty())
      fail(name.getStringRef(), error);
    if (examples.empty())
      return;
    ++report.ops;
    std::bitset<64> before = std::exchange(report.elements, {});
    for (Example &example : examples) {
      report.elements.set(example.element);
      if (list)
        continue;
      checkKernel(example, /*weight=*/false);
      // Packed operands are read by other code.
      if (example.op->hasTrait<ContractionOp>())
        checkKernel(example, /*weight=*/true);
    }
    if (list)
      printElements(name);
    report.elements |= before;
  }

  void printElements(RegisteredOperationName name) {
    llvm::raw_string_ostream out(report.text);
    out << name.stripDialect() << ":";
    for (auto [index, element] : llvm::enumerate(elementNames()))
      if (report.elements.test(index))
        out << " " << element;
    out << "\n";
  }

  void checkKernel(Example &example, bool weight) {
    std::string diagnostics;
    auto collect = [&](Diagnostic &diagnostic) {
      if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
        diagnostics += (diagnostics.empty() ? "" : "; ") + diagnostic.str();
      return success();
    };
    ScopedDiagnosticHandler ours(&context, collect), theirs(&compiler.context(), collect);
    std::string what = (example.op->getName().getStringRef() + " " + example.types).str();
    KernelCandidate candidate = buildKernel({example.op});
    if (isa<CompositeOpInterface>(example.op) && !target.accepts(*candidate.function)) {
      checkParts(example, what, diagnostics);
      return;
    }
    candidate.function->setPublic();
    if (weight) {
      what += ", constant operand";
      candidate.function->setArgAttr(1, weightMark, UnitAttr::get(&context));
    }
    compile(*candidate.function, what, diagnostics);
  }

  // What no kernel computes as a whole is compiled as the kernels that it becomes.
  void checkParts(Example &example, StringRef what, std::string &diagnostics) {
    OwningOpRef<ModuleOp> module = example.module->clone();
    cast<func::FuncOp>(module->lookupSymbol(example.function.getSymName())).setSymName("main");
    PassManager passes(&context);
    passes.addPass(createFormKernels(target, /*fuse=*/true));
    if (failed(passes.run(*module)))
      return fail(what, diagnostics.empty() ? "does not become kernels" : diagnostics);
    size_t before = report.kernels;
    for (auto kernel : module->getOps<func::FuncOp>())
      if (kernel->hasAttr(kernelMark))
        compile(kernel, what, diagnostics);
    if (report.kernels == before)
      fail(what, "becomes no kernel");
  }

  void compile(func::FuncOp kernel, StringRef what, std::string &diagnostics) {
    ++report.kernels;
    kernel.setPublic();
    // Undefined symbols are an error of the compiler's own check.
    if (failed(CompiledKernel::compile(compiler, kernel))) {
      report.undefined += StringRef(diagnostics).contains(undefinedSymbolsMessage);
      fail(what, diagnostics.empty() ? "does not compile" : diagnostics);
    }
    diagnostics.clear();
  }

  void fail(StringRef what, StringRef why) {
    ++report.failures;
    report.text += (what + " (" + cpu + "): " + why + "\n").str();
  }

  std::string cpu;
  MLIRContext context{MLIRContext::Threading::DISABLED};
  CpuTarget target;
  KernelCompiler compiler;
  Report report;
};
} // namespace

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv, "dlc's check for undefined symbols\n");
  std::vector<std::string> names = cpus;
  if (!target.empty() && cpus.getNumOccurrences() == 0)
    names = {""}; // the architecture's baseline
  if (list)
    names.resize(1);
  std::vector<Machine> machines(names.size());
  std::string error;
  for (auto [name, machine] : llvm::zip(names, machines)) {
    if (!Machine::resolve(target, name, machine, error)) {
      llvm::errs() << "dlc-symbols: " << error << "\n";
      return 2;
    }
    name = machine.cpu;
  }
  SmallVector<std::future<Report>> running;
  for (const Machine &machine : machines)
    running.push_back(std::async(std::launch::async, [&] { return Checker(machine).run(); }));
  size_t kernels = 0, undefined = 0, failures = 0, ops = 0, elements = 0;
  for (std::future<Report> &future : running) {
    Report report = future.get();
    llvm::outs() << report.text;
    kernels += report.kernels;
    undefined += report.undefined;
    failures += report.failures;
    ops = report.ops;
    elements = report.elements.count();
  }
  if (!list) {
    llvm::outs() << kernels << " kernels for " << llvm::join(names, ", ") << "\n"
                 << ops << " ops x " << elements << " dtypes, undefined: " << undefined;
    if (failures > undefined)
      llvm::outs() << ", not checked: " << failures - undefined;
    llvm::outs() << "\n";
  }
  return failures || ops == 0 ? 1 : 0;
}
