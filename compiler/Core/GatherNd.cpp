// gather_nd: slices chosen by rows of indices.
//
//   gather_nd x [B, M, N, C], i [B, T, 2] batch 1:  extents [B, T, C]
//     reads i (d0, d1, 0), i (d0, d1, 1), x (d0, s0, s1, d2)
#include "Core/GatherNd.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

FailureOr<RankedTensorType> dlc::gatherNdType(MaybeLocation location, Value operand, Value rows,
                                              int64_t batch) {
  if (failed(verifyStatic(location, {operand, rows})))
    return failure();
  auto x = cast<RankedTensorType>(operand.getType());
  auto indices = cast<RankedTensorType>(rows.getType());
  int64_t outer = indices.getRank() - 1;
  if (outer < 0 || batch < 0 || batch > outer)
    return emitOptionalError(location, "cannot number rows of ", indices, " after ", batch,
                             " shared dimensions");
  int64_t depth = indices.getShape().back();
  if (depth < 1 || depth > x.getRank() - batch)
    return emitOptionalError(location, "cannot index ", x, " by rows of ", depth, " after ", batch,
                             " shared dimensions");
  for (int64_t i = 0; i < batch; ++i)
    if (x.getDimSize(i) != indices.getDimSize(i))
      return emitOptionalError(location, "shared dimension ", i, " differs: ", x, " and ", indices);
  SmallVector<int64_t> shape(indices.getShape().drop_back());
  llvm::append_range(shape, x.getShape().drop_front(batch + depth));
  return RankedTensorType::get(shape, x.getElementType());
}

LogicalResult GatherNdOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                           SmallVectorImpl<Type> &types) {
  FailureOr<RankedTensorType> type =
      gatherNdType(location, adaptor.getX(), adaptor.getIndices(), adaptor.getBatch());
  if (failed(type))
    return failure();
  types.push_back(*type);
  return success();
}

ReferenceForm GatherNdOp::referenceForm() {
  MLIRContext *context = getContext();
  auto type = tensorType(getResult()), indices = tensorType(getIndices());
  int64_t rank = type.getRank(), outer = indices.getRank() - 1;
  int64_t depth = indices.getShape().back(), batch = getBatch();
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = rank;
  SmallVector<AffineExpr> row, place;
  for (int64_t i = 0; i < outer; ++i)
    row.push_back(getAffineDimExpr(i, context));
  for (int64_t i = 0; i < batch; ++i)
    place.push_back(getAffineDimExpr(i, context));
  Read element;
  for (int64_t i = 0; i < depth; ++i) {
    SmallVector<AffineExpr> at(row);
    at.push_back(getAffineConstantExpr(i, context));
    element.symbols.push_back(i);
    form.reads.push_back({1, AffineMap::get(rank, 0, at, context), {}, {}, {}});
    place.push_back(getAffineSymbolExpr(i, context));
  }
  for (int64_t i = outer; i < rank; ++i)
    place.push_back(getAffineDimExpr(i, context));
  element.operand = 0;
  element.map = AffineMap::get(rank, depth, place, context);
  form.reads.push_back(element);
  form.body = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar>) {
    return Scalars{reads.back()};
  };
  return form;
}

LogicalResult GatherNdOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                   const llvm::BitVector &wanted,
                                   SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0], gradient;
  if (g && wanted.test(0))
    gradient = ScatterNdOp::create(b, PutKind::add, buildSplat(b, tensorType(getX()), 0),
                                   getIndices(), g, getBatch());
  gradients.append({gradient, Value()});
  return success();
}
