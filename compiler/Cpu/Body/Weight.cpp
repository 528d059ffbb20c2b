#include "Cpu/Body/Weight.h"
#include "Core/Core.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace dlc;

/// Functions in their expanded form; integer divisions, which are done lane by lane.
static constexpr double ofFunction = 40, ofDivision = 100, ofRounding = 8;

static double countOf(Operation &op) {
  if (op.hasTrait<OpTrait::ConstantLike>())
    return 0;
  if (isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp>(op))
    return ofDivision;
  if (isa<arith::TruncFOp, arith::ExtFOp>(op))
    return ofRounding;
  bool isInstruction = isa<math::AbsFOp, math::AbsIOp, math::CopySignOp, math::FmaOp, math::SqrtOp,
                           math::FloorOp, math::CeilOp, math::TruncOp, math::RoundEvenOp>(op);
  bool isFunction = isa<math::MathDialect>(op.getDialect()) || isa<arith::RemFOp>(op);
  return isFunction && !isInstruction ? ofFunction : 1;
}

double dlc::instructionCount(Operation *op) {
  auto reference = dyn_cast<ReferenceOpInterface>(op);
  if (!reference || op->hasTrait<MovementOp>())
    return 0;
  ReferenceForm form = reference.referenceForm();
  Block block;
  ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
  b.setInsertionPointToStart(&block);
  auto argument = [&](Type element, bool isUnsigned) {
    return Scalar{&b, block.addArgument(element, op->getLoc()), isUnsigned};
  };
  Scalars reads, indices;
  for (const Read &read : form.reads) {
    Type element = tensorType(op->getOperand(read.operand)).getElementType();
    reads.push_back(argument(registerType(element), isUnsignedElement(element)));
  }
  if (form.usesIndices)
    for (size_t i = 0; i < form.extents.size(); ++i)
      indices.push_back(argument(b.getI64Type(), false));
  Scalars produced = form.body ? form.body(b, reads, indices) : Scalars{reads.front()};
  if (form.isReduction()) {
    Scalars accumulators;
    for (auto [initial, value] : llvm::zip(form.initial, produced))
      accumulators.push_back(argument(initial.getType(), value.isUnsigned));
    form.combine(b, accumulators, produced);
  }
  double count = 0;
  for (Operation &inner : block)
    count += countOf(inner);
  for (Value result : op->getResults()) {
    Type element = tensorType(result).getElementType();
    if ((element.isF16() || element.isBF16()) && !op->hasTrait<ExactOnStorage>())
      count += 2 * ofRounding;
  }
  return count;
}
