#include "Onnx/Operators/Recurrence.h"
#include "Onnx/FoldConstants.h"
#include "Onnx/Formula.h"

using namespace mlir;

namespace dlc::onnx {

// Part `index` of the leading dimension, which disappears.
static TensorExpr part(NodeReader &node, TensorExpr x, int64_t index) {
  return node.reshape(node.slice(x, 0, index, index + 1), x.type().getShape().drop_front());
}

TensorExpr gatesOf(NodeReader &node, TensorExpr gates, int64_t index, int64_t hidden,
                   int64_t count) {
  return node.slice(gates, gates.type().getRank() - 1, index * hidden, (index + count) * hidden);
}

TensorExpr clipped(const Recurrence &recurrence, TensorExpr x) {
  return recurrence.clip > 0 ? clamp(x, -recurrence.clip, recurrence.clip) : x;
}

// ---------------------------------------------------------------- reading

static void checkShapes(NodeReader &node, const Recurrence &recurrence) {
  int64_t inputs = recurrence.x.type().getDimSize(2), hidden = recurrence.hidden;
  int64_t directions = recurrence.directions, rows = recurrence.kind.gates * hidden;
  node.checkShape("W", recurrence.w, {directions, rows, inputs});
  node.checkShape("R", recurrence.r, {directions, rows, hidden});
  if (recurrence.bias)
    node.checkShape("B", *recurrence.bias, {directions, 2 * rows});
  if (recurrence.peepholes)
    node.checkShape("P", *recurrence.peepholes, {directions, 3 * hidden});
  auto checkType = [&](const std::optional<TensorExpr> &parameter) {
    if (parameter)
      node.checkSameType(recurrence.x, *parameter);
  };
  for (const std::optional<TensorExpr> &state : recurrence.initial) {
    if (state)
      node.checkShape("an initial state", *state, {directions, recurrence.batch, hidden});
    checkType(state);
  }
  for (const auto &parameter : {std::optional(recurrence.w), std::optional(recurrence.r),
                                recurrence.bias, recurrence.peepholes})
    checkType(parameter);
}

Recurrence readRecurrence(NodeReader &node, const RecurrenceKind &kind, bool hasCell) {
  bool batchFirst = node.opset >= 14 && node.flag("layout", false);
  auto stepsFirst = [&](TensorExpr v) {
    node.checkRank(v, 3, 3);
    return batchFirst ? node.transpose(v, {1, 0, 2}) : v;
  };
  auto optionalState = [&](size_t i) -> std::optional<TensorExpr> {
    std::optional<TensorExpr> state = node.optionalInput(i);
    if (!state)
      return std::nullopt;
    return stepsFirst(*state);
  };
  StringRef direction = node.text("direction", "forward", {"forward", "reverse", "bidirectional"});
  int64_t directions = direction == "bidirectional" ? 2 : 1;
  TensorExpr x = stepsFirst(node.input(0)), w = node.input(1), r = node.input(2);
  node.checkFloat(x);
  node.checkRank(r, 3, 3);
  int64_t hidden = node.integer("hidden_size", r.type().getDimSize(2));
  if (hidden < 1 || hidden > int64_t(1) << 30)
    node.refuse(Code::AttributeInvalid, "attribute 'hidden_size' is out of range");
  if (node.opset < 7)
    node.ignore("output_sequence");
  Recurrence recurrence{kind,
                        x,
                        w,
                        r,
                        node.optionalInput(3),
                        node.optionalInput(4),
                        hasCell ? node.optionalInput(7) : std::nullopt,
                        {optionalState(5)},
                        hidden,
                        directions,
                        x.type().getDimSize(0),
                        x.type().getDimSize(1),
                        node.number("clip", 0),
                        batchFirst,
                        direction == "reverse",
                        readActivations(node, kind.activations, directions)};
  if (hasCell)
    recurrence.initial.push_back(optionalState(6));
  checkShapes(node, recurrence);
  return recurrence;
}

// [steps, batch]: whether a sequence still goes on; none if all have full length.
static std::optional<TensorExpr> readMask(NodeReader &node, const Recurrence &recurrence) {
  if (!recurrence.lengths)
    return std::nullopt;
  TensorExpr lengths = *recurrence.lengths;
  if (!isa<IntegerType>(lengths.type().getElementType()))
    node.refuse(Code::TypeMismatch, "sequence_lens must hold integers", "",
                shownType(lengths.type()));
  node.checkShape("sequence_lens", lengths, {recurrence.batch});
  if (std::optional<Literal> known = constantElements(lengths)) {
    bool full = true;
    for (int64_t i = 0; i < known->size(); ++i) {
      int64_t length = known->integer(i);
      if (length < 0 || length > recurrence.steps)
        node.refuse(Code::IndexOutOfRange, "a sequence length is out of range",
                    "0 to " + llvm::Twine(recurrence.steps), llvm::Twine(length));
      full &= length == recurrence.steps;
    }
    if (full)
      return std::nullopt;
  }
  Shape shape{recurrence.steps, recurrence.batch};
  auto type = RankedTensorType::get(shape, lengths.type().getElementType());
  TensorExpr step = node.tensor(IotaOp::create(node.builder, type, 0));
  return compare(CompareKind::lt, step, broadcast(lengths, shape, {1}));
}

// ---------------------------------------------------------------- the loop

// The loop of one direction: h of all steps [steps, batch, H], then the last states.
static Values runDirection(NodeReader &node, const Recurrence &recurrence,
                           const Direction &direction, TensorExpr z, const Values &initial,
                           std::optional<TensorExpr> mask, const Cell &cell) {
  auto type = cast<RankedTensorType>(initial[0].getType());
  Shape all{recurrence.steps, recurrence.batch, recurrence.hidden};
  Values sequences{z};
  if (mask)
    sequences.push_back(*mask);
  SmallVector<bool> backward(sequences.size(), direction.backward);
  SmallVector<mlir::Type> types(initial.size(), type);
  types.push_back(RankedTensorType::get(all, type.getElementType()));
  auto scan = ScanOp::create(node.builder, types, initial, sequences, recurrence.steps, backward,
                             ArrayRef<bool>{direction.backward});
  OpBuilder::InsertionGuard guard(node.builder);
  Block &block = scan.getBody().emplaceBlock();
  Location location = node.builder.getLoc();
  std::vector<TensorExpr> before;
  for (size_t i = 0; i < initial.size(); ++i)
    before.push_back(node.tensor(block.addArgument(type, location)));
  for (Value sequence : sequences)
    block.addArgument(RankedTensorType::get(tensorType(sequence).getShape().drop_front(),
                                            tensorType(sequence).getElementType()),
                      location);
  node.builder.setInsertionPointToEnd(&block);
  Values next = cell(direction, node.tensor(block.getArgument(initial.size())), before);
  Value row = next[0];
  if (mask) {
    // After its end a sequence keeps its state and gives 0.
    TensorExpr goesOn = broadcast(node.tensor(block.getArguments().back()), type.getShape(), {0});
    row = select(goesOn, node.tensor(row), before[0].number(0));
    for (auto [after, state] : llvm::zip_equal(next, before))
      after = select(goesOn, node.tensor(after), state);
  }
  next.push_back(row);
  ReturnOp::create(node.builder, next);
  Values results{scan.getResults().back()};
  llvm::append_range(results, scan.getResults().drop_back());
  return results;
}

static Direction directionOf(NodeReader &node, const Recurrence &recurrence, int64_t d) {
  size_t functions = recurrence.kind.activations.size();
  Direction direction{recurrence.reverse || d == 1,
                      part(node, recurrence.w, d),
                      part(node, recurrence.r, d),
                      std::nullopt,
                      std::nullopt,
                      std::nullopt,
                      ArrayRef(recurrence.activations).slice(functions * d, functions)};
  int64_t rows = recurrence.kind.gates * recurrence.hidden;
  if (recurrence.bias) {
    TensorExpr both = part(node, *recurrence.bias, d);
    direction.biasW.emplace(node.slice(both, 0, 0, rows));
    direction.biasR.emplace(node.slice(both, 0, rows, 2 * rows));
  }
  if (recurrence.peepholes)
    direction.peepholes.emplace(part(node, *recurrence.peepholes, d));
  return direction;
}

Values runRecurrence(NodeReader &node, const Recurrence &recurrence, bool foldsBias,
                     const Cell &cell) {
  std::optional<TensorExpr> mask = readMask(node, recurrence);
  mlir::Type element = recurrence.x.type().getElementType();
  int64_t steps = recurrence.steps, batch = recurrence.batch, hidden = recurrence.hidden;
  SmallVector<Values> parts(1 + recurrence.initial.size());
  for (int64_t d = 0; d < recurrence.directions; ++d) {
    Direction direction = directionOf(node, recurrence, d);
    Value z = node.build<DotOp>(recurrence.x, direction.w, Shape{}, Shape{}, Shape{2}, Shape{1});
    if (direction.biasW) {
      TensorExpr bias = foldsBias ? *direction.biasW + *direction.biasR : *direction.biasW;
      z = node.tensor(z) + broadcast(bias, tensorType(z).getShape(), {2});
    }
    Values initial;
    for (const std::optional<TensorExpr> &state : recurrence.initial)
      initial.push_back(state ? part(node, *state, d) : node.splat({batch, hidden}, element, 0));
    Values results = runDirection(node, recurrence, direction, node.tensor(z), initial, mask, cell);
    parts[0].push_back(node.reshape(node.tensor(results[0]), {steps, 1, batch, hidden}));
    for (size_t i = 1; i < results.size(); ++i)
      parts[i].push_back(node.reshape(node.tensor(results[i]), {1, batch, hidden}));
  }
  Values outputs;
  for (auto [i, list] : llvm::enumerate(parts)) {
    TensorExpr joined = node.concat(list, i == 0 ? 1 : 0);
    if (recurrence.batchFirst)
      joined.value = node.transpose(joined, i == 0 ? Shape{2, 0, 1, 3} : Shape{1, 0, 2});
    outputs.push_back(joined);
  }
  return outputs;
}

} // namespace dlc::onnx
