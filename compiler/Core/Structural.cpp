// Constants and weights, and the elementwise ops with a type rule of their own.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- constants and weights
OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValue(); }

LogicalResult WeightDataOp::verify() {
  auto type = dyn_cast<RankedTensorType>(getType());
  if (!type || !type.hasStaticShape())
    return emitOpError("expected a tensor type with a static shape, got ") << getType();
  if (getOffset() < 0 || getLength() < 0)
    return emitOpError("expected an offset and a length of 0 or more, got ")
           << getOffset() << " and " << getLength();
  int64_t bytes = type.getNumElements() * elementBytes(type.getElementType());
  if (bytes != static_cast<int64_t>(getLength()))
    return emitOpError("expected ") << bytes << " bytes for " << type << ", got " << getLength();
  return success();
}

LogicalResult WeightOp::verifySymbolUses(SymbolTableCollection &table) {
  Operation *symbol = table.lookupNearestSymbolFrom(*this, getWeightAttr());
  Type type;
  if (auto data = dyn_cast_or_null<WeightDataOp>(symbol))
    type = data.getType();
  else if (auto derived = dyn_cast_or_null<DerivedWeightOp>(symbol))
    type = derived.getType();
  else
    return emitOpError("expected a weight named ") << getWeightAttr();
  if (type != getType())
    return emitOpError("expected the type of the weight, ") << type << ", got " << getType();
  return success();
}

// ---------------------------------------------------------------- iota
LogicalResult IotaOp::verify() {
  auto type = tensorType(getResult());
  if (static_cast<int64_t>(getDim()) < 0 || static_cast<int64_t>(getDim()) >= type.getRank())
    return emitOpError("expected a dimension of ") << type << ", got " << getDim();
  return success();
}

ReferenceForm IotaOp::referenceForm() {
  auto type = tensorType(getResult());
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = type.getRank();
  form.usesIndices = true;
  form.body = [dim = getDim(), element = type.getElementType()](
                  ImplicitLocOpBuilder &, ArrayRef<Scalar>, ArrayRef<Scalar> indices) {
    return Scalars{convert(indices[dim], element)};
  };
  return form;
}

// ---------------------------------------------------------------- compare
LogicalResult CompareOp::inferReturnTypes(MLIRContext *context, std::optional<Location>,
                                          Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto type = cast<RankedTensorType>(adaptor.getX().getType());
  types.push_back(type.clone(IntegerType::get(context, 1)));
  return success();
}
ReferenceForm CompareOp::referenceForm() {
  return pointwiseForm(*this, [kind = getKind()](ArrayRef<Scalar> operands) {
    return compare(kind, operands[0], operands[1]);
  });
}
Value CompareOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return permutedPointwise(b, *this, permutation);
}

// ---------------------------------------------------------------- select
ReferenceForm SelectOp::referenceForm() {
  return pointwiseForm(*this, [](ArrayRef<Scalar> operands) {
    return select(operands[0], operands[1], operands[2]);
  });
}
Value SelectOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return permutedPointwise(b, *this, permutation);
}
// The branch that is not taken gets 0, never 0 times what it would have been.
LogicalResult SelectOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                 const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  TensorExpr g{b, cotangents[0]}, condition{b, getCondition()}, zero = g.number(0);
  return appendWanted(wanted, gradients,
                      {Value(), select(condition, g, zero), select(condition, zero, g)});
}

// ---------------------------------------------------------------- convert
ReferenceForm ConvertOp::referenceForm() {
  return pointwiseForm(*this, [to = tensorType(getResult()).getElementType()](
                                  ArrayRef<Scalar> operands) { return convert(operands[0], to); });
}
Value ConvertOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return permutedPointwise(b, *this, permutation);
}
OpFoldResult ConvertOp::fold(FoldAdaptor) {
  return getX().getType() == getType() ? OpFoldResult(getX()) : OpFoldResult();
}
LogicalResult ConvertOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                  const llvm::BitVector &wanted,
                                  SmallVectorImpl<Value> &gradients) {
  Type from = tensorType(getX()).getElementType(), to = tensorType(getResult()).getElementType();
  if (!isa<FloatType>(from) || !isa<FloatType>(to))
    return appendWanted(wanted, gradients, {Value()});
  return appendWanted(wanted, gradients, {convert(TensorExpr{b, cotangents[0]}, from)});
}

// ---------------------------------------------------------------- bitcast
LogicalResult BitcastOp::verify() {
  Type from = tensorType(getX()).getElementType(), to = tensorType(getResult()).getElementType();
  if (from.isInteger(1) || to.isInteger(1))
    return emitOpError("cannot take bool, whose bits are not its value");
  if (from.getIntOrFloatBitWidth() != to.getIntOrFloatBitWidth())
    return emitOpError("needs types of the same width, not ") << from << " and " << to;
  return success();
}
ReferenceForm BitcastOp::referenceForm() {
  return pointwiseForm(*this,
                       [from = tensorType(getX()).getElementType(),
                        to = tensorType(getResult()).getElementType()](ArrayRef<Scalar> operands) {
                         return bitcast(operands[0], from, to);
                       });
}
Value BitcastOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return permutedPointwise(b, *this, permutation);
}
OpFoldResult BitcastOp::fold(FoldAdaptor) {
  return getX().getType() == getType() ? OpFoldResult(getX()) : OpFoldResult();
}
