// Discrete Fourier transforms, windows and mel weights. A transform along an axis is a product with
// a matrix of sines and cosines: for real or complex x [.., N, c] and result [.., K, d],
//
//   y[k, d] = sum over n, c of x[n, c] W[n, c, k, d]
//   W[n, ., k, .] = ( cos a  -sin a )    a = 2 pi (n k mod N) / N
//                   ( sin a   cos a )
//
// The matrix is a weight, computed when the object is written. Sums of N terms that cancel lose
// what those of a fast transform do not, so products and sums are f64. Complex numbers are a last
// dimension of two.
#include "Onnx/Formula.h"
#include "Onnx/GraphImporter.h"
#include <cmath>

using namespace mlir;

namespace dlc::onnx {

// 0, 1, 2, ... along one dimension of a shape.
static TensorExpr counting(ImplicitLocOpBuilder &b, ArrayRef<int64_t> shape, int64_t dimension,
                           mlir::Type element) {
  return {b, IotaOp::create(b, RankedTensorType::get(shape, element), dimension)};
}

namespace {
struct Transform {
  int64_t from, to;             // points of the operand and of the result
  int64_t length;               // N
  bool isComplex, givesComplex; // c, d = 2
  bool inverse;                 // with the factor 1/N
  bool fromHalf;                // the operand is one half of a symmetric spectrum
};
} // namespace

// cos a and sin a as [from, 1, to, 1] in f64; the product n k is reduced as an integer.
static TensorExpr angles(ImplicitLocOpBuilder &b, const Transform &t) {
  Shape shape{t.from, 1, t.to, 1};
  mlir::Type integer = b.getIntegerType(64, /*isSigned=*/true);
  TensorExpr n = counting(b, shape, 0, integer), k = counting(b, shape, 2, integer);
  TensorExpr product = n * k;
  TensorExpr rest = product.with(RemOp::create(b, product, product.number(double(t.length))));
  TensorExpr angle = convert(rest, b.getF64Type());
  return angle * angle.number(2 * M_PI / double(t.length));
}

// W[n, c, k, d]
static TensorExpr twiddles(ImplicitLocOpBuilder &b, const Transform &t) {
  TensorExpr a = angles(b, t);
  double direction = t.inverse ? 1 : -1, scale = t.inverse ? 1 / double(t.length) : 1;
  TensorExpr factor = a.number(scale);
  if (t.fromHalf) {
    // What is not there is the conjugate of what is: all but the first and the middle count twice.
    TensorExpr n = counting(b, a.type().getShape(), 0, a.type().getElementType());
    TensorExpr isFirst = compare(CompareKind::eq, n, n.number(0));
    TensorExpr isMiddle = compare(CompareKind::eq, n + n, n.number(double(t.length)));
    TensorExpr isOnce = isFirst.with(OrOp::create(b, isFirst, isMiddle));
    factor.value = select(isOnce, factor, factor + factor);
  }
  TensorExpr c = cos(a) * factor, s = sin(a) * factor * a.number(direction);
  auto concat = [&](TensorExpr x, TensorExpr y, int64_t dimension) {
    return x.with(ConcatOp::create(b, ValueRange{x, y}, dimension));
  };
  TensorExpr ofReal = t.givesComplex ? concat(c, s, 3) : c;
  if (!t.isComplex)
    return ofReal;
  TensorExpr ofImaginary = t.givesComplex ? concat(-s, c, 3) : -s;
  return concat(ofReal, ofImaginary, 1);
}

// x [.., from, c] along `axis` (the last dimension is that of complex numbers).
static TensorExpr transformed(NodeReader &node, TensorExpr x, int64_t axis, const Transform &t) {
  ArrayRef<int64_t> shape = x.type().getShape();
  int64_t last = shape.size() - 1;
  mlir::Type element = x.type().getElementType(), wide = node.builder.getF64Type();
  node.checkSize({t.from, t.isComplex ? 2 : 1, t.to, t.givesComplex ? 2 : 1}, wide);
  TensorExpr weights = node.tensor(node.importer.derivedWeight(
      node.builder, "dft", [&](ImplicitLocOpBuilder &b) { return twiddles(b, t).value; }));
  Value y = node.build<DotOp>(convert(x, wide), weights, Shape{}, Shape{}, Shape{axis, last},
                              Shape{0, 1});
  // [others, K, d] -> K back at its place
  Shape order;
  for (int64_t i = 0; i + 1 < last; ++i)
    order.push_back(i);
  order.insert(order.begin() + axis, last - 1);
  order.push_back(last);
  return convert(node.transpose(node.tensor(y), order), element);
}

// `count` points along the axis: cut, or zeros at the end.
static TensorExpr resized(NodeReader &node, TensorExpr x, int64_t axis, int64_t count) {
  int64_t extent = x.type().getDimSize(axis);
  if (extent >= count)
    return node.slice(x, axis, 0, count);
  Shape none(x.type().getRank(), 0), hi = none;
  hi[axis] = count - extent;
  return node.tensor(
      node.build<PadOp>(x, none, hi, none, elementAttribute(x.type().getElementType(), 0)));
}

static int64_t knownNumber(NodeReader &node, size_t i) {
  Shape values = node.knownIntegers(i);
  if (values.size() != 1)
    node.refuse(Code::ShapeMismatch, "input " + llvm::Twine(i) + " must be a single number");
  return values[0];
}

static void checkComplex(NodeReader &node, TensorExpr x) {
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  int64_t parts = x.type().getShape().back();
  if (parts != 1 && parts != 2)
    node.refuse(Code::ShapeMismatch, "the last dimension holds real, or real and imaginary parts",
                "1 or 2", llvm::Twine(parts));
}

static Values dft(NodeReader &node) {
  TensorExpr x = node.input(0);
  checkComplex(node, x);
  int64_t rank = x.type().getRank();
  int64_t given = node.opset < 20 ? node.integer("axis", 1)
                  : node.has(2)   ? knownNumber(node, 2)
                                  : -2;
  int64_t axis = node.axis(given, rank);
  if (axis == rank - 1)
    node.refuse(Code::AxisOutOfRange, "the axis is that of real and imaginary parts");
  bool inverse = node.flag("inverse", false), half = node.flag("onesided", false);
  int64_t extent = x.type().getDimSize(axis);
  int64_t length = node.has(1) ? knownNumber(node, 1) : inverse && half ? 2 * (extent - 1) : extent;
  if (length < 1)
    node.refuse(Code::AttributeInvalid, "the length must be 1 or more", "", llvm::Twine(length));
  int64_t halfLength = length / 2 + 1;
  Transform t{length, length, length, x.type().getShape().back() == 2, true, inverse, false};
  if (half && inverse) {
    t.from = halfLength;
    t.fromHalf = true;
    t.givesComplex = false;
  } else if (half) {
    t.to = halfLength;
  }
  return {transformed(node, resized(node, x, axis, t.from), axis, t)};
}

// Frames of the signal [B, L, c], each times the window, transformed: [B, frames, K, 2]. A signal
// [B, L], as PyTorch writes it, is real.
static Values stft(NodeReader &node) {
  TensorExpr x = node.input(0);
  if (x.type().getRank() == 2) {
    Shape real(x.type().getShape());
    real.push_back(1);
    x.value = node.reshape(x, real);
  }
  checkComplex(node, x);
  node.checkRank(x, 3, 3);
  int64_t step = knownNumber(node, 1);
  std::optional<TensorExpr> window = node.optionalInput(2);
  int64_t extent = x.type().getDimSize(1);
  int64_t length = node.has(3) ? knownNumber(node, 3)
                   : window    ? window->type().getNumElements()
                               : extent;
  if (step < 1 || length < 1 || length > extent)
    node.refuse(Code::AttributeInvalid, "frames do not fit the signal",
                "a step of 1 or more, at most " + llvm::Twine(extent) + " points a frame",
                llvm::Twine(step) + " and " + llvm::Twine(length));
  int64_t frames = (extent - length) / step + 1;
  mlir::Type index = node.builder.getIntegerType(64, /*isSigned=*/true);
  node.checkSize({frames, length}, index);
  TensorExpr frame = counting(node.builder, {frames, length}, 0, index);
  TensorExpr point = counting(node.builder, {frames, length}, 1, index);
  TensorExpr place = frame * frame.number(double(step)) + point;
  TensorExpr cut = node.tensor(node.build<TakeOp>(x, place, /*axis=*/1));
  if (window) {
    node.checkSameType(x, *window);
    node.checkShape("the window", *window, length);
    cut.value = cut * broadcast(*window, cut.type().getShape(), 2);
  }
  bool half = node.flag("onesided", true);
  Transform t{
      length, half ? length / 2 + 1 : length, length, x.type().getShape().back() == 2, true, false,
      false};
  return {transformed(node, cut, 2, t)};
}

// a0 - a1 cos(2 pi n / N) + a2 cos(4 pi n / N)
static Values window(NodeReader &node, double a0, double a1, double a2) {
  int64_t size = knownNumber(node, 0);
  auto type =
      static_cast<ElementType>(node.integer("output_datatype", int64_t(ElementType::Float32)));
  mlir::Type element = elementTypeOf(type, node.dtype(), *node.builder.getContext());
  if (!element)
    node.unsupported("a window of such a type");
  if (size < 0)
    node.refuse(Code::AttributeInvalid, "the size is negative", "", llvm::Twine(size));
  int64_t length = node.flag("periodic", true) ? size : size - 1;
  mlir::Type wide = node.builder.getF64Type();
  node.checkSize(size, wide);
  TensorExpr n = counting(node.builder, size, 0, wide);
  TensorExpr angle = n * n.number(2 * M_PI / double(std::max<int64_t>(length, 1)));
  TensorExpr y = n.number(a0) - cos(angle) * n.number(a1);
  if (a2 != 0)
    y.value = y + cos(angle + angle) * n.number(a2);
  return {convert(y, element)};
}

// ---------------------------------------------------------------- mel weights

static double frequencyOf(double mel) { return 700 * (std::pow(10, mel / 2595) - 1); }
static double melOf(double frequency) { return 2595 * std::log10(1 + frequency / 700); }

// Triangles over the bins of a spectrum: rising from `left` to `centre`, falling to `right`.
static Values melWeights(NodeReader &node) {
  int64_t count = knownNumber(node, 0), length = knownNumber(node, 1), rate = knownNumber(node, 2);
  double edges[2];
  for (size_t i = 0; i < 2; ++i) {
    std::optional<Literal> known = node.known(3 + i);
    if (!known || known->size() != 1)
      node.unsupported("frequencies that are not known at compile time");
    edges[i] = known->number(0);
  }
  constexpr int64_t countMax = 1 << 16;
  if (count < 0 || count > countMax || length < 1 || rate < 1)
    node.refuse(Code::AttributeInvalid, "counts and rates must be positive");
  auto type =
      static_cast<ElementType>(node.integer("output_datatype", int64_t(ElementType::Float32)));
  mlir::Type element = elementTypeOf(type, node.dtype(), *node.builder.getContext());
  if (!element)
    node.unsupported("a matrix of such a type");
  double low = melOf(edges[0]), step = (melOf(edges[1]) - low) / double(count + 2);
  Shape bins;
  for (int64_t i = 0; i < count + 2; ++i)
    bins.push_back(int64_t(
        std::floor(double(length + 1) * frequencyOf(low + double(i) * step) / double(rate))));
  ImplicitLocOpBuilder &b = node.builder;
  mlir::Type wide = b.getF64Type();
  Shape shape{length / 2 + 1, count};
  node.checkSize(shape, wide);
  auto edge = [&](int64_t first) {
    TensorExpr values = convert(node.integerTensor(ArrayRef(bins).slice(first, count)), wide);
    return broadcast(values, shape, 1);
  };
  TensorExpr left = edge(0), centre = edge(1), right = edge(2);
  TensorExpr bin = counting(b, shape, 0, wide), zero = bin.number(0), one = bin.number(1);
  auto both = [&](TensorExpr x, TensorExpr y) { return x.with(AndOp::create(b, x, y)); };
  auto atLeastOne = [&](TensorExpr x) { return max(x, one); };
  TensorExpr rises =
      both(compare(CompareKind::ge, bin, left), compare(CompareKind::le, bin, centre));
  TensorExpr falls =
      both(compare(CompareKind::ge, bin, centre), compare(CompareKind::lt, bin, right));
  TensorExpr isPoint =
      both(compare(CompareKind::eq, left, centre), compare(CompareKind::eq, bin, centre));
  TensorExpr rising = select(rises, (bin - left) / atLeastOne(centre - left), zero);
  TensorExpr falling = (right - bin) / atLeastOne(right - centre);
  return {convert(select(falls, falling, select(isPoint, one, rising)), element)};
}

void addFourier(Registry &r) {
  r.add("BlackmanWindow", 17, [](NodeReader &node) { return window(node, 0.42, 0.5, 0.08); });
  r.add("DFT", 17, dft);
  r.add("HammingWindow", 17, [](NodeReader &node) { return window(node, 25. / 46, 21. / 46, 0); });
  r.add("HannWindow", 17, [](NodeReader &node) { return window(node, 0.5, 0.5, 0); });
  r.add("MelWeightMatrix", 17, melWeights);
  r.add("STFT", 17, stft);
}

} // namespace dlc::onnx
