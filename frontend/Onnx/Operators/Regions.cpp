// Regions of images, and convolutions that read at offsets of their own: RoiAlign, MaxRoiPool,
// DeformConv.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Rows.h"
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// 0, 1, 2, ... along a dimension of a shape.
static TensorExpr counting(NodeReader &node, ArrayRef<int64_t> shape, int64_t dimension,
                           mlir::Type element) {
  node.checkSize(shape, element);
  return node.tensor(
      IotaOp::create(node.builder, RankedTensorType::get(shape, element), dimension));
}

// Column `i` of regions [R, n].
static TensorExpr column(NodeReader &node, TensorExpr regions, int64_t i) {
  return node.reshape(node.slice(regions, 1, i, i + 1), regions.type().getDimSize(0));
}

// ---------------------------------------------------------------- RoiAlign

namespace {
// The samples of one axis of all regions: [R, bins, samples].
struct Samples {
  TensorExpr place;    // within the image
  TensorExpr isInside; // what lies more than one place outside is 0
};
} // namespace

// start + (bin + (sample + 1/2) / samples) * size / bins
static Samples samplesOf(NodeReader &node, TensorExpr start, TensorExpr end, int64_t bins,
                         int64_t samples, int64_t extent, bool isHalfPixel) {
  TensorExpr size = end - start;
  if (!isHalfPixel)
    size.value = max(size, size.number(1));
  Shape shape{start.type().getDimSize(0), bins, samples};
  mlir::Type element = start.type().getElementType();
  TensorExpr bin = counting(node, shape, 1, element), sample = counting(node, shape, 2, element);
  TensorExpr step = bin + (sample + bin.number(0.5)) * bin.number(1 / double(samples));
  TensorExpr x =
      broadcast(start, shape, 0) + step * broadcast(size * size.number(1 / double(bins)), shape, 0);
  TensorExpr above = compare(CompareKind::ge, x, x.number(-1));
  TensorExpr below = compare(CompareKind::le, x, x.number(double(extent)));
  return {clamp(x, 0, double(extent - 1)), above.with(AndOp::create(node.builder, above, below))};
}

static Values roiAlign(NodeReader &node) {
  TensorExpr image = node.input(0), regions = node.input(1), indices = node.input(2);
  node.checkRank(image, 4, 4);
  node.checkFloat(image);
  node.checkFloat(regions);
  node.checkShape("the regions", regions, {indices.type().getNumElements(), 4});
  bool isMax = node.text("mode", "avg", {"avg", "max"}) == "max";
  int64_t height = node.integer("output_height", 1), width = node.integer("output_width", 1);
  int64_t count = node.integer("sampling_ratio", 0);
  double scale = node.number("spatial_scale", 1);
  bool isHalfPixel =
      node.opset >= 16 && node.text("coordinate_transformation_mode", "half_pixel",
                                    {"half_pixel", "output_half_pixel"}) == "half_pixel";
  if (count <= 0)
    node.unsupported("sampling_ratio 0: a number of samples that depends on the regions");
  if (height < 1 || width < 1)
    node.refuse(Code::AttributeInvalid, "the output must have places");
  ImageRows rows(node, image);
  mlir::Type wide = registerType(regions.type().getElementType());
  auto edge = [&](int64_t i) {
    TensorExpr x = convert(column(node, regions, i), wide);
    return x * x.number(scale) - x.number(isHalfPixel ? 0.5 : 0);
  };
  Samples y = samplesOf(node, edge(1), edge(3), height, count, rows.extents[0], isHalfPixel);
  Samples x = samplesOf(node, edge(0), edge(2), width, count, rows.extents[1], isHalfPixel);
  int64_t regionCount = regions.type().getDimSize(0);
  Shape grid{regionCount, height, count, width, count};
  node.checkSize(grid, wide);
  auto alongY = [&](TensorExpr v) { return broadcast(v, grid, {0, 1, 2}); };
  auto alongX = [&](TensorExpr v) { return broadcast(v, grid, {0, 3, 4}); };
  TensorExpr inside =
      node.tensor(AndOp::create(node.builder, alongY(y.isInside), alongX(x.isInside)));
  TensorExpr which = broadcast(node.reshape(indices, regionCount), grid, 0);
  std::vector<TensorExpr> corners = rows.corners({alongY(y.place), alongX(x.place)}, which);
  Value sample = corners[0];
  if (isMax)
    for (TensorExpr corner : ArrayRef(corners).drop_front())
      sample = max(corner.with(sample), corner);
  else
    sample = sumOf(corners);
  TensorExpr all = node.tensor(sample);
  TensorExpr seen = select(overChannels(inside, rows.channels), all, all.number(0));
  TensorExpr pooled = isMax ? reduceMax(seen, {2, 4}) : reduceSum(seen, {2, 4});
  if (!isMax)
    pooled.value = pooled * pooled.number(1 / double(count * count));
  return {node.transpose(pooled, {0, 3, 1, 2})};
}

