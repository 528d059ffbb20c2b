// Reading images at computed places: GridSample, and the grids of AffineGrid.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Rows.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// ---------------------------------------------------------------- GridSample

namespace {
struct Border {
  double low, high;
};
struct GridSettings {
  bool alignsCorners;
  enum { Zeros, Edge, Reflection } padding;

  Border border(int64_t extent) const {
    return alignsCorners ? Border{0, double(extent - 1)} : Border{-0.5, double(extent) - 0.5};
  }
};
} // namespace

// x mirrored at both borders until it lies between them.
static TensorExpr reflected(TensorExpr x, Border border) {
  double range = border.high - border.low;
  if (range <= 0)
    return x.number(border.low < 0 ? 0 : border.low);
  TensorExpr distance = abs(x - x.number(border.low));
  TensorExpr turns = floor(distance * x.number(1 / range));
  TensorExpr rest = distance - turns * x.number(range);
  TensorExpr isEven = compare(CompareKind::eq, floor(turns * x.number(0.5)) * x.number(2), turns);
  return select(isEven, rest + x.number(border.low), x.number(border.high) - rest);
}

// A whole number of places, within the image: what the padding mode makes of one outside.
static TensorExpr placed(TensorExpr x, int64_t extent, const GridSettings &settings) {
  TensorExpr inside =
      settings.padding == GridSettings::Reflection ? reflected(x, settings.border(extent)) : x;
  return clamp(trunc(inside), 0, double(extent - 1));
}

namespace {
// The places around a coordinate that an interpolation reads, and their weights.
struct Tap {
  TensorExpr place, weight;
};
} // namespace

// Keys' cubic convolution with a = -0.75, at distance d from the sample.
static TensorExpr cubicWeight(TensorExpr d, bool isNear) {
  constexpr double a = -0.75;
  auto polynomial = [&](double c3, double c2, double c1, double c0) {
    return ((d * d.number(c3) + d.number(c2)) * d + d.number(c1)) * d + d.number(c0);
  };
  return isNear ? polynomial(a + 2, -(a + 3), 0, 1) : polynomial(a, -5 * a, 8 * a, -4 * a);
}

static std::vector<Tap> tapsOf(TensorExpr x, llvm::StringRef mode) {
  if (mode == "nearest")
    return {{roundEven(x), x.number(1)}};
  TensorExpr low = floor(x), rest = x - low, one = x.number(1);
  if (mode == "linear")
    return {{low, one - rest}, {low + one, rest}};
  return {{low - one, cubicWeight(rest + one, false)},
          {low, cubicWeight(rest, true)},
          {low + one, cubicWeight(one - rest, true)},
          {low + x.number(2), cubicWeight(x.number(2) - rest, false)}};
}

