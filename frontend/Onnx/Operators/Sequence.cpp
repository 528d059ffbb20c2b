// Sequences and optional values. They exist only while importing: what is in them is known element
// by element (Subgraph.h), so their operators leave nothing behind.
#include "Onnx/FoldConstants.h"
#include "Onnx/Operators/Subgraph.h"

using namespace mlir;

namespace dlc::onnx {

static Value present(NodeReader &node, size_t i) {
  if (!node.has(i))
    node.refuse(Code::InputCount, "input " + llvm::Twine(i) + " is missing");
  return node.operands[i];
}

static Values sequenceInput(NodeReader &node, size_t i) {
  Value value = present(node, i);
  if (!isSequence(value))
    node.refuse(Code::TypeMismatch, "input " + llvm::Twine(i) + " must be a sequence", "",
                shownType(value.getType()));
  return elementsOf(value);
}

static Values sequenceOf(NodeReader &node, ValueRange elements) {
  return {buildSequence(node.builder, node.builder.getLoc(), elements)};
}

// The position that input i names among `count`, counted from the end if negative.
static int64_t knownPosition(NodeReader &node, size_t i, int64_t count) {
  Shape list = node.knownIntegers(i);
  if (list.size() != 1)
    node.refuse(Code::ShapeMismatch, "the position must be one number");
  int64_t position = list[0] < 0 ? list[0] + count : list[0];
  if (position < 0 || position >= count)
    node.refuse(Code::IndexOutOfRange, "the position is outside of the sequence",
                llvm::Twine(-count) + " to " + llvm::Twine(count - 1), llvm::Twine(list[0]));
  return position;
}

static Values sequenceConstruct(NodeReader &node) { return sequenceOf(node, node.allInputs()); }

static Values sequenceEmpty(NodeReader &node) {
  node.ignore("dtype");
  return sequenceOf(node, {});
}

static Values sequenceLength(NodeReader &node) {
  return {node.reshape(node.integerTensor({int64_t(sequenceInput(node, 0).size())}), {})};
}

// A position that the program computes chooses among equal types.
static Values sequenceAt(NodeReader &node) {
  Values elements = sequenceInput(node, 0);
  TensorExpr position = node.input(1);
  int64_t count = elements.size();
  if (constantElements(position))
    return {elements[knownPosition(node, 1, count)]};
  Values rows;
  for (Value element : elements) {
    if (element.getType() != elements[0].getType())
      node.unsupported("a position that is not known at compile time, among tensors of different "
                       "types");
    Shape shape(tensorType(element).getShape());
    shape.insert(shape.begin(), 1);
    rows.push_back(node.reshape(node.tensor(element), shape));
  }
  if (rows.empty())
    node.refuse(Code::IndexOutOfRange, "the sequence is empty");
  TensorExpr index = node.reshape(position, {});
  TensorExpr place = select(compare(CompareKind::lt, index, index.number(0)),
                            index + index.number(double(count)), index);
  return {node.build<TakeOp>(node.concat(rows, 0), place, 0)};
}

static Values sequenceInsert(NodeReader &node) {
  Values elements = sequenceInput(node, 0);
  int64_t position = elements.size();
  // One place more than there are elements; -1 is before the last.
  if (node.has(2)) {
    Shape given = node.knownIntegers(2);
    bool isEnd = given.size() == 1 && given[0] == position;
    position = isEnd ? position : knownPosition(node, 2, position);
  }
  elements.insert(elements.begin() + position, node.input(1));
  return sequenceOf(node, elements);
}

static Values sequenceErase(NodeReader &node) {
  Values elements = sequenceInput(node, 0);
  if (elements.empty())
    node.refuse(Code::IndexOutOfRange, "the sequence is empty");
  int64_t count = elements.size();
  elements.erase(elements.begin() + (node.has(1) ? knownPosition(node, 1, count) : count - 1));
  return sequenceOf(node, elements);
}

// Parts of one size (the last may be smaller), of listed sizes, or single rows.
static Values splitToSequence(NodeReader &node) {
  TensorExpr x = node.input(0);
  int64_t axis = node.axis(node.integer("axis", 0), x.type().getRank());
  bool keepsDimension = node.flag("keepdims", true) || node.has(1);
  int64_t extent = x.type().getDimSize(axis);
  Shape sizes(node.has(1) ? 0 : std::min<int64_t>(extent, 1 << 16), 1);
  if (node.has(1)) {
    sizes = node.knownIntegers(1);
    if (node.input(1).type().getRank() == 0) {
      int64_t size = sizes[0];
      if (size < 1 || extent / size > 1 << 16)
        node.refuse(Code::ShapeInvalid, "the size of the parts is out of range", "",
                    llvm::Twine(size));
      sizes.assign(extent / size, size);
      if (extent % size)
        sizes.push_back(extent % size);
    }
  }
  Values parts;
  int64_t at = 0;
  for (int64_t size : sizes) {
    if (size < 0 || size > extent - at)
      break;
    TensorExpr part = node.slice(x, axis, at, at + size);
    Shape shape(part.type().getShape());
    if (!keepsDimension)
      shape.erase(shape.begin() + axis);
    parts.push_back(node.reshape(part, shape));
    at += size;
  }
  if (at != extent)
    node.refuse(Code::ShapeInvalid, "the parts do not add up to the dimension", llvm::Twine(extent),
                shownShape(sizes));
  return sequenceOf(node, parts);
}

static Values concatFromSequence(NodeReader &node) {
  Values elements = sequenceInput(node, 0);
  if (elements.empty())
    node.refuse(Code::ShapeInvalid, "the sequence is empty");
  bool isNew = node.flag("new_axis", false);
  TensorExpr first = node.tensor(elements[0]);
  int64_t rank = first.type().getRank();
  int64_t axis = node.axis(node.integer("axis"), rank + isNew);
  for (Value element : elements)
    if (int64_t other = tensorType(element).getRank(); other != rank)
      node.refuse(Code::ShapeInvalid, "the elements of the sequence differ in rank",
                  llvm::Twine(rank), llvm::Twine(other));
  if (isNew)
    for (Value &element : elements) {
      Shape shape(tensorType(element).getShape());
      shape.insert(shape.begin() + axis, 1);
      element = node.reshape(node.tensor(element), shape);
    }
  for (Value element : elements)
    node.checkSameType(first, node.tensor(element));
  return {node.concat(elements, axis)};
}

// The body once for each element; other inputs that are sequences give theirs in step.
static Values sequenceMap(NodeReader &node) {
  const Graph &body = node.graph("body");
  Values first = sequenceInput(node, 0);
  std::vector<Values> results(body.outputs.size());
  if (body.inputs.size() != node.inputCount() || body.outputs.size() < node.node.outputs.size())
    node.refuse(Code::InputCount, "the body has other inputs or outputs than the node",
                llvm::Twine(node.inputCount()), llvm::Twine(body.inputs.size()));
  for (size_t step = 0; step < first.size(); ++step) {
    Values inputs;
    for (size_t i = 0; i < node.inputCount(); ++i) {
      Value value = present(node, i);
      if (isSequence(value) && elementsOf(value).size() != first.size())
        node.refuse(Code::ShapeMismatch, "sequences have different lengths");
      inputs.push_back(isSequence(value) ? elementsOf(value)[step] : value);
    }
    std::optional<Values> values =
        importBody(node, body, inputs, node.builder, node.importer.sink());
    if (!values)
      throw Refusal{};
    for (auto [list, value] : llvm::zip_equal(results, *values))
      list.push_back(value);
  }
  Values sequences;
  for (const Values &list : results)
    llvm::append_range(sequences, sequenceOf(node, list));
  return sequences;
}

// ---------------------------------------------------------------- optional values

static Values optional(NodeReader &node) {
  node.ignore("type");
  if (node.has(0))
    return {node.operands[0]};
  return {buildNothing(node.builder, node.builder.getLoc())};
}

static Values optionalGetElement(NodeReader &node) {
  Value value = present(node, 0);
  if (isNothing(value))
    node.refuse(Code::TypeMismatch, "the optional value has no element");
  return {value};
}

static Values optionalHasElement(NodeReader &node) {
  bool has = node.has(0) && !isNothing(node.operands[0]);
  return {node.splat({}, node.builder.getI1Type(), has)};
}

static Values identity(NodeReader &node) {
  node.carrySmallTypes();
  return {present(node, 0)};
}

void addSequences(Registry &r) {
  r.add("ConcatFromSequence", 11, concatFromSequence);
  r.add("Identity", 1, identity);
  r.add("Optional", 15, optional);
  r.add("OptionalGetElement", 15, optionalGetElement);
  r.add("OptionalHasElement", 15, optionalHasElement);
  r.add("SequenceAt", 11, sequenceAt);
  r.add("SequenceConstruct", 11, sequenceConstruct);
  r.add("SequenceEmpty", 11, sequenceEmpty);
  r.add("SequenceErase", 11, sequenceErase);
  r.add("SequenceInsert", 11, sequenceInsert);
  r.add("SequenceLength", 11, sequenceLength);
  r.add("SequenceMap", 17, sequenceMap);
  r.add("SplitToSequence", 11, splitToSequence);
}

} // namespace dlc::onnx