// ---------------------------------------------------------------- MaxRoiPool

// Which places [0, extent) belong to each bin of each region: [R, bins, extent].
static TensorExpr binsOf(NodeReader &node, TensorExpr first, TensorExpr last, int64_t bins,
                         int64_t extent) {
  auto rounded = [](TensorExpr x) { return floor(x + x.number(0.5)); };
  TensorExpr start = rounded(first), end = rounded(last);
  TensorExpr size = max(end - start + end.number(1), end.number(1)) * end.number(1 / double(bins));
  Shape shape{start.type().getDimSize(0), bins, extent};
  mlir::Type element = start.type().getElementType();
  TensorExpr bin = counting(node, shape, 1, element), place = counting(node, shape, 2, element);
  TensorExpr width = broadcast(size, shape, 0), offset = broadcast(start, shape, 0);
  TensorExpr low = floor(bin * width) + offset;
  TensorExpr high = -floor(-((bin + bin.number(1)) * width)) + offset;
  TensorExpr above = compare(CompareKind::ge, place, low),
             below = compare(CompareKind::lt, place, high);
  return above.with(AndOp::create(node.builder, above, below));
}

// The maximum over the columns of each bin, then over its rows; an empty bin is 0.
static Values maxRoiPool(NodeReader &node) {
  TensorExpr image = node.input(0), regions = node.input(1);
  node.checkRank(image, 4, 4);
  node.checkRank(regions, 2, 2);
  node.checkFloat(image);
  node.checkSameType(image, regions);
  Shape pooled = node.integers("pooled_shape").value_or(Shape());
  double scale = node.number("spatial_scale", 1);
  if (pooled.size() != 2 || pooled[0] < 1 || pooled[1] < 1)
    node.refuse(Code::AttributeInvalid, "attribute 'pooled_shape' needs two numbers of 1 or more",
                "", shownShape(pooled));
  ArrayRef<int64_t> shape = image.type().getShape();
  int64_t count = regions.type().getDimSize(0);
  node.checkShape("the regions", regions, {count, 5});
  mlir::Type wide = registerType(image.type().getElementType());
  auto edge = [&](int64_t i) {
    TensorExpr x = convert(column(node, regions, i), wide);
    return x * x.number(scale);
  };
  TensorExpr which = convert(column(node, regions, 0), node.builder.getIntegerType(64, true));
  TensorExpr images = node.tensor(node.build<TakeOp>(image, which, /*axis=*/0));
  double lowest = -std::numeric_limits<double>::infinity();
  auto pool = [&](TensorExpr x, TensorExpr bins, ArrayRef<int64_t> whole, ArrayRef<int64_t> ofX,
                  ArrayRef<int64_t> ofBins) {
    node.checkSize(whole, x.type().getElementType());
    TensorExpr spread = broadcast(x, whole, ofX);
    return reduceMax(select(broadcast(bins, whole, ofBins), spread, spread.number(lowest)), 4);
  };
  TensorExpr columns = binsOf(node, edge(1), edge(3), pooled[1], shape[3]);
  TensorExpr lines = binsOf(node, edge(2), edge(4), pooled[0], shape[2]);
  // [R, C, H, PW] over W, then [R, C, PW, PH] over H
  TensorExpr byColumn = pool(images, columns, {count, shape[1], shape[2], pooled[1], shape[3]},
                             {0, 1, 2, 4}, {0, 3, 4});
  TensorExpr byLine = pool(byColumn, lines, {count, shape[1], pooled[1], pooled[0], shape[2]},
                           {0, 1, 4, 2}, {0, 3, 4});
  TensorExpr isEmpty = compare(CompareKind::eq, byLine, byLine.number(lowest));
  return {node.transpose(select(isEmpty, byLine.number(0), byLine), {0, 1, 3, 2})};
}

