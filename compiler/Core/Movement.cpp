// Broadcast, reshape, transpose and reverse: one affine map each.
#include "Core/Movement.h"

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- broadcast
LogicalResult BroadcastOp::verify() {
  auto from = tensorType(getX()), to = tensorType(getResult());
  if (from.getElementType() != to.getElementType())
    return emitOpError("expected element type ")
           << from.getElementType() << ", got " << to.getElementType();
  if (static_cast<int64_t>(getDims().size()) != from.getRank())
    return emitOpError("expected a dimension of the result for each of ")
           << from.getRank() << " dimensions, got " << getDims().size();
  int64_t last = -1;
  for (auto [i, dim] : llvm::enumerate(getDims())) {
    if (dim <= last || dim >= to.getRank())
      return emitOpError("expected increasing dimensions below ")
             << to.getRank() << ", got " << dim;
    last = dim;
    int64_t extent = from.getDimSize(i);
    if (extent != 1 && extent != to.getDimSize(dim))
      return emitOpError("cannot broadcast ") << extent << " to " << to.getDimSize(dim);
  }
  return success();
}

ReferenceForm BroadcastOp::referenceForm() {
  Builder b(getContext());
  auto from = tensorType(getX());
  SmallVector<AffineExpr> index;
  for (auto [i, dim] : llvm::enumerate(getDims()))
    index.push_back(from.getDimSize(i) == 1 ? b.getAffineConstantExpr(0) : b.getAffineDimExpr(dim));
  return movementForm(*this,
                      AffineMap::get(tensorType(getResult()).getRank(), 0, index, getContext()));
}

OpFoldResult BroadcastOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  return foldSplat(adaptor.getX(), getType());
}

LogicalResult BroadcastOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  // Sum over what is new, then over what was 1, and give the latter its dimension of 1 back.
  auto from = tensorType(getX()), to = tensorType(getResult());
  SmallVector<int64_t> summed;
  for (int64_t dim = 0; dim < to.getRank(); ++dim) {
    auto place = llvm::find(getDims(), dim);
    if (place == getDims().end() ||
        (from.getDimSize(place - getDims().begin()) == 1 && to.getDimSize(dim) != 1))
      summed.push_back(dim);
  }
  Value sum = cotangents[0];
  if (!summed.empty())
    sum = reduceSum(TensorExpr{b, sum}, summed);
  if (sum.getType() != from)
    sum = ReshapeOp::create(b, from, sum);
  return appendWanted(wanted, gradients, {sum});
}

Value BroadcastOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  // Result dimension r is old dimension permutation[r]; the operand's dimensions follow in that
  // order.
  auto to = tensorType(getResult());
  SmallVector<int64_t> operandOrder, dims, shape;
  for (auto [r, old] : llvm::enumerate(permutation)) {
    shape.push_back(to.getDimSize(old));
    auto place = llvm::find(getDims(), old);
    if (place == getDims().end())
      continue;
    operandOrder.push_back(place - getDims().begin());
    dims.push_back(r);
  }
  Value x = permuted(b, getX(), operandOrder);
  return BroadcastOp::create(b, RankedTensorType::get(shape, to.getElementType()), x, dims);
}

// ---------------------------------------------------------------- reshape
LogicalResult ReshapeOp::verify() {
  auto from = tensorType(getX()), to = tensorType(getResult());
  if (from.getElementType() != to.getElementType())
    return emitOpError("expected element type ")
           << from.getElementType() << ", got " << to.getElementType();
  if (from.getNumElements() != to.getNumElements())
    return emitOpError("cannot reshape ")
           << from.getNumElements() << " elements to " << to.getNumElements();
  return success();
}

ReferenceForm ReshapeOp::referenceForm() {
  auto from = tensorType(getX()), to = tensorType(getResult());
  return movementForm(*this, reshapeMap(to.getShape(), from.getShape(), getContext()));
}

