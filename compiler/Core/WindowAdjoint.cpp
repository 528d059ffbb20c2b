// window_sum_adj and window_max_grad: what the windows over an element give back to it. Each
// element gathers from the windows that meet it, so that no two writes meet.
//
//   window_sum_adj g [N, T] dims [1] extents [8] window [3] strides [2] lo [1]:
//     extents [N, 8, 3], parallel 2;  read g (d0, (d1 + 1 - d2) floordiv 2)
//     where (d1 + 1 - d2) mod 2 == 0 and 0 <= d1 + 1 - d2 <= 2 (T - 1)
#include "Core/Combine.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

template <typename Op> static Windows windowsOf(Op op) {
  return {op.getWindow(), op.getStrides(), op.getLo(), op.getHi(), op.getDilation()};
}

// The operand's type, and the windows that the result of such extents has.
template <typename Adaptor>
static FailureOr<RankedTensorType> adjointType(MaybeLocation location, Adaptor adaptor) {
  if (failed(verifyStatic(location, {adaptor.getG()})))
    return failure();
  auto type = cast<RankedTensorType>(adaptor.getG().getType());
  Windows windows = windowsOf(adaptor);
  size_t count = adaptor.getDims().size();
  if (count == 0)
    return emitOptionalError(location, "needs a dimension over which the window slides");
  if (failed(verifyDimensions(location, adaptor.getDims(), type.getRank())) ||
      failed(windows.verify(location, count)) ||
      failed(verifyList(location, "extents", adaptor.getExtents(), count, 0)))
    return failure();
  SmallVector<int64_t> shape(type.getShape());
  for (auto [i, dimension] : llvm::enumerate(adaptor.getDims())) {
    int64_t extent = adaptor.getExtents()[i];
    FailureOr<int64_t> places = windows.resultExtent(location, i, extent);
    if (failed(places))
      return failure();
    if (*places != shape[dimension])
      return emitOptionalError(location, "windows over ", extent, " elements have ", *places,
                               " places, not ", shape[dimension]);
    shape[dimension] = extent;
  }
  return RankedTensorType::get(shape, type.getElementType());
}

// Loops over the result, then over the window; one read of g.
template <typename Op> static ReferenceForm adjointForm(Op op) {
  MLIRContext *context = op.getContext();
  ArrayRef<int64_t> shape = tensorType(op.getResult()).getShape();
  Windows windows = windowsOf(op);
  ReferenceForm form;
  form.parallel = shape.size();
  form.extents = llvm::to_vector(llvm::concat<const int64_t>(shape, op.getWindow()));
  SmallVector<AffineExpr> index, constraints;
  SmallVector<bool> isEquality;
  for (size_t dimension = 0; dimension < shape.size(); ++dimension)
    index.push_back(getAffineDimExpr(dimension, context));
  for (auto [i, dimension] : llvm::enumerate(op.getDims())) {
    int64_t stride = windows.strides[i], lo = windows.lo[i];
    int64_t last = (tensorType(op.getG()).getDimSize(dimension) - 1) * stride;
    AffineExpr k = getAffineDimExpr(form.parallel + i, context);
    AffineExpr place = index[dimension] + lo - k * windows.dilation[i];
    if (lo < (windows.window[i] - 1) * windows.dilation[i])
      constraints.push_back(place);
    if (shape[dimension] - 1 + lo > last)
      constraints.push_back(last - place);
    isEquality.resize(constraints.size(), false);
    if (stride > 1) {
      constraints.push_back(place % stride);
      isEquality.push_back(true);
    }
    index[dimension] = place.floorDiv(stride);
  }
  Read read;
  read.map = AffineMap::get(form.extents.size(), 0, index, context);
  if (!constraints.empty())
    read.guard = IntegerSet::get(form.extents.size(), 0, constraints, isEquality);
  form.reads.push_back(read);
  Type element = tensorType(op.getG()).getElementType();
  form.initial = {neutralValue(ReduceKind::sum, element)};
  form.combine = combineOf(ReduceKind::sum, element);
  return form;
}

// ---------------------------------------------------------------- window_sum_adj

LogicalResult WindowSumAdjOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                               Adaptor adaptor, SmallVectorImpl<Type> &types) {
  FailureOr<RankedTensorType> type = adjointType(location, adaptor);
  if (failed(type))
    return failure();
  types.push_back(*type);
  return success();
}

ReferenceForm WindowSumAdjOp::referenceForm() { return adjointForm(*this); }

LogicalResult WindowSumAdjOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                       const llvm::BitVector &wanted,
                                       SmallVectorImpl<Value> &gradients) {
  Value x = cotangents[0], gradient;
  if (x && wanted.test(0))
    gradient = WindowSumOp::create(b, x, getDims(), getWindow(), getStrides(), getLo(), getHi(),
                                   getDilation());
  gradients.push_back(gradient);
  return success();
}