// ---------------------------------------------------------------- DeformConv

// Kernel element k of output place o reads the image at stride o - pad + dilation k + offset. What
// is read makes the columns of a matrix, [C K, P] for each image, that the weights multiply.
static Values deformConv(NodeReader &node) {
  TensorExpr x = node.input(0), w = node.input(1), offset = node.input(2);
  node.checkRank(x, 4, 4);
  node.checkRank(w, 4, 4);
  node.checkFloat(x);
  node.checkSameType(x, w);
  node.checkSameType(x, offset);
  int64_t groups = node.integer("group", 1), offsetGroups = node.integer("offset_group", 1);
  ArrayRef<int64_t> shape = x.type().getShape(), filter = w.type().getShape();
  if (groups < 1 || offsetGroups < 1 || filter[1] * groups != shape[1] || filter[0] % groups != 0 ||
      shape[1] % offsetGroups != 0)
    node.refuse(Code::ShapeMismatch, "the groups do not fit the channels", shownType(x.type()),
                shownType(w.type()));
  Sliding sliding = readSliding(node, 2, filter.drop_front(2));
  Shape out;
  for (size_t i = 0; i < 2; ++i)
    out.push_back(
        (shape[2 + i] + sliding.lo[i] + sliding.hi[i] - sliding.reach(i)) / sliding.strides[i] + 1);
  int64_t batch = shape[0], kernel = filter[2] * filter[3], places = out[0] * out[1];
  node.checkShape("the offset", offset, {batch, offsetGroups * kernel * 2, out[0], out[1]});
  // One image for each group of offsets; [images, kernel, places]
  int64_t images = batch * offsetGroups, depth = shape[1] / offsetGroups;
  ImageRows rows(node, node.reshape(x, {images, depth, shape[2], shape[3]}));
  mlir::Type wide = registerType(x.type().getElementType());
  Shape grid{images, filter[2], filter[3], out[0], out[1]}, flat{images, kernel, places};
  TensorExpr offsets = convert(node.reshape(offset, {images, kernel, 2, places}), wide);
  std::vector<TensorExpr> coordinates;
  for (int64_t i = 0; i < 2; ++i) {
    TensorExpr k = counting(node, grid, 1 + i, wide), o = counting(node, grid, 3 + i, wide);
    TensorExpr start = o * o.number(double(sliding.strides[i])) +
                       k * k.number(double(sliding.dilation[i])) - k.number(double(sliding.lo[i]));
    TensorExpr moved = node.reshape(node.slice(offsets, 2, i, i + 1), flat);
    coordinates.push_back(node.reshape(start, flat) + moved);
  }
  TensorExpr read = sumOf(rows.corners(coordinates)); // [images, kernel, places, depth]
  if (std::optional<TensorExpr> mask = node.optionalInput(4)) {
    node.checkShape("the mask", *mask, {batch, offsetGroups * kernel, out[0], out[1]});
    node.checkSameType(x, *mask);
    read.value = read * overChannels(node.reshape(*mask, flat), depth);
  }
  TensorExpr columns =
      node.reshape(node.transpose(read, {0, 3, 1, 2}), {batch, groups, filter[1] * kernel, places});
  TensorExpr weights = node.reshape(w, {groups, filter[0] / groups, filter[1] * kernel});
  Shape one{1}, zero{0}, two{2};
  TensorExpr product = node.tensor(node.build<DotOp>(weights, columns, zero, one, two, two));
  Shape result{batch, filter[0], out[0], out[1]};
  TensorExpr y = node.reshape(node.transpose(product, {2, 0, 1, 3}), result);
  std::optional<TensorExpr> bias = node.optionalInput(3);
  if (!bias)
    return {y};
  node.checkSameType(x, *bias);
  node.checkShape("the bias", *bias, filter[0]);
  return {y + broadcast(*bias, result, 1)};
}

void addRegions(Registry &r) {
  r.add("DeformConv", 19, deformConv);
  r.add("MaxRoiPool", 1, maxRoiPool);
  r.add("RoiAlign", 10, roiAlign);
}

} // namespace dlc::onnx
