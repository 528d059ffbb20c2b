// Pad: a constant, or parts of x itself, around x.
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct Pads {
  Shape lo, hi;
};
} // namespace

// Pads of the dimensions that `axes` names; the others get none.
static Pads readPads(NodeReader &node, int64_t rank) {
  std::optional<Shape> given = node.integersOrInput(node.opset < 2 ? "paddings" : "pads", 1), axes;
  if (!given)
    node.refuse(Code::AttributeMissing, "pads are missing");
  if (node.opset >= 18 && node.has(3))
    axes = node.axes(node.knownIntegers(3), rank);
  Shape dims = axes ? *axes : llvm::to_vector(llvm::seq<int64_t>(0, rank));
  size_t count = dims.size();
  if (given->size() != 2 * count)
    node.refuse(Code::AttributeInvalid, "pads have the wrong length", llvm::Twine(2 * count),
                llvm::Twine(given->size()));
  Pads pads{Shape(rank, 0), Shape(rank, 0)};
  constexpr int64_t largest = int64_t(1) << 40;
  for (int64_t pad : *given)
    if (pad < -largest || pad > largest)
      node.refuse(Code::MemoryBudget, "a result exceeds the memory budget", "", shownShape(*given));
  for (auto [i, dimension] : llvm::enumerate(dims)) {
    pads.lo[dimension] = (*given)[i];
    pads.hi[dimension] = (*given)[i + count];
  }
  return pads;
}

// The value as an attribute; none if it is known only when the program runs.
static std::optional<TypedAttr> paddingValue(NodeReader &node, mlir::Type element) {
  if (node.opset < 11)
    return elementAttribute(element, node.number("value", 0));
  if (!node.has(2))
    return elementAttribute(element, 0);
  RankedTensorType type = node.input(2).type();
  if (type.getNumElements() != 1 || type.getElementType() != element)
    node.refuse(Code::TypeMismatch, "the padding value has another type", shownType(element),
                shownType(type));
  std::optional<Literal> known = node.known(2);
  if (!known)
    return std::nullopt;
  return cast<TypedAttr>(known->attribute().getSplatValue<mlir::Attribute>());
}

// Padding with a value that the program computes: where a padded `true` is seen, x.
static TensorExpr padWith(NodeReader &node, TensorExpr x, const Pads &pads, TensorExpr value) {
  Shape none(x.type().getRank(), 0);
  TensorExpr there = node.splat(x.type().getShape(), node.builder.getI1Type(), 1);
  auto spread = [&](TensorExpr v) {
    TypedAttr zero = elementAttribute(v.type().getElementType(), 0);
    return node.tensor(node.build<PadOp>(v, pads.lo, pads.hi, none, zero));
  };
  TensorExpr padded = spread(x);
  return select(spread(there), padded,
                node.broadcastTo(node.reshape(value, {}), padded.type().getShape()));
}

static TensorExpr reversed(NodeReader &node, TensorExpr x, int64_t dimension) {
  return node.tensor(ReverseOp::create(node.builder, x.type(), x, Shape{dimension}));
}

// What stands before (or after) x along a dimension: its inner elements mirrored, its edge
// repeated, or its other end.
static TensorExpr border(NodeReader &node, TensorExpr x, int64_t dimension, int64_t pad,
                         bool before, StringRef mode) {
  int64_t n = x.type().getDimSize(dimension);
  int64_t reach = mode == "reflect" ? n - 1 : mode == "wrap" ? n : INT64_MAX;
  if (pad > reach || n == 0)
    node.refuse(Code::ShapeInvalid, "a pad is wider than what it repeats",
                "at most " + llvm::Twine(n == 0 ? 0 : reach), llvm::Twine(pad));
  if (mode == "reflect")
    return reversed(node,
                    before ? node.slice(x, dimension, 1, pad + 1)
                           : node.slice(x, dimension, n - 1 - pad, n - 1),
                    dimension);
  if (mode == "wrap")
    return before ? node.slice(x, dimension, n - pad, n) : node.slice(x, dimension, 0, pad);
  TensorExpr edge = node.slice(x, dimension, before ? 0 : n - 1, before ? 1 : n);
  Shape shape(edge.type().getShape());
  shape[dimension] = pad;
  return node.broadcastTo(edge, shape);
}

static Values pad(NodeReader &node) {
  TensorExpr x = node.input(0);
  int64_t rank = x.type().getRank();
  StringRef mode = node.text("mode", "constant", {"constant", "reflect", "edge", "wrap"});
  Pads pads = readPads(node, rank);
  std::optional<TypedAttr> value = paddingValue(node, x.type().getElementType());
  Pads crop{Shape(rank, 0), Shape(rank, 0)};
  for (auto [from, to] : {std::pair(&pads.lo, &crop.lo), std::pair(&pads.hi, &crop.hi)})
    for (int64_t i = 0; i < rank; ++i)
      (*to)[i] = std::min<int64_t>((*from)[i], 0);
  for (int64_t i = 0; i < rank; ++i)
    if (x.type().getDimSize(i) + crop.lo[i] + crop.hi[i] < 0)
      node.refuse(Code::ShapeInvalid, "negative pads take away more than there is",
                  shownType(x.type()), shownShape(pads.lo) + " and " + shownShape(pads.hi));
  if (mode == "constant" && !value)
    return {padWith(node, x, pads, node.input(2))};
  TypedAttr outside = value.value_or(elementAttribute(x.type().getElementType(), 0));
  if (mode == "constant")
    return {node.build<PadOp>(x, pads.lo, pads.hi, Shape(rank, 0), outside)};
  Value result = node.build<PadOp>(x, crop.lo, crop.hi, Shape(rank, 0), outside);
  for (int64_t i = 0; i < rank; ++i) {
    TensorExpr inner = node.tensor(result);
    Values parts{inner};
    if (pads.lo[i] > 0)
      parts.insert(parts.begin(), border(node, inner, i, pads.lo[i], true, mode));
    if (pads.hi[i] > 0)
      parts.push_back(border(node, inner, i, pads.hi[i], false, mode));
    result = node.concat(parts, i);
  }
  return {result};
}

// Each axis to its extent of `shape`: cropped or filled with zeros on both sides, an odd element at
// the end.
static Values centerCropPad(NodeReader &node) {
  TensorExpr x = node.input(0);
  int64_t rank = x.type().getRank();
  Shape shape = node.knownIntegers(1), lo(rank, 0), hi(rank, 0);
  std::optional<Shape> given = node.integers("axes");
  Shape axes = given ? node.axes(*given, rank) : llvm::to_vector(llvm::seq<int64_t>(0, rank));
  if (shape.size() != axes.size())
    node.refuse(Code::ShapeMismatch, "the shape has the wrong length", llvm::Twine(axes.size()),
                llvm::Twine(shape.size()));
  for (auto [axis, wanted] : llvm::zip_equal(axes, shape)) {
    if (wanted < 0 || wanted > largestValueBytes)
      node.refuse(Code::ShapeInvalid, "the shape is not valid", "", shownShape(shape));
    int64_t more = wanted - x.type().getDimSize(axis);
    lo[axis] = more / 2;
    hi[axis] = more - more / 2;
  }
  return {
      node.build<PadOp>(x, lo, hi, Shape(rank, 0), elementAttribute(x.type().getElementType(), 0))};
}

void addPad(Registry &r) {
  r.add("CenterCropPad", 18, centerCropPad);
  r.add("Pad", 1, pad);
}

} // namespace dlc::onnx
