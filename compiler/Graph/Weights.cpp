// A movement op whose map is linear only changes strides. Pad and concat copy their operands to
// their places. An op that is neither, nor plain arithmetic, is interpreted.
#include "Graph/Weights.h"
#include "Core/Interpreter.h"
#include "Graph/StridedCopy.h"
#include "mlir/IR/AffineExpr.h"
#include <cstring>

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- arrangements
static SmallVector<int64_t> rowMajor(ArrayRef<int64_t> shape) {
  SmallVector<int64_t> strides(shape.size());
  int64_t stride = 1;
  for (size_t d = shape.size(); d-- > 0; stride *= shape[d])
    strides[d] = stride;
  return strides;
}

static int64_t widthOf(RankedTensorType type) { return elementBytes(type.getElementType()); }

bool Elements::isContiguous() const {
  for (auto [extent, stride, wanted] :
       llvm::zip(type.getShape(), strides, rowMajor(type.getShape())))
    if (extent != 1 && stride != wanted)
      return false;
  return true;
}

Literal Elements::literal() const {
  Literal result(type);
  copyStrided(result.bytes.data(), rowMajor(type.getShape()), data, strides, type.getShape(),
              widthOf(type));
  return result;
}

static Elements elementsOf(Literal literal) {
  auto owned = std::make_shared<Literal>(std::move(literal));
  return {owned->type, rowMajor(owned->type.getShape()), owned->bytes.data(), owned};
}

