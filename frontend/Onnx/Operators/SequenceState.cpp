// Layers over sequences that hand a state from one call to the next: the causal convolution and the
// linear attention of recurrent language models.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"
#include <cmath>

using namespace mlir;

namespace dlc::onnx {

// ---------------------------------------------------------------- CausalConvWithState

// A depthwise convolution over the past k - 1 places and x; what comes last is the next past.
static Values causalConvolution(NodeReader &node) {
  TensorExpr x = node.input(0), w = node.input(1);
  node.checkFloat(x);
  node.checkSameType(x, w);
  node.checkRank(x, 3, 3);
  node.checkRank(w, 3, 3);
  ArrayRef<int64_t> shape = x.type().getShape();
  int64_t channels = shape[1], window = w.type().getDimSize(2);
  node.checkShape("the weight", w, {channels, 1, window});
  if (window < 1)
    node.refuse(Code::ShapeMismatch, "the kernel is empty", "", shownType(w.type()));
  Shape before{shape[0], channels, window - 1};
  mlir::Type element = x.type().getElementType();
  TensorExpr past = node.has(3) ? node.input(3) : node.splat(before, element, 0);
  node.checkShape("the past state", past, before);
  TensorExpr all = node.concat({convert(past, element), x}, 2);
  Shape one{1}, none{0};
  TensorExpr y = node.tensor(
      node.build<ConvOp>(all, w, one, none, none, one, channels, /*channels_last=*/false));
  if (node.has(2)) {
    TensorExpr bias = node.input(2);
    node.checkSameType(x, bias);
    node.checkShape("the bias", bias, channels);
    y.value = y + broadcast(bias, shape, 1);
  }
  if (node.text("activation", "none", {"none", "silu", "swish"}) != "none")
    y.value = y * logistic(y);
  int64_t total = shape[2] + window - 1;
  return {y, node.slice(all, 2, total - (window - 1), total)};
}

// ---------------------------------------------------------------- LinearAttention

namespace {
struct LinearSettings {
  int64_t queryHeads, heads; // of queries; of keys, values and the state
  bool decays, corrects;     // the rule's two additions
  double scale;
};
} // namespace

// [B, T, heads * D] as rows of a scan, [T, B, heads, D], in the type of the computation.
static TensorExpr steps(NodeReader &node, TensorExpr x, int64_t heads) {
  node.checkRank(x, 3, 3);
  node.checkFloat(x);
  ArrayRef<int64_t> shape = x.type().getShape();
  if (heads < 1 || shape[2] % heads != 0)
    node.refuse(Code::AttributeInvalid, "the heads do not divide the last dimension",
                "a divisor of " + llvm::Twine(shape[2]), llvm::Twine(heads));
  TensorExpr split = node.reshape(x, {shape[0], shape[1], heads, shape[2] / heads});
  return convert(node.transpose(split, {1, 0, 2, 3}), registerType(x.type().getElementType()));
}

static TensorExpr product(TensorExpr x, TensorExpr y, int64_t ofX, int64_t ofY) {
  Shape batch{0, 1};
  return x.with(DotOp::create(x.builder, x, y, batch, batch, ofX, ofY));
}

// One step: S = exp(g) S + k (x) u with u = v, or b (v - (exp(g) S)^T k);  o = scale q S.
// Arguments: state [B, K, d, e]; q [B, H, d], k [B, K, d], v [B, K, e], then g and b where used.
static Values linearStep(const LinearSettings &s, ImplicitLocOpBuilder &b, ValueRange arguments) {
  TensorExpr state{b, arguments[0]}, q{b, arguments[1]}, k{b, arguments[2]}, v{b, arguments[3]};
  ArrayRef<int64_t> shape = state.type().getShape();
  auto spread = [&](TensorExpr x, ArrayRef<int64_t> to) { return broadcast(x, to, {0, 1, 2}); };
  if (s.decays)
    state.value = state * spread(exp(state.with(arguments[4])), shape);
  TensorExpr update = v;
  if (s.corrects) {
    TensorExpr rate = broadcast(state.with(arguments.back()), v.type().getShape(), {0, 1, 2});
    update.value = rate * (v - product(state, k, 2, 2));
  }
  TensorExpr outer = broadcast(k, shape, {0, 1, 2}) * broadcast(update, shape, {0, 1, 3});
  state.value = state + outer;
  // Queries that share a state are rows of one product.
  Shape rows{shape[0], s.heads, s.queryHeads / s.heads, shape[2]};
  auto type = RankedTensorType::get(rows, q.type().getElementType());
  TensorExpr read = product(q.with(ReshapeOp::create(b, type, q)), state, 3, 2);
  return {state, read * read.number(s.scale)};
}

static Values linearAttention(NodeReader &node) {
  LinearSettings s{node.integer("q_num_heads"), node.integer("kv_num_heads"), false, false, 0};
  llvm::StringRef rule =
      node.text("update_rule", "gated_delta", {"linear", "gated", "delta", "gated_delta"});
  s.decays = rule.starts_with("gated");
  s.corrects = rule.ends_with("delta");
  node.ignore("chunk_size");
  if (s.heads < 1 || s.queryHeads < 1 || s.queryHeads % s.heads != 0)
    node.refuse(Code::AttributeInvalid, "q_num_heads must be a multiple of kv_num_heads",
                "a multiple of " + llvm::Twine(s.heads), llvm::Twine(s.queryHeads));
  TensorExpr given = node.input(0);
  TensorExpr q = steps(node, given, s.queryHeads), k = steps(node, node.input(1), s.heads);
  TensorExpr v = steps(node, node.input(2), s.heads);
  int64_t length = q.type().getDimSize(0), batch = q.type().getDimSize(1);
  int64_t depth = q.type().getDimSize(3), width = v.type().getDimSize(3);
  node.checkShape("the key", k, {length, batch, s.heads, depth});
  node.checkShape("the value", v, {length, batch, s.heads, width});
  double scale = node.number("scale", 0);
  s.scale = scale != 0 ? scale : 1 / std::sqrt(double(depth));
  mlir::Type wide = q.type().getElementType(), stored = given.type().getElementType();
  Shape stateShape{batch, s.heads, depth, width};
  Value state = node.splat(stateShape, wide, 0);
  if (node.has(3)) {
    TensorExpr past = node.input(3);
    node.checkShape("the past state", past, stateShape);
    stored = past.type().getElementType();
    state = convert(past, wide);
  }
  Values sequences{q, k, v};
  if (node.has(4) != s.decays || node.has(5) != s.corrects)
    node.refuse(Code::InputCount,
                "decay and beta are given where update_rule uses them, and only there");
  if (s.decays)
    sequences.push_back(
        node.broadcastTo(steps(node, node.input(4), s.heads), {length, batch, s.heads, depth}));
  if (s.corrects) {
    TensorExpr beta = node.input(5);
    bool isShared = beta.type().getRank() == 3 && beta.type().getDimSize(2) == 1;
    sequences.push_back(
        node.broadcastTo(steps(node, beta, isShared ? 1 : s.heads), {length, batch, s.heads, 1}));
  }
  ImplicitLocOpBuilder &b = node.builder;
  int64_t groups = s.queryHeads / s.heads;
  auto outputs = RankedTensorType::get({length, batch, s.heads, groups, width}, wide);
  SmallVector<bool> forward(sequences.size(), false);
  auto scan = ScanOp::create(b, TypeRange{state.getType(), outputs}, ValueRange(state), sequences,
                             length, forward, ArrayRef<bool>{false});
  {
    OpBuilder::InsertionGuard guard(b);
    Block *body = b.createBlock(&scan.getBody());
    body->addArgument(state.getType(), b.getLoc());
    for (Value sequence : sequences) {
      auto type = tensorType(sequence);
      body->addArgument(RankedTensorType::get(type.getShape().drop_front(), wide), b.getLoc());
    }
    ReturnOp::create(b, linearStep(s, b, body->getArguments()));
  }
  // [T, B, K, G, e] as [B, T, H e]
  TensorExpr y = node.transpose(node.tensor(scan.getResult(1)), {1, 0, 2, 3, 4});
  Shape flat{batch, length, s.queryHeads * width};
  return {convert(node.reshape(y, flat), given.type().getElementType()),
          convert(node.tensor(scan.getResult(0)), stored)};
}

void addSequenceStates(Registry &r) {
  r.add("CausalConvWithState", 27, causalConvolution);
  r.add("LinearAttention", 27, linearAttention);
}

} // namespace dlc::onnx
