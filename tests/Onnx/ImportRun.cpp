#include "ImportRun.h"
#include "Core/Interpreter.h"
#include "Onnx/NodeReader.h"
#include "Onnx/SmallTypes.h"
#include "llvm/Support/FileSystem.h"

using namespace mlir;

namespace dlc::onnx {

static std::vector<const ValueInfo *> inputsOf(const Model &model) {
  llvm::StringSet<> initializers;
  for (const Tensor &tensor : model.graph.initializers)
    initializers.insert(tensor.name);
  std::vector<const ValueInfo *> inputs;
  for (const ValueInfo &input : model.graph.inputs)
    if (!initializers.contains(input.name))
      inputs.push_back(&input);
  return inputs;
}

// The elements of a tensor, as floats of another type where --dtype asks for it.
static Literal literalOf(const Tensor &tensor, mlir::Type element) {
  MLIRContext &context = *element.getContext();
  mlir::Type stored = isSmall(tensor.type) ? codeType(tensor.type, context)
                                           : elementTypeOf(tensor.type, "", context);
  auto type = RankedTensorType::get(tensor.dims, stored);
  Literal literal(isSmall(tensor.type) ? packedType(tensor.type, type) : type);
  TensorBytes bytes = tensor.bytes();
  literal.bytes.assign(bytes.bytes().begin(), bytes.bytes().end());
  if (stored == element || !isa<FloatType>(stored) || !isa<FloatType>(element))
    return literal;
  Literal converted(RankedTensorType::get(tensor.dims, element));
  for (int64_t i = 0; i < literal.size(); ++i)
    converted.setNumber(i, literal.number(i));
  return converted;
}

static std::vector<ShapeValue> valuesOf(const Tensor &tensor, MLIRContext &context) {
  std::vector<ShapeValue> values;
  if (!isa<FloatType>(elementTypeOf(tensor.type, "", context))) {
    for (int64_t value : tensor.integers())
      values.emplace_back(value);
    return values;
  }
  Literal literal = literalOf(tensor, elementTypeOf(tensor.type, "", context));
  for (int64_t i = 0; i < literal.size(); ++i)
    values.emplace_back(literal.number(i));
  return values;
}

std::vector<std::unique_ptr<TensorFile>> readInputs(const Model &model, llvm::StringRef folder,
                                                    ImportOptions &options,
                                                    Diagnostics &diagnostics,
                                                    mlir::MLIRContext &context) {
  std::vector<std::unique_ptr<TensorFile>> files;
  std::vector<std::string> decisive = shapeInputNames(model);
  for (auto [i, input] : llvm::enumerate(inputsOf(model))) {
    auto file = readTensor((folder + "/input_" + llvm::Twine(i) + ".pb").str(), diagnostics);
    if (!file)
      break;
    options.shapes[input->name] = file->tensor.dims;
    if (llvm::is_contained(decisive, input->name))
      options.shapeInputs[input->name] = valuesOf(file->tensor, context);
    else
      files.push_back(std::move(file));
  }
  return files;
}

namespace {
struct Weights {
  ModuleOp module;
  const Model &model;
  InterpreterOptions options{};

