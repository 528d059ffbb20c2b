#include "Onnx/FoldConstants.h"
#include "Core/Interpreter.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace dlc::onnx {

static DenseElementsAttr constantOf(Value value) {
  auto constant = value.getDefiningOp<ConstantOp>();
  return constant ? dyn_cast<DenseElementsAttr>(constant.getValue()) : DenseElementsAttr();
}

static int64_t bytesOf(RankedTensorType type) {
  return type.getNumElements() * elementBytes(type.getElementType());
}

std::optional<Literal> constantElements(Value value) {
  constexpr int64_t largestSplat = 1 << 20;
  DenseElementsAttr constant = constantOf(value);
  if (!constant || bytesOf(cast<RankedTensorType>(constant.getType())) > largestSplat)
    return std::nullopt;
  return Literal::from(constant);
}

static void replace(Operation *op, ArrayRef<Attribute> values, OpBuilder &builder) {
  builder.setInsertionPoint(op);
  for (auto [result, value] : llvm::zip_equal(op->getResults(), values))
    result.replaceAllUsesWith(
        ConstantOp::create(builder, op->getLoc(), result.getType(), cast<ElementsAttr>(value)));
  op->erase();
}

// An elementwise op on splats is the splat of the op on one element.
FailureOr<bool> ConstantFolder::foldSplats(Operation *op, OpBuilder &builder) {
  if (!op->hasTrait<PointwiseOp>() || op->getNumOperands() == 0)
    return false;
  SmallVector<Literal> operands;
  for (Value operand : op->getOperands()) {
    DenseElementsAttr constant = constantOf(operand);
    if (!constant || !constant.isSplat() || tensorType(operand).getEncoding())
      return false;
    auto scalar = RankedTensorType::get({}, constant.getElementType());
    operands.push_back(Literal::from(constant.resizeSplat(scalar)));
  }
  Block scratch;
  IRMapping scalars;
  for (auto [operand, literal] : llvm::zip_equal(op->getOperands(), operands))
    scalars.map(operand, scratch.addArgument(literal.type, op->getLoc()));
  Operation *scalar = op->clone(scalars);
  scratch.push_back(scalar);
  scalar->getResult(0).setType(
      RankedTensorType::get({}, tensorType(op->getResult(0)).getElementType()));
  auto results = interpret(scalar, operands);
  scalar->erase();
  if (failed(results))
    return failure();
  auto type = cast<ShapedType>(op->getResult(0).getType());
  replace(op, {(*results)[0].attribute().resizeSplat(type)}, builder);
  return true;
}

// Movements of splats, and ops that change nothing.
bool ConstantFolder::foldInPlace(Operation *op, OpBuilder &builder) {
  SmallVector<Attribute> constants;
  for (Value operand : op->getOperands())
    constants.push_back(constantOf(operand));
  SmallVector<OpFoldResult> folded;
  if (op->getNumResults() != 1 || failed(op->fold(constants, folded)) || folded.empty())
    return false;
  if (auto value = dyn_cast<Value>(folded[0])) {
    if (value == op->getResult(0) || value.getType() != op->getResult(0).getType())
      return false;
    op->getResult(0).replaceAllUsesWith(value);
    op->erase();
    return true;
  }
  auto elements = dyn_cast<DenseElementsAttr>(cast<Attribute>(folded[0]));
  if (!elements || (!elements.isSplat() &&
                    bytesOf(cast<RankedTensorType>(elements.getType())) > largestConstantBytes))
    return false;
  replace(op, {elements}, builder);
  return true;
}

// Whether the op has a value that is small, and takes a bounded amount of work.
bool ConstantFolder::mayRun(Operation *op) {
  auto reference = dyn_cast<ReferenceOpInterface>(op);
  if (op->getNumRegions() || !isMemoryEffectFree(op) ||
      (!reference && !isa<CompositeOpInterface, SequentialOpInterface>(op)))
    return false;
  for (Value result : op->getResults())
    if (tensorType(result).getEncoding() || bytesOf(tensorType(result)) > largestConstantBytes)
      return false;
  // A broadcast parameter stays small: what it is broadcast to is a matter of the kernel's loops.
  bool isParameter = isa<BroadcastOp>(op) && isa<FloatType>(getElementTypeOrSelf(op->getResult(0)));
  if (isParameter)
    return false;
  constexpr int64_t largestWork = 1 << 22;
  int64_t work = 1;
  for (Value operand : op->getOperands())
    if (!constantOf(operand))
      return false;
    else
      work += tensorType(operand).getNumElements();
  if (reference) {
    int64_t iterations = 1;
    for (int64_t extent : reference.referenceForm().extents)
      if (llvm::MulOverflow(iterations, std::max<int64_t>(extent, 1), iterations) ||
          iterations > largestWork)
        return false;
    work += iterations;
  }
  if (work > std::min(workLeft, largestWork))
    return false;
  workLeft -= work;
  return true;
}

FailureOr<bool> ConstantFolder::foldOne(Operation *op, OpBuilder &builder) {
  if (isa<ConstantOp>(op) || !llvm::all_of(op->getResultTypes(), llvm::IsaPred<RankedTensorType>))
    return false;
  if (foldInPlace(op, builder))
    return true;
  FailureOr<bool> isSplat = foldSplats(op, builder);
  if (failed(isSplat) || *isSplat)
    return isSplat;
  if (!mayRun(op))
    return false;
  SmallVector<Literal> operands;
  for (Value operand : op->getOperands()) {
    std::optional<Literal> literal = constantElements(operand);
    if (!literal)
      return false;
    operands.push_back(std::move(*literal));
  }
  auto results = interpret(op, operands);
  if (failed(results))
    return failure();
  SmallVector<Attribute> values;
  for (const Literal &literal : *results)
    values.push_back(literal.attribute());
  replace(op, values, builder);
  return true;
}

LogicalResult ConstantFolder::fold(Block &block, Operation *before, Operation *end) {
  OpBuilder builder(end->getContext());
  Operation *op = before ? before->getNextNode() : &block.front();
  while (op && op != end) {
    Operation *next = op->getNextNode();
    if (failed(foldOne(op, builder)))
      return failure();
    op = next;
  }
  return success();
}

} // namespace dlc::onnx
