// Arithmetic by channel moves into the weights of the contraction before it (batch norm after a
// convolution), where that is exact up to rounding:
//
//   conv(x, W) * s            ->  conv(x, W * s)             s spread along the channels
//   (y + b) * s               ->  y * s + b * s              so that the first rule applies
//   (y + a) + b               ->  y + (a + b)
//
// s, a, b and W are constant. W * s is again constant: a derived weight.
#include "Graph/FoldPatterns.h"
#include "Graph/Spread.h"

using namespace mlir;
using namespace dlc;

bool dlc::isConstantExpression(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (isa<WeightOp, ConstantOp>(op))
    return true;
  return isa<BroadcastOp, ReshapeOp>(op) && isConstantExpression(op->getOperand(0));
}

// The dimensions of operand 1 of a contraction along which dimensions of its result run: result
// dimension -> operand dimension, -1 where the result does not run along it.
static SmallVector<int64_t> weightDimensions(Operation *op) {
  SmallVector<int64_t> dims(tensorType(op->getResult(0)).getRank(), -1);
  if (auto conv = dyn_cast<ConvOp>(op))
    dims[conv.getChannelsLast() ? dims.size() - 1 : 1] = 0;
  if (auto adjoint = dyn_cast<ConvBwdDataOp>(op); adjoint && adjoint.getGroups() == 1)
    dims[adjoint.getChannelsLast() ? dims.size() - 1 : 1] = 1;
  if (auto dot = dyn_cast<DotOp>(op)) {
    int64_t result = dims.size();
    for (int64_t d = tensorType(dot.getRhs()).getRank(); d-- > 0;)
      if (!llvm::is_contained(dot.getRhsBatch(), d) && !llvm::is_contained(dot.getRhsContract(), d))
        dims[--result] = d;
  }
  return dims;
}

static bool isFloat(Value value) {
  Type element = tensorType(value).getElementType();
  return element.isF32() || element.isF64();
}

namespace {
// The operands of a commutative op as (what is computed, what is constant).
std::optional<std::pair<Value, Value>> splitConstant(Operation *op) {
  Value x = op->getOperand(0), y = op->getOperand(1);
  if (isConstantExpression(x))
    std::swap(x, y);
  if (!isFloat(x) || isConstantExpression(x) || !isConstantExpression(y))
    return {};
  return std::pair(x, y);
}

struct ScaleIntoContraction : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op, PatternRewriter &rewriter) const override {
    auto operands = splitConstant(op);
    if (!operands)
      return rewriter.notifyMatchFailure(op, "expected one constant operand");
    auto [y, scale] = *operands;
    Operation *contraction = y.getDefiningOp();
    if (!contraction || !contraction->hasTrait<ContractionOp>() || !y.hasOneUse() ||
        contraction->getNumOperands() != 2 || !isConstantExpression(contraction->getOperand(1)))
      return rewriter.notifyMatchFailure(op, "expected a contraction of a weight, used once");
    Spread spread = spreadOf(scale);
    SmallVector<int64_t> ofResult = weightDimensions(contraction), dims;
    for (int64_t dimension : spread.varying()) {
      if (ofResult[dimension] < 0)
        return rewriter.notifyMatchFailure(op, "expected a scale by channel");
      dims.push_back(ofResult[dimension]);
    }
    if (!llvm::is_sorted(dims))
      return rewriter.notifyMatchFailure(op, "expected channels in the order of the weight");
    rewriter.setInsertionPoint(contraction);
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value weight = contraction->getOperand(1);
    Value factor = BroadcastOp::create(b, weight.getType(), squeezed(b, spread), dims);
    Value scaled = MulOp::create(b, weight, factor);
    IRMapping mapping;
    mapping.map(weight, scaled);
    Operation *copy = rewriter.clone(*contraction, mapping);
    copy->setLoc(rewriter.getFusedLoc({contraction->getLoc(), op.getLoc()}));
    rewriter.replaceOp(op, copy->getResult(0));
    return success();
  }
};

