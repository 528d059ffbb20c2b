// Creation and lookup of the constants of a function.
#include "Cpu/Math/Constants.h"

using namespace mlir;

namespace dlc {

ConstantPool::ConstantPool(FunctionOpInterface function)
    : entry(&function.getFunctionBody().front()) {
  for (Operation &op : *entry) {
    auto constant = dyn_cast<arith::ConstantOp>(op);
    if (!constant)
      break;
    known.try_emplace(constant.getValue(), constant.getResult());
  }
}

Value ConstantPool::get(TypedAttr attribute) {
  Value &value = known[attribute];
  if (!value) {
    OpBuilder builder = OpBuilder::atBlockBegin(entry);
    value = arith::ConstantOp::create(builder, entry->getParentOp()->getLoc(), attribute);
  }
  return value;
}

Value ConstantPool::getSplat(Type type, TypedAttr element) {
  if (auto vector = dyn_cast<VectorType>(type))
    return get(DenseElementsAttr::get(vector, Attribute(element)));
  return get(element);
}

Value ConstantPool::getFloat(Type type, double number) {
  auto element = cast<FloatType>(getElementTypeOrSelf(type));
  APFloat value(number);
  bool losesInfo;
  value.convert(element.getFloatSemantics(), APFloat::rmNearestTiesToEven, &losesInfo);
  return getSplat(type, FloatAttr::get(element, value));
}

Value ConstantPool::getInteger(Type type, int64_t number) {
  return getSplat(type, IntegerAttr::get(getElementTypeOrSelf(type), number));
}

} // namespace dlc