static Values gridSample(NodeReader &node) {
  TensorExpr image = node.input(0), grid = node.input(1);
  node.checkRank(image, 3, 5);
  int64_t rank = image.type().getRank() - 2;
  node.checkRank(grid, rank + 2, rank + 2);
  node.checkFloat(image);
  node.checkFloat(grid);
  llvm::StringRef mode = node.text("mode", node.opset < 20 ? "bilinear" : "linear",
                                   {"linear", "bilinear", "nearest", "cubic", "bicubic"});
  mode.consume_front("bi");
  llvm::StringRef padding = node.text("padding_mode", "zeros", {"zeros", "border", "reflection"});
  GridSettings settings{node.flag("align_corners", false), padding == "zeros" ? GridSettings::Zeros
                                                           : padding == "border"
                                                               ? GridSettings::Edge
                                                               : GridSettings::Reflection};
  ImageRows rows(node, image);
  Shape places(grid.type().getShape().drop_back());
  if (places[0] != rows.batch || grid.type().getShape().back() != rank)
    node.refuse(Code::ShapeMismatch, "the grid does not fit the image", shownType(image.type()),
                shownType(grid.type()));
  if (llvm::is_contained(rows.extents, 0))
    node.refuse(Code::ShapeMismatch, "the image is empty", "", shownType(image.type()));
  mlir::Type wide = registerType(grid.type().getElementType());
  std::vector<std::vector<Tap>> taps;
  for (int64_t i = 0; i < rank; ++i) {
    // The last coordinate of the grid is that of the first dimension.
    TensorExpr n =
        convert(node.reshape(node.slice(grid, rank + 1, rank - 1 - i, rank - i), places), wide);
    double extent = double(rows.extents[i]);
    TensorExpr shifted = n + n.number(1);
    TensorExpr x = settings.alignsCorners
                       ? shifted * n.number((extent - 1) / 2)
                       : (shifted * n.number(extent) - n.number(1)) * n.number(0.5);
    if (mode == "nearest")
      x.value = roundEven(x);
    // Coordinates beyond the border are moved first, then the places around them; a cubic keeps its
    // weights and has its places moved alone.
    if (settings.padding == GridSettings::Edge && mode != "cubic")
      x.value = clamp(x, 0, extent - 1);
    else if (settings.padding == GridSettings::Reflection && mode != "cubic")
      x.value = reflected(x, settings.border(rows.extents[i]));
    taps.push_back(tapsOf(x, mode));
  }
  // A sum over all combinations of taps.
  size_t each = taps[0].size(), combinations = 1;
  for (int64_t i = 0; i < rank; ++i)
    combinations *= each;
  mlir::Type element = registerType(image.type().getElementType());
  Value sum;
  for (size_t c = 0; c < combinations; ++c) {
    Values places(rank);
    Value weight;
    size_t rest = c;
    for (int64_t i = rank; i-- > 0; rest /= each) {
      const Tap &tap = taps[i][rest % each];
      TensorExpr share = tap.weight;
      if (settings.padding == GridSettings::Zeros)
        share.value = select(isWithin(tap.place, rows.extents[i]), share, share.number(0));
      weight = weight ? (share * share.with(weight)).value : share.value;
      places[i] = placed(tap.place, rows.extents[i], settings);
    }
    std::vector<TensorExpr> at;
    for (Value place : places)
      at.push_back(node.tensor(place));
    TensorExpr read = convert(rows.at(at), element);
    TensorExpr term = read * overChannels(convert(read.with(weight), element), rows.channels);
    sum = sum ? (term.with(sum) + term).value : term.value;
  }
  // [N, places.., C] -> [N, C, places..]
  Shape order{0, rank + 1};
  for (int64_t i = 0; i < rank; ++i)
    order.push_back(i + 1);
  TensorExpr y = node.transpose(node.tensor(sum), order);
  return {convert(y, image.type().getElementType())};
}

// ---------------------------------------------------------------- AffineGrid

// theta [N, k, k + 1] times (x, y, .., 1) at every place of an image of `size` [N, C, .., H, W].
static Values affineGrid(NodeReader &node) {
  TensorExpr theta = node.input(0);
  Shape size = node.knownIntegers(1);
  bool aligns = node.flag("align_corners", false);
  node.checkFloat(theta);
  int64_t rank = int64_t(size.size()) - 2;
  if (rank != 2 && rank != 3)
    node.refuse(Code::ShapeMismatch, "the size must be that of an image", "4 or 5 numbers",
                llvm::Twine(size.size()));
  node.checkShape("theta", theta, {size[0], rank, rank + 1});
  mlir::Type element = theta.type().getElementType(), wide = registerType(element);
  TensorExpr matrix = convert(theta, wide);
  Shape places{size[0]};
  llvm::append_range(places, ArrayRef(size).drop_front(2));
  node.checkSize(places, wide);
  Values parts;
  Shape single(places);
  single.push_back(1);
  for (int64_t row = 0; row < rank; ++row) {
    auto entry = [&](int64_t column) {
      TensorExpr cell = node.slice(node.slice(matrix, 1, row, row + 1), 2, column, column + 1);
      return broadcast(node.reshape(cell, size[0]), places, 0);
    };
    Value sum = entry(rank);
    for (int64_t column = 0; column < rank; ++column) {
      int64_t dimension = rank - column; // x runs along the last
      double extent = double(places[dimension]);
      TensorExpr i =
          node.tensor(IotaOp::create(node.builder, RankedTensorType::get(places, wide), dimension));
      TensorExpr x = aligns ? i * i.number(2 / std::max(extent - 1, 1.0)) - i.number(1)
                            : (i + i + i.number(1)) * i.number(1 / extent) - i.number(1);
      sum = entry(column) * x + x.with(sum);
    }
    parts.push_back(node.reshape(node.tensor(sum), single));
  }
  return {convert(node.concat(parts, rank + 1), element)};
}

void addSampling(Registry &r) {
  r.add("AffineGrid", 20, affineGrid);
  r.add("GridSample", 16, gridSample);
}

} // namespace dlc::onnx
