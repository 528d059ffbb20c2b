// Operators that ONNX 1 had as experiments and dropped, which old files still hold.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

static Values affine(NodeReader &node) {
  TensorExpr x = node.input(0);
  return {x * x.number(node.number("alpha", 1)) + x.number(node.number("beta", 0))};
}

static Values scale(NodeReader &node) {
  TensorExpr x = node.input(0);
  return {x * x.number(node.number("scale", 1))};
}

// scale x + bias, one bias a channel.
static Values imageScaler(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkRank(x, 4, 4);
  node.checkFloat(x);
  std::vector<float> bias = node.numbers("bias");
  int64_t channels = x.type().getDimSize(1);
  if (int64_t(bias.size()) != channels)
    node.refuse(Code::AttributeInvalid, "attribute 'bias' has the wrong length",
                llvm::Twine(channels), llvm::Twine(bias.size()));
  TensorExpr shift = node.table({channels}, x.type().getElementType(),
                                std::vector<double>(bias.begin(), bias.end()));
  return {x * x.number(node.number("scale", 1)) + broadcast(shift, x.type().getShape(), {1})};
}

// Rows and columns without the border [left, top, right, bottom]; `scale` says how many are kept.
static Values crop(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkRank(x, 4, 4);
  Shape border = node.integers("border").value_or(Shape());
  std::optional<Shape> kept = node.integers("scale");
  if (border.size() != 4 || (kept && kept->size() != 2))
    node.refuse(Code::AttributeInvalid, "border needs 4 numbers, scale 2");
  int64_t height = x.type().getDimSize(2), width = x.type().getDimSize(3);
  auto limit = [&](int64_t first, size_t i, int64_t end) {
    return kept ? first + (*kept)[i] : end;
  };
  for (int64_t number : border)
    if (number < 0 || number > std::max(height, width))
      node.refuse(Code::AttributeInvalid, "a border is outside of the image", "",
                  shownShape(border));
  if (kept && ((*kept)[0] < 0 || (*kept)[0] > height || (*kept)[1] < 0 || (*kept)[1] > width))
    node.refuse(Code::AttributeInvalid, "scale is outside of the image", "", shownShape(*kept));
  TensorExpr rows = node.slice(x, 2, border[1], limit(border[1], 0, height - border[3]));
  return {node.slice(rows, 3, border[0], limit(border[0], 1, width - border[2]))};
}

static Values scaledTanh(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  return {tanh(x * x.number(node.number("beta", 1))) * x.number(node.number("alpha", 1))};
}

// alpha log(1 + exp(beta x)), without overflow.
static Values parametricSoftplus(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  TensorExpr v = x * x.number(node.number("beta", 1));
  TensorExpr y = max(v, v.number(0)) + log(v.number(1) + exp(-abs(v)));
  return {y * y.number(node.number("alpha", 1))};
}

void addExperimental(Registry &r) {
  r.add("Affine", 1, affine);
  r.add("Crop", 1, crop);
  r.add("ImageScaler", 1, imageScaler);
  r.add("ParametricSoftplus", 1, parametricSoftplus);
  r.add("Scale", 1, scale);
  r.add("ScaledTanh", 1, scaledTanh);
}

} // namespace dlc::onnx
