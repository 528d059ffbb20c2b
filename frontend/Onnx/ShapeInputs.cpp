// Which inputs decide shapes: from every operand that an operator must know at compile time, back
// over the nodes that compute it, to inputs of the graph. What Shape and Size return is
// known from the type, so the walk ends there.
#include "Onnx/Import.h"
#include "Onnx/Model.h"
#include "llvm/ADT/StringSwitch.h"

namespace dlc::onnx {

// One bit for each operand that must be known.
static unsigned shapeOperands(const Node &node) {
  unsigned all = ~0u;
  // In training the rate is part of the code.
  bool trains = node.inputs.size() > 2 && !node.inputs[2].empty();
  return llvm::StringSwitch<unsigned>(node.opType)
      .Cases({"Reshape",         "Expand",          "Tile",      "Unsqueeze",
              "Squeeze",         "Split",           "TopK",      "OneHot",
              "ReduceMean",      "ReduceSum",       "ReduceMax", "ReduceMin",
              "ReduceProd",      "ReduceL1",        "ReduceL2",  "ReduceLogSum",
              "ReduceLogSumExp", "ReduceSumSquare", "Upsample",  "CenterCropPad",
              "CumSum",          "CumProd"},
             2)
      .Cases({"SequenceAt", "SequenceErase", "SplitToSequence"}, 2)
      .Cases({"SequenceInsert"}, 4)
      .Cases({"ConstantOfShape", "HannWindow", "HammingWindow", "BlackmanWindow"}, 1)
      .Cases({"AffineGrid"}, 2)
      .Cases({"DFT"}, 6)
      .Cases({"STFT"}, 10)
      .Cases({"Dropout"}, trains ? 6 : 0)
      .Cases({"Loop"}, 3)
      .Cases({"MaxUnpool"}, 4)
      .Cases({"Slice", "Pad", "Resize", "Col2Im"}, all & ~1u)
      .Cases({"Range", "MelWeightMatrix"}, all)
      .Default(0);
}

namespace {
struct Search {
  const Graph &graph;
  llvm::StringMap<const Node *> producers;
  llvm::StringSet<> seen, direct; // direct: read by such an operand itself

  void collect(const Graph &graph) {
    for (const Node &node : graph.nodes) {
      for (llvm::StringRef output : node.outputs)
        producers[output] = &node;
      for (const Attribute &attribute : node.attributes)
        for (const Graph &inner : attribute.graphs)
          collect(inner);
    }
  }
  void start(const Graph &graph) {
    for (const Node &node : graph.nodes) {
      unsigned operands = node.domain.empty() ? shapeOperands(node) : 0;
      for (size_t i = 0; i < node.inputs.size(); ++i)
        if (i < 32 && (operands >> i & 1))
          follow(node.inputs[i]), direct.insert(node.inputs[i]);
      for (const Attribute &attribute : node.attributes)
        for (const Graph &inner : attribute.graphs)
          start(inner);
    }
  }
  // A list of what is left to visit, not recursion: chains have tens of thousands of nodes.
  void follow(llvm::StringRef name) {
    std::vector<llvm::StringRef> left{name};
    while (!left.empty()) {
      llvm::StringRef value = left.back();
      left.pop_back();
      if (!seen.insert(value).second)
        continue;
      auto producer = producers.find(value);
      if (producer == producers.end() || producer->second->opType == "Shape" ||
          producer->second->opType == "Size")
        continue;
      left.insert(left.end(), producer->second->inputs.begin(), producer->second->inputs.end());
    }
  }
};
} // namespace

std::vector<std::string> shapeInputNames(const Model &model) {
  Search search{model.graph, {}, {}, {}};
  search.collect(model.graph);
  search.start(model.graph);
  llvm::StringSet<> initializers;
  for (const Tensor &tensor : model.graph.initializers)
    initializers.insert(tensor.name);
  std::vector<std::string> names;
  for (const ValueInfo &input : model.graph.inputs) {
    // What shapes are computed from is integers, or single floats; scales and regions are lists.
    const Type &type = input.type;
    bool isInteger = type.element == ElementType::Int64 || type.element == ElementType::Int32;
    bool isScalar = type.hasShape && type.dims.empty() && type.element != ElementType::Bool;
    bool decides = (isInteger || isScalar ? search.seen : search.direct).contains(input.name);
    if (input.type.kind == Type::Kind::Tensor && decides && !initializers.contains(input.name))
      names.push_back(input.name.str());
  }
  return names;
}

} // namespace dlc::onnx
