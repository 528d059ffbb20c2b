#include "tests/Gate/Bound.h"
#include "Cpu/Math/ExpandMath.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Parser/Parser.h"
#include "tests/Gate/Random.h"
#include "llvm/Support/FormatVariadic.h"
#include <chrono>
#include <cstring>

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// ---------------------------------------------------------------- work

// What one instruction takes, in multiply-adds of f32: 64 bits are half as many lanes, a product of
// 64-bit integers is three instructions, a division or root keeps its unit busy for eight at least.
// Integers have no division in vectors: one element after the other takes six cycles at least.
static double costOf(Operation &op) {
  if (op.getNumResults() == 0 || op.hasTrait<OpTrait::ConstantLike>() ||
      isa<UnrealizedConversionCastOp, arith::BitcastOp, vector::BitCastOp>(op))
    return 0;
  auto type = dyn_cast<VectorType>(op.getResult(0).getType());
  if (!type)
    return 0;
  double wide = type.getElementTypeBitWidth() == 64 ? 2 : 1;
  if (isa<arith::DivFOp, math::SqrtOp>(op))
    return 8 * wide;
  if (isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp>(op))
    return 2 * 6 * static_cast<double>(type.getNumElements());
  return isa<arith::MulIOp>(op) && wide == 2 ? 3 * wide : wide;
}

static double instructionsOf(Block &block) {
  double count = 0;
  for (Operation &op : block) {
    auto loop = dyn_cast<scf::ForOp>(op);
    auto trips = loop ? loop->getAttrOfType<IntegerAttr>("dlc.trips") : nullptr;
    if (loop)
      count += instructionsOf(*loop.getBody()) * static_cast<double>(trips ? trips.getInt() : 1);
    else
      count += costOf(op);
  }
  return count;
}

// Instructions of a body, as vectors of `lanes` run it, in units of one f32 multiply-add.
static double instructionsOf(Operation *op, const ReferenceForm &form, const Machine &machine) {
  OwningOpRef<ModuleOp> module = ModuleOp::create(op->getLoc());
  ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
  b.setInsertionPointToStart(module->getBody());
  auto function = func::FuncOp::create(b, "body", b.getFunctionType({}, {}));
  Block *block = function.addEntryBlock();
  b.setInsertionPointToStart(block);
  auto argument = [&](Type element, bool isUnsigned) {
    auto type = VectorType::get({machine.lanes(32)}, element);
    return Scalar{&b, block->addArgument(type, op->getLoc()), isUnsigned};
  };
  Scalars reads, indices, produced;
  for (const Read &read : form.reads) {
    Type element = tensorType(op->getOperand(read.operand)).getElementType();
    reads.push_back(argument(registerType(element), isUnsignedElement(element)));
  }
  if (form.usesIndices)
    for (size_t i = 0; i < form.extents.size(); ++i)
      indices.push_back(argument(b.getI64Type(), false));
  produced = form.body ? form.body(b, reads, indices) : Scalars{reads.front()};
  if (form.isReduction()) {
    Scalars accumulators;
    for (auto [initial, value] : llvm::zip(form.initial, produced))
      accumulators.push_back(argument(initial.getType(), value.isUnsigned));
    form.combine(b, accumulators, produced);
  }
  func::ReturnOp::create(b);
  MathTarget target{.hasFma = machine.hasFma,
                    .hasRound = machine.hasRound,
                    .hasHalfConversion = machine.hasHalfConversion};
  ScopedDiagnosticHandler quiet(op->getContext(), [](Diagnostic &) { return success(); });
  if (failed(expandMath(*module, target)))
    return 0;
  return instructionsOf(*block);
}

// The share of iterations all of whose reads exist, by sampling.
static double insideShare(const ReferenceForm &form) {
  Random random(1);
  int inside = 0;
  constexpr int samples = 2000;
  if (llvm::none_of(form.reads, [](const Read &r) { return r.guard != IntegerSet(); }))
    return 1;
  for (int s = 0; s < samples; ++s) {
    SmallVector<AffineExpr> point;
    MLIRContext *context = form.reads.front().map.getContext();
    for (int64_t extent : form.extents)
      point.push_back(getAffineConstantExpr(random.in(0, extent - 1), context));
    inside += llvm::all_of(form.reads, [&](const Read &read) {
      IntegerSet guard = read.guard;
      for (unsigned i = 0; guard && i < guard.getNumConstraints(); ++i) {
        auto value = dyn_cast<AffineConstantExpr>(
            simplifyAffineExpr(guard.getConstraint(i).replaceDims(point), 0, 0));
        if (value && (guard.isEq(i) ? value.getValue() != 0 : value.getValue() < 0))
          return false;
      }
      return true;
    });
  }
  return static_cast<double>(inside) / samples;
}

