// LSTM. The products with the inputs of all steps are one product before the loop; the loop has
// what depends on the step before:
//
//   z = X W' + b                      [steps, batch, 4 H], gates in the order i, o, f, c
//   i = f(z_i + h R_i' + p_i c)       f = f(z_f + h R_f' + p_f c)
//   c <- f c + i g(z_c + h R_c')      o = f(z_o + h R_o' + p_o c)      h <- o h(c)
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/RecurrentActivation.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {

// What the node says, in the layout [steps, batch, ...].
struct Lstm {
  TensorExpr x, w, r;
  std::optional<TensorExpr> bias, lengths, initialH, initialC, peepholes;
  int64_t hidden, directions, steps, batch;
  double clip;
  bool inputForget;
  SmallVector<RecurrentActivation> activations; // f, g, h of each direction
};

// The tensors of one direction.
struct Direction {
  bool backward;
  TensorExpr w, r;                     // [4 H, inputs], [4 H, H]
  std::optional<TensorExpr> peepholes; // [3 H], in the order i, o, f
  ArrayRef<RecurrentActivation> activations;
};

struct State {
  Value h, c;
};

} // namespace

// Part `index` of the leading dimension, which disappears.
static TensorExpr part(NodeReader &node, TensorExpr x, int64_t index) {
  return node.reshape(node.slice(x, 0, index, index + 1), x.type().getShape().drop_front());
}

// Columns [index H, (index + 1) H) of the last dimension.
static TensorExpr gate(NodeReader &node, TensorExpr gates, int64_t index, int64_t hidden) {
  return node.slice(gates, gates.type().getRank() - 1, index * hidden, (index + 1) * hidden);
}

static Lstm readLstm(NodeReader &node) {
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
  Lstm lstm{x,
            w,
            r,
            node.optionalInput(3),
            node.optionalInput(4),
            optionalState(5),
            optionalState(6),
            node.optionalInput(7),
            hidden,
            directions,
            x.type().getDimSize(0),
            x.type().getDimSize(1),
            node.number("clip", 0),
            node.flag("input_forget", false),
            readActivations(node, {"Sigmoid", "Tanh", "Tanh"}, directions)};
  if (node.opset < 7)
    node.ignore("output_sequence");
  if (hidden < 1 || hidden > int64_t(1) << 30)
    node.refuse(Code::AttributeInvalid, "attribute 'hidden_size' is out of range");
  int64_t inputs = x.type().getDimSize(2);
  node.checkShape("W", w, {directions, 4 * hidden, inputs});
  node.checkShape("R", r, {directions, 4 * hidden, hidden});
  if (lstm.bias)
    node.checkShape("B", *lstm.bias, {directions, 8 * hidden});
  if (lstm.peepholes)
    node.checkShape("P", *lstm.peepholes, {directions, 3 * hidden});
  for (std::optional<TensorExpr> *state : {&lstm.initialH, &lstm.initialC})
    if (*state)
      node.checkShape("an initial state", **state, {directions, lstm.batch, hidden});
  for (TensorExpr parameter : {w, r})
    node.checkSameType(x, parameter);
  for (std::optional<TensorExpr> *v : {&lstm.bias, &lstm.initialH, &lstm.initialC, &lstm.peepholes})
    if (*v)
      node.checkSameType(x, **v);
  return lstm;
}

// [steps, batch]: whether a sequence still goes on; none if all have full length.
static std::optional<TensorExpr> readMask(NodeReader &node, const Lstm &lstm) {
  if (!lstm.lengths)
    return std::nullopt;
  TensorExpr lengths = *lstm.lengths;
  if (!isa<IntegerType>(lengths.type().getElementType()))
    node.refuse(Code::TypeMismatch, "sequence_lens must hold integers", "",
                shownType(lengths.type()));
  node.checkShape("sequence_lens", lengths, {lstm.batch});
  if (std::optional<Literal> known = constantElements(lengths)) {
    bool full = true;
    for (int64_t i = 0; i < known->size(); ++i) {
      int64_t length = known->integer(i);
      if (length < 0 || length > lstm.steps)
        node.refuse(Code::IndexOutOfRange, "a sequence length is out of range",
                    "0 to " + llvm::Twine(lstm.steps), llvm::Twine(length));
      full &= length == lstm.steps;
    }
    if (full)
      return std::nullopt;
  }
  Shape shape{lstm.steps, lstm.batch};
  auto type = RankedTensorType::get(shape, lengths.type().getElementType());
  TensorExpr step = node.tensor(IotaOp::create(node.builder, type, 0));
  return compare(CompareKind::lt, step, broadcast(lengths, shape, {1}));
}

