// Resize and Upsample: one dimension after the other, each by a table (Interpolation.h).
#include "Onnx/Operators/Interpolation.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// Entries of the tables of a dimension.
static constexpr int64_t largestTable = int64_t(1) << 24;

// Products of places and regions with it fit into 64 bits.
static constexpr int64_t largestExtent = int64_t(1) << 40;

static std::vector<double> knownNumbers(NodeReader &node, size_t i, StringRef what) {
  std::optional<Literal> known = node.known(i);
  if (!known)
    node.unsupported(what + " that are not known at compile time; if they are an input, give their "
                            "values with --shape-input");
  std::vector<double> numbers;
  for (int64_t k = 0; k < known->size(); ++k)
    numbers.push_back(known->number(k));
  return numbers;
}

static void setScales(NodeReader &node, ArrayRef<double> scales, ArrayRef<int64_t> axes,
                      MutableArrayRef<ResizedDimension> dimensions) {
  if (scales.size() != axes.size())
    node.refuse(Code::AttributeInvalid, "scales have the wrong length", llvm::Twine(axes.size()),
                llvm::Twine(scales.size()));
  for (auto [axis, scale] : llvm::zip_equal(axes, scales)) {
    ResizedDimension &d = dimensions[axis];
    if (!(scale > 0 && scale <= 1 << 20))
      node.refuse(Code::AttributeInvalid, "a scale is not positive or too large", "",
                  std::to_string(scale));
    // In f32, as every runtime does: 10 * 0.7 is 7.
    d.size = std::floor(float(d.n) * float(scale));
    d.scale = scale;
  }
}

static void setSizes(NodeReader &node, ArrayRef<int64_t> sizes, ArrayRef<int64_t> axes,
                     StringRef policy, MutableArrayRef<ResizedDimension> dimensions) {
  if (sizes.size() != axes.size())
    node.refuse(Code::AttributeInvalid, "sizes have the wrong length", llvm::Twine(axes.size()),
                llvm::Twine(sizes.size()));
  std::optional<double> common;
  for (auto [axis, size] : llvm::zip_equal(axes, sizes)) {
    ResizedDimension &d = dimensions[axis];
    if (size < 0 || size > largestExtent)
      node.refuse(Code::ShapeInvalid, "a size is negative or too large", "", shownShape(sizes));
    d.size = size;
    d.scale = d.n ? double(size) / double(d.n) : 1;
    bool smaller = policy == "not_larger";
    if (policy != "stretch")
      common = !common   ? d.scale
               : smaller ? std::min(*common, d.scale)
                         : std::max(*common, d.scale);
  }
  if (!common)
    return;
  for (int64_t axis : axes) {
    double size = std::floor(*common * double(dimensions[axis].n) + 0.5);
    if (size > double(largestExtent))
      node.refuse(Code::ShapeInvalid, "a size is too large", "", shownShape(sizes));
    dimensions[axis].scale = *common;
    dimensions[axis].size = int64_t(size);
  }
}

// Elements whose place is not in the input are `value`.
static TensorExpr withExtrapolation(NodeReader &node, TensorExpr x, int64_t axis, const Taps &taps,
                                    double value) {
  if (taps.outside.empty())
    return x;
  std::vector<double> flags(taps.outside.begin(), taps.outside.end());
  TensorExpr outside = node.table({int64_t(flags.size())}, node.builder.getI1Type(), flags);
  return select(broadcast(outside, x.type().getShape(), {axis}), x.number(value), x);
}

static TensorExpr interpolate(NodeReader &node, TensorExpr x, const Interpolation &how,
                              ArrayRef<ResizedDimension> dimensions, double extrapolation) {
  Shape shape;
  for (const ResizedDimension &d : dimensions) {
    if (d.n == 0 && d.size > 0)
      node.refuse(Code::ShapeInvalid, "a dimension without elements cannot be enlarged");
    shape.push_back(d.size);
  }
  mlir::Type element = x.type().getElementType();
  node.checkSize(shape, element);
  if (llvm::is_contained(shape, 0))
    return node.splat(shape, element, 0);
  // Sums are computed in f32 at least and rounded once.
  bool sums = how.mode != "nearest";
  mlir::Type wide = element.isF64() ? element : mlir::Type(node.builder.getF32Type());
  TensorExpr result = sums && wide != element ? convert(x, wide) : x;
  std::vector<std::pair<int64_t, Taps>> done;
  for (auto [axis, d] : llvm::enumerate(dimensions)) {
    if (d.isIdentity())
      continue;
    if (tapCount(how, d) > largestTable / d.size)
      node.unsupported("Resize of a dimension of " + llvm::Twine(d.n) + " to " +
                       llvm::Twine(d.size) + ": its tables are too large");
    Taps taps = tapsOf(how, d);
    result.value = applyTaps(node, result, axis, taps);
    done.push_back({axis, std::move(taps)});
  }
  for (const auto &[axis, taps] : done)
    result.value = withExtrapolation(node, result, axis, taps, extrapolation);
  if (result.type().getElementType() == element)
    return result;
  if (!isa<FloatType>(element)) {
    // Integers saturate.
    bool isUnsigned = element.isUnsignedInteger();
    unsigned width = element.getIntOrFloatBitWidth();
    double lo = isUnsigned ? 0 : -std::ldexp(1, width - 1);
    double hi = std::ldexp(1, isUnsigned ? width : width - 1) - 1;
    result.value = MaxOp::create(node.builder, result, result.number(lo));
    result.value = MinOp::create(node.builder, result, result.number(hi));
  }
  return convert(result, element);
}

