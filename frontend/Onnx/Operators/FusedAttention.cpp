// Attention and MultiHeadAttention of com.microsoft:  softmax(scale q k' + bias) v  for each head.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Matrices.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// [batch, length, heads * depth] to [batch, heads, length, depth].
static TensorExpr splitHeads(NodeReader &node, TensorExpr x, int64_t heads) {
  node.checkRank(x, 3, 3);
  ArrayRef<int64_t> shape = x.type().getShape();
  if (heads < 1 || shape[2] % heads != 0)
    node.refuse(Code::AttributeInvalid, "num_heads does not divide the hidden size",
                llvm::Twine(shape[2]), llvm::Twine(heads));
  TensorExpr parts = node.reshape(x, {shape[0], shape[1], heads, shape[2] / heads});
  return node.transpose(parts, {0, 2, 1, 3});
}

// 0 where the mask (integers, not 0: seen) holds, else the filter value, in the type of x.
static TensorExpr penalty(NodeReader &node, TensorExpr mask, TensorExpr x) {
  TensorExpr seen = compare(CompareKind::ne, mask, mask.number(0));
  auto type = RankedTensorType::get(mask.type().getShape(), x.type().getElementType());
  auto number = [&](double value) {
    return node.splat(type.getShape(), type.getElementType(), value);
  };
  return select(seen, number(0), number(node.number("mask_filter_value", -10000)));
}

// What a mask adds to scores [batch, heads, S, T]: it is [batch] (lengths), [batch, T] or
// [batch, S, T].
static TensorExpr maskOf(NodeReader &node, TensorExpr mask, TensorExpr scores) {
  ArrayRef<int64_t> shape = scores.type().getShape();
  ArrayRef<int64_t> own = mask.type().getShape();
  if (!isa<IntegerType>(mask.type().getElementType()))
    node.refuse(Code::TypeMismatch, "a mask must hold integers", "", shownType(mask.type()));
  if (own == ArrayRef<int64_t>{shape[0]}) {
    Shape all{shape[0], shape[3]};
    TensorExpr place = node.tensor(
        IotaOp::create(node.builder, RankedTensorType::get(all, mask.type().getElementType()), 1));
    TensorExpr seen = compare(CompareKind::lt, place, broadcast(mask, all, {0}));
    return maskOf(node, convert(seen, mask.type().getElementType()), scores);
  }
  TensorExpr terms = penalty(node, mask, scores);
  if (own == ArrayRef<int64_t>{shape[0], shape[3]})
    return broadcast(terms, shape, {0, 3});
  if (own == ArrayRef<int64_t>{shape[0], shape[2], shape[3]})
    return broadcast(terms, shape, {0, 2, 3});
  node.unsupported("an attention mask of this shape, " + shownType(mask.type()));
}

// Row s sees columns up to T - S + s.
static TensorExpr causalMask(NodeReader &node, TensorExpr scores) {
  ArrayRef<int64_t> shape = scores.type().getShape();
  auto type = RankedTensorType::get(
      shape.take_back(2), IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed));
  TensorExpr row = node.tensor(IotaOp::create(node.builder, type, 0));
  TensorExpr column = node.tensor(IotaOp::create(node.builder, type, 1));
  TensorExpr seen = compare(CompareKind::le, column, row + row.number(double(shape[3] - shape[2])));
  mlir::Type element = scores.type().getElementType();
  TensorExpr zero = node.splat(type.getShape(), element, 0);
  TensorExpr terms = select(seen, zero, zero.number(std::numeric_limits<float>::lowest()));
  return broadcast(terms, shape, {2, 3});
}

