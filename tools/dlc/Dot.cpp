// Over tensors, an edge is a value. Over buffers, it leads from the launch that wrote a buffer
// last, by the place of the buffer, since several values share one place.
#include "Dot.h"
#include "Core/Core.h"
#include "Emit/Artifact.h"
#include "MemoryPlan.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

static std::string shapeText(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped)
    return "";
  std::string text = dtypeName(shaped.getElementType()) + "[";
  for (auto [i, extent] : llvm::enumerate(shaped.getShape()))
    text += (i ? "," : "") + std::to_string(extent);
  return text + "]";
}

namespace {
class DotWriter {
public:
  explicit DotWriter(llvm::raw_ostream &out) : out(out) {}

  void write(func::FuncOp function) {
    out << "digraph \"" << escapedDot(function.getName()) << "\" {\n"
        << "  node [shape=box, style=\"rounded,filled\", fillcolor=\"#eaf2f8\", "
           "fontname=\"sans-serif\", fontsize=10];\n"
        << "  edge [fontname=\"sans-serif\", fontsize=8];\n";
    for (auto [i, argument] : llvm::enumerate(function.getArguments())) {
      auto name = function.getArgAttrOfType<StringAttr>(i, "dlc.name");
      std::string title = name ? name.str() : "argument " + std::to_string(i);
      makers[argument] = node(title + "\n" + shapeText(argument.getType()), "ellipse", "#fdebd0");
      outputs.push_back(function.getArgAttr(i, "dlc.output") != nullptr);
    }
    writeOps(function.getBody().front(), "  ");
    out << "}\n";
  }

private:
  unsigned node(StringRef label, StringRef shape = "", StringRef color = "", StringRef pad = "  ") {
    std::string text = escapedDot(label);
    // shown() writes line breaks as \n already; DOT reads them so.
    for (size_t at = 0; (at = text.find("\\\\n", at)) != std::string::npos;)
      text.replace(at, 3, "\\n");
    out << pad << "n" << count << " [label=\"" << text << "\"";
    if (!shape.empty())
      out << ", shape=" << shape;
    if (!color.empty())
      out << ", fillcolor=\"" << color << "\"";
    out << "];\n";
    return count++;
  }

  void edge(unsigned from, unsigned to, Type type) {
    out << "  n" << from << " -> n" << to << " [label=\"" << escapedDot(shapeText(type))
        << "\"];\n";
  }

  void writeOps(Block &block, StringRef pad) {
    for (Operation &op : block)
      writeOp(op, pad);
  }

  static std::string labelOf(Operation &op) {
    if (auto launch = dyn_cast<LaunchOp>(op))
      return launch.getKernel().str() + nodesText(op);
    std::string label = op.getName().stripDialect().str();
    if (auto name = dyn_cast<NameLoc>(op.getLoc()))
      label += "\n" + name.getName().str();
    return label;
  }

  static std::string nodesText(Operation &op) {
    std::string text;
    if (auto nodes = op.getAttrOfType<ArrayAttr>("nodes"))
      for (StringAttr node : nodes.getAsRange<StringAttr>())
        text += "\n" + node.str();
    return text;
  }

  void writeOp(Operation &op, StringRef pad) {
    if (isa<BufferOp, ViewOp, RowOp>(op) || op.hasTrait<OpTrait::ConstantLike>())
      return;
    if (auto weight = dyn_cast<WeightOp>(op)) {
      makers[weight.getResult()] = node(
          weight.getWeight().str() + "\n" + shapeText(weight.getType()), "note", "#e8f8f5", pad);
      return;
    }
    if (op.hasTrait<OpTrait::IsTerminator>() && !isa<func::ReturnOp>(op))
      return;
    if (isa<func::ReturnOp>(op) && op.getNumOperands() == 0)
      return;
    bool isReturn = isa<func::ReturnOp>(op);
    unsigned id = node(isReturn ? "outputs" : labelOf(op), isReturn ? "ellipse" : "",
                       isReturn ? "#fdebd0" : "", pad);
    auto launch = dyn_cast<LaunchOp>(op);
    for (Value operand : launch ? ValueRange(launch.getInputs()) : ValueRange(op.getOperands()))
      if (std::optional<unsigned> from = makerOf(operand))
        edge(*from, id, operand.getType());
    for (Value result : op.getResults())
      makers[result] = id;
    if (launch)
      for (Value written : launch.getOutputs())
        setMaker(written, id);
    for (auto [i, region] : llvm::enumerate(op.getRegions())) {
      out << pad << "subgraph cluster_" << id << "_" << i << " {\n";
      for (Block &block : region) {
        for (Value argument : block.getArguments())
          makers[argument] = id;
        writeOps(block, (pad + "  ").str());
      }
      out << pad << "}\n";
    }
  }

  /// The buffer under all views.
  static Value root(Value value) {
    for (Operation *op = value.getDefiningOp(); op && isa<ViewOp, RowOp>(op);
         op = value.getDefiningOp())
      value = op->getOperand(0);
    return value;
  }

  std::optional<unsigned> makerOf(Value value) {
    value = root(value);
    if (auto buffer = value.getDefiningOp<BufferOp>()) {
      auto found = writers.find({static_cast<int>(buffer.getSpace()), buffer.getOffset()});
      return found == writers.end() ? std::nullopt : std::optional(found->second);
    }
    auto found = makers.find(value);
    return found == makers.end() ? std::nullopt : std::optional(found->second);
  }

  void setMaker(Value value, unsigned id) {
    value = root(value);
    if (auto buffer = value.getDefiningOp<BufferOp>()) {
      writers[{static_cast<int>(buffer.getSpace()), buffer.getOffset()}] = id;
      return;
    }
    auto argument = dyn_cast<BlockArgument>(value);
    if (argument && argument.getArgNumber() < outputs.size() && outputs[argument.getArgNumber()])
      edge(id, makers[value], value.getType());
    else
      makers[value] = id;
  }

  llvm::raw_ostream &out;
  unsigned count = 0;
  DenseMap<Value, unsigned> makers;
  std::map<std::pair<int, uint64_t>, unsigned> writers;
  std::vector<bool> outputs;
};
} // namespace

void dlc::tool::writeDot(ModuleOp module, llvm::raw_ostream &out) {
  for (StringRef name : {"run", "main"})
    if (auto function = module.lookupSymbol<func::FuncOp>(name))
      return DotWriter(out).write(function);
}
