// put: rows along an axis, changed by updates; the inverse of take.
#include "Core/ScatterVjp.h"
#include "Core/Shape.h"

using namespace mlir;
using namespace dlc;

LogicalResult PutOp::inferReturnTypes(MLIRContext *context, MaybeLocation location, Adaptor adaptor,
                                      SmallVectorImpl<Type> &types) {
  if (failed(verifyStatic(location, {adaptor.getX(), adaptor.getIndices(), adaptor.getUpdates()})))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  auto indices = cast<RankedTensorType>(adaptor.getIndices().getType());
  int64_t axis = adaptor.getAxis();
  if (failed(verifyDimensions(location, axis, x.getRank())))
    return failure();
  SmallVector<int64_t> shape(x.getShape().take_front(axis));
  llvm::append_range(shape, indices.getShape());
  llvm::append_range(shape, x.getShape().drop_front(axis + 1));
  if (failed(verifyUpdates(location, adaptor.getKind(), x, shape, adaptor.getUpdates())))
    return failure();
  types.push_back(x);
  return success();
}

ScatterForm PutOp::scatterForm() {
  unsigned axis = getAxis(), depth = tensorType(getIndices()).getRank();
  ScatterForm form;
  form.kind = getKind();
  form.extents = llvm::to_vector(tensorType(getUpdates()).getShape());
  for (unsigned i = 0; i < depth; ++i)
    form.indexLoops.push_back(axis + i);
  for (unsigned i = 0; i < tensorType(getX()).getRank(); ++i)
    form.target.push_back(i == axis ? ScatterForm::Target{-1, 0}
                                    : ScatterForm::Target{int(i < axis ? i : i - 1 + depth), -1});
  return form;
}

FailureOr<SmallVector<Literal>> PutOp::interpret(ArrayRef<Literal> operands) {
  return interpretScatter(*this, scatterForm(), operands);
}

LogicalResult PutOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                              const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  auto gather = [&](Value x) -> Value { return TakeOp::create(b, x, getIndices(), getAxis()); };
  auto put = [&](PutKind kind, Value x, Value u) -> Value {
    return PutOp::create(b, kind, x, getIndices(), u, getAxis());
  };
  return appendScatterVjp({b, getKind(), getX(), getUpdates(), getResult(), gather, put},
                          cotangents[0], wanted, gradients);
}
