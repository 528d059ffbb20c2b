// Operators of com.microsoft on quantized tensors: the operator on real numbers between
// dequantization and quantization, and products of integers with their scales.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Matrices.h"
#include "Onnx/Operators/Quantized.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

static TensorExpr realInput(NodeReader &node, size_t first) {
  return dequantized(node, quantizedInput(node, first), {});
}

// f(a, b), with a, b and the result as (tensor, scale, zero point).
template <typename Op> static Values qlinearBinary(NodeReader &node) {
  auto both = node.broadcastAll({realInput(node, 0), realInput(node, 3)});
  node.checkSameType(both[0], both[1]);
  TensorExpr real = node.tensor(Op::create(node.builder, both[0].value, both[1].value));
  return {requantized(node, real, node.input(6), node.optionalInput(7))};
}

template <typename Function> static Values qlinearUnary(NodeReader &node, Function function) {
  TensorExpr real = function(realInput(node, 0));
  return {requantized(node, real, node.input(3), node.optionalInput(4))};
}

static Values qlinearSigmoid(NodeReader &node) {
  return qlinearUnary(node, [](TensorExpr x) { return logistic(x); });
}

static Values qlinearLeakyRelu(NodeReader &node) {
  double alpha = node.number("alpha", 0.01f);
  return qlinearUnary(node, [&](TensorExpr x) {
    return select(compare(CompareKind::lt, x, x.number(0)), x * x.number(alpha), x);
  });
}

// Before version 13 of Softmax, which the attribute names, all dimensions from the axis on are one.
static Values qlinearSoftmax(NodeReader &node) {
  TensorExpr x = realInput(node, 0);
  int64_t rank = x.type().getRank(), axis = node.axis(node.integer("axis", -1), rank);
  int64_t end = node.integer("opset") < 13 ? rank : axis + 1;
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(axis, end));
  TensorExpr real = node.tensor(SoftmaxOp::create(node.builder, x.type(), x, dims));
  return {requantized(node, real, node.input(3), node.optionalInput(4))};
}

// The mean of the spatial dimensions: the sum is one of integers.
static Values qlinearGlobalAverage(NodeReader &node) {
  QuantizedInput x = quantizedInput(node, 0);
  node.checkRank(x.q, 3, INT64_MAX);
  int64_t rank = x.q.type().getRank();
  bool channelsLast = node.flag("channels_last", false);
  Shape shape(x.q.type().getShape());
  Shape dims =
      llvm::to_vector(channelsLast ? llvm::seq<int64_t>(1, rank - 1) : llvm::seq<int64_t>(2, rank));
  double count = 1;
  for (int64_t dimension : dims) {
    count *= shape[dimension];
    shape[dimension] = 1;
  }
  TensorExpr sum = node.reshape(reduceSum(centred(node, x.q, x.zero, {}), dims), shape);
  TensorExpr real = convert(sum, x.scale.type().getElementType());
  TensorExpr mean = real * spreadParameter(node, x.scale, real, {}) * real.number(1 / count);
  return {requantized(node, mean, node.input(3), node.optionalInput(4))};
}

// Inputs: the result's scale and zero point, then three for each part.
static Values qlinearConcat(NodeReader &node) {
  if (node.inputCount() < 5 || node.inputCount() % 3 != 2)
    node.refuse(Code::InputCount, "needs a scale, a zero point and three inputs for each part");
  Values parts;
  for (size_t i = 2; i < node.inputCount(); i += 3)
    parts.push_back(realInput(node, i));
  int64_t axis = node.axis(node.integer("axis"), tensorType(parts[0]).getRank());
  return {requantized(node, node.concat(parts, axis), node.input(0), node.optionalInput(1))};
}

// (a - a zero) (b - b zero) scales + bias
static TensorExpr scaledProduct(NodeReader &node, TensorExpr a, std::optional<TensorExpr> aZero,
                                TensorExpr aScale, TensorExpr b, std::optional<TensorExpr> bZero,
                                TensorExpr bScale, std::optional<TensorExpr> bias) {
  int64_t column = b.type().getRank() - 1;
  TensorExpr sum =
      matrixProduct(node, centred(node, a, aZero, {0}), centred(node, b, bZero, {column}));
  TensorExpr real = convert(sum, aScale.type().getElementType());
  auto scales = node.broadcastAll({aScale, bScale});
  node.checkSameType(aScale, bScale);
  real.value = real * node.broadcastTo(scales[0] * scales[1], real.type().getShape());
  if (!bias)
    return real;
  node.checkSameType(real, *bias);
  return real + node.broadcastTo(*bias, real.type().getShape());
}

static Values integerProductToFloat(NodeReader &node) {
  return {scaledProduct(node, node.input(0), node.optionalInput(4), node.input(2), node.input(1),
                        node.optionalInput(5), node.input(3), node.optionalInput(6))};
}

