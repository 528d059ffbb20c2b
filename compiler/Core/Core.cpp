// The dialect's registration and the constants that every room builds.
#include "Core/Core.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;

#include "Core/CoreDialect.cpp.inc"
#include "Core/CoreEnums.cpp.inc"
#include "Core/CoreInterfaces.cpp.inc"
#define GET_ATTRDEF_CLASSES
#include "Core/CoreAttributes.cpp.inc"

namespace dlc {
void registerDlcDialectOperations(DlcDialect *);
}

void DlcDialect::initialize() {
  registerDlcDialectOperations(this);
  addAttributes<
#define GET_ATTRDEF_LIST
#include "Core/CoreAttributes.cpp.inc"
      >();
}

Operation *DlcDialect::materializeConstant(OpBuilder &b, Attribute value, Type type, Location loc) {
  auto elements = dyn_cast<ElementsAttr>(value);
  return elements && elements.getType() == type ? ConstantOp::create(b, loc, type, elements)
                                                : nullptr;
}

TypedAttr dlc::elementAttribute(Type element, double value) {
  if (isa<FloatType>(element))
    return FloatAttr::get(element, value);
  return IntegerAttr::get(element, APInt(element.getIntOrFloatBitWidth(),
                                         static_cast<uint64_t>(static_cast<int64_t>(value)),
                                         /*isSigned=*/true, /*implicitTrunc=*/true));
}

TypedAttr dlc::lowestAttribute(Type element) {
  if (auto type = dyn_cast<FloatType>(element))
    return FloatAttr::get(element, APFloat::getInf(type.getFloatSemantics(), /*Negative=*/true));
  unsigned width = element.getIntOrFloatBitWidth();
  return IntegerAttr::get(element, element.isSignedInteger() ? APInt::getSignedMinValue(width)
                                                             : APInt::getZero(width));
}

TypedAttr dlc::highestAttribute(Type element) {
  if (auto type = dyn_cast<FloatType>(element))
    return FloatAttr::get(element, APFloat::getInf(type.getFloatSemantics()));
  unsigned width = element.getIntOrFloatBitWidth();
  return IntegerAttr::get(element, element.isSignedInteger() ? APInt::getSignedMaxValue(width)
                                                             : APInt::getMaxValue(width));
}

Value dlc::buildSplat(ImplicitLocOpBuilder &b, RankedTensorType type, double value) {
  Attribute element = elementAttribute(type.getElementType(), value);
  return ConstantOp::create(b, type, DenseElementsAttr::get(type, element));
}

Value dlc::buildConstant(ImplicitLocOpBuilder &b, const Literal &literal) {
  return ConstantOp::create(b, literal.type, literal.attribute());
}

Value dlc::permuted(ImplicitLocOpBuilder &b, Value x, ArrayRef<int64_t> permutation) {
  if (llvm::equal(permutation, llvm::seq<int64_t>(0, permutation.size())))
    return x;
  if (auto inner = x.getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> both;
    for (int64_t dimension : permutation)
      both.push_back(inner.getPerm()[dimension]);
    return permuted(b, inner.getX(), both);
  }
  return TransposeOp::create(b, x, permutation);
}

Value dlc::permutedPointwise(ImplicitLocOpBuilder &b, Operation *op,
                             ArrayRef<int64_t> permutation) {
  SmallVector<Value> operands;
  for (Value operand : op->getOperands())
    operands.push_back(permuted(b, operand, permutation));
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  SmallVector<int64_t> shape;
  for (int64_t dimension : permutation)
    shape.push_back(type.getDimSize(dimension));
  OperationState state(b.getLoc(), op->getName(), operands,
                       TypeRange{RankedTensorType::get(shape, type.getElementType())},
                       op->getAttrs());
  return b.create(state)->getResult(0);
}
