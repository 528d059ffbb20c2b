#include "Onnx/GraphImporter.h"
#include "Onnx/SmallTypes.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;

namespace dlc::onnx {

// Names of nodes in backtraces and diagnostics: "conv1 (Conv)".
static Location locationOf(const Node &node, MLIRContext *context) {
  llvm::StringRef name = node.name;
  if (name.empty() && !node.outputs.empty())
    name = node.outputs.front();
  return NameLoc::get(StringAttr::get(context, shown(name) + " (" + shown(node.opType) + ")"));
}

// Constants and weights stand at the function's start, so that all regions see them.
Value GraphImporter::constantOf(const Tensor &tensor, llvm::StringRef name, llvm::StringRef place) {
  MLIRContext *context = constantsEnd->getContext();
  ImplicitLocOpBuilder b(NameLoc::get(StringAttr::get(context, shown(name))), context);
  b.setInsertionPoint(constantsEnd);
  if (!isSmall(tensor.type))
    return weights.build(b, tensor, name, place, *diagnostics);
  Tensor packed = tensor;
  packed.type = ElementType::Uint8;
  packed.dims = {byteCount(tensor.type, tensor.dims).value_or(0)};
  Value bytes = weights.build(b, packed, name, place, *diagnostics);
  return bytes ? unpacked({b, bytes}, tensor.dims, tensor.type).value : Value();
}

ElementType GraphImporter::smallTypeOf(llvm::StringRef name, const Scope &scope) {
  for (const Scope *at = &scope; at; at = at->outer)
    if (at->values.contains(name))
      return at->smallTypes.lookup(name);
  return ElementType::Undefined;
}

std::optional<Value> GraphImporter::lookup(llvm::StringRef name, Scope &scope) {
  for (Scope *at = &scope; at; at = at->outer) {
    if (auto entry = at->values.find(name); entry != at->values.end())
      return entry->second;
    if (auto entry = at->initializers.find(name); entry != at->initializers.end()) {
      Value value = constantOf(*entry->second, name, "initializer " + quoted(name));
      at->values[name] = value;
      if (isSmall(entry->second->type))
        at->smallTypes[name] = entry->second->type;
      return value;
    }
  }
  return std::nullopt;
}

// ---------------------------------------------------------------- what is not supported

static std::string shownTypes(llvm::ArrayRef<Value> operands) {
  std::vector<std::string> types;
  for (Value operand : operands)
    types.push_back(operand ? shownType(operand.getType()) : "?");
  return "(" + llvm::join(types, ", ") + ")";
}

// " named 'x', 'w'": a node without a name is found by what it reads.
static std::string shownNames(const Node &node) {
  constexpr size_t most = 4;
  std::vector<std::string> names;
  for (llvm::StringRef name : llvm::ArrayRef(node.inputs).take_front(most))
    names.push_back(quoted(name));
  if (node.inputs.size() > most)
    names.push_back("...");
  return names.empty() ? "" : " named " + llvm::join(names, ", ");
}

const Decomposition *
GraphImporter::decompositionOf(const Node &node, llvm::ArrayRef<Value> operands, int64_t &opset) {
  opset = opsetOf(node.domain);
  std::string place = placeOfNode(node);
  std::string types = operands.empty() ? "" : "inputs " + shownTypes(operands) + shownNames(node);
  std::string name = "operator " + quoted(node.opType);
  auto report = [&](Code code, const llvm::Twine &message) {
    diagnostics->report(code, message).at(place).found(types);
    Refused &count =
        refused[name + (node.domain.empty() ? "" : " of domain " + quoted(node.domain))];
    if (count.nodes++ == 0)
      count.firstPlace = place;
    return nullptr;
  };
  const Registry &registry = Registry::get();
  std::string key = (node.domain.empty() ? "" : node.domain + ".").str() + node.opType.str();
  if (const Decomposition *decomposition = registry.find(key, opset))
    return decomposition;
  if (!node.domain.empty())
    return report(Code::DomainUnknown,
                  name + " of domain " + quoted(node.domain) +
                      (opset ? " (version " + std::to_string(opset) + ") is not supported"
                             : " is not supported; the domain is not in opset_import"));
  if (registry.isKnown(node.opType))
    return report(Code::OperatorUnknown,
                  name + " is not in the default domain at opset " + llvm::Twine(opset));
  bool exists = isOnnxOperator(node.opType);
  return report(
      exists ? Code::OperatorUnsupported : Code::OperatorUnknown,
      name + (exists ? " is not supported yet (opset " : " is not in the default domain (opset ") +
          llvm::Twine(opset) + ")");
}

void GraphImporter::reportUnsupported(const Node &node) {
  int64_t opset;
  if (!functionOf(node))
    decompositionOf(node, {}, opset);
  reportUnsupportedIn(node);
}

void GraphImporter::countUnsupported() {
  for (const auto &[name, count] : refused) {
    if (count.nodes == 1)
      continue;
    Diagnostic note;
    note.code = Code::OperatorUnsupported;
    note.severity = Severity::Note;
    note.message =
        std::to_string(count.nodes) + " nodes have " + name + "; the first is " + count.firstPlace;
    diagnostics->add(std::move(note));
  }
}

// The nodes of subgraphs that are not walked.
void GraphImporter::reportUnsupportedIn(const Node &node) {
  for (const Attribute &attribute : node.attributes)
    for (const Graph &graph : attribute.graphs)
      for (const Node &inner : graph.nodes)
        reportUnsupported(inner);
}

// ---------------------------------------------------------------- one node

// Verifies and folds what a node built; its values may change by that.
void GraphImporter::checkBuilt(Block &block, Operation *before, NodeReader &reader,
                               Values &results) {
  // A holder keeps track of the values while ops are replaced.
  SmallVector<Value> held =
      llvm::to_vector(llvm::make_filter_range(results, [](Value v) { return !!v; }));
  auto holder = UnrealizedConversionCastOp::create(reader.builder, TypeRange(), held);
  std::string message;
  bool bad = false;
  {
    ScopedDiagnosticHandler handler(holder->getContext(), [&](mlir::Diagnostic &diagnostic) {
      if (message.empty())
        message = diagnostic.str();
      return success();
    });
    for (Operation *op = before ? before->getNextNode() : &block.front(); op != holder && !bad;
         op = op->getNextNode())
      bad = failed(verify(op, /*verifyRecursively=*/false));
    if (!bad) {
      if (succeeded(folder.fold(block, before, holder))) {
        auto value = holder.getOperands().begin();
        for (Value &result : results)
          if (result)
            result = *value++;
      } else {
        holder.erase();
        reader.refuse(Code::IndexOutOfRange, message);
      }
    }
  }
  holder.erase();
  if (bad)
    reader.refuse(Code::TypeMismatch, message);
}

void GraphImporter::importNode(const Node &node, Scope &scope, ImplicitLocOpBuilder &b) {
  Values operands;
  std::vector<ElementType> smallTypes;
  bool lost = false;
  for (llvm::StringRef name : node.inputs) {
    // A name without a value is an input that the caller of a function leaves out.
    std::optional<Value> value = name.empty() ? std::nullopt : lookup(name, scope);
    operands.push_back(value.value_or(Value()));
    smallTypes.push_back(smallTypeOf(name, scope));
    lost |= value && !*value;
  }
  auto setAll = [&](llvm::ArrayRef<Value> values, llvm::ArrayRef<ElementType> smallTypes = {}) {
    for (auto [i, name] : llvm::enumerate(node.outputs)) {
      if (name.empty())
        continue;
      scope.values[name] = i < values.size() ? values[i] : Value();
      if (i < smallTypes.size() && smallTypes[i] != ElementType::Undefined)
        scope.smallTypes[name] = smallTypes[i];
    }
  };
  int64_t opset = 0;
  const Function *function = functionOf(node);
  const Decomposition *decomposition = function ? nullptr : decompositionOf(node, operands, opset);
  if (function && !lost) {
    Values results = callFunction(node, *function, operands, smallTypes, b);
    return setAll(results, smallTypes);
  }
  if (!decomposition || lost) {
    reportUnsupportedIn(node);
    return setAll({});
  }
  Operation *before = nullptr;
  Block *block = b.getInsertionBlock();
  if (!block->empty() && b.getInsertionPoint() != block->begin())
    before = &*std::prev(b.getInsertionPoint());
  Location outer = b.getLoc();
  Scope *outerScope = std::exchange(current, &scope);
  b.setLoc(locationOf(node, b.getContext()));
  NodeReader reader(*this, node, opset, operands, b);
  reader.smallTypes = std::move(smallTypes);
  try {
    Values results = (*decomposition)(reader);
    reader.checkAllRead();
    for (auto [i, name] : llvm::enumerate(node.outputs)) {
      if (name.empty())
        continue;
      if (i >= results.size())
        reader.refuse(Code::OutputCount, "too many outputs", llvm::Twine(results.size()),
                      llvm::Twine(node.outputs.size()));
      if (!results[i])
        reader.unsupported("output " + llvm::Twine(i) + " of " + node.opType);
    }
    checkBuilt(*block, before, reader, results);
    setAll(results, reader.smallResults);
  } catch (Refusal &refusal) {
    if (refusal.diagnostic) {
      refusal.diagnostic->place = placeOfNode(node);
      std::string &found = refusal.diagnostic->found;
      found +=
          (found.empty() ? "inputs " : " in inputs ") + shownTypes(operands) + shownNames(node);
      diagnostics->add(std::move(*refusal.diagnostic));
    }
    // What was built before the fault is not reachable by name; it must not stay half made.
    while (!block->empty() && &block->back() != before)
      block->back().erase();
    b.setInsertionPointToEnd(block);
    setAll({});
  }
  current = outerScope;
  b.setLoc(outer);
}

// ---------------------------------------------------------------- functions of the model

int64_t GraphImporter::opsetOf(llvm::StringRef domain) const {
  if (frame)
    for (const OpsetImport &import : frame->function.opsets)
      if (import.domain == domain)
        return import.version;
  return model.opset(domain);
}

std::string GraphImporter::placeOfNode(const Node &node) const {
  std::string place = placeOf(node, opsetOf(node.domain));
  return frame ? place + " of function " + quoted(frame->function.name) : place;
}

const Function *GraphImporter::functionOf(const Node &node) const {
  for (const Function &function : model.functions)
    if (function.name == node.opType && function.domain == node.domain &&
        function.overload == node.overload)
      return &function;
  return nullptr;
}

const Attribute *GraphImporter::resolve(const Attribute &attribute) const {
  if (attribute.reference.empty())
    return &attribute;
  return frame ? frame->attributes.lookup(attribute.reference) : nullptr;
}

// A call is its body, with values for its inputs; that functions end and stay small was checked.
Values GraphImporter::callFunction(const Node &node, const Function &function,
                                   const Values &operands, std::vector<ElementType> &smallTypes,
                                   ImplicitLocOpBuilder &b) {
  Frame inner{function};
  for (const Attribute &attribute : function.defaults)
    inner.attributes[attribute.name] = &attribute;
  for (const Attribute &attribute : node.attributes)
    if (const Attribute *value = resolve(attribute))
      inner.attributes[attribute.name] = value;
  Scope scope;
  for (auto [name, operand, smallType] : llvm::zip(function.inputs, operands, smallTypes))
    if (operand) {
      scope.values[name] = operand;
      scope.smallTypes[name] = smallType;
    }
  const Frame *outer = std::exchange(frame, &inner);
  for (const Node &each : function.nodes)
    importNode(each, scope, b);
  frame = outer;
  Values results;
  smallTypes.clear();
  for (llvm::StringRef name : function.outputs) {
    results.push_back(lookup(name, scope).value_or(Value()));
    smallTypes.push_back(smallTypeOf(name, scope));
  }
  return results;
}

const Type *GraphImporter::declaredType(llvm::StringRef name) const {
  if (!current->graph)
    return nullptr;
  for (const auto *list : {&current->graph->valueInfos, &current->graph->outputs})
    for (const ValueInfo &info : *list)
      if (info.name == name)
        return &info.type;
  return nullptr;
}

// ---------------------------------------------------------------- graphs

std::optional<Values> GraphImporter::importGraph(Scope &scope, ImplicitLocOpBuilder &b) {
  const Graph &graph = *scope.graph;
  size_t before = diagnostics->errorCount();
  for (const Tensor &tensor : graph.initializers)
    if (!scope.values.contains(tensor.name))
      scope.initializers[tensor.name] = &tensor;
  for (const SparseTensor &tensor : graph.sparseInitializers)
    diagnostics->report(Code::FieldUnsupported, "not supported yet: a sparse initializer")
        .at("initializer " + quoted(tensor.name()));
  for (const Node &node : graph.nodes)
    importNode(node, scope, b);
  Values results;
  for (const ValueInfo &output : graph.outputs) {
    results.push_back(lookup(output.name, scope).value_or(Value()));
    if (ElementType type = smallTypeOf(output.name, scope);
        scope.outer && type != ElementType::Undefined)
      diagnostics
          ->report(Code::TypeUnsupported,
                   "not supported yet: " + nameOf(type) + " as the result of a subgraph")
          .at("output " + quoted(output.name));
  }
  if (diagnostics->errorCount() != before || llvm::is_contained(results, Value()))
    return std::nullopt;
  return results;
}

std::optional<Values> GraphImporter::importSubgraph(const Graph &graph, ValueRange inputs,
                                                    ImplicitLocOpBuilder &b, Diagnostics &place) {
  // Copies of bodies within copies of bodies must end.
  constexpr size_t copiedMost = size_t(1) << 19;
  copied += graph.nodes.size() + 1;
  if (copied > copiedMost) {
    Diagnostic diagnostic;
    diagnostic.code = Code::FunctionTooLarge;
    diagnostic.message = "the copies of loop bodies expand to too many nodes";
    diagnostic.expected = "at most " + std::to_string(copiedMost);
    throw Refusal{std::move(diagnostic)};
  }
  Scope scope{.outer = current, .graph = &graph};
  for (auto [info, value] : llvm::zip_equal(graph.inputs, inputs))
    scope.values[info.name] = value;
  Diagnostics *outer = std::exchange(diagnostics, &place);
  std::optional<Values> results = importGraph(scope, b);
  diagnostics = outer;
  return results;
}

} // namespace dlc::onnx
