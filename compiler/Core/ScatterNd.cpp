// scatter_nd: slices changed by updates, chosen by rows of indices; the inverse of gather_nd.
#include "Core/GatherNd.h"
#include "Core/ScatterVjp.h"

using namespace mlir;
using namespace dlc;

LogicalResult ScatterNdOp::inferReturnTypes(MLIRContext *context, MaybeLocation location,
                                            Adaptor adaptor, SmallVectorImpl<Type> &types) {
  FailureOr<RankedTensorType> type =
      gatherNdType(location, adaptor.getX(), adaptor.getIndices(), adaptor.getBatch());
  if (failed(type) || failed(verifyStatic(location, adaptor.getUpdates())))
    return failure();
  auto x = cast<RankedTensorType>(adaptor.getX().getType());
  if (failed(verifyUpdates(location, adaptor.getKind(), x, type->getShape(), adaptor.getUpdates())))
    return failure();
  types.push_back(x);
  return success();
}

ScatterForm ScatterNdOp::scatterForm() {
  int outer = tensorType(getIndices()).getRank() - 1, batch = getBatch();
  int depth = tensorType(getIndices()).getShape().back(), rank = tensorType(getX()).getRank();
  ScatterForm form;
  form.kind = getKind();
  form.extents = llvm::to_vector(tensorType(getUpdates()).getShape());
  for (int i = 0; i < outer; ++i)
    form.indexLoops.push_back(i);
  for (int i = 0; i < rank; ++i)
    form.target.push_back(i < batch           ? ScatterForm::Target{i, -1}
                          : i < batch + depth ? ScatterForm::Target{-1, i - batch}
                                              : ScatterForm::Target{i - batch - depth + outer, -1});
  return form;
}

FailureOr<SmallVector<Literal>> ScatterNdOp::interpret(ArrayRef<Literal> operands) {
  return interpretScatter(*this, scatterForm(), operands);
}

LogicalResult ScatterNdOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                    const llvm::BitVector &wanted,
                                    SmallVectorImpl<Value> &gradients) {
  auto gather = [&](Value x) -> Value {
    return GatherNdOp::create(b, x, getIndices(), getBatch());
  };
  auto put = [&](PutKind kind, Value x, Value u) -> Value {
    return ScatterNdOp::create(b, kind, x, getIndices(), u, getBatch());
  };
  return appendScatterVjp({b, getKind(), getX(), getUpdates(), getResult(), gather, put},
                          cotangents[0], wanted, gradients);
}