// ---------------------------------------------------------------- movement
// The coefficient of each dimension in a linear expression, and its constant; false if not linear.
static bool appendLinear(AffineExpr expression, int64_t factor, MutableArrayRef<int64_t> of,
                         int64_t &constant) {
  if (auto number = dyn_cast<AffineConstantExpr>(expression)) {
    constant += factor * number.getValue();
    return true;
  }
  if (auto dimension = dyn_cast<AffineDimExpr>(expression)) {
    of[dimension.getPosition()] += factor;
    return true;
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(expression);
  if (binary && binary.getKind() == AffineExprKind::Add)
    return appendLinear(binary.getLHS(), factor, of, constant) &&
           appendLinear(binary.getRHS(), factor, of, constant);
  if (binary && binary.getKind() == AffineExprKind::Mul)
    if (auto number = dyn_cast<AffineConstantExpr>(binary.getRHS()))
      return appendLinear(binary.getLHS(), factor * number.getValue(), of, constant);
  return false;
}

// result[i] = x[map(i)] with a linear map: stride of a result dimension = sum of its coefficients
// times x's strides.
static std::optional<Elements> moved(Operation *op, const Elements &x) {
  if (!op->hasTrait<MovementOp>())
    return {};
  ReferenceForm form = cast<ReferenceOpInterface>(op).referenceForm();
  if (form.reads.size() != 1 || form.reads[0].guard || !form.reads[0].symbols.empty())
    return {};
  Elements result = x;
  result.type = tensorType(op->getResult(0));
  result.strides.assign(result.type.getRank(), 0);
  if (result.type.getNumElements() == 0)
    return result;
  for (auto [expression, stride] : llvm::zip(form.reads[0].map.getResults(), x.strides)) {
    int64_t constant = 0;
    if (!appendLinear(expression, stride, result.strides, constant))
      return {};
    result.data += constant * widthOf(x.type);
  }
  return result;
}

static Elements reshaped(const Elements &x, RankedTensorType type) {
  Elements result = x.isContiguous() ? x : elementsOf(x.literal());
  result.type = type;
  result.strides = rowMajor(type.getShape());
  return result;
}

static void fill(Literal &literal, TypedAttr value) {
  auto splat = Literal::from(DenseElementsAttr::get(
      RankedTensorType::get({}, literal.type.getElementType()), static_cast<Attribute>(value)));
  size_t width = splat.bytes.size();
  for (size_t i = 0; i < literal.bytes.size(); i += width)
    std::memcpy(&literal.bytes[i], splat.bytes.data(), width);
}

// Copies x into `result`: x's index s goes to place[d] + s * step[d]; what falls outside is
// dropped.
static void copyInto(Literal &result, const Elements &x, ArrayRef<int64_t> places,
                     ArrayRef<int64_t> steps) {
  SmallVector<int64_t> strides = rowMajor(result.type.getShape()), shape(x.type.getShape());
  const char *from = x.data;
  char *to = result.bytes.data();
  int64_t width = widthOf(x.type);
  for (auto [d, place, step] : llvm::enumerate(places, steps)) {
    int64_t extent = result.type.getDimSize(d);
    int64_t first = place < 0 ? (-place + step - 1) / step : 0;
    int64_t count = std::min(shape[d], extent <= place ? 0 : (extent - 1 - place) / step + 1);
    shape[d] = std::max<int64_t>(0, count - first);
    from += first * x.strides[d] * width;
    to += (place + first * step) * strides[d] * width;
    strides[d] *= step;
  }
  copyStrided(to, strides, from, x.strides, shape, width);
}

static Elements padded(PadOp op, const Elements &x) {
  Literal result(tensorType(op.getResult()));
  fill(result, op.getValue());
  SmallVector<int64_t> steps;
  for (int64_t interior : op.getInterior())
    steps.push_back(interior + 1);
  copyInto(result, x, op.getLo(), steps);
  return elementsOf(std::move(result));
}

static Elements concatenated(ConcatOp op, ArrayRef<Elements> operands) {
  Literal result(tensorType(op.getResult()));
  SmallVector<int64_t> places(result.type.getRank(), 0), steps(result.type.getRank(), 1);
  for (const Elements &operand : operands) {
    copyInto(result, operand, places, steps);
    places[op.getDim()] += operand.type.getDimSize(op.getDim());
  }
  return elementsOf(std::move(result));
}

// ---------------------------------------------------------------- arithmetic
// One element after the other in row-major order, the innermost dimension as a plain loop.
template <typename T, typename Function>
static void combineRows(T *&to, const T *x, const T *y, ArrayRef<int64_t> shape,
                        ArrayRef<int64_t> xStrides, ArrayRef<int64_t> yStrides, Function function) {
  if (shape.size() > 1) {
    for (int64_t i = 0; i < shape[0]; ++i)
      combineRows(to, x + i * xStrides[0], y + i * yStrides[0], shape.drop_front(),
                  xStrides.drop_front(), yStrides.drop_front(), function);
    return;
  }
  int64_t count = shape.empty() ? 1 : shape[0], xStep = shape.empty() ? 0 : xStrides[0],
          yStep = shape.empty() ? 0 : yStrides[0];
  if (xStep == 1 && yStep == 0) {
    const T factor = *y;
    for (int64_t i = 0; i < count; ++i)
      to[i] = function(x[i], factor);
  } else {
    for (int64_t i = 0; i < count; ++i)
      to[i] = function(x[i * xStep], y[i * yStep]);
  }
  to += count;
}

// Drops extents of 1 and joins dimensions that lie one after the other in both operands.
static void joinDimensions(SmallVectorImpl<int64_t> &shape, SmallVectorImpl<int64_t> &x,
                           SmallVectorImpl<int64_t> &y) {
  SmallVector<int64_t> extents, xs, ys;
  for (auto [extent, xStride, yStride] : llvm::zip(shape, x, y)) {
    if (extent == 1)
      continue;
    if (!extents.empty() && xs.back() == xStride * extent && ys.back() == yStride * extent) {
      extents.back() *= extent;
      xs.back() = xStride;
      ys.back() = yStride;
      continue;
    }
    extents.push_back(extent);
    xs.push_back(xStride);
    ys.push_back(yStride);
  }
  shape.assign(extents);
  x.assign(xs);
  y.assign(ys);
}

template <typename T>
static std::optional<Elements> combined(Operation *op, const Elements &x, const Elements &y) {
  Literal result(tensorType(op->getResult(0)));
  SmallVector<int64_t> shape(result.type.getShape()), xStrides(x.strides), yStrides(y.strides);
  joinDimensions(shape, xStrides, yStrides);
  auto run = [&](auto function) {
    T *to = result.as<T>();
    combineRows(to, reinterpret_cast<const T *>(x.data), reinterpret_cast<const T *>(y.data), shape,
                xStrides, yStrides, function);
    return elementsOf(std::move(result));
  };
  return llvm::TypeSwitch<Operation *, std::optional<Elements>>(op)
      .Case([&](AddOp) { return run([](T a, T b) { return a + b; }); })
      .Case([&](SubOp) { return run([](T a, T b) { return a - b; }); })
      .Case([&](MulOp) { return run([](T a, T b) { return a * b; }); })
      .Case([&](DivOp) { return run([](T a, T b) { return a / b; }); })
      .Default([](Operation *) { return std::nullopt; });
}

static std::optional<Elements> combined(Operation *op, ArrayRef<Elements> operands) {
  if (!op->hasTrait<PointwiseOp>() || operands.size() != 2)
    return {};
  Type element = operands[0].type.getElementType();
  if (element.isF32())
    return combined<float>(op, operands[0], operands[1]);
  if (element.isF64())
    return combined<double>(op, operands[0], operands[1]);
  return {};
}

// The same numbers in another type, for the pairs that whole models are converted between.
static std::optional<Elements> converted(Operation *op, ArrayRef<Elements> operands) {
  if (!isa<ConvertOp>(op))
    return {};
  const Elements &x = operands[0];
  Type from = x.type.getElementType(), to = tensorType(op->getResult(0)).getElementType();
  auto run = [&](auto target, auto source, auto function) -> std::optional<Elements> {
    Literal packed = x.literal(), result(tensorType(op->getResult(0)));
    const auto *read = packed.as<decltype(source)>();
    auto *written = result.as<decltype(target)>();
    for (int64_t i = 0; i < result.size(); ++i)
      written[i] = function(read[i]);
    return elementsOf(std::move(result));
  };
  auto plain = [](auto value) { return value; };
  if (from.isF32() && to.isF64())
    return run(double(), float(), plain);
  if (from.isF64() && to.isF32())
    return run(float(), double(), [](double value) { return static_cast<float>(value); });
  if (from.isF32() && to.isF16())
    return run(uint16_t(), float(), floatToHalf);
  if (from.isF32() && to.isBF16())
    return run(uint16_t(), float(), floatToBfloat);
  if (from.isF16() && to.isF32())
    return run(float(), uint16_t(), halfToFloat);
  if (from.isBF16() && to.isF32())
    return run(float(), uint16_t(), bfloatToFloat);
  return {};
}

// ---------------------------------------------------------------- weights
// A file holds a tensor at any offset; loops read elements where their type may lie.
static Elements aligned(const Elements &x) {
  if (reinterpret_cast<uintptr_t>(x.data) % widthOf(x.type) == 0 || !x.isContiguous())
    return x;
  Literal copy(x.type);
  std::memcpy(copy.bytes.data(), x.data, copy.bytes.size());
  return elementsOf(std::move(copy));
}

FailureOr<Elements> Weights::compute(Operation *op, ArrayRef<Elements> operands) {
  if (auto weight = dyn_cast<WeightOp>(op)) {
    FailureOr<Elements> elements = evaluate(weight.getWeightAttr());
    return failed(elements) ? elements : FailureOr<Elements>(aligned(*elements));
  }
  if (auto constant = dyn_cast<ConstantOp>(op)) {
    auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
    if (!dense)
      return op->emitError("expected a dense constant");
    if (!dense.isSplat())
      return elementsOf(Literal::from(dense));
    Literal one = Literal::from(dense.resizeSplat(dense.getType().clone(ArrayRef<int64_t>())));
    Elements result = elementsOf(std::move(one));
    result.type = tensorType(constant.getResult());
    result.strides.assign(result.type.getRank(), 0);
    return result;
  }
  if (auto reshape = dyn_cast<ReshapeOp>(op))
    return reshaped(operands[0], tensorType(reshape.getResult()));
  if (auto pad = dyn_cast<PadOp>(op)) {
    bool nothing = llvm::all_of(pad.getLo(), [](int64_t n) { return n == 0; }) &&
                   pad.getType() == pad.getX().getType();
    return nothing ? operands[0] : padded(pad, operands[0]);
  }
  if (auto concat = dyn_cast<ConcatOp>(op))
    return concatenated(concat, operands);
  if (operands.size() == 1)
    if (std::optional<Elements> result = moved(op, operands[0]))
      return *result;
  if (std::optional<Elements> result = combined(op, operands))
    return *result;
  if (std::optional<Elements> result = converted(op, operands))
    return *result;
  SmallVector<Literal> literals;
  for (const Elements &operand : operands)
    literals.push_back(operand.literal());
  InterpreterOptions options;
  options.workLimit = int64_t(1) << 32;
  FailureOr<SmallVector<Literal>> results = interpret(op, literals, options);
  if (failed(results))
    return failure();
  return elementsOf(std::move(results->front()));
}

FailureOr<Elements> Weights::read(Operation *op) {
  auto weight = cast<WeightDataOp>(op);
  auto paths = module->getAttrOfType<ArrayAttr>("dlc.files");
  auto number = static_cast<int64_t>(weight.getFile());
  if (!paths || number < 0 || number >= static_cast<int64_t>(paths.size()))
    return weight.emitError("no file ") << number << " in dlc.files";
  StringRef path = cast<StringAttr>(paths[number]).getValue();
  std::shared_ptr<llvm::MemoryBuffer> &file = files[number];
  if (!file) {
    auto opened = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                              /*RequiresNullTerminator=*/false);
    if (!opened)
      return weight.emitError("cannot read ") << path << ": " << opened.getError().message();
    file = std::move(*opened);
  }
  uint64_t offset = weight.getOffset(), length = weight.getLength();
  if (offset > file->getBufferSize() || length > file->getBufferSize() - offset)
    return weight.emitError("expected ") << length << " bytes at " << offset << " of " << path
                                         << ", which has " << file->getBufferSize();
  auto type = cast<RankedTensorType>(weight.getType());
  return Elements{type, rowMajor(type.getShape()), file->getBufferStart() + offset, file};
}

