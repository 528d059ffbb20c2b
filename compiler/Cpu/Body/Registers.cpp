// Vectors in registers: splats, masks, shuffles.
#include "Cpu/Body/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

Value dlc::splat(ImplicitLocOpBuilder &b, Value v, int64_t lanes) {
  if (isa<VectorType>(v.getType()))
    return v;
  auto type = VectorType::get({lanes}, v.getType());
  if (auto constant = v.getDefiningOp<arith::ConstantOp>())
    return arith::ConstantOp::create(
        b, DenseElementsAttr::get(type, static_cast<Attribute>(constant.getValue())));
  return vector::BroadcastOp::create(b, type, v);
}

Value dlc::zero(ImplicitLocOpBuilder &b, Type type) {
  return arith::ConstantOp::create(b, b.getZeroAttr(type));
}

Value dlc::prefixMask(ImplicitLocOpBuilder &b, int64_t count, int64_t live) {
  SmallVector<bool> bits;
  for (int64_t i = 0; i < count; ++i)
    bits.push_back(i < live);
  auto type = VectorType::get({count}, b.getI1Type());
  return arith::ConstantOp::create(b, DenseElementsAttr::get(type, ArrayRef<bool>(bits)));
}

Value dlc::shuffle(ImplicitLocOpBuilder &b, Value x, Value y, ArrayRef<int64_t> lanes) {
  return vector::ShuffleOp::create(b, x, y, lanes);
}

Scalar Body::vectorOf(Scalar s) {
  return laneCount == 1 ? s : s.with(splat(b, s.value, laneCount));
}

Value Body::liveMask() {
  return liveCount == laneCount ? Value() : prefixMask(b, laneCount, liveCount);
}
