// Functions of a model are inlined, so their calls must end, and the inlined model must stay of a
// sensible size and depth. Called functions are settled before their callers (Kahn's order, no
// recursion over calls); what never gets settled calls itself. With n(f) nodes in the body of f and
// its subgraphs,
//   size(f) = n(f) + sum of size(g) over the calls of g in f,   depth(f) = max of nesting + 1 +
//   depth(g).
#include "Onnx/Check.h"
#include "llvm/ADT/DenseMap.h"
#include <tuple>

namespace dlc::onnx {

namespace {

constexpr uint64_t largestExpansion = 50'000; // nodes beyond those in the file
constexpr unsigned deepestExpansion = 128;

using Key = std::tuple<llvm::StringRef, llvm::StringRef, llvm::StringRef>;

struct Call {
  size_t callee;
  unsigned nesting;
};

struct Body {
  uint64_t nodes = 0;
  std::vector<Call> calls;
};

using FunctionIndex = llvm::DenseMap<Key, size_t>;

void collect(llvm::ArrayRef<Node> nodes, unsigned nesting, const FunctionIndex &functions,
             Body &body) {
  body.nodes += nodes.size();
  for (const Node &node : nodes) {
    auto callee = functions.find(Key(node.domain, node.opType, node.overload));
    if (callee != functions.end())
      body.calls.push_back({callee->second, nesting});
    for (const Attribute &attribute : node.attributes)
      for (const Graph &graph : attribute.graphs)
        collect(graph.nodes, nesting + 1, functions, body);
  }
}

struct Extent {
  uint64_t nodes = 0;
  unsigned depth = 0;
};

/// The extent of a body whose callees are settled; sums stop growing beyond the limit.
Extent extentOf(const Body &body, llvm::ArrayRef<Extent> settled, uint64_t limit) {
  Extent extent{body.nodes, 0};
  for (const Call &call : body.calls) {
    extent.nodes = std::min(extent.nodes + settled[call.callee].nodes, limit + 1);
    extent.depth = std::max(extent.depth, call.nesting + 1 + settled[call.callee].depth);
  }
  return extent;
}

} // namespace

void checkFunctions(const Model &model, Diagnostics &diagnostics) {
  llvm::ArrayRef<Function> functions = model.functions;
  auto place = [&](size_t index) { return "function " + quoted(functions[index].name); };
  FunctionIndex index;
  for (size_t i = 0; i < functions.size(); ++i) {
    const Function &function = functions[i];
    if (function.name.empty())
      diagnostics.report(Code::OperatorEmpty, "a function has no name").at(place(i));
    if (!index.try_emplace(Key(function.domain, function.name, function.overload), i).second)
      diagnostics.report(Code::FunctionDuplicate).at(place(i));
  }

  std::vector<Body> bodies(functions.size());
  std::vector<std::vector<size_t>> callers(functions.size());
  std::vector<size_t> unsettledCalls(functions.size());
  Body main;
  collect(model.graph.nodes, 0, index, main);
  uint64_t limit = largestExpansion + main.nodes;
  for (size_t i = 0; i < functions.size(); ++i) {
    collect(functions[i].nodes, 0, index, bodies[i]);
    limit += bodies[i].nodes;
    unsettledCalls[i] = bodies[i].calls.size();
    for (const Call &call : bodies[i].calls)
      callers[call.callee].push_back(i);
  }

  std::vector<Extent> extents(functions.size());
  std::vector<size_t> ready;
  for (size_t i = 0; i < functions.size(); ++i)
    if (unsettledCalls[i] == 0)
      ready.push_back(i);
  while (!ready.empty()) {
    size_t callee = ready.back();
    ready.pop_back();
    extents[callee] = extentOf(bodies[callee], extents, limit);
    for (size_t caller : callers[callee])
      if (--unsettledCalls[caller] == 0)
        ready.push_back(caller);
  }
  bool ends = true;
  for (size_t i = 0; i < functions.size(); ++i)
    if (unsettledCalls[i] != 0) {
      diagnostics.report(Code::FunctionRecursion).at(place(i));
      ends = false;
    }
  if (!ends)
    return;
  Extent whole = extentOf(main, extents, limit);
  if (whole.nodes > limit)
    diagnostics.report(Code::FunctionTooLarge)
        .expected("at most " + llvm::Twine(limit) + " nodes")
        .found("more");
  if (whole.depth > deepestExpansion)
    diagnostics.report(Code::FunctionTooLarge, "functions call each other too deeply")
        .expected("at most " + llvm::Twine(deepestExpansion) + " levels")
        .found(llvm::Twine(whole.depth));
}

} // namespace dlc::onnx