FailureOr<Elements> Weights::evaluate(FlatSymbolRefAttr name) {
  Operation *symbol = symbols.lookup(name.getValue());
  if (isa_and_nonnull<WeightDataOp>(symbol))
    return read(symbol);
  auto derived = dyn_cast_or_null<DerivedWeightOp>(symbol);
  if (!derived)
    return module.emitError("no weight is called ") << name;
  DenseMap<Value, Elements> values;
  for (Operation &op : derived.getBody().front()) {
    SmallVector<Elements> operands;
    for (Value operand : op.getOperands())
      operands.push_back(values.lookup(operand));
    if (isa<ReturnOp>(op))
      return operands.front();
    FailureOr<Elements> result = compute(&op, operands);
    if (failed(result))
      return failure();
    values[op.getResult(0)] = *result;
    // What nothing reads any more is freed at once: a chain holds two tensors, not all.
    for (Value operand : op.getOperands())
      if (operand.hasOneUse())
        values.erase(operand);
  }
  return derived.emitError("expected a region that returns");
}

LogicalResult Weights::write(llvm::raw_ostream &stream) {
  auto table = module->getAttrOfType<ArrayAttr>("dlc.weights");
  auto bytes = module->getAttrOfType<IntegerAttr>("dlc.weight_bytes");
  if (!table || !bytes)
    return module.emitError("expected a program over buffers, with dlc.weights");
  int64_t written = 0;
  for (auto entry : table.getAsRange<DictionaryAttr>()) {
    int64_t offset = entry.getAs<IntegerAttr>("offset").getInt();
    stream.write_zeros(offset - written);
    FailureOr<Elements> elements = evaluate(entry.getAs<FlatSymbolRefAttr>("symbol"));
    if (failed(elements))
      return failure();
    int64_t size = elements->type.getNumElements() * widthOf(elements->type);
    if (elements->isContiguous())
      stream.write(elements->data, size);
    else
      stream.write(elements->literal().bytes.data(), size);
    written = offset + size;
  }
  stream.write_zeros(bytes.getInt() - written);
  return success();
}
