// Normalizations.
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

// The running statistics move by 1 - momentum towards those of the batch, of the population.
static Values trainingBatchNormalization(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkRank(x, 2, INT64_MAX);
  node.checkFloat(x);
  Values operands{x};
  for (size_t i = 1; i < 5; ++i) {
    TensorExpr parameter = node.input(i);
    node.checkFloat(parameter);
    node.checkShape("a parameter", parameter, x.type().getShape()[1]);
    operands.push_back(parameter);
  }
  double epsilon = node.number("epsilon", 1e-5f), momentum = node.number("momentum", 0.9f);
  if (!(epsilon >= 0))
    node.refuse(Code::AttributeInvalid, "attribute 'epsilon' must be 0 or more");
  if (!(momentum >= 0 && momentum <= 1))
    node.refuse(Code::AttributeInvalid, "attribute 'momentum' must lie in [0, 1]");
  auto op = BatchNormTrainOp::create(
      node.builder, x.type(), operands[3].getType(), operands[4].getType(), x, operands[1],
      operands[2], operands[3], operands[4], /*dim=*/1, APFloat(epsilon), APFloat(momentum),
      /*unbiased_running_var=*/false);
  return Values(op.getResults());
}

// a x + (shift - mean a)  with  a = scale / sqrt(variance + epsilon), one number a channel: of
// constants these are computed while importing, and the Fold pass moves them into a convolution.
static Values batchNormalization(NodeReader &node) {
  if (node.opset >= 14 && node.flag("training_mode", false))
    return trainingBatchNormalization(node);
  TensorExpr x = node.input(0), scale = node.input(1), shift = node.input(2);
  TensorExpr mean = node.input(3), variance = node.input(4);
  double epsilon = node.number("epsilon", 1e-5f);
  for (StringRef name : {"momentum", "consumed_inputs", "is_test"})
    node.ignore(name);
  bool perChannel = node.opset >= 9 || node.flag("spatial", true);
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

// RMSNormalization: x / sqrt(mean x^2 + epsilon) scale, over the dimensions from `axis` on.
static Values rmsNormalization(NodeReader &node) {
  TensorExpr x = node.input(0), scale = node.input(1);
  double epsilon = node.number("epsilon", 1e-5f);
  node.ignore("stash_type");
  node.checkFloat(x);
  node.checkFloat(scale);
  if (!(epsilon >= 0))
    node.refuse(Code::AttributeInvalid, "attribute 'epsilon' must be 0 or more");
  int64_t rank = x.type().getRank(), axis = node.axis(node.integer("axis", -1), rank);
  ArrayRef<int64_t> shape = x.type().getShape();
  mlir::Type element = x.type().getElementType();
  Value scaled = node.broadcastTo(convert(scale, element), shape.drop_front(axis));
  return {LayerNormOp::create(node.builder, x.type(), x, scaled, Value(),
                              llvm::to_vector(llvm::seq(axis, rank)), APFloat(epsilon),
                              /*rms=*/true)};
}

// Normalises x over `dims`, without scale and shift.
static TensorExpr normalised(NodeReader &node, TensorExpr x, ArrayRef<int64_t> dims) {
  double epsilon = node.number("epsilon", 1e-5f);
  if (!(epsilon >= 0))
    node.refuse(Code::AttributeInvalid, "attribute 'epsilon' must be 0 or more");
  return x.with(LayerNormOp::create(node.builder, x.type(), x, Value(), Value(), dims,
                                    APFloat(epsilon), /*rms=*/false));
}

// y scale + shift with one number for each index of dimension 1.
static TensorExpr scaledByChannel(NodeReader &node, TensorExpr y, TensorExpr scale,
                                  TensorExpr shift) {
  ArrayRef<int64_t> shape = y.type().getShape();
  for (TensorExpr parameter : {scale, shift}) {
    node.checkShape("a parameter", parameter, shape[1]);
    node.checkFloat(parameter);
  }
  auto spread = [&](TensorExpr v) {
    return broadcast(convert(v, y.type().getElementType()), shape, 1);
  };
  return y * spread(scale) + spread(shift);
}

static Values instanceNormalization(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.ignore("consumed_inputs");
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(2, x.type().getRank()));
  return {scaledByChannel(node, normalised(node, x, dims), node.input(1), node.input(2))};
}

