#include "Onnx/ReaderDecoder.h"
#include "llvm/ADT/bit.h"

namespace dlc::onnx {

namespace {

// A message of two bytes becomes a struct of some hundred; real models stay below 8 bytes decoded
// for each of the file.
constexpr uint64_t budgetBase = uint64_t(128) << 20;
constexpr uint64_t budgetPerByte = 8;

llvm::StringRef nameOf(WireType type) {
  switch (type) {
  case WireType::Varint:
    return "an integer";
  case WireType::Fixed64:
    return "8 fixed bytes";
  case WireType::Bytes:
    return "bytes with a length";
  case WireType::Fixed32:
    return "4 fixed bytes";
  }
  llvm_unreachable("all wire types are listed");
}

} // namespace

Decoder::Decoder(llvm::StringRef file, Diagnostics &diagnostics)
    : file(file), diagnostics(diagnostics), budget(budgetBase + budgetPerByte * file.size()) {}

bool Decoder::fail(Code code, const char *position, llvm::StringRef expected,
                   llvm::StringRef found) {
  broken |= code != Code::WireType;
  diagnostics.report(code)
      .at("byte " + llvm::Twine(position - file.begin()))
      .expected(expected)
      .found(found);
  return false;
}

bool Decoder::finish(const FieldWalk &walk) {
  return !walk.fault() || fail(walk.fault()->code, walk.fault()->position);
}

bool Decoder::expect(const Field &field, WireType type) {
  return field.type == type ||
         fail(Code::WireType, field.position, nameOf(type), nameOf(field.type));
}

bool Decoder::charge(uint64_t bytes, const char *position) {
  if (bytes > budget)
    return fail(Code::TooMany, position);
  budget -= bytes;
  return true;
}

bool Decoder::readString(const Field &field, llvm::StringRef &value) {
  value = field.bytes;
  return expect(field, WireType::Bytes);
}

bool Decoder::readDomain(const Field &field, llvm::StringRef &domain) {
  if (!readString(field, domain))
    return false;
  if (domain == "ai.onnx")
    domain = "";
  return true;
}

bool Decoder::readInteger(const Field &field, int64_t &value) {
  value = static_cast<int64_t>(field.number64);
  return expect(field, WireType::Varint);
}

bool Decoder::readElementType(const Field &field, ElementType &type) {
  type = static_cast<ElementType>(static_cast<int32_t>(field.number64));
  return expect(field, WireType::Varint);
}

bool Decoder::readStrings(const Field &field, std::vector<llvm::StringRef> &values) {
  return charge(sizeof(llvm::StringRef), field.position) &&
         readString(field, values.emplace_back());
}

bool Decoder::readNumbers(const Field &field, WireType type,
                          llvm::function_ref<void(uint64_t)> each) {
  if (field.type == type) {
    each(field.number64);
    return charge(sizeof(uint64_t), field.position);
  }
  if (!expect(field, WireType::Bytes))
    return false;
  NumberStream numbers(field.bytes);
  while (!numbers.atEnd()) {
    const char *begin = numbers.position();
    std::optional<uint64_t> value;
    if (type == WireType::Varint)
      value = numbers.varint();
    else if (type == WireType::Fixed64)
      value = numbers.fixed64();
    else
      value = numbers.fixed32();
    if (!value)
      return fail(Code::WireTruncated, begin);
    if (!charge(sizeof(uint64_t), begin))
      return false;
    each(*value);
  }
  return true;
}

bool Decoder::readIntegers(const Field &field, std::vector<int64_t> &values) {
  return readNumbers(field, WireType::Varint,
                     [&](uint64_t number) { values.push_back(static_cast<int64_t>(number)); });
}

bool Decoder::readFloats(const Field &field, std::vector<float> &values) {
  return readNumbers(field, WireType::Fixed32, [&](uint64_t bits) {
    values.push_back(llvm::bit_cast<float>(static_cast<uint32_t>(bits)));
  });
}

} // namespace dlc::onnx
