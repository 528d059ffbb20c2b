#include "Onnx/ImportTypes.h"
#include "Core/Core.h"
#include "Onnx/SmallTypes.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;

namespace dlc::onnx {

static mlir::Type floatOf(llvm::StringRef name, MLIRContext &context) {
  if (name == "f64")
    return Float64Type::get(&context);
  if (name == "f16")
    return Float16Type::get(&context);
  if (name == "bf16")
    return BFloat16Type::get(&context);
  return Float32Type::get(&context);
}

mlir::Type elementTypeOf(ElementType type, llvm::StringRef wanted, MLIRContext &context) {
  auto integer = [&](IntegerType::SignednessSemantics sign) {
    return IntegerType::get(&context, bitsOf(type), sign);
  };
  switch (type) {
  case ElementType::Float32:
    return floatOf(wanted, context);
  case ElementType::Float64:
    return floatOf("f64", context);
  case ElementType::Float16:
    return floatOf("f16", context);
  case ElementType::Bfloat16:
    return floatOf("bf16", context);
  case ElementType::Bool:
    return IntegerType::get(&context, 1);
  case ElementType::Int8:
  case ElementType::Int16:
  case ElementType::Int32:
  case ElementType::Int64:
    return integer(IntegerType::Signed);
  case ElementType::Uint8:
  case ElementType::Uint16:
  case ElementType::Uint32:
  case ElementType::Uint64:
    return integer(IntegerType::Unsigned);
  default:
    return {};
  }
}

std::optional<int64_t> boundedBytes(llvm::ArrayRef<int64_t> shape, mlir::Type element) {
  // A dimension of 0 does not hide an overflow of the others: ops multiply parts of shapes too.
  int64_t bytes = elementBytes(element), product = bytes;
  if (shape.size() > largestRank)
    return std::nullopt;
  for (int64_t extent : shape) {
    if (extent < 0)
      return std::nullopt;
    std::optional<int64_t> next = llvm::checkedMul(product, std::max<int64_t>(extent, 1));
    if (!next || *next > largestValueBytes)
      return std::nullopt;
    product = *next;
    bytes *= extent;
  }
  return bytes;
}

std::string shownShape(llvm::ArrayRef<int64_t> shape) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << '[';
  llvm::interleave(shape, out, ",");
  out << ']';
  return text;
}

std::string shownType(mlir::Type type) {
  if (auto sequence = dyn_cast<TupleType>(type))
    return "a sequence of " + std::to_string(sequence.size());
  if (isa<NoneType>(type))
    return "an optional value without an element";
  auto tensor = dyn_cast<RankedTensorType>(type);
  mlir::Type element = tensor ? tensor.getElementType() : type;
  std::string text;
  llvm::raw_string_ostream out(text);
  if (element.isInteger(1))
    out << "bool";
  else if (element.isIntOrFloat())
    out << (isa<FloatType>(element)       ? "f"
            : element.isUnsignedInteger() ? "ui"
                                          : "si")
        << element.getIntOrFloatBitWidth();
  else
    out << element;
  if (element.isBF16())
    text = "bf16";
  if (tensor)
    text += shownShape(tensor.getShape());
  return text;
}

namespace {

// Binds the dimensions of all inputs; what stays unbound is reported in one error.
class Binder {
public:
  Binder(const Model &model, const ImportOptions &options, Diagnostics &diagnostics,
         MLIRContext &context)
      : model(model), options(options), diagnostics(diagnostics), context(context) {}
  std::optional<std::vector<BoundInput>> run();

private:
  bool checkOptions(llvm::ArrayRef<const ValueInfo *> inputs);
  bool takeGivenShape(const ValueInfo &input);
  std::optional<BoundInput> bind(const ValueInfo &input);
  int64_t extentOf(const ValueInfo &input, size_t position);
  bool takeValues(BoundInput &input);

  const Model &model;
  const ImportOptions &options;
  Diagnostics &diagnostics;
  MLIRContext &context;
  void leaveUnbound(const llvm::Twine &what, const std::string &option);
  llvm::StringMap<int64_t> symbols;
  llvm::StringSet<> inner; // symbols of dimensions that do not lead
  std::vector<std::string> unbound, repairs;
};

std::string placeOf(const ValueInfo &input) { return "input " + quoted(input.name); }

// Exporters write a dimension that they do not know as -1 or 0 too.
bool isNumber(const Dimension &dimension) {
  return dimension.kind == Dimension::Kind::Value && dimension.value >= 0;
}

std::string shownDimension(const Dimension &dimension) {
  return dimension.kind == Dimension::Kind::Symbol && !dimension.symbol.empty()
             ? dimension.symbol.str()
             : "?";
}

} // namespace

