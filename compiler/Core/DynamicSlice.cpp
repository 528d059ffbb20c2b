// dynamic_slice and dynamic_update_slice: a block whose place comes from data. Each is the other's
// adjoint.
//
//   dynamic_slice x [M, N], starts [1] dims [0] sizes [3]:   extents [3, N]
//     reads starts (0), x (s0 + d0, d1)
#include "Core/ScatterVjp.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

// Whether `starts` has a number for each of `dims`, dimensions of x; else an error.
static LogicalResult verifyStarts(MaybeLocation location, RankedTensorType x, Value starts,
                                  ArrayRef<int64_t> dims) {
  auto type = cast<RankedTensorType>(starts.getType());
  if (type.getRank() != 1 || type.getDimSize(0) != static_cast<int64_t>(dims.size()))
    return emitOptionalError(location, "needs a list of ", dims.size(), " starts, not ", type);
  if (dims.empty())
    return emitOptionalError(location, "needs a dimension in which it moves");
  return verifyDimensions(location, dims, x.getRank());
}

static LogicalResult verifySize(MaybeLocation location, RankedTensorType x, int64_t dimension,
                                int64_t size) {
  if (size < 0 || size > x.getDimSize(dimension))
    return emitOptionalError(location, "cannot place ", size, " elements in dimension ", dimension,
                             " of ", x);
  return success();
}

// ---------------------------------------------------------------- dynamic_slice

LogicalResult DynamicSliceOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                               Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getX(), adaptor.getStarts()})))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  if (failed(verifyStarts(location, x, adaptor.getStarts(), adaptor.getDims())) ||
      failed(verifyList(location, "sizes", adaptor.getSizes(), adaptor.getDims().size(), 0)))
    return failure();
  SmallVector<int64_t> shape(x.getShape());
  for (auto [dimension, size] : llvm::zip_equal(adaptor.getDims(), adaptor.getSizes())) {
    if (failed(verifySize(location, x, dimension, size)))
      return failure();
    shape[dimension] = size;
  }
  types.push_back(RankedTensorType::get(shape, x.getElementType()));
  return success();
}

ReferenceForm DynamicSliceOp::referenceForm() {
  MLIRContext *context = getContext();
  auto type = tensorType(getResult());
  unsigned rank = type.getRank();
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = rank;
  SmallVector<AffineExpr> place;
  for (unsigned i = 0; i < rank; ++i)
    place.push_back(getAffineDimExpr(i, context));
  Read element;
  for (auto [i, dimension] : llvm::enumerate(getDims())) {
    AffineExpr at = getAffineConstantExpr(i, context);
    form.reads.push_back({1, AffineMap::get(rank, 0, at, context), {}, {}, {}});
    element.symbols.push_back(i);
    place[dimension] = place[dimension] + getAffineSymbolExpr(i, context);
  }
  element.operand = 0;
  element.map = AffineMap::get(rank, getDims().size(), place, context);
  form.reads.push_back(element);
  form.body = [](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar>) {
    return Scalars{reads.back()};
  };
  return form;
}

LogicalResult DynamicSliceOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                       const llvm::BitVector &wanted,
                                       SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0], gradient;
  if (g && wanted.test(0))
    gradient = DynamicUpdateSliceOp::create(b, buildSplat(b, tensorType(getX()), 0), getStarts(), g,
                                            getDims());
  gradients.append({gradient, Value()});
  return success();
}

// ---------------------------------------------------------------- dynamic_update_slice

LogicalResult DynamicUpdateSliceOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                                     Adaptor adaptor,
                                                     SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getX(), adaptor.getStarts(), adaptor.getUpdates()})))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto updates = cast<RankedTensorType>(adaptor.getUpdates().getType());
  if (failed(verifyStarts(location, x, adaptor.getStarts(), adaptor.getDims())))
    return failure();
  SmallVector<int64_t> shape(x.getShape());
  for (int64_t dimension : adaptor.getDims())
    if (dimension < updates.getRank()) {
      shape[dimension] = updates.getDimSize(dimension);
      if (failed(verifySize(location, x, dimension, shape[dimension])))
        return failure();
    }
  if (failed(verifyUpdates(location, PutKind::set, x, shape, adaptor.getUpdates())))
    return failure();
  types.push_back(x);
  return success();
}

ScatterForm DynamicUpdateSliceOp::scatterForm() {
  ScatterForm form;
  form.extents = llvm::to_vector(tensorType(getUpdates()).getShape());
  for (unsigned i = 0; i < form.extents.size(); ++i)
    form.target.push_back({int(i), -1});
  for (auto [i, dimension] : llvm::enumerate(getDims()))
    form.target[dimension].symbol = i;
  return form;
}

FailureOr<SmallVector<Literal>> DynamicUpdateSliceOp::interpret(ArrayRef<Literal> operands) {
  return interpretScatter(*this, scatterForm(), operands);
}

LogicalResult DynamicUpdateSliceOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                             const llvm::BitVector &wanted,
                                             SmallVectorImpl<Value> &gradients) {
  SmallVector<int64_t> sizes;
  for (int64_t dimension : getDims())
    sizes.push_back(tensorType(getUpdates()).getDimSize(dimension));
  auto gather = [&](Value x) -> Value {
    return DynamicSliceOp::create(b, x, getStarts(), getDims(), sizes);
  };
  auto put = [&](PutKind, Value x, Value u) -> Value {
    return DynamicUpdateSliceOp::create(b, x, getStarts(), u, getDims());
  };
  return appendScatterVjp({b, PutKind::set, getX(), getUpdates(), getResult(), gather, put},
                          cotangents[0], wanted, gradients);
}
