// Convolutions: x [N, C, S...] and weights.
#include "Onnx/Operators/Sliding.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// z + bias, one number a channel.
static TensorExpr withBias(NodeReader &node, TensorExpr z, size_t input) {
  std::optional<TensorExpr> bias = node.optionalInput(input);
  if (!bias)
    return z;
  node.checkSameType(z, *bias);
  node.checkShape("the bias", *bias, {z.type().getDimSize(1)});
  return z + broadcast(*bias, z.type().getShape(), {1});
}

static int64_t readGroups(NodeReader &node) {
  int64_t groups = node.integer("group", 1);
  if (groups < 1)
    node.refuse(Code::AttributeInvalid, "attribute 'group' must be 1 or more", "",
                llvm::Twine(groups));
  return groups;
}

static void checkOperands(NodeReader &node, TensorExpr x, TensorExpr w) {
  node.checkRank(x, 3, 5);
  node.checkRank(w, x.type().getRank(), x.type().getRank());
  node.checkSameType(x, w);
}

TensorExpr convolve(NodeReader &node, TensorExpr x, TensorExpr w) {
  checkOperands(node, x, w);
  ArrayRef<int64_t> window = w.type().getShape().drop_front(2);
  Sliding sliding = readSliding(node, window.size(), window);
  padFor(node, sliding, x.type().getShape().drop_front(2), /*ceilMode=*/false);
  return node.tensor(node.build<ConvOp>(x, w, sliding.strides, sliding.lo, sliding.hi,
                                        sliding.dilation, readGroups(node), false));
}

TensorExpr biasedConvolution(NodeReader &node) {
  return withBias(node, convolve(node, node.input(0), node.input(1)), 2);
}

static Values conv(NodeReader &node) { return {biasedConvolution(node)}; }

// The extent of a transposed convolution along one dimension, and `lo`, from pads, auto_pad or
// output_shape:  extent = stride (n - 1) + output_padding + reach - lo - hi
static int64_t transposedExtent(NodeReader &node, Sliding &sliding, size_t i, int64_t n,
                                int64_t extra, std::optional<int64_t> wanted) {
  int64_t full = sliding.strides[i] * (n - 1) + extra + sliding.reach(i);
  bool same = sliding.automatic.starts_with("SAME");
  if (sliding.automatic == "VALID")
    sliding.lo[i] = sliding.hi[i] = 0;
  if (!wanted && same)
    wanted = n * sliding.strides[i];
  if (!wanted)
    return full - sliding.lo[i] - sliding.hi[i];
  int64_t total = std::max<int64_t>(full - *wanted, 0);
  sliding.lo[i] = sliding.automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
  return *wanted;
}

// The adjoint of a convolution in x. `hi` of that convolution is what makes its windows over the
// result just as many as x has elements, whatever output_padding adds.
static Values convTranspose(NodeReader &node) {
  TensorExpr x = node.input(0), w = node.input(1);
  checkOperands(node, x, w);
  ArrayRef<int64_t> extents = x.type().getShape().drop_front(2);
  ArrayRef<int64_t> window = w.type().getShape().drop_front(2);
  Sliding sliding = readSliding(node, window.size(), window);
  Shape extra = node.integers("output_padding").value_or(Shape(window.size(), 0));
  std::optional<Shape> wanted = node.integers("output_shape");
  int64_t groups = readGroups(node);
  if (wanted && wanted->size() == window.size() + 2)
    wanted->erase(wanted->begin(), wanted->begin() + 2);
  for (const Shape *list : {&extra, wanted ? &*wanted : &extra})
    if (list->size() != window.size() ||
        llvm::any_of(*list, [](int64_t v) { return v < 0 || v > int64_t(1) << 32; }))
      node.refuse(Code::AttributeInvalid, "output_padding or output_shape is not valid",
                  llvm::Twine(window.size()) + " numbers of 0 or more", shownShape(*list));
  Shape spatial;
  for (size_t i = 0; i < window.size(); ++i) {
    std::optional<int64_t> given = wanted ? std::optional((*wanted)[i]) : std::nullopt;
    spatial.push_back(transposedExtent(node, sliding, i, extents[i], extra[i], given));
    if (spatial[i] < 1 && extents[i] > 0)
      node.refuse(Code::ShapeInvalid, "the result has no element", "", shownShape(spatial));
    sliding.hi[i] =
        sliding.strides[i] * (extents[i] - 1) + sliding.reach(i) - spatial[i] - sliding.lo[i];
  }
  TensorExpr z = node.tensor(node.build<ConvBwdDataOp>(
      x, w, spatial, sliding.strides, sliding.lo, sliding.hi, sliding.dilation, groups, false));
  return {withBias(node, z, 2)};
}

void addConvolutions(Registry &r) {
  r.add("Conv", 1, conv);
  r.add("ConvTranspose", 1, convTranspose);
}

} // namespace dlc::onnx
