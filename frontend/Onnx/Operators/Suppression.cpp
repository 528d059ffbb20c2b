// NonMaxSuppression: of boxes that overlap, the one with the highest score.
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Operators/Indices.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
// The corners of boxes: the smaller and the larger coordinate of each of two axes, and the area.
struct Corners {
  TensorExpr low[2], high[2], area;
};
} // namespace

static TensorExpr smaller(TensorExpr x, TensorExpr y) {
  return x.with(MinOp::create(x.builder, x, y));
}
static TensorExpr larger(TensorExpr x, TensorExpr y) {
  return x.with(MaxOp::create(x.builder, x, y));
}

// `boxes` [..., 4]: two corners in any order, or the center and the extents.
static Corners cornersOf(NodeReader &node, TensorExpr boxes, bool isCenter) {
  int64_t last = boxes.type().getRank() - 1;
  auto coordinate = [&](int64_t i) {
    return node.reshape(node.slice(boxes, last, i, i + 1), boxes.type().getShape().drop_back());
  };
  TensorExpr a = coordinate(0), b = coordinate(1), c = coordinate(2), d = coordinate(3);
  auto area = [](TensorExpr lowY, TensorExpr lowX, TensorExpr highY, TensorExpr highX) {
    return (highY - lowY) * (highX - lowX);
  };
  if (isCenter) {
    TensorExpr half = c.number(0.5);
    TensorExpr lowX = a - c * half, lowY = b - d * half, highX = a + c * half, highY = b + d * half;
    return {{lowY, lowX}, {highY, highX}, area(lowY, lowX, highY, highX)};
  }
  TensorExpr lowY = smaller(a, c), lowX = smaller(b, d), highY = larger(a, c), highX = larger(b, d);
  return {{lowY, lowX}, {highY, highX}, area(lowY, lowX, highY, highX)};
}

// Intersection over union of x and y, elementwise, is above the threshold. Boxes without area
// overlap nothing.
static TensorExpr overlaps(const Corners &x, const Corners &y, TensorExpr threshold) {
  TensorExpr zero = x.area.number(0), meet = x.area.number(1);
  for (int i : {0, 1})
    meet.value = meet * larger(smaller(x.high[i], y.high[i]) - larger(x.low[i], y.low[i]), zero);
  TensorExpr joined = x.area + y.area - meet;
  TensorExpr isReal = compare(CompareKind::gt, smaller(x.area, y.area), zero);
  TensorExpr isAbove = compare(CompareKind::gt, meet / joined, threshold);
  return isReal.with(AndOp::create(isReal.builder, isReal, isAbove));
}

static TensorExpr number(NodeReader &node, size_t i, mlir::Type element) {
  std::optional<TensorExpr> given = node.optionalInput(i);
  if (!given)
    return node.splat({}, element, 0);
  if (given->type().getNumElements() != 1)
    node.refuse(Code::ShapeMismatch, "input " + llvm::Twine(i) + " must be one number", "",
                shownType(given->type()));
  return convert(node.reshape(*given, {}), element);
}

// The place of the highest score that is left, whether there is one, and the scores without it and
// what it overlaps.
static Values step(NodeReader &node, TensorExpr boxes, TensorExpr scores, bool isCenter,
                   TensorExpr threshold) {
  ImplicitLocOpBuilder &b = node.builder;
  Shape shape(scores.type().getShape()), pair{shape[0], shape[1]};
  TensorExpr best = node.tensor(node.build<ArgReduceOp>(ReduceKind::max, scores, 2, false));
  TensorExpr highest = reduceMax(scores, {2});
  TensorExpr none =
      scores.with(buildSplat(b, scores.type(), -std::numeric_limits<double>::infinity()));
  TensorExpr nothing =
      highest.with(buildSplat(b, highest.type(), -std::numeric_limits<double>::infinity()));
  TensorExpr isFound = compare(CompareKind::gt, highest, nothing);
  Shape rows(pair);
  rows.push_back(1);
  TensorExpr box = node.tensor(node.build<GatherNdOp>(boxes, node.reshape(best, rows), 1));
  Corners chosen = cornersOf(node, box, isCenter), all = cornersOf(node, boxes, isCenter);
  auto spread = [&](Corners &corners, ArrayRef<int64_t> dims) {
    for (TensorExpr *part :
         {&corners.low[0], &corners.low[1], &corners.high[0], &corners.high[1], &corners.area})
      part->value = broadcast(*part, shape, dims);
  };
  spread(chosen, {0, 1});
  spread(all, {0, 2});
  TensorExpr place = iota(node, shape, 2);
  TensorExpr isChosen = compare(CompareKind::eq, place, broadcast(best, shape, {0, 1}));
  TensorExpr goes = isChosen.with(
      OrOp::create(b, isChosen, overlaps(chosen, all, node.broadcastTo(threshold, shape))));
  return {select(goes, none, scores), best, isFound};
}

