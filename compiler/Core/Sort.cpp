// sort: rows along a dimension, in the order of the first operand's elements.
#include "Core/Shape.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

LogicalResult SortOp::inferReturnTypes(MLIRContext *, MaybeLocation location, Adaptor adaptor,
                                       SmallVectorImpl<Type> &types) {
  SmallVector<Value> operands(adaptor.getOperands());
  if (operands.empty())
    return emitOptionalError(location, "needs keys to sort by");
  if (failed(verifyStatic(location, operands)))
    return failure();
  auto keys = cast<RankedTensorType>(operands[0].getType());
  int64_t dim = adaptor.getDim();
  if (failed(verifyDimensions(location, dim, keys.getRank())))
    return failure();
  int64_t n = keys.getDimSize(dim);
  int64_t limit = adaptor.getLimit() ? static_cast<int64_t>(*adaptor.getLimit()) : n;
  if (limit < 0 || limit > n)
    return emitOptionalError(location, "cannot return ", limit, " of ", n, " elements");
  if (n > std::numeric_limits<int32_t>::max())
    return emitOptionalError(location, "too large: a row of more than 2^31 - 1 elements");
  for (Value operand : operands) {
    auto type = cast<RankedTensorType>(operand.getType());
    if (type.getShape() != keys.getShape())
      return emitOptionalError(location, "needs operands of one shape, not ", keys, " and ", type);
    SmallVector<int64_t> shape(type.getShape());
    shape[dim] = limit;
    types.push_back(RankedTensorType::get(shape, type.getElementType()));
  }
  return success();
}

// Whether element i of the keys comes before element j where it stands later: NaN is the largest.
static bool isLess(const Literal &keys, int64_t i, int64_t j) {
  Type element = keys.type.getElementType();
  if (isa<FloatType>(element)) {
    double x = keys.number(i), y = keys.number(j);
    return std::isnan(y) ? !std::isnan(x) : x < y;
  }
  if (element.isUnsignedInteger(64))
    return static_cast<uint64_t>(keys.integer(i)) < static_cast<uint64_t>(keys.integer(j));
  return keys.integer(i) < keys.integer(j);
}

FailureOr<SmallVector<Literal>> SortOp::interpret(ArrayRef<Literal> operands) {
  const Literal &keys = operands[0];
  ArrayRef<int64_t> shape = keys.type.getShape();
  int64_t n = shape[getDim()], inner = 1;
  for (int64_t extent : shape.drop_front(getDim() + 1))
    inner *= extent;
  SmallVector<Literal> results;
  for (Value result : getResults())
    results.emplace_back(tensorType(result));
  int64_t limit = tensorType(getResult(0)).getDimSize(getDim());
  int64_t rows = n ? keys.size() / n : 0;
  for (int64_t row = 0; row < rows; ++row) {
    int64_t before = row / inner, within = row % inner;
    auto at = [&](int64_t i, int64_t extent) { return (before * extent + i) * inner + within; };
    SmallVector<int64_t> order = llvm::to_vector(llvm::seq<int64_t>(0, n));
    llvm::stable_sort(order, [&](int64_t i, int64_t j) {
      return getDescending() ? isLess(keys, at(j, n), at(i, n)) : isLess(keys, at(i, n), at(j, n));
    });
    for (auto [operand, result] : llvm::zip_equal(operands, results)) {
      int64_t bytes = elementBytes(operand.type.getElementType());
      for (int64_t i = 0; i < limit; ++i)
        std::copy_n(operand.bytes.begin() + at(order[i], n) * bytes, bytes,
                    result.bytes.begin() + at(i, limit) * bytes);
    }
  }
  return results;
}

// The places where the elements come from, sorted along, say where the cotangents go.
LogicalResult SortOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                               const llvm::BitVector &wanted, SmallVectorImpl<Value> &gradients) {
  RankedTensorType keys = tensorType(getOperand(0));
  auto places = keys.clone(IntegerType::get(getContext(), 64, IntegerType::Signed));
  SmallVector<Value> both{getOperand(0), IotaOp::create(b, places, getDim())};
  auto sorted = SortOp::create(b, both, getDim(), getDescending(), getLimitAttr());
  for (auto [i, g] : llvm::enumerate(cotangents)) {
    Value gradient;
    if (g && wanted.test(i))
      gradient = PutAlongOp::create(b, PutKind::add, buildSplat(b, tensorType(getOperand(i)), 0),
                                    sorted.getResult(1), g, getDim());
    gradients.push_back(gradient);
  }
  return success();
}