OpFoldResult ReshapeOp::fold(FoldAdaptor adaptor) {
  if (getX().getType() == getType())
    return getX();
  if (auto inner = getX().getDefiningOp<ReshapeOp>()) {
    getXMutable().assign(inner.getX());
    return getResult();
  }
  if (auto constant = dyn_cast_or_null<DenseElementsAttr>(adaptor.getX()))
    return constant.reshape(getType());
  return {};
}

LogicalResult ReshapeOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                  const llvm::BitVector &wanted,
                                  SmallVectorImpl<Value> &gradients) {
  return appendWanted(wanted, gradients, {ReshapeOp::create(b, getX().getType(), cotangents[0])});
}

// ---------------------------------------------------------------- transpose
LogicalResult TransposeOp::inferReturnTypes(MLIRContext *, std::optional<Location> location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto from = cast<RankedTensorType>(adaptor.getX().getType());
  SmallVector<int64_t> shape, seen(from.getRank(), 0);
  if (static_cast<int64_t>(adaptor.getPerm().size()) != from.getRank())
    return emitOptionalError(location, "expected a permutation of ", from.getRank(),
                             " dimensions, got ", adaptor.getPerm().size());
  for (int64_t dim : adaptor.getPerm()) {
    if (dim < 0 || dim >= from.getRank() || seen[dim]++)
      return emitOptionalError(location, "expected each dimension of ", from, " once, got ", dim);
    shape.push_back(from.getDimSize(dim));
  }
  types.push_back(RankedTensorType::get(shape, from.getElementType()));
  return success();
}

ReferenceForm TransposeOp::referenceForm() {
  // result[d0, d1, ...] = x[...] with d_i at place perm[i].
  SmallVector<AffineExpr> index(getPerm().size());
  for (auto [i, dim] : llvm::enumerate(getPerm()))
    index[dim] = getAffineDimExpr(i, getContext());
  return movementForm(*this, AffineMap::get(index.size(), 0, index, getContext()));
}

OpFoldResult TransposeOp::fold(FoldAdaptor adaptor) {
  if (llvm::equal(getPerm(), llvm::seq<int64_t>(0, getPerm().size())))
    return getX();
  if (auto inner = getX().getDefiningOp<TransposeOp>()) {
    SmallVector<int64_t> both;
    for (int64_t dim : getPerm())
      both.push_back(inner.getPerm()[dim]);
    setPerm(both);
    getXMutable().assign(inner.getX());
    return getResult();
  }
  return foldSplat(adaptor.getX(), getType());
}

LogicalResult TransposeOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  return appendWanted(wanted, gradients,
                      {permuted(b, cotangents[0], invertPermutationVector(getPerm()))});
}

Value TransposeOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> both;
  for (int64_t dim : permutation)
    both.push_back(getPerm()[dim]);
  return permuted(b, getX(), both);
}

// ---------------------------------------------------------------- reverse
LogicalResult ReverseOp::verify() {
  int64_t rank = tensorType(getX()).getRank();
  SmallVector<int64_t> seen(rank, 0);
  for (int64_t dim : getDims())
    if (dim < 0 || dim >= rank || seen[dim]++)
      return emitOpError("expected distinct dimensions below ") << rank << ", got " << dim;
  return success();
}

ReferenceForm ReverseOp::referenceForm() {
  auto type = tensorType(getX());
  SmallVector<AffineExpr> index;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    AffineExpr d = getAffineDimExpr(dim, getContext());
    index.push_back(llvm::is_contained(getDims(), dim) ? type.getDimSize(dim) - 1 - d : d);
  }
  return movementForm(*this, AffineMap::get(type.getRank(), 0, index, getContext()));
}

LogicalResult ReverseOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                  const llvm::BitVector &wanted,
                                  SmallVectorImpl<Value> &gradients) {
  return appendWanted(wanted, gradients, {ReverseOp::create(b, cotangents[0], getDims())});
}

Value ReverseOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> dims;
  for (auto [r, old] : llvm::enumerate(permutation))
    if (llvm::is_contained(getDims(), old))
      dims.push_back(r);
  return ReverseOp::create(b, permuted(b, getX(), permutation), dims);
}
