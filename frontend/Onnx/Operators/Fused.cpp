// Operators of the domain com.microsoft that ONNX Runtime's optimizer writes into files: products
// and convolutions with what follows them, and normalizations with what comes before.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Matrices.h"
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// ---------------------------------------------------------------- activations

static TensorExpr scaledGate(TensorExpr x, double alpha, double beta) {
  return clamp(x * x.number(alpha) + x.number(beta), 0, 1);
}

// What the attribute `activation` names; its numbers are `parameters`, or their defaults.
static TensorExpr activated(NodeReader &node, TensorExpr x, ArrayRef<float> parameters) {
  StringRef name = node.text(
      "activation", "",
      {"", "Relu", "Sigmoid", "Tanh", "LeakyRelu", "Clip", "HardSigmoid", "HardSwish", "Gelu"});
  auto parameter = [&](size_t i, double otherwise) {
    return i < parameters.size() ? double(parameters[i]) : otherwise;
  };
  if (name == "Relu")
    return relu(x);
  if (name == "Sigmoid")
    return logistic(x);
  if (name == "Tanh")
    return tanh(x);
  if (name == "LeakyRelu")
    return select(compare(CompareKind::lt, x, x.number(0)), x * x.number(parameter(0, 0.01f)), x);
  if (name == "Clip")
    return clamp(x, parameter(0, std::numeric_limits<float>::lowest()),
                 parameter(1, std::numeric_limits<float>::max()));
  if (name == "HardSigmoid")
    return scaledGate(x, parameter(0, 0.2f), parameter(1, 0.5));
  if (name == "HardSwish")
    return x * scaledGate(x, 1.0 / 6, 0.5);
  if (name == "Gelu")
    return node.tensor(GeluOp::create(node.builder, GeluKind::erf, x));
  return x;
}

static TensorExpr withVector(NodeReader &node, TensorExpr x, std::optional<TensorExpr> bias) {
  if (!bias)
    return x;
  node.checkSameType(x, *bias);
  return x + node.broadcastTo(*bias, x.type().getShape());
}

template <GeluKind kind> static Values biasedGelu(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  return {GeluOp::create(node.builder, kind, withVector(node, x, node.optionalInput(1)))};
}

static Values quickGelu(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  return {x * logistic(x * x.number(node.number("alpha", 1.702f)))};
}

// ---------------------------------------------------------------- products

// activation(conv(x, w) + b + z)
static Values fusedConvolution(NodeReader &node) {
  TensorExpr y = biasedConvolution(node);
  if (std::optional<TensorExpr> z = node.optionalInput(3)) {
    node.checkShape("the sum's other term", *z, y.type().getShape());
    node.checkSameType(y, *z);
    y.value = y + *z;
  }
  return {activated(node, y, node.numbers("activation_params"))};
}

static Values fusedGemm(NodeReader &node) {
  std::vector<float> parameters;
  for (StringRef name : {"activation_alpha", "activation_beta", "activation_gamma"})
    if (node.hasAttribute(name))
      parameters.push_back(node.number(name, 0));
  return {activated(node, generalProduct(node), parameters)};
}

// alpha a' b', where a' is a with its last two dimensions swapped.
static Values fusedMatmul(NodeReader &node) {
  TensorExpr a = node.input(0), b = node.input(1);
  double alpha = node.number("alpha", 1);
  for (StringRef name : {"transBatchA", "transBatchB"})
    if (node.flag(name, false))
      node.unsupported("FusedMatMul with " + name);
  auto swapped = [&](TensorExpr x, StringRef name) {
    int64_t rank = x.type().getRank();
    if (!node.flag(name, false) || rank < 2)
      return x;
    Shape permutation = llvm::to_vector(llvm::seq<int64_t>(0, rank));
    std::swap(permutation[rank - 1], permutation[rank - 2]);
    return node.transpose(x, permutation);
  };
  TensorExpr product = matrixProduct(node, swapped(a, "transA"), swapped(b, "transB"));
  return {alpha == 1 ? product : product * product.number(alpha)};
}

// ---------------------------------------------------------------- normalizations

