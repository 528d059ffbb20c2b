// softmax and layer norm as exporters write them:
//
//   softmax     e / sum(e),  e = exp(x - max(x))
//   layer norm  d / sqrt(mean(d * d) + epsilon) [* scale] [+ shift],  d = x - mean(x)
//
// mean is a sum that is divided or multiplied; d / sqrt may be d * rsqrt or d * (1 / sqrt); d * d
// may be pow(d, 2). Scale and shift join a layer norm that is there already.
#include "Graph/FoldPatterns.h"
#include "Graph/RaisePatterns.h"
#include "Graph/Spread.h"

using namespace mlir;
using namespace dlc;

namespace {
// A reduction whose result is spread over what it reduced.
ReduceOp spreadReduction(Value value, ReduceKind kind) {
  Spread spread = spreadOf(value);
  auto reduce = spread.source.getDefiningOp<ReduceOp>();
  if (!reduce || reduce.getKind() != kind ||
      tensorType(reduce.getX()).getShape() != tensorType(value).getShape())
    return {};
  // What is kept must lie where it lay.
  SmallVector<int64_t> kept;
  for (int64_t d = 0; d < tensorType(value).getRank(); ++d)
    if (!llvm::is_contained(reduce.getDims(), d))
      kept.push_back(d);
  for (auto [dimension, place] : llvm::zip(kept, spread.dims))
    if (place >= 0 && place != dimension)
      return {};
  return reduce;
}

// The number that an op scales its operand by, and the operand.
std::optional<std::pair<Value, double>> scaledBy(Value value) {
  if (auto div = value.getDefiningOp<DivOp>())
    if (auto number = splatNumber(div.getY()))
      return std::pair(div.getX(), 1 / *number);
  if (auto mul = value.getDefiningOp<MulOp>())
    for (auto [x, y] : {std::pair(mul.getX(), mul.getY()), std::pair(mul.getY(), mul.getX())})
      if (auto number = splatNumber(y))
        return std::pair(x, *number);
  return {};
}

// mean(x) over dims, as it is read: spread over x's shape, or in any shape with extents of 1.
struct Mean {
  Value x;
  SmallVector<int64_t> dims;
};

std::optional<Mean> meanOf(Value value) {
  Value scaled = spreadOf(value).source;
  auto parts = scaledBy(scaled);
  if (!parts)
    return {};
  auto reduce = spreadOf(parts->first).source.getDefiningOp<ReduceOp>();
  if (!reduce || reduce.getKind() != ReduceKind::sum)
    return {};
  double count = 1;
  for (int64_t dimension : reduce.getDims())
    count *= static_cast<double>(tensorType(reduce.getX()).getDimSize(dimension));
  Type element = tensorType(value).getElementType();
  double tolerance = element.isF16() || element.isBF16() ? 1e-2 : 1e-5;
  if (std::fabs(parts->second * count - 1) > tolerance)
    return {};
  SmallVector<int64_t> dims(reduce.getDims());
  llvm::sort(dims);
  return Mean{reduce.getX(), dims};
}

struct RaiseSoftmax : OpRewritePattern<DivOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(DivOp op, PatternRewriter &rewriter) const override {
    auto exponential = op.getX().getDefiningOp<ExpOp>();
    auto shifted = exponential ? exponential.getX().getDefiningOp<SubOp>() : nullptr;
    auto sum = spreadReduction(op.getY(), ReduceKind::sum);
    if (!shifted || !sum || sum.getX() != exponential.getResult())
      return rewriter.notifyMatchFailure(op, "expected exp(x - ...) over its sum");
    auto maximum = spreadReduction(shifted.getY(), ReduceKind::max);
    if (!maximum || maximum.getX() != shifted.getX() || maximum.getDims() != sum.getDims())
      return rewriter.notifyMatchFailure(op, "expected x - max(x)");
    rewriter.replaceOpWithNewOp<SoftmaxOp>(op, shifted.getX(), sum.getDims());
    return success();
  }
};

// sqrt(mean(d * d) + epsilon) -> epsilon, when it is of this d and over these dims.
std::optional<double> deviationOf(Value root, Value d, ArrayRef<int64_t> dims) {
  auto add = spreadOf(root).source.getDefiningOp<AddOp>();
  if (!add)
    return {};
  for (auto [variance, number] :
       {std::pair(add.getX(), add.getY()), std::pair(add.getY(), add.getX())}) {
    std::optional<double> epsilon = splatNumber(number);
    std::optional<Mean> mean = epsilon ? meanOf(variance) : std::nullopt;
    if (!mean || mean->dims != dims)
      continue;
    auto mul = mean->x.getDefiningOp<MulOp>();
    auto pow = mean->x.getDefiningOp<PowOp>();
    if ((mul && mul.getX() == d && mul.getY() == d) ||
        (pow && pow.getX() == d && splatNumber(pow.getY()) == 2.0))
      return epsilon;
  }
  return {};
}

