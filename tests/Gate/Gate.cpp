// dlc-gate: random fused kernels, interpreted and compiled.
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Parser/Parser.h"
#include "tests/Gate/Generator.h"
#include "tests/Gate/KernelRun.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/InitLLVM.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;
namespace cl = llvm::cl;

static cl::opt<std::string> input(cl::Positional, cl::desc("[file with kernels]"));
static cl::opt<uint64_t> firstSeed("seed", cl::init(1), cl::desc("First seed"));
static cl::opt<unsigned> count("count", cl::init(100), cl::desc("Number of kernels"));
static cl::opt<uint64_t> only("only", cl::init(0), cl::desc("This seed alone"));
static cl::opt<std::string> cpu("cpu", cl::init("native"), cl::desc("Machine to compile for"));
static cl::opt<std::string> className("class", cl::desc("elementwise, rows, contraction, window"));
static cl::opt<bool> print("print", cl::desc("Print every kernel"));
static cl::opt<bool> interpretOnly("interpret", cl::desc("Only generate and interpret"));

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  cl::ParseCommandLineOptions(argc, argv, "random kernels, interpreted and compiled\n");
  MLIRContext context(MLIRContext::Threading::DISABLED);
  context.loadDialect<DlcDialect, func::FuncDialect, arith::ArithDialect, math::MathDialect>();
  Machine machine;
  std::string error;
  if (!Machine::resolve("", cpu, machine, error)) {
    llvm::errs() << "dlc-gate: " << error << "\n";
    return 2;
  }
  CpuTarget target(machine);
  KernelCompiler compiler(machine);
  std::optional<KernelClass> wanted;
  if (!className.empty() && !(wanted = classNamed(className)))
    return llvm::errs() << "dlc-gate: no such class: " << className << "\n", 2;
  uint64_t seed = only ? only : firstSeed;
  unsigned left = only ? 1u : unsigned(count);
  unsigned failures = 0, discarded = 0, cuts = 0;
  for (; left; --left, ++seed) {
    if (getenv("GATE_TRACE"))
      llvm::errs() << "seed " << seed << "\n";
    GeneratedKernel generated = generate(context, seed, wanted, interpretOnly ? nullptr : &target);
    discarded += generated.discarded, cuts += generated.cuts;
    if (print)
      generated.kernel.print(llvm::outs()), llvm::outs() << "\n";
    std::vector<Literal> operands = makeOperands(generated.kernel, seed);
    double t0 = threadMilliseconds();
    Expected expected = interpretKernel(generated.kernel, operands);
    double t1 = threadMilliseconds();
    std::string message = expected.error;
    double worst = 0;
    int64_t stack = 0;
    CompiledKernel *compiled = nullptr;
    std::unique_ptr<CompiledKernel> owner;
    if (message.empty() && !interpretOnly) {
      message = planKernel(generated.module, operands, target);
      if (message.empty()) {
        owner = std::make_unique<CompiledKernel>(generated.kernel, target, compiler);
        compiled = owner.get();
        message = compiled->error;
      }
      if (message.empty())
        message = checkKernel(generated.kernel, *compiled, operands, expected, worst, stack);
    }
    double t2 = threadMilliseconds();
    int64_t elements = 0;
    for (auto &r : expected.results)
      elements += r.size();
    bool finite = true;
    for (auto &r : expected.results)
      if (isa<FloatType>(r.type.getElementType()))
        for (int64_t i = 0; i < r.size(); ++i)
          finite = finite && std::isfinite(r.number(i));
    llvm::outs() << llvm::formatv(
        "{0,6} {1,-12} {2} interp {3:f1} ms compile {4:f1} ms total {5:f1} elements {6} M {7:e1} "
        "worst {8:f3} stack {9}/{10} disc {11} cuts {12}{13}\n",
        seed, nameOf(generated.kernelClass), message.empty() ? "ok  " : "FAIL", t1 - t0,
        compiled ? compiled->compileMilliseconds : 0.0, t2 - t1, elements,
        expected.tolerance.largest, worst, stack, compiled ? compiled->object.stackBytes : 0,
        generated.discarded, generated.cuts, finite ? "" : " not finite");
    if (!message.empty()) {
      ++failures;
      llvm::outs() << "  " << message << "\n";
    }
    llvm::outs().flush();
  }
  llvm::outs() << "failures " << failures << " discarded " << discarded << " cuts " << cuts << "\n";
  return failures != 0;
}
