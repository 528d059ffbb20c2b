#include "Onnx/Operators/Sliding.h"

namespace dlc::onnx {

// Products of such a number with an extent (at most 2^40) fit into 64 bits.
static constexpr int64_t largest = int64_t(1) << 20;

static Shape readList(NodeReader &node, llvm::StringRef name, size_t count, int64_t otherwise,
                      int64_t least) {
  Shape list = node.integers(name).value_or(Shape(count, otherwise));
  if (list.size() != count)
    node.refuse(Code::AttributeInvalid, "attribute " + quoted(name) + " has the wrong length",
                llvm::Twine(count), llvm::Twine(list.size()));
  for (int64_t value : list)
    if (value < least || value > largest)
      node.refuse(Code::AttributeInvalid, "attribute " + quoted(name) + " has a value out of range",
                  llvm::Twine(least) + " to " + llvm::Twine(largest), llvm::Twine(value));
  return list;
}

Sliding readSliding(NodeReader &node, size_t rank, std::optional<llvm::ArrayRef<int64_t>> window) {
  Sliding sliding;
  if (!window && !node.hasAttribute("kernel_shape"))
    node.refuse(Code::AttributeMissing, "attribute 'kernel_shape' is missing");
  if (window && !node.hasAttribute("kernel_shape"))
    sliding.window = Shape(*window);
  else
    sliding.window = readList(node, "kernel_shape", rank, 1, 1);
  if (window && sliding.window != *window)
    node.refuse(Code::ShapeMismatch, "kernel_shape differs from the weights' shape",
                shownShape(*window), shownShape(sliding.window));
  for (int64_t extent : sliding.window)
    if (extent < 1 || extent > largest)
      node.refuse(Code::ShapeInvalid, "a window has no element", "", shownShape(sliding.window));
  sliding.strides = readList(node, "strides", rank, 1, 1);
  sliding.dilation = readList(node, "dilations", rank, 1, 1);
  Shape pads = readList(node, "pads", 2 * rank, 0, 0);
  sliding.lo.assign(pads.begin(), pads.begin() + rank);
  sliding.hi.assign(pads.begin() + rank, pads.end());
  sliding.automatic =
      node.text("auto_pad", "NOTSET", {"NOTSET", "SAME_UPPER", "SAME_LOWER", "VALID", ""});
  if (sliding.automatic.empty())
    sliding.automatic = "NOTSET";
  return sliding;
}

void padFor(NodeReader &node, Sliding &sliding, llvm::ArrayRef<int64_t> extents, bool ceilMode) {
  for (size_t i = 0; i < extents.size(); ++i) {
    int64_t n = extents[i], stride = sliding.strides[i], reach = sliding.reach(i);
    int64_t &lo = sliding.lo[i], &hi = sliding.hi[i];
    if (sliding.automatic == "VALID")
      lo = hi = 0;
    if (sliding.automatic.starts_with("SAME")) {
      // ceil(n / stride) windows; an odd pad goes to the end (upper) or to the start (lower).
      int64_t total = std::max<int64_t>((llvm::divideCeil(n, stride) - 1) * stride + reach - n, 0);
      lo = sliding.automatic == "SAME_UPPER" ? total / 2 : total - total / 2;
      hi = total - lo;
    } else if (ceilMode && n + lo + hi >= reach) {
      int64_t count = llvm::divideCeil(n + lo + hi - reach, stride) + 1;
      if ((count - 1) * stride >= n + lo)
        --count;
      hi = (count - 1) * stride + reach - n - lo;
    }
  }
}

} // namespace dlc::onnx
