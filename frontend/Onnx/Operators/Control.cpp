// Subgraphs: If and Scan.
#include "Onnx/GraphImporter.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct Branch {
  StringRef name;
  const Graph &graph;
  Region &region;
  std::optional<Values> results{};
  std::string fault{};
};
} // namespace

// An op that holds the regions while they are filled, in the place of the op that will: what is
// inside has parents then, as verification needs, and the results' types are known only after.
static IfOp buildHolder(NodeReader &node) {
  OperationState state(node.builder.getLoc(), IfOp::getOperationName());
  state.addRegion();
  state.addRegion();
  return cast<IfOp>(node.builder.create(state));
}

// Errors that mean "not supported" are the user's to know; any other says that the branch has no
// meaning for the shapes that are bound, so that it must not be taken.
static void importBranch(NodeReader &node, Branch &branch) {
  ImplicitLocOpBuilder b(node.builder.getLoc(), node.builder.getContext());
  b.setInsertionPointToEnd(&branch.region.emplaceBlock());
  Diagnostics own;
  branch.results = node.importer.importSubgraph(branch.graph, {}, b, own);
  bool unsupported = false;
  for (const Diagnostic &diagnostic : own.all()) {
    bool isError = diagnostic.severity == Severity::Error;
    unsupported |= isError && exitCodeOf(diagnostic.code) == 4;
    if (isError && branch.fault.empty()) {
      llvm::raw_string_ostream out(branch.fault);
      out << diagnostic.place << ": "
          << (diagnostic.message.empty() ? titleOf(diagnostic.code).str() : diagnostic.message);
    }
  }
  if (unsupported) {
    node.importer.sink().append(own);
    throw Refusal{};
  }
  for (const Diagnostic &diagnostic : own.all())
    if (diagnostic.severity != Severity::Error)
      node.importer.sink().add(diagnostic);
  if (!branch.results && branch.fault.empty())
    branch.fault = "its results depend on what cannot be imported";
}

static void closeBranch(NodeReader &node, Branch &branch, TypeRange types) {
  ImplicitLocOpBuilder b(node.builder.getLoc(), node.builder.getContext());
  Block &block = branch.region.front();
  if (branch.results) {
    b.setInsertionPointToEnd(&block);
    ReturnOp::create(b, *branch.results);
    return;
  }
  block.clear();
  b.setInsertionPointToEnd(&block);
  std::string place = placeOf(node.node, node.opset);
  node.importer.sink()
      .warn(Code::ShapeMismatch,
            "the branch " + branch.name +
                " cannot be typed for the bound shapes and fails when taken: " + branch.fault)
      .at(place);
  auto fail = FailOp::create(b, types, place + ": " + branch.fault);
  ReturnOp::create(b, fail.getResults());
}

// Where the types differ, the branch that contradicts the declared rank fails.
static void reconcile(NodeReader &node, Branch &one, Branch &other) {
  for (size_t i = 0; i < one.results->size(); ++i) {
    RankedTensorType a = tensorType((*one.results)[i]), b = tensorType((*other.results)[i]);
    if (a == b)
      continue;
    StringRef output = i < node.node.outputs.size() ? node.node.outputs[i] : "";
    const onnx::Type *declared = node.importer.declaredType(output);
    if (a.getElementType() != b.getElementType())
      node.refuse(Code::TypeMismatch, "the branches have different types", shownType(a),
                  shownType(b));
    auto contradicts = [&](RankedTensorType type) {
      if (!declared || !declared->hasShape)
        return false;
      if (int64_t(declared->dims.size()) != type.getRank())
        return true;
      for (auto [dimension, extent] : llvm::zip_equal(declared->dims, type.getShape()))
        if (dimension.kind == Dimension::Kind::Value && dimension.value != extent)
          return true;
      return false;
    };
    if (contradicts(a) == contradicts(b))
      node.unsupported("branches of different shapes, " + shownType(a) + " and " + shownType(b));
    Branch &wrong = contradicts(a) ? one : other;
    wrong.fault = "result " + std::to_string(i) + " has type " + shownType(contradicts(a) ? a : b) +
                  ", declared is " + describe(*declared);
    wrong.results.reset();
    return;
  }
}

static Values conditional(NodeReader &node) {
  TensorExpr condition = node.input(0);
  if (!condition.type().getElementType().isInteger(1) || condition.type().getNumElements() != 1)
    node.refuse(Code::TypeMismatch, "the condition must be one bool", "bool[]",
                shownType(condition.type()));
  const Graph &whenTrue = node.graph("then_branch"), &whenFalse = node.graph("else_branch");
  for (const Graph *graph : {&whenTrue, &whenFalse})
    if (graph->outputs.size() != node.node.outputs.size() || !graph->inputs.empty())
      node.refuse(Code::OutputCount, "a branch has other inputs or outputs than the node",
                  llvm::Twine(node.node.outputs.size()) + " outputs",
                  llvm::Twine(graph->outputs.size()) + " outputs");
  // A known condition leaves one branch.
  if (std::optional<Literal> known = node.known(0)) {
    const Graph &graph = known->integer(0) ? whenTrue : whenFalse;
    std::optional<Values> results =
        node.importer.importSubgraph(graph, {}, node.builder, node.importer.sink());
    if (!results)
      throw Refusal{};
    return *results;
  }
  IfOp holder = buildHolder(node);
  Branch taken{"then_branch", whenTrue, holder.getThen()};
  Branch other{"else_branch", whenFalse, holder.getElse()};
  importBranch(node, taken);
  importBranch(node, other);
  if (taken.results && other.results)
    reconcile(node, taken, other);
  if (!taken.results && !other.results)
    node.refuse(Code::ShapeMismatch, "no branch can be typed for the bound shapes", "",
                taken.fault + "; " + other.fault);
  Values results = taken.results ? *taken.results : *other.results;
  SmallVector<mlir::Type> types(ValueRange(results).getTypes());
  closeBranch(node, taken, types);
  closeBranch(node, other, types);
  TensorExpr scalar = node.reshape(condition, {});
  auto op = IfOp::create(node.builder, types, scalar);
  op.getThen().takeBody(taken.region);
  op.getElse().takeBody(other.region);
  holder.erase();
  return op.getResults();
}

