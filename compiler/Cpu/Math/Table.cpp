// Constant tables.
#include "Cpu/Math/Table.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace dlc {

static MemRefType declare(ImplicitLocOpBuilder &builder, StringRef name, ArrayRef<double> table) {
  auto type = MemRefType::get({int64_t(table.size())}, builder.getF64Type());
  Operation *scope = SymbolTable::getNearestSymbolTable(builder.getInsertionBlock()->getParentOp());
  if (SymbolTable::lookupSymbolIn(scope, name))
    return type;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(&scope->getRegion(0).front());
  auto content =
      DenseElementsAttr::get(RankedTensorType::get(type.getShape(), type.getElementType()), table);
  memref::GlobalOp::create(builder, name, builder.getStringAttr("private"), type, content,
                           /*constant=*/true, /*alignment=*/builder.getI64IntegerAttr(64));
  return type;
}

Expression lookUp(StringRef name, ArrayRef<double> table, Expression index, int offset) {
  ImplicitLocOpBuilder &builder = index.builder();
  Value memory = memref::GetGlobalOp::create(builder, declare(builder, name, table), name);
  auto vector = dyn_cast<VectorType>(index.getType());
  Formula &formula = index.getFormula();
  if (!vector) {
    Value at =
        arith::IndexCastOp::create(builder, builder.getIndexType(), (index + offset).getValue());
    return {formula, memref::LoadOp::create(builder, memory, at)};
  }
  Value start = formula.constants.getInteger(builder.getIndexType(), offset);
  Value all =
      formula.constants.getInteger(VectorType::get(vector.getShape(), builder.getI1Type()), 1);
  auto type = VectorType::get(vector.getShape(), builder.getF64Type());
  Value none = formula.constants.getFloat(type, 0);
  return {formula,
          vector::GatherOp::create(builder, type, memory, start, index.getValue(), all, none)};
}

} // namespace dlc
