// nonzero: the indices of the elements that are not zero, in row-major order. The result is planned
// for as many columns as x has elements; how many are there is the second result.
#include "Core/Core.h"

using namespace mlir;
using namespace dlc;

LogicalResult NonZeroOp::inferReturnTypes(MLIRContext *context, std::optional<Location> location,
                                          Adaptor adaptor, SmallVectorImpl<Type> &types) {
  auto type = dyn_cast<RankedTensorType>(adaptor.getX().getType());
  if (!type || !type.hasStaticShape())
    return emitOptionalError(location, "needs static shapes, not ", adaptor.getX().getType());
  if (type.getEncoding())
    return emitOptionalError(location, "not supported yet: an operand of bounded type ", type);
  int64_t size = 1;
  for (int64_t extent : type.getShape())
    if (llvm::MulOverflow(size, extent, size))
      return emitOptionalError(location, "too large: ", type);
  auto index = IntegerType::get(context, 64, IntegerType::Signed);
  types.push_back(RankedTensorType::get({type.getRank(), size}, index,
                                        BoundedAttr::get(context, /*dimension=*/1)));
  types.push_back(RankedTensorType::get({}, index));
  return success();
}

FailureOr<SmallVector<Literal>> NonZeroOp::interpret(ArrayRef<Literal> operands) {
  const Literal &x = operands[0];
  Literal indices(tensorType(getIndices())), extent(tensorType(getExtent()));
  ArrayRef<int64_t> shape = x.type.getShape();
  bool isFloat = isa<FloatType>(x.type.getElementType());
  int64_t columns = x.size(), count = 0;
  for (int64_t i = 0; i < columns; ++i) {
    // NaN is not zero.
    if (isFloat ? x.number(i) == 0 : x.integer(i) == 0)
      continue;
    int64_t rest = i;
    for (int64_t dimension = x.type.getRank() - 1; dimension >= 0; --dimension) {
      indices.setInteger(dimension * columns + count, rest % shape[dimension]);
      rest /= shape[dimension];
    }
    ++count;
  }
  extent.setInteger(0, count);
  return SmallVector<Literal>{std::move(indices), std::move(extent)};
}
