// dropout: an element stays where its random word is rate * 2^32 or more.
//
//   y = stays ? x / (1 - rate) : 0          dx = dropout(g) with the same key and counter
#include "Core/Composite.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

LogicalResult DropoutOp::verify() {
  double rate = getRate().convertToDouble();
  if (!(rate >= 0 && rate < 1))
    return emitOpError("needs a rate in [0, 1), not ") << rate;
  if (tensorType(getMask()).getShape() != tensorType(getX()).getShape())
    return emitOpError("needs a mask of the shape of ")
           << getX().getType() << ", not " << getMask().getType();
  auto isList = [](Value v, int64_t length) {
    return tensorType(v).getRank() == 1 && tensorType(v).getDimSize(0) == length;
  };
  if (!isList(getKey(), 2) || !isList(getCounter(), 4))
    return emitOpError("needs a key of 2 words and a counter of 4, not ")
           << getKey().getType() << " and " << getCounter().getType();
  return success();
}

SmallVector<Value> DropoutOp::decompose(ImplicitLocOpBuilder &b) {
  TensorExpr x = widened({b, getX()});
  double rate = getRate().convertToDouble();
  auto words = tensorType(getX()).clone(tensorType(getKey()).getElementType());
  TensorExpr bits{b, RngBitsOp::create(b, words, getKey(), getCounter())};
  TensorExpr stays = compare(CompareKind::ge, bits, bits.number(std::floor(rate * 0x1p32)));
  TensorExpr kept = x * x.number(1 / (1 - rate));
  return {narrowed(select(stays, kept, x.number(0)), getX()), stays};
}

LogicalResult DropoutOp::buildVjp(ImplicitLocOpBuilder &b, ValueRange cotangents,
                                  const llvm::BitVector &wanted,
                                  SmallVectorImpl<Value> &gradients) {
  Value gradient;
  if (cotangents[0] && wanted.test(0))
    gradient = DropoutOp::create(b, getResult().getType(), getMask().getType(), cotangents[0],
                                 getKey(), getCounter(), getRate())
                   .getResult();
  gradients.append({gradient, Value(), Value()});
  return success();
}
