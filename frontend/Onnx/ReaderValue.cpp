// Messages of values: tensors, sparse tensors, types and shapes.
#include "Onnx/ReaderDecoder.h"
#include "Onnx/ReaderFields.h"

namespace dlc::onnx {

bool Decoder::readData(const Field &field, DataField kind, Tensor &tensor) {
  WireType numberType = WireType::Varint;
  if (kind == DataField::Float)
    numberType = WireType::Fixed32;
  if (kind == DataField::Double)
    numberType = WireType::Fixed64;
  if (field.type != numberType && !expect(field, WireType::Bytes))
    return false;
  if (field.type == WireType::Bytes && field.bytes.empty())
    return true;

  unsigned bit = 1u << static_cast<unsigned>(kind);
  bool first = !(tensor.fieldsPresent & bit);
  tensor.fieldsPresent |= bit;
  // Data in two fields are refused later; the first field is kept.
  if (tensor.field != DataField::None && tensor.field != kind)
    return true;
  tensor.field = kind;
  if (first && field.type == WireType::Bytes) {
    tensor.encoded = field.bytes;
    return true;
  }

  auto append = [&](uint64_t number) { tensor.decoded.push_back(number); };
  // Numbers outside of one packed field, or several packed fields: hold all of them decoded.
  if (!tensor.encoded.empty()) {
    Field packed = field;
    packed.type = WireType::Bytes;
    packed.bytes = std::exchange(tensor.encoded, llvm::StringRef());
    if (!readNumbers(packed, numberType, append))
      return false;
  }
  return readNumbers(field, numberType, append);
}

bool Decoder::read(llvm::StringRef message, Tensor &result) {
  using namespace field::tensor;
  FieldWalk walk(message, {dataType, segment, name, rawData, dataLocation});
  result.position = message.begin();
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case dims:
      good = readIntegers(field, result.dims);
      break;
    case dataType:
      good = readElementType(field, result.type);
      break;
    case segment:
      result.segmented = true;
      break;
    case floatData:
      good = readData(field, DataField::Float, result);
      break;
    case int32Data:
      good = readData(field, DataField::Int32, result);
      break;
    case int64Data:
      good = readData(field, DataField::Int64, result);
      break;
    case doubleData:
      good = readData(field, DataField::Double, result);
      break;
    case uint64Data:
      good = readData(field, DataField::Uint64, result);
      break;
    case rawData:
      good = expect(field, WireType::Bytes) && readData(field, DataField::Raw, result);
      break;
    case stringData:
      result.fieldsPresent |= 1u << static_cast<unsigned>(DataField::String);
      if (result.field == DataField::None)
        result.field = DataField::String;
      good = readStrings(field, result.strings);
      break;
    case name:
      good = readString(field, result.name);
      break;
    case externalData:
      good = readInto(field, result.externalEntries);
      break;
    case dataLocation:
      good = readInteger(field, result.dataLocation);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, SparseTensor &result) {
  using namespace field::sparse;
  FieldWalk walk(message, {values, indices});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case values:
      good = expect(field, WireType::Bytes) && read(field.bytes, result.values);
      break;
    case indices:
      good = expect(field, WireType::Bytes) && read(field.bytes, result.indices);
      break;
    case dims:
      good = readIntegers(field, result.dims);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, ValueInfo &value) {
  using namespace field::valueInfo;
  FieldWalk walk(message, {name, type});
  Field field;
  while (walk.next(field)) {
    bool good = true;
    switch (field.number) {
    case name:
      good = readString(field, value.name);
      break;
    case type:
      good = expect(field, WireType::Bytes) && read(field.bytes, value.type, 0);
      break;
    }
    if (!good && broken)
      return false;
  }
  return finish(walk);
}

bool Decoder::read(llvm::StringRef message, Type &result, unsigned depth) {
  using namespace field::type;
  using Kind = Type::Kind;
  if (depth > deepestType)
    return fail(Code::TooDeep, message.begin(),
                "at most " + std::to_string(deepestType) + " nested types", "more");
  FieldWalk walk(message, {tensor, sequence, map, opaque, sparseTensor, optional});
  Field field;
  while (walk.next(field)) {
    Kind kind = Kind::None;
    switch (field.number) {
    case tensor:
      kind = Kind::Tensor;
      break;
    case sparseTensor:
      kind = Kind::SparseTensor;
      break;
    case sequence:
      kind = Kind::Sequence;
      break;
    case optional:
      kind = Kind::Optional;
      break;
    case map:
      kind = Kind::Map;
      break;
    case opaque:
      kind = Kind::Opaque;
      break;
    default:
      continue;
    }
    if (!expect(field, WireType::Bytes))
      return false;
    if (result.kind != Kind::None)
      return fail(Code::WireRepeated, field.position, "one kind of type", "two");
    result.kind = kind;
    bool leaf = kind == Kind::Tensor || kind == Kind::SparseTensor;
    if (kind != Kind::Opaque &&
        !(leaf ? readTensorType(field.bytes, result) : readWrapperType(field.bytes, result, depth)))
      return false;
  }
  return finish(walk);
}

bool Decoder::readTensorType(llvm::StringRef message, Type &type) {
  using namespace field::inner;
  FieldWalk walk(message, {elementType, shape});
  Field field;
  while (walk.next(field)) {
    if (field.number == elementType && !readElementType(field, type.element))
      return false;
    if (field.number != shape)
      continue;
    if (!expect(field, WireType::Bytes))
      return false;
    type.hasShape = true;
    FieldWalk dims(field.bytes, {});
    Field dim;
    while (dims.next(dim)) {
      if (dim.number != field::shape::dimension)
        continue;
      if (!expect(dim, WireType::Bytes) || !charge(sizeof(Dimension), dim.position) ||
          !readDimension(dim.bytes, type.dims.emplace_back()))
        return false;
    }
    if (!finish(dims))
      return false;
  }
  return finish(walk);
}

bool Decoder::readWrapperType(llvm::StringRef message, Type &type, unsigned depth) {
  using namespace field::inner;
  bool isMap = type.kind == Type::Kind::Map;
  unsigned innerType = isMap ? valueType : elementType;
  FieldWalk walk(message, {elementType, valueType});
  Field field;
  while (walk.next(field)) {
    if (isMap && field.number == keyType && !readElementType(field, type.element))
      return false;
    if (field.number == innerType && !readInto(field, type.inner, depth + 1))
      return false;
  }
  return finish(walk);
}

bool Decoder::readDimension(llvm::StringRef message, Dimension &result) {
  using namespace field::dimension;
  using Kind = Dimension::Kind;
  FieldWalk walk(message, {value, parameter});
  Field field;
  while (walk.next(field)) {
    bool isValue = field.number == value;
    if (!isValue && field.number != parameter)
      continue;
    if (isValue ? !readInteger(field, result.value) : !readString(field, result.symbol))
      return false;
    if (result.kind != Kind::Unknown)
      return fail(Code::WireRepeated, field.position, "a value or a symbol", "both");
    result.kind = isValue ? Kind::Value : Kind::Symbol;
  }
  if (!finish(walk))
    return false;
  // An empty symbol says nothing, and a negative extent is how older exporters wrote one that is
  // not known.
  bool silent = result.kind == Kind::Symbol ? result.symbol.empty() : result.value < 0;
  if (silent)
    result.kind = Kind::Unknown;
  return true;
}

} // namespace dlc::onnx
