// Bounded values: a tensor with room for all elements, and the scalar that says how many are there.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

LogicalResult BoundedAttr::verifyEncoding(ArrayRef<int64_t> shape, Type,
                                          function_ref<InFlightDiagnostic()> emitError) const {
  if (getDimension() < 0 || getDimension() >= static_cast<int64_t>(shape.size()))
    return emitError() << "no dimension " << getDimension() << " in a tensor of rank "
                       << shape.size();
  return success();
}

static LogicalResult verifyExtent(Operation *op, Value extent) {
  if (tensorType(extent).getRank() != 0)
    return op->emitOpError("needs an extent of rank 0, not ") << extent.getType();
  return success();
}

LogicalResult BoundedOp::verify() {
  RankedTensorType type = tensorType(getResult());
  if (!isa_and_nonnull<BoundedAttr>(type.getEncoding()))
    return emitOpError("needs a result with a bounded dimension, not ") << type;
  auto expected = RankedTensorType::get(type.getShape(), type.getElementType());
  if (getX().getType() != expected)
    return emitOpError("needs an operand of type ") << expected << ", not " << getX().getType();
  return verifyExtent(*this, getExtent());
}

LogicalResult ExtentOp::verify() {
  if (!isa_and_nonnull<BoundedAttr>(tensorType(getX()).getEncoding()))
    return emitOpError("needs an operand with a bounded dimension, not ") << getX().getType();
  return verifyExtent(*this, getResult());
}

LogicalResult UnboundedOp::verify() {
  RankedTensorType type = tensorType(getX());
  if (!isa_and_nonnull<BoundedAttr>(type.getEncoding()))
    return emitOpError("needs an operand with a bounded dimension, not ") << type;
  auto expected = RankedTensorType::get(type.getShape(), type.getElementType());
  if (getResult().getType() != expected)
    return emitOpError("gives ") << expected << ", not " << getResult().getType();
  return success();
}
