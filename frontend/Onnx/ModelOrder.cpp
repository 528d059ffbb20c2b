#include "Onnx/ModelOrder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"
#include <queue>

namespace dlc::onnx {

namespace {

using OnName = llvm::function_ref<void(llvm::StringRef)>;

/// Calls `each` with the names that a node and the subgraphs inside of it read from the graph
/// around.
void forEachRead(const Node &node, OnName each) {
  llvm::for_each(node.inputs, each);
  for (const Attribute &attribute : node.attributes)
    for (const Graph &graph : attribute.graphs) {
      llvm::DenseSet<llvm::StringRef> own;
      for (const ValueInfo &input : graph.inputs)
        own.insert(input.name);
      for (const Tensor &tensor : graph.initializers)
        own.insert(tensor.name);
      for (const SparseTensor &tensor : graph.sparseInitializers)
        own.insert(tensor.name());
      for (const Node &inner : graph.nodes)
        own.insert(inner.outputs.begin(), inner.outputs.end());
      auto eachOuter = [&](llvm::StringRef name) {
        if (!own.contains(name))
          each(name);
      };
      for (const Node &inner : graph.nodes)
        forEachRead(inner, eachOuter);
      for (const ValueInfo &output : graph.outputs)
        eachOuter(output.name);
    }
}

/// Which nodes of a list wait for which; positions in the list.
struct Dependences {
  std::vector<std::vector<size_t>> sources;
  std::vector<std::vector<size_t>> readers;
  bool inOrder = true;

  explicit Dependences(llvm::ArrayRef<Node> nodes) : sources(nodes.size()), readers(nodes.size()) {
    llvm::DenseMap<llvm::StringRef, size_t> producers;
    for (size_t i = 0; i < nodes.size(); ++i)
      for (llvm::StringRef output : nodes[i].outputs)
        if (!output.empty())
          producers.try_emplace(output, i);
    for (size_t i = 0; i < nodes.size(); ++i) {
      llvm::DenseSet<size_t> seen;
      forEachRead(nodes[i], [&](llvm::StringRef name) {
        auto producer = producers.find(name);
        if (producer == producers.end() || !seen.insert(producer->second).second)
          return;
        sources[i].push_back(producer->second);
        readers[producer->second].push_back(i);
        inOrder &= producer->second < i;
      });
    }
  }

  /// The nodes in the order of their use, of those that are ready the first written one first;
  /// those on cycles, and behind cycles, are missing.
  std::vector<size_t> order() const {
    std::vector<size_t> waiting(sources.size());
    std::priority_queue<size_t, std::vector<size_t>, std::greater<>> ready;
    for (size_t i = 0; i < sources.size(); ++i)
      if ((waiting[i] = sources[i].size()) == 0)
        ready.push(i);
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
};

bool sortList(std::vector<Node> &nodes) {
  bool sorted = false;
  for (Node &node : nodes)
    for (Attribute &attribute : node.attributes)
      for (Graph &graph : attribute.graphs)
        sorted |= sortList(graph.nodes);
  Dependences dependences(nodes);
  if (dependences.inOrder)
    return sorted;
  std::vector<size_t> order = dependences.order();
  if (order.size() != nodes.size())
    return sorted;
  std::vector<Node> result;
  result.reserve(nodes.size());
  for (size_t i : order)
    result.push_back(std::move(nodes[i]));
  nodes = std::move(result);
  return true;
}

} // namespace

bool sortNodes(Model &model) {
  bool sorted = sortList(model.graph.nodes);
  for (Function &function : model.functions)
    sorted |= sortList(function.nodes);
  return sorted;
}

const Node *findCycle(llvm::ArrayRef<Node> nodes) {
  Dependences dependences(nodes);
  std::vector<bool> done(nodes.size(), false);
  std::vector<size_t> order = dependences.order();
  for (size_t i : order)
    done[i] = true;
  if (order.size() == nodes.size())
    return nullptr;
  // Each node that is not done waits for one that is not done: going back along these leads into a
  // cycle.
  auto isStuck = [&](size_t i) { return !done[i]; };
  size_t at = *llvm::find_if(llvm::seq<size_t>(0, nodes.size()), isStuck);
  std::vector<bool> visited(nodes.size(), false);
  while (!visited[at]) {
    visited[at] = true;
    at = *llvm::find_if(dependences.sources[at], isStuck);
  }
  return &nodes[at];
}

} // namespace dlc::onnx
