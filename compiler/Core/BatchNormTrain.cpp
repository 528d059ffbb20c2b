// batch_norm_train, with m, v the mean and variance of the batch and n its number of elements a
// channel:
//
//   c = x - m,  r = 1 / sqrt(v + epsilon),  h = c r,  y = h scale + shift
//   new mean = a mean + (1 - a) m,  new variance = a variance + (1 - a) k v     k = 1 or n / (n -
//   1)
//
//   q = g scale:  dx = r (q - sum(q)/n - h sum(q h)/n) + (1 - a)/n gm + 2 (1 - a) k/n c gv
//   dscale = sum(g h),  dshift = sum(g),  dmean = a gm,  dvariance = a gv
#include "Core/Composite.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult BatchNormTrainOp::verify() {
  auto type = tensorType(getX());
  int64_t dim = getDim();
  if (failed(verifyDimensions(getLoc(), dim, type.getRank())))
    return failure();
  for (Value parameter : {getScale(), getShift(), getMean(), getVariance()})
    if (tensorType(parameter).getShape() != ArrayRef(type.getDimSize(dim)))
      return emitOpError("needs ")
             << type.getDimSize(dim) << " elements a parameter, one for each "
             << "index of dimension " << dim << ", not " << parameter.getType();
  double epsilon = getEpsilon().convertToDouble(), momentum = getMomentum().convertToDouble();
  if (!(epsilon >= 0))
    return emitOpError("needs an epsilon of 0 or more, not ") << epsilon;
  if (!(momentum >= 0 && momentum <= 1))
    return emitOpError("needs a momentum in [0, 1], not ") << momentum;
  return success();
}

namespace {
// The batch, centred and normalised.
struct Batch {
  TensorExpr x;
  SmallVector<int64_t> dims;
  double count;
  TensorExpr mean, variance; // a channel
  TensorExpr centred, r;     // of the shape of x

  static Batch of(TensorExpr x, int64_t dim, double epsilon) {
    ArrayRef<int64_t> shape = x.type().getShape();
    SmallVector<int64_t> dims = otherDimensions(shape.size(), dim);
    double count = countOf(shape, dims);
    auto average = [&](TensorExpr v) {
      TensorExpr sum = reduceSum(v, dims);
      return sum * sum.number(1 / count);
    };
    TensorExpr mean = average(x), centred = x - broadcastOver(mean, shape, dims);
    TensorExpr variance = average(centred * centred);
    TensorExpr r = rsqrt(variance + variance.number(epsilon));
    return {x, dims, count, mean, variance, centred, broadcastOver(r, shape, dims)};
  }
  TensorExpr spread(TensorExpr v) const { return broadcastOver(v, x.type().getShape(), dims); }
  TensorExpr spread(Value v) const { // in the type of x
    return spread(convert(x.with(v), x.type().getElementType()));
  }
  TensorExpr average(TensorExpr v) const {
    TensorExpr sum = reduceSum(v, dims);
    return spread(sum * sum.number(1 / count));
  }
  // The factor of the variance that a running variance moves to.
  double correction(bool unbiased) const { return unbiased && count > 1 ? count / (count - 1) : 1; }
};
} // namespace

// a old + (1 - a) of the batch, in the wider of the two types and then that of the old.
static Value moved(Value old, TensorExpr batch, double a) {
  TensorExpr before = widened(batch.with(old));
  TensorExpr now = convert(batch, before.type().getElementType());
  return narrowed(before * before.number(a) + now * now.number(1 - a), old);
}

SmallVector<Value> BatchNormTrainOp::decompose(ImplicitLocOpBuilder &b) {
  Batch batch = Batch::of(widened({b, getX()}), getDim(), getEpsilon().convertToDouble());
  TensorExpr y = batch.centred * batch.r * batch.spread(getScale()) + batch.spread(getShift());
  double a = getMomentum().convertToDouble();
  TensorExpr variance = batch.variance;
  if (getUnbiasedRunningVar())
    variance.value = variance * variance.number(batch.correction(true));
  return {narrowed(y, getX()), moved(getMean(), batch.mean, a), moved(getVariance(), variance, a)};
}

LogicalResult BatchNormTrainOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                         const llvm::BitVector &wanted,
                                         SmallVectorImpl<Value> &gradients) {
  enum { X, Scale, Shift, Mean, Variance };
  size_t first = gradients.size();
  gradients.resize(first + 5);
  auto give = [&](unsigned operand, TensorExpr value) {
    if (!wanted.test(operand))
      return;
    Value &gradient = gradients[first + operand];
    Value more = convert(value, tensorType(getOperand(operand)).getElementType());
    gradient = gradient ? Value(AddOp::create(b, gradient, more)) : more;
  };
  Batch batch = Batch::of(widened({b, getX()}), getDim(), getEpsilon().convertToDouble());
  double a = getMomentum().convertToDouble();
  if (cotangents[0]) {
    TensorExpr g = widened({b, cotangents[0]}), h = batch.centred * batch.r;
    TensorExpr q = g * batch.spread(getScale());
    give(X, batch.r * (q - batch.average(q) - h * batch.average(q * h)));
    give(Scale, reduceSum(g * h, batch.dims));
    give(Shift, reduceSum(g, batch.dims));
  }
  if (cotangents[1]) {
    TensorExpr g{b, cotangents[1]}, spread = batch.spread(g.value);
    give(X, spread * spread.number((1 - a) / batch.count));
    give(Mean, g * g.number(a));
  }
  if (cotangents[2]) {
    TensorExpr g{b, cotangents[2]}, spread = batch.spread(g.value);
    double k = batch.correction(getUnbiasedRunningVar());
    give(X, batch.centred * spread * spread.number(2 * (1 - a) * k / batch.count));
    give(Variance, g * g.number(a));
  }
  return success();
}
