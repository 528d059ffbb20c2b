// Asks the classes of kernels in turn.
#include "Cpu/CpuTarget.h"
#include "Cpu/Body/Body.h"
#include "Cpu/Contraction/Contraction.h"
#include "Cpu/Lower/KernelCompiler.h"
#include "Cpu/Rows/Nest.h"
#include "Cpu/Sequential/Sequential.h"
#include <mutex>

using namespace mlir;
using namespace dlc;

/// A kernel may do this many times the work of its ops, one after the other; beyond, it is better
/// cut in two.
static constexpr double repetitionMax = 1.5;
/// Pointers beyond this are no longer in registers.
static constexpr size_t buffersMax = 14;

struct CpuTarget::State {
  Machine machine;
  CpuOptions options;
  /// Compilers that no thread uses at the moment.
  std::mutex mutex;
  std::vector<std::unique_ptr<KernelCompiler>> idle;

  std::unique_ptr<KernelCompiler> take() {
    std::lock_guard lock(mutex);
    if (idle.empty())
      return std::make_unique<KernelCompiler>(machine, options.sanitizeAddress);
    std::unique_ptr<KernelCompiler> compiler = std::move(idle.back());
    idle.pop_back();
    return compiler;
  }
  void give(std::unique_ptr<KernelCompiler> compiler) {
    std::lock_guard lock(mutex);
    idle.push_back(std::move(compiler));
  }
};

CpuTarget::CpuTarget(const Machine &machine, CpuOptions options)
    : state(std::make_unique<State>()) {
  state->machine = machine;
  state->options = options;
}
CpuTarget::~CpuTarget() = default;

static size_t opCount(func::FuncOp kernel) {
  return llvm::count_if(kernel.getBody().front().without_terminator(),
                        [](Operation &op) { return !op.hasTrait<OpTrait::ConstantLike>(); });
}

static int64_t scratchBytes(ArrayRef<Nest> nests) {
  int64_t bytes = 0;
  for (const Nest &nest : nests)
    bytes = std::max(bytes, nest.scratchBytes);
  return bytes;
}

// A sum of products among other ops wants register tiles, or a kernel of its own.
static bool hasContraction(func::FuncOp kernel) {
  return llvm::any_of(kernel.getBody().front(), [](Operation &op) {
    if (!op.hasTrait<ContractionOp>())
      return false;
    ReferenceForm form = cast<ReferenceOpInterface>(op).referenceForm();
    return llvm::any_of(ArrayRef(form.extents).drop_front(form.parallel),
                        [](int64_t extent) { return extent != 1; });
  });
}

// A kernel that is planned is emitted as planned: packed, it may look like another one.
static bool isContraction(func::FuncOp kernel) {
  return kernel->hasAttr(planName) ? KernelPlan::from(kernel).kernelClass == "contraction"
                                   : acceptsContraction(kernel);
}

bool CpuTarget::accepts(func::FuncOp kernel) const {
  if (kernel.getNumArguments() + kernel.getNumResults() > buffersMax && opCount(kernel) > 1)
    return false;
  if (acceptsContraction(kernel) || isSequentialKernel(kernel))
    return true;
  std::optional<std::vector<Nest>> nests = planNests(kernel, state->machine);
  if (!nests)
    return false;
  if (opCount(kernel) <= 1)
    return true;
  return !hasContraction(kernel) && nests->size() == 1 &&
         nests->front().repetition <= repetitionMax;
}

KernelPlan CpuTarget::plan(func::FuncOp kernel) const {
  if (acceptsContraction(kernel))
    return planContraction(kernel, state->machine);
  KernelPlan plan;
  if (isSequentialKernel(kernel)) {
    plan = planSequential(kernel, state->machine);
  } else {
    std::optional<std::vector<Nest>> nests = planNests(kernel, state->machine);
    assert(nests && "the kernel was not accepted");
    plan.kernelClass = "elementwise";
    double work = 0;
    for (const Nest &nest : *nests) {
      work += nest.operations;
      plan.count = nest.count;
      if (!nest.groups.empty())
        plan.kernelClass = "rows";
    }
    plan.scratchBytes = scratchBytes(*nests);
    plan.work = static_cast<int64_t>(work);
  }
  auto bytes = [](Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return tensor.getNumElements() * elementBytes(tensor.getElementType());
  };
  for (Type type : kernel.getArgumentTypes())
    plan.bytes += bytes(type);
  for (Type type : kernel.getResultTypes())
    plan.bytes += bytes(type);
  return plan;
}

Value CpuTarget::buildPacked(ImplicitLocOpBuilder &b, Value operand, const KernelPlan &plan,
                             unsigned) const {
  return buildPackedPanels(b, operand, plan);
}
Value CpuTarget::buildUnpacked(ImplicitLocOpBuilder &b, Value packed, RankedTensorType original,
                               const KernelPlan &plan, unsigned) const {
  return buildUnpackedPanels(b, packed, original, plan);
}

LogicalResult CpuTarget::emit(ModuleOp module, func::FuncOp kernel, StringRef symbol) const {
  if (isContraction(kernel)) {
    KernelPlan plan = kernel->hasAttr(planName) ? KernelPlan::from(kernel)
                                                : planContraction(kernel, state->machine);
    emitContraction(module, kernel, symbol, state->machine, plan, state->options.checks);
    return success();
  }
  if (isSequentialKernel(kernel)) {
    int64_t slotBytes = kernel->hasAttr(planName)
                            ? KernelPlan::from(kernel).scratchBytes
                            : planSequential(kernel, state->machine).scratchBytes;
    Body body(module, kernel, symbol, state->machine, slotBytes, state->options.checks);
    emitSequential(body);
    body.finish();
    return success();
  }
  std::optional<std::vector<Nest>> nests = planNests(kernel, state->machine);
  if (!nests)
    return kernel.emitError("not supported yet: a kernel with such ops on the CPU");
  // The plan of a program may keep slots further apart than the nests need.
  int64_t slotBytes =
      kernel->hasAttr(planName) ? KernelPlan::from(kernel).scratchBytes : scratchBytes(*nests);
  Body body(module, kernel, symbol, state->machine, slotBytes, state->options.checks);
  emitNests(body, *nests);
  body.finish();
  return success();
}

FailureOr<KernelObject> CpuTarget::compile(func::FuncOp kernel) const {
  std::unique_ptr<KernelCompiler> compiler = state->take();
  FailureOr<KernelObject> object = failure();
  {
    OwningOpRef<ModuleOp> source = cloneInto(compiler->context(), kernel);
    auto copy = *source->getOps<func::FuncOp>().begin();
    ImplicitLocOpBuilder b(copy.getLoc(), &compiler->context());
    OwningOpRef<ModuleOp> module = ModuleOp::create(b);
    if (succeeded(emit(*module, copy, kernel.getName())))
      object = compiler->compile(*module);
  }
  state->give(std::move(compiler));
  if (failed(object))
    return kernel.emitError("internal error: no code for this kernel");
  return object;
}
