// Comparisons and logic, element by element, and changes of type.
#include "Onnx/Formula.h"
#include "Onnx/Operators/Broadcast.h"
#include "Onnx/Registry.h"
#include "Onnx/SmallTypes.h"

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

static void checkInteger(NodeReader &node, TensorExpr x) {
  if (!isa<IntegerType>(x.type().getElementType()) || x.type().getElementType().isInteger(1))
    node.refuse(Code::TypeMismatch, "inputs must be integers", "", shownType(x.type()));
}

template <typename Op> static Values bitwise(NodeReader &node) {
  auto [x, y] = broadcastPair(node);
  checkInteger(node, x);
  return {Op::create(node.builder, x, y)};
}

static Values bitwiseNot(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  checkInteger(node, x);
  return {NotOp::create(node.builder, x)};
}

static Values bitShift(NodeReader &node) {
  auto [x, y] = broadcastPair(node);
  checkInteger(node, x);
  if (node.text("direction", "", {"LEFT", "RIGHT"}) == "LEFT")
    return {ShlOp::create(node.builder, x, y)};
  return {ShrOp::create(node.builder, x, y)};
}

static Values isNaN(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  node.checkFloat(x);
  return {compare(CompareKind::ne, x, x)};
}

static Values isInfinite(NodeReader &node) {
  TensorExpr x = node.elementwiseInput(0);
  node.checkFloat(x);
  bool negative = node.flag("detect_negative", true), positive = node.flag("detect_positive", true);
  TensorExpr most = x.number(INFINITY), least = x.number(-INFINITY);
  if (negative && positive)
    return {compare(CompareKind::eq, abs(x), most)};
  if (!negative && !positive)
    return {compare(CompareKind::lt, most, most)}; // nowhere
  return {compare(CompareKind::eq, x, positive ? most : least)};
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

// Elements of `x`, codes of `from` if that is a small type, as the type `to` or, of other types,
// as `element`.
static Values converted(NodeReader &node, ElementType from, ElementType to, mlir::Type element) {
  TensorExpr x = node.codes(0);
  bool saturate = node.flag("saturate", true);
  StringRef roundMode = node.text("round_mode", "up", {"up", "down", "nearest"});
  bool fromSmall = isSmall(from);
  if (!isSmall(to))
    return {fromSmall ? decoded(x, from, element) : convert(x, element)};
  node.smallResults = {to};
  if (fromSmall && from == to)
    return {x};
  mlir::Type wide = node.builder.getF32Type();
  return {encoded(fromSmall ? decoded(x, from, wide) : x, to, saturate, roundMode)};
}

static Values cast(NodeReader &node) {
  ElementType to = node.opset < 6 ? typeNamed(node) : ElementType(node.integer("to"));
  if (!isKnown(to))
    node.refuse(Code::AttributeInvalid, "attribute 'to' is no element type", "",
                std::to_string(int32_t(to)));
  mlir::Type element = elementTypeOf(to, node.dtype(), *node.builder.getContext());
  if (!element && !isSmall(to))
    node.refuse(Code::TypeUnsupported, "not supported yet: Cast to " + nameOf(to));
  return converted(node, node.smallType(0), to, element);
}

static Values castLike(NodeReader &node) {
  mlir::Type element = node.codes(1).type().getElementType();
  return converted(node, node.smallType(0), node.smallType(1), element);
}

void addLogic(Registry &r) {
  r.note("Cast", "no strings");
  r.add("And", 1, logic<AndOp>);
  r.add("BitShift", 11, bitShift);
  r.add("BitwiseAnd", 18, bitwise<AndOp>);
  r.add("BitwiseNot", 18, bitwiseNot);
  r.add("BitwiseOr", 18, bitwise<OrOp>);
  r.add("BitwiseXor", 18, bitwise<XorOp>);
  r.add("Cast", 1, cast);
  r.add("CastLike", 15, castLike);
  r.add("Equal", 1, comparison<CompareKind::eq>);
  r.add("Greater", 1, comparison<CompareKind::gt>);
  r.add("GreaterOrEqual", 12, comparison<CompareKind::ge>);
  r.add("IsInf", 10, isInfinite);
  r.add("IsNaN", 9, isNaN);
  r.add("Less", 1, comparison<CompareKind::lt>);
  r.add("LessOrEqual", 12, comparison<CompareKind::le>);
  r.add("Not", 1, negation);
  r.add("Or", 1, logic<OrOp>);
  r.add("Where", 9, where);
  r.add("Xor", 1, logic<XorOp>);
}

} // namespace dlc::onnx