static Values attend(NodeReader &node, TensorExpr q, TensorExpr k, TensorExpr v, size_t maskInput,
                     size_t biasInput) {
  int64_t heads = node.integer("num_heads");
  bool causal = node.flag("unidirectional", false);
  TensorExpr query = splitHeads(node, q, heads), key = splitHeads(node, k, heads),
             value = splitHeads(node, v, heads);
  double depth = query.type().getDimSize(3), given = node.number("scale", 0);
  double factor = given != 0 ? given : 1 / std::sqrt(depth);
  TensorExpr scores = matrixProduct(node, query, node.transpose(key, {0, 1, 3, 2}));
  scores.value = scores * scores.number(factor);
  if (std::optional<TensorExpr> bias = node.optionalInput(biasInput)) {
    node.checkSameType(scores, *bias);
    scores.value = scores + node.broadcastTo(*bias, scores.type().getShape());
  }
  node.ignore("mask_filter_value");
  if (std::optional<TensorExpr> mask = node.optionalInput(maskInput))
    scores.value = scores + maskOf(node, *mask, scores);
  if (causal)
    scores.value = scores + causalMask(node, scores);
  TensorExpr weights = node.tensor(SoftmaxOp::create(node.builder, scores, Shape{3}));
  TensorExpr joined = node.transpose(matrixProduct(node, weights, value), {0, 2, 1, 3});
  ArrayRef<int64_t> shape = joined.type().getShape();
  return {node.reshape(joined, {shape[0], shape[1], shape[2] * shape[3]})};
}

// q, k and v are the columns of one product.
static Values attention(NodeReader &node) {
  TensorExpr x = node.input(0), w = node.input(1);
  node.checkRank(x, 3, 3);
  node.checkRank(w, 2, 2);
  if (node.has(4))
    node.unsupported("Attention with a past");
  for (StringRef name : {"past_present_share_buffer", "do_rotary", "rotary_embedding_dim"})
    if (node.flag(name, false))
      node.unsupported("Attention with " + name);
  int64_t columns = w.type().getDimSize(1);
  Shape sizes = node.integers("qkv_hidden_sizes").value_or(Shape(3, columns / 3));
  auto isPart = [&](int64_t size) { return size >= 0 && size <= columns; };
  if (sizes.size() != 3 || !llvm::all_of(sizes, isPart) ||
      sizes[0] + sizes[1] + sizes[2] != columns)
    node.refuse(Code::AttributeInvalid, "the hidden sizes do not add up to the weights' columns",
                llvm::Twine(columns), shownShape(sizes));
  TensorExpr all = matrixProduct(node, x, w);
  if (std::optional<TensorExpr> bias = node.optionalInput(2)) {
    node.checkShape("the bias", *bias, {columns});
    node.checkSameType(all, *bias);
    all.value = all + broadcast(*bias, all.type().getShape(), {2});
  }
  auto part = [&](int64_t from, int64_t size) { return node.slice(all, 2, from, from + size); };
  return attend(node, part(0, sizes[0]), part(sizes[0], sizes[1]),
                part(sizes[0] + sizes[1], sizes[2]), 3, 5);
}

static Values multiHeadAttention(NodeReader &node) {
  if (!node.has(1) || !node.has(2))
    node.unsupported("MultiHeadAttention of packed keys or values");
  if (node.has(6) || node.has(7))
    node.unsupported("MultiHeadAttention with a past");
  TensorExpr q = node.input(0), k = node.input(1), v = node.input(2);
  if (std::optional<TensorExpr> bias = node.optionalInput(3)) {
    node.checkRank(*bias, 1, 1);
    int64_t at = 0;
    for (TensorExpr *x : {&q, &k, &v}) {
      node.checkRank(*x, 3, 3);
      node.checkSameType(*x, *bias);
      int64_t size = x->type().getDimSize(2);
      x->value = *x + broadcast(node.slice(*bias, 0, at, at + size), x->type().getShape(), {2});
      at += size;
    }
  }
  return attend(node, q, k, v, 4, 5);
}

void addFusedAttention(Registry &r) {
  r.add("com.microsoft.Attention", 1, attention);
  r.add("com.microsoft.MultiHeadAttention", 1, multiHeadAttention);
}

} // namespace dlc::onnx
