#include "tests/Gate/Trial.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/PrettyStackTrace.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

Gate::Gate(const Machine &machine, bool sanitizeAddress)
    : machine(machine), sanitized(sanitizeAddress), ownContext(MLIRContext::Threading::DISABLED),
      target(machine), compiler(machine, sanitizeAddress), stopwatch(compiler) {
  ownContext.loadDialect<DlcDialect, func::FuncDialect, arith::ArithDialect, math::MathDialect,
                         memref::MemRefDialect, scf::SCFDialect, vector::VectorDialect>();
}

// ---------------------------------------------------------------- what vectors may be asked of

// Integer division has no vector form; what an op does is seen in its body.
static bool divides(Operation *op, const ReferenceForm &form) {
  if (!form.body || form.reads.size() != op->getNumOperands())
    return false;
  Block block;
  ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
  b.setInsertionPointToStart(&block);
  Scalars reads, indices;
  for (const Read &read : form.reads) {
    Type element = tensorType(op->getOperand(read.operand)).getElementType();
    reads.push_back(
        {&b, block.addArgument(registerType(element), op->getLoc()), isUnsignedElement(element)});
  }
  for (size_t i = 0; form.usesIndices && i < form.extents.size(); ++i)
    indices.push_back({&b, block.addArgument(b.getI64Type(), op->getLoc())});
  form.body(b, reads, indices);
  return llvm::any_of(block, [](Operation &inner) {
    return isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp>(inner);
  });
}

static bool isVectorisable(func::FuncOp kernel, const Machine &machine) {
  int64_t longest = 0, bits = 32;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    auto reference = dyn_cast<ReferenceOpInterface>(op);
    if (!reference || op.hasTrait<dlc::ScalarCode>())
      return false;
    ReferenceForm form = reference.referenceForm();
    if (llvm::is_contained(form.extents, 0))
      return false;
    for (int64_t extent : form.extents)
      longest = std::max(longest, extent);
    for (Value result : op.getResults())
      bits = std::max<int64_t>(
          bits, registerType(tensorType(result).getElementType()).getIntOrFloatBitWidth());
    if (divides(&op, form))
      return false;
  }
  return longest >= machine.lanes(bits);
}

// ---------------------------------------------------------------- one kernel

void Gate::check(Trial &trial, GeneratedKernel &generated, const TrialOptions &options) {
  std::vector<Literal> operands = makeOperands(generated.kernel, trial.seed);
  double start = threadMilliseconds();
  Expected expected = interpretKernel(generated.kernel, operands);
  trial.interpretMilliseconds = threadMilliseconds() - start;
  trial.message = expected.error;
  if (!trial.message.empty())
    return;
  trial.isSequential = llvm::any_of(generated.kernel.getBody().front(),
                                    [](Operation &op) { return op.hasTrait<dlc::ScalarCode>(); });
  trial.isVectorisable = !sanitized && isVectorisable(generated.kernel, machine);
  Work work = options.timed ? workOf(generated.kernel, machine) : Work();
  trial.message = planKernel(generated.module, operands, target, trial.compileMilliseconds);
  if (!trial.message.empty())
    return;
  if (options.stage)
    trial.code = stageText(generated.kernel, target, compiler, *options.stage);
  CompiledKernel compiled(generated.kernel, target, compiler);
  trial.message = compiled.error;
  if (!trial.message.empty())
    return;
  trial.compileMilliseconds += compiled.compileMilliseconds;
  trial.objectBytes = static_cast<int64_t>(compiled.object.bytes.size());
  if (options.keepsObject)
    trial.object = compiled.object.bytes;
  trial.stackDeclared = compiled.object.stackBytes;
  if (!sanitized)
    trial.inspection = inspect(compiled.object.bytes, machine);
  trial.message =
      checkKernel(generated.kernel, compiled, operands, expected, trial.worst, trial.stackUsed);
  if (trial.message.empty())
    trial.message = trial.inspection.error;
  if (trial.message.empty() && !sanitized && trial.stackUsed > trial.stackDeclared)
    trial.message = llvm::formatv("takes {0} bytes of stack, declares {1}", trial.stackUsed,
                                  trial.stackDeclared);
  if (!options.timed || sanitized || !trial.message.empty())
    return;
  ArgumentBlock block(generated.kernel, operands, compiled.plan, GuardedBuffer::Side::Start, true);
  stopwatch.once(compiled, block);
  if (stopwatch.once(compiled, block) > 50)
    trial.timing = stopwatch.measure(compiled, block, work, 30);
  if (trial.timing && trial.timing->microseconds <= 50)
    trial.timing.reset();
}

