// Random numbers, of which ONNX fixes the distribution and not the values: they are a function of
// the node's `seed` and, where there is none, of the name of its first output, so that every run of
// a compiled model draws the same ones. Words come from rng_bits; a float in [0, 1) is the upper 24
// bits of one (f64: 53 of two).
#include "Onnx/Formula.h"
#include "Onnx/Registry.h"
#include "llvm/Support/xxhash.h"
#include <bit>
#include <cmath>

using namespace mlir;

namespace dlc::onnx {

// Words of 32 bits as a constant.
static TensorExpr words(NodeReader &node, ArrayRef<uint32_t> values) {
  Literal literal(RankedTensorType::get(int64_t(values.size()),
                                        node.builder.getIntegerType(32, /*isSigned=*/false)));
  for (auto [i, value] : llvm::enumerate(values))
    literal.setInteger(i, value);
  return node.tensor(buildConstant(node.builder, literal));
}

namespace {
struct Stream {
  TensorExpr key, counter;
};
} // namespace

static Stream streamOf(NodeReader &node) {
  uint64_t hash = 0;
  if (node.hasAttribute("seed")) {
    // An integer in Dropout, a float elsewhere.
    hash = node.node.opType == "Dropout" ? uint64_t(node.integer("seed"))
                                         : std::bit_cast<uint64_t>(node.number("seed", 0));
  } else if (!node.node.outputs.empty()) {
    llvm::StringRef name = node.node.outputs[0];
    hash = llvm::xxh3_64bits(llvm::ArrayRef(name.bytes_begin(), name.size()));
  }
  return {words(node, {uint32_t(hash), uint32_t(hash >> 32)}), words(node, {0, 0, 0, 0})};
}

static TensorExpr draw(NodeReader &node, const Stream &stream, ArrayRef<int64_t> shape) {
  mlir::Type word = node.builder.getIntegerType(32, /*isSigned=*/false);
  node.checkSize(shape, word);
  return node.tensor(RngBitsOp::create(node.builder, RankedTensorType::get(shape, word), stream.key,
                                       stream.counter));
}

// Element i of a leading dimension.
static TensorExpr part(NodeReader &node, TensorExpr x, int64_t i) {
  return node.reshape(node.slice(x, 0, i, i + 1), x.type().getShape().drop_front());
}

// A word as a multiple of 2^-24 in [0, 1), exact in f32.
static TensorExpr fraction(TensorExpr word, mlir::Type element) {
  TensorExpr upper = word.with(ShrOp::create(word.builder, word, word.number(8)));
  TensorExpr number = convert(upper, element);
  return number * number.number(0x1p-24);
}

static mlir::Type computedType(mlir::Type element) {
  return isa<FloatType>(element) ? registerType(element)
                                 : mlir::Type(Float32Type::get(element.getContext()));
}

// Numbers in [0, 1), evenly distributed: `count` tensors of one shape, f32 or f64.
static std::vector<TensorExpr> uniforms(NodeReader &node, ArrayRef<int64_t> shape,
                                        mlir::Type element, int64_t count) {
  Shape all(shape);
  bool isDouble = element.isF64();
  all.insert(all.begin(), isDouble ? 2 * count : count);
  TensorExpr bits = draw(node, streamOf(node), all);
  std::vector<TensorExpr> result;
  for (int64_t i = 0; i < count; ++i) {
    if (!isDouble) {
      result.push_back(fraction(part(node, bits, i), element));
      continue;
    }
    // 29 bits below 24 make 53.
    TensorExpr low = part(node, bits, count + i);
    TensorExpr upper = low.with(ShrOp::create(node.builder, low, low.number(3)));
    TensorExpr rest = convert(upper, element);
    result.push_back(fraction(part(node, bits, i), element) + rest * rest.number(0x1p-53));
  }
  return result;
}

// low + (high - low) u
static TensorExpr uniform(NodeReader &node, ArrayRef<int64_t> shape, mlir::Type element) {
  double low = node.number("low", 0), high = node.number("high", 1);
  TensorExpr u = uniforms(node, shape, computedType(element), 1)[0];
  return convert(u * u.number(high - low) + u.number(low), element);
}

// Box and Muller: sqrt(-2 log(1 - u)) cos(2 pi v)
static TensorExpr normal(NodeReader &node, ArrayRef<int64_t> shape, mlir::Type element) {
  double mean = node.number("mean", 0), scale = node.number("scale", 1);
  auto drawn = uniforms(node, shape, computedType(element), 2);
  TensorExpr u = drawn[0], v = drawn[1];
  TensorExpr radius = sqrt(log(u.number(1) - u) * u.number(-2));
  TensorExpr z = radius * cos(v * v.number(2 * M_PI));
  return convert(z * z.number(scale) + z.number(mean), element);
}

// Attribute `dtype`, or what is given.
static mlir::Type wantedType(NodeReader &node, mlir::Type otherwise) {
  if (!node.hasAttribute("dtype"))
    return otherwise;
  mlir::Type element = elementTypeOf(static_cast<ElementType>(node.integer("dtype")), node.dtype(),
                                     *node.builder.getContext());
  if (!element)
    node.unsupported("random numbers of such a type");
  return element;
}

static mlir::Type floatType(NodeReader &node) {
  return elementTypeOf(ElementType::Float32, node.dtype(), *node.builder.getContext());
}

using Distribution = TensorExpr (*)(NodeReader &, ArrayRef<int64_t>, mlir::Type);

template <Distribution distribution> static Values ofShape(NodeReader &node) {
  std::optional<Shape> shape = node.integers("shape");
  if (!shape)
    node.refuse(Code::AttributeInvalid, "attribute 'shape' is missing");
  mlir::Type element = wantedType(node, floatType(node));
  if (!isa<FloatType>(element))
    node.refuse(Code::TypeMismatch, "random numbers are floats", "", shownType(element));
  node.checkSize(*shape, element);
  return {distribution(node, *shape, element)};
}

template <Distribution distribution> static Values likeInput(NodeReader &node) {
  TensorExpr x = node.input(0);
  mlir::Type element = wantedType(node, x.type().getElementType());
  if (!isa<FloatType>(element))
    element = floatType(node);
  return {distribution(node, x.type().getShape(), element)};
}

// 1 where u < p.
static Values bernoulli(NodeReader &node) {
  TensorExpr p = node.input(0);
  node.checkFloat(p);
  mlir::Type element = wantedType(node, p.type().getElementType());
  TensorExpr wide = convert(p, registerType(p.type().getElementType()));
  TensorExpr u = uniforms(node, p.type().getShape(), wide.type().getElementType(), 1)[0];
  return {convert(compare(CompareKind::lt, u, wide), element)};
}

// The class with the largest logit - log(-log u) (Gumbel): no sum over classes is needed.
static Values multinomial(NodeReader &node) {
  TensorExpr logits = node.input(0);
  node.checkFloat(logits);
  node.checkRank(logits, 2, 2);
  int64_t samples = node.integer("sample_size", 1);
  if (samples < 0)
    node.refuse(Code::AttributeInvalid, "attribute 'sample_size' is negative", "",
                llvm::Twine(samples));
  mlir::Type element = wantedType(node, node.builder.getIntegerType(32, /*isSigned=*/true));
  ArrayRef<int64_t> given = logits.type().getShape();
  Shape shape{given[0], samples, given[1]};
  TensorExpr wide = convert(logits, registerType(logits.type().getElementType()));
  TensorExpr u = uniforms(node, shape, wide.type().getElementType(), 1)[0];
  TensorExpr noise = -log(-log(u + u.number(0x1p-26)));
  TensorExpr sum = broadcast(wide, shape, {0, 2}) + noise;
  auto op = node.build<ArgReduceOp>(ReduceKind::max, sum, /*dim=*/2, /*last=*/false);
  return {convert(node.tensor(op), element)};
}

// Identity for inference. A rate, and whether it is training, are attributes in old versions.
static Values dropout(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkFloat(x);
  for (StringRef name : {"consumed_inputs", "is_test"})
    node.ignore(name);
  double rate = 0.5;
  bool trains = false;
  if (node.opset < 12) {
    rate = node.number("ratio", 0.5);
  } else {
    if (node.has(1)) {
      std::optional<Literal> known = node.known(1);
      if (known && known->size() == 1)
        rate = known->number(0);
      else
        rate = -1;
    }
    if (node.has(2)) {
      std::optional<Literal> known = node.known(2);
      if (!known || known->size() != 1)
        node.unsupported("a training_mode that is not known at compile time");
      trains = known->integer(0) != 0;
    }
  }
  auto maskType = x.type().clone(node.builder.getI1Type());
  if (!trains || rate == 0) {
    node.ignore("seed");
    TensorExpr all = node.tensor(buildSplat(node.builder, maskType, 1));
    return {x, node.opset < 10 ? convert(all, x.type().getElementType()).value : all.value};
  }
  if (rate < 0)
    node.unsupported("a ratio that is not known at compile time");
  if (!(rate < 1))
    node.refuse(Code::AttributeInvalid, "the ratio must lie in [0, 1)", "", std::to_string(rate));
  Stream stream = streamOf(node);
  auto op = DropoutOp::create(node.builder, x.type(), maskType, x, stream.key, stream.counter,
                              APFloat(rate));
  return {op.getResult(), op.getMask()};
}

void addRandoms(Registry &r) {
  r.add("Bernoulli", 15, bernoulli);
  r.add("Dropout", 1, dropout);
  r.add("Multinomial", 7, multinomial);
  r.add("RandomNormal", 1, ofShape<normal>);
  r.add("RandomNormalLike", 1, likeInput<normal>);
  r.add("RandomUniform", 1, ofShape<uniform>);
  r.add("RandomUniformLike", 1, likeInput<uniform>);
}

} // namespace dlc::onnx
