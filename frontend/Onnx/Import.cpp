// The frame around the walk: inputs with bound shapes, the function, its outputs, and what is left
// over at the end.
#include "Onnx/Import.h"
#include "Onnx/GraphImporter.h"
#include "Onnx/Reader.h"
#include "Onnx/SmallTypes.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;

namespace dlc::onnx {

// A shape input becomes a constant.
static Value constantInput(ImplicitLocOpBuilder &b, const BoundInput &input) {
  Literal literal(input.type);
  bool isFloat = isa<FloatType>(input.type.getElementType());
  for (const auto &[i, value] : llvm::enumerate(*input.values))
    if (const int64_t *integer = std::get_if<int64_t>(&value); integer && !isFloat)
      literal.setInteger(i, *integer);
    else
      literal.setNumber(i, integer ? double(*integer) : std::get<double>(value));
  return buildConstant(b, literal);
}

static void addInputs(const std::vector<BoundInput> &inputs, func::FuncOp function,
                      ImplicitLocOpBuilder &b, Scope &scope) {
  Builder attributes(b.getContext());
  SmallVector<DictionaryAttr> names;
  for (const BoundInput &input : inputs) {
    if (input.values) {
      scope.values[input.info->name] = constantInput(b, input);
      continue;
    }
    Location location = NameLoc::get(attributes.getStringAttr(shown(input.info->name)));
    NamedAttrList own;
    own.set("dlc.name", attributes.getStringAttr(input.info->name));
    ElementType smallType = input.info->type.element;
    Block &body = function.getBody().front();
    if (isSmall(smallType)) {
      own.append(smallTypeAttributes(attributes, smallType, input.type.getShape()));
      Value bytes = body.addArgument(packedType(smallType, input.type), location);
      scope.values[input.info->name] = unpacked({b, bytes}, input.type.getShape(), smallType);
      scope.smallTypes[input.info->name] = smallType;
    } else {
      scope.values[input.info->name] = body.addArgument(input.type, location);
    }
    names.push_back(own.getDictionary(b.getContext()));
  }
  function.setFunctionType(b.getFunctionType(function.getBody().getArgumentTypes(), {}));
  function.setAllArgAttrs(names);
}

// An element type that contradicts the declaration is an error; shapes are declared wrong so often
// that other runtimes only warn too.
static void checkOutput(const ValueInfo &info, Value value, ElementType smallType,
                        llvm::StringRef dtype, Diagnostics &diagnostics) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type) {
    diagnostics.report(Code::FormUnsupported, "not supported yet: an output that is no tensor")
        .at("output " + quoted(info.name))
        .found(shownType(value.getType()));
    return;
  }
  if (info.type.kind == onnx::Type::Kind::None)
    return;
  mlir::Type declared = info.type.kind == onnx::Type::Kind::Tensor
                            ? elementTypeOf(info.type.element, dtype, *type.getContext())
                            : mlir::Type();
  bool isSame = smallType != ElementType::Undefined ? info.type.element == smallType
                                                    : declared == type.getElementType();
  if (info.type.element != ElementType::Undefined && !isSame) {
    diagnostics.report(Code::TypeMismatch, "an output has another type than declared")
        .at("output " + quoted(info.name))
        .expected(describe(info.type))
        .found(shownType(type));
    return;
  }
  if (!info.type.hasShape)
    return;
  bool fits = int64_t(info.type.dims.size()) == type.getRank();
  // A model may say how many elements it thinks are there, of a value that has room for more.
  auto bounded = dyn_cast_or_null<BoundedAttr>(type.getEncoding());
  for (size_t i = 0; fits && i < info.type.dims.size(); ++i)
    fits = info.type.dims[i].kind != Dimension::Kind::Value || info.type.dims[i].value <= 0 ||
           info.type.dims[i].value == type.getDimSize(i) ||
           (bounded && bounded.getDimension() == int64_t(i) &&
            info.type.dims[i].value < type.getDimSize(i));
  if (!fits)
    diagnostics.warn(Code::ShapeMismatch, "an output has another shape than declared")
        .at("output " + quoted(info.name))
        .expected(describe(info.type))
        .found(shownType(type));
}

