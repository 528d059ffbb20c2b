// Puts channels last in convolutions and windows, and cancels the transposes that this costs.
//
//   %0 = dlc.conv %x, %w                       %t = dlc.transpose %x perm [0, 2, 3, 1]
//   %1 = dlc.relu %0                           %0 = dlc.conv %t, %w channels_last
//   %2 = dlc.conv %1, %v          becomes      %1 = dlc.relu %0
//                                              %2 = dlc.conv %1, %v channels_last
//                                              %3 = dlc.transpose %2 perm [0, 3, 1, 2]
//
//   1. a transposed convolution becomes a convolution (TransposedConvolution.cpp)
//   2. each convolution and window over the last dimensions is rewritten between two transposes;
//      filters keep their order [O, I, K...]
//   3. transposes sink through ops that can be permuted (LayoutOpInterface) and into the dimension
//      numbers of reductions and dots, until they meet their inverse or an output
#include "Graph/FoldPatterns.h"
#include "Graph/LayoutPatterns.h"
#include "Passes.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_LAYOUT
#include "Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

SmallVector<int64_t> dlc::channelsLast(int64_t rank) {
  SmallVector<int64_t> permutation{0};
  for (int64_t d = 2; d < rank; ++d)
    permutation.push_back(d);
  permutation.push_back(1);
  return permutation;
}

SmallVector<int64_t> dlc::channelsFirst(int64_t rank) {
  SmallVector<int64_t> permutation{0, rank - 1};
  for (int64_t d = 1; d < rank - 1; ++d)
    permutation.push_back(d);
  return permutation;
}

namespace {
struct ConvolutionChannelsLast : OpRewritePattern<ConvOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ConvOp op, PatternRewriter &rewriter) const override {
    if (op.getChannelsLast())
      return rewriter.notifyMatchFailure(op, "expected channels first");
    int64_t rank = tensorType(op.getX()).getRank();
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value x = permuted(b, op.getX(), channelsLast(rank));
    Value y = ConvOp::create(b, x, op.getW(), op.getStrides(), op.getLo(), op.getHi(),
                             op.getDilation(), op.getGroups(), /*channels_last=*/true);
    rewriter.replaceOpWithNewOp<TransposeOp>(op, y, channelsFirst(rank));
    return success();
  }
};

// A window over all dimensions but the first two, of which only the first result is read.
struct WindowChannelsLast : RewritePattern {
  explicit WindowChannelsLast(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}
  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    auto layout = dyn_cast<LayoutOpInterface>(op);
    if (!op->hasTrait<WindowOp>() || !layout)
      return rewriter.notifyMatchFailure(op, "expected a window");
    int64_t rank = tensorType(op->getResult(0)).getRank();
    auto dims = op->getAttrOfType<DenseI64ArrayAttr>("dims");
    if (rank < 3 || !dims || !llvm::equal(dims.asArrayRef(), llvm::seq<int64_t>(2, rank)))
      return rewriter.notifyMatchFailure(op, "expected to slide over the last dimensions");
    for (OpResult other : op->getResults().drop_front())
      if (!other.use_empty())
        return rewriter.notifyMatchFailure(op, "expected one result to be read");
    ImplicitLocOpBuilder b(op->getLoc(), rewriter);
    Value y = layout.buildPermuted(b, channelsLast(rank));
    if (!y)
      return rewriter.notifyMatchFailure(op, "expected an op that can be permuted");
    Value back = TransposeOp::create(b, y, channelsFirst(rank));
    rewriter.replaceAllUsesWith(op->getResult(0), back);
    rewriter.eraseOp(op);
    return success();
  }
};

struct LayoutPass : dlc::impl::LayoutBase<LayoutPass> {
  using LayoutBase::LayoutBase;

  void runOnOperation() override {
    RewritePatternSet first(&getContext());
    addTransposedConvolutionPatterns(first);
    first.add<ConvolutionChannelsLast, WindowChannelsLast>(&getContext());
    RewritePatternSet second(&getContext());
    addSinkPatterns(second);
    addIdentityPatterns(second);
    FrozenRewritePatternSet rewrite(std::move(first)), sink(std::move(second));
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal() && (failed(applyPatternsGreedily(function, rewrite)) ||
                                     failed(applyPatternsGreedily(function, sink))))
        return signalPassFailure();
  }
};
} // namespace
