// cumulative: a running sum, product or extreme. Along the last dimension one element follows the
// other; along any other the elements of a row do so at once, as vectors.
#include "Core/Combine.h"
#include "Cpu/Sequential/Sequential.h"

using namespace mlir;
using namespace dlc;

namespace {
class CumulativeEmitter {
public:
  CumulativeEmitter(Body &body, CumulativeOp op)
      : body(body), op(op), type(tensorType(op.getX())),
        outer(type.getShape().take_front(op.getDim())),
        inner(type.getShape().drop_front(op.getDim() + 1)),
        result(buffersOf(body, op.getResult())[0]) {}

  void emit() {
    int64_t columns = ShapedType::getNumElements(inner);
    body.loop({0, ShapedType::getNumElements(outer), body.begin, body.end}, 1, {},
              [&](AffineExpr row, ValueRange) {
                if (columns == 1)
                  run(row, body.constant(0));
                else
                  forVectors(body, columns, type.getElementType(),
                             [&](AffineExpr column) { run(row, column); });
                return Values();
              });
  }

private:
  void run(AffineExpr row, AffineExpr column) {
    ImplicitLocOpBuilder &b = body.b;
    Type element = type.getElementType();
    int64_t n = type.getDimSize(op.getDim());
    auto combine = combineOf(op.getKind(), element);
    Value neutral = arith::ConstantOp::create(b, neutralValue(op.getKind(), element));
    Scalar start = body.vectorOf({&b, neutral, isUnsignedElement(element)});
    body.loop({0, n, {}, {}}, 1, start.value, [&](AffineExpr step, ValueRange carried) {
      AffineExpr i = op.getReverse() ? n - 1 - step : step;
      Point point = pointOf(row, outer, body);
      point.push_back(i);
      llvm::append_range(point, pointOf(column, inner, body));
      Scalar sum = start.with(carried[0]);
      Scalar x = body.vectorOf(body.pull(op.getX(), point));
      Scalar next = combine(b, sum, x)[0];
      AffineExpr position = rowMajor(point, type.getShape(), b.getContext());
      body.store(result, position, body.toMemory(op.getExclusive() ? sum : next, element));
      return Values{next.value};
    });
  }

  Body &body;
  CumulativeOp op;
  RankedTensorType type;
  ArrayRef<int64_t> outer, inner;
  Value result;
};
} // namespace

SequentialPlan dlc::planCumulative(CumulativeOp op) {
  RankedTensorType type = tensorType(op.getX());
  SequentialPlan plan;
  plan.count = ShapedType::getNumElements(type.getShape().take_front(op.getDim()));
  plan.work = type.getNumElements() * 4;
  return plan;
}

void dlc::emitCumulative(Body &body, CumulativeOp op) { CumulativeEmitter(body, op).emit(); }
