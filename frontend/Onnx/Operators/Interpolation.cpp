// The tables of a resized dimension, and the ops that use them. Nothing is computed from
// coordinates when the program runs.
#include "Onnx/Operators/Interpolation.h"

using namespace mlir;

namespace dlc::onnx {

// Where element i of the result lies in the input. Scales are rounded numbers: a place that they
// mean to be an integer or half of one is taken for it.
static double placeOf(const Interpolation &how, const ResizedDimension &d, int64_t i) {
  double n = d.n, size = d.size, centre = (i + 0.5) / d.scale - 0.5, place = centre;
  if (how.coordinates == "asymmetric")
    place = i / d.scale;
  else if (how.coordinates == "align_corners")
    // The corners are those of the result that there is, as PyTorch and ONNX Runtime have it; two
    // of ONNX's tests take those of the exact size n scale, of which `size` is the whole part.
    place = d.size == 1 ? 0 : i * (n - 1) / (size - 1);
  else if (how.coordinates == "pytorch_half_pixel")
    place = d.size == 1 ? 0 : centre;
  else if (how.coordinates == "tf_half_pixel_for_nn")
    place = (i + 0.5) / d.scale;
  else if (how.coordinates == "half_pixel_symmetric")
    place = n / 2 * (1 - size / (d.scale * n)) + centre;
  else if (how.coordinates == "tf_crop_and_resize")
    place = d.size == 1 ? 0.5 * (d.start + d.end) * (n - 1)
                        : (d.start + i * (d.end - d.start) / (size - 1)) * (n - 1);
  double snapped = std::round(2 * place) / 2;
  return std::abs(place - snapped) < 1e-6 * std::max(1.0, std::abs(place)) ? snapped : place;
}

static int64_t nearestOf(const Interpolation &how, const ResizedDimension &d, double place) {
  if (how.nearest == "simple")
    return d.scale < 1 ? std::ceil(place) : std::trunc(place);
  if (how.nearest == "round_prefer_floor")
    return std::ceil(place - 0.5);
  if (how.nearest == "round_prefer_ceil")
    return std::floor(place + 0.5);
  return how.nearest == "floor" ? std::floor(place) : std::ceil(place);
}

// The weight of an element at `distance`: 1 - |d|, or Keys' cubic with parameter a.
static double weightAt(const Interpolation &how, double distance) {
  double d = std::abs(distance), a = how.cubicA;
  if (how.mode == "linear")
    return std::max(1 - d, 0.0);
  if (d <= 1)
    return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
}

// With antialiasing a smaller result spreads the weights over as many elements as one of its own
// stands for.
static double shrinkOf(const Interpolation &how, const ResizedDimension &d) {
  return how.antialias ? std::min(d.scale, 1.0) : 1;
}

// The first of the elements around a place, counted from the last before it.
static int64_t firstTap(const Interpolation &how, const ResizedDimension &d) {
  double radius = how.mode == "cubic" ? 2 : 1;
  return int64_t(std::floor(-radius / shrinkOf(how, d))) + 1;
}

int64_t tapCount(const Interpolation &how, const ResizedDimension &d) {
  return how.mode == "nearest" ? 1 : 2 - 2 * firstTap(how, d);
}

Taps tapsOf(const Interpolation &how, const ResizedDimension &d) {
  Taps taps;
  double shrink = shrinkOf(how, d);
  int64_t first = firstTap(how, d);
  bool nearest = how.mode == "nearest";
  taps.count = tapCount(how, d);
  auto inside = [&](int64_t index) { return std::clamp<int64_t>(index, 0, d.n - 1); };
  bool crops = how.coordinates == "tf_crop_and_resize";
  for (int64_t i = 0; i < d.size; ++i) {
    double place = placeOf(how, d, i), sum = 0;
    if (crops)
      taps.outside.push_back(place < 0 || place > double(d.n - 1));
    if (nearest) {
      taps.indices.push_back(inside(nearestOf(how, d, place)));
      taps.weights.push_back(1);
      continue;
    }
    // An element that a place meets exactly is the last of those before it.
    int64_t base = int64_t(std::ceil(place)) - 1;
    size_t start = taps.weights.size();
    for (int64_t t = 0; t < taps.count; ++t) {
      int64_t index = base + first + t;
      bool counts = !how.excludeOutside || index == inside(index);
      double weight = counts ? weightAt(how, (place - double(index)) * shrink) : 0;
      taps.indices.push_back(inside(index));
      taps.weights.push_back(weight);
      sum += weight;
    }
    if (sum != 0 && (how.antialias || how.excludeOutside))
      for (double &weight : llvm::drop_begin(taps.weights, start))
        weight /= sum;
  }
  if (!llvm::is_contained(taps.outside, true))
    taps.outside.clear();
  return taps;
}

// x[list[0]], x[list[1]], ... along `axis`: a slice or a repetition where the list is regular.
static TensorExpr selectPlaces(NodeReader &node, TensorExpr x, int64_t axis,
                               ArrayRef<int64_t> list) {
  int64_t n = x.type().getDimSize(axis), size = list.size();
  int64_t rank = x.type().getRank(), step = size > 1 ? list[1] - list[0] : 1;
  bool steps = step > 0, repeats = size % n == 0;
  for (int64_t i = 0; i < size; ++i) {
    steps &= list[i] == list[0] + i * step;
    repeats &= list[i] == i / (size / n ? size / n : 1);
  }
  if (steps) {
    Shape lo(rank, 0), hi(x.type().getShape()), stride(rank, 1);
    lo[axis] = list[0];
    hi[axis] = list[size - 1] + 1;
    stride[axis] = step;
    return node.tensor(node.build<SliceOp>(x, lo, hi, stride));
  }
  if (repeats) {
    Shape spread(x.type().getShape()), shape = spread, dims;
    spread.insert(spread.begin() + axis + 1, size / n);
    shape[axis] = size;
    for (int64_t d = 0; d < rank; ++d)
      dims.push_back(d + (d > axis));
    return node.reshape(broadcast(x, spread, dims), shape);
  }
  std::vector<double> places(list.begin(), list.end());
  auto type = IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed);
  return node.tensor(node.build<TakeOp>(x, node.table({size}, type, places), axis));
}

