// Loop. Three forms, the first that fits:
//
//   known count, condition always true      dlc.scan, the step being carried
//   otherwise                               dlc.while; rows of results go into a buffer with room
//                                           for all, of which the first `steps` are there
//   a body whose types change from step     as many copies of the body as there are steps
//   to step, or that needs to know the step
#include "Onnx/FoldConstants.h"
#include "Onnx/Formula.h"
#include "Onnx/Operators/Subgraph.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct LoopNode {
  const Graph &body;
  Values initial{};               // of what is carried
  std::optional<int64_t> count{}; // known trip count
  Value countValue{};             // null: no trip count is given
  std::optional<bool> starts{};   // the condition before the first step, if it is known
  Value condition{};              // null: always true
  size_t stacked = 0;             // results that get a row each step
};

// The body as a region: its arguments are the step (a scalar), then what is carried.
struct LoopBody {
  Values results; // what is carried, then the rows
  Value goesOn;
};
} // namespace

static IntegerType int64Type(NodeReader &node) {
  return IntegerType::get(node.builder.getContext(), 64, IntegerType::Signed);
}

// A scalar in the shape that the body declares: some exporters write [1]. A constant stays one, so
// that the body knows its step.
static TensorExpr asDeclared(NodeReader &node, TensorExpr scalar, const ValueInfo &info) {
  bool isVector = info.type.hasShape && info.type.dims.size() == 1;
  Shape shape = isVector ? Shape{1} : Shape{};
  if (std::optional<Literal> known = constantElements(scalar))
    return node.splat(shape, scalar.type().getElementType(), double(known->integer(0)));
  return node.reshape(scalar, shape);
}

static LoopNode readLoop(NodeReader &node) {
  LoopNode loop(node.graph("body"));
  if (node.inputCount() < 2)
    node.refuse(Code::InputCount, "needs a trip count and a condition, either of which may be ''");
  if (node.has(0)) {
    TensorExpr count = node.input(0);
    if (count.type().getNumElements() != 1 || !isa<IntegerType>(count.type().getElementType()))
      node.refuse(Code::TypeMismatch, "the trip count must be one integer", "",
                  shownType(count.type()));
    loop.countValue = convert(node.reshape(count, {}), int64Type(node));
    if (std::optional<Literal> known = node.known(0))
      loop.count = std::max<int64_t>(known->integer(0), 0);
  }
  loop.starts = true;
  if (node.has(1)) {
    TensorExpr condition = node.input(1);
    if (condition.type().getNumElements() != 1 || !condition.type().getElementType().isInteger(1))
      node.refuse(Code::TypeMismatch, "the condition must be one bool", "",
                  shownType(condition.type()));
    loop.condition = node.reshape(condition, {});
    std::optional<Literal> known = node.known(1);
    loop.starts = known ? std::optional(known->integer(0) != 0) : std::nullopt;
  }
  for (size_t i = 2; i < node.inputCount(); ++i) {
    if (!node.has(i))
      node.refuse(Code::InputCount, "a carried value is missing");
    loop.initial.push_back(node.operands[i]);
  }
  size_t carried = loop.initial.size();
  if (loop.body.inputs.size() != carried + 2 || loop.body.outputs.size() < carried + 1 ||
      loop.body.outputs.size() < node.node.outputs.size() + 1)
    node.refuse(Code::InputCount, "the body has other inputs or outputs than the node",
                llvm::Twine(carried + 2) + " inputs", llvm::Twine(loop.body.inputs.size()));
  loop.stacked = loop.body.outputs.size() - 1 - carried;
  return loop;
}

// The values of one step; none after an error.
static std::optional<LoopBody> importStep(NodeReader &node, const LoopNode &loop, TensorExpr step,
                                          ValueRange carried, ImplicitLocOpBuilder &b,
                                          Diagnostics &diagnostics) {
  // Whoever is in the body has been let in.
  NodeReader inner(node.importer, node.node, node.opset, {}, b);
  Values inputs{asDeclared(inner, {b, step}, loop.body.inputs[0]),
                asDeclared(inner, inner.splat({}, b.getI1Type(), 1), loop.body.inputs[1])};
  llvm::append_range(inputs, carried);
  std::optional<Values> results = importBody(node, loop.body, inputs, b, diagnostics);
  if (!results)
    return std::nullopt;
  LoopBody body;
  body.goesOn = (*results)[0];
  body.results.assign(results->begin() + 1, results->end());
  return body;
}

static std::optional<bool> knownFlag(Value value) {
  std::optional<Literal> known = constantElements(value);
  if (!known || known->size() != 1)
    return std::nullopt;
  return known->integer(0) != 0;
}

// ---------------------------------------------------------------- copies of the body

