// Clusters grow by merging two that an edge connects. Edges look through free ops (Kernel.h), which
// belong to no cluster. The order of the merges is the policy:
//
//   1. elementwise chains   2. epilogues   3. rows (a reduction and what reads its result)
//   4. epilogues again      5. prologues
//
// Elementwise ops are merged first, because x * logistic(x) can follow a convolution only as a
// whole.
#include "Graph/Cluster.h"
#include "Graph/Kernel.h"
#include "llvm/ADT/SetVector.h"
#include <queue>

using namespace mlir;
using namespace dlc;

namespace {
enum class Kind { Pointwise, Movement, Reduction, Anchor, Alone };

// What a cluster computes, as far as the policy asks.
struct Node {
  SmallVector<unsigned> ops; // positions, ascending
  bool pointwise = true;     // nothing else than elementwise ops
  bool light = true;         // nothing but elementwise ops and movement
  bool movement = true;      // nothing else than movement
  bool reduces = false;      // a reduction over whole dimensions
  bool anchored = false;     // a contraction, a window or a composite
  bool alone = false;        // takes no other op
};

Kind kindOf(Operation *op) {
  if (staysInProgram(op) || isa<SequentialOpInterface>(op))
    return Kind::Alone;
  if (op->hasTrait<PointwiseOp>())
    return Kind::Pointwise;
  if (op->hasTrait<ReductionOp>())
    return Kind::Reduction;
  if (op->hasTrait<ContractionOp>() || op->hasTrait<WindowOp>() || isa<CompositeOpInterface>(op))
    return Kind::Anchor;
  if (op->hasTrait<MovementOp>())
    return cast<ReferenceOpInterface>(op).referenceForm().piecewise ? Kind::Alone : Kind::Movement;
  return Kind::Alone;
}

int64_t elementsOf(Type type) { return cast<RankedTensorType>(type).getNumElements(); }

class Clustering {
public:
  Clustering(Block &block, const Target &target) : target(target) {
    for (Operation &op : block)
      if (!isFree(&op) && !isa<WeightOp>(op))
        addNode(&op);
    for (unsigned i = 0; i < ops.size(); ++i)
      connect(i);
  }

  void grow() {
    toFixpoint([&](unsigned node) { return growChain(node); });
    toFixpoint([&](unsigned node) { return growEpilogue(node); });
    toFixpoint([&](unsigned node) { return growRows(node); });
    toFixpoint([&](unsigned node) { return growEpilogue(node); });
    toFixpoint([&](unsigned node) { return growPrologue(node); });
  }

  /// Kahn's algorithm, the cluster with the earliest last op first.
  SmallVector<Cluster> inOrder() {
    SmallVector<Cluster> order;
    SmallVector<unsigned> waiting(nodes.size(), 0);
    auto later = [&](unsigned a, unsigned b) { return nodes[a].ops.back() > nodes[b].ops.back(); };
    std::priority_queue<unsigned, std::vector<unsigned>, decltype(later)> ready(later);
    for (unsigned node = 0; node < nodes.size(); ++node) {
      if (nodes[node].ops.empty())
        continue;
      waiting[node] = neighbours(node, before).size();
      if (waiting[node] == 0)
        ready.push(node);
    }
    while (!ready.empty()) {
      unsigned node = ready.top();
      ready.pop();
      Cluster cluster;
      for (unsigned op : nodes[node].ops)
        cluster.push_back(ops[op]);
      order.push_back(std::move(cluster));
      for (unsigned next : neighbours(node, after))
        if (--waiting[next] == 0)
          ready.push(next);
    }
    return order;
  }

private:
  using Edges = std::vector<SmallVector<unsigned>>;

  // ---------------------------------------------------------------- the graph
  void addNode(Operation *op) {
    position[op] = ops.size();
    nodeOf.push_back(nodes.size());
    Node node;
    node.ops.push_back(ops.size());
    Kind kind = kindOf(op);
    node.pointwise = kind == Kind::Pointwise;
    node.movement = kind == Kind::Movement;
    node.light = node.pointwise || node.movement;
    node.reduces = kind == Kind::Reduction;
    node.anchored = kind == Kind::Anchor;
    node.alone = kind == Kind::Alone;
    ops.push_back(op);
    nodes.push_back(std::move(node));
    before.emplace_back();
    after.emplace_back();
  }

