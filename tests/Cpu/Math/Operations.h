// Builders of an op under test on the operands of a loop.
#pragma once
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace dlc::test {

template <class Op> mlir::Value unary(mlir::ImplicitLocOpBuilder &b, mlir::ValueRange x) {
  return Op::create(b, x[0]);
}
template <class Op> mlir::Value binary(mlir::ImplicitLocOpBuilder &b, mlir::ValueRange x) {
  return Op::create(b, x[0], x[1]);
}

} // namespace dlc::test