// ---------------------------------------------------------------- Scan

// One entry per input or output; 0 where the attribute is missing.
static Shape perValue(NodeReader &node, StringRef name, size_t count) {
  Shape list = node.integers(name).value_or(Shape(count, 0));
  if (list.size() != count)
    node.refuse(Code::AttributeInvalid, "attribute " + quoted(name) + " has the wrong length",
                llvm::Twine(count), llvm::Twine(list.size()));
  return list;
}

// The permutation that moves dimension `from` to `to`.
static Shape moved(int64_t rank, int64_t from, int64_t to) {
  Shape permutation = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  permutation.erase(permutation.begin() + from);
  permutation.insert(permutation.begin() + to, from);
  return permutation;
}

static SmallVector<bool> asFlags(ArrayRef<int64_t> numbers) {
  SmallVector<bool> flags;
  for (int64_t number : numbers)
    flags.push_back(number != 0);
  return flags;
}

// A scan of version 9: carried values, then sequences; each sequence has its own axis and
// direction.
static Values scan(NodeReader &node) {
  if (node.opset < 9)
    node.unsupported("Scan of version 8");
  const Graph &body = node.graph("body");
  Values inputs = node.allInputs();
  int64_t sequenceCount = node.integer("num_scan_inputs");
  if (sequenceCount < 1 || sequenceCount > int64_t(inputs.size()))
    node.refuse(Code::AttributeInvalid, "num_scan_inputs is out of range",
                "1 to " + llvm::Twine(inputs.size()), llvm::Twine(sequenceCount));
  size_t carried = inputs.size() - sequenceCount;
  if (body.inputs.size() != inputs.size() || body.outputs.size() < carried ||
      body.outputs.size() < node.node.outputs.size())
    node.refuse(Code::InputCount, "the body has other inputs or outputs than the node",
                llvm::Twine(inputs.size()), llvm::Twine(body.inputs.size()));
  size_t stacked = body.outputs.size() - carried;
  Shape inputAxes = perValue(node, "scan_input_axes", sequenceCount);
  Shape outputAxes = perValue(node, "scan_output_axes", stacked);
  Shape inputDirections = perValue(node, "scan_input_directions", sequenceCount);
  Shape outputDirections = perValue(node, "scan_output_directions", stacked);
  Values initial(ArrayRef(inputs).take_front(carried)), sequences;
  std::optional<int64_t> length;
  IfOp holder = buildHolder(node);
  Block &block = holder.getThen().emplaceBlock();
  Location location = node.builder.getLoc();
  for (Value value : initial)
    block.addArgument(value.getType(), location);
  for (int64_t i = 0; i < sequenceCount; ++i) {
    TensorExpr x = node.tensor(inputs[carried + i]);
    node.checkRank(x, 1, INT64_MAX);
    int64_t rank = x.type().getRank();
    TensorExpr rows = node.transpose(x, moved(rank, node.axis(inputAxes[i], rank), 0));
    int64_t count = rows.type().getDimSize(0);
    if (length.value_or(count) != count)
      node.refuse(Code::ShapeMismatch, "sequences have different lengths", llvm::Twine(*length),
                  llvm::Twine(count));
    length = count;
    sequences.push_back(rows);
    block.addArgument(
        RankedTensorType::get(rows.type().getShape().drop_front(), rows.type().getElementType()),
        location);
  }
  ImplicitLocOpBuilder b(location, node.builder.getContext());
  b.setInsertionPointToEnd(&block);
  std::optional<Values> results =
      node.importer.importSubgraph(body, block.getArguments(), b, node.importer.sink());
  if (!results)
    throw Refusal{};
  SmallVector<mlir::Type> types;
  for (auto [i, value] : llvm::enumerate(*results)) {
    RankedTensorType type = tensorType(value);
    if (type.getEncoding())
      node.unsupported("Scan of a value whose size depends on data");
    if (i < carried && type != initial[i].getType())
      node.refuse(Code::ShapeMismatch, "a carried value changes its type",
                  shownType(initial[i].getType()), shownType(type));
    Shape shape(type.getShape());
    if (i >= carried)
      shape.insert(shape.begin(), *length);
    node.checkSize(shape, type.getElementType());
    types.push_back(RankedTensorType::get(shape, type.getElementType()));
  }
  ReturnOp::create(b, *results);
  auto op = ScanOp::create(node.builder, types, initial, sequences, *length,
                           asFlags(inputDirections), asFlags(outputDirections));
  op.getBody().takeBody(holder.getThen());
  holder.erase();
  Values outputs = op.getResults();
  for (size_t i = 0; i < stacked; ++i) {
    int64_t rank = tensorType(outputs[carried + i]).getRank();
    outputs[carried + i] = node.transpose(node.tensor(outputs[carried + i]),
                                          moved(rank, 0, node.axis(outputAxes[i], rank)));
  }
  return outputs;
}

void addControl(Registry &r) {
  r.add("If", 1, conditional);
  r.add("Scan", 8, scan);
}

} // namespace dlc::onnx
