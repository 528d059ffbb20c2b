// reduce and arg_reduce: the kept dimensions are the parallel loops, the reduced ones follow in
// row-major order.
//
//   reduce sum x dims [1]:  extents [x0, x2, x1], parallel 2, read x (d0, d2, d1)
#include "Core/Combine.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

// The result's encoding: a bounded dimension that is kept stays bounded.
static FailureOr<Attribute> keptEncoding(MaybeLocation location, RankedTensorType type,
                                         ArrayRef<int64_t> kept) {
  if (!type.getEncoding())
    return Attribute();
  auto bounded = dyn_cast<BoundedAttr>(type.getEncoding());
  if (!bounded)
    return emitOptionalError(location, "unknown encoding ", type.getEncoding());
  const auto *position = llvm::find(kept, bounded.getDimension());
  if (position == kept.end())
    return emitOptionalError(location, "not supported yet: a reduction over the bounded dimension ",
                             bounded.getDimension());
  return Attribute(BoundedAttr::get(type.getContext(), position - kept.begin()));
}

// The type that is left of `x` without `dimensions`.
static FailureOr<RankedTensorType> reducedType(MaybeLocation location, Value x,
                                               ArrayRef<int64_t> dimensions, Type element) {
  auto type = dyn_cast<RankedTensorType>(x.getType());
  if (!type || !type.hasStaticShape())
    return emitOptionalError(location, "needs static shapes, not ", x.getType());
  if (failed(verifyDimensions(location, dimensions, type.getRank())))
    return failure();
  SmallVector<int64_t> kept = otherDimensions(type.getRank(), dimensions), shape;
  for (int64_t dimension : kept)
    shape.push_back(type.getDimSize(dimension));
  FailureOr<Attribute> encoding = keptEncoding(location, type, kept);
  if (failed(encoding))
    return failure();
  return RankedTensorType::get(shape, element, *encoding);
}

// Loops over the kept dimensions of x, then over `dimensions` in row-major order.
static ReferenceForm reductionLoops(RankedTensorType type, ArrayRef<int64_t> dimensions) {
  ReferenceForm form;
  SmallVector<int64_t> order = otherDimensions(type.getRank(), dimensions), reduced(dimensions);
  form.parallel = order.size();
  llvm::sort(reduced);
  llvm::append_range(order, reduced);
  SmallVector<AffineExpr> index(type.getRank());
  for (auto [loop, dimension] : llvm::enumerate(order)) {
    form.extents.push_back(type.getDimSize(dimension));
    index[dimension] = getAffineDimExpr(loop, type.getContext());
  }
  Read read;
  read.map = AffineMap::get(order.size(), 0, index, type.getContext());
  form.reads.push_back(read);
  return form;
}

// ---------------------------------------------------------------- reduce

LogicalResult ReduceOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                         SmallVectorImpl<Type> &types) {
  Type element = getElementTypeOrSelf(adaptor.getX().getType());
  bool ofBool = adaptor.getKind() == ReduceKind::all || adaptor.getKind() == ReduceKind::any;
  if (ofBool != element.isInteger(1))
    return emitOptionalError(location, "cannot reduce ", element, " by ",
                             stringifyReduceKind(adaptor.getKind()));
  FailureOr<RankedTensorType> type =
      reducedType(location, adaptor.getX(), adaptor.getDims(), element);
  if (failed(type))
    return failure();
  types.push_back(*type);
  return success();
}

ReferenceForm ReduceOp::referenceForm() {
  RankedTensorType type = tensorType(getX());
  ReferenceForm form = reductionLoops(type, getDims());
  form.initial = {neutralValue(getKind(), type.getElementType())};
  form.combine = combineOf(getKind(), type.getElementType());
  return form;
}

