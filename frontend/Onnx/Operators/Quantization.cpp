// Quantized tensors. Products are sums of integers, so they are exact; only the last scaling
// rounds, and in the order in which ONNX Runtime does it.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Matrices.h"
#include "Onnx/Operators/Quantized.h"
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"
#include "Onnx/SmallTypes.h"

using namespace mlir;

namespace dlc::onnx {

// The zero point of a small type, as numbers in the shape of x; none if it is left out.
static std::optional<TensorExpr> smallZero(NodeReader &node, ElementType type, TensorExpr x,
                                           mlir::Type wide, QuantizedAxis where) {
  if (!node.has(2))
    return std::nullopt;
  if (node.smallType(2) != type)
    node.refuse(Code::TypeMismatch, "the zero point has another type", nameOf(type));
  return spreadParameter(node, decoded(node.codes(2), type, wide), x, where);
}

// saturate(round(x / scale) + zero); floats are rounded when they are encoded.
static Values quantizeToSmall(NodeReader &node, ElementType type, bool saturate,
                              QuantizedAxis where) {
  TensorExpr x = node.codes(0), scale = node.input(1);
  node.checkFloat(x);
  node.checkFloat(scale);
  mlir::Type wide = node.builder.getF32Type();
  TensorExpr steps = convert(x, wide) / convert(spreadParameter(node, scale, x, where), wide);
  std::optional<TensorExpr> zero = smallZero(node, type, x, wide, where);
  node.smallResults = {type};
  bool isSigned = type == ElementType::Int4 || type == ElementType::Int2;
  if (!isSigned && type != ElementType::Uint4 && type != ElementType::Uint2)
    return {encoded(zero ? steps + *zero : steps, type, saturate, "up")};
  double count = 1 << bitsOf(type), least = isSigned ? -count / 2 : 0;
  TensorExpr rounded = roundEven(steps);
  TensorExpr number = clamp(zero ? rounded + *zero : rounded, least, least + count - 1);
  return {convert(number, codeType(type, *node.builder.getContext()))};
}

// (number - zero) scale
static TensorExpr dequantizeSmall(NodeReader &node, ElementType type, QuantizedAxis where) {
  TensorExpr codes = node.codes(0), scale = node.input(1);
  node.checkFloat(scale);
  mlir::Type wide = scale.type().getElementType();
  TensorExpr number = decoded(codes, type, wide);
  std::optional<TensorExpr> zero = smallZero(node, type, codes, wide, where);
  return (zero ? number - *zero : number) * spreadParameter(node, scale, codes, where);
}

static QuantizedAxis readAxis(NodeReader &node) {
  for (StringRef name : {"saturate", "precision"})
    node.ignore(name);
  QuantizedAxis where{node.integer("axis", 1), node.integer("block_size", 0)};
  if (where.block < 0)
    node.refuse(Code::AttributeInvalid, "attribute 'block_size' is negative", "",
                llvm::Twine(where.block));
  return where;
}

static Values quantize(NodeReader &node) {
  bool saturate = node.flag("saturate", true);
  QuantizedAxis where = readAxis(node);
  ElementType small =
      node.has(2) ? node.smallType(2) : ElementType(node.integer("output_dtype", 0));
  if (isSmall(small))
    return quantizeToSmall(node, small, saturate, where);
  TensorExpr x = node.input(0), scale = node.input(1);
  node.checkFloat(x);
  node.checkFloat(scale);
  bool hasZero = node.has(2);
  mlir::Type type = IntegerType::get(node.builder.getContext(), 8, IntegerType::Unsigned);
  if (int64_t wanted = node.integer("output_dtype", 0); wanted && !hasZero)
    type = elementTypeOf(ElementType(wanted), "", *node.builder.getContext());
  if (hasZero)
    type = node.input(2).type().getElementType();
  if (!type)
    node.unsupported("this type of quantized numbers");
  checkQuantized(node, type);
  TensorExpr zero = hasZero ? spreadParameter(node, node.input(2), x, where)
                            : node.splat(x.type().getShape(), type, 0);
  // f16 and bf16 hold neither all quotients nor all sums with a zero point.
  mlir::Type wide = x.type().getElementType().isF64() || scale.type().getElementType().isF64()
                        ? mlir::Type(node.builder.getF64Type())
                        : mlir::Type(node.builder.getF32Type());
  auto widened = [&](TensorExpr v) {
    return v.type().getElementType() == wide ? v : convert(v, wide);
  };
  TensorExpr steps = widened(x) / widened(spreadParameter(node, scale, x, where));
  return {quantized(steps, zero, type)};
}

static Values dequantize(NodeReader &node) {
  QuantizedAxis where = readAxis(node);
  int64_t wanted = node.integer("output_dtype", 0);
  ElementType small = node.smallType(0);
  TensorExpr real = isSmall(small) ? dequantizeSmall(node, small, where)
                                   : dequantized(node, quantizedInput(node, 0), where);
  if (!wanted)
    return {real};
  mlir::Type type = elementTypeOf(ElementType(wanted), node.dtype(), *node.builder.getContext());
  if (!type)
    node.unsupported("this type of dequantized numbers");
  return {type == real.type().getElementType() ? real : convert(real, type)};
}

// x from 0 to 255:  scale = (max(x, 0) - min(x, 0)) / 255,  zero = round(-min / scale).
static Values dynamicQuantize(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  auto type = IntegerType::get(node.builder.getContext(), 8, IntegerType::Unsigned);
  mlir::Type element = x.type().getElementType();
  TensorExpr none = node.splat({}, element, 0);
  TensorExpr hi = none, lo = none;
  if (x.type().getNumElements() > 0) {
    Shape all = llvm::to_vector(llvm::seq<int64_t>(0, x.type().getRank()));
    hi.value = max(reduceMax(x, all), none);
    lo.value = -max(reduceMax(-x, all), none);
  }
  TensorExpr range = (hi - lo) / none.number(255);
  // All of x is 0: any scale is right, and 1 does not divide by 0.
  TensorExpr scale = select(compare(CompareKind::eq, range, none), none.number(1), range);
  TensorExpr zero = convert(roundEven(clamp(none - lo / scale, 0, 255)), type);
  TensorExpr q = quantized(x / node.broadcastTo(scale, x.type().getShape()),
                           node.broadcastTo(zero, x.type().getShape()), type);
  return {q, scale, zero};
}

// ---------------------------------------------------------------- convolutions

// The zero point of a weight may differ from filter to filter.
static TensorExpr integerConvolution(NodeReader &node, TensorExpr x,
                                     std::optional<TensorExpr> xZero, TensorExpr w,
                                     std::optional<TensorExpr> wZero) {
  return convolve(node, centred(node, x, xZero, {0}), centred(node, w, wZero, {0}));
}

static Values convInteger(NodeReader &node) {
  return {integerConvolution(node, node.input(0), node.optionalInput(2), node.input(1),
                             node.optionalInput(3))};
}

// sum scales, quantized: the scales of the operands may vary along `axis`.
static TensorExpr rescaled(NodeReader &node, TensorExpr sum, TensorExpr xScale, TensorExpr wScale,
                           TensorExpr yScale, TensorExpr yZero, int64_t axis) {
  for (TensorExpr scale : {xScale, wScale, yScale})
    node.checkFloat(scale);
  node.checkSameType(xScale, wScale);
  node.checkSameType(xScale, yScale);
  auto scales = node.broadcastAll({xScale, wScale, yScale});
  TensorExpr factor = scales[0] * scales[1] / scales[2];
  TensorExpr real = convert(sum, factor.type().getElementType());
  checkQuantized(node, yZero.type().getElementType());
  return quantized(real * spreadParameter(node, factor, real, {axis}),
                   spreadParameter(node, yZero, real, {axis}), yZero.type().getElementType());
}

// z = sum (x - x zero) (w - w zero) + bias in integers;  z (x scale w scale / y scale), quantized.
static Values qlinearConv(NodeReader &node) {
  TensorExpr sum =
      integerConvolution(node, node.input(0), node.input(2), node.input(3), node.input(5));
  ArrayRef<int64_t> shape = sum.type().getShape();
  if (std::optional<TensorExpr> bias = node.optionalInput(8)) {
    node.checkSameType(sum, *bias);
    node.checkShape("the bias", *bias, {shape[1]});
    sum.value = sum + broadcast(*bias, shape, {1});
  }
  return {rescaled(node, sum, node.input(1), node.input(4), node.input(6), node.input(7), 1)};
}

// ---------------------------------------------------------------- matrices

// A zero point or scale of a matrix [..., M, K]: one number, one for each row (`row`) or column, or
// a tensor [..., M, 1] that broadcasts already.
static TensorExpr spreadOverMatrix(NodeReader &node, TensorExpr v, TensorExpr x, bool row) {
  int64_t rank = x.type().getRank();
  if (v.type().getNumElements() == 1)
    return node.broadcastTo(node.reshape(v, {}), x.type().getShape());
  if (v.type().getRank() == 1 && row && rank >= 2)
    return node.broadcastTo(node.reshape(v, {v.type().getDimSize(0), 1}), x.type().getShape());
  return node.broadcastTo(v, x.type().getShape());
}

static TensorExpr centredMatrix(NodeReader &node, TensorExpr x, std::optional<TensorExpr> zero,
                                bool row) {
  auto wide = IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed);
  checkQuantized(node, x.type().getElementType());
  if (!zero)
    return convert(x, wide);
  node.checkSameType(x, *zero);
  return convert(x, wide) - convert(spreadOverMatrix(node, *zero, x, row), wide);
}

