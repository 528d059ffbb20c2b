// TensorExpr.h's algebra as core ops.
#include "Core/TensorExpr.h"
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

TensorExpr TensorExpr::number(double v) const { return with(buildSplat(builder, type(), v)); }

#define DLC_BINARY(name, Op)                                                                       \
  TensorExpr dlc::name(TensorExpr a, TensorExpr b) {                                               \
    return a.with(Op::create(a.builder, a.value, b.value));                                        \
  }
#define DLC_UNARY(name, Op)                                                                        \
  TensorExpr dlc::name(TensorExpr a) { return a.with(Op::create(a.builder, a.value)); }
DLC_BINARY(operator+, AddOp)
DLC_BINARY(operator-, SubOp)
DLC_BINARY(operator*, MulOp)
DLC_BINARY(operator/, DivOp)
DLC_BINARY(pow, PowOp)
DLC_UNARY(operator-, NegOp)
DLC_UNARY(exp, ExpOp)
DLC_UNARY(log, LogOp)
DLC_UNARY(sin, SinOp)
DLC_UNARY(cos, CosOp)
DLC_UNARY(sinh, SinhOp)
DLC_UNARY(cosh, CoshOp)
DLC_UNARY(sqrt, SqrtOp)
DLC_UNARY(rsqrt, RsqrtOp)
DLC_UNARY(sign, SignOp)
DLC_UNARY(floor, FloorOp)
#undef DLC_BINARY
#undef DLC_UNARY

TensorExpr dlc::trunc(TensorExpr x) {
  TensorExpr magnitude = floor(x * sign(x));
  return magnitude * sign(x);
}

TensorExpr dlc::compare(CompareKind kind, TensorExpr a, TensorExpr b) {
  return a.with(CompareOp::create(a.builder, kind, a.value, b.value));
}
TensorExpr dlc::select(TensorExpr condition, TensorExpr a, TensorExpr b) {
  return a.with(SelectOp::create(a.builder, a.type(), condition.value, a.value, b.value));
}
TensorExpr dlc::convert(TensorExpr x, Type element) {
  if (x.type().getElementType() == element)
    return x;
  return x.with(ConvertOp::create(x.builder, x.type().clone(element), x.value));
}
TensorExpr dlc::reduceSum(TensorExpr x, ArrayRef<int64_t> dimensions) {
  return x.with(ReduceOp::create(x.builder, ReduceKind::sum, x.value, dimensions));
}
TensorExpr dlc::reduceMax(TensorExpr x, ArrayRef<int64_t> dimensions) {
  return x.with(ReduceOp::create(x.builder, ReduceKind::max, x.value, dimensions));
}
TensorExpr dlc::broadcast(TensorExpr x, ArrayRef<int64_t> shape, ArrayRef<int64_t> dimensions) {
  auto type = RankedTensorType::get(shape, x.type().getElementType());
  return x.with(BroadcastOp::create(x.builder, type, x.value, dimensions));
}
TensorExpr dlc::broadcastOver(TensorExpr x, ArrayRef<int64_t> shape, ArrayRef<int64_t> dimensions) {
  SmallVector<int64_t> kept;
  for (int64_t i = 0, rank = shape.size(); i < rank; ++i)
    if (!llvm::is_contained(dimensions, i))
      kept.push_back(i);
  return broadcast(x, shape, kept);
}

SmallVector<Value> dlc::powerCotangents(TensorExpr g, TensorExpr y, TensorExpr a, TensorExpr b) {
  if (!isa<FloatType>(g.type().getElementType()))
    return {Value(), Value()};
  TensorExpr zero = g.number(0), one = g.number(1);
  TensorExpr da = select(compare(CompareKind::eq, b, zero), zero, g * b * pow(a, b - one));
  TensorExpr atZero = select(compare(CompareKind::lt, b, zero),
                             g.number(-std::numeric_limits<double>::infinity()), zero);
  TensorExpr db = select(compare(CompareKind::eq, a, zero), atZero, g * y * log(a));
  return {da, db};
}

SmallVector<Value> dlc::extremumCotangents(TensorExpr g, TensorExpr a, TensorExpr b,
                                           CompareKind kind) {
  TensorExpr zero = g.number(0), half = g * g.number(0.5);
  TensorExpr tie = select(compare(CompareKind::eq, a, b), half, zero);
  return {select(compare(kind, a, b), g, tie), select(compare(kind, b, a), g, tie)};
}

LogicalResult dlc::appendWanted(const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients,
                                ArrayRef<Value> values) {
  for (auto [i, value] : llvm::enumerate(values))
    gradients.push_back(wanted.test(i) ? value : Value());
  return success();
}