bool Binder::checkOptions(llvm::ArrayRef<const ValueInfo *> inputs) {
  llvm::StringSet<> names, dimensions;
  for (const ValueInfo *input : inputs) {
    names.insert(input->name);
    for (const Dimension &dimension : input->type.dims)
      if (dimension.kind == Dimension::Kind::Symbol)
        dimensions.insert(dimension.symbol);
  }
  auto listed = [](const llvm::StringSet<> &set) {
    std::vector<std::string> sorted;
    for (const auto &entry : set)
      sorted.push_back(shown(entry.getKey()));
    llvm::sort(sorted);
    return sorted.empty() ? std::string("none") : "one of " + llvm::join(sorted, ", ");
  };
  size_t before = diagnostics.errorCount();
  auto check = [&](const auto &given, const llvm::StringSet<> &known, llvm::StringRef what) {
    for (const auto &entry : given)
      if (!known.contains(entry.getKey()))
        diagnostics
            .report(Code::OptionName,
                    llvm::Twine("the model has no ") + what + " " + quoted(entry.getKey()))
            .expected(listed(known));
  };
  check(options.dimensions, dimensions, "symbolic dimension");
  check(options.shapes, names, "input");
  check(options.shapeInputs, names, "input");
  return diagnostics.errorCount() == before;
}

// Symbols that `--shape` binds hold for the other inputs too.
bool Binder::takeGivenShape(const ValueInfo &input) {
  auto given = options.shapes.find(input.name);
  if (given == options.shapes.end() || !input.type.hasShape)
    return true;
  llvm::ArrayRef<int64_t> shape = given->second;
  auto refuse = [&] {
    diagnostics.report(Code::InputShape, "the given shape does not fit")
        .at(placeOf(input))
        .expected(describe(input.type))
        .found(shownShape(shape));
    return false;
  };
  if (shape.size() != input.type.dims.size())
    return refuse();
  for (auto [extent, dimension] : llvm::zip_equal(shape, input.type.dims)) {
    if (extent < 0 || (isNumber(dimension) && dimension.value != extent))
      return refuse();
    if (dimension.kind != Dimension::Kind::Symbol || dimension.symbol.empty())
      continue;
    auto [place, isNew] = symbols.try_emplace(dimension.symbol, extent);
    if (!isNew && place->second != extent) {
      diagnostics.report(Code::InputShape, "a dimension is given two values")
          .at(placeOf(input))
          .expected(dimension.symbol + " = " + llvm::Twine(place->second))
          .found(llvm::Twine(extent));
      return false;
    }
  }
  return true;
}

void Binder::leaveUnbound(const llvm::Twine &what, const std::string &option) {
  unbound.push_back(what.str());
  if (!llvm::is_contained(repairs, option))
    repairs.push_back(option);
}

int64_t Binder::extentOf(const ValueInfo &input, size_t position) {
  const Dimension &dimension = input.type.dims[position];
  if (isNumber(dimension))
    return dimension.value;
  std::string name = shownDimension(dimension);
  bool hasName = name != "?";
  if (hasName)
    if (auto known = symbols.find(dimension.symbol); known != symbols.end())
      return known->second;
  if (position == 0 && !(hasName && inner.contains(dimension.symbol))) {
    int64_t extent = options.batch.value_or(1);
    if (!options.batch)
      diagnostics.warn(Code::DimensionUnbound, "the leading dimension is not bound: 1 is taken")
          .at(placeOf(input))
          .found(describe(input.type))
          .repair(hasName ? "--dim " + shown(name) + "=..." : "--batch ...");
    if (hasName)
      symbols[dimension.symbol] = extent;
    return extent;
  }
  leaveUnbound("dimension " + llvm::Twine(position) + " (" + shown(name) + ") of " +
                   placeOf(input) + " " + describe(input.type),
               hasName ? "--dim " + shown(name) + "=..." : "--shape " + shown(input.name) + "=...");
  return 1;
}

