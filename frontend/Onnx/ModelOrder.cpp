#include "Onnx/ModelOrder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include <queue>

namespace dlc::onnx {

namespace {

using Names = llvm::DenseSet<llvm::StringRef>;

/// For each node of a list the names that it and the subgraphs inside of it read from the graph
/// around.
using Reads = std::vector<std::vector<llvm::StringRef>>;

/// Collects what nodes read, subgraphs before the graphs around them, so that each name is looked
/// at once a level.
class ReadCollector {
public:
  /// Calls `visit` with every list of nodes and what they read, inner lists first.
  using Visit = llvm::function_ref<void(std::vector<Node> &, const Reads &)>;
  explicit ReadCollector(Visit visit) : visit(visit) {}

  Reads collect(std::vector<Node> &nodes) {
    Reads reads(nodes.size());
    for (size_t i = 0; i < nodes.size(); ++i) {
      reads[i] = nodes[i].inputs;
      for (Attribute &attribute : nodes[i].attributes)
        for (Graph &graph : attribute.graphs)
          addFree(graph, reads[i]);
    }
    visit(nodes, reads);
    return reads;
  }

private:
  void addFree(Graph &graph, std::vector<llvm::StringRef> &free) {
    Names settled; // defined in the graph, or added already
    for (const ValueInfo &input : graph.inputs)
      settled.insert(input.name);
    for (const Tensor &tensor : graph.initializers)
      settled.insert(tensor.name);
    for (const SparseTensor &tensor : graph.sparseInitializers)
      settled.insert(tensor.name());
    for (const Node &node : graph.nodes)
      settled.insert(node.outputs.begin(), node.outputs.end());
    auto add = [&](llvm::StringRef name) {
      if (settled.insert(name).second)
        free.push_back(name);
    };
    for (const std::vector<llvm::StringRef> &names : collect(graph.nodes))
      llvm::for_each(names, add);
    for (const ValueInfo &output : graph.outputs)
      add(output.name);
  }

  Visit visit;
};

/// Which nodes of a list wait for which; positions in the list.
class Dependences {
public:
  Dependences(llvm::ArrayRef<Node> nodes, const Reads &reads) : reads(reads) {
    for (size_t i = 0; i < nodes.size(); ++i)
      for (llvm::StringRef output : nodes[i].outputs)
        if (!output.empty())
          producers.try_emplace(output, i);
  }

  size_t size() const { return reads.size(); }

  bool inOrder() const {
    for (size_t i = 0; i < reads.size(); ++i)
      for (llvm::StringRef name : reads[i])
        if (auto producer = producers.find(name); producer != producers.end())
          if (producer->second >= i)
            return false;
    return true;
  }

  /// The nodes that a node waits for, each once.
  llvm::SmallVector<size_t> sources(size_t node) const {
    llvm::SmallVector<size_t> found;
    for (llvm::StringRef name : reads[node])
      if (auto producer = producers.find(name); producer != producers.end())
        found.push_back(producer->second);
    llvm::sort(found);
    found.erase(llvm::unique(found), found.end());
    return found;
  }

  /// The nodes in the order of their use, of those that are ready the first written one first;
  /// those on cycles, and behind cycles, are missing.
  std::vector<size_t> order() const {
    std::vector<std::vector<size_t>> readers(reads.size());
    std::vector<size_t> waiting(reads.size());
    std::priority_queue<size_t, std::vector<size_t>, std::greater<>> ready;
    for (size_t i = 0; i < reads.size(); ++i) {
      llvm::SmallVector<size_t> from = sources(i);
      for (size_t source : from)
        readers[source].push_back(i);
      if ((waiting[i] = from.size()) == 0)
        ready.push(i);
    }
    std::vector<size_t> sorted;
    while (!ready.empty()) {
      size_t done = ready.top();
      ready.pop();
      sorted.push_back(done);
      for (size_t reader : readers[done])
        if (--waiting[reader] == 0)
          ready.push(reader);
    }
    return sorted;
  }

private:
  const Reads &reads;
  llvm::DenseMap<llvm::StringRef, size_t> producers;
};

void permute(llvm::ArrayRef<size_t> order, std::vector<Node> &nodes) {
  std::vector<Node> result;
  result.reserve(nodes.size());
  for (size_t i : order)
    result.push_back(std::move(nodes[i]));
  nodes = std::move(result);
}

/// A node on a cycle, given the order of those that are on none.
size_t nodeOnCycle(llvm::ArrayRef<size_t> order, const Dependences &dependences) {
  std::vector<bool> done(dependences.size(), false), visited(dependences.size(), false);
  for (size_t i : order)
    done[i] = true;
  // Each node that is not done waits for one that is not done: going back along these leads into a
  // cycle.
  auto isStuck = [&](size_t i) { return !done[i]; };
  size_t at = *llvm::find_if(llvm::seq<size_t>(0, dependences.size()), isStuck);
  while (!visited[at]) {
    visited[at] = true;
    llvm::SmallVector<size_t> sources = dependences.sources(at);
    at = *llvm::find_if(sources, isStuck);
  }
  return at;
}

} // namespace

void orderNodes(Model &model, Diagnostics &diagnostics) {
  auto visit = [&](std::vector<Node> &nodes, const Reads &reads) {
    Dependences dependences(nodes, reads);
    if (dependences.inOrder())
      return;
    std::vector<size_t> order = dependences.order();
    if (order.size() != nodes.size()) {
      diagnostics.report(Code::Cycle).at(placeOf(nodes[nodeOnCycle(order, dependences)]));
      return;
    }
    permute(order, nodes);
    diagnostics.warn(Code::NotSorted, "nodes are not in the order of their use; they were sorted");
  };
  ReadCollector collector(visit);
  collector.collect(model.graph.nodes);
  for (Function &function : model.functions)
    collector.collect(function.nodes);
}

} // namespace dlc::onnx
