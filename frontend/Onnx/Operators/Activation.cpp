// Activation functions.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

static TensorExpr argument(NodeReader &node) {
  node.ignore("consumed_inputs");
  return node.elementwiseInput(0);
}

// x < 0 ? slope x : x
static TensorExpr leaky(TensorExpr x, TensorExpr slope) {
  return select(compare(CompareKind::lt, x, x.number(0)), slope * x, x);
}

// Until version 6 the slope is one number or one a channel, from version 7 on it is broadcast.
static Values prelu(NodeReader &node) {
  TensorExpr x = argument(node), slope = node.input(1);
  node.checkSameType(x, slope);
  Shape shape(slope.type().getShape());
  int64_t rank = x.type().getRank();
  if (node.opset < 7 && slope.type().getRank() == 1 && shape[0] != 1)
    shape.append(std::max<int64_t>(rank - 2, 0), 1);
  return {leaky(x, node.broadcastTo(node.reshape(slope, shape), x.type().getShape()))};
}

static Values leakyRelu(NodeReader &node) {
  TensorExpr x = argument(node);
  return {leaky(x, x.number(node.number("alpha", 0.01f)))};
}

// max(0, min(1, alpha x + beta))
static Values hardSigmoid(NodeReader &node) {
  TensorExpr x = argument(node);
  double alpha = node.number("alpha", 0.2f), beta = node.number("beta", 0.5f);
  return {clamp(x * x.number(alpha) + x.number(beta), 0, 1)};
}

// x max(0, min(1, x / 6 + 1/2))
static Values hardSwish(NodeReader &node) {
  TensorExpr x = argument(node);
  return {x * clamp(x * x.number(1.0f / 6) + x.number(0.5), 0, 1)};
}

// Until version 12 all dimensions from `axis` on are normalised together, after it only `axis`.
template <typename Op> static Values softmax(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  int64_t rank = x.type().getRank();
  bool flattens = node.opset < 13;
  int64_t given = node.integer("axis", flattens ? 1 : -1);
  int64_t first = flattens && given == rank ? rank : node.axis(given, rank);
  Shape dims = flattens ? llvm::to_vector(llvm::seq(first, rank)) : Shape{first};
  return {Op::create(node.builder, x.type(), x, dims)};
}

void addActivations(Registry &r) {
  r.add("HardSigmoid", 1, hardSigmoid);
  r.add("HardSwish", 14, hardSwish);
  r.add("LeakyRelu", 1, leakyRelu);
  r.add("LogSoftmax", 1, softmax<LogSoftmaxOp>);
  r.add("PRelu", 1, prelu);
  r.add("Relu", 1, [](NodeReader &node) { return Values{relu(argument(node))}; });
  r.add("Sigmoid", 1, [](NodeReader &node) { return Values{logistic(argument(node))}; });
  r.add("Softmax", 1, softmax<SoftmaxOp>);
  r.add("Tanh", 1, [](NodeReader &node) { return Values{tanh(argument(node))}; });
}

} // namespace dlc::onnx
