// Shapes and places: reshape, transpose, concat, split, slice.
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Registry.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;

namespace dlc::onnx {

// The shape for a bounded value: its one -1 is the dimension whose size depends on data. What the
// model leaves open beside that follows from the rest.
static Shape sizesOfBounded(NodeReader &node, const BoundedValue &x) {
  BoundedShape shape = boundedShapeInput(node, 1);
  int64_t others = 1, given = 1;
  for (auto [i, extent] : llvm::enumerate(x.full.type().getShape()))
    others *= int64_t(i) == x.dimension ? 1 : extent;
  for (int64_t size : shape.sizes)
    given *= std::max<int64_t>(size, 1);
  for (auto [i, size] : llvm::enumerate(shape.sizes))
    if (shape.extent && size == -1 && int64_t(i) != shape.dimension)
      size = others / given;
  return shape.sizes;
}

// 0 takes the extent of x (unless allowzero), -1 what is left.
static Values reshape(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  node.ignore("consumed_inputs");
  bool allowZero = node.opset >= 14 && node.flag("allowzero", false);
  std::optional<Shape> given = node.integers("shape");
  if (!given && !node.has(1))
    node.refuse(Code::InputCount, "the shape is missing");
  if (!given && bounded)
    given = sizesOfBounded(node, bounded);
  if (!given)
    given = node.knownIntegers(1);
  ArrayRef<int64_t> from = x.type().getShape();
  Shape shape;
  std::optional<size_t> open;
  int64_t known = 1;
  auto invalid = [&](const llvm::Twine &why) {
    node.refuse(Code::ShapeInvalid, why, llvm::Twine(x.type().getNumElements()) + " elements",
                shownShape(*given));
  };
  for (auto [i, extent] : llvm::enumerate(*given)) {
    if (extent == 0 && !allowZero) {
      if (i >= from.size())
        invalid("a dimension of 0 has no dimension to copy");
      extent = from[i];
    }
    if (extent == -1) {
      if (open)
        invalid("two dimensions are -1");
      open = i;
    } else if (extent < 0) {
      invalid("a dimension is negative");
    } else if (llvm::MulOverflow(known, extent, known)) {
      invalid("the shape is too large");
    }
    shape.push_back(extent);
  }
  if (bounded)
    return {reshapeBounded(node, bounded, shape)};
  if (open) {
    if (known == 0 || x.type().getNumElements() % known != 0)
      invalid("the elements do not fill the shape");
    shape[*open] = x.type().getNumElements() / known;
  }
  return {node.reshape(x, shape)};
}

static Values flatten(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  int64_t rank = x.type().getRank(), axis = node.integer("axis", 1);
  if (axis < 0)
    axis += rank;
  if (axis < 0 || axis > rank)
    node.refuse(Code::AxisOutOfRange, "axis is outside the rank",
                llvm::Twine(-rank) + " to " + llvm::Twine(rank), llvm::Twine(axis));
  Shape shape{1, 1};
  for (auto [i, extent] : llvm::enumerate(x.type().getShape()))
    shape[int64_t(i) >= axis] *= extent;
  if (bounded)
    shape[bounded.dimension >= axis] = -1;
  return {bounded ? reshapeBounded(node, bounded, shape) : node.reshape(x, shape)};
}

static Values squeeze(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  ArrayRef<int64_t> from = x.type().getShape();
  std::optional<Shape> given = node.integersOrInput("axes", 1);
  std::optional<Shape> axes = given ? std::optional(node.axes(*given, from.size())) : std::nullopt;
  Shape shape;
  for (auto [i, extent] : llvm::enumerate(from)) {
    bool named = axes && llvm::is_contained(*axes, int64_t(i));
    bool isBounded = int64_t(i) == bounded.dimension;
    if (named && (extent != 1 || isBounded))
      node.refuse(Code::ShapeMismatch, "a squeezed dimension must be 1", "", shownType(x.type()));
    if (isBounded || !(axes ? named : extent == 1))
      shape.push_back(isBounded ? -1 : extent);
  }
  return {bounded ? reshapeBounded(node, bounded, shape) : node.reshape(x, shape)};
}

static Values unsqueeze(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  std::optional<Shape> given = node.integersOrInput("axes", 1);
  if (!given)
    node.refuse(Code::AttributeMissing, "axes are missing");
  int64_t rank = x.type().getRank() + given->size();
  Shape axes = node.axes(*given, rank), shape, from(x.type().getShape());
  if (bounded)
    from[bounded.dimension] = -1;
  const int64_t *next = from.begin();
  for (int64_t i = 0; i < rank; ++i)
    shape.push_back(llvm::is_contained(axes, i) ? 1 : *next++);
  return {bounded ? reshapeBounded(node, bounded, shape) : node.reshape(x, shape)};
}

static Values transpose(NodeReader &node) {
  BoundedValue given = boundedInput(node, 0);
  TensorExpr x = given.full;
  int64_t rank = x.type().getRank();
  Shape reversed = llvm::to_vector(llvm::reverse(llvm::seq<int64_t>(0, rank)));
  Shape permutation = node.integers("perm").value_or(reversed);
  if (int64_t(permutation.size()) != rank)
    node.refuse(Code::AttributeInvalid, "perm has the wrong length", llvm::Twine(rank),
                llvm::Twine(permutation.size()));
  Shape order = node.axes(permutation, rank);
  int64_t bounded = llvm::find(order, given.dimension) - order.begin();
  return {boundedBy(node, node.transpose(x, order), given.extent, bounded)};
}

static Values concat(NodeReader &node) {
  if (hasBoundedInput(node))
    return concatBounded(node);
  Values parts = node.allInputs();
  TensorExpr first = node.tensor(parts[0]);
  int64_t rank = first.type().getRank();
  int64_t given = node.opset < 4 ? node.integer("axis", 1) : node.integer("axis");
  int64_t axis = node.axis(given, rank);
  for (Value part : parts) {
    TensorExpr x = node.tensor(part);
    node.checkSameType(first, x);
    node.checkRank(x, rank, rank);
    for (int64_t i = 0; i < rank; ++i)
      if (i != axis && x.type().getDimSize(i) != first.type().getDimSize(i))
        node.refuse(Code::ShapeMismatch, "inputs differ outside the axis", shownType(first.type()),
                    shownType(x.type()));
  }
  return {node.concat(parts, axis)};
}

static Values split(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  int64_t axis = node.axis(node.integer("axis", 0), x.type().getRank());
  int64_t extent = x.type().getDimSize(axis), count = node.node.outputs.size();
  std::optional<Shape> sizes = node.integersOrInput("split", 1);
  if (node.opset >= 18 && !sizes)
    count = node.integer("num_outputs", count);
  if (!sizes) {
    if (count < 1 || count > 1 << 20 || (node.opset < 18 && extent % count != 0))
      node.refuse(Code::ShapeInvalid, "the dimension cannot be split evenly",
                  llvm::Twine(count) + " parts", llvm::Twine(extent));
    int64_t size = llvm::divideCeil(extent, count);
    sizes = Shape(count, size);
    for (int64_t i = 0, at = 0; i < count; ++i, at += size)
      (*sizes)[i] = std::clamp<int64_t>(extent - at, 0, size);
  }
  if (axis == bounded.dimension)
    node.unsupported("Split of a dimension whose size depends on data");
  Values parts;
  int64_t at = 0;
  for (int64_t size : *sizes) {
    if (size < 0 || size > extent - at)
      node.refuse(Code::ShapeInvalid, "the parts do not add up to the dimension",
                  llvm::Twine(extent), shownShape(*sizes));
    TensorExpr part = node.slice(x, axis, at, at + size);
    parts.push_back(boundedBy(node, part, bounded.extent, bounded.dimension));
    at += size;
  }
  if (at != extent)
    node.refuse(Code::ShapeInvalid, "the parts do not add up to the dimension", llvm::Twine(extent),
                shownShape(*sizes));
  return parts;
}

static Values expand(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  BoundedShape target = boundedShapeInput(node, 1);
  TensorExpr x = bounded.full;
  Shape given = target.rooms, shape(x.type().getShape());
  if (shape.size() < given.size())
    shape.insert(shape.begin(), given.size() - shape.size(), 1);
  for (size_t i = 1; i <= given.size(); ++i) {
    int64_t &extent = shape[shape.size() - i], wanted = given[given.size() - i];
    if (wanted < 0 || (extent != 1 && wanted != 1 && extent != wanted))
      node.refuse(Code::ShapeMismatch, "the shape cannot be expanded", shownShape(given),
                  shownType(x.type()));
    extent = extent == 1 ? wanted : extent;
  }
  // Counted from the last dimension, so that both are places in the result.
  int64_t rank = shape.size(), mine = rank - x.type().getRank() + bounded.dimension;
  int64_t wanted = rank - int64_t(given.size()) + target.dimension;
  if (bounded && target.extent && mine != wanted)
    node.unsupported("Expand in two dimensions whose sizes depend on data");
  TensorExpr spread = node.broadcastTo(x, shape);
  return {bounded ? boundedBy(node, spread, bounded.extent, mine)
                  : boundedBy(node, spread, target.extent, wanted)};
}

// [N, C b b, H, W] to [N, C, H b, W b]; DCR: the blocks are outermost in the channels.
static Values depthToSpace(NodeReader &node) {
  TensorExpr x = node.input(0);
  int64_t b = node.integer("blocksize");
  bool blocksFirst = node.text("mode", "DCR", {"DCR", "CRD"}) == "DCR";
  node.checkRank(x, 4, 4);
  ArrayRef<int64_t> s = x.type().getShape();
  if (b < 1 || b > 1 << 20 || s[1] % (b * b) != 0)
    node.refuse(Code::AttributeInvalid, "blocksize does not divide the channels",
                llvm::Twine(s[1]) + " channels", llvm::Twine(b));
  int64_t channels = s[1] / (b * b);
  TensorExpr parts =
      blocksFirst
          ? node.transpose(node.reshape(x, {s[0], b, b, channels, s[2], s[3]}), {0, 3, 4, 1, 5, 2})
          : node.transpose(node.reshape(x, {s[0], channels, b, b, s[2], s[3]}), {0, 1, 4, 2, 5, 3});
  return {node.reshape(parts, {s[0], channels, s[2] * b, s[3] * b})};
}

// [N, C, H b, W b] to [N, b b C, H, W], the blocks outermost in the channels.
static Values spaceToDepth(NodeReader &node) {
  TensorExpr x = node.input(0);
  int64_t b = node.integer("blocksize");
  node.checkRank(x, 4, 4);
  ArrayRef<int64_t> s = x.type().getShape();
  if (b < 1 || b > 1 << 20 || s[2] % b != 0 || s[3] % b != 0)
    node.refuse(Code::AttributeInvalid, "blocksize does not divide the image",
                llvm::Twine(s[2]) + " by " + llvm::Twine(s[3]), llvm::Twine(b));
  TensorExpr parts = node.reshape(x, {s[0], s[1], s[2] / b, b, s[3] / b, b});
  return {node.reshape(node.transpose(parts, {0, 3, 5, 1, 2, 4}),
                       {s[0], b * b * s[1], s[2] / b, s[3] / b})};
}

// A dimension n that is repeated r times is [r, n], the first of which is broadcast.
static Values tile(NodeReader &node) {
  TensorExpr x = node.input(0);
  ArrayRef<int64_t> from = x.type().getShape();
  Shape repeats(from.size(), 1);
  if (node.opset < 6) { // one axis
    Shape count = node.knownIntegers(1), axis = node.knownIntegers(2);
    if (count.size() != 1 || axis.size() != 1)
      node.refuse(Code::ShapeMismatch, "tiles and axis must be single numbers");
    repeats[node.axis(axis[0], from.size())] = count[0];
  } else {
    repeats = node.knownIntegers(1);
    if (repeats.size() != from.size())
      node.refuse(Code::ShapeMismatch, "repeats have the wrong length", llvm::Twine(from.size()),
                  llvm::Twine(repeats.size()));
  }
  Shape inner, spread, result;
  for (auto [extent, count] : llvm::zip_equal(from, repeats)) {
    if (count < 0)
      node.refuse(Code::ShapeInvalid, "a repeat is negative", "", shownShape(repeats));
    if (count != 1) {
      inner.push_back(1);
      spread.push_back(count);
    }
    inner.push_back(extent);
    spread.push_back(extent);
    std::optional<int64_t> product = llvm::checkedMul(extent, count);
    if (!product)
      node.refuse(Code::MemoryBudget, "a result exceeds the memory budget", "",
                  shownShape(repeats));
    result.push_back(*product);
  }
  node.checkSize(result, x.type().getElementType());
  return {node.reshape(node.broadcastTo(node.reshape(x, inner), spread), result)};
}

// Elements are moved, not looked at, so they may have any type.
static Decomposition ofAnyType(Values (*decomposition)(NodeReader &)) {
  return [decomposition](NodeReader &node) {
    node.carrySmallTypes();
    return decomposition(node);
  };
}

void addMovements(Registry &r) {
  for (StringRef name : {"Expand", "Reshape", "Tile"})
    r.note(name, "a shape from inputs is given by `--shape-input`");
  r.add("Concat", 1, ofAnyType(concat));
  r.add("DepthToSpace", 1, ofAnyType(depthToSpace));
  r.add("Expand", 8, ofAnyType(expand));
  r.add("Flatten", 1, ofAnyType(flatten));
  r.add("Reshape", 1, ofAnyType(reshape));
  r.add("SpaceToDepth", 1, ofAnyType(spaceToDepth));
  r.add("Split", 1, ofAnyType(split));
  r.add("Squeeze", 1, ofAnyType(squeeze));
  r.add("Tile", 1, ofAnyType(tile));
  r.add("Transpose", 1, ofAnyType(transpose));
  r.add("Unsqueeze", 1, ofAnyType(unsqueeze));
  addPad(r);
  addSlice(r);
}

} // namespace dlc::onnx
