// Indices that come from data: compared with the extent that they index, and read as 0 where they
// are outside, so that nothing outside a buffer is touched before the error is seen.
#include "Cpu/Body/State.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace dlc;

/// What a failed check stores (DLC_ERROR_INDEX of the artifact's header).
static constexpr int64_t errorIndex = 3;

AffineExpr Body::State::checkedIndex(Body &body, Scalar unchecked, int64_t extent) {
  ImplicitLocOpBuilder &b = body.b;
  auto key = std::make_pair(unchecked.value, extent);
  if (AffineExpr found = checkedIndices.lookup(key))
    return found;
  Value x = unchecked.value;
  Type type = x.getType();
  bool isVector = isa<VectorType>(type);
  unsigned bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  if (checks) {
    // As unsigned numbers negative indices are large, too. An extent that the type cannot hold
    // bounds nothing but the sign.
    int64_t limit = bits < 64 ? std::min(extent, int64_t(1) << (bits - 1)) : extent;
    Scalar bound = Scalar{&b, x, true}.integer(limit);
    Value bad = arith::CmpIOp::create(b, arith::CmpIPredicate::uge, x, bound.value);
    Value counted = bad;
    if (isVector) {
      if (Value mask = activeMask(body))
        counted = arith::AndIOp::create(b, bad, mask);
      counted = vector::ReductionOp::create(b, vector::CombiningKind::OR, counted);
    }
    auto failed = scf::IfOp::create(b, counted, /*withElseRegion=*/false);
    {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPointToStart(failed.thenBlock());
      Value code = arith::ConstantOp::create(b, b.getI32IntegerAttr(errorIndex));
      memref::StoreOp::create(b, code, error, body.index(int64_t(0)));
    }
    x = arith::SelectOp::create(b, bad, zero(b, type), x);
  }
  symbols.push_back({{0, std::max<int64_t>(extent - 1, 0)}, {&b, x, false}});
  AffineExpr symbol = getAffineSymbolExpr(symbols.size() - 1, b.getContext());
  checkedIndices[key] = symbol;
  checkedLog.push_back(key);
  return symbol;
}

AffineExpr Body::dataIndex(Scalar index, int64_t extent) {
  return state->checkedIndex(*this, index, extent);
}