static SmallVector<ResizedDimension> dimensionsOf(TensorExpr x) {
  SmallVector<ResizedDimension> dimensions;
  for (int64_t extent : x.type().getShape())
    dimensions.push_back({extent, extent});
  return dimensions;
}

static Shape allAxes(TensorExpr x) {
  return llvm::to_vector(llvm::seq<int64_t>(0, x.type().getRank()));
}

// Scales alone: Upsample, and Resize of version 10.
static Values scaled(NodeReader &node, std::vector<double> scales, StringRef nearest) {
  TensorExpr x = node.input(0);
  Interpolation how;
  how.mode = node.text("mode", "nearest", {"nearest", "linear", "bilinear"});
  how.mode = how.mode == "nearest" ? "nearest" : "linear";
  how.coordinates = "asymmetric";
  how.nearest = nearest;
  SmallVector<ResizedDimension> dimensions = dimensionsOf(x);
  setScales(node, scales, allAxes(x), dimensions);
  return {interpolate(node, x, how, dimensions, 0)};
}

static Values upsample1(NodeReader &node) {
  double height = node.number("height_scale", 1), width = node.number("width_scale", 1);
  return scaled(node, {1, 1, height, width}, "floor");
}

static Values upsample7(NodeReader &node) {
  std::vector<float> scales = node.numbers("scales");
  return scaled(node, {scales.begin(), scales.end()}, "floor");
}

static Values upsample9(NodeReader &node) {
  return scaled(node, knownNumbers(node, 1, "scales"), "floor");
}

static Values resize10(NodeReader &node) {
  return scaled(node, knownNumbers(node, 1, "scales"), "simple");
}

static Interpolation readInterpolation(NodeReader &node) {
  Interpolation how;
  how.mode = node.text("mode", "nearest", {"nearest", "linear", "cubic"});
  how.coordinates =
      node.text("coordinate_transformation_mode", "half_pixel",
                {"half_pixel", "half_pixel_symmetric", "pytorch_half_pixel", "align_corners",
                 "asymmetric", "tf_crop_and_resize", "tf_half_pixel_for_nn"});
  how.nearest = node.text("nearest_mode", "round_prefer_floor",
                          {"round_prefer_floor", "round_prefer_ceil", "floor", "ceil"});
  how.cubicA = node.number("cubic_coeff_a", -0.75);
  how.excludeOutside = node.flag("exclude_outside", false) && how.mode == "cubic";
  how.antialias = node.opset >= 18 && node.flag("antialias", false) && how.mode != "nearest";
  return how;
}

static Values resize(NodeReader &node) {
  TensorExpr x = node.input(0);
  Interpolation how = readInterpolation(node);
  double extrapolation = node.number("extrapolation_value", 0);
  SmallVector<ResizedDimension> dimensions = dimensionsOf(x);
  Shape axes = allAxes(x);
  StringRef policy = "stretch";
  if (node.opset >= 18) {
    if (std::optional<Shape> given = node.integers("axes"))
      axes = node.axes(*given, x.type().getRank());
    policy =
        node.text("keep_aspect_ratio_policy", policy, {"stretch", "not_larger", "not_smaller"});
  }
  // An empty list is a list left out.
  auto given = [&](size_t i) { return node.has(i) && node.input(i).type().getNumElements() > 0; };
  bool hasRegion = given(1), hasScales = given(2), hasSizes = given(3);
  if (hasScales == hasSizes && !axes.empty())
    node.refuse(Code::InputCount, "either scales or sizes must be given");
  if (hasSizes)
    setSizes(node, node.knownIntegers(3), axes, policy, dimensions);
  else if (hasScales)
    setScales(node, knownNumbers(node, 2, "scales"), axes, dimensions);
  if (how.coordinates == "tf_crop_and_resize") {
    std::vector<double> region;
    if (hasRegion)
      region = knownNumbers(node, 1, "regions");
    if (region.size() != 2 * axes.size())
      node.refuse(Code::InputCount, "the region of interest has the wrong length",
                  llvm::Twine(2 * axes.size()), llvm::Twine(region.size()));
    for (double bound : region)
      if (!(std::abs(bound) <= 1e6))
        node.refuse(Code::AttributeInvalid, "the region of interest is out of range", "",
                    std::to_string(bound));
    for (auto [i, axis] : llvm::enumerate(axes)) {
      dimensions[axis].start = region[i];
      dimensions[axis].end = region[i + axes.size()];
    }
  }
  return {interpolate(node, x, how, dimensions, extrapolation)};
}

void addResizes(Registry &r) {
  r.add("Resize", {{10, resize10}, {11, resize}});
  r.add("Upsample", {{1, upsample1}, {7, upsample7}, {9, upsample9}});
}

} // namespace dlc::onnx
