// Losses of classification. Classes are the second dimension of the scores, [N, C, ...]; targets
// [N, ...] name one for each place. What `ignore_index` hides, and what a weight of its class
// scales, is a factor of the loss of a place; the mean divides by the sum of these factors.
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct Targets {
  TensorExpr classes; // si64; -1 where nothing is counted
  Value factor;       // of the type of the scores; null: 1 everywhere
};
} // namespace

static constexpr int64_t classDimension = 1;

static Targets readTargets(NodeReader &node, TensorExpr scores, TensorExpr targets) {
  node.checkFloat(scores);
  node.checkRank(scores, 2, INT64_MAX);
  ArrayRef<int64_t> shape = scores.type().getShape();
  Shape places(shape);
  places.erase(places.begin() + classDimension);
  node.checkShape("the target", targets, places);
  if (!isa<IntegerType>(targets.type().getElementType()))
    node.refuse(Code::TypeMismatch, "the target has the wrong type", "an integer type",
                shownType(targets.type()));
  mlir::Type element = scores.type().getElementType();
  TensorExpr classes = convert(targets, node.builder.getIntegerType(64, /*isSigned=*/true));
  std::optional<TensorExpr> weights = node.optionalInput(2);
  if (weights) {
    node.checkShape("the weight", *weights, shape[classDimension]);
    node.checkSameType(scores, *weights);
  }
  bool ignores = node.hasAttribute("ignore_index");
  int64_t ignored = node.integer("ignore_index", -1);
  if (std::optional<Literal> known = node.known(1))
    for (int64_t k = 0; k < known->size(); ++k) {
      int64_t target = known->integer(k), count = shape[classDimension];
      if ((target < 0 || target >= count) && !(ignores && target == ignored))
        node.refuse(Code::IndexOutOfRange, "a target is no class", "0 to " + llvm::Twine(count - 1),
                    llvm::Twine(target));
    }
  TensorExpr isIgnored = compare(CompareKind::eq, classes, classes.number(double(ignored)));
  auto counted = [&](TensorExpr otherwise, TensorExpr x) {
    return ignores ? select(isIgnored, otherwise, x) : x;
  };
  Targets result{counted(classes.number(-1), classes), Value()};
  if (weights) {
    TensorExpr looked = counted(classes.number(0), classes);
    TensorExpr weight = node.tensor(node.build<TakeOp>(*weights, looked, /*axis=*/0));
    result.factor = counted(weight.number(0), weight);
  } else if (ignores) {
    result.factor =
        convert(compare(CompareKind::ne, classes, classes.number(double(ignored))), element);
  }
  return result;
}

static Value reduced(NodeReader &node, TensorExpr losses, Value factor) {
  llvm::StringRef reduction = node.text("reduction", "mean", {"none", "sum", "mean"});
  TensorExpr scaled = factor ? losses * losses.with(factor) : losses;
  if (reduction == "none")
    return scaled;
  Shape all = llvm::to_vector(llvm::seq<int64_t>(0, losses.type().getRank()));
  TensorExpr sum = reduceSum(scaled, all);
  if (reduction == "sum")
    return sum;
  if (factor)
    return sum / reduceSum(losses.with(factor), all);
  return sum / sum.number(double(losses.type().getNumElements()));
}

static Values softmaxCrossEntropy(NodeReader &node) {
  TensorExpr scores = node.input(0);
  Targets targets = readTargets(node, scores, node.input(1));
  TensorExpr losses =
      node.tensor(node.build<SoftmaxXentOp>(scores, targets.classes, classDimension));
  Value loss = reduced(node, losses, targets.factor);
  if (node.node.outputs.size() < 2)
    return {loss};
  Value logarithm = LogSoftmaxOp::create(node.builder, scores.type(), scores, classDimension);
  return {loss, logarithm};
}

// -x[target]: a sum over a row of which one element counts.
static Values negativeLogLikelihood(NodeReader &node) {
  TensorExpr x = node.input(0);
  Targets targets = readTargets(node, x, node.input(1));
  ArrayRef<int64_t> shape = x.type().getShape();
  TensorExpr chosen = broadcastOver(targets.classes, shape, classDimension);
  TensorExpr index = chosen.with(IotaOp::create(node.builder, chosen.type(), classDimension));
  TensorExpr picked = select(compare(CompareKind::eq, index, chosen), -x, x.number(0));
  return {reduced(node, reduceSum(picked, classDimension), targets.factor)};
}

void addLosses(Registry &r) {
  r.add("NegativeLogLikelihoodLoss", 12, negativeLogLikelihood);
  r.add("SoftmaxCrossEntropyLoss", 12, softmaxCrossEntropy);
}

} // namespace dlc::onnx