Trial Gate::run(uint64_t seed, const TrialOptions &options) {
  GeneratedKernel generated = generate(ownContext, seed, options.kernelClass, &target);
  return run(generated, options);
}

Trial Gate::run(GeneratedKernel &generated, const TrialOptions &options) {
  Trial trial;
  trial.seed = generated.seed;
  trial.kernelClass = generated.kernelClass;
  trial.cuts = generated.cuts, trial.discarded = generated.discarded;
  llvm::raw_string_ostream(trial.text) << generated.kernel;
  llvm::PrettyStackTraceString trace(trial.text.c_str()); // where the compiler itself crashes
  check(trial, generated, options);
  return trial;
}

// ---------------------------------------------------------------- summary

static double quantile(std::vector<double> values, double q) {
  if (values.empty())
    return 0;
  llvm::sort(values);
  return values[static_cast<size_t>(q * static_cast<double>(values.size() - 1))];
}

bool dlc::gate::printSummary(ArrayRef<Trial> trials, const TrialOptions &options,
                             llvm::raw_ostream &os) {
  bool all = true;
  auto line = [&](bool pass, const auto &text) {
    all = all && pass;
    os << (pass ? "PASS  " : "FAIL  ") << text << "\n";
  };
  size_t equal = 0, vectorisable = 0, vectorised = 0, undefined = 0;
  std::vector<double> compile, products, arithmetic;
  for (const Trial &trial : trials) {
    equal += trial.message.empty();
    undefined += !trial.inspection.undefined.empty();
    if (trial.objectBytes)
      compile.push_back(trial.compileMilliseconds);
    if (trial.isVectorisable && trial.objectBytes) {
      ++vectorisable;
      vectorised += trial.inspection.scalarShare() <= 0.1;
    }
    if (trial.timing && !trial.isSequential) {
      products.push_back(trial.timing->boundProducts / trial.timing->microseconds);
      arithmetic.push_back(trial.timing->boundArithmetic / trial.timing->microseconds);
    }
  }
  for (KernelClass c : allClasses) {
    auto of = [&](const Trial &t) { return t.kernelClass == c; };
    auto good = [&](const Trial &t) { return of(t) && t.message.empty(); };
    os << llvm::formatv("      {0}: {1} of {2} right\n", nameOf(c), llvm::count_if(trials, good),
                        llvm::count_if(trials, of));
  }
  line(equal == trials.size(),
       llvm::formatv("kernels that equal the interpreter within their memory: {0} of {1}", equal,
                     trials.size()));
  line(undefined == 0, llvm::formatv("kernels with undefined symbols: {0}", undefined));
  double share = vectorisable
                     ? 100.0 * static_cast<double>(vectorised) / static_cast<double>(vectorisable)
                     : 100;
  line(share >= 95,
       llvm::formatv("at most 10 % scalar arithmetic in the deepest loops: {0:f1} % of "
                     "{1} kernels (95 wanted)",
                     share, vectorisable));
  if (options.timed)
    line(
        quantile(compile, 0.5) <= 20 && quantile(compile, 1) <= 200,
        llvm::formatv("CPU time to compile: median {0:f1} ms (20), 90 % {1:f1}, worst {2:f1} (200)",
                      quantile(compile, 0.5), quantile(compile, 0.9), quantile(compile, 1)));
  if (arithmetic.empty())
    return all;
  line(quantile(arithmetic, 0.5) >= 0.6 && quantile(arithmetic, 0) >= 0.2,
       llvm::formatv(
           "of the bound, {0} kernels over 50 us (sort and its like exempt): median {1:f2} (0.6), "
           "10 % {2:f2}, least "
           "{3:f2} (0.2)\n"
           "      the bound is the larger of bytes at the speed of a copy and arithmetic at "
           "that of multiply-adds:\n"
           "      products, and what functions like exp, divisions and reductions are built "
           "of, which takes as long",
           arithmetic.size(), quantile(arithmetic, 0.5), quantile(arithmetic, 0.1),
           quantile(arithmetic, 0)));
  os << llvm::formatv("      with products as the only arithmetic: median {0:f2}, 10 % {1:f2}, "
                      "least {2:f2}\n",
                      quantile(products, 0.5), quantile(products, 0.1), quantile(products, 0));
  return all;
}
