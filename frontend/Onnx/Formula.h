// Functions that decompositions use beyond those of TensorExpr.h, so that they read as formulas.
#pragma once

#include "Core/Core.h"

namespace dlc::onnx {

inline TensorExpr tanh(TensorExpr x) { return x.with(TanhOp::create(x.builder, x)); }
inline TensorExpr logistic(TensorExpr x) { return x.with(LogisticOp::create(x.builder, x)); }
inline TensorExpr relu(TensorExpr x) { return x.with(ReluOp::create(x.builder, x)); }
inline TensorExpr abs(TensorExpr x) { return x.with(AbsOp::create(x.builder, x)); }
inline TensorExpr roundEven(TensorExpr x) { return x.with(RoundEvenOp::create(x.builder, x)); }
inline TensorExpr max(TensorExpr x, TensorExpr y) { return x.with(MaxOp::create(x.builder, x, y)); }
inline TensorExpr min(TensorExpr x, TensorExpr y) { return x.with(MinOp::create(x.builder, x, y)); }
inline TensorExpr clamp(TensorExpr x, double lo, double hi) {
  return min(max(x, x.number(lo)), x.number(hi));
}

} // namespace dlc::onnx