// Of each batch and class, up to `most` boxes in the order of their scores, without those that
// overlap a chosen one: rows of batch, class and box.
static Values suppress(NodeReader &node) {
  BoundedValue given = boundedInput(node, 1);
  TensorExpr boxes = boundedInput(node, 0).full, scores = given.full;
  // A box past the extent has the score of one that is gone.
  node.checkFloat(scores);
  if (given)
    scores.value = maskedByExtent(node, scores, given.extent, given.dimension,
                                  -std::numeric_limits<double>::infinity());
  bool isCenter = node.flag("center_point_box", false);
  node.checkRank(boxes, 3, 3);
  node.checkRank(scores, 3, 3);
  node.checkFloat(boxes);
  node.checkSameType(boxes, scores);
  if (given && given.dimension != 2)
    node.unsupported("NonMaxSuppression of a number of classes that depends on data");
  Shape shape(scores.type().getShape());
  node.checkShape("boxes", boxes, {shape[0], shape[2], 4});
  mlir::Type element = scores.type().getElementType();
  mlir::Type index = IntegerType::get(node.builder.getContext(), 64, IntegerType::Signed);
  TensorExpr most = number(node, 2, index), threshold = number(node, 3, element);
  int64_t steps = shape[2];
  if (!node.has(2))
    steps = 0;
  else if (std::optional<Literal> known = node.known(2); known && known->size() == 1)
    steps = std::clamp<int64_t>(known->integer(0), 0, steps);
  TensorExpr none = scores.with(
      buildSplat(node.builder, scores.type(), -std::numeric_limits<double>::infinity()));
  TensorExpr left = scores;
  if (node.has(4))
    left.value =
        select(compare(CompareKind::gt, scores, node.broadcastTo(number(node, 4, element), shape)),
               scores, none);
  if (steps == 0 || ShapedType::getNumElements(shape) == 0)
    return {node.splat({0, 3}, index, 0)};
  Shape pair{shape[0], shape[1]}, stacked{steps, shape[0], shape[1]};
  auto bools = RankedTensorType::get(stacked, node.builder.getI1Type());
  auto places = RankedTensorType::get(stacked, index);
  auto scan = ScanOp::create(node.builder, TypeRange{left.type(), places, bools}, left.value,
                             ValueRange(), steps, ArrayRef<bool>(), ArrayRef{false, false});
  {
    OpBuilder::InsertionGuard guard(node.builder);
    Block *body = node.builder.createBlock(&scan.getBody(), {}, TypeRange{left.type()},
                                           {node.builder.getLoc()});
    ReturnOp::create(node.builder,
                     step(node, boxes, node.tensor(body->getArgument(0)), isCenter, threshold));
  }
  // The chosen ones by batch, class and step.
  TensorExpr chosen = node.transpose(node.tensor(scan.getResult(1)), {1, 2, 0});
  TensorExpr isChosen = node.transpose(node.tensor(scan.getResult(2)), {1, 2, 0});
  TensorExpr order = iota(node, chosen.type().getShape(), 2);
  TensorExpr isWanted =
      compare(CompareKind::lt, order, node.broadcastTo(most, order.type().getShape()));
  auto found = node.build<NonZeroOp>(AndOp::create(node.builder, isChosen, isWanted));
  RankedTensorType bounded = tensorType(found.getIndices());
  TensorExpr rows = node.transpose(
      node.tensor(UnboundedOp::create(
          node.builder, RankedTensorType::get(bounded.getShape(), index), found.getIndices())),
      {1, 0});
  TensorExpr box = node.tensor(node.build<GatherNdOp>(chosen, rows, 0));
  int64_t count = rows.type().getDimSize(0);
  TensorExpr result = node.concat({node.slice(rows, 1, 0, 2), node.reshape(box, {count, 1})}, 1);
  return {boundedBy(node, result, found.getExtent(), 0)};
}

void addSuppression(Registry &r) { r.add("NonMaxSuppression", 10, suppress); }

} // namespace dlc::onnx
