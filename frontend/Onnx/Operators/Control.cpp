// If. A result whose branches differ in one dimension is a bounded value: room for the larger one,
// and the size that the branch that is taken gives it.
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Operators/Subgraph.h"

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

// The only dimension in which two results differ, or whose size depends on data in one of them; -1
// if there is none, nothing if there are several.
static std::optional<int64_t> openDimension(RankedTensorType a, RankedTensorType b) {
  if (a.getRank() != b.getRank() || a.getElementType() != b.getElementType())
    return std::nullopt;
  int64_t open = -1;
  auto add = [&](int64_t dimension) {
    bool isFirst = open < 0 || open == dimension;
    open = dimension;
    return isFirst;
  };
  for (RankedTensorType type : {a, b})
    if (auto bounded = dyn_cast_or_null<BoundedAttr>(type.getEncoding()))
      if (!add(bounded.getDimension()))
        return std::nullopt;
  for (int64_t i = 0; i < a.getRank(); ++i)
    if (a.getDimSize(i) != b.getDimSize(i) && !add(i))
      return std::nullopt;
  return open;
}

// Gives results that have an open dimension the room of `rooms`, and adds their extents to the end.
static void openResults(NodeReader &node, Branch &branch, ArrayRef<int64_t> open,
                        ArrayRef<int64_t> rooms) {
  ImplicitLocOpBuilder b(node.builder.getLoc(), node.builder.getContext());
  b.setInsertionPointToEnd(&branch.region.front());
  NodeReader inner(node.importer, node.node, node.opset, {}, b);
  for (auto [i, dimension] : llvm::enumerate(open)) {
    if (dimension < 0)
      continue;
    BoundedValue result = boundedValue(inner, {b, (*branch.results)[i]});
    RankedTensorType type = result.full.type();
    int64_t extent = type.getDimSize(dimension);
    Shape none(type.getRank(), 0), high = none;
    high[dimension] = rooms[i] - extent;
    (*branch.results)[i] = high[dimension]
                               ? inner.build<PadOp>(result.full, none, high, none,
                                                    elementAttribute(type.getElementType(), 0))
                               : result.full.value;
    branch.results->push_back(result ? result.extent
                                     : inner.reshape(inner.integerTensor({extent}), {}).value);
  }
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
    if (contradicts(a) == contradicts(b) && openDimension(a, b))
      continue;
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
  // Sequences are results tensor by tensor.
  const Values wholeTaken = taken.results.value_or(Values());
  const Values wholeOther = other.results.value_or(Values());
  if (taken.results && other.results && !sameStructure(wholeTaken, wholeOther))
    node.unsupported("branches whose results are sequences of different lengths");
  for (Branch *branch : {&taken, &other})
    if (branch->results)
      branch->results = leavesOf(*branch->results);
  if (taken.results && other.results)
    reconcile(node, taken, other);
  if (!taken.results && !other.results)
    node.refuse(Code::ShapeMismatch, "no branch can be typed for the bound shapes", "",
                taken.fault + "; " + other.fault);
  const Values &like = taken.results ? wholeTaken : wholeOther;
  const Values &first = taken.results ? *taken.results : *other.results;
  const Values &second = other.results ? *other.results : *taken.results;
  size_t count = first.size();
  SmallVector<int64_t> open, rooms(count, 0);
  for (auto [i, pair] : llvm::enumerate(llvm::zip_equal(first, second))) {
    auto [a, b] = pair;
    open.push_back(openDimension(tensorType(a), tensorType(b)).value_or(-1));
    if (open.back() >= 0)
      rooms[i] =
          std::max(tensorType(a).getDimSize(open.back()), tensorType(b).getDimSize(open.back()));
  }
  for (Branch *branch : {&taken, &other})
    if (branch->results)
      openResults(node, *branch, open, rooms);
  SmallVector<mlir::Type> types(
      ValueRange(taken.results ? *taken.results : *other.results).getTypes());
  closeBranch(node, taken, types);
  closeBranch(node, other, types);
  TensorExpr scalar = node.reshape(condition, {});
  auto op = IfOp::create(node.builder, types, scalar);
  op.getThen().takeBody(taken.region);
  op.getElse().takeBody(other.region);
  holder.erase();
  Values results(op.getResults().take_front(count));
  for (size_t i = 0, extent = count; i < count; ++i)
    if (open[i] >= 0)
      results[i] = boundedBy(node, node.tensor(results[i]), op.getResult(extent++), open[i]);
  return rebuilt(node.builder, node.builder.getLoc(), like, results);
}

void addControl(Registry &r) { r.add("If", 1, conditional); }

} // namespace dlc::onnx
