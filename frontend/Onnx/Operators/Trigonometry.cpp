// Trigonometric and hyperbolic functions and their inverses, and the same bits under another type.
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

template <typename Op> static Values unary(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  node.checkFloat(x);
  return {Op::create(node.builder, x)};
}

// A bool is a byte in memory, 0 or 1.
static Values bitCast(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  auto to = static_cast<ElementType>(node.integer("to"));
  mlir::Type from = x.type().getElementType();
  mlir::Type element = elementTypeOf(to, node.dtype(), *node.builder.getContext());
  if (!element)
    node.unsupported("BitCast to such a type");
  mlir::Type byte = node.builder.getIntegerType(8, /*isSigned=*/false);
  auto stored = [&](mlir::Type type) { return type.isInteger(1) ? byte : type; };
  if (stored(from).getIntOrFloatBitWidth() != stored(element).getIntOrFloatBitWidth())
    node.refuse(Code::TypeMismatch, "types have different widths", shownType(x.type()),
                shownType(x.type().clone(element)));
  TensorExpr bits = convert(x, stored(from));
  TensorExpr cast =
      node.tensor(BitcastOp::create(node.builder, x.type().clone(stored(element)), bits));
  return {convert(cast, element)};
}

void addTrigonometry(Registry &r) {
  r.add("Acos", 7, unary<AcosOp>);
  r.add("Acosh", 9, unary<AcoshOp>);
  r.add("Asin", 7, unary<AsinOp>);
  r.add("Asinh", 9, unary<AsinhOp>);
  r.add("Atan", 7, unary<AtanOp>);
  r.add("Atanh", 9, unary<AtanhOp>);
  r.add("BitCast", 26, bitCast);
  r.add("Cosh", 9, unary<CoshOp>);
  r.add("Sinh", 9, unary<SinhOp>);
  r.add("Tan", 7, unary<TanOp>);
}

} // namespace dlc::onnx
