// Constants, and what is known from types alone.
#include "Onnx/GraphImporter.h"
#include "Onnx/Operators/Bounded.h"

using namespace mlir;

namespace dlc::onnx {

// One of the attributes value, value_float(s), value_int(s); strings are not tensors of numbers.
static Values constant(NodeReader &node) {
  if (const Tensor *tensor = node.tensorAttribute("value")) {
    StringRef name = node.node.outputs.empty() ? "constant" : node.node.outputs[0];
    Value value = node.importer.constantOf(*tensor, name, placeOf(node.node, node.opset));
    if (!value)
      throw Refusal{};
    return {value};
  }
  MLIRContext &context = *node.builder.getContext();
  bool isList = node.hasAttribute("value_floats") || node.hasAttribute("value_ints");
  std::vector<double> values;
  ElementType type = ElementType::Int64;
  if (node.hasAttribute("value_float") || node.hasAttribute("value_floats")) {
    type = ElementType::Float32;
    if (isList)
      llvm::append_range(values, node.numbers("value_floats"));
    else
      values.push_back(node.number("value_float", 0));
  } else if (isList) {
    return {node.integerTensor(node.integers("value_ints").value_or(Shape()))};
  } else if (node.hasAttribute("value_int")) {
    return {node.reshape(node.integerTensor({node.integer("value_int")}), {})};
  } else {
    node.unsupported("a Constant without a tensor, number or list of numbers");
  }
  Shape shape;
  if (isList)
    shape.push_back(values.size());
  Literal literal(RankedTensorType::get(shape, elementTypeOf(type, node.dtype(), context)));
  for (auto [i, value] : llvm::enumerate(values))
    literal.setNumber(i, value);
  return {buildConstant(node.builder, literal)};
}

// One number everywhere: a splat, whose size costs nothing.
static Values constantOfShape(NodeReader &node) {
  BoundedShape bounded = boundedShapeInput(node, 0);
  Shape shape = bounded.rooms;
  for (int64_t extent : shape)
    if (extent < 0)
      node.refuse(Code::ShapeInvalid, "a dimension is negative", "", shownShape(shape));
  const Tensor *tensor = node.tensorAttribute("value");
  if (!tensor) {
    mlir::Type element =
        elementTypeOf(ElementType::Float32, node.dtype(), *node.builder.getContext());
    return {boundedBy(node, node.splat(shape, element, 0), bounded.extent, bounded.dimension)};
  }
  if (tensor->elements() != 1)
    node.refuse(Code::AttributeInvalid, "attribute 'value' must have one element", "",
                llvm::Twine(tensor->elements()));
  Value value = node.importer.constantOf(*tensor, "value", placeOf(node.node, node.opset));
  if (!value)
    throw Refusal{};
  TensorExpr filled = node.broadcastTo(node.reshape(node.tensor(value), {}), shape);
  return {boundedBy(node, filled, bounded.extent, bounded.dimension)};
}

// Of a dimension whose size depends on data, the extent.
static Values shapeOf(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  int64_t rank = x.type().getRank();
  auto place = [&](int64_t i) { return std::clamp<int64_t>(i < 0 ? i + rank : i, 0, rank); };
  int64_t start = 0, end = rank;
  if (node.opset >= 15) {
    start = place(node.integer("start", 0));
    end = std::max(place(node.integer("end", rank)), start);
  }
  ArrayRef<int64_t> shape = x.type().getShape().slice(start, end - start);
  int64_t open = bounded.dimension - start;
  if (!bounded || open < 0 || open >= end - start)
    return {node.integerTensor(shape)};
  Values parts;
  if (open > 0)
    parts.push_back(node.integerTensor(shape.take_front(open)));
  parts.push_back(node.reshape(node.tensor(bounded.extent), {1}));
  if (open + 1 < end - start)
    parts.push_back(node.integerTensor(shape.drop_front(open + 1)));
  return {node.concat(parts, 0)};
}

static Values sizeOf(NodeReader &node) {
  return {node.reshape(node.integerTensor({node.input(0).type().getNumElements()}), {})};
}

// start + i delta below limit, each rounded to the type.
static Values rangeOfNumbers(NodeReader &node) {
  mlir::Type element = node.input(0).type().getElementType();
  double bounds[3];
  for (size_t i = 0; i < 3; ++i) {
    std::optional<Literal> known = node.known(i);
    if (!known || known->size() != 1)
      node.unsupported("a range whose bounds are not known at compile time; if they are inputs, "
                       "give their values with --shape-input");
    bounds[i] = known->number(0);
  }
  auto [start, limit, delta] = bounds;
  double exact = std::ceil((limit - start) / delta);
  if (!(exact <= double(int64_t(1) << 40)))
    node.refuse(Code::MemoryBudget, "the range has too many elements, or delta is 0");
  int64_t count = std::max(exact, 0.0);
  node.checkSize({count}, element);
  auto type = RankedTensorType::get({count}, node.builder.getF64Type());
  TensorExpr index = node.tensor(IotaOp::create(node.builder, type, 0));
  TensorExpr values = index * index.number(delta) + index.number(start);
  return {element.isF64() ? values : convert(values, element)};
}

// start, start + delta, ... below limit, from known integers.
static Values range(NodeReader &node) {
  mlir::Type element = node.input(0).type().getElementType();
  for (size_t i = 0; i < 3; ++i)
    node.checkSameType(node.input(0), node.input(i));
  if (!isa<IntegerType>(element))
    return rangeOfNumbers(node);
  int64_t bounds[3];
  for (size_t i = 0; i < 3; ++i) {
    Shape value = node.knownIntegers(i);
    if (value.size() != 1)
      node.refuse(Code::ShapeMismatch, "inputs must be single numbers");
    bounds[i] = value[0];
  }
  auto [start, limit, delta] = bounds;
  constexpr int64_t largest = int64_t(1) << 40;
  if (delta == 0)
    node.refuse(Code::AttributeInvalid, "delta is 0");
  for (int64_t bound : bounds)
    if (bound < -largest || bound > largest)
      node.refuse(Code::MemoryBudget, "a bound of the range is too large", "", llvm::Twine(bound));
  int64_t count =
      std::max<int64_t>(delta > 0 ? llvm::divideCeil(std::max<int64_t>(limit - start, 0), delta)
                                  : llvm::divideCeil(std::max<int64_t>(start - limit, 0), -delta),
                        0);
  node.checkSize({count}, element);
  auto type = RankedTensorType::get({count}, element);
  TensorExpr index = node.tensor(IotaOp::create(node.builder, type, 0));
  return {index * index.number(delta) + index.number(start)};
}

// Column minus row, for the last two dimensions of a shape.
static TensorExpr diagonalOf(NodeReader &node, ArrayRef<int64_t> shape) {
  auto element = IntegerType::get(node.builder.getContext(), 64, IntegerType::Signed);
  auto type = RankedTensorType::get(shape, element);
  int64_t rank = shape.size();
  return node.tensor(IotaOp::create(node.builder, type, rank - 1)) -
         node.tensor(IotaOp::create(node.builder, type, rank - 2));
}

// 1 on the k-th diagonal of a matrix of the input's shape, 0 elsewhere.
static Values eyeLike(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkRank(x, 2, 2);
  mlir::Type element = x.type().getElementType();
  if (node.hasAttribute("dtype"))
    element =
        elementTypeOf(ElementType(node.integer("dtype")), node.dtype(), *node.builder.getContext());
  if (!element)
    node.unsupported("EyeLike of this type");
  TensorExpr diagonal = diagonalOf(node, x.type().getShape());
  int64_t extent = std::max(x.type().getDimSize(0), x.type().getDimSize(1));
  int64_t k = std::clamp(node.integer("k", 0), -extent, extent);
  return {convert(compare(CompareKind::eq, diagonal, diagonal.number(k)), element)};
}

// The part of each matrix on and above (upper), or on and below, its k-th diagonal.
static Values trilu(NodeReader &node) {
  TensorExpr x = node.input(0);
  node.checkRank(x, 2, INT64_MAX);
  TensorExpr diagonal = diagonalOf(node, x.type().getShape());
  CompareKind kind = node.flag("upper", true) ? CompareKind::ge : CompareKind::le;
  std::optional<TensorExpr> given = node.optionalInput(1);
  if (given)
    node.checkSameType(*given, diagonal);
  TensorExpr k =
      given ? node.broadcastTo(node.reshape(*given, {}), x.type().getShape()) : diagonal.number(0);
  return {select(compare(kind, diagonal, k), x, x.number(0))};
}

// The indices of what is not zero: room for all, and an extent that says how many are there.
static Values nonZero(NodeReader &node) {
  BoundedValue bounded = boundedInput(node, 0);
  TensorExpr x = bounded.full;
  if (bounded)
    x.value = maskedByExtent(node, x, bounded.extent, bounded.dimension);
  auto op = node.build<NonZeroOp>(x.type().getRank() == 0 ? node.reshape(x, {1}) : x);
  return {op.getIndices()};
}

void addCreations(Registry &r) {
  r.note("Constant", "no strings");
  r.note("NonZero", "bounded: the result's size is an output of the program");
  r.note("Range", "bounds known at compile time, from inputs by `--shape-input`");
  r.add("Constant", 1, constant);
  r.add("ConstantOfShape", 9, constantOfShape);
  r.add("EyeLike", 9, eyeLike);
  r.add("NonZero", 9, nonZero);
  r.add("Range", 11, range);
  r.add("Shape", 1, shapeOf);
  r.add("Size", 1, sizeOf);
  r.add("Trilu", 14, trilu);
}

} // namespace dlc::onnx
