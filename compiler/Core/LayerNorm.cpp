// layer_norm over `dims`, with m the mean and n the number of elements that are normalised:
//
//   c = x - m (rms: x),  r = 1 / sqrt(sum(c^2)/n + epsilon),  h = c r,  y = h scale + shift
//   q = g scale:  dx = r (q - sum(q)/n - h sum(q h)/n)  (rms: without the second term)
//   dscale = sum(g h),  dshift = sum(g), over the other dimensions
#include "Core/Composite.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult LayerNormOp::verify() {
  ArrayRef<int64_t> shape = tensorType(getX()).getShape(), dims = getDims();
  if (failed(verifyDimensions(getLoc(), dims, shape.size())))
    return failure();
  if (!llvm::is_sorted(dims))
    return emitOpError("needs dims in rising order, not [") << dims << "]";
  if (!(getEpsilon().convertToDouble() >= 0))
    return emitOpError("needs an epsilon of 0 or more, not ") << getEpsilon().convertToDouble();
  SmallVector<int64_t> expected;
  for (int64_t dimension : dims)
    expected.push_back(shape[dimension]);
  auto type = RankedTensorType::get(expected, tensorType(getX()).getElementType());
  for (Value parameter : {getScale(), getShift()})
    if (parameter && parameter.getType() != type)
      return emitOpError("needs scale and shift of type ")
             << type << ", not " << parameter.getType();
  return success();
}

namespace {
// The normalised tensor h and the factor r, broadcast.
struct Normalised {
  TensorExpr h, r;
};
} // namespace

static TensorExpr meanOver(TensorExpr x, ArrayRef<int64_t> dims) {
  ArrayRef<int64_t> shape = x.type().getShape();
  TensorExpr sum = reduceSum(x, dims);
  return broadcastOver(sum * sum.number(1 / countOf(shape, dims)), shape, dims);
}

static Normalised normalise(TensorExpr x, ArrayRef<int64_t> dims, double epsilon, bool rms) {
  ArrayRef<int64_t> shape = x.type().getShape();
  TensorExpr centred = rms ? x : x - meanOver(x, dims);
  TensorExpr sum = reduceSum(centred * centred, dims);
  TensorExpr variance = sum * sum.number(1 / countOf(shape, dims));
  TensorExpr r = broadcastOver(rsqrt(variance + variance.number(epsilon)), shape, dims);
  return {centred * r, r};
}

SmallVector<Value> LayerNormOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = widened({b, getX()});
  ArrayRef<int64_t> shape = x.type().getShape();
  auto spread = [&](Value parameter) {
    return broadcast(widened({b, parameter}), shape, getDims());
  };
  Value y = normalise(x, getDims(), getEpsilon().convertToDouble(), getRms()).h;
  if (getScale())
    y = x.with(y) * spread(getScale());
  if (getShift())
    y = x.with(y) + spread(getShift());
  return {narrowed(x.with(y), getX())};
}

LogicalResult LayerNormOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  size_t first = gradients.size();
  gradients.resize(first + getNumOperands());
  if (!cotangents[0])
    return success();
  TensorExpr g = widened({b, cotangents[0]}), x = widened({b, getX()});
  ArrayRef<int64_t> shape = x.type().getShape(), dims = getDims();
  auto [h, r] = normalise(x, dims, getEpsilon().convertToDouble(), getRms());
  if (wanted.test(0)) {
    TensorExpr q = getScale() ? g * broadcast(widened({b, getScale()}), shape, dims) : g;
    TensorExpr away = h * meanOver(q * h, dims);
    gradients[first] = narrowed(r * (getRms() ? q - away : q - meanOver(q, dims) - away), getX());
  }
  SmallVector<int64_t> others = otherDimensions(shape.size(), dims);
  unsigned operand = 1;
  if (getScale()) {
    if (wanted.test(operand))
      gradients[first + operand] = narrowed(reduceSum(g * h, others), getScale());
    ++operand;
  }
  if (getShift() && wanted.test(operand))
    gradients[first + operand] = narrowed(reduceSum(g, others), getShift());
  return success();
}
