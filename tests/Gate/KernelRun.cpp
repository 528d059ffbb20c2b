#include "tests/Gate/KernelRun.h"
#include "Core/Interpreter.h"
#include "llvm/Support/FormatVariadic.h"
#include <cstring>
#include <ctime>
#include <ucontext.h>

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

/// DLC_ERROR_INDEX of the runtime's header.
static constexpr int32_t indexError = 3;

double dlc::gate::threadMilliseconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_nsec) * 1e-6;
}

// ---------------------------------------------------------------- packing

std::string dlc::gate::planKernel(OwningOpRef<ModuleOp> &module, std::vector<Literal> &operands,
                                  const Target &target, double &milliseconds) {
  auto kernel = *module->getOps<func::FuncOp>().begin();
  double start = threadMilliseconds();
  KernelPlan plan = target.plan(kernel);
  milliseconds = threadMilliseconds() - start;
  for (int64_t position : plan.packed)
    if (position < 0 || position >= static_cast<int64_t>(operands.size()))
      return "the plan packs operand " + std::to_string(position) + ", which is none";
  llvm::erase_if(plan.packed,
                 [&](int64_t position) { return !kernel.getArgAttr(position, weightMark); });
  kernel->setAttr(planName, plan.attribute(kernel.getContext()));
  for (int64_t position : plan.packed) {
    BlockArgument argument = kernel.getArgument(position);
    auto original = tensorType(argument);
    ImplicitLocOpBuilder b(kernel.getLoc(), kernel.getContext());
    OwningOpRef<ModuleOp> packer = ModuleOp::create(kernel.getLoc());
    b.setInsertionPointToStart(packer->getBody());
    auto pack = func::FuncOp::create(b, "pack", b.getFunctionType({original}, {}));
    b.setInsertionPointToStart(pack.addEntryBlock());
    Value packed = target.buildPacked(b, pack.getArgument(0), plan, position);
    func::ReturnOp::create(b, packed);
    pack.setFunctionType(b.getFunctionType({original}, {packed.getType()}));
    FailureOr<SmallVector<Literal>> literal = interpret(pack, {operands[position]});
    if (failed(literal))
      return "packing operand " + std::to_string(position) + " fails";
    operands[position] = literal->front();
    argument.setType(packed.getType());
    b.setInsertionPointToStart(&kernel.getBody().front());
    Operation *last = b.getInsertionBlock()->empty() ? nullptr : &b.getInsertionBlock()->front();
    Value unpacked = target.buildUnpacked(b, argument, original, plan, position);
    if (unpacked == argument)
      continue;
    SmallPtrSet<Operation *, 8> head;
    for (Operation &op : kernel.getBody().front()) {
      if (&op == last)
        break;
      head.insert(&op);
    }
    argument.replaceUsesWithIf(unpacked,
                               [&](OpOperand &use) { return !head.contains(use.getOwner()); });
    kernel.setFunctionType(
        b.getFunctionType(kernel.getBody().front().getArgumentTypes(), kernel.getResultTypes()));
  }
  return "";
}

// ---------------------------------------------------------------- compiling

CompiledKernel::CompiledKernel(func::FuncOp kernel, const CpuTarget &target,
                               KernelCompiler &compiler) {
  auto take = [&](Diagnostic &diagnostic) {
    error += diagnostic.str() + "\n";
    return success();
  };
  ScopedDiagnosticHandler outer(kernel.getContext(), take), inner(&compiler.context(), take);
  OwningOpRef<ModuleOp> source = cloneInto(compiler.context(), kernel);
  double begin = threadMilliseconds();
  plan = KernelPlan::from(kernel);
  auto copy = *source->getOps<func::FuncOp>().begin();
  OwningOpRef<ModuleOp> module = ModuleOp::create(copy.getLoc());
  FailureOr<KernelObject> compiled = failure();
  if (succeeded(target.emit(*module, copy, kernel.getName())))
    compiled = compiler.compile(*module);
  compileMilliseconds = threadMilliseconds() - begin;
  if (failed(compiled)) {
    error = "no code: " + error;
    return;
  }
  error.clear();
  object = std::move(*compiled);
  if (llvm::Error failed = library.add(object.bytes)) {
    error = llvm::toString(std::move(failed));
    return;
  }
  llvm::Expected<KernelFunction> found = library.findKernel(kernel.getName());
  if (!found)
    error = llvm::toString(found.takeError());
  else
    code = *found;
}

