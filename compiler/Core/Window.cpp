// Sliding windows over some dimensions of one operand: loops over the result's dimensions, then
// over the window in row-major order of `dims`.
//
//   window_max x dims [2] window [3] strides [2] lo [1]:
//     extents [N, C, T, 3], parallel 3;  read x (d0, d1, 2 d2 + d3 - 1) where that is >= 0
#include "Core/Combine.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

template <typename Op> static Windows windowsOf(Op op) {
  return {op.getWindow(), op.getStrides(), op.getLo(), op.getHi(), op.getDilation()};
}

template <typename Adaptor>
static FailureOr<RankedTensorType> windowType(MaybeLocation location, Adaptor adaptor) {
  if (failed(verifyStatic(location, {adaptor.getX()})))
    return failure();
  auto type = cast<RankedTensorType>(adaptor.getX().getType());
  Windows windows = windowsOf(adaptor);
  if (adaptor.getDims().empty())
    return emitOptionalError(location, "needs a dimension over which the window slides");
  if (failed(verifyDimensions(location, adaptor.getDims(), type.getRank())) ||
      failed(windows.verify(location, adaptor.getDims().size())))
    return failure();
  SmallVector<int64_t> shape(type.getShape());
  for (auto [i, dimension] : llvm::enumerate(adaptor.getDims())) {
    FailureOr<int64_t> extent = windows.resultExtent(location, i, type.getDimSize(dimension));
    if (failed(extent))
      return failure();
    shape[dimension] = *extent;
  }
  return RankedTensorType::get(shape, type.getElementType());
}

// Loops and the one read; `outside` is what the window sees beyond the operand.
template <typename Op> static ReferenceForm windowForm(Op op, TypedAttr outside) {
  MLIRContext *context = op.getContext();
  RankedTensorType type = tensorType(op.getX());
  ArrayRef<int64_t> shape = tensorType(op->getResult(0)).getShape();
  Windows windows = windowsOf(op);
  ReferenceForm form;
  form.parallel = shape.size();
  form.extents = llvm::to_vector(llvm::concat<const int64_t>(shape, op.getWindow()));
  SmallVector<AffineExpr> index, constraints;
  for (size_t dimension = 0; dimension < shape.size(); ++dimension)
    index.push_back(getAffineDimExpr(dimension, context));
  for (auto [i, dimension] : llvm::enumerate(op.getDims())) {
    AffineExpr t = index[dimension], k = getAffineDimExpr(form.parallel + i, context);
    windows.appendGuards(i, t, k, type.getDimSize(dimension), shape[dimension], constraints);
    index[dimension] = windows.operandIndex(i, t, k);
  }
  Read read;
  read.map = AffineMap::get(form.extents.size(), 0, index, context);
  read.guard = guardOf(form.extents.size(), constraints, context);
  read.outside = outside;
  form.reads.push_back(read);
  return form;
}

// The dimensions over which the windows slide, when the operand is permuted.
static SmallVector<int64_t> permutedDimensions(ArrayRef<int64_t> dims,
                                               ArrayRef<int64_t> permutation) {
  SmallVector<int64_t> result;
  for (int64_t dimension : dims)
    result.push_back(llvm::find(permutation, dimension) - permutation.begin());
  return result;
}

// ---------------------------------------------------------------- window_sum

LogicalResult WindowSumOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                            SmallVectorImpl<Type> &types) {
  FailureOr<RankedTensorType> type = windowType(location, adaptor);
  if (failed(type))
    return failure();
  types.push_back(*type);
  return success();
}

ReferenceForm WindowSumOp::referenceForm() {
  Type element = tensorType(getX()).getElementType();
  ReferenceForm form = windowForm(*this, /*outside=*/{});
  form.initial = {neutralValue(ReduceKind::sum, element)};
  form.combine = combineOf(ReduceKind::sum, element);
  return form;
}

