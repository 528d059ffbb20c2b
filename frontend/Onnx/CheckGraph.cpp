// Names, order and attributes of graphs. Values are looked up through a chain of scopes: a subgraph
// sees what the graphs around it have defined before the node that holds it.
#include "Onnx/Check.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/bit.h"

namespace dlc::onnx {

namespace {

using Names = llvm::DenseSet<llvm::StringRef>;

struct Scope {
  const Scope *outer = nullptr;
  Names names;
  bool sees(llvm::StringRef name) const {
    for (const Scope *scope = this; scope; scope = scope->outer)
      if (scope->names.contains(name))
        return true;
    return false;
  }
};

class GraphCheck {
public:
  /// `function` is the function whose body is checked, or null.
  GraphCheck(const Function *function, Diagnostics &diagnostics)
      : function(function), diagnostics(diagnostics) {}

  void checkGraph(const Graph &graph, const Scope *outer, const Place &place);
  void checkFunction();
  void checkAttribute(const Attribute &attribute, const Scope &scope, const Place &place);

private:
  void checkInputs(const Graph &graph, Scope &scope, const Place &place);
  void checkInitializers(const Graph &graph, Scope &scope, const Place &place);
  void checkOutputs(const Graph &graph, const Scope &scope, const Place &place);
  void checkType(llvm::StringRef name, const Type &type, const Place &place);
  void checkNodes(llvm::ArrayRef<Node> nodes, Scope &scope, const Place &place);
  void checkReads(const Node &node, const Scope &scope, const Names &results, const Place &place);
  void checkAttributes(const Node &node, const Scope &scope, const Place &place);
  void define(llvm::StringRef name, Scope &scope, const Place &place);

  static std::string valueIn(llvm::StringRef role, llvm::StringRef name, const Place &place) {
    std::string text = (role + " " + quoted(name)).str();
    return place.outer || place.function ? text + " of " + place.text() : text;
  }