struct ScaleOverShift : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op, PatternRewriter &rewriter) const override {
    auto operands = splitConstant(op);
    auto add = operands ? operands->first.getDefiningOp<AddOp>() : nullptr;
    auto inner = add && add->hasOneUse() ? splitConstant(add) : std::nullopt;
    Operation *producer = inner ? inner->first.getDefiningOp() : nullptr;
    if (!producer || !producer->hasTrait<ContractionOp>() ||
        !isConstantExpression(producer->getOperands().back()))
      return rewriter.notifyMatchFailure(op, "expected a shifted contraction");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value scale = operands->second;
    Value scaled = MulOp::create(b, inner->first, scale);
    rewriter.replaceOp(op, AddOp::create(b, scaled, MulOp::create(b, inner->second, scale)));
    return success();
  }
};

struct SumOfShifts : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(AddOp op, PatternRewriter &rewriter) const override {
    auto outer = splitConstant(op);
    auto add = outer ? outer->first.getDefiningOp<AddOp>() : nullptr;
    auto inner = add && add->hasOneUse() ? splitConstant(add) : std::nullopt;
    if (!inner)
      return rewriter.notifyMatchFailure(op, "expected two constant shifts");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value shift = AddOp::create(b, inner->second, outer->second);
    rewriter.replaceOp(op, AddOp::create(b, inner->first, shift));
    return success();
  }
};

// op(spread a, spread b) of constants is computed on what varies, not on what it is spread to.
struct ShrinkConstant : RewritePattern {
  explicit ShrinkConstant(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/2, context) {}
  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    if (!op->hasTrait<PointwiseOp>() || op->getNumOperands() == 0 ||
        !llvm::all_of(op->getOperands(), isConstantExpression))
      return rewriter.notifyMatchFailure(op, "expected constants");
    SmallVector<Spread> spreads;
    llvm::SmallBitVector varies(tensorType(op->getResult(0)).getRank());
    for (Value operand : op->getOperands()) {
      spreads.push_back(spreadOf(operand));
      for (int64_t dimension : spreads.back().varying())
        varies.set(dimension);
    }
    auto type = tensorType(op->getResult(0));
    SmallVector<int64_t> kept, place(type.getRank(), -1);
    SmallVector<int64_t> shape;
    for (unsigned dimension : varies.set_bits()) {
      place[dimension] = kept.size();
      kept.push_back(dimension);
      shape.push_back(type.getDimSize(dimension));
    }
    int64_t elements = ShapedType::getNumElements(shape);
    if (elements == type.getNumElements())
      return rewriter.notifyMatchFailure(op, "expected repetition");
    ImplicitLocOpBuilder b(op->getLoc(), rewriter);
    SmallVector<Value> operands;
    for (const Spread &spread : spreads) {
      SmallVector<int64_t> dims;
      for (int64_t dimension : spread.varying())
        dims.push_back(place[dimension]);
      if (!llvm::is_sorted(dims))
        return rewriter.notifyMatchFailure(op, "expected dimensions in order");
      Value small = squeezed(b, spread);
      auto smallType = tensorType(small).clone(shape);
      operands.push_back(small.getType() == smallType
                             ? small
                             : Value(BroadcastOp::create(b, smallType, small, dims)));
    }
    // Constants are not bounded, whatever they are spread over.
    auto smallType = RankedTensorType::get(shape, type.getElementType());
    OperationState state(op->getLoc(), op->getName(), operands, TypeRange{smallType},
                         op->getAttrs());
    Value small = rewriter.create(state)->getResult(0);
    rewriter.replaceOp(op, BroadcastOp::create(b, type, small, kept));
    return success();
  }
};
} // namespace

void dlc::addWeightPatterns(RewritePatternSet &patterns) {
  patterns.add<ScaleIntoContraction, ScaleOverShift, SumOfShifts, ShrinkConstant>(
      patterns.getContext());
}