bool Binder::takeValues(BoundInput &input) {
  auto given = options.shapeInputs.find(input.info->name);
  if (given == options.shapeInputs.end())
    return true;
  mlir::Type element = input.type.getElementType();
  auto isInteger = [](double value) {
    return value == std::trunc(value) && std::abs(value) <= 9e15;
  };
  bool holdsIntegers = llvm::all_of(given->second, [&](const ShapeValue &value) {
    return std::holds_alternative<int64_t>(value) || isInteger(std::get<double>(value));
  });
  if (!isa<FloatType>(element) && !holdsIntegers) {
    diagnostics.report(Code::InputType, "the values of an integer input must be integers")
        .at(placeOf(*input.info))
        .found(shownType(element));
    return false;
  }
  // A vector of symbolic length takes the length of what is given.
  if (input.type.getRank() == 1 && !isNumber(input.info->type.dims.front()))
    input.type = RankedTensorType::get(int64_t(given->second.size()), element);
  if (input.type.getNumElements() != int64_t(given->second.size())) {
    diagnostics.report(Code::InputShape, "a shape input has another number of values")
        .at(placeOf(*input.info))
        .expected(shownType(input.type))
        .found(std::to_string(given->second.size()) + " values");
    return false;
  }
  input.values = given->second;
  return true;
}

std::optional<BoundInput> Binder::bind(const ValueInfo &input) {
  BoundInput bound;
  bound.info = &input;
  mlir::Type element;
  if (input.type.kind == onnx::Type::Kind::Tensor)
    element = isSmall(input.type.element)
                  ? codeType(input.type.element, context)
                  : elementTypeOf(input.type.element, options.dtype, context);
  if (!element) {
    diagnostics.report(Code::TypeUnsupported, "not supported yet: an input of this type")
        .at(placeOf(input))
        .found(describe(input.type));
    return std::nullopt;
  }
  std::vector<int64_t> shape;
  auto given = options.shapes.find(input.name);
  if (given != options.shapes.end()) {
    shape = given->second;
  } else if (!input.type.hasShape) {
    leaveUnbound("the shape of " + placeOf(input), "--shape " + shown(input.name) + "=...");
  } else {
    for (size_t i = 0; i < input.type.dims.size(); ++i)
      shape.push_back(extentOf(input, i));
  }
  if (!boundedBytes(shape, element)) {
    diagnostics.report(Code::MemoryBudget, "an input is larger than any memory")
        .at(placeOf(input))
        .found(shownShape(shape));
    return std::nullopt;
  }
  bound.type = RankedTensorType::get(shape, element);
  if (!takeValues(bound))
    return std::nullopt;
  return bound;
}

std::optional<std::vector<BoundInput>> Binder::run() {
  llvm::StringSet<> initializers;
  for (const Tensor &tensor : model.graph.initializers)
    initializers.insert(tensor.name);
  for (const SparseTensor &tensor : model.graph.sparseInitializers)
    initializers.insert(tensor.name());
  std::vector<const ValueInfo *> inputs;
  for (const ValueInfo &input : model.graph.inputs)
    if (!initializers.contains(input.name))
      inputs.push_back(&input);
  for (const ValueInfo *input : inputs)
    for (const Dimension &dimension : llvm::drop_begin(input->type.dims, !input->type.dims.empty()))
      inner.insert(dimension.symbol);
  if (!checkOptions(inputs))
    return std::nullopt;
  bool good = true;
  for (const auto &entry : options.dimensions)
    symbols[entry.getKey()] = entry.getValue();
  for (const ValueInfo *input : inputs)
    good &= takeGivenShape(*input);
  std::vector<BoundInput> result;
  for (const ValueInfo *input : inputs) {
    std::optional<BoundInput> bound = bind(*input);
    good &= bound.has_value();
    if (bound)
      result.push_back(std::move(*bound));
  }
  if (!unbound.empty()) {
    diagnostics
        .report(Code::DimensionUnbound, "dimensions are not bound: " + llvm::join(unbound, "; "))
        .repair(llvm::join(repairs, " "));
    good = false;
  }
  if (!good)
    return std::nullopt;
  return result;
}

std::optional<std::vector<BoundInput>> bindInputs(const Model &model, const ImportOptions &options,
                                                  Diagnostics &diagnostics, MLIRContext &context) {
  return Binder(model, options, diagnostics, context).run();
}

} // namespace dlc::onnx
