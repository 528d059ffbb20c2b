// What an elementwise op of floats does to intervals, found out by interpreting it at points of
// them: no op is known by name.
#pragma once

#include "mlir/IR/Operation.h"

namespace dlc::gate {

struct Samples {
  /// The results lie there.
  double lo = 1e300, hi = -1e300;
  bool finite = true;
  /// Greatest change of the result over the change of each operand, between neighbouring points and
  /// between points four apart: a smooth function has about the same of both.
  double slope[2] = {}, coarse[2] = {};
};

/// The op (one or two operands of one type) in f64 on a grid over the operands' intervals. Nothing
/// where the op does not take floats.
std::optional<Samples> sample(mlir::Operation *,
                              llvm::ArrayRef<std::pair<double, double>> intervals);

} // namespace dlc::gate
