// put_along: each update has an index of its own; the inverse of take_along.
#include "Core/ScatterVjp.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult PutAlongOp::inferReturnTypes(MLIRContext *context, MaybeLocation location,
                                           Adaptor adaptor, SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getX(), adaptor.getIndices(), adaptor.getUpdates()})))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto indices = cast<RankedTensorType>(adaptor.getIndices().getType());
  int64_t axis = adaptor.getAxis();
  if (failed(verifyDimensions(location, axis, x.getRank())) ||
      failed(verifyEqualBut(location, x, indices, axis)) ||
      failed(
          verifyUpdates(location, adaptor.getKind(), x, indices.getShape(), adaptor.getUpdates())))
    return failure();
  types.push_back(x);
  return success();
}

ScatterForm PutAlongOp::scatterForm() {
  ScatterForm form;
  form.kind = getKind();
  form.extents = llvm::to_vector(tensorType(getUpdates()).getShape());
  for (unsigned i = 0; i < form.extents.size(); ++i) {
    form.indexLoops.push_back(i);
    form.target.push_back(i == getAxis() ? ScatterForm::Target{-1, 0}
                                         : ScatterForm::Target{int(i), -1});
  }
  return form;
}

FailureOr<SmallVector<Literal>> PutAlongOp::interpret(ArrayRef<Literal> operands) {
  return interpretScatter(*this, scatterForm(), operands);
}

LogicalResult PutAlongOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                   const llvm::BitVector &wanted,
                                   SmallVectorImpl<Value> &gradients) {
  auto gather = [&](Value x) -> Value {
    return TakeAlongOp::create(b, x, getIndices(), getAxis());
  };
  auto put = [&](PutKind kind, Value x, Value u) -> Value {
    return PutAlongOp::create(b, kind, x, getIndices(), u, getAxis());
  };
  return appendScatterVjp({b, getKind(), getX(), getUpdates(), getResult(), gather, put},
                          cotangents[0], wanted, gradients);
}
