#include "Cpu/Contraction/Surroundings.h"
#include "Core/Core.h"
#include "Core/Movement.h"

using namespace mlir;
using namespace dlc;

Operation *dlc::soleContraction(func::FuncOp kernel) {
  Operation *found = nullptr;
  for (Operation &op : kernel.getBody().front().without_terminator()) {
    if (op.hasTrait<OpTrait::ConstantLike>())
      continue;
    auto reference = dyn_cast<ReferenceOpInterface>(op);
    if (!reference)
      return nullptr;
    if (op.hasTrait<ContractionOp>()) {
      if (found)
        return nullptr;
      found = &op;
    } else if (!op.hasTrait<PointwiseOp>() && !op.hasTrait<MovementOp>()) {
      return nullptr;
    }
  }
  return found;
}

namespace {
/// Where the element of the contraction at `origin` ends up in the values computed from it.
struct Push {
  Value contraction;
  Point origin;
  MLIRContext *context;
  bool failed = false;
  DenseMap<Value, std::optional<Point>> known{};

  /// The index in `value`; none where it does not depend on the contraction.
  std::optional<Point> through(Value value) {
    if (value == contraction)
      return origin;
    Operation *op = value.getDefiningOp();
    if (!op || op->hasTrait<OpTrait::ConstantLike>())
      return std::nullopt;
    if (auto found = known.find(value); found != known.end())
      return found->second;
    std::optional<Point> point;
    for (Value operand : op->getOperands()) {
      std::optional<Point> arrived = through(operand);
      if (!arrived)
        continue;
      arrived = moved(op, operand, *arrived);
      failed |= point && point != arrived;
      point = arrived;
    }
    known[value] = point;
    return point;
  }

  std::optional<Point> moved(Operation *op, Value operand, const Point &at) {
    if (op->hasTrait<PointwiseOp>())
      return at;
    ArrayRef<int64_t> from = tensorType(operand).getShape();
    ArrayRef<int64_t> to = tensorType(op->getResult(0)).getShape();
    Point result;
    if (auto transpose = dyn_cast<TransposeOp>(op)) {
      for (int64_t d : transpose.getPerm())
        result.push_back(at[d]);
    } else if (isa<ReshapeOp>(op)) {
      AffineMap map = reshapeMap(from, to, context);
      for (AffineExpr e : map.getResults())
        result.push_back(e.replaceDims(at));
    } else {
      failed = true;
    }
    return result;
  }
};
} // namespace

std::optional<SmallVector<Point>> dlc::storedPoints(Operation *contraction, const Point &origin) {
  Push push{contraction->getResult(0), origin, contraction->getContext()};
  SmallVector<Point> points;
  for (Value stored : contraction->getBlock()->getTerminator()->getOperands()) {
    std::optional<Point> point = push.through(stored);
    if (!point || push.failed)
      return std::nullopt;
    points.push_back(*point);
  }
  return points;
}