TensorExpr applyTaps(NodeReader &node, TensorExpr x, int64_t axis, const Taps &taps) {
  int64_t size = taps.indices.size() / taps.count;
  if (llvm::all_of(taps.weights, [](double w) { return w == 1; }) && taps.count == 1)
    return selectPlaces(node, x, axis, taps.indices);
  mlir::Type element = x.type().getElementType();
  Shape shape(x.type().getShape());
  shape[axis] = size;
  // Many taps are a reduction over rows [size, count]; a few are written out.
  constexpr int64_t writtenOut = 4;
  if (taps.count > writtenOut) {
    std::vector<double> places(taps.indices.begin(), taps.indices.end());
    auto type = IntegerType::get(node.builder.getContext(), 32, IntegerType::Signed);
    TensorExpr rows =
        node.tensor(node.build<TakeOp>(x, node.table({size, taps.count}, type, places), axis));
    TensorExpr weights = node.table({size, taps.count}, element, taps.weights);
    return reduceSum(rows * broadcast(weights, rows.type().getShape(), {axis, axis + 1}),
                     {axis + 1});
  }
  std::optional<TensorExpr> sum;
  for (int64_t t = 0; t < taps.count; ++t) {
    Shape indices;
    std::vector<double> weights;
    for (int64_t i = 0; i < size; ++i) {
      indices.push_back(taps.indices[i * taps.count + t]);
      weights.push_back(taps.weights[i * taps.count + t]);
    }
    if (llvm::all_of(weights, [](double w) { return w == 0; }))
      continue;
    TensorExpr part = selectPlaces(node, x, axis, indices) *
                      broadcast(node.table({size}, element, weights), shape, {axis});
    sum.emplace(sum ? *sum + part : part);
  }
  return sum ? *sum : node.splat(shape, element, 0);
}

} // namespace dlc::onnx