static TensorExpr normalized(NodeReader &node, TensorExpr x, TensorExpr scale,
                             std::optional<TensorExpr> shift, int64_t axis, bool rms,
                             double epsilon) {
  node.checkFloat(x);
  int64_t rank = x.type().getRank();
  Shape dims = llvm::to_vector(llvm::seq(node.axis(axis, rank), rank));
  auto parameter = [&](TensorExpr v) -> Value {
    node.checkSameType(x, v);
    return node.broadcastTo(v, x.type().getShape().drop_front(dims.front()));
  };
  if (!(epsilon >= 0))
    node.refuse(Code::AttributeInvalid, "attribute 'epsilon' must be 0 or more");
  return node.tensor(LayerNormOp::create(node.builder, x.type(), x, parameter(scale),
                                         shift ? parameter(*shift) : Value(), dims,
                                         APFloat(epsilon), rms));
}

// Of x + skip + bias, which is the fourth output.
template <bool rms> static Values skipNormalization(NodeReader &node) {
  TensorExpr x = node.input(0), skip = node.input(1);
  double epsilon = node.number("epsilon", 1e-12f);
  node.checkSameType(x, skip);
  TensorExpr sum = x + node.broadcastTo(skip, x.type().getShape());
  sum.value = withVector(node, sum, node.optionalInput(rms ? 3 : 4));
  std::optional<TensorExpr> shift = rms ? std::nullopt : node.optionalInput(3);
  return {normalized(node, sum, node.input(2), shift, -1, rms, epsilon), Value(), Value(), sum};
}

// ONNX Runtime writes it into the default domain.
static Values simplifiedNormalization(NodeReader &node) {
  node.ignore("stash_type");
  return {normalized(node, node.input(0), node.input(1), std::nullopt, node.integer("axis", -1),
                     /*rms=*/true, node.number("epsilon", 1e-5f))};
}

// Rows of three tables, added and normalized: words, positions, segments.
static Values embedNormalization(NodeReader &node) {
  TensorExpr ids = node.input(0), words = node.input(2), positions = node.input(3);
  node.checkRank(ids, 2, 2);
  node.checkRank(words, 2, 2);
  node.checkRank(positions, 2, 2);
  node.ignore("mask_index_type");
  double epsilon = node.number("epsilon", 1e-12f);
  int64_t batch = ids.type().getDimSize(0), length = ids.type().getDimSize(1);
  Shape shape{batch, length, words.type().getDimSize(1)};
  auto rows = [&](TensorExpr table, TensorExpr indices) {
    node.checkSameType(words, table);
    return node.tensor(node.build<TakeOp>(table, indices, 0));
  };
  TensorExpr sum = rows(words, ids);
  if (std::optional<TensorExpr> given = node.optionalInput(8))
    sum.value = sum + node.broadcastTo(rows(positions, *given), shape);
  else if (positions.type().getDimSize(0) < length)
    node.refuse(Code::ShapeMismatch, "there are fewer positions than words");
  else
    sum.value = sum + node.broadcastTo(node.slice(positions, 0, 0, length), shape);
  if (node.has(1) && node.has(4))
    sum.value = sum + node.broadcastTo(rows(node.input(4), node.input(1)), shape);
  TensorExpr y = normalized(node, sum, node.input(5), node.input(6), -1, /*rms=*/false, epsilon);
  // How many words of each row the mask keeps.
  auto count = IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed);
  Value kept = node.splat({batch}, count, 0);
  if (std::optional<TensorExpr> mask = node.optionalInput(7))
    kept = reduceSum(convert(*mask, count), {1});
  return {y, kept, sum};
}

void addFused(Registry &r) {
  r.add("SimplifiedLayerNormalization", 1, simplifiedNormalization);
  r.add("com.microsoft.BiasGelu", 1, biasedGelu<GeluKind::erf>);
  r.add("com.microsoft.EmbedLayerNormalization", 1, embedNormalization);
  r.add("com.microsoft.FastGelu", 1, biasedGelu<GeluKind::tanh>);
  r.add("com.microsoft.FusedConv", 1, fusedConvolution);
  r.add("com.microsoft.FusedGemm", 1, fusedGemm);
  r.add("com.microsoft.FusedMatMul", 1, fusedMatmul);
  r.add("com.microsoft.Gelu", 1, biasedGelu<GeluKind::erf>);
  r.add("com.microsoft.QuickGelu", 1, quickGelu);
  r.add("com.microsoft.SkipLayerNormalization", 1, skipNormalization<false>);
  r.add("com.microsoft.SkipSimplifiedLayerNormalization", 1, skipNormalization<true>);
  r.add("com.microsoft.TransposeMatMul", 1, fusedMatmul);
}

} // namespace dlc::onnx
