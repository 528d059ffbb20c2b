// Quantized tensors:  real = (q - zero) scale,  q = saturate(round_even(real / scale) + zero).
// Products of quantized tensors are sums of integers, so they are exact; only the last scaling
// rounds, and in the order in which ONNX Runtime does it.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

static mlir::Type int32(NodeReader &node) {
  return IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed);
}

// Scale and zero point: one number for all, or one for each index of `axis`.
static TensorExpr spread(NodeReader &node, TensorExpr v, TensorExpr x, int64_t axis) {
  ArrayRef<int64_t> shape = x.type().getShape();
  if (v.type().getRank() <= 1 && v.type().getNumElements() == 1)
    return node.broadcastTo(node.reshape(v, {}), shape);
  if (v.type().getRank() != 1)
    node.unsupported("scales by blocks");
  int64_t dimension = node.axis(axis, shape.size());
  node.checkShape("the scale or zero point", v, {shape[dimension]});
  return broadcast(v, shape, {dimension});
}

// round_even(real) + zero, within the range of `type`.
static TensorExpr quantized(TensorExpr real, TensorExpr zero, mlir::Type type) {
  unsigned width = type.getIntOrFloatBitWidth();
  bool isUnsigned = type.isUnsignedInteger();
  double lo = isUnsigned ? 0 : -std::ldexp(1, width - 1);
  double hi = std::ldexp(1, isUnsigned ? width : width - 1) - 1;
  mlir::Type element = real.type().getElementType();
  return convert(clamp(roundEven(real) + convert(zero, element), lo, hi), type);
}

static int64_t readAxis(NodeReader &node) {
  for (StringRef name : {"saturate", "precision"})
    node.ignore(name);
  if (node.integer("block_size", 0) != 0)
    node.unsupported("scales by blocks");
  return node.integer("axis", 1);
}

static void checkQuantized(NodeReader &node, mlir::Type element) {
  if (!isa<IntegerType>(element) || element.isInteger(1))
    node.refuse(Code::TypeMismatch, "a quantized tensor must hold integers", "",
                shownType(element));
}

static Values quantize(NodeReader &node) {
  TensorExpr x = node.input(0), scale = node.input(1);
  int64_t axis = readAxis(node);
  node.checkFloat(x);
  node.checkSameType(x, scale);
  node.ignore("output_dtype"); // that of the zero point
  bool hasZero = node.has(2);
  mlir::Type type = IntegerType::get(node.builder.getContext(), 8, IntegerType::Unsigned);
  if (!hasZero)
    if (int64_t wanted = node.integer("output_dtype", 0))
      type = elementTypeOf(ElementType(wanted), "", *node.builder.getContext());
  if (hasZero)
    type = node.input(2).type().getElementType();
  if (!type)
    node.unsupported("this type of quantized numbers");
  checkQuantized(node, type);
  TensorExpr zero =
      hasZero ? spread(node, node.input(2), x, axis) : node.splat(x.type().getShape(), type, 0);
  return {quantized(x / spread(node, scale, x, axis), zero, type)};
}

// (x - zero) in 32 bits, exact for 8 and 16 bits.
static TensorExpr centred(NodeReader &node, TensorExpr x, size_t zeroInput, int64_t axis) {
  checkQuantized(node, x.type().getElementType());
  TensorExpr wide = convert(x, int32(node));
  if (!node.has(zeroInput))
    return wide;
  TensorExpr zero = node.input(zeroInput);
  node.checkSameType(x, zero);
  return wide - convert(spread(node, zero, x, axis), int32(node));
}

static Values dequantize(NodeReader &node) {
  TensorExpr x = node.input(0), scale = node.input(1);
  int64_t axis = readAxis(node);
  node.ignore("output_dtype"); // that of the scale
  node.checkFloat(scale);
  TensorExpr steps = convert(centred(node, x, 2, axis), scale.type().getElementType());
  return {steps * spread(node, scale, x, axis)};
}

// z = sum (x - x zero) (w - w zero) + bias in integers;  z (x scale w scale / y scale), quantized.
static Values qlinearConv(NodeReader &node) {
  TensorExpr x = node.input(0), w = node.input(3), yZero = node.input(7);
  TensorExpr xScale = node.input(1), wScale = node.input(4), yScale = node.input(6);
  TensorExpr sum = convolve(node, centred(node, x, 2, 0), centred(node, w, 5, 0));
  ArrayRef<int64_t> shape = sum.type().getShape();
  Value total = sum;
  if (std::optional<TensorExpr> bias = node.optionalInput(8)) {
    node.checkSameType(sum, *bias);
    node.checkShape("the bias", *bias, {shape[1]});
    total = sum + broadcast(*bias, shape, {1});
  }
  for (TensorExpr scale : {xScale, wScale, yScale})
    node.checkFloat(scale);
  node.checkSameType(xScale, wScale);
  node.checkSameType(xScale, yScale);
  auto scales = node.broadcastAll({xScale, wScale, yScale});
  TensorExpr factor = scales[0] * scales[1] / scales[2];
  TensorExpr real = convert(node.tensor(total), factor.type().getElementType());
  return {quantized(real * spread(node, factor, real, 1), spread(node, yZero, real, 1),
                    yZero.type().getElementType())};
}

void addQuantizations(Registry &r) {
  r.add("DequantizeLinear", 10, dequantize);
  r.add("QLinearConv", 10, qlinearConv);
  r.add("QuantizeLinear", 10, quantize);
}

} // namespace dlc::onnx
