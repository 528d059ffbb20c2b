// The walk over a graph: nodes in order, each by its decomposition, what it builds verified and
// folded. A node that cannot be imported is reported and its results are marked as lost; nodes that
// read them are only looked at for being supported, so that one fault gives one diagnostic and all
// unsupported nodes are found at once.
#pragma once

#include "Onnx/FoldConstants.h"
#include "Onnx/ImportWeights.h"
#include "Onnx/NodeReader.h"
#include "Onnx/Registry.h"
#include <map>

namespace dlc::onnx {

/// A function of the model while a call of it is imported.
struct Frame {
  const Function &function;
  llvm::StringMap<const Attribute *> attributes{};
};

/// The values of one graph; a subgraph sees those of the graphs around it.
struct Scope {
  Scope *outer = nullptr;
  const Graph *graph = nullptr;
  llvm::StringMap<mlir::Value> values{};          // null: lost
  llvm::StringMap<const Tensor *> initializers{}; // not built yet
  llvm::StringMap<ElementType> smallTypes{};      // of values that are codes (SmallTypes.h)
};

class GraphImporter {
public:
  GraphImporter(const Model &model, llvm::StringRef dtype, mlir::ModuleOp module,
                mlir::Operation *constantsEnd, Diagnostics &diagnostics)
      : model(model), dtype(dtype), constantsEnd(constantsEnd), diagnostics(&diagnostics),
        weights(model, dtype, module) {}

  const Model &model;
  const std::string dtype;

  /// Imports the nodes of `scope.graph` to where the builder stands. The values of its outputs;
  /// none after an error.
  std::optional<Values> importGraph(Scope &scope, mlir::ImplicitLocOpBuilder &);

  /// Reports every node that is not supported, for a model whose shapes cannot be bound.
  void reportUnsupported() {
    for (const Node &node : model.graph.nodes)
      reportUnsupported(node);
    countUnsupported();
  }

  /// Adds a note for each operator that several nodes were refused for.
  void countUnsupported();

  /// As importGraph, for a subgraph of the node that is being imported, with values for its inputs.
  /// `place` collects the diagnostics.
  std::optional<Values> importSubgraph(const Graph &, mlir::ValueRange inputs,
                                       mlir::ImplicitLocOpBuilder &, Diagnostics &place);

  /// The value of a tensor attribute, at the function's entry.
  mlir::Value constantOf(const Tensor &, llvm::StringRef name, llvm::StringRef place);

  /// A weight that core ops compute when the object is written (ImportWeights.h).
  mlir::Value derivedWeight(mlir::ImplicitLocOpBuilder &b, llvm::StringRef name,
                            llvm::function_ref<mlir::Value(mlir::ImplicitLocOpBuilder &)> compute) {
    return weights.derive(b, name, compute);
  }

  /// The type that the graph of the current node declares for a value; null if it does not.
  const Type *declaredType(llvm::StringRef name) const;

  /// The attribute that one of a function's body refers to: of the calling node, or its default;
  /// null if neither has it.
  const Attribute *resolve(const Attribute &) const;

  /// The small type of a value of this scope or those around it; Undefined for all others.
  static ElementType smallTypeOf(llvm::StringRef name, const Scope &scope);

  Diagnostics &sink() { return *diagnostics; }

private:
  void importNode(const Node &, Scope &, mlir::ImplicitLocOpBuilder &);
  void checkBuilt(mlir::Block &, mlir::Operation *before, NodeReader &, Values &);
  const Decomposition *decompositionOf(const Node &, llvm::ArrayRef<mlir::Value> operands,
                                       int64_t &opset);
  std::optional<mlir::Value> lookup(llvm::StringRef name, Scope &);
  void reportUnsupported(const Node &);
  void reportUnsupportedIn(const Node &);
  const Function *functionOf(const Node &) const;
  Values callFunction(const Node &, const Function &, const Values &operands,
                      std::vector<ElementType> &smallTypes, mlir::ImplicitLocOpBuilder &);
  std::string placeOfNode(const Node &) const;
  int64_t opsetOf(llvm::StringRef domain) const;

  mlir::Operation *constantsEnd; // constants and weights stand before it
  Diagnostics *diagnostics;
  WeightImporter weights;
  ConstantFolder folder;
  struct Refused {
    int64_t nodes = 0;
    std::string firstPlace;
  };
  std::map<std::string, Refused> refused; // by operator
  Scope *current = nullptr;
  size_t copied = 0;            // nodes of subgraphs, each as often as it is imported
  const Frame *frame = nullptr; // null outside of functions
};

/// Whether ONNX has an operator of this name in its default domain, in any version.
bool isOnnxOperator(llvm::StringRef name);

} // namespace dlc::onnx