// d * rsqrt(v), d * (1 / sqrt(v)), d / sqrt(v): (d, v)
SmallVector<std::pair<Value, Value>> normalisations(Operation *op) {
  SmallVector<std::pair<Value, Value>> found;
  if (auto div = dyn_cast<DivOp>(op))
    if (auto sqrt = spreadOf(div.getY()).source.getDefiningOp<SqrtOp>())
      found.emplace_back(div.getX(), sqrt.getX());
  if (auto mul = dyn_cast<MulOp>(op))
    for (auto [d, y] : {std::pair(mul.getX(), mul.getY()), std::pair(mul.getY(), mul.getX())}) {
      Value factor = spreadOf(y).source;
      if (auto rsqrt = factor.getDefiningOp<RsqrtOp>())
        found.emplace_back(d, rsqrt.getX());
      auto div = factor.getDefiningOp<DivOp>();
      if (auto sqrt = div && isNumber(div.getX(), 1)
                          ? spreadOf(div.getY()).source.getDefiningOp<SqrtOp>()
                          : nullptr)
        found.emplace_back(d, sqrt.getX());
    }
  return found;
}

struct RaiseLayerNorm : RewritePattern {
  explicit RaiseLayerNorm(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op, PatternRewriter &rewriter) const override {
    for (auto [d, variance] : normalisations(op)) {
      auto centred = d.getDefiningOp<SubOp>();
      std::optional<Mean> mean = centred ? meanOf(centred.getY()) : std::nullopt;
      if (!mean || mean->x != centred.getX() ||
          tensorType(mean->x).getShape() != tensorType(d).getShape())
        continue;
      std::optional<double> epsilon = deviationOf(variance, d, mean->dims);
      if (!epsilon || *epsilon < 0)
        continue;
      rewriter.replaceOpWithNewOp<LayerNormOp>(op, mean->x.getType(), mean->x, Value(), Value(),
                                               rewriter.getDenseI64ArrayAttr(mean->dims),
                                               rewriter.getF64FloatAttr(*epsilon), UnitAttr());
      return success();
    }
    return rewriter.notifyMatchFailure(op, "expected (x - mean(x)) / sqrt(...)");
  }
};

// `value` as a tensor of the shape of `dims` of `type`, if it varies along those only.
Value parameterOf(ImplicitLocOpBuilder &b, Value value, RankedTensorType type,
                  ArrayRef<int64_t> dims) {
  Spread spread = spreadOf(value);
  SmallVector<int64_t> varying = spread.varying(), shape, places;
  if (!llvm::is_sorted(varying))
    return {};
  for (int64_t dimension : dims)
    shape.push_back(type.getDimSize(dimension));
  for (int64_t dimension : varying) {
    auto place = llvm::find(dims, dimension);
    if (place == dims.end())
      return {};
    places.push_back(place - dims.begin());
  }
  auto wanted = RankedTensorType::get(shape, type.getElementType());
  Value small = squeezed(b, spread);
  return small.getType() == wanted ? small : BroadcastOp::create(b, wanted, small, places);
}

template <typename Op> struct JoinLayerNorm : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;
  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    constexpr bool isScale = std::is_same_v<Op, MulOp>;
    for (auto [x, y] : {std::pair(op.getX(), op.getY()), std::pair(op.getY(), op.getX())}) {
      auto norm = x.template getDefiningOp<LayerNormOp>();
      if (!norm || !x.hasOneUse() || norm.getShift() || (isScale && norm.getScale()) ||
          (spreadOf(y).source == y && !isConstantExpression(y)))
        continue;
      ImplicitLocOpBuilder b(op.getLoc(), rewriter);
      Value parameter = parameterOf(b, y, tensorType(x), norm.getDims());
      if (!parameter)
        continue;
      rewriter.replaceOpWithNewOp<LayerNormOp>(op, op.getType(), norm.getX(),
                                               isScale ? parameter : norm.getScale(),
                                               isScale ? Value() : parameter, norm.getDimsAttr(),
                                               norm.getEpsilonAttr(), norm.getRmsAttr());
      return success();
    }
    return rewriter.notifyMatchFailure(op, "expected a layer norm and a parameter");
  }
};
} // namespace

void dlc::addRowPatterns(RewritePatternSet &patterns) {
  patterns.add<RaiseSoftmax, RaiseLayerNorm, JoinLayerNorm<MulOp>, JoinLayerNorm<AddOp>>(
      patterns.getContext());
}