std::string dlc::gate::stageText(func::FuncOp kernel, const CpuTarget &target,
                                 KernelCompiler &compiler, KernelStage stage) {
  OwningOpRef<ModuleOp> source = cloneInto(compiler.context(), kernel);
  auto copy = *source->getOps<func::FuncOp>().begin();
  OwningOpRef<ModuleOp> module = ModuleOp::create(copy.getLoc());
  if (failed(target.emit(*module, copy, kernel.getName())))
    return {};
  FailureOr<std::string> text = compiler.print(*module, stage);
  return failed(text) ? std::string() : *text;
}

// ---------------------------------------------------------------- arguments

ArgumentBlock::ArgumentBlock(func::FuncOp kernel, ArrayRef<Literal> operands,
                             const KernelPlan &plan, GuardedBuffer::Side side, bool aligned)
    : operandCount(operands.size()) {
  auto add = [&](RankedTensorType type) {
    auto element = static_cast<size_t>(elementBytes(type.getElementType()));
    buffers.emplace_back(static_cast<size_t>(type.getNumElements()) * element,
                         aligned ? 64 : element, side);
  };
  for (const Literal &operand : operands) {
    add(operand.type);
    llvm::copy(operand.bytes, buffers.back().data());
  }
  for (Type type : kernel.getResultTypes()) {
    resultTypes.push_back(cast<RankedTensorType>(type));
    add(resultTypes.back());
  }
  buffers.emplace_back(static_cast<size_t>(plan.scratchBytes * slots), 64, side);
  for (const GuardedBuffer &buffer : buffers)
    entries.push_back(buffer.data());
  entries.push_back(&errorCode);
  reset();
}

void ArgumentBlock::reset() {
  errorCode = 0;
  for (size_t i = operandCount; i < buffers.size(); ++i)
    buffers[i].fill('\xcd');
}

Literal ArgumentBlock::result(size_t i) const {
  Literal literal(resultTypes[i]);
  std::copy_n(buffers[operandCount + i].data(), literal.bytes.size(), literal.bytes.begin());
  return literal;
}

static std::string nameOf(size_t i, size_t operands, size_t buffers) {
  return i < operands       ? "operand " + std::to_string(i)
         : i + 1 == buffers ? "scratch"
                            : "result " + std::to_string(i - operands);
}

std::string ArgumentBlock::describe(const char *address) const {
  for (auto [i, buffer] : llvm::enumerate(buffers))
    if (buffer.isNear(address))
      return llvm::formatv("{0} of {1} bytes, at byte {2}", nameOf(i, operandCount, buffers.size()),
                           buffer.size(), address - buffer.data());
  return llvm::formatv("address {0}", static_cast<const void *>(address));
}

std::string ArgumentBlock::damage(ArrayRef<Literal> operands) const {
  for (auto [i, buffer] : llvm::enumerate(buffers)) {
    if (!buffer.isIntact())
      return "writes around " + nameOf(i, operandCount, buffers.size());
    if (i < operandCount &&
        !std::equal(operands[i].bytes.begin(), operands[i].bytes.end(), buffer.data()))
      return llvm::formatv("overwrites operand {0}", i);
  }
  return "";
}

int64_t ArgumentBlock::bytes() const {
  int64_t total = 0;
  for (const GuardedBuffer &buffer : ArrayRef(buffers).drop_back())
    total += static_cast<int64_t>(buffer.size());
  return total;
}

// ---------------------------------------------------------------- running

