// Arithmetic, element by element.
#include "Onnx/FoldConstants.h"
#include "Onnx/Formula.h"
#include "Onnx/Operators/Broadcast.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

template <typename Op> static Values unary(NodeReader &node) {
  node.ignore("consumed_inputs");
  return {Op::create(node.builder, node.elementwiseInput(0))};
}

template <typename Op> static Values binary(NodeReader &node) {
  auto [x, y] = broadcastPair(node);
  return {Op::create(node.builder, x.value, y.value)};
}

// f(f(x0, x1), x2) ...
static std::vector<TensorExpr> broadcastInputs(NodeReader &node) {
  std::vector<TensorExpr> inputs;
  node.ignore("consumed_inputs");
  for (size_t i = 0; i < std::max<size_t>(node.inputCount(), 1); ++i) {
    inputs.push_back(node.elementwiseInput(i));
    node.checkSameType(inputs[0], inputs[i]);
  }
  return node.broadcastAll(inputs);
}
template <typename Op> static Values variadic(NodeReader &node) {
  std::vector<TensorExpr> inputs = broadcastInputs(node);
  Value result = inputs[0];
  for (TensorExpr x : llvm::drop_begin(inputs))
    result = Op::create(node.builder, result, x.value);
  return {result};
}

// The exponent may have a type of its own from version 12 on. The result has that of the base.
static Values power(NodeReader &node) {
  TensorExpr base = node.elementwiseInput(0), exponent = node.elementwiseInput(1);
  mlir::Type element = base.type().getElementType();
  std::optional<Literal> known = constantElements(exponent);
  bool isSquare = known && known->size() == 1 && known->number(0) == 2;
  if (isSquare && exponent.type().getRank() <= base.type().getRank()) {
    node.ignore("broadcast");
    node.ignore("axis");
    return {base * base};
  }
  if (node.opset < 7 || element == exponent.type().getElementType()) {
    auto [x, y] = broadcastPair(node);
    return {pow(x, y)};
  }
  bool wide = !isa<FloatType>(element) && isa<FloatType>(exponent.type().getElementType());
  mlir::Type common = wide ? mlir::Type(node.builder.getF64Type()) : element;
  auto both = node.broadcastAll({convert(base, common), convert(exponent, common)});
  return {convert(pow(both[0], both[1]), element)};
}

static Values reciprocal(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  node.ignore("consumed_inputs");
  return {x.number(1) / x};
}

// sum / count
static Values average(NodeReader &node) {
  TensorExpr sum = node.tensor(variadic<AddOp>(node)[0]);
  node.checkFloat(sum);
  return {sum / sum.number(node.inputCount())};
}

// The rest of a truncating division has the sign of x; without fmod it takes that of y:
//   r + (r != 0 and the signs of r and y differ ? y : 0)
static Values modulo(NodeReader &node) {
  auto [x, y] = broadcastPair(node);
  bool isTruncating = node.flag("fmod", false);
  mlir::Type element = x.type().getElementType();
  if (isa<FloatType>(element) && !isTruncating)
    node.refuse(Code::AttributeInvalid, "Mod of a float type needs fmod = 1");
  TensorExpr rest = x.with(RemOp::create(node.builder, x, y));
  if (isTruncating || element.isUnsignedInteger())
    return {rest};
  TensorExpr zero = rest.number(0);
  auto isNegative = [&](TensorExpr v) { return compare(CompareKind::lt, v, zero); };
  TensorExpr differ = x.with(XorOp::create(node.builder, isNegative(rest), isNegative(y)));
  TensorExpr wrong =
      x.with(AndOp::create(node.builder, compare(CompareKind::ne, rest, zero).value, differ.value));
  return {select(wrong, rest + y, rest)};
}

// The bounds are attributes until version 10, optional inputs after. With lo > hi the result is hi.
static Values clip(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  Value result = x;
  if (node.opset < 11) {
    node.ignore("consumed_inputs");
    if (node.hasAttribute("min"))
      result = max(x.with(result), x.number(node.number("min", 0)));
    if (node.hasAttribute("max"))
      result = min(x.with(result), x.number(node.number("max", 0)));
    return {result};
  }
  auto bound = [&](size_t i) {
    TensorExpr y = node.input(i);
    node.checkSameType(x, y);
    return node.broadcastTo(node.reshape(y, {}), x.type());
  };
  if (node.has(1))
    result = max(x.with(result), bound(1));
  if (node.has(2))
    result = min(x.with(result), bound(2));
  return {result};
}

void addMath(Registry &r) {
  r.add("Abs", 1, unary<AbsOp>);
  r.add("Add", 1, binary<AddOp>);
  r.add("Ceil", 1, unary<CeilOp>);
  r.add("Clip", 1, clip);
  r.add("Cos", 7, unary<CosOp>);
  r.add("Div", 1, binary<DivOp>);
  r.add("Erf", 9, unary<ErfOp>);
  r.add("Exp", 1, unary<ExpOp>);
  r.add("Floor", 1, unary<FloorOp>);
  r.add("Log", 1, unary<LogOp>);
  r.add("Max", 1, variadic<MaxOp>);
  r.add("Mean", 1, average);
  r.add("Min", 1, variadic<MinOp>);
  r.add("Mod", 10, modulo);
  r.add("Mul", 1, binary<MulOp>);
  r.add("Neg", 1, unary<NegOp>);
  r.add("Pow", 1, power);
  r.add("Reciprocal", 1, reciprocal);
  r.add("Round", 11, unary<RoundEvenOp>);
  r.add("Sign", 9, unary<SignOp>);
  r.add("Sin", 7, unary<SinOp>);
  r.add("Sqrt", 1, unary<SqrtOp>);
  r.add("Sub", 1, binary<SubOp>);
  r.add("Sum", 1, variadic<AddOp>);
}

} // namespace dlc::onnx
