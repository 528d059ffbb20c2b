// Shapes and places: reshape, transpose, concat, split, slice.
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/Bounded.h"
#include "Onnx/Registry.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;

namespace dlc::onnx {

// 0 takes the extent of x (unless allowzero), -1 what is left.
static Values reshape(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  node.ignore("consumed_inputs");
  bool allowZero = node.opset >= 14 && node.flag("allowzero", false);
  std::optional<Shape> given = node.integersOrInput("shape", 1);
  if (!given)
    node.refuse(Code::InputCount, "the shape is missing");
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
  TensorExpr x = node.input(0);
  int64_t rank = x.type().getRank(), axis = node.integer("axis", 1);
  if (axis < 0)
    axis += rank;
  if (axis < 0 || axis > rank)
    node.refuse(Code::AxisOutOfRange, "axis is outside the rank",
                llvm::Twine(-rank) + " to " + llvm::Twine(rank), llvm::Twine(axis));
  Shape shape{1, 1};
  for (auto [i, extent] : llvm::enumerate(x.type().getShape()))
    shape[int64_t(i) >= axis] *= extent;
  return {node.reshape(x, shape)};
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
  TensorExpr x = node.input(0);
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
  Values parts;
  int64_t at = 0;
  for (int64_t size : *sizes) {
    if (size < 0 || size > extent - at)
      node.refuse(Code::ShapeInvalid, "the parts do not add up to the dimension",
                  llvm::Twine(extent), shownShape(*sizes));
    parts.push_back(node.slice(x, axis, at, at + size));
    at += size;
  }
  if (at != extent)
    node.refuse(Code::ShapeInvalid, "the parts do not add up to the dimension", llvm::Twine(extent),
                shownShape(*sizes));
  return parts;
}

// A number as another one and what is added to it, as far as that can be seen.
static std::pair<Value, int64_t> asSum(Value value) {
  int64_t sum = 0;
  while (Operation *op = value.getDefiningOp()) {
    if (isa<ReshapeOp, ConvertOp>(op)) {
      value = op->getOperand(0);
      continue;
    }
    std::optional<Literal> right, left;
    if (isa<AddOp, SubOp>(op)) {
      left = constantElements(op->getOperand(0));
      right = constantElements(op->getOperand(1));
    }
    if (right && right->size() == 1) {
      sum += isa<AddOp>(op) ? right->integer(0) : -right->integer(0);
      value = op->getOperand(0);
    } else if (left && left->size() == 1 && isa<AddOp>(op)) {
      sum += left->integer(0);
      value = op->getOperand(1);
    } else {
      break;
    }
  }
  return {value, sum};
}

// A slice from a place that is computed, of a size that is known: ends = starts + size. The place
// must lie in x; it is checked when the program runs.
static Values sliceAtRunTime(NodeReader &node, TensorExpr x) {
  TensorExpr start = node.input(1), end = node.input(2);
  auto [from, before] = asSum(start);
  auto [to, after] = asSum(end);
  std::optional<int64_t> size = llvm::checkedSub(after, before);
  if (start.type().getNumElements() != 1 || end.type().getNumElements() != 1 || from != to || !size)
    node.unsupported("Slice of a size that is not known at compile time; if it depends on an "
                     "input, give its values with --shape-input");
  Shape axes{0}, steps{1};
  if (node.has(3))
    axes = node.knownIntegers(3);
  if (node.has(4))
    steps = node.knownIntegers(4);
  if (axes.size() != 1 || steps.size() != 1)
    node.refuse(Code::AttributeInvalid, "starts, ends, axes and steps have different lengths");
  int64_t axis = node.axis(axes[0], x.type().getRank()), n = x.type().getDimSize(axis);
  if (steps[0] != 1)
    node.unsupported("Slice with steps from a place that is not known at compile time");
  if (*size < 0 || *size > n)
    node.refuse(Code::ShapeMismatch, "a slice is longer than its dimension", llvm::Twine(n),
                llvm::Twine(*size));
  if (!start.type().getElementType().isSignedInteger(32) &&
      !start.type().getElementType().isSignedInteger(64))
    node.refuse(Code::TypeMismatch, "starts must be int32 or int64", "", shownType(start.type()));
  return {node.build<DynamicSliceOp>(x, node.reshape(start, {1}), Shape{axis}, Shape{*size})};
}

// x[start : end : step] along each axis, by Python's rules. A negative step is a positive one on
// the reversed dimension.
static Values slice(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  int64_t rank = x.type().getRank();
  Shape starts, ends, steps;
  std::optional<Shape> axes;
  if (node.opset < 10) {
    std::optional<Shape> from = node.integers("starts"), to = node.integers("ends");
    if (!from || !to)
      node.refuse(Code::AttributeMissing, "starts or ends are missing");
    starts = *from;
    ends = *to;
    axes = node.integers("axes");
  } else {
    if (!bounded && !(node.known(1) && node.known(2)))
      return sliceAtRunTime(node, x);
    starts = node.knownIntegers(1);
    ends = node.knownIntegers(2);
    if (node.has(3))
      axes = node.knownIntegers(3);
    if (node.has(4))
      steps = node.knownIntegers(4);
  }
  steps.resize(std::max(steps.size(), starts.size()), 1);
  if (!axes)
    axes = llvm::to_vector(llvm::seq<int64_t>(0, starts.size()));
  if (ends.size() != starts.size() || axes->size() != starts.size() ||
      steps.size() != starts.size())
    node.refuse(Code::AttributeInvalid, "starts, ends, axes and steps have different lengths");
  Shape lo(rank, 0), hi(x.type().getShape()), stride(rank, 1), reversed;
  std::optional<Shape> along; // the slice of the bounded dimension
  for (auto [start, end, step, axis] :
       llvm::zip_equal(starts, ends, steps, node.axes(*axes, rank))) {
    int64_t n = x.type().getDimSize(axis);
    if (step == 0)
      node.refuse(Code::AttributeInvalid, "a step is 0");
    if (axis == bounded.dimension) {
      along = Shape{start, end, step};
      continue;
    }
    auto place = [&](int64_t index, int64_t least, int64_t most) {
      return std::clamp(index < 0 ? index + n : index, least, most);
    };
    if (step > 0) {
      lo[axis] = place(start, 0, n);
      hi[axis] = std::max(place(end, 0, n), lo[axis]);
      stride[axis] = step;
    } else if (n > 0) {
      reversed.push_back(axis);
      lo[axis] = n - 1 - place(start, -1, n - 1);
      hi[axis] = std::max(n - 1 - place(end, -1, n - 1), lo[axis]);
      stride[axis] = step == INT64_MIN ? INT64_MAX : -step;
    }
    // No step reaches further than the dimension, and sums with it must not overflow.
    stride[axis] = std::min(stride[axis], std::max<int64_t>(n, 1));
  }
  TensorExpr source =
      reversed.empty() ? x : node.tensor(ReverseOp::create(node.builder, x.type(), x, reversed));
  TensorExpr part = node.tensor(node.build<SliceOp>(source, lo, hi, stride));
  if (!along)
    return {boundedBy(node, part, bounded.extent, bounded.dimension)};
  BoundedValue rest{part, bounded.extent, bounded.dimension};
  return {sliceBounded(node, rest, bounded.dimension, (*along)[0], (*along)[1], (*along)[2])};
}

static Values expand(NodeReader &node) {
  TensorExpr x = node.input(0);
  Shape given = node.knownIntegers(1), shape(x.type().getShape());
  if (shape.size() < given.size())
    shape.insert(shape.begin(), given.size() - shape.size(), 1);
  for (size_t i = 1; i <= given.size(); ++i) {
    int64_t &extent = shape[shape.size() - i], wanted = given[given.size() - i];
    if (wanted < 0 || (extent != 1 && wanted != 1 && extent != wanted))
      node.refuse(Code::ShapeMismatch, "the shape cannot be expanded", shownShape(given),
                  shownType(x.type()));
    extent = extent == 1 ? wanted : extent;
  }
  return {node.broadcastTo(x, shape)};
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
  for (StringRef name : {"Expand", "Reshape", "Slice", "Tile"})
    r.note(name, "a shape from inputs is given by `--shape-input`");
  r.add("Concat", 1, ofAnyType(concat));
  r.add("DepthToSpace", 1, ofAnyType(depthToSpace));
  r.add("Expand", 8, ofAnyType(expand));
  r.add("Flatten", 1, ofAnyType(flatten));
  r.add("Reshape", 1, ofAnyType(reshape));
  r.add("Slice", 1, ofAnyType(slice));
  r.add("SpaceToDepth", 1, ofAnyType(spaceToDepth));
  r.add("Split", 1, ofAnyType(split));
  r.add("Squeeze", 1, ofAnyType(squeeze));
  r.add("Tile", 1, ofAnyType(tile));
  r.add("Transpose", 1, ofAnyType(transpose));
  r.add("Unsqueeze", 1, ofAnyType(unsqueeze));
  addPad(r);
}

} // namespace dlc::onnx
