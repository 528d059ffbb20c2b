#include "Onnx/Operators/Quantized.h"
#include "Onnx/Formula.h"

using namespace mlir;

namespace dlc::onnx {

QuantizedInput quantizedInput(NodeReader &node, size_t first) {
  QuantizedInput input{node.input(first), node.input(first + 1), node.optionalInput(first + 2)};
  checkQuantized(node, input.q.type().getElementType());
  node.checkFloat(input.scale);
  if (input.zero)
    node.checkSameType(input.q, *input.zero);
  return input;
}

void checkQuantized(NodeReader &node, mlir::Type element) {
  if (!isa<IntegerType>(element) || element.isInteger(1))
    node.refuse(Code::TypeMismatch, "a quantized tensor must hold integers", "",
                shownType(element));
}

// [..., n / block, ...] to [..., n, ...]: each number for `block` elements in a row.
static TensorExpr spreadBlocks(NodeReader &node, TensorExpr v, TensorExpr x, int64_t axis,
                               int64_t block) {
  Shape expected(x.type().getShape()), shape, dims;
  int64_t n = expected[axis], count = v.type().getRank() ? v.type().getDimSize(axis) : 0;
  expected[axis] = llvm::divideCeil(n, block);
  node.checkShape("the scale or zero point by blocks", v, expected);
  for (int64_t d = 0, rank = expected.size(); d < rank; ++d) {
    dims.push_back(shape.size());
    shape.push_back(expected[d]);
    if (d == axis)
      shape.push_back(block);
  }
  TensorExpr copies = broadcast(v, shape, dims);
  Shape joined(x.type().getShape());
  joined[axis] = count * block;
  return node.slice(node.reshape(copies, joined), axis, 0, n);
}

TensorExpr spreadParameter(NodeReader &node, TensorExpr v, TensorExpr x, QuantizedAxis where) {
  ArrayRef<int64_t> shape = x.type().getShape();
  if (v.type().getRank() <= 1 && v.type().getNumElements() == 1)
    return node.broadcastTo(node.reshape(v, {}), shape);
  int64_t dimension = node.axis(where.axis, shape.size());
  // A block ends with the dimension.
  if (where.block > 0)
    return spreadBlocks(
        node, v, x, dimension,
        std::clamp<int64_t>(where.block, 1, std::max<int64_t>(shape[dimension], 1)));
  if (v.type().getRank() != 1)
    node.refuse(Code::ShapeMismatch, "the scale or zero point has the wrong shape",
                "one number, or one for each index of the axis", shownType(v.type()));
  node.checkShape("the scale or zero point", v, {shape[dimension]});
  return broadcast(v, shape, {dimension});
}

TensorExpr centred(NodeReader &node, TensorExpr q, std::optional<TensorExpr> zero,
                   QuantizedAxis where) {
  auto wide = IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed);
  checkQuantized(node, q.type().getElementType());
  TensorExpr x = convert(q, wide);
  if (!zero)
    return x;
  node.checkSameType(q, *zero);
  return x - convert(spreadParameter(node, *zero, q, where), wide);
}

TensorExpr dequantized(NodeReader &node, const QuantizedInput &input, QuantizedAxis where) {
  TensorExpr steps =
      convert(centred(node, input.q, input.zero, where), input.scale.type().getElementType());
  return steps * spreadParameter(node, input.scale, input.q, where);
}

TensorExpr quantized(TensorExpr real, TensorExpr zero, mlir::Type type, unsigned bits) {
  unsigned width = bits ? bits : type.getIntOrFloatBitWidth();
  bool isUnsigned = type.isUnsignedInteger();
  double lo = isUnsigned ? 0 : -std::ldexp(1, width - 1);
  double hi = std::ldexp(1, isUnsigned ? width : width - 1) - 1;
  mlir::Type element = real.type().getElementType();
  return convert(clamp(roundEven(real) + convert(zero, element), lo, hi), type);
}

TensorExpr requantized(NodeReader &node, TensorExpr real, TensorExpr scale,
                       std::optional<TensorExpr> zero) {
  node.checkSameType(real, scale);
  mlir::Type type = zero ? zero->type().getElementType()
                         : IntegerType::get(node.builder.getContext(), 8, IntegerType::Unsigned);
  checkQuantized(node, type);
  TensorExpr spread =
      zero ? spreadParameter(node, *zero, real, {}) : node.splat(real.type().getShape(), type, 0);
  return quantized(real / spreadParameter(node, scale, real, {}), spread, type);
}

} // namespace dlc::onnx
