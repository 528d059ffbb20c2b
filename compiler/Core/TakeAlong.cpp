// take_along: each element of the result has an index of its own.
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult TakeAlongOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getX(), adaptor.getIndices()})))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto indices = cast<RankedTensorType>(adaptor.getIndices().getType());
  if (failed(verifyDimensions(location, {static_cast<int64_t>(adaptor.getAxis())}, x.getRank())) ||
      failed(verifyEqualBut(location, x, indices, adaptor.getAxis())))
    return failure();
  types.push_back(RankedTensorType::get(indices.getShape(), x.getElementType()));
  return success();
}

ReferenceForm TakeAlongOp::referenceForm() {
  MLIRContext *context = getContext();
  auto type = tensorType(getResult());
  unsigned rank = type.getRank();
  SmallVector<AffineExpr> place;
  for (unsigned i = 0; i < rank; ++i)
    place.push_back(i == getAxis() ? getAffineSymbolExpr(0, context)
                                   : getAffineDimExpr(i, context));
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = rank;
  form.reads.push_back({1, AffineMap::getMultiDimIdentityMap(rank, context), {}, {}, {}});
  form.reads.push_back({0, AffineMap::get(rank, 1, place, context), {0}, {}, {}});
  form.body = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar>) {
    return Scalars{reads[1]};
  };
  return form;
}

LogicalResult TakeAlongOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0], gradient;
  if (g && wanted.test(0))
    gradient = PutAlongOp::create(b, PutKind::add, buildSplat(b, tensorType(getX()), 0),
                                  getIndices(), g, getAxis());
  gradients.append({gradient, Value()});
  return success();
}
