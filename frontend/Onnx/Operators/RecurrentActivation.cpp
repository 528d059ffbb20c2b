#include "Onnx/Operators/RecurrentActivation.h"

namespace dlc::onnx {

namespace {
struct Known {
  llvm::StringLiteral name;
  unsigned parameters; // how many of alpha and beta
  float alpha, beta;   // their defaults
  TensorExpr (*function)(TensorExpr x, double alpha, double beta);
};
} // namespace

using E = TensorExpr;
static constexpr Known known[] = {
    {"Affine", 2, 1, 0, [](E x, double a, double b) { return x * x.number(a) + x.number(b); }},
    {"Elu", 1, 1, 0,
     [](E x, double a, double) {
       E zero = x.number(0);
       return select(compare(CompareKind::lt, x, zero), x.number(a) * (exp(x) - x.number(1)), x);
     }},
    {"HardSigmoid", 2, 0.2f, 0.5f,
     [](E x, double a, double b) { return clamp(x * x.number(a) + x.number(b), 0, 1); }},
    {"LeakyRelu", 1, 0.01f, 0,
     [](E x, double a, double) {
       return select(compare(CompareKind::lt, x, x.number(0)), x * x.number(a), x);
     }},
    {"Relu", 0, 0, 0, [](E x, double, double) { return relu(x); }},
    {"ScaledTanh", 2, 1, 1,
     [](E x, double a, double b) { return x.number(a) * tanh(x * x.number(b)); }},
    {"Sigmoid", 0, 0, 0, [](E x, double, double) { return logistic(x); }},
    {"Softplus", 0, 0, 0,
     [](E x, double, double) {
       // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|), which does not overflow.
       return max(x, x.number(0)) + log(x.number(1) + exp(-abs(x)));
     }},
    {"Softsign", 0, 0, 0, [](E x, double, double) { return x / (x.number(1) + abs(x)); }},
    {"Tanh", 0, 0, 0, [](E x, double, double) { return tanh(x); }},
    {"ThresholdedRelu", 1, 1, 0,
     [](E x, double a, double) {
       return select(compare(CompareKind::gt, x, x.number(a)), x, x.number(0));
     }},
};

llvm::SmallVector<RecurrentActivation>
readActivations(NodeReader &node, llvm::ArrayRef<llvm::StringRef> defaults, int64_t directions) {
  std::vector<llvm::StringRef> names = node.texts("activations");
  std::vector<float> alphas = node.numbers("activation_alpha");
  std::vector<float> betas = node.numbers("activation_beta");
  size_t count = defaults.size() * directions;
  if (names.empty())
    for (int64_t d = 0; d < directions; ++d)
      llvm::append_range(names, defaults);
  if (names.size() != count)
    node.refuse(Code::AttributeInvalid, "attribute 'activations' has the wrong length",
                llvm::Twine(count), llvm::Twine(names.size()));
  llvm::SmallVector<RecurrentActivation> result;
  size_t nextAlpha = 0, nextBeta = 0;
  for (llvm::StringRef name : names) {
    const Known *entry =
        llvm::find_if(known, [&](const Known &one) { return name.equals_insensitive(one.name); });
    if (entry == std::end(known))
      node.refuse(Code::AttributeInvalid, "an activation is not known", "", quoted(name));
    // The lists hold numbers for those functions only that take them, in order.
    double alpha = entry->alpha, beta = entry->beta;
    if (entry->parameters >= 1 && nextAlpha < alphas.size())
      alpha = alphas[nextAlpha++];
    if (entry->parameters >= 2 && nextBeta < betas.size())
      beta = betas[nextBeta++];
    result.push_back(
        [entry, alpha, beta](TensorExpr x) { return entry->function(x, alpha, beta); });
  }
  return result;
}

} // namespace dlc::onnx
