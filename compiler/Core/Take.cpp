// take: rows chosen by an index that comes from data.
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult TakeOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                       Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getX(), adaptor.getIndices()})))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto indices = cast<RankedTensorType>(adaptor.getIndices().getType());
  int64_t axis = adaptor.getAxis();
  if (axis < 0 || axis >= x.getRank())
    return emitOptionalError(location, "expected an axis of ", x, ", got ", axis);
  SmallVector<int64_t> shape(x.getShape().take_front(axis));
  llvm::append_range(shape, indices.getShape());
  llvm::append_range(shape, x.getShape().drop_front(axis + 1));
  types.push_back(RankedTensorType::get(shape, x.getElementType()));
  return success();
}

ReferenceForm TakeOp::referenceForm() {
  auto x = tensorType(getX()), indices = tensorType(getIndices()), result = tensorType(getResult());
  int64_t axis = getAxis(), depth = indices.getRank(), rank = result.getRank();
  SmallVector<AffineExpr> where, what;
  for (int64_t i = 0; i < depth; ++i)
    where.push_back(getAffineDimExpr(axis + i, getContext()));
  for (int64_t i = 0; i < x.getRank(); ++i)
    what.push_back(i < axis    ? getAffineDimExpr(i, getContext())
                   : i == axis ? getAffineSymbolExpr(0, getContext())
                               : getAffineDimExpr(i - 1 + depth, getContext()));
  ReferenceForm form;
  form.extents = llvm::to_vector(result.getShape());
  form.parallel = rank;
  form.reads.push_back({1, AffineMap::get(rank, 0, where, getContext()), {}, {}, {}});
  form.reads.push_back({0, AffineMap::get(rank, 1, what, getContext()), {0}, {}, {}});
  form.body = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar>) {
    return Scalars{reads[1]};
  };
  return form;
}

// Rows that were taken several times get the sum of their cotangents.
LogicalResult TakeOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                               const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0], gradient;
  if (g && wanted.test(0))
    gradient = PutOp::create(b, PutKind::add, buildSplat(b, tensorType(getX()), 0), getIndices(), g,
                             getAxis());
  gradients.append({gradient, Value()});
  return success();
}