// alpha (a - a zero) (b - b zero) scales + c scales, where c holds integers; quantized again where
// the result has a scale. b may have a scale and a zero point for each column.
static Values quantizedGemm(NodeReader &node) {
  QuantizedInput a = quantizedInput(node, 0), b = quantizedInput(node, 3);
  node.checkRank(a.q, 2, 2);
  node.checkRank(b.q, 2, 2);
  double alpha = node.number("alpha", 1);
  bool turnsA = node.flag("transA", false), turnsB = node.flag("transB", false);
  TensorExpr x = centred(node, a.q, a.zero, {0}), y = centred(node, b.q, b.zero, {turnsB ? 0 : 1});
  TensorExpr sum = matrixProduct(node, turnsA ? node.transpose(x, {1, 0}) : x,
                                 turnsB ? node.transpose(y, {1, 0}) : y);
  if (std::optional<TensorExpr> c = node.optionalInput(6)) {
    node.checkSameType(sum, *c);
    sum.value = sum + node.broadcastTo(*c, sum.type().getShape());
  }
  TensorExpr real = convert(sum, a.scale.type().getElementType());
  node.checkSameType(a.scale, b.scale);
  real.value = real * spreadParameter(node, a.scale, real, {0}) *
               spreadParameter(node, b.scale, real, {1}) * real.number(alpha);
  if (!node.has(7))
    return {real};
  return {requantized(node, real, node.input(7), node.optionalInput(8))};
}

// Numbers of 4 bits, two a byte, the first in the low bits: [..., n] to [..., 2 n].
static TensorExpr unpackedHalves(NodeReader &node, TensorExpr bytes) {
  Shape shape(bytes.type().getShape()), pair = shape;
  pair.push_back(1);
  shape.back() *= 2;
  TensorExpr low = node.tensor(AndOp::create(node.builder, bytes, bytes.number(15)));
  TensorExpr high = node.tensor(ShrOp::create(node.builder, bytes, bytes.number(4)));
  Values both{node.reshape(low, pair), node.reshape(high, pair)};
  return node.reshape(node.concat(both, pair.size() - 1), shape);
}

// a b', where b [N, K] lies in blocks of `block_size` numbers of 4 or 8 bits, each block with a
// scale and a zero point (8 or 128 where none is given).
static Values productOfBlocks(NodeReader &node) {
  TensorExpr a = node.input(0), b = node.input(1), scale = node.input(2);
  int64_t k = node.integer("K"), n = node.integer("N"), size = node.integer("block_size");
  int64_t bits = node.integer("bits", 4);
  node.ignore("accuracy_level");
  if (node.has(4))
    node.unsupported("MatMulNBits with a group index");
  if (bits != 4 && bits != 8)
    node.unsupported("MatMulNBits of " + llvm::Twine(bits) + " bits");
  constexpr int64_t largest = int64_t(1) << 30;
  if (k < 1 || k > largest || n < 1 || n > largest || size < 2 || size > largest || size % 2)
    node.refuse(Code::AttributeInvalid, "attributes K, N and block_size are out of range");
  auto type = IntegerType::get(node.builder.getContext(), 8, IntegerType::Unsigned);
  int64_t blocks = llvm::divideCeil(k, size), perByte = 8 / bits;
  if (b.type().getElementType() != type)
    node.refuse(Code::TypeMismatch, "packed numbers must be bytes", "", shownType(b.type()));
  node.checkShape("the packed matrix", b, {n, blocks, size / perByte});
  mlir::Type element = scale.type().getElementType();
  node.checkFloat(scale);
  node.checkSameType(a, scale);
  TensorExpr q = convert(bits == 4 ? unpackedHalves(node, b) : b, element);
  Shape shape{n, blocks, size};
  TensorExpr zero = q.number(bits == 4 ? 8 : 128);
  if (std::optional<TensorExpr> given = node.optionalInput(3)) {
    TensorExpr points = *given;
    if (points.type().getElementType() == type) {
      points.value = node.reshape(points, {n, (blocks + perByte - 1) / perByte});
      points.value = bits == 4 ? unpackedHalves(node, points) : points;
      points.value = convert(node.slice(points, 1, 0, blocks), element);
    }
    node.checkSameType(points, scale);
    zero.value = broadcast(node.reshape(points, {n, blocks}), shape, {0, 1});
  }
  TensorExpr real = (q - zero) * broadcast(node.reshape(scale, {n, blocks}), shape, {0, 1});
  TensorExpr w = node.slice(node.reshape(real, {n, blocks * size}), 1, 0, k);
  TensorExpr product = matrixProduct(node, a, node.transpose(w, {1, 0}));
  std::optional<TensorExpr> bias = node.optionalInput(5);
  if (!bias)
    return {product};
  node.checkSameType(product, *bias);
  return {product + node.broadcastTo(*bias, product.type().getShape())};
}

void addFusedQuantization(Registry &r) {
  r.add("com.microsoft.MatMulIntegerToFloat", 1, integerProductToFloat);
  r.add("com.microsoft.MatMulNBits", 1, productOfBlocks);
  r.add("com.microsoft.QGemm", 1, quantizedGemm);
  r.add("com.microsoft.QLinearAdd", 1, qlinearBinary<AddOp>);
  r.add("com.microsoft.QLinearConcat", 1, qlinearConcat);
  r.add("com.microsoft.QLinearGlobalAveragePool", 1, qlinearGlobalAverage);
  r.add("com.microsoft.QLinearLeakyRelu", 1, qlinearLeakyRelu);
  r.add("com.microsoft.QLinearMul", 1, qlinearBinary<MulOp>);
  r.add("com.microsoft.QLinearSigmoid", 1, qlinearSigmoid);
  r.add("com.microsoft.QLinearSoftmax", 1, qlinearSoftmax);
}

} // namespace dlc::onnx