  Weights(ModuleOp module, const Model &model) : module(module), model(model) {
    options.weight = [this](FlatSymbolRefAttr symbol) { return load(symbol); };
  }
  FailureOr<Literal> load(FlatSymbolRefAttr symbol) {
    Operation *op = module.lookupSymbol(symbol);
    if (auto data = dyn_cast<WeightDataOp>(op)) {
      Literal literal(cast<RankedTensorType>(data.getType()));
      llvm::StringRef bytes = model.files[data.getFile()].buffer->getBuffer().substr(
          data.getOffset(), data.getLength());
      literal.bytes.assign(bytes.begin(), bytes.end());
      return literal;
    }
    // A derived weight: its region, op by op.
    llvm::DenseMap<Value, Literal> values;
    for (Operation &inner : cast<DerivedWeightOp>(op).getBody().front()) {
      SmallVector<Literal> operands;
      for (Value operand : inner.getOperands())
        operands.push_back(values[operand]);
      if (inner.hasTrait<OpTrait::IsTerminator>())
        return operands[0];
      auto results = interpret(&inner, operands, options);
      if (failed(results))
        return failure();
      values[inner.getResult(0)] = (*results)[0];
    }
    return failure();
  }
};
} // namespace

// The part of a bounded value that is there, as long as the reference is: the elements past it are
// not specified.
static Literal cropped(const Literal &got, const Literal &want) {
  auto bounded = dyn_cast_or_null<BoundedAttr>(got.type.getEncoding());
  if (!bounded || got.type.getRank() != want.type.getRank())
    return got;
  int64_t dimension = bounded.getDimension(), there = want.type.getDimSize(dimension);
  Shape shape(got.type.getShape());
  int64_t room = shape[dimension], inner = elementBytes(got.type.getElementType());
  for (int64_t extent : ArrayRef(shape).drop_front(dimension + 1))
    inner *= extent;
  shape[dimension] = there;
  Literal result(RankedTensorType::get(shape, got.type.getElementType()));
  for (int64_t from = 0, to = 0; there <= room && from < int64_t(got.bytes.size());
       from += room * inner, to += there * inner)
    std::copy_n(got.bytes.begin() + from, there * inner, result.bytes.begin() + to);
  return result;
}

static bool compare(llvm::StringRef name, const Literal &got, const Literal &want,
                    Tolerance tolerance) {
  llvm::outs() << "output " << name << " " << shownType(got.type) << ": ";
  if (got.type != want.type) {
    llvm::outs() << "expected " << shownType(want.type) << "\n";
    return false;
  }
  double largest = 0, worst = 0;
  int64_t wrong = 0;
  for (int64_t i = 0; i < want.size(); ++i)
    if (std::isfinite(want.number(i)))
      largest = std::max(largest, std::abs(want.number(i)));
  bool isFloat = isa<FloatType>(want.type.getElementType());
  for (int64_t i = 0; i < want.size(); ++i) {
    double a = got.number(i), b = want.number(i);
    if (a == b || (std::isnan(a) && std::isnan(b)))
      continue;
    double off = std::abs(a - b);
    worst = std::max(worst, off);
    double allowed =
        isFloat ? std::max(1e-6, tolerance.scaled * largest) + tolerance.relative * std::abs(b) : 0;
    wrong += !(off <= allowed);
  }
  llvm::outs() << "largest " << largest << ", off by " << worst << ", wrong " << wrong << " of "
               << want.size() << "\n";
  return wrong == 0;
}

bool runAndCompare(ModuleOp module, const Model &model,
                   const std::vector<std::unique_ptr<TensorFile>> &inputs, llvm::StringRef folder,
                   Tolerance tolerance) {
  auto function = module.lookupSymbol<func::FuncOp>("main");
  Weights weights(module, model);
  SmallVector<Literal> arguments;
  for (auto [file, type] : llvm::zip_equal(inputs, function.getArgumentTypes()))
    arguments.push_back(literalOf(file->tensor, getElementTypeOrSelf(type)));
  auto results = interpret(function, arguments, weights.options);
  if (failed(results))
    return false;
  bool good = true;
  for (auto [i, result] : llvm::enumerate(*results)) {
    Diagnostics diagnostics;
    auto want = readTensor((folder + "/output_" + llvm::Twine(i) + ".pb").str(), diagnostics);
    if (!want) {
      diagnostics.print(llvm::errs());
      return false;
    }
    Literal reference = literalOf(want->tensor, getElementTypeOrSelf(function.getResultTypes()[i]));
    good &= compare(model.graph.outputs[i].name, cropped(result, reference), reference, tolerance);
  }
  return good;
}

} // namespace dlc::onnx