static void addOutputs(const Graph &graph, Values results, const Scope &scope,
                       func::FuncOp function, ImplicitLocOpBuilder &b) {
  SmallVector<NamedAttrList> attributes(results.size());
  for (auto [output, value, own] : llvm::zip_equal(graph.outputs, results, attributes)) {
    own.set("dlc.name", b.getStringAttr(output.name));
    ElementType smallType = GraphImporter::smallTypeOf(output.name, scope);
    if (smallType == ElementType::Undefined)
      continue;
    own.append(smallTypeAttributes(b, smallType, tensorType(value).getShape()));
    value = packed({b, value}, smallType);
  }
  func::ReturnOp::create(b, results);
  function.setFunctionType(
      b.getFunctionType(function.getBody().getArgumentTypes(), TypeRange(ValueRange(results))));
  for (auto [i, own] : llvm::enumerate(attributes))
    function.setResultAttrs(i, own.getDictionary(b.getContext()));
}

// Erases ops whose results nothing uses, from the last to the first, and weights without use.
static void eraseUnused(ModuleOp module, func::FuncOp function) {
  SmallVector<Operation *> ops;
  function.walk<WalkOrder::PreOrder>([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : llvm::reverse(ops))
    if (op != function && isOpTriviallyDead(op))
      op->erase();
  llvm::DenseSet<StringRef> used;
  module.walk([&](WeightOp weight) { used.insert(weight.getWeight()); });
  for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
    if (isa<WeightDataOp, DerivedWeightOp>(op) &&
        !used.contains(SymbolTable::getSymbolName(&op).getValue()))
      op.erase();
}

OwningOpRef<ModuleOp> importModel(const Model &model, const ImportOptions &options,
                                  Diagnostics &diagnostics, MLIRContext &context) {
  context.loadDialect<DlcDialect, func::FuncDialect>();
  std::optional<std::vector<BoundInput>> inputs = bindInputs(model, options, diagnostics, context);
  if (!inputs) {
    GraphImporter(model, options.dtype, ModuleOp(), nullptr, diagnostics).reportUnsupported();
    return {};
  }
  ImplicitLocOpBuilder b(NameLoc::get(StringAttr::get(&context, shown(model.graph.name))),
                         &context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(b.getLoc());
  SmallVector<StringRef> files;
  for (const DataFile &file : model.files)
    files.push_back(file.path);
  (*module)->setAttr("dlc.files", b.getStrArrayAttr(files));
  b.setInsertionPointToStart(module->getBody());
  auto function = func::FuncOp::create(b, "main", b.getFunctionType({}, {}));
  b.setInsertionPointToStart(function.addEntryBlock());
  auto constantsEnd = UnrealizedConversionCastOp::create(b, TypeRange(), ValueRange());
  Scope scope{.graph = &model.graph};
  b.setInsertionPoint(constantsEnd);
  addInputs(*inputs, function, b, scope);
  b.setInsertionPointToEnd(&function.getBody().front());

  GraphImporter importer(model, options.dtype, *module, constantsEnd, diagnostics);
  std::optional<Values> results = importer.importGraph(scope, b);
  if (!results) {
    importer.countUnsupported();
    if (!diagnostics.hasErrors())
      diagnostics.report(Code::Internal, "a graph was not imported, and no reason was given");
    return {};
  }
  for (auto [info, value] : llvm::zip_equal(model.graph.outputs, *results))
    checkOutput(info, value, GraphImporter::smallTypeOf(info.name, scope), options.dtype,
                diagnostics);
  if (diagnostics.hasErrors())
    return {};
  addOutputs(model.graph, *results, scope, function, b);
  constantsEnd.erase();
  eraseUnused(*module, function);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](mlir::Diagnostic &diagnostic) {
    message += diagnostic.str() + "; ";
    return success();
  });
  if (failed(verify(*module))) {
    diagnostics.report(Code::Internal, "the imported module is not valid: " + message);
    return {};
  }
  return module;
}

OwningOpRef<ModuleOp> importOnnx(llvm::StringRef path, const ImportOptions &options,
                                 Diagnostics &diagnostics, MLIRContext &context) {
  std::unique_ptr<Model> model = readModel(path, diagnostics);
  if (!model)
    return {};
  return importModel(*model, options, diagnostics, context);
}

} // namespace dlc::onnx