LogicalResult WindowSumOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0], gradient;
  if (g && wanted.test(0))
    gradient = WindowSumAdjOp::create(b, g, getDims(), slidingExtents(getX(), getDims()),
                                      getWindow(), getStrides(), getLo(), getHi(), getDilation());
  gradients.push_back(gradient);
  return success();
}

// ---------------------------------------------------------------- window_max_grad

LogicalResult WindowMaxGradOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                                Adaptor adaptor, SmallVectorImpl<Type> &types) {
  FailureOr<RankedTensorType> type = adjointType(location, adaptor);
  if (failed(type) || failed(verifyStatic(location, {adaptor.getPlace()})))
    return failure();
  auto g = cast<RankedTensorType>(adaptor.getG().getType());
  auto place = cast<RankedTensorType>(adaptor.getPlace().getType());
  if (place.getShape() != g.getShape())
    return emitOptionalError(location, "needs a place for each element of ", g, ", not ", place);
  types.push_back(*type);
  return success();
}

ReferenceForm WindowMaxGradOp::referenceForm() {
  ReferenceForm form = adjointForm(*this);
  // A place of -1 is no window's: what the guard leaves out adds nothing.
  Read place = form.reads[0];
  place.operand = 1;
  place.outside = IntegerAttr::get(tensorType(getPlace()).getElementType(), -1);
  form.reads.push_back(place);
  form.usesIndices = true;
  form.body = [op = *this](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads,
                           ArrayRef<Scalar> indices) mutable {
    Scalar own;
    for (auto [i, window] : llvm::enumerate(op.getWindow())) {
      Scalar k = indices[indices.size() - op.getWindow().size() + i];
      own = i == 0 ? k : own * own.integer(window) + k;
    }
    own = convert(own, tensorType(op.getPlace()).getElementType());
    return Scalars{select(compare(CompareKind::eq, reads[1], own), reads[0], reads[0].number(0))};
  };
  return form;
}

// The element of x at each window's place, by its row-major position.
LogicalResult WindowMaxGradOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                        const llvm::BitVector &wanted,
                                        SmallVectorImpl<Value> &gradients) {
  Value gradient;
  if (cotangents[0] && wanted.test(0)) {
    TensorExpr x{b, cotangents[0]};
    ArrayRef<int64_t> shape = x.type().getShape();
    TensorExpr position = rowMajorPosition(
        windowMaxIndices(b, getPlace(), shape, getDims(), windowsOf(*this)), shape);
    int64_t size = x.type().getNumElements();
    Value flat = ReshapeOp::create(b, RankedTensorType::get(size, x.type().getElementType()), x);
    gradient = TakeOp::create(b, flat, position, 0);
  }
  gradients.append({gradient, Value()});
  return success();
}

LogicalResult WindowMaxOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  Value g = cotangents[0], gradient;
  if (g && wanted.test(0))
    gradient =
        WindowMaxGradOp::create(b, g, getPlace(), getDims(), slidingExtents(getX(), getDims()),
                                getWindow(), getStrides(), getLo(), getHi(), getDilation());
  gradients.push_back(gradient);
  return success();
}

// ---------------------------------------------------------------- places

SmallVector<int64_t> dlc::slidingExtents(Value x, ArrayRef<int64_t> dims) {
  SmallVector<int64_t> extents;
  for (int64_t dimension : dims)
    extents.push_back(tensorType(x).getDimSize(dimension));
  return extents;
}

std::vector<TensorExpr> dlc::windowMaxIndices(ImplicitLocOpBuilder &b, Value place,
                                              ArrayRef<int64_t> shape, ArrayRef<int64_t> dims,
                                              const Windows &windows) {
  Type element = IntegerType::get(b.getContext(), 64, IntegerType::Signed);
  TensorExpr rest = convert(TensorExpr{b, place}, element);
  std::vector<TensorExpr> index;
  for (size_t d = 0; d < shape.size(); ++d)
    index.push_back(rest.with(IotaOp::create(b, rest.type(), d)));
  for (size_t i = windows.rank(); i-- > 0;) {
    TensorExpr window = rest.number(windows.window[i]), next = rest / window;
    TensorExpr k = rest - next * window, t = index[dims[i]];
    TensorExpr at = t * rest.number(windows.strides[i]) + k * rest.number(windows.dilation[i]) -
                    rest.number(windows.lo[i]);
    // A window outside of the operand has no place: its index is any.
    TensorExpr last = rest.number(std::max<int64_t>(shape[dims[i]] - 1, 0));
    at.value = MinOp::create(b, MaxOp::create(b, at, rest.number(0)), last);
    index[dims[i]].value = at;
    rest.value = next;
  }
  return index;
}

TensorExpr dlc::rowMajorPosition(ArrayRef<TensorExpr> index, ArrayRef<int64_t> shape) {
  TensorExpr position = index[0];
  for (size_t d = 1; d < shape.size(); ++d)
    position.value = position * position.number(shape[d]) + index[d];
  return position;
}
