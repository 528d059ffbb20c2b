// One step of an optimizer, of the domain ai.onnx.preview.training. Inputs are the rate R, the
// count of steps T, then n tensors each of parameters X, gradients G and of one or two kinds of
// state.
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

namespace {
struct OptimizerStep {
  NodeReader &node;
  size_t kinds, count; // of tensors after R and T
  Shape shape{};       // of the tensor at hand
  mlir::Type element{};

  OptimizerStep(NodeReader &node, size_t kinds)
      : node(node), kinds(kinds), count((node.inputCount() - 2) / kinds) {
    if (node.inputCount() < 2 + kinds || (node.inputCount() - 2) % kinds != 0)
      node.refuse(Code::InputCount, "the tensors are not " + llvm::Twine(kinds) + " of a kind");
  }
  // Tensor `i` of a kind: 0 is X, 1 is G, then the state.
  TensorExpr tensor(size_t kind, size_t i) {
    TensorExpr x = node.input(2 + kind * count + i);
    node.checkFloat(x);
    if (kind == 0) {
      shape.assign(x.type().getShape().begin(), x.type().getShape().end());
      element = x.type().getElementType();
    } else {
      node.checkSameType(node.tensor(node.operands[2 + i]), x);
      node.checkShape("a tensor", x, shape);
    }
    return x;
  }
  // R or T, one number, in the shape and type of the tensor at hand.
  TensorExpr scalar(size_t input) {
    return node.broadcastTo(node.reshape(convert(node.input(input), element), {}), shape);
  }
};
} // namespace

static TensorExpr scaled(double factor, TensorExpr x) { return x.number(factor) * x; }

// All X, then all of each kind of state, as the step gives them for one i.
static Values forEach(OptimizerStep &step, llvm::function_ref<Values(size_t)> update) {
  Values results((step.kinds - 1) * step.count);
  for (size_t i = 0; i < step.count; ++i)
    for (auto [kind, value] : llvm::enumerate(update(i)))
      results[kind * step.count + i] = value;
  return results;
}

// r = R / (1 + T decay), g = norm X + G, H' = H + g g, X' = X - r g / (sqrt(H') + epsilon)
static Values adagrad(NodeReader &node) {
  double decay = node.number("decay_factor", 0), epsilon = node.number("epsilon", 1e-6f);
  double norm = node.number("norm_coefficient", 0);
  OptimizerStep step(node, 3);
  return forEach(step, [&](size_t i) {
    TensorExpr x = step.tensor(0, i), g = scaled(norm, x) + step.tensor(1, i);
    TensorExpr h = step.tensor(2, i) + g * g;
    TensorExpr rate = step.scalar(0) / (x.number(1) + scaled(decay, step.scalar(1)));
    return Values{x - rate * g / (sqrt(h) + h.number(epsilon)), h};
  });
}

// g = norm X + G, V' = a V + (1 - a) g, H' = b H + (1 - b) g g, r = R sqrt(1 - b^T) / (1 - a^T) or,
// for T = 0, R; X' = (1 - post) (X - r V' / (sqrt(H') + epsilon))
static Values adam(NodeReader &node) {
  double a = node.number("alpha", 0.9f), b = node.number("beta", 0.999f);
  double epsilon = node.number("epsilon", 1e-6f), norm = node.number("norm_coefficient", 0);
  double post = node.number("norm_coefficient_post", 0);
  OptimizerStep step(node, 4);
  return forEach(step, [&](size_t i) {
    TensorExpr x = step.tensor(0, i), g = scaled(norm, x) + step.tensor(1, i);
    TensorExpr v = scaled(a, step.tensor(2, i)) + scaled(1 - a, g);
    TensorExpr h = scaled(b, step.tensor(3, i)) + scaled(1 - b, g * g);
    TensorExpr one = x.number(1), rate = step.scalar(0), t = step.scalar(1);
    TensorExpr corrected = rate * sqrt(one - pow(x.number(b), t)) / (one - pow(x.number(a), t));
    TensorExpr r = select(compare(CompareKind::gt, t, t.number(0)), corrected, rate);
    return Values{scaled(1 - post, x - r * v / (sqrt(h) + h.number(epsilon))), v, h};
  });
}

// g = norm X + G, V' = a V + b g (for T = 0: a V + g), X' = X - R V', or X - R (g + a V')
static Values momentum(NodeReader &node) {
  for (StringRef name : {"alpha", "beta", "norm_coefficient"})
    if (!node.hasAttribute(name))
      node.refuse(Code::AttributeMissing, "attribute " + quoted(name) + " is missing");
  double a = node.number("alpha", 0), b = node.number("beta", 0);
  double norm = node.number("norm_coefficient", 0);
  bool isNesterov = node.text("mode", "", {"nesterov", "standard"}) == "nesterov";
  OptimizerStep step(node, 3);
  return forEach(step, [&](size_t i) {
    TensorExpr x = step.tensor(0, i), g = scaled(norm, x) + step.tensor(1, i);
    TensorExpr rate = step.scalar(0), t = step.scalar(1);
    TensorExpr factor = select(compare(CompareKind::gt, t, t.number(0)), t.number(b), t.number(1));
    TensorExpr v = scaled(a, step.tensor(2, i)) + factor * g;
    return Values{x - rate * (isNesterov ? g + scaled(a, v) : v), v};
  });
}

void addTraining(Registry &r) {
  r.add("ai.onnx.preview.training.Adagrad", 1, adagrad);
  r.add("ai.onnx.preview.training.Adam", 1, adam);
  r.add("ai.onnx.preview.training.Momentum", 1, momentum);
}

} // namespace dlc::onnx
