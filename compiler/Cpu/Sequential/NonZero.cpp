// nonzero: every index is written at the place of the next one found, which moves on if the element
// is not zero, so that the loop has no branch. Places past the extent are zero: a valid index for
// whoever computes on all of them.
#include "Cpu/Sequential/Sequential.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace dlc;

void dlc::emitNonZero(Body &body, NonZeroOp op) {
  ImplicitLocOpBuilder &b = body.b;
  RankedTensorType type = tensorType(op.getX());
  int64_t columns = type.getNumElements(), rank = type.getRank();
  auto store = [&](Value of, AffineExpr position, Value v, Value offset) {
    for (Value buffer : buffersOf(body, of))
      body.store(buffer, position, v, offset);
  };
  auto asInteger = [&](Value v) -> Value {
    return arith::IndexCastOp::create(b, b.getI64Type(), v);
  };
  Value zero = body.index(int64_t(0)), one = body.index(1);
  Values count = body.loop({0, columns, {}, {}}, 1, zero, [&](AffineExpr i, ValueRange found) {
    Point point = pointOf(i, type.getShape(), body);
    Scalar x = body.pull(op.getX(), point);
    Value isSet = x.isBool() ? x.value : compare(CompareKind::ne, x, x.number(0)).value;
    for (int64_t d = 0; d < rank; ++d)
      store(op.getIndices(), body.constant(d * columns), asInteger(body.index(point[d])), found[0]);
    Value next = arith::AddIOp::create(b, found[0], one);
    return Values{arith::SelectOp::create(b, isSet, next, found[0])};
  });
  store(op.getExtent(), body.constant(0), asInteger(count[0]), {});
  Value nothing = arith::ConstantOp::create(b, b.getI64IntegerAttr(0));
  for (int64_t d = 0; d < rank; ++d)
    body.loop({0, columns, count[0], {}}, 1, {}, [&](AffineExpr i, ValueRange) {
      store(op.getIndices(), i + d * columns, nothing, {});
      return Values();
    });
}
