#include "Core/Shape.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace dlc;

LogicalResult dlc::verifyStatic(MaybeLocation location, ArrayRef<Value> values) {
  for (Value value : values) {
    auto type = dyn_cast<RankedTensorType>(value.getType());
    if (!type || !type.hasStaticShape())
      return emitOptionalError(location, "needs static shapes, not ", value.getType());
    if (type.getEncoding())
      return emitOptionalError(location, "not supported yet: an operand of bounded type ", type);
  }
  return success();
}

LogicalResult dlc::verifyDimensions(MaybeLocation location, ArrayRef<int64_t> dimensions,
                                    int64_t rank) {
  llvm::SmallDenseSet<int64_t> seen;
  for (int64_t dimension : dimensions) {
    if (dimension < 0 || dimension >= rank)
      return emitOptionalError(location, "no dimension ", dimension, " in a tensor of rank ", rank);
    if (!seen.insert(dimension).second)
      return emitOptionalError(location, "dimension ", dimension, " is listed twice");
  }
  return success();
}

LogicalResult dlc::verifyEqualBut(MaybeLocation location, RankedTensorType x, RankedTensorType y,
                                  int64_t dimension) {
  bool same = x.getRank() == y.getRank();
  for (int64_t i = 0; same && i < x.getRank(); ++i)
    same = i == dimension || x.getDimSize(i) == y.getDimSize(i);
  if (!same)
    return emitOptionalError(location, "needs equal extents but along dimension ", dimension,
                             ", not ", x, " and ", y);
  return success();
}

LogicalResult dlc::verifyUpdates(MaybeLocation location, PutKind kind, RankedTensorType x,
                                 ArrayRef<int64_t> expected, Value updates) {
  auto type = RankedTensorType::get(expected, x.getElementType());
  if (updates.getType() != type)
    return emitOptionalError(location, "needs updates of type ", type, ", not ", updates.getType());
  if (kind != PutKind::set && x.getElementType().isInteger(1))
    return emitOptionalError(location, "cannot ", stringifyPutKind(kind), " bool");
  return success();
}

LogicalResult dlc::verifyList(MaybeLocation location, StringRef name, ArrayRef<int64_t> list,
                              size_t length, int64_t least) {
  if (list.size() != length)
    return emitOptionalError(location, name, " needs ", length, " entries, not ", list.size());
  for (int64_t entry : list)
    if (entry < least)
      return emitOptionalError(location, name, " must be at least ", least, ", not ", entry);
  return success();
}

LogicalResult Windows::verify(MaybeLocation location, size_t rank) const {
  if (failed(verifyList(location, "window", window, rank, 1)) ||
      failed(verifyList(location, "strides", strides, rank, 1)) ||
      failed(verifyList(location, "lo", lo, rank)) ||
      failed(verifyList(location, "hi", hi, rank)) ||
      failed(verifyList(location, "dilation", dilation, rank, 1)))
    return failure();
  return success();
}

FailureOr<int64_t> Windows::resultExtent(MaybeLocation location, size_t i, int64_t n) const {
  // Numbers below 2^48 leave room for every sum that the maps compute.
  constexpr int64_t limit = int64_t(1) << 48;
  auto isLarge = [](int64_t number) { return number > limit || number < -limit; };
  std::optional<int64_t> span = llvm::checkedMul(window[i] - 1, dilation[i]);
  if (!span || isLarge(*span) || isLarge(n) || isLarge(lo[i]) || isLarge(hi[i]))
    return emitOptionalError(location, "too large: a window of ", window[i], " with dilation ",
                             dilation[i], " over ", n, " padded by ", lo[i], " and ", hi[i]);
  int64_t reach = *span + 1, padded = n + lo[i] + hi[i];
  if (padded < reach)
    return emitOptionalError(location, "cannot place a window that reaches over ", reach, " in ",
                             padded);
  return (padded - reach) / strides[i] + 1;
}

AffineExpr Windows::operandIndex(size_t i, AffineExpr t, AffineExpr k) const {
  return t * strides[i] + k * dilation[i] - lo[i];
}

void Windows::appendGuards(size_t i, AffineExpr t, AffineExpr k, int64_t n, int64_t resultExtent,
                           SmallVectorImpl<AffineExpr> &constraints) const {
  AffineExpr index = operandIndex(i, t, k);
  int64_t highest = (resultExtent - 1) * strides[i] + (window[i] - 1) * dilation[i] - lo[i];
  if (lo[i] > 0)
    constraints.push_back(index);
  if (highest >= n)
    constraints.push_back(n - 1 - index);
}

SmallVector<int64_t> dlc::otherDimensions(int64_t rank, ArrayRef<int64_t> dimensions) {
  SmallVector<int64_t> others;
  for (int64_t dimension = 0; dimension < rank; ++dimension)
    if (!llvm::is_contained(dimensions, dimension))
      others.push_back(dimension);
  return others;
}

RankedTensorType dlc::withoutDimensions(RankedTensorType type, ArrayRef<int64_t> dimensions) {
  SmallVector<int64_t> shape;
  for (int64_t dimension : otherDimensions(type.getRank(), dimensions))
    shape.push_back(type.getDimSize(dimension));
  return RankedTensorType::get(shape, type.getElementType());
}

IntegerSet dlc::guardOf(size_t loops, ArrayRef<AffineExpr> constraints, MLIRContext *context) {
  if (constraints.empty())
    return {};
  return IntegerSet::get(loops, 0, constraints, SmallVector<bool>(constraints.size(), false));
}
