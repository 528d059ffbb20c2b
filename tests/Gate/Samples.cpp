#include "tests/Gate/Samples.h"
#include "Core/Interpreter.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

// Points of an interval: evenly, and more of them around 0, where functions bend and jump.
static std::vector<double> pointsOf(std::pair<double, double> interval, int even) {
  auto [lo, hi] = interval;
  std::vector<double> points;
  for (int i = 0; i < even; ++i)
    points.push_back(lo + (hi - lo) * i / (even - 1));
  for (double near : {0.001, 0.01, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0,
                      1.1, 1.3, 1.5, 1.7})
    for (double v : {-near, near})
      if (v > lo && v < hi)
        points.push_back(v);
  llvm::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

// The op on tensors of f64; its attributes are kept.
static FailureOr<Literal> evaluate(Operation *op, ArrayRef<Literal> operands) {
  Block block;
  OpBuilder builder(op->getContext());
  builder.setInsertionPointToStart(&block);
  OperationState state(op->getLoc(), op->getName());
  for (const Literal &operand : operands)
    state.addOperands(block.addArgument(operand.type, op->getLoc()));
  state.addTypes(operands.front().type);
  state.addAttributes(op->getAttrs());
  Operation *copy = builder.create(state);
  ScopedDiagnosticHandler quiet(op->getContext(), [](Diagnostic &) { return success(); });
  if (failed(verify(copy)))
    return failure();
  FailureOr<SmallVector<Literal>> results = interpret(copy, operands);
  if (failed(results))
    return failure();
  return results->front();
}

std::optional<Samples> dlc::gate::sample(Operation *op,
                                         ArrayRef<std::pair<double, double>> intervals) {
  std::vector<double> xs = pointsOf(intervals[0], intervals.size() == 1 ? 129 : 33), ys{0};
  if (intervals.size() == 2)
    ys = pointsOf(intervals[1], 33);
  auto width = static_cast<int64_t>(xs.size()), height = static_cast<int64_t>(ys.size());
  auto type = RankedTensorType::get({width * height}, Float64Type::get(op->getContext()));
  SmallVector<Literal> operands(intervals.size(), Literal(type));
  for (int64_t i = 0; i < width * height; ++i)
    for (auto [k, operand] : llvm::enumerate(operands))
      operand.setNumber(i, k ? ys[i / width] : xs[i % width]);
  FailureOr<Literal> results = evaluate(op, operands);
  if (failed(results))
    return std::nullopt;
  Samples s;
  auto at = [&](int64_t i, int64_t j) { return results->number(i + j * width); };
  auto change = [&](double *slope, unsigned k, int64_t i, int64_t j, int64_t by) {
    int64_t from = (k ? j : i) - by;
    if (from < 0)
      return;
    double step = k ? ys[j] - ys[from] : xs[i] - xs[from];
    slope[k] = std::max(slope[k], std::abs(at(i, j) - (k ? at(i, from) : at(from, j))) / step);
  };
  for (int64_t j = 0; j < height; ++j)
    for (int64_t i = 0; i < width; ++i) {
      s.finite = s.finite && std::isfinite(at(i, j));
      s.lo = std::min(s.lo, at(i, j));
      s.hi = std::max(s.hi, at(i, j));
      for (unsigned k = 0; k < operands.size(); ++k) {
        change(s.slope, k, i, j, 1);
        change(s.coarse, k, i, j, 4);
      }
    }
  return s;
}