  const Function *function;
  Diagnostics &diagnostics;
};

void GraphCheck::define(llvm::StringRef name, Scope &scope, const Place &place) {
  bool known = scope.sees(name);
  scope.names.insert(name);
  if (known)
    diagnostics.report(Code::ValueRedefined).at(place.text()).found(quoted(name));
}

void GraphCheck::checkType(llvm::StringRef name, const Type &type, const Place &place) {
  bool hasElement = type.kind == Type::Kind::Tensor || type.kind == Type::Kind::SparseTensor;
  bool unknown = type.element != ElementType::Undefined && !isKnown(type.element);
  if (unknown)
    diagnostics.report(Code::TypeUnknown)
        .at(valueIn("value", name, place))
        .expected("1 to 26")
        .found(llvm::Twine(static_cast<int32_t>(type.element)));
  if (hasElement && !unknown) {
    std::vector<int64_t> known;
    for (const Dimension &dim : type.dims)
      if (dim.kind == Dimension::Kind::Value)
        known.push_back(dim.value);
    if (!byteCount(type.element, known))
      diagnostics.report(Code::SizeOverflow)
          .at(valueIn("value", name, place))
          .found(describe(type));
  }
  for (const Type &inner : type.inner)
    checkType(name, inner, place);
}

void GraphCheck::checkInputs(const Graph &graph, Scope &scope, const Place &place) {
  bool isMain = !place.outer;
  for (const ValueInfo &input : graph.inputs) {
    if (input.name.empty()) {
      diagnostics.report(Code::ValueUnnamed).at("inputs of " + place.text());
      continue;
    }
    // The specification forbids an input of a subgraph to hide a name; its checker lets it pass,
    // and the meaning is clear.
    bool hides = scope.sees(input.name);
    if (!scope.names.insert(input.name).second)
      diagnostics.report(Code::ValueRedefined).at(valueIn("input", input.name, place));
    else if (hides)
      diagnostics.warn(Code::ValueRedefined, "an input of a subgraph hides a value around it")
          .at(valueIn("input", input.name, place));
    checkType(input.name, input.type, place);
    bool typed =
        input.type.kind != Type::Kind::None &&
        (input.type.kind != Type::Kind::Tensor || input.type.element != ElementType::Undefined);
    if (isMain && !typed)
      diagnostics.report(Code::TypeMissing).at(valueIn("input", input.name, place));
  }
}

void GraphCheck::checkInitializers(const Graph &graph, Scope &scope, const Place &place) {
  Names initializers;
  auto check = [&](llvm::StringRef name) {
    if (name.empty()) {
      diagnostics.report(Code::TensorUnnamed).at("initializers of " + place.text());
      return;
    }
    if (!initializers.insert(name).second)
      diagnostics.report(Code::InitializerDuplicate).at(valueIn("initializer", name, place));
    else if (!scope.names.contains(name)) // else it is the default of an input
      define(name, scope, place);
  };
  for (const Tensor &tensor : graph.initializers)
    check(tensor.name);
  for (const SparseTensor &tensor : graph.sparseInitializers)
    check(tensor.name());
}

void GraphCheck::checkOutputs(const Graph &graph, const Scope &scope, const Place &place) {
  bool isMain = !place.outer;
  if (isMain && graph.outputs.empty())
    diagnostics.report(Code::NoOutputs);
  Names outputs;
  for (const ValueInfo &output : graph.outputs) {
    if (output.name.empty())
      diagnostics.report(Code::ValueUnnamed).at("outputs of " + place.text());
    else if (!scope.sees(output.name))
      diagnostics.report(Code::OutputUndefined).at(valueIn("output", output.name, place));
    else if (!outputs.insert(output.name).second && isMain)
      diagnostics.report(Code::ValueRedefined, "a graph output is listed twice")
          .at(valueIn("output", output.name, place));
    checkType(output.name, output.type, place);
  }
}

void GraphCheck::checkReads(const Node &node, const Scope &scope, const Names &results,
                            const Place &place) {
  for (llvm::StringRef input : node.inputs) {
    if (input.empty() || scope.sees(input))
      continue;
    // The nodes were sorted: a result that is not there yet comes from a cycle, which is reported
    // once.
    if (!results.contains(input))
      diagnostics.report(Code::ValueUndefined).at(place.text()).found(quoted(input));
  }
}

void GraphCheck::checkAttribute(const Attribute &attribute, const Scope &scope,
                                const Place &place) {
  using Kind = Attribute::Kind;
  Place here = place.in(attribute);
  auto refuse = [&](Code code, const llvm::Twine &expected, const llvm::Twine &found) {
    diagnostics.report(code).at(here.text()).expected(expected).found(found);
  };
  if (attribute.name.empty())
    refuse(Code::AttributeMalformed, "a name", "none");
  if (!attribute.reference.empty()) {
    auto isReferred = [&](const Attribute &given) { return given.name == attribute.reference; };
    if (!function)
      refuse(Code::ReferenceOutsideFunction, "", quoted(attribute.reference));
    else if (!llvm::is_contained(function->attributes, attribute.reference) &&
             llvm::none_of(function->defaults, isReferred))
      refuse(Code::ReferenceOutsideFunction, "an attribute of the function",
             quoted(attribute.reference));
    else if (attribute.kindsPresent)
      refuse(Code::AttributeMalformed, "a reference or a value", "both");
    return;
  }
  uint32_t claimed = 1u << static_cast<unsigned>(attribute.kind);
  bool isSingleMessage = attribute.kind == Kind::Tensor || attribute.kind == Kind::Graph ||
                         attribute.kind == Kind::SparseTensor || attribute.kind == Kind::Type;
  if (attribute.kind == Kind::Undefined)
    refuse(Code::AttributeMalformed, "a type from 1 to 14",
           attribute.kindNumber ? llvm::Twine(attribute.kindNumber) : llvm::Twine("none"));
  else if (attribute.kindsPresent & ~claimed)
    refuse(Code::AttributeMalformed, "a value of type " + nameOf(attribute.kind),
           "type " +
               nameOf(static_cast<Kind>(llvm::countr_zero(attribute.kindsPresent & ~claimed))));
  else if (isSingleMessage && !attribute.kindsPresent)
    refuse(Code::AttributeMalformed, "a value of type " + nameOf(attribute.kind), "none");
  for (const Type &type : attribute.types)
    checkType(attribute.name, type, place);
  for (const Graph &graph : attribute.graphs)
    checkGraph(graph, &scope, here.in(graph));
}

void GraphCheck::checkAttributes(const Node &node, const Scope &scope, const Place &place) {
  Names names;
  for (const Attribute &attribute : node.attributes) {
    if (!names.insert(attribute.name).second)
      diagnostics.report(Code::AttributeDuplicate).at(place.in(attribute).text());
    checkAttribute(attribute, scope, place);
  }
}

void GraphCheck::checkNodes(llvm::ArrayRef<Node> nodes, Scope &scope, const Place &place) {
  Names results;
  for (const Node &node : nodes)
    results.insert(node.outputs.begin(), node.outputs.end());
  for (const Node &node : nodes) {
    Place here = place.in(node);
    if (node.opType.empty())
      diagnostics.report(Code::OperatorEmpty).at(here.text());
    checkReads(node, scope, results, here);
    checkAttributes(node, scope, here);
    for (llvm::StringRef output : node.outputs)
      if (!output.empty())
        define(output, scope, here);
  }
}

void GraphCheck::checkGraph(const Graph &graph, const Scope *outer, const Place &place) {
  Scope scope{outer, {}};
  checkInputs(graph, scope, place);
  checkInitializers(graph, scope, place);
  checkNodes(graph.nodes, scope, place);
  checkOutputs(graph, scope, place);
  for (const ValueInfo &value : graph.valueInfos)
    checkType(value.name, value.type, place);
}

void GraphCheck::checkFunction() {
  Place place{.function = function};
  Scope scope;
  for (llvm::StringRef input : function->inputs)
    if (input.empty())
      diagnostics.report(Code::ValueUnnamed).at("inputs of " + place.text());
    else
      define(input, scope, place);
  Names names(function->attributes.begin(), function->attributes.end());
  for (const Attribute &attribute : function->defaults) {
    if (!names.insert(attribute.name).second)
      diagnostics.report(Code::AttributeDuplicate).at(place.in(attribute).text());
    checkAttribute(attribute, Scope(), place);
  }
  checkNodes(function->nodes, scope, place);
  for (llvm::StringRef output : function->outputs)
    if (!scope.sees(output))
      diagnostics.report(Code::OutputUndefined).at(valueIn("output", output, place));
}

} // namespace

void checkGraphs(const Model &model, Diagnostics &diagnostics) {
  GraphCheck(nullptr, diagnostics).checkGraph(model.graph, nullptr, Place{.graph = &model.graph});
  for (const Function &function : model.functions)
    GraphCheck(&function, diagnostics).checkFunction();
}

} // namespace dlc::onnx
