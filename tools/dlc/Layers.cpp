// Ops are told apart by their locations, which name the node that they come from.
#include "Layers.h"
#include "Emit/Artifact.h"
#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

std::string dlc::tool::typeText(RankedTensorType type) {
  std::string text = dtypeName(type.getElementType()) + "[";
  for (auto [i, extent] : llvm::enumerate(type.getShape()))
    text += (i ? "," : "") + std::to_string(extent);
  return text + "]";
}

std::string dlc::tool::labelOf(const onnx::Node &node) {
  StringRef name = node.name.empty() && !node.outputs.empty() ? node.outputs.front() : node.name;
  return shown(name) + " (" + shown(node.opType) + ")";
}

namespace {
class LayerCollector {
public:
  explicit LayerCollector(const onnx::Model *model) {
    if (model)
      enter(model->graph);
  }

  void add(Operation *op) {
    if (op->hasTrait<OpTrait::ConstantLike>() || op->hasTrait<OpTrait::IsTerminator>() ||
        isa<WeightOp>(op))
      return;
    Layer &layer = layerOf(op);
    layer.outputs.clear();
    for (Value result : op->getResults())
      if (auto type = dyn_cast<RankedTensorType>(result.getType()))
        layer.outputs.push_back(type);
    layer.multiplyAdds += multiplyAdds(op) * repetitions(op);
    layer.gradient = std::max(layer.gradient, gradientOf(op));
  }

  std::vector<Layer> take() {
    std::vector<Layer> result;
    for (auto &entry : layers)
      result.push_back(std::move(entry.second));
    return result;
  }

private:
  // Float tensors that a node is the first to use count as its parameters.
  void enter(const onnx::Graph &graph) {
    for (const onnx::Tensor &tensor : graph.initializers)
      enter(tensor.name, tensor);
    for (const onnx::Node &node : graph.nodes) {
      if (node.opType == "Constant" && node.domain.empty() && !node.outputs.empty())
        if (const onnx::Attribute *value = node.find("value"))
          for (const onnx::Tensor &tensor : value->tensors)
            enter(node.outputs.front(), tensor);
      int64_t &count = parameters[labelOf(node)];
      for (StringRef input : node.inputs)
        if (auto found = free.find(input); found != free.end()) {
          count += found->second;
          free.erase(found);
        }
      for (const onnx::Attribute &attribute : node.attributes)
        for (const onnx::Graph &inner : attribute.graphs)
          enter(inner);
    }
  }

  void enter(StringRef name, const onnx::Tensor &tensor) {
    using Type = onnx::ElementType;
    static constexpr Type floats[] = {Type::Float32, Type::Float64, Type::Float16, Type::Bfloat16};
    if (llvm::is_contained(floats, tensor.type) || tensor.elements() >= 1024)
      free[name] = tensor.elements();
  }

  Layer &layerOf(Operation *op) {
    std::string label;
    if (auto name = dyn_cast<NameLoc>(op->getLoc()))
      label = name.getName().str();
    bool isNode = StringRef(label).ends_with(")");
    if (!isNode)
      label = op->getName().stripDialect().str() + std::to_string(layers.size());
    auto [entry, isNew] = layers.try_emplace(label);
    Layer &layer = entry->second;
    if (!isNew)
      return layer;
    if (isNode) {
      auto [name, type] = StringRef(label).drop_back().rsplit(" (");
      layer.name = name.str();
      layer.type = type.str();
      layer.parameters = parameters.lookup(label);
    } else {
      layer.name = label;
      layer.type = op->getName().stripDialect().str();
      for (Value operand : op->getOperands())
        if (auto weight = operand.getDefiningOp<WeightOp>())
          if (counted.insert(weight.getWeight()).second)
            layer.parameters += cast<RankedTensorType>(operand.getType()).getNumElements();
    }
    return layer;
  }

  static double multiplyAdds(Operation *op) {
    if (!op->hasTrait<ContractionOp>())
      return 0;
    double count = 1;
    for (int64_t extent : cast<ReferenceOpInterface>(op).referenceForm().extents)
      count *= static_cast<double>(extent);
    return count;
  }

  // Steps of the loops around an op, as far as their number is known.
  static double repetitions(Operation *op) {
    double times = 1;
    for (auto loop = op->getParentOfType<ScanOp>(); loop; loop = loop->getParentOfType<ScanOp>())
      times *= static_cast<double>(loop.getLength());
    return times;
  }

  static Layer::Gradient gradientOf(Operation *op) {
    bool hasFloats = llvm::any_of(
        op->getResultTypes(), [](Type type) { return isa<FloatType>(getElementTypeOrSelf(type)); });
    if (!hasFloats || op->hasTrait<ZeroVjp>())
      return Layer::Gradient::Zero;
    auto rule = dyn_cast<VjpOpInterface>(op);
    if (!rule)
      return isa<CompositeOpInterface>(op) || op->getNumRegions() ? Layer::Gradient::Yes
                                                                  : Layer::Gradient::No;
    for (auto [i, operand] : llvm::enumerate(op->getOperands()))
      if (isa<FloatType>(getElementTypeOrSelf(operand)) && rule.isDifferentiable(i))
        return Layer::Gradient::Yes;
    return op->getNumOperands() ? Layer::Gradient::No : Layer::Gradient::Zero;
  }

  llvm::MapVector<std::string, Layer, std::map<std::string, unsigned>> layers;
  llvm::StringMap<int64_t> parameters, free;
  llvm::StringSet<> counted;
};
} // namespace

std::vector<Layer> dlc::tool::layersOf(ModuleOp module, const onnx::Model *model) {
  LayerCollector collector(model);
  if (auto function = module.lookupSymbol<func::FuncOp>("main"))
    function.getBody().walk<WalkOrder::PreOrder>([&](Operation *op) { collector.add(op); });
  return collector.take();
}