  void connect(unsigned consumer) {
    llvm::SmallSetVector<unsigned, 8> producers;
    ops[consumer]->walk([&](Operation *nested) {
      for (Value operand : nested->getOperands())
        appendProducers(operand, producers);
    });
    for (unsigned producer : producers) {
      before[consumer].push_back(producer);
      after[producer].push_back(consumer);
    }
  }

  // The ops of this block that compute the value, looking through free ops.
  void appendProducers(Value value, llvm::SmallSetVector<unsigned, 8> &producers) {
    Operation *producer = value.getDefiningOp();
    if (!producer)
      return;
    if (auto found = position.find(producer); found != position.end())
      producers.insert(found->second);
    else if (isFree(producer))
      for (Value operand : producer->getOperands())
        appendProducers(operand, producers);
  }

  llvm::SmallSetVector<unsigned, 8> neighbours(unsigned node, const Edges &edges) {
    llvm::SmallSetVector<unsigned, 8> found;
    for (unsigned op : nodes[node].ops)
      for (unsigned other : edges[op])
        if (nodeOf[other] != node)
          found.insert(nodeOf[other]);
    return found;
  }

  // A path from `from` to `to` that goes through a third cluster. Positions bound the search: a
  // cluster whose first op comes after the last of `to` cannot reach it.
  bool reachesAround(unsigned from, unsigned to) {
    llvm::SmallDenseSet<unsigned, 32> seen;
    SmallVector<unsigned> stack;
    auto visit = [&](unsigned node) {
      if (nodes[node].ops.front() <= nodes[to].ops.back() && seen.insert(node).second)
        stack.push_back(node);
    };
    for (unsigned next : neighbours(from, after))
      if (next != to)
        visit(next);
    while (!stack.empty()) {
      unsigned node = stack.pop_back_val();
      for (unsigned next : neighbours(node, after)) {
        if (next == to)
          return true;
        if (next != from)
          visit(next);
      }
    }
    return false;
  }

  // ---------------------------------------------------------------- merging
  /// Ops of a cluster. The target looks at a whole cluster for every op that joins it, so that a
  /// chain without end would take quadratic time; real ones are far shorter.
  static constexpr size_t opsMax = 64;

  SmallVector<unsigned> unionOf(unsigned a, unsigned b) {
    SmallVector<unsigned> merged;
    std::merge(nodes[a].ops.begin(), nodes[a].ops.end(), nodes[b].ops.begin(), nodes[b].ops.end(),
               std::back_inserter(merged));
    return merged;
  }

  // Ops of the merged cluster that something outside of it reads.
  SmallVector<unsigned> resultsOf(ArrayRef<unsigned> merged) {
    SmallVector<unsigned> results;
    for (unsigned op : merged)
      if (llvm::any_of(after[op], [&](unsigned user) { return !llvm::is_contained(merged, user); }))
        results.push_back(op);
    return results;
  }

  bool merge(unsigned a, unsigned b, size_t resultsMax) {
    if (a == b || nodes[a].alone || nodes[b].alone ||
        nodes[a].ops.size() + nodes[b].ops.size() > opsMax)
      return false;
    SmallVector<unsigned> merged = unionOf(a, b);
    if (resultsOf(merged).size() > resultsMax || reachesAround(a, b) || reachesAround(b, a))
      return false;
    Cluster cluster;
    for (unsigned op : merged)
      cluster.push_back(ops[op]);
    llvm::hash_code key = llvm::hash_combine_range(merged.begin(), merged.end());
    if (rejected.contains(key))
      return false;
    if (!target.accepts(*buildKernel(cluster).function)) {
      rejected.insert(key);
      return false;
    }
    absorb(a, b, std::move(merged));
    return true;
  }

  void absorb(unsigned a, unsigned b, SmallVector<unsigned> merged) {
    for (unsigned op : nodes[b].ops)
      nodeOf[op] = a;
    Node &kept = nodes[a];
    const Node &gone = nodes[b];
    kept.pointwise &= gone.pointwise;
    kept.movement &= gone.movement;
    kept.light &= gone.light;
    kept.reduces |= gone.reduces;
    kept.anchored |= gone.anchored;
    kept.ops = std::move(merged);
    nodes[b] = Node();
  }

