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

// What is composed of several functions is computed in registers' types, so that f16 and bf16 round
// once.
template <typename Function> static Values inRegisters(TensorExpr x, Function &&function) {
  mlir::Type element = x.type().getElementType();
  return {convert(function(convert(x, registerType(element))), element)};
}

static TensorExpr expm1(TensorExpr x) { return x.with(Expm1Op::create(x.builder, x)); }
static TensorExpr log1p(TensorExpr x) { return x.with(Log1pOp::create(x.builder, x)); }

// scale (x < 0 ? alpha (exp(x / width) - 1) : x)
static TensorExpr exponentialUnit(TensorExpr x, double alpha, double scale, double width) {
  TensorExpr inner = width == 1 ? x : x / x.number(width);
  TensorExpr y =
      select(compare(CompareKind::lt, x, x.number(0)), x.number(alpha) * expm1(inner), x);
  return scale == 1 ? y : y * y.number(scale);
}

static Values elu(NodeReader &node) {
  TensorExpr x = argument(node);
  node.checkFloat(x);
  double alpha = node.number("alpha", 1);
  return inRegisters(x, [&](TensorExpr x) { return exponentialUnit(x, alpha, 1, 1); });
}

// max(0, x) + min(0, alpha (exp(x / alpha) - 1)): for a positive alpha that is elu with a width.
static Values celu(NodeReader &node) {
  TensorExpr x = argument(node);
  node.checkFloat(x);
  double alpha = node.number("alpha", 1);
  if (alpha == 0)
    node.refuse(Code::AttributeInvalid, "attribute 'alpha' must not be 0");
  return inRegisters(x, [&](TensorExpr x) {
    TensorExpr grown = x.number(alpha) * expm1(x / x.number(alpha));
    return max(x, x.number(0)) + min(grown, x.number(0));
  });
}

// The constants that keep mean 0 and variance 1 through layers.
static Values selu(NodeReader &node) {
  TensorExpr x = argument(node);
  node.checkFloat(x);
  bool isOld = node.opset < 6;
  double alpha = node.number("alpha", isOld ? 1.6732f : 1.67326319217681884765625f);
  double gamma = node.number("gamma", isOld ? 1.0507f : 1.05070102214813232421875f);
  return inRegisters(x, [&](TensorExpr x) { return exponentialUnit(x, alpha, gamma, 1); });
}

// log(1 + exp(x)), without overflow
static TensorExpr softplus(TensorExpr x) { return max(x, x.number(0)) + log1p(exp(-abs(x))); }

static Values gelu(NodeReader &node) {
  TensorExpr x = argument(node);
  node.checkFloat(x);
  bool isTanh = node.text("approximate", "none", {"none", "tanh"}) == "tanh";
  return {GeluOp::create(node.builder, x.type(), isTanh ? GeluKind::tanh : GeluKind::erf, x)};
}

// x logistic(alpha x)
static Values swish(NodeReader &node) {
  TensorExpr x = argument(node);
  node.checkFloat(x);
  double alpha = node.number("alpha", 1);
  return inRegisters(x, [&](TensorExpr x) { return x * logistic(x * x.number(alpha)); });
}

static Values thresholdedRelu(NodeReader &node) {
  TensorExpr x = argument(node);
  node.checkFloat(x);
  return {select(compare(CompareKind::gt, x, x.number(node.number("alpha", 1))), x, x.number(0))};
}

// x < -lambd ? x + bias : x > lambd ? x - bias : 0; of integers by way of f64, as bias may have a
// fraction.
static Values shrink(NodeReader &node) {
  TensorExpr given = argument(node);
  mlir::Type element = given.type().getElementType();
  bool isFloat = isa<FloatType>(element);
  TensorExpr x = isFloat ? given : convert(given, node.builder.getF64Type());
  double lambd = node.number("lambd", 0.5), bias = node.number("bias", 0);
  TensorExpr y =
      select(compare(CompareKind::lt, x, x.number(-lambd)), x + x.number(bias),
             select(compare(CompareKind::gt, x, x.number(lambd)), x - x.number(bias), x.number(0)));
  return {convert(y, element)};
}

// Until version 12 all dimensions from `axis` on are taken together, after it only `axis`.
static Shape normalizedDimensions(NodeReader &node, TensorExpr x) {
  int64_t rank = x.type().getRank();
  bool flattens = node.opset < 13;
  int64_t given = node.integer("axis", flattens ? 1 : -1);
  int64_t first = flattens && given == rank ? rank : node.axis(given, rank);
  return flattens ? llvm::to_vector(llvm::seq(first, rank)) : Shape{first};
}

// 1 at the first maximum, 0 elsewhere.
static Values hardmax(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  Shape dims = normalizedDimensions(node, x);
  ArrayRef<int64_t> shape = x.type().getShape();
  if (x.type().getNumElements() == 0)
    return {x};
  // [what stands before, what is normalized, what stands after]
  Shape parts(3, 1);
  for (auto [i, extent] : llvm::enumerate(shape))
    parts[dims.empty() || int64_t(i) < dims.front() ? 0
          : int64_t(i) > dims.back()                ? 2
                                                    : 1] *= extent;
  TensorExpr rows = node.reshape(x, parts);
  TensorExpr place = node.tensor(node.build<ArgReduceOp>(ReduceKind::max, rows, 1, false));
  auto indices = RankedTensorType::get(parts, place.type().getElementType());
  TensorExpr index = node.tensor(IotaOp::create(node.builder, indices, 1));
  TensorExpr isFirst = compare(CompareKind::eq, index, broadcastOver(place, parts, {1}));
  return {node.reshape(convert(isFirst, x.type().getElementType()), shape)};
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

template <typename Op> static Values softmax(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  return {Op::create(node.builder, x.type(), x, normalizedDimensions(node, x))};
}

template <typename Function> static Decomposition ofFloats(Function function) {
  return [function](NodeReader &node) {
    TensorExpr x = argument(node);
    node.checkFloat(x);
    return inRegisters(x, function);
  };
}

void addActivations(Registry &r) {
  r.add("Celu", 12, celu);
  r.add("Elu", 1, elu);
  r.add("Gelu", 20, gelu);
  r.add("Hardmax", 1, hardmax);
  r.add("HardSigmoid", 1, hardSigmoid);
  r.add("HardSwish", 14, hardSwish);
  r.add("LeakyRelu", 1, leakyRelu);
  r.add("LogSoftmax", 1, softmax<LogSoftmaxOp>);
  r.add("Mish", 18, ofFloats([](TensorExpr x) { return x * tanh(softplus(x)); }));
  r.add("PRelu", 1, prelu);
  r.add("Relu", 1, [](NodeReader &node) { return Values{relu(argument(node))}; });
  r.add("Selu", 1, selu);
  r.add("Shrink", 9, shrink);
  r.add("Sigmoid", 1, [](NodeReader &node) { return Values{logistic(argument(node))}; });
  r.add("Softmax", 1, softmax<SoftmaxOp>);
  r.add("Softplus", 1, ofFloats(softplus));
  r.add("Softsign", 1, ofFloats([](TensorExpr x) { return x / (x.number(1) + abs(x)); }));
  r.add("Swish", 24, swish);
  r.add("Tanh", 1, [](NodeReader &node) { return Values{tanh(argument(node))}; });
  r.add("ThresholdedRelu", 10, thresholdedRelu);
}

} // namespace dlc::onnx
