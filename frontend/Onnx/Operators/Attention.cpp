// Attention and rotary position embeddings. Inputs of rank 3, [B, S, heads * D], are taken apart
// into [B, heads, S, D]; what the operator allows beyond the core op (caches, short masks, lengths
// of padded keys) becomes part of the keys or of the mask here.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"
#include <cmath>

using namespace mlir;

namespace dlc::onnx {

// [B, S, heads * D] as [B, heads, S, D].
static TensorExpr splitHeads(NodeReader &node, TensorExpr x, llvm::StringRef attribute) {
  if (x.type().getRank() == 4)
    return x;
  int64_t heads = node.integer(attribute);
  node.checkRank(x, 3, 4);
  ArrayRef<int64_t> shape = x.type().getShape();
  if (heads < 1 || shape[2] % heads != 0)
    node.refuse(Code::AttributeInvalid,
                "attribute '" + attribute + "' must divide the last dimension",
                "a divisor of " + llvm::Twine(shape[2]), llvm::Twine(heads));
  Shape taken{shape[0], shape[1], heads, shape[2] / heads};
  return node.transpose(node.reshape(x, taken), {0, 2, 1, 3});
}

namespace {
struct AttentionInputs {
  TensorExpr query, key, value; // [B, heads, S, D], the past included
  int64_t past;
};
} // namespace

static AttentionInputs readInputs(NodeReader &node) {
  TensorExpr query = node.input(0), key = node.input(1), value = node.input(2);
  bool isFlat = query.type().getRank() == 3;
  for (TensorExpr x : {query, key, value}) {
    node.checkFloat(x);
    node.checkRank(x, isFlat ? 3 : 4, isFlat ? 3 : 4);
  }
  // Of the types of keys and values that of the query is made.
  mlir::Type element = query.type().getElementType();
  Value k = splitHeads(node, convert(key, element), "kv_num_heads");
  Value v = splitHeads(node, convert(value, element), "kv_num_heads");
  Value q = splitHeads(node, query, "q_num_heads");
  if (!isFlat) {
    node.ignore("q_num_heads");
    node.ignore("kv_num_heads");
  }
  int64_t past = 0;
  if (node.has(4) != node.has(5))
    node.refuse(Code::InputCount, "past_key and past_value are given together or not at all");
  if (node.has(4)) {
    TensorExpr pastKey = convert(node.input(4), element),
               pastValue = convert(node.input(5), element);
    node.checkRank(pastKey, 4, 4);
    node.checkRank(pastValue, 4, 4);
    past = pastKey.type().getDimSize(2);
    k = node.concat({pastKey, k}, 2);
    v = node.concat({pastValue, v}, 2);
  }
  return {node.tensor(q), node.tensor(k), node.tensor(v), past};
}

// The mask in rank 4, as long as there are keys, bool or of the query's type.
static Value readMask(NodeReader &node, const AttentionInputs &in) {
  if (!node.has(3))
    return {};
  TensorExpr given = node.input(3);
  node.checkRank(given, 0, 4);
  Shape shape(given.type().getShape());
  shape.insert(shape.begin(), 4 - shape.size(), 1);
  bool isBool = given.type().getElementType().isInteger(1);
  mlir::Type element = isBool ? given.type().getElementType() : in.query.type().getElementType();
  TensorExpr mask = convert(node.reshape(given, shape), element);
  ArrayRef<int64_t> q = in.query.type().getShape();
  Shape scores{q[0], q[1], q[2], in.key.type().getDimSize(2)};
  int64_t missing = scores[3] - shape[3];
  if (missing > 0 && shape[3] != 1) {
    double hidden = isBool ? 0 : -std::numeric_limits<double>::infinity();
    Shape none(4, 0), hi{0, 0, 0, missing};
    mask.value = node.build<PadOp>(mask, none, hi, none, elementAttribute(element, hidden));
    shape[3] = scores[3];
  }
  for (size_t i = 0; i < 4; ++i)
    if (shape[i] != 1 && shape[i] != scores[i])
      node.refuse(Code::ShapeMismatch, "the mask does not fit the scores", shownShape(scores),
                  shownType(given.type()));
  return mask;
}

// Keys at `nonpad_kv_seqlen` and beyond are hidden.
static Value hidePadding(NodeReader &node, const AttentionInputs &in, Value mask) {
  if (!node.has(6))
    return mask;
  TensorExpr lengths = node.input(6);
  int64_t batch = in.query.type().getDimSize(0), keys = in.key.type().getDimSize(2);
  node.checkShape("nonpad_kv_seqlen", lengths, batch);
  Shape shape{batch, 1, 1, keys};
  TensorExpr last = broadcast(lengths, shape, 0);
  TensorExpr place = last.with(IotaOp::create(node.builder, last.type(), 3));
  TensorExpr isThere = compare(CompareKind::lt, place, last);
  if (!mask)
    return isThere;
  auto both = node.broadcastAll({isThere, node.tensor(mask)});
  if (both[1].type().getElementType().isInteger(1))
    return AndOp::create(node.builder, both[0], both[1]);
  double hidden = -std::numeric_limits<double>::infinity();
  return select(both[0], both[1], both[1].number(hidden));
}

namespace {
struct AttentionSettings {
  double scale;
  double softcap; // 0: none
  std::optional<int64_t> causal;
};
} // namespace

// The output that shows the scores at one of four stages; all of them are stored.
static Value scoresOutput(NodeReader &node, const AttentionInputs &in, Value mask,
                          const AttentionSettings &settings) {
  enum { Raw, Capped, Masked, Probabilities };
  int64_t mode = node.integer("qk_matmul_output_mode", Raw);
  ArrayRef<int64_t> q = in.query.type().getShape(), k = in.key.type().getShape();
  Shape shape{q[0], q[1], q[2], k[2]};
  Shape rows{q[0], k[1], k[1] ? q[1] / k[1] * q[2] : 0, q[3]};
  mlir::Type element = in.query.type().getElementType(), wide = registerType(element);
  Shape batch{0, 1};
  TensorExpr raw = node.reshape(
      node.tensor(node.build<DotOp>(convert(node.reshape(in.query, rows), wide),
                                    convert(in.key, wide), batch, batch, Shape{3}, Shape{3})),
      shape);
  TensorExpr scores = raw * raw.number(settings.scale);
  if (mode == Raw)
    return convert(scores, element);
  if (settings.softcap != 0)
    scores.value =
        tanh(scores * scores.number(1 / settings.softcap)) * scores.number(settings.softcap);
  if (mode == Capped)
    return convert(scores, element);
  TensorExpr hidden = scores.number(-std::numeric_limits<double>::infinity());
  if (mask) {
    TensorExpr spread = node.broadcastTo(node.tensor(mask), shape);
    bool isBool = spread.type().getElementType().isInteger(1);
    scores.value = isBool ? select(spread, scores, hidden) : scores + convert(spread, wide);
  }
  if (settings.causal) {
    auto places = scores.type().clone(node.builder.getIntegerType(32, /*isSigned=*/true));
    TensorExpr row = node.tensor(IotaOp::create(node.builder, places, 2));
    TensorExpr key = node.tensor(IotaOp::create(node.builder, places, 3));
    TensorExpr isSeen = compare(CompareKind::le, key, row + row.number(double(*settings.causal)));
    scores.value = select(isSeen, scores, hidden);
  }
  if (mode == Masked)
    return convert(scores, element);
  if (mode != Probabilities)
    node.refuse(Code::AttributeInvalid, "attribute 'qk_matmul_output_mode' is not known",
                "0, 1, 2, 3", llvm::Twine(mode));
  return convert(scores.with(SoftmaxOp::create(node.builder, scores.type(), scores, 3)), element);
}

static Values attention(NodeReader &node) {
  AttentionInputs in = readInputs(node);
  bool isFlat = node.input(0).type().getRank() == 3;
  Value mask = hidePadding(node, in, readMask(node, in));
  double depth = double(in.query.type().getDimSize(3));
  AttentionSettings settings{node.number("scale", 1 / std::sqrt(depth)), node.number("softcap", 0),
                             std::nullopt};
  if (node.flag("is_causal", false))
    settings.causal = in.past;
  node.ignore("softmax_precision"); // f16 and bf16 are computed in f32 throughout
  Builder &b = node.builder;
  auto op = node.build<AttentionOp>(
      in.query, in.key, in.value, mask, b.getF64FloatAttr(settings.scale),
      settings.softcap != 0 ? b.getF64FloatAttr(settings.softcap) : FloatAttr(),
      settings.causal ? b.getI64IntegerAttr(*settings.causal) : IntegerAttr());
  TensorExpr y = node.tensor(op);
  if (isFlat) {
    ArrayRef<int64_t> shape = y.type().getShape();
    Shape flat{shape[0], shape[2], shape[1] * shape[3]};
    y.value = node.reshape(node.transpose(y, {0, 2, 1, 3}), flat);
  }
  Values results{y, in.key, in.value, Value()};
  if (node.node.outputs.size() > 3 && !node.node.outputs[3].empty())
    results[3] = scoresOutput(node, in, mask, settings);
  else
    node.ignore("qk_matmul_output_mode");
  return results;
}

// Pairs (x1, x2) of elements turn by an angle: (c x1 - s x2, s x1 + c x2). They are neighbours
// (interleaved), or lie half of the turned part apart.
static Values rotaryEmbedding(NodeReader &node) {
  TensorExpr given = node.input(0), cosine = node.input(1), sine = node.input(2);
  node.checkFloat(given);
  node.checkRank(given, 3, 4);
  bool isFlat = given.type().getRank() == 3;
  int64_t turned = node.integer("rotary_embedding_dim", 0);
  bool interleaved = node.flag("interleaved", false);
  if (!isFlat)
    node.ignore("num_heads");
  // [B, heads, S, D]
  TensorExpr x = splitHeads(node, given, "num_heads");
  ArrayRef<int64_t> shape = x.type().getShape();
  turned = turned == 0 ? shape[3] : turned;
  if (turned < 0 || turned > shape[3] || turned % 2 != 0)
    node.refuse(Code::AttributeInvalid, "the turned part must be an even number of elements",
                "at most " + llvm::Twine(shape[3]), llvm::Twine(turned));
  int64_t half = turned / 2;
  Shape angles{shape[0], shape[2], half}, pairs{shape[0], shape[1], shape[2], half};
  auto factors = [&](TensorExpr cache) {
    node.checkSameType(given, cache);
    if (node.has(3))
      cache.value = node.build<TakeOp>(cache, node.input(3), /*axis=*/0);
    node.checkShape("a cache", cache, angles);
    return broadcast(cache, pairs, {0, 2, 3});
  };
  TensorExpr c = factors(cosine), s = factors(sine);
  TensorExpr part = node.slice(x, 3, 0, turned);
  Shape split{shape[0], shape[1], shape[2], interleaved ? half : 2, interleaved ? 2 : half};
  TensorExpr apart = node.reshape(part, split);
  int64_t pairDimension = interleaved ? 4 : 3;
  auto side = [&](int64_t i) {
    return node.reshape(node.slice(apart, pairDimension, i, i + 1), pairs);
  };
  TensorExpr x1 = side(0), x2 = side(1);
  Shape one(split);
  one[pairDimension] = 1;
  Values both{node.reshape(c * x1 - s * x2, one), node.reshape(s * x1 + c * x2, one)};
  Shape whole(pairs);
  whole[3] = turned;
  TensorExpr y = node.reshape(node.concat(both, pairDimension), whole);
  if (turned != shape[3])
    y.value = node.concat({y, node.slice(x, 3, turned, shape[3])}, 3);
  if (!isFlat)
    return {y};
  return {node.reshape(node.transpose(y, {0, 2, 1, 3}), given.type().getShape())};
}

void addAttention(Registry &r) {
  r.add("Attention", 23, attention);
  r.add("RotaryEmbedding", 23, rotaryEmbedding);
}

} // namespace dlc::onnx