namespace {
using Parts = std::vector<std::pair<int64_t, int64_t>>;

/// Runs a call on a stack of its own, and sees how deep it went.
class WatchedStack {
public:
  bool run(const std::function<void()> &call);
  int64_t usedBytes() const { return used; }

private:
  static void enter() { (*current)(); }
  static inline const std::function<void()> *current;
  std::vector<char> memory = std::vector<char>(1 << 18);
  int64_t used = 0;
};
} // namespace

bool WatchedStack::run(const std::function<void()> &call) {
  std::fill(memory.begin(), memory.end(), '\x5a');
  ucontext_t here, there;
  getcontext(&there);
  there.uc_stack.ss_sp = memory.data();
  there.uc_stack.ss_size = memory.size();
  there.uc_link = &here;
  bool done = false;
  std::function<void()> body = [&] {
    call();
    done = true;
  };
  current = &body;
  makecontext(&there, &WatchedStack::enter, 0);
  // A signal inside leaves by the jump of runCaught.
  bool ok = runCaught([&] { swapcontext(&here, &there); });
  auto touched = std::find_if(memory.begin(), memory.end(), [](char c) { return c != '\x5a'; });
  used = memory.end() - touched;
  return ok && done;
}

// Cuts of [0, count): whole, halves, odd pieces in reverse order, thirds in mixed order.
static std::vector<Parts> cutsOf(int64_t count) {
  std::vector<Parts> cuts{{{0, count}}};
  if (count < 2)
    return cuts;
  cuts.push_back({{0, count / 2}, {count / 2, count}});
  Parts odd;
  int64_t step = std::max<int64_t>(1, count / 7);
  for (int64_t at = 0; at < count; at += step)
    odd.insert(odd.begin(), {at, std::min(count, at + step)});
  cuts.push_back(odd);
  if (count >= 3)
    cuts.push_back({{count / 3, 2 * count / 3}, {0, count / 3}, {2 * count / 3, count}});
  return cuts;
}

static std::string describe(const Parts &parts) {
  std::string text;
  for (auto [from, to] : ArrayRef(parts).take_front(8))
    text += " [" + std::to_string(from) + ", " + std::to_string(to) + ")";
  return text;
}

std::string dlc::gate::checkKernel(func::FuncOp kernel, const CompiledKernel &compiled,
                                   ArrayRef<Literal> operands, const Expected &expected,
                                   double &worst, int64_t &stackBytes) {
  std::vector<Literal> first;
  WatchedStack stack, empty;
  empty.run([] {});
  bool flip = false;
  for (const Parts &parts : cutsOf(compiled.plan.count)) {
    flip = !flip;
    ArgumentBlock block(kernel, operands, compiled.plan,
                        flip ? GuardedBuffer::Side::End : GuardedBuffer::Side::Start, !flip);
    for (auto [i, part] : llvm::enumerate(parts)) {
      auto [from, to] = part;
      int slot = static_cast<int>(i % ArgumentBlock::slots);
      bool ok = stack.run([&] { compiled.code(block.pointers(), from, to, slot); });
      stackBytes = std::max(stackBytes, stack.usedBytes() - empty.usedBytes());
      if (!ok)
        return llvm::formatv("the call on [{0}, {1}) leaves its memory: {2}", from, to,
                             block.describe(faultAddress()));
    }
    if (std::string damage = block.damage(operands); !damage.empty())
      return damage + ", called on" + describe(parts);
    if (expected.isIndexError) {
      if (block.error() != indexError)
        return llvm::formatv("expected the error of an index, found {0}", block.error());
      continue;
    }
    if (block.error())
      return llvm::formatv("expected no error, found {0}", block.error());
    for (size_t i = 0; i < expected.results.size(); ++i) {
      Literal actual = block.result(i);
      if (first.size() == i) {
        if (std::string text = difference(expected, i, actual, worst); !text.empty())
          return text;
        first.push_back(std::move(actual));
      } else if (first[i].bytes != actual.bytes) {
        return llvm::formatv("result {0} depends on how the kernel is cut: other bytes for{1}", i,
                             describe(parts));
      }
    }
  }
  return "";
}
