// Windows that slide over the spatial dimensions of x [N, C, S...].
#include "Core/Shape.h"
#include "Onnx/Formula.h"
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

static Shape spatialDimensions(TensorExpr x) {
  return llvm::to_vector(llvm::seq<int64_t>(2, x.type().getRank()));
}

static Sliding readPooling(NodeReader &node, TensorExpr x) {
  node.checkRank(x, 3, 5);
  ArrayRef<int64_t> extents = x.type().getShape().drop_front(2);
  Sliding sliding = readSliding(node, extents.size(), std::nullopt);
  padFor(node, sliding, extents, node.flag("ceil_mode", false));
  return sliding;
}

static Values maxPool(NodeReader &node) {
  TensorExpr x = node.input(0);
  Sliding sliding = readPooling(node, x);
  bool isColumnMajor = node.flag("storage_order", false);
  Shape dims = spatialDimensions(x);
  auto window = node.build<WindowMaxOp>(x, dims, sliding.window, sliding.strides, sliding.lo,
                                        sliding.hi, sliding.dilation);
  if (node.node.outputs.size() < 2 || node.node.outputs[1].empty())
    return {window.getResult(), Value()};
  // The second output: positions in x, of which the storage order turns the spatial dimensions.
  Windows windows{sliding.window, sliding.strides, sliding.lo, sliding.hi, sliding.dilation};
  ArrayRef<int64_t> shape = x.type().getShape();
  std::vector<TensorExpr> ordered;
  std::vector<TensorExpr> index =
      windowMaxIndices(node.builder, window.getPlace(), shape, dims, windows);
  Shape order = llvm::to_vector(llvm::seq<int64_t>(0, shape.size())), extents;
  if (isColumnMajor)
    std::reverse(order.begin() + 2, order.end());
  for (int64_t dimension : order) {
    ordered.push_back(index[dimension]);
    extents.push_back(shape[dimension]);
  }
  return {window.getResult(), rowMajorPosition(ordered, extents)};
}

// How many of the places start + k dilation, k in [0, window), lie in [from, to).
static int64_t placesWithin(int64_t start, int64_t dilation, int64_t window, int64_t from,
                            int64_t to) {
  auto below = [&](int64_t end) {
    return std::clamp<int64_t>(llvm::divideCeilSigned(end - start, dilation), 0, window);
  };
  return below(to) - below(from);
}

// How many elements of [0, n), extended by the pads `lo` and `hi` if those count, each of `count`
// windows meets; one number if all meet the same.
static Shape elementsMet(NodeReader &node, const Sliding &sliding, size_t i, int64_t n,
                         int64_t count, int64_t lo, int64_t hi) {
  int64_t start = -sliding.lo[i], last = start + (count - 1) * sliding.strides[i];
  if (start >= -lo && last + sliding.reach(i) <= n + hi)
    return {sliding.window[i]};
  if (count > 1 << 16)
    node.unsupported("AveragePool with pads over so long a dimension");
  Shape met;
  for (int64_t t = 0; t < count; ++t)
    met.push_back(placesWithin(start + t * sliding.strides[i], sliding.dilation[i],
                               sliding.window[i], -lo, n + hi));
  return met;
}

// sum over the window / number of elements of x in it, or of x with its pads.
static Values averagePool(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  Sliding sliding = readPooling(node, x);
  bool countPads = node.flag("count_include_pad", false);
  Shape given = node.integers("pads").value_or(Shape(2 * sliding.window.size(), 0));
  TensorExpr sum =
      node.tensor(node.build<WindowSumOp>(x, spatialDimensions(x), sliding.window, sliding.strides,
                                          sliding.lo, sliding.hi, sliding.dilation));
  std::optional<TensorExpr> count;
  for (size_t i = 0; i < sliding.window.size(); ++i) {
    // With ceil_mode, what a window reaches beyond the pads never counts.
    bool same = sliding.automatic.starts_with("SAME");
    int64_t lo = countPads ? sliding.lo[i] : 0;
    int64_t hi = !countPads ? 0 : same ? sliding.hi[i] : given[sliding.window.size() + i];
    Shape met = elementsMet(node, sliding, i, x.type().getDimSize(i + 2),
                            sum.type().getDimSize(i + 2), lo, hi);
    TensorExpr factor = convert(node.integerTensor(met), x.type().getElementType());
    TensorExpr spread = broadcast(factor, sum.type().getShape(), {int64_t(i) + 2});
    count.emplace(count ? *count * spread : spread);
  }
  return {sum / *count};
}

// |x|^p and the p-th root of a sum of such; in registers' types.
static TensorExpr raised(TensorExpr x, double p) {
  return p == 1 ? abs(x) : p == 2 ? x * x : pow(abs(x), x.number(p));
}
static TensorExpr root(TensorExpr x, double p) {
  return p == 1 ? x : p == 2 ? sqrt(x) : pow(x, x.number(1 / p));
}
static double readExponent(NodeReader &node) {
  double p = node.opset < 2 ? node.number("p", 2) : node.integer("p", 2);
  if (!(p > 0))
    node.refuse(Code::AttributeInvalid, "attribute 'p' must be positive");
  return p;
}

// (sum over the window |x|^p)^(1/p)
static Values lpPool(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  mlir::Type element = x.type().getElementType();
  Sliding sliding = readPooling(node, x);
  double p = readExponent(node);
  TensorExpr powers = raised(convert(x, registerType(element)), p);
  TensorExpr sum = node.tensor(node.build<WindowSumOp>(powers, spatialDimensions(x), sliding.window,
                                                       sliding.strides, sliding.lo, sliding.hi,
                                                       sliding.dilation));
  return {convert(root(sum, p), element)};
}

static Values globalLpPool(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  mlir::Type element = x.type().getElementType();
  double p = readExponent(node);
  Shape shape(x.type().getRank(), 1);
  shape[0] = x.type().getDimSize(0);
  shape[1] = x.type().getDimSize(1);
  TensorExpr sum = reduceSum(raised(convert(x, registerType(element)), p), spatialDimensions(x));
  return {node.reshape(convert(root(sum, p), element), shape)};
}

static Values globalAverage(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  Shape shape(x.type().getShape());
  double count = 1;
  for (int64_t &extent : MutableArrayRef(shape).drop_front(2)) {
    count *= extent;
    extent = 1;
  }
  TensorExpr sum = reduceSum(x, spatialDimensions(x));
  return {node.reshape(sum * sum.number(1 / count), shape)};
}

static Values globalMaximum(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  Shape shape(x.type().getRank(), 1);
  shape[0] = x.type().getDimSize(0);
  shape[1] = x.type().getDimSize(1);
  return {node.reshape(reduceMax(x, spatialDimensions(x)), shape)};
}

void addPoolings(Registry &r) {
  r.add("AveragePool", 1, averagePool);
  r.add("GlobalAveragePool", 1, globalAverage);
  r.add("GlobalLpPool", 1, globalLpPool);
  r.add("GlobalMaxPool", 1, globalMaximum);
  r.add("LpPool", 1, lpPool);
  r.add("MaxPool", 1, maxPool);
}

} // namespace dlc::onnx
