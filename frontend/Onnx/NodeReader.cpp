// Attributes, inputs and checks; the builders stand in NodeBuilders.cpp.
#include "Onnx/NodeReader.h"
#include "Onnx/GraphImporter.h"

using namespace mlir;

namespace dlc::onnx {

void NodeReader::refuse(Code code, const llvm::Twine &message, const llvm::Twine &expected,
                        const llvm::Twine &found) const {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.message = message.str();
  diagnostic.expected = expected.str();
  diagnostic.found = found.str();
  throw Refusal{std::move(diagnostic)};
}

void NodeReader::unsupported(const llvm::Twine &form) const {
  refuse(Code::FormUnsupported, "not supported yet: " + form);
}

void NodeReader::checkAllRead() const {
  checkNoCodes();
  for (auto [i, attribute] : llvm::enumerate(node.attributes))
    if (!readAttributes.test(i))
      refuse(Code::AttributeUnknown, "attribute " + quoted(attribute.name) + " is not known");
  for (size_t i = 0; i < operands.size(); ++i)
    if (!readInputs.test(i) && operands[i])
      refuse(Code::InputCount, "too many inputs",
             "at most " + llvm::Twine(readInputs.find_last() + 1), llvm::Twine(operands.size()));
}

llvm::StringRef NodeReader::dtype() const { return importer.dtype; }

// ---------------------------------------------------------------- attributes

const Attribute *NodeReader::find(llvm::StringRef name) {
  for (auto [i, attribute] : llvm::enumerate(node.attributes))
    if (attribute.name == name) {
      readAttributes.set(i);
      return importer.resolve(attribute);
    }
  return nullptr;
}

const Attribute *NodeReader::find(llvm::StringRef name, Attribute::Kind kind) {
  const Attribute *attribute = find(name);
  if (attribute && attribute->kind != kind)
    refuse(Code::AttributeMalformed, "attribute " + quoted(name) + " has the wrong type",
           nameOf(kind), nameOf(attribute->kind));
  return attribute;
}

const Attribute &NodeReader::required(llvm::StringRef name, Attribute::Kind kind) {
  const Attribute *attribute = find(name, kind);
  if (!attribute)
    refuse(Code::AttributeMissing, "attribute " + quoted(name) + " is missing");
  return *attribute;
}

int64_t NodeReader::integer(llvm::StringRef name) {
  return required(name, Attribute::Kind::Int).ints.at(0);
}

int64_t NodeReader::integer(llvm::StringRef name, int64_t otherwise) {
  const Attribute *attribute = find(name, Attribute::Kind::Int);
  return attribute ? attribute->ints.at(0) : otherwise;
}

double NodeReader::number(llvm::StringRef name, double otherwise) {
  const Attribute *attribute = find(name, Attribute::Kind::Float);
  return attribute ? attribute->floats.at(0) : otherwise;
}

llvm::StringRef NodeReader::text(llvm::StringRef name, llvm::StringRef otherwise,
                                 llvm::ArrayRef<llvm::StringRef> allowed) {
  const Attribute *attribute = find(name, Attribute::Kind::String);
  llvm::StringRef value = attribute ? attribute->strings.at(0) : otherwise;
  if (!llvm::is_contained(allowed, value))
    refuse(Code::AttributeInvalid, "attribute " + quoted(name) + " has a value that is not known",
           llvm::join(allowed, ", "), quoted(value));
  return value;
}

std::optional<Shape> NodeReader::integers(llvm::StringRef name) {
  const Attribute *attribute = find(name, Attribute::Kind::Ints);
  if (!attribute)
    return std::nullopt;
  return Shape(attribute->ints.begin(), attribute->ints.end());
}

std::vector<float> NodeReader::numbers(llvm::StringRef name) {
  const Attribute *attribute = find(name, Attribute::Kind::Floats);
  return attribute ? attribute->floats : std::vector<float>();
}

std::vector<llvm::StringRef> NodeReader::texts(llvm::StringRef name) {
  const Attribute *attribute = find(name, Attribute::Kind::Strings);
  return attribute ? attribute->strings : std::vector<llvm::StringRef>();
}

const Graph &NodeReader::graph(llvm::StringRef name) {
  return required(name, Attribute::Kind::Graph).graphs.at(0);
}

const Tensor *NodeReader::tensorAttribute(llvm::StringRef name) {
  const Attribute *attribute = find(name, Attribute::Kind::Tensor);
  return attribute ? &attribute->tensors.at(0) : nullptr;
}

// ---------------------------------------------------------------- inputs

bool NodeReader::has(size_t i) {
  if (i >= operands.size())
    return false;
  readInputs.set(i);
  return operands[i] != nullptr;
}

TensorExpr NodeReader::codes(size_t i) {
  asksForCodes = true;
  return elementwiseInput(i);
}

TensorExpr NodeReader::elementwiseInput(size_t i) {
  checkNoCodes();
  if (!has(i))
    refuse(Code::InputCount, "input " + llvm::Twine(i) + " is missing");
  if (!isa<RankedTensorType>(operands[i].getType()))
    refuse(Code::TypeMismatch, "input " + llvm::Twine(i) + " must be a tensor", "",
           shownType(operands[i].getType()));
  return tensor(operands[i]);
}

void NodeReader::checkNoCodes() const {
  for (ElementType type : smallTypes)
    if (type != ElementType::Undefined && !asksForCodes)
      refuse(Code::TypeUnsupported, "not supported yet: " + node.opType + " of " + nameOf(type));
}

void NodeReader::carrySmallTypes() {
  asksForCodes = true;
  for (size_t i = 1; i < operands.size(); ++i)
    if (smallType(i) != ElementType::Undefined && smallType(i) != smallType(0))
      refuse(Code::TypeMismatch, "inputs have different types", nameOf(smallType(i)));
  smallResults.assign(node.outputs.size(), smallType(0));
}

TensorExpr NodeReader::input(size_t i) {
  TensorExpr x = elementwiseInput(i);
  if (x.type().getEncoding())
    unsupported(node.opType + " of a value whose size depends on data");
  return x;
}

std::optional<TensorExpr> NodeReader::optionalInput(size_t i) {
  if (!has(i))
    return std::nullopt;
  return input(i);
}

Values NodeReader::allInputs() {
  Values values;
  for (size_t i = 0; i < operands.size(); ++i)
    values.push_back(input(i));
  if (values.empty())
    refuse(Code::InputCount, "needs an input");
  return values;
}

std::optional<Literal> NodeReader::known(size_t i) { return constantElements(input(i)); }

Shape NodeReader::integersOf(TensorExpr x, llvm::StringRef what) const {
  if (!isa<IntegerType>(x.type().getElementType()) || x.type().getRank() > 1)
    refuse(Code::TypeMismatch, what + " must be a list of integers", "", shownType(x.type()));
  std::optional<Literal> literal = constantElements(x);
  if (!literal) {
    Diagnostic diagnostic;
    diagnostic.code = Code::FormUnsupported;
    diagnostic.message =
        ("not supported yet: " + what + " that is not known at compile time").str();
    diagnostic.repair = "if it depends on an input, give its values with --shape-input INPUT=1,2,3";
    throw Refusal{std::move(diagnostic)};
  }
  Shape values;
  for (int64_t k = 0; k < literal->size(); ++k)
    values.push_back(literal->integer(k));
  return values;
}

Shape NodeReader::knownIntegers(size_t i) {
  return integersOf(input(i), ("input " + llvm::Twine(i)).str());
}

std::optional<Shape> NodeReader::integersOrInput(llvm::StringRef name, size_t i) {
  if (std::optional<Shape> values = integers(name))
    return values;
  if (has(i))
    return knownIntegers(i);
  return std::nullopt;
}

// ---------------------------------------------------------------- checks

int64_t NodeReader::axis(int64_t given, int64_t rank) const {
  int64_t value = given < 0 ? given + rank : given;
  if (value < 0 || value >= rank)
    refuse(Code::AxisOutOfRange, "axis " + llvm::Twine(given) + " is outside the rank",
           llvm::Twine(-rank) + " to " + llvm::Twine(rank - 1), llvm::Twine(given));
  return value;
}

Shape NodeReader::axes(llvm::ArrayRef<int64_t> given, int64_t rank) const {
  Shape result;
  if (given.size() > largestRank)
    refuse(Code::AttributeInvalid, "too many axes", "at most " + llvm::Twine(largestRank),
           llvm::Twine(given.size()));
  for (int64_t one : given) {
    int64_t value = axis(one, rank);
    if (llvm::is_contained(result, value))
      refuse(Code::AttributeInvalid, "axis " + llvm::Twine(one) + " is given twice");
    result.push_back(value);
  }
  return result;
}

void NodeReader::checkSize(llvm::ArrayRef<int64_t> shape, mlir::Type element) const {
  if (!boundedBytes(shape, element))
    refuse(Code::MemoryBudget, "a result exceeds the memory budget",
           "at most " + llvm::Twine(largestValueBytes) + " bytes", shownShape(shape));
}

void NodeReader::checkRank(TensorExpr x, int64_t least, int64_t most) const {
  int64_t rank = x.type().getRank();
  if (rank < least || rank > most)
    refuse(Code::ShapeMismatch, "an input has the wrong rank",
           least == most ? "rank " + std::to_string(least)
                         : "rank " + std::to_string(least) + " to " + std::to_string(most),
           shownType(x.type()));
}

void NodeReader::checkFloat(TensorExpr x) const {
  if (!isa<FloatType>(x.type().getElementType()))
    refuse(Code::TypeMismatch, "an input has the wrong type", "a float type", shownType(x.type()));
}

void NodeReader::checkSameType(TensorExpr x, TensorExpr y) const {
  if (x.type().getElementType() != y.type().getElementType())
    refuse(Code::TypeMismatch, "inputs have different types", shownType(x.type()),
           shownType(y.type()));
}

void NodeReader::checkShape(llvm::StringRef what, TensorExpr x,
                            llvm::ArrayRef<int64_t> expected) const {
  if (x.type().getShape() != expected)
    refuse(Code::ShapeMismatch, what + " has the wrong shape", shownShape(expected),
           shownShape(x.type().getShape()));
}

} // namespace dlc::onnx
