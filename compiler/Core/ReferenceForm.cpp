// The two forms that most ops share, and how indices from data occur in maps.
#include "Core/ReferenceForm.h"
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

std::optional<SymbolUse> dlc::symbolUse(AffineExpr e, ArrayRef<int64_t> extents) {
  if (auto symbol = dyn_cast<AffineSymbolExpr>(e))
    return SymbolUse{symbol.getPosition(), 0};
  auto sum = dyn_cast<AffineBinaryOpExpr>(e);
  if (!sum || e.getKind() != AffineExprKind::Add)
    return std::nullopt;
  auto loop = dyn_cast<AffineDimExpr>(sum.getLHS());
  auto symbol = dyn_cast<AffineSymbolExpr>(sum.getRHS());
  if (!loop || !symbol)
    return std::nullopt;
  return SymbolUse{symbol.getPosition(), std::max<int64_t>(extents[loop.getPosition()] - 1, 0)};
}

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
