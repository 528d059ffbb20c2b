// Elements written by index.
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/Indices.h"
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

PutKind reductionKind(NodeReader &node) {
  StringRef name = node.text("reduction", "none", {"none", "add", "mul", "min", "max"});
  return llvm::StringSwitch<PutKind>(name)
      .Case("add", PutKind::add)
      .Case("mul", PutKind::mul)
      .Case("min", PutKind::min)
      .Case("max", PutKind::max)
      .Default(PutKind::set);
}

static Values scatterElements(NodeReader &node) {
  TensorExpr x = node.input(0), indices = node.input(1), updates = node.input(2);
  int64_t rank = x.type().getRank(), axis = node.axis(node.integer("axis", 0), rank);
  PutKind kind = node.opset < 16 ? PutKind::set : reductionKind(node);
  node.checkRank(indices, rank, rank);
  node.checkSameType(x, updates);
  node.checkShape("updates", updates, indices.type().getShape());
  // Only the part of x that the indices span is written.
  Shape lo(rank, 0), hi(indices.type().getShape()), stride(rank, 1);
  hi[axis] = x.type().getDimSize(axis);
  TensorExpr part = node.tensor(node.build<SliceOp>(x, lo, hi, stride));
  TensorExpr places = fromStart(node, indices, hi[axis]);
  TensorExpr written = node.tensor(node.build<PutAlongOp>(kind, part, places, updates, axis));
  if (written.type() == x.type())
    return {written};
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(0, rank));
  return {node.build<DynamicUpdateSliceOp>(x, node.integerTensor(Shape(rank, 0)), written, dims)};
}

static Values scatterNd(NodeReader &node) {
  TensorExpr x = node.input(0), indices = node.input(1), updates = node.input(2);
  PutKind kind = node.opset < 16 ? PutKind::set : reductionKind(node);
  node.checkRank(x, 1, INT64_MAX);
  node.checkRank(indices, 1, INT64_MAX);
  node.checkSameType(x, updates);
  int64_t depth = indices.type().getShape().back(), rank = x.type().getRank();
  if (depth < 1 || depth > rank)
    node.refuse(Code::ShapeMismatch, "rows of indices have a wrong length",
                "1 to " + llvm::Twine(rank), llvm::Twine(depth));
  TensorExpr places = rowsFromStart(node, indices, x.type().getShape().take_front(depth));
  return {node.build<ScatterNdOp>(kind, x, places, updates, 0)};
}

// Rows written[b] + s (modulo the extent, if it is a ring) of each cache become those of `update`.
static Values tensorScatter(NodeReader &node) {
  TensorExpr cache = node.input(0), update = node.input(1);
  int64_t rank = cache.type().getRank(), axis = node.axis(node.integer("axis", -2), rank);
  bool isRing = node.text("mode", "linear", {"linear", "circular"}) == "circular";
  node.checkSameType(cache, update);
  node.checkRank(update, rank, rank);
  if (axis == 0)
    node.refuse(Code::AttributeInvalid, "axis must not be the batch's", "", "0");
  int64_t extent = cache.type().getDimSize(axis), count = update.type().getDimSize(axis);
  Shape shape(update.type().getShape().take_front(axis + 1)), rows(shape);
  TensorExpr place = iota(node, shape, axis);
  if (std::optional<TensorExpr> first = node.optionalInput(2)) {
    node.checkShape("write_indices", *first, {shape[0]});
    if (!isa<IntegerType>(first->type().getElementType()))
      node.refuse(Code::TypeMismatch, "write_indices must be integers", "",
                  shownType(first->type()));
    TensorExpr start = convert(*first, place.type().getElementType());
    place.value = place + broadcast(start, shape, {0});
  }
  if (isRing && extent > 0)
    place.value = RemOp::create(node.builder, place, place.number(extent));
  if (count > extent)
    node.refuse(Code::ShapeMismatch, "the update is longer than the cache", llvm::Twine(extent),
                llvm::Twine(count));
  rows.push_back(1);
  return {node.build<ScatterNdOp>(PutKind::set, cache, node.reshape(place, rows), update, axis)};
}

// on where the index along `axis` is that of `indices`, off elsewhere.
static Values oneHot(NodeReader &node) {
  TensorExpr indices = node.input(0), values = node.input(2);
  Shape depths = node.known(1) && node.known(1)->size() == 1
                     ? Shape{static_cast<int64_t>(node.known(1)->number(0))}
                     : node.knownIntegers(1);
  if (depths.size() != 1 || depths[0] < 1)
    node.refuse(Code::AttributeInvalid, "depth must be one number of at least 1", "",
                shownShape(depths));
  node.checkShape("values", values, {2});
  int64_t depth = depths[0], rank = indices.type().getRank();
  int64_t axis = node.axis(node.integer("axis", -1), rank + 1);
  Shape shape(indices.type().getShape()), dims;
  shape.insert(shape.begin() + axis, depth);
  for (int64_t i = 0; i <= rank; ++i)
    if (i != axis)
      dims.push_back(i);
  TensorExpr place = iota(node, shape, axis);
  TensorExpr given = convert(indices, place.type().getElementType());
  given.value =
      select(compare(CompareKind::lt, given, given.number(0)), given + given.number(depth), given);
  auto value = [&](int64_t i) {
    return node.broadcastTo(node.reshape(node.slice(values, 0, i, i + 1), {}), shape);
  };
  return {
      select(compare(CompareKind::eq, place, broadcast(given, shape, dims)), value(1), value(0))};
}