  template <typename Grow> void toFixpoint(Grow grow) {
    for (bool changed = true; changed;) {
      changed = false;
      for (unsigned node = 0; node < nodes.size(); ++node)
        while (!nodes[node].ops.empty() && grow(node))
          changed = true;
    }
  }

  // ---------------------------------------------------------------- policy
  int64_t elements(unsigned op) {
    return ops[op]->getNumResults() ? elementsOf(ops[op]->getResult(0).getType()) : 0;
  }
  int64_t elementsRead(unsigned op) {
    int64_t most = 0;
    for (Value operand : ops[op]->getOperands())
      most = std::max(most, elementsOf(operand.getType()));
    return most;
  }

  // Whether each op of `producer` that `consumer` reads has as many elements as its reader.
  bool sameElements(unsigned producer, unsigned consumer) {
    for (unsigned op : nodes[producer].ops)
      for (unsigned user : after[op])
        if (nodeOf[user] == consumer && elements(op) != elements(user))
          return false;
    return true;
  }

  bool growChain(unsigned node) {
    if (!nodes[node].pointwise)
      return false;
    constexpr size_t resultsMax = 4;
    for (unsigned consumer : neighbours(node, after))
      if (nodes[consumer].pointwise && sameElements(node, consumer) &&
          merge(node, consumer, resultsMax))
        return true;
    return false;
  }

  // An elementwise cluster joins the last of the anchors that it reads.
  bool growEpilogue(unsigned node) {
    if (!nodes[node].pointwise)
      return false;
    SmallVector<unsigned> anchors;
    for (unsigned producer : neighbours(node, before))
      if ((nodes[producer].anchored || nodes[producer].reduces) && sameElements(producer, node))
        anchors.push_back(producer);
    llvm::sort(anchors,
               [&](unsigned a, unsigned b) { return nodes[a].ops.back() > nodes[b].ops.back(); });
    constexpr size_t resultsMax = 2;
    return llvm::any_of(anchors, [&](unsigned anchor) { return merge(anchor, node, resultsMax); });
  }

  // A reduction and those that read its result spread over what it reduced.
  bool growRows(unsigned node) {
    if (!nodes[node].reduces || nodes[node].anchored)
      return false;
    int64_t read = 0;
    for (unsigned op : nodes[node].ops)
      read = std::max({read, elements(op), elementsRead(op)});
    constexpr size_t resultsMax = 2;
    for (unsigned consumer : neighbours(node, after)) {
      const Node &next = nodes[consumer];
      bool alike = next.pointwise || (next.reduces && !next.anchored);
      if (alike && (elements(next.ops.back()) == read || elementsRead(next.ops.front()) == read) &&
          merge(node, consumer, resultsMax))
        return true;
    }
    return false;
  }

  // Movement and elementwise ops whose only reader is one cluster.
  bool growPrologue(unsigned node) {
    if (!nodes[node].light)
      return false;
    auto readers = neighbours(node, after);
    if (readers.size() != 1 || nodes[readers[0]].alone)
      return false;
    const Node &reader = nodes[readers[0]];
    bool once = !reader.anchored || !isContracting(reader);
    if (!(nodes[node].movement || (once && (reader.reduces || reader.anchored))))
      return false;
    return merge(readers[0], node, std::numeric_limits<size_t>::max());
  }

  // Reads an operand's element more than once or twice.
  bool isContracting(const Node &node) {
    return llvm::any_of(node.ops, [&](unsigned op) {
      return ops[op]->hasTrait<ContractionOp>() || ops[op]->hasTrait<WindowOp>();
    });
  }

  const Target &target;
  SmallVector<Operation *> ops;
  DenseMap<Operation *, unsigned> position;
  SmallVector<unsigned> nodeOf;
  std::vector<Node> nodes;
  Edges before, after;
  /// Sets of ops that the target did not take: it is asked once.
  llvm::DenseSet<size_t> rejected;
};
} // namespace

SmallVector<Cluster> dlc::clusterBlock(Block &block, const Target &target, bool fuse) {
  Clustering clustering(block, target);
  if (fuse)
    clustering.grow();
  return clustering.inOrder();
}
