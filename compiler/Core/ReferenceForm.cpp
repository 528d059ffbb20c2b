// The two forms that most ops share.
#include "Core/ReferenceForm.h"
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

ReferenceForm dlc::pointwiseForm(Operation *op, std::function<Scalar(ArrayRef<Scalar>)> scalar) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = type.getRank();
  AffineMap identity = AffineMap::getMultiDimIdentityMap(type.getRank(), op->getContext());
  for (unsigned i = 0; i < op->getNumOperands(); ++i)
    form.reads.push_back({i, identity, {}, {}, {}});
  form.body = [scalar](ImplicitLocOpBuilder &, ArrayRef<Scalar> reads, ArrayRef<Scalar>) {
    return Scalars{scalar(reads)};
  };
  return form;
}

ReferenceForm dlc::movementForm(Operation *op, AffineMap map) {
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  ReferenceForm form;
  form.extents = llvm::to_vector(type.getShape());
  form.parallel = type.getRank();
  form.reads.push_back({0, map, {}, {}, {}});
  return form;
}
