// Computes what is known at compile time, merges what is equal, drops what is dead.
//
//   %0 = dlc.constant dense<2.0>                     %0 = dlc.constant dense<5.0>
//   %1 = dlc.constant dense<3.0>
//   %2 = dlc.add %0, %1                   becomes
//   %3 = dlc.weight @w                               dlc.derived_weight @w_1 { transpose of @w }
//   %4 = dlc.transpose %3 perm [1, 0]                %4 = dlc.weight @w_1
//
//   1. identities that are exact (FoldIdentities.cpp)
//   2. per-channel arithmetic into the weights of the contraction before (FoldWeights.cpp)
//   3. constants: results up to 4 KiB by the interpreter; what is computed from weights becomes a
//      derived weight, evaluated when the object is written
//   4. equal ops are merged, weights that nothing reads are erased
#include "Core/Interpreter.h"
#include "Graph/FoldPatterns.h"
#include "Graph/WeightTable.h"
#include "Passes.h"
#include "mlir/IR/Dominance.h"
#include "mlir/Transforms/CSE.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace dlc {
#define GEN_PASS_DEF_FOLD
#include "Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

static int64_t bytesOf(Type type) {
  auto tensor = cast<RankedTensorType>(type);
  return tensor.getNumElements() * elementBytes(tensor.getElementType());
}

namespace {
/// Results of at most `bytesMax` bytes are computed now.
struct ComputeConstant : RewritePattern {
  explicit ComputeConstant(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    constexpr int64_t bytesMax = 4096;
    constexpr int64_t workMax = 1 << 20;
    bool computable =
        isa<ReferenceOpInterface, SequentialOpInterface, CompositeOpInterface>(op) && isPure(op);
    if (!computable || op->getNumOperands() == 0)
      return rewriter.notifyMatchFailure(op, "expected an op with operands and a meaning");
    for (Type type : op->getResultTypes())
      if (bytesOf(type) > bytesMax || cast<RankedTensorType>(type).getEncoding())
        return rewriter.notifyMatchFailure(op, "expected a small result");
    SmallVector<Literal> operands;
    for (Value operand : op->getOperands()) {
      DenseElementsAttr value;
      if (!matchPattern(operand, m_Constant(&value)) || bytesOf(value.getType()) > (1 << 20))
        return rewriter.notifyMatchFailure(op, "expected constants");
      operands.push_back(Literal::from(value));
    }
    if (auto form = dyn_cast<ReferenceOpInterface>(op))
      if (ShapedType::getNumElements(form.referenceForm().extents) > workMax)
        return rewriter.notifyMatchFailure(op, "expected little work");
    return replace(op, operands, rewriter, workMax);
  }

  LogicalResult replace(Operation *op, ArrayRef<Literal> operands, PatternRewriter &rewriter,
                        int64_t workMax) const {
    InterpreterOptions options;
    options.workLimit = workMax;
    // An index that is out of range is the run's error, not the compiler's.
    ScopedDiagnosticHandler silence(op->getContext(), [](Diagnostic &) { return success(); });
    FailureOr<SmallVector<Literal>> results = interpret(op, operands, options);
    if (failed(results))
      return rewriter.notifyMatchFailure(op, "expected a value");
    ImplicitLocOpBuilder b(op->getLoc(), rewriter);
    SmallVector<Value> values;
    for (const Literal &literal : *results)
      values.push_back(buildConstant(b, literal));
    rewriter.replaceOp(op, values);
    return success();
  }
};

/// What is computed from weights, element by element or by movement, is a weight.
struct DeriveWeight : RewritePattern {
  DeriveWeight(MLIRContext *context, WeightTable &weights)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context), weights(weights) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    bool streams = (op->hasTrait<PointwiseOp>() || op->hasTrait<MovementOp>()) && isPure(op) &&
                   op->getNumResults() == 1 && op->getNumOperands() > 0;
    if (!streams || op->getParentOfType<DerivedWeightOp>() ||
        !llvm::all_of(op->getOperands(), isConstantExpression))
      return rewriter.notifyMatchFailure(op, "expected movement or arithmetic of weights");
    int64_t read = 0;
    for (Value operand : op->getOperands()) {
      Operation *source = operand.getDefiningOp();
      while (isa<BroadcastOp, ReshapeOp>(source))
        source = source->getOperand(0).getDefiningOp();
      read += bytesOf(source->getResult(0).getType());
    }
    // Repetition is cheaper to do than to store.
    if (bytesOf(op->getResult(0).getType()) > 2 * read)
      return rewriter.notifyMatchFailure(op, "expected a result not larger than the operands");
    Value weight = weights.derive(op);
    if (!weight)
      return rewriter.notifyMatchFailure(op, "expected weights");
    rewriter.replaceOp(op, weight);
    return success();
  }

  WeightTable &weights;
};

struct FoldPass : dlc::impl::FoldBase<FoldPass> {
  using FoldBase::FoldBase;

  void runOnOperation() override {
    ModuleOp module = getOperation();
    WeightTable weights(module);
    RewritePatternSet patterns(&getContext());
    addIdentityPatterns(patterns);
    if (!exact)
      addWeightPatterns(patterns);
    addConstantPatterns(patterns, weights);
    FrozenRewritePatternSet frozen(std::move(patterns));
    for (auto function : llvm::to_vector(module.getOps<func::FuncOp>())) {
      if (function.isExternal())
        continue;
      if (failed(applyPatternsGreedily(function, frozen)))
        return signalPassFailure();
      IRRewriter rewriter(&getContext());
      DominanceInfo dominance(function);
      eliminateCommonSubExpressions(rewriter, dominance, function);
    }
    eraseDeadWeights(module);
  }
};
} // namespace

void dlc::addConstantPatterns(RewritePatternSet &patterns, WeightTable &weights) {
  patterns.add<ComputeConstant>(patterns.getContext());
  patterns.add<DeriveWeight>(patterns.getContext(), weights);
}
