// Identities that hold for every input, bit for bit:
//
//   x * 1, x / 1, x - 0, x + (-0), x + 0 (integers), pow(x, 1)  ->  x
//   x / 2^k  ->  x * 2^-k         pow(x, 2)  ->  x * x         x - c  ->  x + (-c)
//   broadcast(broadcast(x)), broadcast(unit reshape(x))  ->  broadcast(x)
//   a transpose that moves extents of 1 only, a broadcast that adds such  ->  reshape
#include "Graph/FoldPatterns.h"
#include "Graph/Spread.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

static bool isFloat(Value value) { return isa<FloatType>(tensorType(value).getElementType()); }

namespace {
struct MulByOne : OpRewritePattern<MulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MulOp op, PatternRewriter &rewriter) const override {
    for (auto [x, y] : {std::pair(op.getX(), op.getY()), std::pair(op.getY(), op.getX())})
      if (splatNumber(y) == 1.0) {
        rewriter.replaceOp(op, x);
        return success();
      }
    return rewriter.notifyMatchFailure(op, "expected a factor of 1");
  }
};

struct AddZero : OpRewritePattern<AddOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(AddOp op, PatternRewriter &rewriter) const override {
    for (auto [x, y] : {std::pair(op.getX(), op.getY()), std::pair(op.getY(), op.getX())}) {
      std::optional<double> number = splatNumber(y);
      // -0 + 0 is 0: for floats only -0 is neutral.
      if (number && *number == 0 && (!isFloat(x) || std::signbit(*number))) {
        rewriter.replaceOp(op, x);
        return success();
      }
    }
    return rewriter.notifyMatchFailure(op, "expected a neutral term");
  }
};

struct SubConstant : OpRewritePattern<SubOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(SubOp op, PatternRewriter &rewriter) const override {
    std::optional<double> number = splatNumber(op.getY());
    if (number && *number == 0 && !std::signbit(*number)) {
      rewriter.replaceOp(op, op.getX());
      return success();
    }
    if (!isFloat(op.getX()) || !isConstantExpression(op.getY()) || isConstantExpression(op.getX()))
      return rewriter.notifyMatchFailure(op, "expected to subtract a constant");
    Value negated = NegOp::create(rewriter, op.getLoc(), op.getY());
    rewriter.replaceOpWithNewOp<AddOp>(op, op.getX(), negated);
    return success();
  }
};

struct DivByPower : OpRewritePattern<DivOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(DivOp op, PatternRewriter &rewriter) const override {
    std::optional<double> number = splatNumber(op.getY());
    if (!number)
      return rewriter.notifyMatchFailure(op, "expected a constant divisor");
    if (*number == 1) {
      rewriter.replaceOp(op, op.getX());
      return success();
    }
    int exponent = 0;
    // The reciprocal of a small power of two is exact in every float type.
    if (!isFloat(op.getX()) || std::frexp(std::fabs(*number), &exponent) != 0.5 ||
        std::abs(exponent) > 8)
      return rewriter.notifyMatchFailure(op, "expected a small power of two");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Value reciprocal = buildSplat(b, tensorType(op.getX()), 1 / *number);
    rewriter.replaceOpWithNewOp<MulOp>(op, op.getX(), reciprocal);
    return success();
  }
};

struct SmallPower : OpRewritePattern<PowOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(PowOp op, PatternRewriter &rewriter) const override {
    std::optional<double> number = splatNumber(op.getY());
    if (number == 1.0)
      rewriter.replaceOp(op, op.getX());
    else if (number == 2.0)
      rewriter.replaceOpWithNewOp<MulOp>(op, op.getX(), op.getX());
    else
      return rewriter.notifyMatchFailure(op, "expected an exponent of 1 or 2");
    return success();
  }
};

struct ComposeBroadcast : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(BroadcastOp op, PatternRewriter &rewriter) const override {
    if (!isa_and_nonnull<BroadcastOp, ReshapeOp>(op.getX().getDefiningOp()))
      return rewriter.notifyMatchFailure(op, "expected a broadcast of a broadcast or reshape");
    Spread spread = spreadOf(op.getResult());
    SmallVector<int64_t> dims = spread.varying();
    // A reshape that drops the source's extents of 1 is what this makes: it stays.
    if (spread.source == op.getX() || !llvm::is_sorted(dims) || dims == op.getDims())
      return rewriter.notifyMatchFailure(op, "expected repetition only");
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, op.getType(), squeezed(b, spread), dims);
    return success();
  }
};

struct BroadcastUnits : OpRewritePattern<BroadcastOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(BroadcastOp op, PatternRewriter &rewriter) const override {
    if (tensorType(op.getX()).getNumElements() != op.getType().getNumElements() ||
        !llvm::is_sorted(op.getDims()))
      return rewriter.notifyMatchFailure(op, "expected to add extents of 1 only");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};

struct TransposeUnits : OpRewritePattern<TransposeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(TransposeOp op, PatternRewriter &rewriter) const override {
    SmallVector<int64_t> moved;
    for (int64_t dimension : op.getPerm())
      if (tensorType(op.getX()).getDimSize(dimension) != 1)
        moved.push_back(dimension);
    if (!llvm::is_sorted(moved))
      return rewriter.notifyMatchFailure(op, "expected to move extents of 1 only");
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(), op.getX());
    return success();
  }
};
} // namespace

void dlc::addIdentityPatterns(RewritePatternSet &patterns) {
  patterns.add<MulByOne, AddZero, SubConstant, DivByPower, SmallPower, ComposeBroadcast,
               BroadcastUnits, TransposeUnits>(patterns.getContext());
}
