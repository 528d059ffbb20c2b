// stop_gradient and barrier are their operands; they say something to the passes before kernels are
// formed: not to differentiate, and not to take two values for one.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

SmallVector<Value> StopGradientOp::decompose(ImplicitLocOpBuilder &) { return {getX()}; }

LogicalResult StopGradientOp::buildVjp(ImplicitLocOpBuilder &, ValueRange, const llvm::BitVector &,
                                       SmallVectorImpl<Value> &gradients) {
  gradients.push_back({});
  return success();
}

LogicalResult BarrierOp::inferReturnTypes(MLIRContext *, std::optional<Location>, Adaptor adaptor,
                                          SmallVectorImpl<Type> &types) {
  llvm::append_range(types, adaptor.getOperands().getTypes());
  return success();
}

SmallVector<Value> BarrierOp::decompose(ImplicitLocOpBuilder &) { return getOperands(); }

LogicalResult BarrierOp::buildVjp(ImplicitLocOpBuilder &, ValueRange cotangents,
                                  const llvm::BitVector &wanted,
                                  SmallVectorImpl<Value> &gradients) {
  for (auto [i, cotangent] : llvm::enumerate(cotangents))
    gradients.push_back(wanted.test(i) ? cotangent : Value());
  return success();
}
