// Comparisons and logic, element by element, and changes of type.
#include "Onnx/Operators/Broadcast.h"
#include "Onnx/Registry.h"

using namespace mlir;

namespace dlc::onnx {

template <CompareKind kind> static Values comparison(NodeReader &node) {
  auto [x, y] = broadcastPair(node);
  return {compare(kind, x, y)};
}

template <typename Op> static Values logic(NodeReader &node) {
  auto [x, y] = broadcastPair(node);
  if (!x.type().getElementType().isInteger(1))
    node.refuse(Code::TypeMismatch, "inputs must be bool", "", shownType(x.type()));
  return {Op::create(node.builder, x, y)};
}

static Values negation(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  if (!x.type().getElementType().isInteger(1))
    node.refuse(Code::TypeMismatch, "the input must be bool", "", shownType(x.type()));
  return {NotOp::create(node.builder, x)};
}

static Values where(NodeReader &node) {
  TensorExpr condition = node.elementwiseInput(0);
  TensorExpr x = node.elementwiseInput(1), y = node.elementwiseInput(2);
  node.checkSameType(x, y);
  auto all = node.broadcastAll({condition, x, y});
  return {select(all[0], all[1], all[2])};
}

// The names of types in version 1.
static ElementType typeNamed(NodeReader &node) {
  constexpr std::pair<StringLiteral, ElementType> names[] = {
      {"FLOAT", ElementType::Float32},   {"UINT8", ElementType::Uint8},
      {"INT8", ElementType::Int8},       {"UINT16", ElementType::Uint16},
      {"INT16", ElementType::Int16},     {"INT32", ElementType::Int32},
      {"INT64", ElementType::Int64},     {"BOOL", ElementType::Bool},
      {"FLOAT16", ElementType::Float16}, {"DOUBLE", ElementType::Float64},
      {"UINT32", ElementType::Uint32},   {"UINT64", ElementType::Uint64}};
  SmallVector<StringRef> allowed;
  for (auto &entry : names)
    allowed.push_back(entry.first);
  StringRef name = node.text("to", "", allowed);
  return llvm::find_if(names, [&](auto &entry) { return entry.first == name; })->second;
}

static Values cast(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  ElementType to = node.opset < 6 ? typeNamed(node) : ElementType(node.integer("to"));
  for (StringRef name : {"saturate", "round_mode"}) // of small floats
    node.ignore(name);
  if (!isKnown(to))
    node.refuse(Code::AttributeInvalid, "attribute 'to' is no element type", "",
                std::to_string(int32_t(to)));
  mlir::Type element = elementTypeOf(to, node.dtype(), *node.builder.getContext());
  if (!element)
    node.refuse(Code::TypeUnsupported, "not supported yet: Cast to " + nameOf(to));
  return {convert(x, element)};
}

void addLogic(Registry &r) {
  r.add("And", 1, logic<AndOp>);
  r.add("Cast", 1, cast);
  r.add("Equal", 1, comparison<CompareKind::eq>);
  r.add("Greater", 1, comparison<CompareKind::gt>);
  r.add("GreaterOrEqual", 12, comparison<CompareKind::ge>);
  r.add("Less", 1, comparison<CompareKind::lt>);
  r.add("LessOrEqual", 12, comparison<CompareKind::le>);
  r.add("Not", 1, negation);
  r.add("Or", 1, logic<OrOp>);
  r.add("Where", 9, where);
  r.add("Xor", 1, logic<XorOp>);
}

} // namespace dlc::onnx
