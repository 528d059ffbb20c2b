// Normalizations, for inference.
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// a x + (shift - mean a)  with  a = scale / sqrt(variance + epsilon), one number a channel: of
// constants these are computed while importing, and the Fold pass moves them into a convolution.
static Values batchNormalization(NodeReader &node) {
  TensorExpr x = node.input(0), scale = node.input(1), shift = node.input(2);
  TensorExpr mean = node.input(3), variance = node.input(4);
  double epsilon = node.number("epsilon", 1e-5f);
  for (StringRef name : {"momentum", "consumed_inputs", "is_test"})
    node.ignore(name);
  bool perChannel = node.opset >= 9 || node.flag("spatial", true);
  if (node.opset >= 14 && node.flag("training_mode", false))
    node.unsupported("BatchNormalization in training mode");
  node.checkRank(x, 2, INT64_MAX);
  node.checkFloat(x);
  ArrayRef<int64_t> shape = x.type().getShape();
  Shape dims = perChannel ? Shape{1} : llvm::to_vector(llvm::seq<int64_t>(1, shape.size()));
  ArrayRef<int64_t> parameters = shape.slice(1, dims.size());
  for (TensorExpr parameter : {scale, shift, mean, variance}) {
    node.checkFloat(parameter);
    node.checkShape("a parameter", parameter, parameters);
  }
  mlir::Type wide = variance.type().getElementType();
  TensorExpr a = convert(scale, wide) / sqrt(variance + variance.number(epsilon));
  TensorExpr b = convert(shift, wide) - convert(mean, wide) * a;
  auto spread = [&](TensorExpr v) {
    return broadcast(convert(v, x.type().getElementType()), shape, dims);
  };
  return {x * spread(a) + spread(b), Value(), Value(), Value(), Value()};
}

// The mean and 1 / sqrt(variance + epsilon) that normalise x, in f32, reduced dimensions being 1.
static std::pair<Value, Value> statistics(NodeReader &node, TensorExpr x, ArrayRef<int64_t> dims,
                                          double epsilon) {
  Shape shape(x.type().getShape()), kept = shape;
  double count = 1;
  for (int64_t dimension : dims) {
    count *= shape[dimension];
    kept[dimension] = 1;
  }
  TensorExpr wide = convert(x, registerType(x.type().getElementType()));
  auto average = [&](TensorExpr v) {
    TensorExpr sum = reduceSum(v, dims);
    return sum * sum.number(1 / count);
  };
  TensorExpr mean = average(wide), centred = wide - broadcastOver(mean, shape, dims);
  TensorExpr variance = average(centred * centred);
  return {node.reshape(mean, kept), node.reshape(rsqrt(variance + variance.number(epsilon)), kept)};
}

static Values layerNormalization(NodeReader &node) {
  TensorExpr x = node.input(0), scale = node.input(1);
  std::optional<TensorExpr> shift = node.optionalInput(2);
  double epsilon = node.number("epsilon", 1e-5f);
  node.ignore("stash_type");
  node.checkFloat(x);
  int64_t rank = x.type().getRank(), axis = node.axis(node.integer("axis", -1), rank);
  Shape dims = llvm::to_vector(llvm::seq(axis, rank));
  auto parameter = [&](TensorExpr v) -> Value {
    node.checkSameType(x, v);
    return node.broadcastTo(v, x.type().getShape().drop_front(axis));
  };
  Value scaled = parameter(scale), shifted = shift ? parameter(*shift) : Value();
  if (!(epsilon >= 0))
    node.refuse(Code::AttributeInvalid, "attribute 'epsilon' must be 0 or more");
  Value y = LayerNormOp::create(node.builder, x.type(), x, scaled, shifted, dims, APFloat(epsilon),
                                /*rms=*/false);
  if (node.node.outputs.size() < 2)
    return {y};
  auto [mean, inverse] = statistics(node, x, dims, epsilon);
  return {y, mean, inverse};
}

void addNormalizations(Registry &r) {
  r.add("BatchNormalization", 1, batchNormalization);
  r.add("LayerNormalization", 17, layerNormalization);
}

} // namespace dlc::onnx
