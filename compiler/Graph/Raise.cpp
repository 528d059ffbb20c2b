// Recognises composites in the primitives that exporters write, so that each becomes one kernel and
// has its own gradient.
//
//   %m = dlc.reduce max %x dims [1]
//   %d = dlc.sub %x, broadcast %m
//   %e = dlc.exp %d                        becomes    %y = dlc.softmax %x dims [1]
//   %s = dlc.reduce sum %e dims [1]
//   %y = dlc.div %e, broadcast %s
//
//   1. small ones: relu, logistic (below)
//   2. gelu, erf and tanh form (RaiseGelu.cpp)
//   3. softmax and layer norm (RaiseRows.cpp)
//
// Patterns look through broadcasts and unit reshapes (Spread.h); what is left of the primitives is
// dead unless something else reads it.
#include "Graph/RaisePatterns.h"
#include "Graph/Spread.h"
#include "Passes.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_RAISE
#include "Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

bool dlc::isNumber(Value value, double wanted) {
  std::optional<double> number = splatNumber(value);
  if (!number)
    return false;
  Type element = tensorType(value).getElementType();
  // Exporters round constants to the model's type.
  double tolerance = element.isF16() || element.isBF16() ? 4e-3 : 1e-5;
  return std::fabs(*number - wanted) <= tolerance * std::fabs(wanted);
}

namespace {
struct RaiseRelu : OpRewritePattern<MaxOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MaxOp op, PatternRewriter &rewriter) const override {
    auto isSigned = [](Value x) { return !tensorType(x).getElementType().isUnsignedInteger(); };
    for (auto [x, y] : {std::pair(op.getX(), op.getY()), std::pair(op.getY(), op.getX())})
      if (isSigned(x) && splatNumber(y) == 0.0) {
        rewriter.replaceOpWithNewOp<ReluOp>(op, x);
        return success();
      }
    return rewriter.notifyMatchFailure(op, "expected a maximum with 0");
  }
};

// 1 / (1 + exp(-x))
struct RaiseLogistic : OpRewritePattern<DivOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(DivOp op, PatternRewriter &rewriter) const override {
    auto sum = op.getY().getDefiningOp<AddOp>();
    if (!isNumber(op.getX(), 1) || !sum)
      return rewriter.notifyMatchFailure(op, "expected 1 / (1 + ...)");
    for (auto [x, y] : {std::pair(sum.getX(), sum.getY()), std::pair(sum.getY(), sum.getX())}) {
      auto exponential = x.getDefiningOp<ExpOp>();
      auto negated = exponential ? exponential.getX().getDefiningOp<NegOp>() : nullptr;
      if (negated && isNumber(y, 1)) {
        rewriter.replaceOpWithNewOp<LogisticOp>(op, negated.getX());
        return success();
      }
    }
    return rewriter.notifyMatchFailure(op, "expected exp(-x)");
  }
};

struct RaisePass : dlc::impl::RaiseBase<RaisePass> {
  using RaiseBase::RaiseBase;

  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<RaiseRelu, RaiseLogistic>(&getContext());
    addGeluPatterns(patterns);
    addRowPatterns(patterns);
    FrozenRewritePatternSet frozen(std::move(patterns));
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (!function.isExternal() && failed(applyPatternsGreedily(function, frozen)))
        return signalPassFailure();
  }
};
} // namespace