static Values joinRows(NodeReader &node, const Values &rows) {
  Values parts;
  for (Value row : rows) {
    Shape shape(tensorType(row).getShape());
    if (row.getType() != rows[0].getType())
      node.unsupported("rows of different shapes as results of a Loop");
    shape.insert(shape.begin(), 1);
    parts.push_back(node.reshape(node.tensor(row), shape));
  }
  return {node.concat(parts, 0)};
}

// The type of a row, as the body declares it: for a loop without steps.
static Value emptyRows(NodeReader &node, const onnx::Type &declared) {
  mlir::Type element = elementTypeOf(declared.element, node.dtype(), *node.builder.getContext());
  if (!element)
    node.unsupported("a Loop without steps whose results have no declared type");
  Shape shape{0};
  for (const Dimension &dimension : declared.dims)
    shape.push_back(dimension.kind == Dimension::Kind::Value ? dimension.value : 1);
  return node.splat(shape, element, 0);
}

static Values unrolled(NodeReader &node, const LoopNode &loop, int64_t count) {
  Values carried = loop.initial;
  std::vector<Values> rows(loop.stacked);
  for (int64_t i = 0; i < count; ++i) {
    TensorExpr step = node.splat({}, int64Type(node), double(i));
    std::optional<LoopBody> body =
        importStep(node, loop, step, carried, node.builder, node.importer.sink());
    if (!body)
      throw Refusal{};
    ArrayRef<Value> results = body->results;
    carried.assign(results.begin(), results.begin() + carried.size());
    for (auto [list, row] : llvm::zip_equal(rows, results.drop_front(carried.size())))
      list.push_back(row);
    std::optional<bool> goesOn = knownFlag(body->goesOn);
    if (!goesOn && i + 1 < count)
      node.unsupported("a Loop whose values change their types and whose end depends on data");
    if (i + 1 < count && !*goesOn)
      break;
  }
  for (auto [i, list] : llvm::enumerate(rows))
    carried.push_back(list.empty()
                          ? emptyRows(node, loop.body.outputs[1 + loop.initial.size() + i].type)
                          : joinRows(node, list)[0]);
  return carried;
}

// ---------------------------------------------------------------- loops

static bool keepsTypes(const LoopNode &loop, const LoopBody &body) {
  for (auto [before, after] : llvm::zip(loop.initial, body.results))
    if (before.getType() != after.getType())
      return false;
  return llvm::all_of(body.results, [](Value value) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    return type && !type.getEncoding();
  });
}

static Values buildScan(NodeReader &node, const LoopNode &loop, const LoopBody &body,
                        Block &block) {
  ImplicitLocOpBuilder b(node.builder.getLoc(), node.builder.getContext());
  b.setInsertionPointToEnd(&block);
  TensorExpr step{b, block.getArgument(0)};
  Values returned{step + step.number(1)}, initial{node.splat({}, int64Type(node), 0)};
  llvm::append_range(returned, body.results);
  llvm::append_range(initial, loop.initial);
  ReturnOp::create(b, returned);
  SmallVector<mlir::Type> types(ValueRange(initial).getTypes());
  for (Value row : ArrayRef(body.results).drop_front(loop.initial.size())) {
    Shape shape(tensorType(row).getShape());
    shape.insert(shape.begin(), *loop.count);
    node.checkSize(shape, tensorType(row).getElementType());
    types.push_back(tensorType(row).clone(shape));
  }
  SmallVector<bool> forward(loop.stacked, false);
  auto op = ScanOp::create(node.builder, types, initial, ValueRange(), *loop.count,
                           ArrayRef<bool>(), forward);
  op.getBody().getBlocks().splice(op.getBody().end(), block.getParent()->getBlocks());
  return Values(op.getResults().drop_front());
}

// buffer with `row` at `step`.
static TensorExpr withRow(TensorExpr buffer, TensorExpr row, TensorExpr step) {
  ArrayRef<int64_t> shape = buffer.type().getShape();
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(1, shape.size()));
  auto type = RankedTensorType::get(shape, step.type().getElementType());
  TensorExpr place = buffer.with(IotaOp::create(buffer.builder, type, 0));
  TensorExpr here = compare(CompareKind::eq, place, broadcast(step, shape, {}));
  return select(here, broadcast(row, shape, dims), buffer);
}