// Of a product p = prod x_j, the derivative is p / x_i where no factor is 0; with one 0 it is the
// product of the others at that place and 0 elsewhere; with two it is 0.
static Value productCotangent(TensorExpr g, TensorExpr x, ArrayRef<int64_t> dims) {
  ArrayRef<int64_t> shape = x.type().getShape();
  TensorExpr isZero = compare(CompareKind::eq, x, x.number(0));
  TensorExpr factors = select(isZero, x.number(1), x);
  TensorExpr product = g.with(ReduceOp::create(g.builder, ReduceKind::prod, factors, dims));
  TensorExpr zeros = reduceSum(convert(isZero, x.type().getElementType()), dims);
  TensorExpr share = g * product, nothing = g.number(0);
  TensorExpr ofZero = select(compare(CompareKind::eq, zeros, zeros.number(1)), share, nothing);
  TensorExpr ofOthers = select(compare(CompareKind::eq, zeros, nothing), share, nothing);
  return select(isZero, broadcastOver(ofZero, shape, dims),
                broadcastOver(ofOthers, shape, dims) / factors);
}

// The extreme elements share the cotangent equally.
static Value extremumCotangent(TensorExpr g, TensorExpr x, TensorExpr result,
                               ArrayRef<int64_t> dims) {
  ArrayRef<int64_t> shape = x.type().getShape();
  TensorExpr isExtreme = compare(CompareKind::eq, x, broadcastOver(result, shape, dims));
  TensorExpr count = reduceSum(convert(isExtreme, x.type().getElementType()), dims);
  return select(isExtreme, broadcastOver(g / count, shape, dims), x.number(0));
}

LogicalResult ReduceOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                 const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  Value gradient;
  if (wanted.test(0) && cotangents[0]) {
    TensorExpr g{b, cotangents[0]}, x{b, getX()}, result{b, getResult()};
    switch (getKind()) {
    case ReduceKind::sum:
      gradient = broadcastOver(g, x.type().getShape(), getDims());
      break;
    case ReduceKind::prod:
      gradient = productCotangent(g, x, getDims());
      break;
    case ReduceKind::max:
    case ReduceKind::min:
      gradient = extremumCotangent(g, x, result, getDims());
      break;
    case ReduceKind::all:
    case ReduceKind::any:
      break;
    }
  }
  gradients.push_back(gradient);
  return success();
}

// The reduced dimensions keep their places in x; the kept ones trade theirs.
Value ReduceOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  int64_t rank = tensorType(getX()).getRank();
  SmallVector<int64_t> kept = otherDimensions(rank, getDims());
  SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  for (auto [position, source] : llvm::enumerate(permutation))
    order[kept[position]] = kept[source];
  return ReduceOp::create(b, getKind(), permuted(b, getX(), order), getDims());
}

// ---------------------------------------------------------------- arg_reduce

LogicalResult ArgReduceOp::inferReturnTypes(MLIRContext *context, MaybeLocation location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (adaptor.getKind() != ReduceKind::max && adaptor.getKind() != ReduceKind::min)
    return emitOptionalError(location, "has kind max or min, not ",
                             stringifyReduceKind(adaptor.getKind()));
  int64_t dimension = adaptor.getDim();
  FailureOr<RankedTensorType> type = reducedType(
      location, adaptor.getX(), dimension, IntegerType::get(context, 64, IntegerType::Signed));
  if (failed(type))
    return failure();
  if (cast<RankedTensorType>(adaptor.getX().getType()).getDimSize(dimension) == 0)
    return emitOptionalError(location, "dimension ", dimension, " has no element to choose");
  types.push_back(*type);
  return success();
}

ReferenceForm ArgReduceOp::referenceForm() {
  RankedTensorType type = tensorType(getX());
  Type element = type.getElementType(), index = IntegerType::get(getContext(), 64);
  ReferenceForm form = reductionLoops(type, static_cast<int64_t>(getDim()));
  form.usesIndices = true;
  form.body = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar> indices) {
    return Scalars{reads[0], indices.back()};
  };
  // Every index is preferred to the one that the accumulator starts with.
  int64_t unset = getLast() ? -1 : std::numeric_limits<int64_t>::max();
  form.initial = {neutralValue(getKind(), element), IntegerAttr::get(index, unset)};
  form.combine = combineWithPlace(getKind(), element, getLast());
  form.finish = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> accumulators) {
    return Scalars{accumulators[1]};
  };
  return form;
}