// One step: the gates of the inputs and the state before give the state after.
static State stepOf(NodeReader &node, const Lstm &lstm, const Direction &direction, TensorExpr z,
                    TensorExpr h, TensorExpr c) {
  ArrayRef<RecurrentActivation> activate = direction.activations;
  TensorExpr fromState =
      z.with(DotOp::create(z.builder, h, direction.r, Shape{}, Shape{}, Shape{1}, Shape{1}));
  TensorExpr gates = z + fromState;
  auto preactivation = [&](int64_t index, std::optional<TensorExpr> state, int64_t peephole) {
    TensorExpr v = gate(node, gates, index, lstm.hidden);
    if (direction.peepholes && state) {
      TensorExpr p = gate(node, *direction.peepholes, peephole, lstm.hidden);
      v.value = v + *state * broadcast(p, v.type().getShape(), {1});
    }
    return lstm.clip > 0 ? clamp(v, -lstm.clip, lstm.clip) : v;
  };
  TensorExpr i = activate[0](preactivation(0, c, 0));
  TensorExpr f = lstm.inputForget ? i.number(1) - i : activate[0](preactivation(2, c, 2));
  TensorExpr g = activate[1](preactivation(3, std::nullopt, 0));
  TensorExpr next = f * c + i * g;
  TensorExpr o = activate[0](preactivation(1, next, 1));
  return {o * activate[2](next), next};
}

// The loop of one direction: h of all steps [steps, batch, H], and the last state.
static std::pair<Value, State> runDirection(NodeReader &node, const Lstm &lstm,
                                            const Direction &direction, TensorExpr z, State initial,
                                            std::optional<TensorExpr> mask) {
  auto type = cast<RankedTensorType>(initial.h.getType());
  Shape all{lstm.steps, lstm.batch, lstm.hidden};
  Values sequences{z};
  if (mask)
    sequences.push_back(*mask);
  SmallVector<bool> backward(sequences.size(), direction.backward);
  SmallVector<mlir::Type> types{type, type, RankedTensorType::get(all, type.getElementType())};
  auto scan = ScanOp::create(node.builder, types, ValueRange{initial.h, initial.c}, sequences,
                             lstm.steps, backward, ArrayRef<bool>{direction.backward});
  OpBuilder::InsertionGuard guard(node.builder);
  Block &block = scan.getBody().emplaceBlock();
  Location location = node.builder.getLoc();
  block.addArguments({type, type}, {location, location});
  for (Value sequence : sequences)
    block.addArgument(RankedTensorType::get(tensorType(sequence).getShape().drop_front(),
                                            tensorType(sequence).getElementType()),
                      location);
  node.builder.setInsertionPointToEnd(&block);
  TensorExpr h = node.tensor(block.getArgument(0)), c = node.tensor(block.getArgument(1));
  State next = stepOf(node, lstm, direction, node.tensor(block.getArgument(2)), h, c);
  Value row = next.h;
  if (mask) {
    // After its end a sequence keeps its state and gives 0.
    TensorExpr goesOn = broadcast(node.tensor(block.getArgument(3)), type.getShape(), {0});
    row = select(goesOn, node.tensor(row), h.number(0));
    next.h = select(goesOn, node.tensor(next.h), h);
    next.c = select(goesOn, node.tensor(next.c), c);
  }
  ReturnOp::create(node.builder, ValueRange{next.h, next.c, row});
  return {scan.getResult(2), {scan.getResult(0), scan.getResult(1)}};
}

static Values lstm(NodeReader &node) {
  Lstm lstm = readLstm(node);
  bool batchFirst = node.opset >= 14 && node.flag("layout", false);
  bool reverse =
      node.text("direction", "forward", {"forward", "reverse", "bidirectional"}) == "reverse";
  std::optional<TensorExpr> mask = readMask(node, lstm);
  mlir::Type element = lstm.x.type().getElementType();
  Values rows, lastH, lastC;
  for (int64_t d = 0; d < lstm.directions; ++d) {
    std::optional<TensorExpr> peepholes;
    if (lstm.peepholes)
      peepholes.emplace(part(node, *lstm.peepholes, d));
    Direction direction{reverse || d == 1, part(node, lstm.w, d), part(node, lstm.r, d), peepholes,
                        ArrayRef(lstm.activations).slice(3 * d, 3)};
    Value z = node.build<DotOp>(lstm.x, direction.w, Shape{}, Shape{}, Shape{2}, Shape{1});
    if (lstm.bias) {
      TensorExpr both = part(node, *lstm.bias, d);
      TensorExpr sum = node.slice(both, 0, 0, 4 * lstm.hidden) +
                       node.slice(both, 0, 4 * lstm.hidden, 8 * lstm.hidden);
      z = node.tensor(z) + broadcast(sum, tensorType(z).getShape(), {2});
    }
    auto initial = [&](const std::optional<TensorExpr> &state) -> Value {
      return state ? part(node, *state, d) : node.splat({lstm.batch, lstm.hidden}, element, 0);
    };
    auto [all, last] = runDirection(node, lstm, direction, node.tensor(z),
                                    {initial(lstm.initialH), initial(lstm.initialC)}, mask);
    rows.push_back(node.reshape(node.tensor(all), {lstm.steps, 1, lstm.batch, lstm.hidden}));
    for (auto [list, value] : {std::pair(&lastH, last.h), std::pair(&lastC, last.c)})
      list->push_back(node.reshape(node.tensor(value), {1, lstm.batch, lstm.hidden}));
  }
  TensorExpr y = node.concat(rows, 1), h = node.concat(lastH, 0), c = node.concat(lastC, 0);
  if (batchFirst)
    return {node.transpose(y, {2, 0, 1, 3}), node.transpose(h, {1, 0, 2}),
            node.transpose(c, {1, 0, 2})};
  return {y, h, c};
}

void addRecurrences(Registry &r) { r.add("LSTM", 1, lstm); }

} // namespace dlc::onnx
