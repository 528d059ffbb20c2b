#include "Onnx/Wire.h"

namespace dlc::onnx {

namespace {
constexpr uint64_t longestNumber = 10;
constexpr uint64_t largestFieldNumber = (uint64_t(1) << 29) - 1;
} // namespace

void NumberStream::openWindow(const char *at) {
  window = at;
  windowEnd = at + std::min<uint64_t>(end - at, windowBytes);
  stream.emplace(reinterpret_cast<const uint8_t *>(at), static_cast<int>(windowEnd - at));
}

void NumberStream::moveWindow() {
  // A number may not straddle the end of a window.
  const char *at = position();
  if (windowEnd != end && static_cast<uint64_t>(windowEnd - at) < longestNumber)
    openWindow(at);
}

std::optional<uint64_t> NumberStream::varint() {
  moveWindow();
  uint64_t value;
  if (!stream->ReadVarint64(&value))
    return std::nullopt;
  return value;
}

std::optional<uint32_t> NumberStream::fixed32() {
  moveWindow();
  uint32_t value;
  if (!stream->ReadLittleEndian32(&value))
    return std::nullopt;
  return value;
}

std::optional<uint64_t> NumberStream::fixed64() {
  moveWindow();
  uint64_t value;
  if (!stream->ReadLittleEndian64(&value))
    return std::nullopt;
  return value;
}

llvm::StringRef NumberStream::take(uint64_t length) {
  assert(length <= remaining() && "the caller checks lengths");
  const char *at = position();
  if (length <= static_cast<uint64_t>(windowEnd - at))
    stream->Skip(static_cast<int>(length));
  else
    openWindow(at + length);
  return {at, length};
}

FieldWalk::FieldWalk(llvm::StringRef message, std::initializer_list<unsigned> single)
    : stream(message) {
  for (unsigned number : single)
    singleFields |= uint64_t(1) << number;
}

bool FieldWalk::fail(Code code, const char *position) {
  found = WireFault{code, position};
  return false;
}

bool FieldWalk::next(Field &field) {
  if (found || stream.atEnd())
    return false;
  const char *begin = stream.position();
  field = {};
  field.position = begin;
  // A number that cannot be read is cut off if it comes close to the end, else it is too long.
  auto failNumber = [&](const char *at) {
    bool cut = stream.remaining() < longestNumber;
    return fail(cut ? Code::WireTruncated : Code::WireMalformed, at);
  };

  std::optional<uint64_t> tag = stream.varint();
  if (!tag)
    return failNumber(begin);
  uint64_t number = *tag >> 3;
  if (number == 0 || number > largestFieldNumber)
    return fail(Code::WireMalformed, begin);
  field.number = static_cast<unsigned>(number);

  if (number < 64) {
    uint64_t bit = uint64_t(1) << number;
    if (seenFields & singleFields & bit)
      return fail(Code::WireRepeated, begin);
    seenFields |= bit;
  }

  switch (*tag & 7) {
  case 0: {
    std::optional<uint64_t> value = stream.varint();
    if (!value)
      return failNumber(begin);
    field.type = WireType::Varint;
    field.number64 = *value;
    return true;
  }
  case 1: {
    std::optional<uint64_t> value = stream.fixed64();
    if (!value)
      return fail(Code::WireTruncated, begin);
    field.type = WireType::Fixed64;
    field.number64 = *value;
    return true;
  }
  case 2: {
    std::optional<uint64_t> length = stream.varint();
    if (!length)
      return failNumber(begin);
    if (*length > stream.remaining())
      return fail(Code::WireTruncated, begin);
    field.type = WireType::Bytes;
    field.bytes = stream.take(*length);
    return true;
  }
  case 3:
  case 4:
    return fail(Code::WireGroup, begin);
  case 5: {
    std::optional<uint32_t> value = stream.fixed32();
    if (!value)
      return fail(Code::WireTruncated, begin);
    field.type = WireType::Fixed32;
    field.number64 = *value;
    return true;
  }
  default:
    return fail(Code::WireMalformed, begin);
  }
}

std::optional<WireFault> forEachVarint(llvm::StringRef packed,
                                       llvm::function_ref<void(uint64_t)> each) {
  NumberStream stream(packed);
  while (!stream.atEnd()) {
    const char *begin = stream.position();
    std::optional<uint64_t> value = stream.varint();
    if (!value)
      return WireFault{Code::WireMalformed, begin};
    each(*value);
  }
  return std::nullopt;
}

} // namespace dlc::onnx
