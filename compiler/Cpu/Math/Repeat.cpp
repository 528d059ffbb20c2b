#include "Cpu/Math/Repeat.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace dlc {

Expression largestOfLanes(Expression x) {
  ImplicitLocOpBuilder &b = x.builder();
  Value value = x.getValue();
  if (isa<VectorType>(value.getType()))
    value = vector::ReductionOp::create(b, vector::CombiningKind::MAXSI, value);
  return resizeInteger({x.getFormula(), value}, b.getI64Type(), /*isSigned=*/true);
}

Expressions repeat(Expression count, int64_t usual, const Expressions &values,
                   llvm::function_ref<Expressions(const Expressions &)> step) {
  ImplicitLocOpBuilder &b = count.builder();
  Formula &formula = count.getFormula();
  auto index = [&](int64_t n) { return formula.constants.getInteger(b.getIndexType(), n); };
  auto gather = [](const Expressions &from) {
    return llvm::map_to_vector(from, [](const Expression &e) { return e.getValue(); });
  };
  auto spread = [&](ValueRange from) {
    Expressions result;
    for (Value v : from)
      result.push_back({formula, v});
    return result;
  };
  Value times = arith::IndexCastOp::create(b, b.getIndexType(), count.getValue());
  auto loop = scf::ForOp::create(b, index(0), times, index(1), gather(values));
  loop->setAttr("dlc.trips", b.getI64IntegerAttr(usual));
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToEnd(loop.getBody());
  Expressions next = step(spread(loop.getRegionIterArgs()));
  scf::YieldOp::create(b, gather(next));
  return spread(loop.getResults());
}

} // namespace dlc
