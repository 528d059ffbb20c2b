// Transposes move from operands to results, where that costs no other transpose:
//
//   op(transpose(x), transpose(y), constant)  ->  transpose(op(x, y, permuted constant))
//   reduce(transpose(x)) over dims            ->  transpose(reduce(x) over their origins)
//   dot(transpose(x), y)                      ->  dot(x, y) with other dimension numbers
//   layer_norm(transpose(x)) and the like stay: they work along the last dimension best
//
// An operand is free to permute when it is constant, or spread from something of fewer dimensions.
#include "Graph/FoldPatterns.h"
#include "Graph/LayoutPatterns.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace dlc;

namespace {
// The permutation under which operand `x` is a transpose of something that is not constant.
std::optional<ArrayRef<int64_t>> transposition(Value x) {
  auto transpose = x.getDefiningOp<TransposeOp>();
  return transpose ? std::optional(transpose.getPerm()) : std::nullopt;
}

// Costs nothing to permute: repeated, or constant (computed when the object is written).
bool isFreeToPermute(Value x) {
  return isConstantExpression(x) || x.getDefiningOp<BroadcastOp>() || x.getDefiningOp<IotaOp>();
}

struct SinkThroughPermutable : RewritePattern {
  explicit SinkThroughPermutable(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    auto layout = dyn_cast<LayoutOpInterface>(op);
    if (!layout || isa<TransposeOp, BroadcastOp>(op) || op->hasTrait<ReductionOp>() ||
        op->getNumOperands() == 0)
      return rewriter.notifyMatchFailure(op, "expected an op that can be permuted");
    for (OpResult other : op->getResults().drop_front())
      if (!other.use_empty())
        return rewriter.notifyMatchFailure(op, "expected one result to be read");
    int64_t rank = tensorType(op->getResult(0)).getRank();
    std::optional<ArrayRef<int64_t>> permutation;
    int64_t gained = 0, lost = 0;
    for (Value operand : op->getOperands()) {
      if (tensorType(operand).getRank() != rank)
        return rewriter.notifyMatchFailure(op, "expected operands of the result's rank");
      auto own = transposition(operand);
      if (own && !permutation)
        permutation = own;
      int64_t elements = tensorType(operand).getNumElements();
      if (own && own == permutation)
        gained += operand.hasOneUse() ? elements : elements / 2;
      else if (!isFreeToPermute(operand))
        lost += elements;
    }
    // The result is transposed instead: it may be as large as what is gained, not larger.
    if (!permutation || lost >= gained ||
        tensorType(op->getResult(0)).getNumElements() > 4 * gained)
      return rewriter.notifyMatchFailure(op, "expected transposed operands");
    SmallVector<int64_t> forward(*permutation), inverse = invertPermutationVector(forward);
    ImplicitLocOpBuilder b(op->getLoc(), rewriter);
    Value moved = layout.buildPermuted(b, inverse);
    if (!moved)
      return rewriter.notifyMatchFailure(op, "expected an op that can be permuted");
    Value back = permuted(b, moved, forward);
    rewriter.replaceAllUsesWith(op->getResult(0), back);
    rewriter.eraseOp(op);
    return success();
  }
};

// reduce(transpose(x, p), dims) = transpose(reduce(x, p[dims]), r), where r orders what is kept.
struct SinkThroughReduce : OpRewritePattern<ReduceOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReduceOp op, PatternRewriter &rewriter) const override {
    auto transpose = op.getX().getDefiningOp<TransposeOp>();
    if (!transpose)
      return rewriter.notifyMatchFailure(op, "expected a transposed operand");
    SmallVector<int64_t> dims, kept;
    for (auto [position, origin] : llvm::enumerate(transpose.getPerm()))
      (llvm::is_contained(op.getDims(), position) ? dims : kept).push_back(origin);
    llvm::sort(dims);
    // Where each kept dimension of x stands in the reduction of x.
    SmallVector<int64_t> sorted(kept), order;
    llvm::sort(sorted);
    for (int64_t dimension : kept)
      order.push_back(llvm::find(sorted, dimension) - sorted.begin());
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value reduced = ReduceOp::create(b, op.getKind(), transpose.getX(), dims);
    rewriter.replaceOp(op, permuted(b, reduced, order));
    return success();
  }
};

struct AbsorbIntoDot : OpRewritePattern<DotOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(DotOp op, PatternRewriter &rewriter) const override {
    SmallVector<int64_t> batch[] = {SmallVector<int64_t>(op.getLhsBatch()),
                                    SmallVector<int64_t>(op.getRhsBatch())};
    SmallVector<int64_t> contract[] = {SmallVector<int64_t>(op.getLhsContract()),
                                       SmallVector<int64_t>(op.getRhsContract())};
    Value operands[] = {op.getLhs(), op.getRhs()};
    bool changed = false;
    for (int side : {0, 1})
      changed |= absorb(operands[side], batch[side], contract[side]);
    if (!changed)
      return rewriter.notifyMatchFailure(op, "expected a transposed operand");
    rewriter.replaceOpWithNewOp<DotOp>(op, op.getType(), operands[0], operands[1], batch[0],
                                       batch[1], contract[0], contract[1]);
    return success();
  }

  // The free dimensions must keep their order, for they are the result's.
  static bool absorb(Value &operand, SmallVectorImpl<int64_t> &batch,
                     SmallVectorImpl<int64_t> &contract) {
    auto transpose = operand.getDefiningOp<TransposeOp>();
    if (!transpose || isConstantExpression(transpose.getX()))
      return false;
    SmallVector<int64_t> free;
    for (auto [position, origin] : llvm::enumerate(transpose.getPerm()))
      if (!llvm::is_contained(batch, position) && !llvm::is_contained(contract, position))
        free.push_back(origin);
    if (!llvm::is_sorted(free))
      return false;
    for (SmallVectorImpl<int64_t> *dims : {&batch, &contract})
      for (int64_t &dimension : *dims)
        dimension = transpose.getPerm()[dimension];
    operand = transpose.getX();
    return true;
  }
};

// transpose(op(spread)) costs nothing when it is taken on what is spread.
struct TransposeBroadcast : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op, PatternRewriter &rewriter) const override {
    auto broadcast = op.getX().getDefiningOp<BroadcastOp>();
    if (!broadcast)
      return rewriter.notifyMatchFailure(op, "expected a broadcast");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOp(op, broadcast.buildPermuted(b, op.getPerm()));
    return success();
  }
};
} // namespace

void dlc::addSinkPatterns(RewritePatternSet &patterns) {
  patterns.add<SinkThroughPermutable, SinkThroughReduce, AbsorbIntoDot, TransposeBroadcast>(
      patterns.getContext());
}