static TensorExpr integerProduct(NodeReader &node, TensorExpr a, std::optional<TensorExpr> aZero,
                                 TensorExpr b, std::optional<TensorExpr> bZero) {
  return matrixProduct(node, centredMatrix(node, a, aZero, /*row=*/true),
                       centredMatrix(node, b, bZero, /*row=*/false));
}

static Values matmulInteger(NodeReader &node) {
  return {integerProduct(node, node.input(0), node.optionalInput(2), node.input(1),
                         node.optionalInput(3))};
}

static Values qlinearMatmul(NodeReader &node) {
  TensorExpr sum = integerProduct(node, node.input(0), node.input(2), node.input(3), node.input(5));
  TensorExpr aScale = node.input(1), bScale = node.input(4), yScale = node.input(6);
  for (TensorExpr scale : {aScale, bScale, yScale})
    node.checkFloat(scale);
  node.checkSameType(aScale, bScale);
  node.checkSameType(aScale, yScale);
  mlir::Type element = aScale.type().getElementType();
  mlir::Type wide = element.isF64() ? element : mlir::Type(node.builder.getF32Type());
  auto spread = [&](TensorExpr v, bool row) {
    return spreadOverMatrix(node, v.type().getElementType() == wide ? v : convert(v, wide), sum,
                            row);
  };
  TensorExpr real =
      convert(sum, wide) * (spread(aScale, true) * spread(bScale, false) / spread(yScale, true));
  TensorExpr zero = node.input(7);
  checkQuantized(node, zero.type().getElementType());
  return {quantized(real, spreadOverMatrix(node, zero, sum, true), zero.type().getElementType())};
}

void addQuantizations(Registry &r) {
  r.add("ConvInteger", 10, convInteger);
  r.add("DequantizeLinear", 10, dequantize);
  r.add("DynamicQuantizeLinear", 11, dynamicQuantize);
  r.add("MatMulInteger", 10, matmulInteger);
  r.add("QLinearConv", 10, qlinearConv);
  r.add("QLinearMatMul", 10, qlinearMatmul);
  r.add("QuantizeLinear", 10, quantize);
}

} // namespace dlc::onnx