// The elements of x at the places of a MaxPool's second output, zero elsewhere.
static Values maxUnpool(NodeReader &node) {
  TensorExpr x = node.input(0), places = node.input(1);
  node.checkRank(x, 3, 5);
  node.checkShape("the indices", places, x.type().getShape());
  Sliding sliding = readSliding(node, x.type().getRank() - 2, std::nullopt);
  Shape shape(x.type().getShape().take_front(2));
  int64_t size = shape[0] * shape[1];
  for (size_t i = 0; i < sliding.window.size(); ++i) {
    int64_t n = x.type().getDimSize(i + 2);
    shape.push_back((n - 1) * sliding.strides[i] - sliding.lo[i] - sliding.hi[i] +
                    sliding.window[i]);
    if (shape.back() < 1)
      node.refuse(Code::ShapeInvalid, "a result's dimension is empty", "", shownShape(shape));
  }
  node.checkSize(shape, x.type().getElementType());
  size = ShapedType::getNumElements(shape);
  int64_t count = x.type().getNumElements();
  TensorExpr flat = node.tensor(node.build<PutOp>(
      PutKind::set, node.splat({size}, x.type().getElementType(), 0),
      fromStart(node, node.reshape(places, {count}), size), node.reshape(x, {count}), 0));
  TensorExpr result = node.reshape(flat, shape);
  if (!node.has(2))
    return {result};
  Shape given = node.knownIntegers(2), zero(shape.size(), 0), after;
  if (given.size() != shape.size())
    node.refuse(Code::ShapeMismatch, "output_shape has the wrong length", llvm::Twine(shape.size()),
                llvm::Twine(given.size()));
  for (auto [wanted, extent] : llvm::zip_equal(given, shape)) {
    if (wanted < extent)
      node.refuse(Code::ShapeInvalid, "output_shape is too small", shownShape(shape),
                  shownShape(given));
    after.push_back(wanted - extent);
  }
  return {
      node.build<PadOp>(result, zero, after, zero, elementAttribute(x.type().getElementType(), 0))};
}

// The adjoint of taking the blocks of an image: column (k, l) of x is added at the place of element
// k of block l. The image is extended by the pads, which are cut off again.
static Values col2Im(NodeReader &node) {
  TensorExpr x = node.input(0);
  Shape image = node.knownIntegers(1), block = node.knownIntegers(2);
  size_t rank = image.size();
  node.checkRank(x, 3, 3);
  if (rank < 1 || rank > 8 || block.size() != rank)
    node.refuse(Code::ShapeMismatch, "image_shape and block_shape differ in length",
                llvm::Twine(rank), llvm::Twine(block.size()));
  auto list = [&](StringRef name, size_t count, int64_t otherwise) {
    Shape values = node.integers(name).value_or(Shape(count, otherwise));
    constexpr int64_t largest = 1 << 20;
    for (int64_t value : values)
      if (values.size() != count || value < otherwise || value > largest)
        node.refuse(Code::AttributeInvalid, "attribute " + quoted(name) + " is not valid",
                    llvm::Twine(count) + " numbers", shownShape(values));
    return values;
  };
  Shape strides = list("strides", rank, 1), dilations = list("dilations", rank, 1);
  Shape pads = list("pads", 2 * rank, 0), padded, counts, grid(block);
  int64_t perBlock = 1, blocks = 1;
  for (size_t i = 0; i < rank; ++i) {
    constexpr int64_t largest = 1 << 24;
    if (image[i] < 1 || block[i] < 1 || image[i] > largest || block[i] > largest)
      node.refuse(Code::ShapeInvalid, "image_shape or block_shape is out of range", "",
                  shownShape(image) + " " + shownShape(block));
    padded.push_back(image[i] + pads[i] + pads[rank + i]);
    int64_t reach = (block[i] - 1) * dilations[i] + 1;
    counts.push_back(padded[i] < reach ? 0 : (padded[i] - reach) / strides[i] + 1);
    perBlock *= block[i];
    blocks *= counts[i];
    node.checkSize({perBlock, blocks}, x.type().getElementType());
  }
  llvm::append_range(grid, counts);
  ArrayRef<int64_t> s = x.type().getShape();
  if (s[1] % perBlock != 0 || s[2] != blocks)
    node.refuse(Code::ShapeMismatch, "the columns do not fill the image",
                "a multiple of " + llvm::Twine(perBlock) + " by " + llvm::Twine(blocks),
                shownType(x.type()));
  TensorExpr place = iota(node, grid, 0);
  place.value = place.number(0);
  for (size_t i = 0; i < rank; ++i) {
    TensorExpr k = iota(node, grid, i), l = iota(node, grid, rank + i);
    place.value =
        place * place.number(padded[i]) + (k * k.number(dilations[i]) + l * l.number(strides[i]));
  }
  int64_t channels = s[1] / perBlock, columns = perBlock * blocks;
  int64_t size = ShapedType::getNumElements(padded);
  TensorExpr flat = node.tensor(node.build<PutOp>(
      PutKind::add, node.splat({s[0] * channels, size}, x.type().getElementType(), 0),
      node.reshape(place, {columns}), node.reshape(x, {s[0] * channels, columns}), 1));
  Shape whole{s[0], channels}, lo(rank + 2, 0), hi(whole), step(rank + 2, 1);
  llvm::append_range(whole, padded);
  for (size_t i = 0; i < rank; ++i) {
    lo[i + 2] = pads[i];
    hi.push_back(pads[i] + image[i]);
  }
  return {node.build<SliceOp>(node.reshape(flat, whole), lo, hi, step)};
}

void addScatters(Registry &r) {
  r.add("Col2Im", 18, col2Im);
  r.add("MaxUnpool", 9, maxUnpool);
  r.add("OneHot", 9, oneHot);
  r.add("Scatter", 9, scatterElements);
  r.add("ScatterElements", 11, scatterElements);
  r.add("ScatterND", 11, scatterNd);
  r.add("TensorScatter", 24, tensorScatter);
}

} // namespace dlc::onnx
