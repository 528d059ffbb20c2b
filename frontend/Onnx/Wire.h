// The lowest layer of the ONNX reader: a bounded walk over the fields of one protobuf message that
// lies in memory. Nothing is copied and nothing is allocated; a length-delimited field comes out as
// a slice of the message, already checked to lie inside of it, so a nested message is walked by a
// walk of its own over that slice.
//
// Single numbers are decoded by protobuf's CodedInputStream. That class counts in `int`, so a
// message of more than 1 GiB is seen through windows of that size which move along; lengths and
// positions here have 64 bits.
//
// Stricter than protobuf: groups are refused, and so is a field that may stand once and stands
// twice (protobuf takes the last or merges both, other readers take the first).
#pragma once

#include "Diagnostics/Diagnostics.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <google/protobuf/io/coded_stream.h>
#include <initializer_list>
#include <optional>

namespace dlc::onnx {

/// What is wrong with the encoding, and where it lies in memory.
struct WireFault {
  Code code;
  const char *position;
};

/// Numbers one after another out of a slice of memory of any size.
class NumberStream {
public:
  /// A window holds at least one number (10 bytes); tests make it small.
  explicit NumberStream(llvm::StringRef bytes, uint64_t windowBytes = uint64_t(1) << 30)
      : end(bytes.end()), windowBytes(windowBytes), window(bytes.begin()) {
    openWindow(bytes.begin());
  }

  bool atEnd() const { return position() == end; }
  const char *position() const { return window + stream->CurrentPosition(); }
  uint64_t remaining() const { return end - position(); }

  /// Each returns no value when the bytes end before the number does, or when it is longer than ten
  /// bytes.
  std::optional<uint64_t> varint();
  std::optional<uint32_t> fixed32();
  std::optional<uint64_t> fixed64();
  /// The next `length` bytes, which must remain.
  llvm::StringRef take(uint64_t length);

private:
  void openWindow(const char *at);
  void moveWindow();
  const char *end;
  uint64_t windowBytes;
  const char *window;
  const char *windowEnd = nullptr;
  std::optional<google::protobuf::io::CodedInputStream> stream;
};

enum class WireType : uint8_t { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

struct Field {
  unsigned number = 0;
  WireType type = WireType::Varint;
  uint64_t number64 = 0;          // of Varint, Fixed64 and Fixed32
  llvm::StringRef bytes;          // of Bytes
  const char *position = nullptr; // of the tag
};

/// The fields of one message, one after another.
class FieldWalk {
public:
  /// `single` lists the fields that may stand once (numbers below 64).
  FieldWalk(llvm::StringRef message, std::initializer_list<unsigned> single);

  /// The next field; false at the end of the message and on a fault.
  bool next(Field &field);
  const std::optional<WireFault> &fault() const { return found; }

private:
  bool fail(Code code, const char *position);
  NumberStream stream;
  uint64_t singleFields = 0;
  uint64_t seenFields = 0;
  std::optional<WireFault> found;
};

/// Calls `each` with every number of a packed field of varints. The fault, if the bytes are not
/// whole varints.
std::optional<WireFault> forEachVarint(llvm::StringRef packed,
                                       llvm::function_ref<void(uint64_t)> each);

} // namespace dlc::onnx
