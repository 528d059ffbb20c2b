#include "Onnx/Model.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"

namespace dlc::onnx {

namespace {

struct ElementFacts {
  llvm::StringLiteral name;
  unsigned bits;
};

// Indexed by the number of the type.
constexpr ElementFacts elementFacts[] = {
    {"undefined", 0},      {"float", 32},       {"uint8", 8},          {"int8", 8},
    {"uint16", 16},        {"int16", 16},       {"int32", 32},         {"int64", 64},
    {"string", 0},         {"bool", 8},         {"float16", 16},       {"double", 64},
    {"uint32", 32},        {"uint64", 64},      {"complex64", 64},     {"complex128", 128},
    {"bfloat16", 16},      {"float8e4m3fn", 8}, {"float8e4m3fnuz", 8}, {"float8e5m2", 8},
    {"float8e5m2fnuz", 8}, {"uint4", 4},        {"int4", 4},           {"float4e2m1", 4},
    {"float8e8m0", 8},     {"uint2", 2},        {"int2", 2},
};

const ElementFacts *factsOf(ElementType type) {
  auto number = static_cast<int32_t>(type);
  if (number < 0 || static_cast<size_t>(number) >= std::size(elementFacts))
    return nullptr;
  return &elementFacts[number];
}

size_t countNodes(const Graph &graph) {
  size_t count = graph.nodes.size();
  for (const Node &node : graph.nodes)
    for (const Attribute &attribute : node.attributes)
      for (const Graph &inner : attribute.graphs)
        count += countNodes(inner);
  return count;
}

} // namespace

bool isKnown(ElementType type) { return type != ElementType::Undefined && factsOf(type); }

unsigned bitsOf(ElementType type) {
  const ElementFacts *facts = factsOf(type);
  return facts ? facts->bits : 0;
}

std::string nameOf(ElementType type) {
  if (const ElementFacts *facts = factsOf(type))
    return facts->name.str();
  return "element type " + std::to_string(static_cast<int32_t>(type));
}

std::optional<int64_t> elementCount(llvm::ArrayRef<int64_t> dims) {
  int64_t product = 1;
  bool empty = false;
  for (int64_t dim : dims) {
    if (dim < 0)
      return std::nullopt;
    empty |= dim == 0;
    if (llvm::MulOverflow(product, std::max<int64_t>(dim, 1), product))
      return std::nullopt;
  }
  return empty ? 0 : product;
}

std::optional<int64_t> byteCount(ElementType type, llvm::ArrayRef<int64_t> dims) {
  std::optional<int64_t> count = elementCount(dims);
  int64_t bits = 0;
  if (!count || llvm::MulOverflow<int64_t>(*count, bitsOf(type), bits))
    return std::nullopt;
  return bits / 8 + (bits % 8 != 0);
}

std::string describe(const Type &type) {
  std::string inner = type.inner.empty() ? "?" : describe(type.inner.front());
  switch (type.kind) {
  case Type::Kind::None:
    return "no type";
  case Type::Kind::Opaque:
    return "opaque";
  case Type::Kind::Sequence:
    return "seq(" + inner + ")";
  case Type::Kind::Optional:
    return "optional(" + inner + ")";
  case Type::Kind::Map:
    return "map(" + nameOf(type.element) + ", " + inner + ")";
  case Type::Kind::Tensor:
  case Type::Kind::SparseTensor:
    break;
  }
  std::string text = type.kind == Type::Kind::Tensor ? "tensor(" : "sparse_tensor(";
  text += nameOf(type.element) + ")";
  if (!type.hasShape)
    return text;
  text += "[";
  llvm::StringRef separator = "";
  for (const Dimension &dim : type.dims) {
    text += separator;
    separator = ",";
    if (dim.kind == Dimension::Kind::Value)
      text += std::to_string(dim.value);
    else
      text += dim.kind == Dimension::Kind::Symbol ? shown(dim.symbol, 40) : "?";
  }
  return text + "]";
}

llvm::StringRef nameOf(Attribute::Kind kind) {
  static constexpr llvm::StringLiteral names[] = {
      "no type",        "FLOAT",      "INT",        "STRING",  "TENSOR", "GRAPH",
      "FLOATS",         "INTS",       "STRINGS",    "TENSORS", "GRAPHS", "SPARSE_TENSOR",
      "SPARSE_TENSORS", "TYPE_PROTO", "TYPE_PROTOS"};
  return names[static_cast<size_t>(kind)];
}

const Attribute *Node::find(llvm::StringRef attribute) const {
  for (const Attribute &candidate : attributes)
    if (candidate.name == attribute)
      return &candidate;
  return nullptr;
}

int64_t Model::opset(llvm::StringRef domain) const {
  for (const OpsetImport &import : opsets)
    if (import.domain == domain)
      return import.version;
  return 0;
}

std::optional<FileExtent> Model::extentOf(const Tensor &tensor) const {
  std::optional<llvm::StringRef> stored = tensor.storedBytes();
  if (!stored)
    return std::nullopt;
  if (stored->empty())
    return FileExtent{tensor.file, 0, 0};
  const char *begin = files[tensor.file].buffer->getBufferStart();
  return FileExtent{tensor.file, static_cast<uint64_t>(stored->begin() - begin), stored->size()};
}

size_t Model::nodeCount() const { return countNodes(graph); }

std::string placeOf(const Node &node, int64_t opset) {
  std::string text =
      node.name.empty() ? "node " + std::to_string(node.ordinal) : "node " + quoted(node.name);
  text += " (" + (node.domain.empty() ? "" : shown(node.domain, 60) + ".") + shown(node.opType, 60);
  if (opset)
    text += ", opset " + std::to_string(opset);
  return text + ")";
}

} // namespace dlc::onnx
