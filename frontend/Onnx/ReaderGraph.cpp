// Model, graph, function, node and attribute messages.
#include "Onnx/ReaderDecoder.h"
#include "Onnx/ReaderFields.h"
#include "llvm/ADT/bit.h"

namespace dlc::onnx {

namespace {

/// The first files of ONNX have no type in an attribute: there the field that is present decides.
/// Writers of the newer protobuf syntax leave out a single 0, 0.0 or "".
void settleKind(Attribute &attribute) {
  using Kind = Attribute::Kind;
  bool known =
      attribute.kindNumber > 0 && attribute.kindNumber <= static_cast<int64_t>(Kind::Types);
  if (known)
    attribute.kind = static_cast<Kind>(attribute.kindNumber);
  else if (attribute.kindNumber == 0 && llvm::has_single_bit(attribute.kindsPresent))
    attribute.kind = static_cast<Kind>(llvm::countr_zero(attribute.kindsPresent));
  if (attribute.kindsPresent != 0 || !attribute.reference.empty())
    return;
  if (attribute.kind == Kind::Float)
    attribute.floats.push_back(0);
  if (attribute.kind == Kind::Int)
    attribute.ints.push_back(0);
  if (attribute.kind == Kind::String)
    attribute.strings.push_back("");
}

} // namespace

bool Decoder::read(llvm::StringRef message, Model &model) {
  using namespace field::model;
  FieldWalk walk(message, {irVersion, producerName, producerVersion, domain, modelVersion, graph});
  bool hasGraph = false;
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case irVersion:
      good = readInteger(field, model.irVersion);
      break;
    case producerName:
      good = readString(field, model.producer);
      break;
    case producerVersion:
      good = readString(field, model.producerVersion);
      break;
    case domain:
      good = readString(field, model.domain);
      break;
    case modelVersion:
      good = readInteger(field, model.modelVersion);
      break;
    case graph:
      good = expect(field, WireType::Bytes) && read(field.bytes, model.graph, 0);
      hasGraph |= good;
      break;
    case opsetImport:
      good = readInto(field, model.opsets);
      break;
    case metadata:
      good = readInto(field, model.metadata);
      break;
    case trainingInfo:
      model.hasTraining = true;
      break;
    case functions:
      good = readInto(field, model.functions);
      break;
    }
    if (!good && broken)
      return false;
  }
  if (!finish(walk))
    return false;
  if (!hasGraph)
    diagnostics.report(Code::NoGraph);
  return hasGraph;
}

bool Decoder::read(llvm::StringRef message, OpsetImport &opset) {
  using namespace field::opset;
  FieldWalk walk(message, {domain, version});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case domain:
      good = readDomain(field, opset.domain);
      break;
    case version:
      good = readInteger(field, opset.version);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, StringPair &pair) {
  using namespace field::entry;
  FieldWalk walk(message, {key, value});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case key:
      good = readString(field, pair.key);
      break;
    case value:
      good = readString(field, pair.value);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, Graph &result, unsigned depth) {
  using namespace field::graph;
  if (depth > deepestGraph)
    return fail(Code::TooDeep, message.begin(),
                "at most " + std::to_string(deepestGraph) + " nested subgraphs", "more");
  FieldWalk walk(message, {name});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case node:
      good = readInto(field, result.nodes, depth);
      if (good)
        result.nodes.back().ordinal = result.nodes.size() - 1;
      break;
    case name:
      good = readString(field, result.name);
      break;
    case initializer:
      good = readInto(field, result.initializers);
      break;
    case sparseInitializer:
      good = readInto(field, result.sparseInitializers);
      break;
    case input:
      good = readInto(field, result.inputs);
      break;
    case output:
      good = readInto(field, result.outputs);
      break;
    case valueInfo:
      good = readInto(field, result.valueInfos);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, Function &result) {
  using namespace field::function;
  FieldWalk walk(message, {name, domain, overload});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case name:
      good = readString(field, result.name);
      break;
    case domain:
      good = readDomain(field, result.domain);
      break;
    case overload:
      good = readString(field, result.overload);
      break;
    case input:
      good = readStrings(field, result.inputs);
      break;
    case output:
      good = readStrings(field, result.outputs);
      break;
    case attribute:
      good = readStrings(field, result.attributes);
      break;
    case attributeProto:
      good = readInto(field, result.defaults, 0u);
      break;
    case node:
      good = readInto(field, result.nodes, 0u);
      if (good)
        result.nodes.back().ordinal = result.nodes.size() - 1;
      break;
    case opsetImport:
      good = readInto(field, result.opsets);
      break;
    case valueInfo:
      good = readInto(field, result.valueInfos);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, Node &node, unsigned depth) {
  using namespace field::node;
  FieldWalk walk(message, {name, opType, domain, overload});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case input:
      good = readStrings(field, node.inputs);
      break;
    case output:
      good = readStrings(field, node.outputs);
      break;
    case name:
      good = readString(field, node.name);
      break;
    case opType:
      good = readString(field, node.opType);
      break;
    case attribute:
      good = readInto(field, node.attributes, depth);
      break;
    case domain:
      good = readDomain(field, node.domain);
      break;
    case overload:
      good = readString(field, node.overload);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, Attribute &result, unsigned depth) {
  using namespace field::attribute;
  using Kind = Attribute::Kind;
  FieldWalk walk(message, {name, singleFloat, singleInt, singleString, tensor, graph, typeProto,
                           type, reference, sparseTensor});
  auto present = [&](Kind kind) { result.kindsPresent |= 1u << static_cast<unsigned>(kind); };
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case name:
      good = readString(field, result.name);
      break;
    case reference:
      good = readString(field, result.reference);
      break;
    case type:
      good = readInteger(field, result.kindNumber);
      break;
    case singleFloat:
      present(Kind::Float);
      good = expect(field, WireType::Fixed32) && readFloats(field, result.floats);
      break;
    case singleInt:
      present(Kind::Int);
      good = expect(field, WireType::Varint) && readIntegers(field, result.ints);
      break;
    case singleString:
      present(Kind::String);
      good = readStrings(field, result.strings);
      break;
    case tensor:
      present(Kind::Tensor);
      good = readInto(field, result.tensors);
      break;
    case graph:
      present(Kind::Graph);
      good = readInto(field, result.graphs, depth + 1);
      break;
    case sparseTensor:
      present(Kind::SparseTensor);
      good = readInto(field, result.sparseTensors);
      break;
    case typeProto:
      present(Kind::Type);
      good = readInto(field, result.types, 0u);
      break;
    case floats:
      present(Kind::Floats);
      good = readFloats(field, result.floats);
      break;
    case ints:
      present(Kind::Ints);
      good = readIntegers(field, result.ints);
      break;
    case strings:
      present(Kind::Strings);
      good = readStrings(field, result.strings);
      break;
    case tensors:
      present(Kind::Tensors);
      good = readInto(field, result.tensors);
      break;
    case graphs:
      present(Kind::Graphs);
      good = readInto(field, result.graphs, depth + 1);
      break;
    case sparseTensors:
      present(Kind::SparseTensors);
      good = readInto(field, result.sparseTensors);
      break;
    case typeProtos:
      present(Kind::Types);
      good = readInto(field, result.types, 0u);
      break;
    }
    if (!good && broken)
      return false;
  }
  settleKind(result);
  return finish(walk);
}

} // namespace dlc::onnx