Value WindowSumOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  return WindowSumOp::create(b, permuted(b, getX(), permutation),
                             permutedDimensions(getDims(), permutation), getWindow(), getStrides(),
                             getLo(), getHi(), getDilation());
}

// ---------------------------------------------------------------- window_max

LogicalResult WindowMaxOp::inferReturnTypes(MLIRContext *context, MaybeLocation location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  FailureOr<RankedTensorType> type = windowType(location, adaptor);
  if (failed(type))
    return failure();
  int64_t places = 1;
  for (int64_t window : adaptor.getWindow())
    if (llvm::MulOverflow(places, window, places) || places > std::numeric_limits<int32_t>::max())
      return emitOptionalError(location, "too large: a window of more than 2^31 - 1 elements");
  types.push_back(*type);
  types.push_back(
      RankedTensorType::get(type->getShape(), IntegerType::get(context, 32, IntegerType::Signed)));
  return success();
}

// What a padded window sees outside the operand is as small as the smallest element; the place
// past all others keeps it from being chosen among equals.
static constexpr int64_t nowhere = std::numeric_limits<int32_t>::max();

// Whether the window's element lies in the operand, in the dimensions where it can leave it; a null
// value where it never does.
static Scalar isInside(const Windows &windows, ArrayRef<int64_t> dims, ArrayRef<int64_t> operand,
                       ArrayRef<int64_t> result, ArrayRef<Scalar> indices) {
  Scalar inside;
  auto require = [&](Scalar condition) { inside = inside.value ? inside & condition : condition; };
  for (auto [i, dimension] : llvm::enumerate(dims)) {
    Scalar t = indices[dimension], k = indices[result.size() + i];
    Scalar index = t * t.integer(windows.strides[i]) + k * k.integer(windows.dilation[i]) -
                   k.integer(windows.lo[i]);
    int64_t highest = (result[dimension] - 1) * windows.strides[i] +
                      (windows.window[i] - 1) * windows.dilation[i] - windows.lo[i];
    if (windows.lo[i] > 0)
      require(compare(CompareKind::ge, index, index.integer(0)));
    if (highest >= operand[dimension])
      require(compare(CompareKind::lt, index, index.integer(operand[dimension])));
  }
  return inside;
}

ReferenceForm WindowMaxOp::referenceForm() {
  Type element = tensorType(getX()).getElementType();
  auto placeType = IntegerType::get(getContext(), 32, IntegerType::Signed);
  ReferenceForm form = windowForm(*this, lowestAttribute(element));
  form.usesIndices = true;
  form.body = [op = *this, placeType](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads,
                                      ArrayRef<Scalar> indices) mutable {
    ArrayRef<int64_t> operand = tensorType(op.getX()).getShape();
    ArrayRef<int64_t> result = tensorType(op.getResult()).getShape();
    Scalar place = reads[0].with({});
    for (auto [i, window] : llvm::enumerate(op.getWindow())) {
      Scalar k = indices[result.size() + i];
      place = i == 0 ? k : place * place.integer(window) + k;
    }
    place = convert(place, placeType);
    Scalar inside = isInside(windowsOf(op), op.getDims(), operand, result, indices);
    return Scalars{reads[0], inside.value ? select(inside, place, place.integer(nowhere)) : place};
  };
  form.initial = {neutralValue(ReduceKind::max, element),
                  IntegerAttr::get(IntegerType::get(getContext(), 32), nowhere)};
  form.combine = combineWithPlace(ReduceKind::max, element, /*last=*/false);
  return form;
}

// Only the maximum is returned, so that a place that is used keeps the op as it is.
Value WindowMaxOp::buildPermuted(ImplicitLocOpBuilder &b, ArrayRef<int64_t> permutation) {
  if (!getPlace().use_empty())
    return {};
  return WindowMaxOp::create(b, permuted(b, getX(), permutation),
                             permutedDimensions(getDims(), permutation), getWindow(), getStrides(),
                             getLo(), getHi(), getDilation())
      .getResult();
}
