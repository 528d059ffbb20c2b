// Transposes move from operands to results, where that costs no other transpose:
//
//   op(transpose(x), transpose(y), constant)  ->  transpose(op(x, y, permuted constant))
//   reshape(transpose(x))                     ->  transpose(reshape(x)), dimensions in the same
//   groups reduce(transpose(x)) over dims            ->  transpose(reduce(x) over their origins)
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
  bool gains = transpose && !isConstantExpression(transpose.getX());
  return gains ? std::optional(transpose.getPerm()) : std::nullopt;
}

// Costs nothing to permute: repeated, or constant (computed when the object is written).
// To count that as a gain would move a transpose of another operand to and fro.
bool isFreeToPermute(Value x) {
  if (auto transpose = x.getDefiningOp<TransposeOp>())
    return isConstantExpression(transpose.getX());
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

// Dimensions of two shapes that hold the same elements: groups of neighbours with equal products.
struct Group {
  SmallVector<int64_t> from, to;
};

SmallVector<Group> groupsOf(ArrayRef<int64_t> from, ArrayRef<int64_t> to) {
  SmallVector<Group> groups;
  size_t i = 0, j = 0;
  while (i < from.size() || j < to.size()) {
    Group &group = groups.emplace_back();
    int64_t left = 1, right = 1;
    do {
      if (j == to.size() || (i < from.size() && left <= right)) {
        left *= from[i];
        group.from.push_back(i++);
      } else {
        right *= to[j];
        group.to.push_back(j++);
      }
    } while (left != right && (i < from.size() || j < to.size()));
    if (group.to.empty() && j < to.size() && to[j] == 1)
      group.to.push_back(j++);
  }
  return groups;
}

// What is split or merged lies together in x, too: then it can be split or merged there.
struct SinkThroughReshape : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op, PatternRewriter &rewriter) const override {
    auto transpose = op.getX().getDefiningOp<TransposeOp>();
    auto type = tensorType(op.getResult());
    if (!transpose || type.getNumElements() == 0)
      return rewriter.notifyMatchFailure(op, "expected a transposed operand");
    auto x = tensorType(transpose.getX());
    SmallVector<Group> groups = groupsOf(tensorType(op.getX()).getShape(), type.getShape());
    SmallVector<int64_t> origins, order;
    SmallVector<int64_t> rank(x.getRank(), -1); // among the dimensions of x that are not 1
    for (int64_t d = 0, next = 0; d < x.getRank(); ++d)
      if (x.getDimSize(d) != 1)
        rank[d] = next++;
    for (auto [g, group] : llvm::enumerate(groups)) {
      SmallVector<int64_t> sources;
      for (int64_t dimension : group.from)
        if (int64_t source = transpose.getPerm()[dimension]; rank[source] >= 0)
          sources.push_back(source);
      for (size_t i = 1; i < sources.size(); ++i)
        if (rank[sources[i]] != rank[sources[i - 1]] + 1)
          return rewriter.notifyMatchFailure(op, "expected neighbours to stay neighbours");
      // Extents of 1 stay where they are: beside their dimension of x, or the group before.
      int64_t before = origins.empty() ? -1 : origins.back();
      if (!sources.empty())
        before = sources[0];
      else if (!group.from.empty())
        before = transpose.getPerm()[group.from[0]];
      origins.push_back(before);
      order.push_back(g);
    }
    llvm::stable_sort(order, [&](int64_t a, int64_t b) { return origins[a] < origins[b]; });
    SmallVector<int64_t> shape, back(type.getRank());
    for (int64_t g : order)
      for (int64_t dimension : groups[g].to) {
        back[dimension] = shape.size();
        shape.push_back(type.getDimSize(dimension));
      }
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value reshaped = ReshapeOp::create(b, type.clone(shape), transpose.getX());
    rewriter.replaceOp(op, permuted(b, reshaped, back));
    return success();
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
  patterns.add<SinkThroughPermutable, SinkThroughReduce, SinkThroughReshape, AbsorbIntoDot,
               TransposeBroadcast>(patterns.getContext());
}
