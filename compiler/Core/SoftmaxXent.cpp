// softmax_xent: the cross-entropy of classification, from logits, so that no probability is rounded
// to 0 before its logarithm is taken. With s = x - max x, z = log sum exp s, p = exp(s - z):
//
//   sparse  y = z - s[t], 0 where t is no index          dx = g (p - [i = t]), 0 likewise
//   dense   y = sum t (z - s)                            dx = g (p sum t - t),  dt = g (z - s)
//
// s[t] is a sum over a row that is read anyway: cheaper than a gather, and no index to check.
#include "Core/Composite.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

bool SoftmaxXentOp::isSparse() {
  return isa<IntegerType>(tensorType(getTargets()).getElementType());
}

LogicalResult SoftmaxXentOp::inferReturnTypes(MLIRContext *, MaybeLocation location,
                                              Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getLogits(), adaptor.getTargets()})))
    return failure();
  auto logits = tensorType(adaptor.getLogits()), targets = tensorType(adaptor.getTargets());
  int64_t dim = adaptor.getDim();
  if (failed(verifyDimensions(location, dim, logits.getRank())))
    return failure();
  RankedTensorType result = withoutDimensions(logits, dim);
  Type element = targets.getElementType();
  if (isa<IntegerType>(element) && !element.isInteger(1)) {
    if (targets.getShape() != result.getShape())
      return emitOptionalError(location, "needs one class for each result of type ", result,
                               ", not ", targets);
  } else if (targets != logits) {
    return emitOptionalError(location, "needs integer classes or weights of type ", logits,
                             ", not ", targets);
  }
  types.push_back(result);
  return success();
}

namespace {
struct Logits {
  TensorExpr x;
  int64_t dim;
  TensorExpr shifted, logSum; // s; z without `dim`

  static Logits of(TensorExpr x, int64_t dim) {
    TensorExpr largest = reduceMax(x, dim);
    TensorExpr shifted = x - broadcastOver(largest, x.type().getShape(), dim);
    return {x, dim, shifted, log(reduceSum(exp(shifted), dim))};
  }
  TensorExpr spread(TensorExpr v) const { return broadcastOver(v, x.type().getShape(), dim); }
  TensorExpr surprise() const { return spread(logSum) - shifted; } // z - s
};

// Sparse targets: where the class is, and which results have one.
struct Classes {
  TensorExpr isHere, exists;

  static Classes of(TensorExpr targets, const Logits &logits) {
    Builder &b = targets.builder;
    int64_t count = logits.x.type().getDimSize(logits.dim);
    TensorExpr wide = convert(targets, b.getIntegerType(64, /*isSigned=*/true));
    TensorExpr exists = targets.with(
        AndOp::create(targets.builder, compare(CompareKind::ge, wide, wide.number(0)),
                      compare(CompareKind::lt, wide, wide.number(static_cast<double>(count)))));
    // The comparison is done where the elements are many, so on as narrow a type as can be.
    TensorExpr known = convert(wide, b.getIntegerType(32, /*isSigned=*/true));
    TensorExpr chosen = logits.spread(select(exists, known, known.number(-1)));
    TensorExpr index = chosen.with(IotaOp::create(targets.builder, chosen.type(), logits.dim));
    return {compare(CompareKind::eq, index, chosen), exists};
  }
};
} // namespace

SmallVector<Value> SoftmaxXentOp::decompose(ImplicitLocOpBuilder &b) {
  Logits logits = Logits::of(widened({b, getLogits()}), getDim());
  TensorExpr zero = logits.x.number(0);
  if (isSparse()) {
    Classes classes = Classes::of({b, getTargets()}, logits);
    TensorExpr picked = reduceSum(select(classes.isHere, logits.shifted, zero), getDim());
    TensorExpr loss = logits.logSum - picked;
    return {narrowed(select(classes.exists, loss, loss.number(0)), getLogits())};
  }
  TensorExpr targets = widened({b, getTargets()});
  // No weight times an infinite surprise is nothing.
  TensorExpr terms =
      select(compare(CompareKind::eq, targets, zero), zero, targets * logits.surprise());
  return {narrowed(reduceSum(terms, getDim()), getLogits())};
}

LogicalResult SoftmaxXentOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                      const llvm::BitVector &wanted,
                                      SmallVectorImpl<Value> &gradients) {
  size_t first = gradients.size();
  gradients.resize(first + 2);
  if (!cotangents[0])
    return success();
  Logits logits = Logits::of(widened({b, getLogits()}), getDim());
  TensorExpr g = widened({b, cotangents[0]}), p = exp(-logits.surprise());
  if (isSparse()) {
    Classes classes = Classes::of({b, getTargets()}, logits);
    TensorExpr here = convert(classes.isHere, p.type().getElementType());
    TensorExpr share = logits.spread(select(classes.exists, g, g.number(0)));
    if (wanted.test(0))
      gradients[first] = narrowed(share * (p - here), getLogits());
    return success();
  }
  TensorExpr targets = widened({b, getTargets()});
  TensorExpr total = logits.spread(reduceSum(targets, getDim()));
  if (wanted.test(0))
    gradients[first] = narrowed(logits.spread(g) * (p * total - targets), getLogits());
  if (wanted.test(1))
    gradients[first + 1] = narrowed(logits.spread(g) * logits.surprise(), getTargets());
  return success();
}