static Values buildWhile(NodeReader &node, const LoopNode &loop, const LoopBody &body,
                         Block &block) {
  size_t carried = loop.initial.size();
  if (loop.stacked && !loop.count)
    node.unsupported("results of every step of a Loop whose trip count is not known at compile "
                     "time; if it is an input, give its value with --shape-input");
  bool testsCount = loop.countValue && !loop.count;
  // What is carried, then the buffers, then how many steps were made.
  Values initial = loop.initial;
  for (Value row : ArrayRef(body.results).drop_front(carried)) {
    Shape shape(tensorType(row).getShape());
    shape.insert(shape.begin(), *loop.count);
    initial.push_back(node.splat(shape, tensorType(row).getElementType(), 0));
  }
  if (loop.stacked)
    initial.push_back(node.splat({}, int64Type(node), 0));
  ImplicitLocOpBuilder b(node.builder.getLoc(), node.builder.getContext());
  b.setInsertionPointToEnd(&block);
  TensorExpr step{b, block.getArgument(0)};
  NodeReader inner(node.importer, node.node, node.opset, {}, b);
  Value goesOn = inner.reshape({b, body.goesOn}, {});
  if (testsCount)
    goesOn = AndOp::create(b, goesOn,
                           compare(CompareKind::lt, step + step.number(1), {b, loop.countValue}));
  Values returned{goesOn};
  returned.append(body.results.begin(), body.results.begin() + carried);
  for (size_t i = 0; i < loop.stacked; ++i) {
    Value buffer = block.addArgument(initial[carried + i].getType(), b.getLoc());
    returned.push_back(withRow({b, buffer}, {b, body.results[carried + i]}, step));
  }
  if (loop.stacked) {
    block.addArgument(initial.back().getType(), b.getLoc());
    returned.push_back(step + step.number(1));
  }
  ReturnOp::create(b, returned);
  Value condition =
      loop.condition ? loop.condition : node.splat({}, node.builder.getI1Type(), 1).value;
  if (testsCount) {
    TensorExpr count = node.tensor(loop.countValue);
    Value some = compare(CompareKind::gt, count, count.number(0));
    condition = AndOp::create(node.builder, condition, some);
  }
  auto op = WhileOp::create(node.builder, ValueRange(initial).getTypes(), condition, initial,
                            loop.count.value_or(INT64_MAX));
  op.getBody().getBlocks().splice(op.getBody().end(), block.getParent()->getBlocks());
  Values results(op.getResults().take_front(carried + loop.stacked));
  for (size_t i = carried; i < results.size(); ++i) {
    auto type = tensorType(results[i]);
    auto bounded = RankedTensorType::get(type.getShape(), type.getElementType(),
                                         BoundedAttr::get(node.builder.getContext(), 0));
    results[i] = BoundedOp::create(node.builder, bounded, results[i], op.getResults().back());
  }
  return results;
}

// The loop as an op; none if its body needs to be known step by step. `why` says why.
static std::optional<Values> asLoop(NodeReader &node, const LoopNode &loop, Diagnostics &why) {
  if (!llvm::all_of(loop.initial, [](Value v) {
        auto type = dyn_cast<RankedTensorType>(v.getType());
        return type && !type.getEncoding();
      }))
    return std::nullopt;
  IfOp holder = buildHolder(node);
  Block &block = holder.getThen().emplaceBlock();
  ImplicitLocOpBuilder b(node.builder.getLoc(), node.builder.getContext());
  b.setInsertionPointToEnd(&block);
  TensorExpr step{b, block.addArgument(RankedTensorType::get({}, int64Type(node)), b.getLoc())};
  Values carried;
  for (Value value : loop.initial)
    carried.push_back(block.addArgument(value.getType(), b.getLoc()));
  std::optional<LoopBody> body = importStep(node, loop, step, carried, b, why);
  std::optional<Values> results;
  if (body && keepsTypes(loop, *body)) {
    bool always = loop.count && loop.starts == true && knownFlag(body->goesOn) == true;
    results = always ? buildScan(node, loop, *body, block) : buildWhile(node, loop, *body, block);
  }
  holder.erase();
  return results;
}

static Values loop(NodeReader &node) {
  LoopNode loop = readLoop(node);
  if (loop.count == 0 || loop.starts == false)
    return unrolled(node, loop, 0);
  Diagnostics why;
  if (std::optional<Values> results = asLoop(node, loop, why)) {
    node.importer.sink().append(why);
    return *results;
  }
  constexpr size_t mostNodes = 1 << 16;
  size_t nodes = std::max<size_t>(loop.body.nodes.size(), 1);
  if (loop.count && loop.starts == true && *loop.count <= int64_t(mostNodes / nodes))
    return unrolled(node, loop, *loop.count);
  // A loop that ends by its condition alone may still be known step by step.
  if (!why.hasErrors())
    node.unsupported("a Loop whose carried values change their types");
  node.importer.sink().append(why);
  throw Refusal{};
}

void addLoops(Registry &r) { r.add("Loop", 1, loop); }

} // namespace dlc::onnx
