// Places in the arena: largest buffer first, each into the smallest gap between those that live at
// the same time (best fit).
//
// A buffer lives from the first op that mentions it to the last, in the order of the text: the two
// branches of an `if` come one after the other, so their buffers share space. One that is mentioned
// inside a loop and outside of it lives as long as the whole loop. Loops carry pointers, so values
// that may be the same buffer are put into one class first; a class lives as one.
#include "Graph/BufferProgram.h"
#include "Passes.h"
#include "llvm/ADT/EquivalenceClasses.h"

using namespace mlir;
using namespace dlc;

namespace {
struct Interval {
  int64_t first = std::numeric_limits<int64_t>::max(), last = -1;
  void extend(int64_t from, int64_t to) {
    first = std::min(first, from);
    last = std::max(last, to);
  }
  bool meets(const Interval &other) const { return first <= other.last && other.first <= last; }
};

class Liveness {
public:
  explicit Liveness(func::FuncOp run) {
    run.walk<WalkOrder::PreOrder>([&](Operation *op) { classify(op); });
    number(run);
    run.walk([&](Operation *op) { mention(op); });
    for (auto &[leader, ops] : mentions)
      intervals[leader] = intervalOf(ops);
  }

  Interval of(Value buffer) { return intervals.lookup(classes.getLeaderValue(key(buffer))); }

private:
  static const void *key(Value value) { return value.getAsOpaquePointer(); }

  // Memory that is not the arena's lives forever: nothing is unified with it.
  static bool isForeign(Value value) {
    if (auto view = value.getDefiningOp<ViewOp>())
      return isForeign(view.getBuffer());
    if (auto buffer = value.getDefiningOp<BufferOp>())
      return buffer.getSpace() != BufferSpace::arena;
    auto argument = dyn_cast<BlockArgument>(value);
    return argument && isa<func::FuncOp>(argument.getOwner()->getParentOp());
  }

  void unify(Value a, Value b) {
    if (isa<MemRefType>(a.getType()) && !isForeign(a) && !isForeign(b))
      classes.unionSets(key(a), key(b));
  }

  void classify(Operation *op) {
    for (Value value : op->getResults())
      if (isa<MemRefType>(value.getType()))
        classes.insert(key(value));
    if (auto view = dyn_cast<ViewOp>(op))
      unify(view.getBuffer(), view.getResult());
    if (auto row = dyn_cast<RowOp>(op))
      unify(row.getBuffer(), row.getResult());
    if (auto loop = dyn_cast<LoopLikeOpInterface>(op))
      classifyLoop(loop);
  }

  void classifyLoop(LoopLikeOpInterface loop) {
    if (auto repeat = dyn_cast<scf::WhileOp>(loop.getOperation())) {
      for (auto [initial, before] : llvm::zip(repeat.getInits(), repeat.getBeforeArguments()))
        unify(initial, before);
      for (auto [passed, after, result] :
           llvm::zip(repeat.getConditionOp().getArgs(), repeat.getAfterArguments(),
                     repeat.getResults())) {
        unify(passed, after);
        unify(after, result);
      }
      for (auto [yielded, before] :
           llvm::zip(repeat.getYieldOp().getOperands(), repeat.getBeforeArguments()))
        unify(yielded, before);
      return;
    }
    if (!loop.getLoopResults())
      return;
    for (auto [initial, inside, yielded, result] :
         llvm::zip(loop.getInits(), loop.getRegionIterArgs(), loop.getYieldedValues(),
                   *loop.getLoopResults())) {
      unify(initial, inside);
      unify(yielded, inside);
      unify(inside, result);
    }
  }

  // An op's span is its number and those of what is nested in it.
  void number(Operation *op) {
    int64_t first = count++;
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Operation &nested : block)
          number(&nested);
    span[op] = {first, count++};
  }

  void mention(Operation *op) {
    if (isa<BufferOp>(op))
      return;
    for (Value operand : op->getOperands())
      if (isa<MemRefType>(operand.getType()) && !isForeign(operand))
        mentions[classes.getOrInsertLeaderValue(key(operand))].push_back(op);
  }

  Interval intervalOf(ArrayRef<Operation *> ops) {
    Interval interval;
    DenseMap<Operation *, size_t> inLoop;
    for (Operation *op : ops) {
      interval.extend(span[op].first, span[op].first);
      for (Operation *parent = op->getParentOp(); parent; parent = parent->getParentOp())
        if (isa<LoopLikeOpInterface>(parent))
          ++inLoop[parent];
    }
    for (auto [loop, inside] : inLoop)
      if (inside < ops.size())
        interval.extend(span[loop].first, span[loop].last);
    return interval;
  }

  llvm::EquivalenceClasses<const void *> classes;
  DenseMap<const void *, SmallVector<Operation *>> mentions;
  DenseMap<const void *, Interval> intervals;
  DenseMap<Operation *, Interval> span;
  int64_t count = 0;
};

struct Placed {
  BufferOp op;
  Interval interval;
  int64_t bytes, offset = 0;
};

// The smallest gap that takes `bytes` between the buffers that live at the same time; else the end.
int64_t bestOffset(const Placed &buffer, ArrayRef<Placed> placed) {
  SmallVector<std::pair<int64_t, int64_t>> taken;
  for (const Placed &other : placed)
    if (other.interval.meets(buffer.interval))
      taken.emplace_back(other.offset, other.offset + other.bytes);
  llvm::sort(taken);
  int64_t end = 0, best = -1, bestGap = std::numeric_limits<int64_t>::max();
  for (auto [from, to] : taken) {
    if (from - end >= buffer.bytes && from - end < bestGap) {
      best = end;
      bestGap = from - end;
    }
    end = std::max(end, to);
  }
  return best >= 0 ? best : end;
}
} // namespace

int64_t dlc::assignOffsets(func::FuncOp run, int64_t gap) {
  Liveness liveness(run);
  SmallVector<Placed> buffers, placed;
  run.walk([&](BufferOp op) {
    if (op.getSpace() == BufferSpace::arena)
      buffers.push_back({op, liveness.of(op), alignedBytes(cast<MemRefType>(op.getType())) + gap});
  });
  llvm::stable_sort(buffers, [](const Placed &a, const Placed &b) { return a.bytes > b.bytes; });
  int64_t bytes = 0;
  Builder b(run.getContext());
  for (Placed &buffer : buffers) {
    buffer.offset = bestOffset(buffer, placed);
    buffer.op.setOffset(buffer.offset);
    bytes = std::max(bytes, buffer.offset + buffer.bytes);
    placed.push_back(buffer);
  }
  return bytes;
}
