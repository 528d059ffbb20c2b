#include "tests/Gate/Generator.h"
#include "mlir/IR/Verifier.h"
#include "tests/Gate/Classes.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

static constexpr std::pair<KernelClass, StringLiteral> classNames[] = {
    {KernelClass::Elementwise, "elementwise"}, {KernelClass::Rows, "rows"},
    {KernelClass::Contraction, "contraction"}, {KernelClass::Window, "window"},
    {KernelClass::Movement, "movement"},       {KernelClass::Sequential, "sequential"},
    {KernelClass::Adjoint, "adjoint"},         {KernelClass::Composite, "composite"}};

StringRef dlc::gate::nameOf(KernelClass c) {
  return llvm::find_if(classNames, [&](auto &p) { return p.first == c; })->second;
}

std::optional<KernelClass> dlc::gate::classNamed(StringRef name) {
  for (auto &[c, n] : classNames)
    if (n == name)
      return c;
  return std::nullopt;
}

// ---------------------------------------------------------------- cleaning

// Composites become their definitions, as in every kernel.
static void decomposeAll(func::FuncOp kernel) {
  SmallVector<CompositeOpInterface> composites;
  kernel.walk([&](CompositeOpInterface op) { composites.push_back(op); });
  for (CompositeOpInterface op : composites) {
    ImplicitLocOpBuilder b(op.getLoc(), op);
    op->replaceAllUsesWith(op.decompose(b));
    op->erase();
  }
}

// Ops that nothing uses, and then arguments that nothing uses.
static void removeDead(func::FuncOp kernel) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(kernel.getBody().front())))
    if (!op.hasTrait<OpTrait::IsTerminator>() && op.use_empty())
      op.erase();
  for (int i = static_cast<int>(kernel.getNumArguments()) - 1; i >= 0; --i)
    if (kernel.getArgument(i).use_empty())
      (void)kernel.eraseArgument(i);
}

static func::FuncOp kernelOf(OwningOpRef<ModuleOp> &module) {
  return *module->getOps<func::FuncOp>().begin();
}

static int opCount(func::FuncOp kernel) {
  return static_cast<int>(kernel.getBody().front().getOperations().size());
}

// ---------------------------------------------------------------- cutting

// The kernel with one value handed in from outside, as when the program is cut there.
static OwningOpRef<ModuleOp> cutAt(ModuleOp module, unsigned position) {
  OwningOpRef<ModuleOp> copy = module.clone();
  auto kernel = *copy->getOps<func::FuncOp>().begin();
  Operation *op = &*std::next(kernel.getBody().front().begin(), position);
  auto range = op->getAttrOfType<DenseF64ArrayAttr>("dlc.range");
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  unsigned number = kernel.getNumArguments();
  (void)kernel.insertArgument(
      number, type,
      DictionaryAttr::get(op->getContext(),
                          {NamedAttribute(StringAttr::get(op->getContext(), "dlc.range"), range)}),
      op->getLoc());
  op->getResult(0).replaceAllUsesWith(kernel.getArgument(number));
  removeDead(kernel);
  return copy;
}

// Cuts until the target takes the kernel; each time at the value that leaves the most of it, of
// those that are enough, else in the middle.
static bool cutUntilAccepted(OwningOpRef<ModuleOp> &module, const Target &target, int &cuts) {
  for (; cuts < 6; ++cuts) {
    func::FuncOp kernel = kernelOf(module);
    if (target.accepts(kernel))
      return true;
    SmallVector<OwningOpRef<ModuleOp>> candidates;
    SmallVector<std::pair<int, unsigned>> order; // fewest ops lost first
    for (auto [i, op] : llvm::enumerate(kernel.getBody().front().without_terminator()))
      if (op.hasAttr("dlc.range") && op.getNumOperands() && !op.use_empty()) {
        candidates.push_back(cutAt(*module, static_cast<unsigned>(i)));
        order.push_back({-opCount(kernelOf(candidates.back())), order.size()});
      }
    if (candidates.empty())
      return false;
    llvm::sort(order);
    auto taken = llvm::find_if(order, [&](auto &entry) {
      func::FuncOp copy = kernelOf(candidates[entry.second]);
      return opCount(copy) > 1 && target.accepts(copy);
    });
    auto &next = taken != order.end() ? *taken : order[order.size() / 2];
    module = std::move(candidates[next.second]);
  }
  return false;
}

// Constants are single elements or splats: results must be computed, and by at most one op each.
static bool isWorthRunning(func::FuncOp kernel) {
  auto results = kernel.getBody().front().getTerminator()->getOperands();
  return !results.empty() && llvm::all_of(results, [](Value v) {
    return v.getDefiningOp() && !v.getDefiningOp()->hasTrait<OpTrait::ConstantLike>();
  });
}

// ---------------------------------------------------------------- one seed

static int64_t randomSize(Random &random, KernelClass kernelClass) {
  bool isProduct = kernelClass == KernelClass::Contraction;
  double size = random.real(0, 1);
  if (size < 0.12)
    return random.in(1, 20);
  if (size < 0.85)
    return random.in(20, isProduct ? 60000 : 6000);
  return isProduct ? random.in(200000, 6000000) : random.in(60000, 400000);
}