Work dlc::gate::workOf(func::FuncOp kernel, const Machine &machine) {
  Work work;
  auto bytesOf = [](Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return static_cast<double>(tensor.getNumElements() * elementBytes(tensor.getElementType()));
  };
  for (BlockArgument argument : kernel.getArguments()) {
    // No more of an operand is needed than its readers read.
    double read = 0;
    for (Operation *user : argument.getUsers())
      for (Value result : user->getResults())
        read += user->hasTrait<dlc::MovementOp>() ? bytesOf(result.getType())
                                                  : bytesOf(argument.getType());
    work.bytes += std::min(read, bytesOf(argument.getType()));
  }
  for (Type type : kernel.getResultTypes())
    work.bytes += bytesOf(type);
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    auto reference = dyn_cast<ReferenceOpInterface>(op);
    if (!reference)
      continue;
    ReferenceForm form = reference.referenceForm();
    // An element at an index from data is a load of its own.
    if (llvm::any_of(form.reads, [](const Read &read) { return !read.symbols.empty(); }))
      work.arithmetic +=
          static_cast<double>(tensorType(op.getResult(0)).getNumElements() * machine.lanes(32));
    if (op.hasTrait<dlc::MovementOp>())
      continue;
    double iterations = 1;
    for (int64_t extent : form.extents)
      iterations *= static_cast<double>(extent);
    if (iterations == 0)
      continue;
    iterations *= insideShare(form);
    if (op.hasTrait<dlc::ContractionOp>()) {
      double wide =
          registerType(tensorType(op.getResult(0)).getElementType()).getIntOrFloatBitWidth() == 64
              ? 2
              : 1;
      work.products += iterations * wide;
      work.arithmetic += iterations * wide;
    } else {
      work.arithmetic += iterations * instructionsOf(&op, form, machine);
    }
  }
  return work;
}

// ---------------------------------------------------------------- time

static double now() {
  return std::chrono::duration<double, std::micro>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// Independent chains of multiply-adds, and how often they are run.
static constexpr int chains = 12, rounds = 2000;

struct Stopwatch::State {
  JitLibrary library;
  KernelFunction multiplyAdds = nullptr;
  int64_t lanes = 4;
  std::vector<char> from, to;
};

// Chains of multiply-adds in registers, written for the machine by the back end itself.
static std::string multiplyAddText(const Machine &machine) {
  int64_t lanes = machine.lanes(32);
  std::string vector = llvm::formatv("vector<{0}xf32>", lanes), text, initial, types, next, sum;
  for (int c = 0; c < chains; ++c) {
    initial += llvm::formatv("{0}%a{1} = %x", c ? ", " : "", c);
    types += (c ? ", " : "") + vector;
    if (machine.hasFma) {
      text += llvm::formatv("    %n{0} = vector.fma %a{0}, %y, %y : {1}\n", c, vector);
    } else {
      text += llvm::formatv("    %m{0} = arith.mulf %a{0}, %y : {1}\n", c, vector);
      text += llvm::formatv("    %n{0} = arith.addf %m{0}, %y : {1}\n", c, vector);
    }
    next += llvm::formatv("{0}%n{1}", c ? ", " : "", c);
  }
  for (int c = 0; c < chains; ++c)
    sum += llvm::formatv("  %s{0} = arith.addf %{1}{2}, %r#{0} : {3}\n", c, c ? "s" : "x",
                         c ? std::to_string(c - 1) : "", vector);
  return llvm::formatv(R"(
func.func @multiply_adds(%p: memref<64xf32>, %begin: index, %end: index, %slot: index) {{
  %zero = arith.constant 0 : index
  %one = arith.constant 1 : index
  %y = arith.constant dense<0.5> : {0}
  %x = vector.load %p[%zero] : memref<64xf32>, {0}
  %r:{1} = scf.for %i = %begin to %end step %one iter_args({2}) -> ({3}) {{
{4}    scf.yield {5} : {3}
  }
{6}  vector.store %s{7}, %p[%zero] : memref<64xf32>, {0}
  return
})",
                       vector, chains, initial, types, text, next, sum, chains - 1);
}

Stopwatch::Stopwatch(KernelCompiler &compiler) : state(std::make_unique<State>()) {
  state->lanes = compiler.machine().lanes(32);
  auto module =
      parseSourceString<ModuleOp>(multiplyAddText(compiler.machine()), &compiler.context());
  if (!module)
    return;
  if (auto object = compiler.compile(*module); succeeded(object))
    if (!state->library.add(object->bytes))
      state->multiplyAdds = llvm::cantFail(state->library.findKernel("multiply_adds"));
}
Stopwatch::~Stopwatch() = default;

double Stopwatch::once(const CompiledKernel &kernel, ArgumentBlock &block) const {
  double start = now();
  kernel.code(block.pointers(), 0, kernel.plan.count, 0);
  return now() - start;
}

Timing Stopwatch::measure(const CompiledKernel &kernel, ArgumentBlock &block, const Work &work,
                          int samples) const {
  size_t half = std::max<size_t>(64, static_cast<size_t>(work.bytes / 2));
  state->from.resize(half), state->to.resize(half);
  std::vector<float> registers(64, 0.25f);
  void *argument[] = {registers.data()};
  double best = 1e30, copy = 1e30, peak = 1e30;
  for (int i = 0; i < samples; ++i) {
    best = std::min(best, once(kernel, block));
    double start = now();
    std::memcpy(state->to.data(), state->from.data(), half);
    asm volatile("" ::"r"(state->to.data()) : "memory");
    copy = std::min(copy, now() - start);
    start = now();
    state->multiplyAdds(argument, 0, rounds, 0);
    peak = std::min(peak, now() - start);
  }
  double each = peak / (static_cast<double>(rounds) * chains * static_cast<double>(state->lanes));
  Timing timing{best};
  timing.boundProducts = std::max(copy, work.products * each);
  timing.boundArithmetic = std::max(copy, work.arithmetic * each);
  return timing;
}