// Channels are normalised in groups. Until version 20 scale and shift are those of groups.
static Values groupNormalization(NodeReader &node) {
  TensorExpr x = node.input(0), scale = node.input(1), shift = node.input(2);
  node.ignore("stash_type");
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  int64_t groups = node.integer("num_groups");
  Shape shape(x.type().getShape()), grouped(shape);
  if (groups < 1 || shape[1] % groups != 0)
    node.refuse(Code::AttributeInvalid, "attribute 'num_groups' must divide the channels",
                "a divisor of " + llvm::Twine(shape[1]), llvm::Twine(groups));
  grouped[1] = shape[1] / groups;
  grouped.insert(grouped.begin() + 1, groups);
  Shape dims = llvm::to_vector(llvm::seq<int64_t>(2, grouped.size()));
  TensorExpr y = normalised(node, node.reshape(x, grouped), dims);
  if (node.opset < 21)
    return {node.reshape(scaledByChannel(node, y, scale, shift), shape)};
  return {scaledByChannel(node, node.reshape(y, shape), scale, shift)};
}

// (x - mean) / (deviation + 1e-9)
static Values meanVarianceNormalization(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  int64_t rank = x.type().getRank();
  Shape dims = node.axes(node.integers("axes").value_or(Shape{0, 2, 3}), rank);
  llvm::sort(dims);
  ArrayRef<int64_t> shape = x.type().getShape();
  double count = 1;
  for (int64_t dimension : dims)
    count *= double(shape[dimension]);
  TensorExpr wide = convert(x, registerType(x.type().getElementType()));
  auto average = [&](TensorExpr v) {
    TensorExpr sum = reduceSum(v, dims);
    return sum * sum.number(1 / count);
  };
  TensorExpr centred = wide - broadcastOver(average(wide), shape, dims);
  TensorExpr deviation = sqrt(average(centred * centred));
  TensorExpr factor = deviation.number(1) / (deviation + deviation.number(1e-9));
  return {convert(centred * broadcastOver(factor, shape, dims), x.type().getElementType())};
}

// x / |x|_p over one axis; 0 where the norm is 0.
static Values lpNormalization(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  int64_t axis = node.axis(node.integer("axis", -1), x.type().getRank());
  int64_t p = node.integer("p", 2);
  if (p != 1 && p != 2)
    node.refuse(Code::AttributeInvalid, "attribute 'p' has a value that is not known", "1, 2",
                llvm::Twine(p));
  TensorExpr wide = convert(x, registerType(x.type().getElementType()));
  TensorExpr terms = p == 1 ? abs(wide) : wide * wide;
  TensorExpr sum = reduceSum(terms, axis), norm = p == 1 ? sum : sqrt(sum);
  // A zero norm means zeros, divided by 1.
  TensorExpr divisor = select(compare(CompareKind::eq, norm, norm.number(0)), norm.number(1), norm);
  return {
      convert(wide / broadcastOver(divisor, x.type().getShape(), axis), x.type().getElementType())};
}

// x / (bias + alpha / size * sum of squares of `size` channels around)^beta
static Values localResponseNormalization(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  node.checkRank(x, 2, INT64_MAX);
  double alpha = node.number("alpha", 1e-4f), beta = node.number("beta", 0.75f);
  double bias = node.number("bias", 1);
  int64_t size = node.integer("size");
  if (size < 1)
    node.refuse(Code::AttributeInvalid, "attribute 'size' must be 1 or more", "",
                llvm::Twine(size));
  TensorExpr wide = convert(x, registerType(x.type().getElementType()));
  Shape dims{1}, one{1}, window{size}, lo{(size - 1) / 2}, hi{size / 2};
  TensorExpr sum =
      node.tensor(node.build<WindowSumOp>(wide * wide, dims, window, one, lo, hi, one));
  TensorExpr base = sum * sum.number(alpha / double(size)) + sum.number(bias);
  return {convert(wide / pow(base, base.number(beta)), x.type().getElementType())};
}

void addNormalizations(Registry &r) {
  r.add("BatchNormalization", 1, batchNormalization);
  r.add("GroupNormalization", 18, groupNormalization);
  r.add("InstanceNormalization", 1, instanceNormalization);
  r.add("LRN", 1, localResponseNormalization);
  r.add("LayerNormalization", 17, layerNormalization);
  r.add("LpNormalization", 1, lpNormalization);
  r.add("MeanVarianceNormalization", 9, meanVarianceNormalization);
  r.add("RMSNormalization", 23, rmsNormalization);
}

} // namespace dlc::onnx