static std::optional<GeneratedKernel> attempt(MLIRContext &context, uint64_t seed, Random &random,
                                              KernelClass kernelClass, const Target *target) {
  KernelBuilder builder(context, random);
  ClassOptions options{randomSize(random, kernelClass)};
  options.outOfRange = kernelClass == KernelClass::Elementwise && random.chance(0.06);
  if (kernelClass == KernelClass::Movement || kernelClass == KernelClass::Sequential)
    options.indicesOutside = random.chance(0.15);
  bool isProduct = kernelClass == KernelClass::Contraction;
  Expression expression(builder, {.movement = options.outOfRange ? 0.5
                                              : isProduct        ? 0.15
                                              : kernelClass == KernelClass::Movement
                                                  ? 1
                                                  : random.pick({0.0, 0.2, 0.3, 0.45}),
                                  .outOfRange = options.outOfRange});
  Results results;
  switch (kernelClass) {
  case KernelClass::Elementwise:
    results = elementwiseKernel(expression, options);
    break;
  case KernelClass::Rows:
    results = rowsKernel(expression, options);
    break;
  case KernelClass::Contraction:
    results = contractionKernel(expression, options);
    break;
  case KernelClass::Window:
    results = windowKernel(expression, options);
    break;
  case KernelClass::Movement:
    results = movementKernel(expression, options);
    break;
  case KernelClass::Sequential:
    results = sequentialKernel(expression, options);
    break;
  case KernelClass::Adjoint:
    results = adjointKernel(expression, options);
    break;
  case KernelClass::Composite:
    results = compositeKernel(expression, options);
  }
  // Ranges travel with the ops, for whoever cuts there.
  for (Operation &op : builder.kernel.getBody().front())
    if (op.getNumResults() && builder.knows(op.getResult(0))) {
      const Knowledge &k = builder.of(op.getResult(0));
      op.setAttr("dlc.range", builder.b.getDenseF64ArrayAttr({k.lo, k.hi}));
    }
  builder.finish("kernel_" + std::to_string(seed), results);
  GeneratedKernel generated;
  generated.seed = seed;
  generated.kernelClass = kernelClass;
  generated.module = std::move(builder.module);
  decomposeAll(kernelOf(generated.module));
  removeDead(kernelOf(generated.module));
  if (!isWorthRunning(kernelOf(generated.module)) || failed(verify(*generated.module)))
    return std::nullopt;
  if (target && !cutUntilAccepted(generated.module, *target, generated.cuts))
    return std::nullopt;
  generated.kernel = kernelOf(generated.module);
  if (!isWorthRunning(generated.kernel))
    return std::nullopt;
  generated.kernel.walk([](Operation *op) { op->removeDiscardableAttr("dlc.range"); });
  return generated;
}

GeneratedKernel dlc::gate::generate(MLIRContext &context, uint64_t seed,
                                    std::optional<KernelClass> wanted, const Target *target) {
  Random random(seed);
  KernelClass kernelClass = random.pick(
      {KernelClass::Elementwise, KernelClass::Elementwise, KernelClass::Elementwise,
       KernelClass::Rows, KernelClass::Rows, KernelClass::Rows, KernelClass::Contraction,
       KernelClass::Contraction, KernelClass::Contraction, KernelClass::Window});
  if (seed % 8 == 3)
    kernelClass = seed % 16 == 3 ? KernelClass::Adjoint : KernelClass::Composite;
  if (seed % 8 == 7)
    kernelClass = seed % 16 == 7 ? KernelClass::Movement : KernelClass::Sequential;
  for (int discarded = 0;; ++discarded)
    if (auto generated = attempt(context, seed, random, wanted.value_or(kernelClass), target)) {
      generated->discarded = discarded;
      return std::move(*generated);
    }
}

// ---------------------------------------------------------------- operands

std::vector<Literal> dlc::gate::makeOperands(func::FuncOp kernel, uint64_t seed) {
  Random random(seed + 77);
  std::vector<Literal> operands;
  for (BlockArgument argument : kernel.getArguments()) {
    Literal literal(tensorType(argument));
    Type element = literal.type.getElementType();
    double lo = -2, hi = 2;
    std::tie(lo, hi) = isa<FloatType>(element) ? std::pair(-2.0, 2.0) : limitsOf(element);
    if (auto range =
            kernel.getArgAttrOfType<DenseF64ArrayAttr>(argument.getArgNumber(), "dlc.range"))
      lo = range[0], hi = range[1];
    bool isFull = !isa<FloatType>(element) && hi - lo >= 0x1p52;
    for (int64_t i = 0; i < literal.size(); ++i) {
      if (isa<FloatType>(element))
        literal.setNumber(i, random.real(lo, hi));
      else
        literal.setInteger(i, isFull
                                  ? static_cast<int64_t>(random.bits())
                                  : random.in(static_cast<int64_t>(lo), static_cast<int64_t>(hi)));
    }
    if (kernel.getArgAttr(argument.getArgNumber(), "dlc.outside") && literal.size())
      for (int64_t bad = random.in(1, 3); bad > 0; --bad)
        literal.setInteger(random.in(0, literal.size() - 1),
                           random.chance(0.5) ? -random.in(1, 5)
                                              : static_cast<int64_t>(hi) + random.in(1, 100));
    operands.push_back(std::move(literal));
  }
  return operands;
}
