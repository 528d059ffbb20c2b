// A reader of JSON text that allocates nothing: check the whole text once, then look values up in
// place. A value is the piece of text where it begins; a lookup walks over its siblings. That is
// quadratic in theory and fast enough for descriptions of some kilobytes, and there is no tree that
// hostile text could blow up: depth and length are bounded, and no lookup leaves the checked text.
#pragma once
#include <cstddef>
#include <cstdint>

namespace dlc::runtime {

// A value within checked text. A default one means "not there", and every lookup in it fails too.
class Json {
public:
  static constexpr int depthMax = 32;

  Json() = default;

  // Checks that [text, text + length) is one JSON value (RFC 8259; depth at most depthMax; strings
  // in UTF-8 are not looked into) and sets `value`. Else returns what is wrong, `*position` where.
  static const char *parse(const char *text, size_t length, Json &value, size_t *position);

  bool exists() const { return at; }
  bool isNull() const { return at && *at == 'n'; }
  bool isObject() const { return at && *at == '{'; }
  bool isArray() const { return at && *at == '['; }
  bool isString() const { return at && *at == '"'; }

  // The member of an object; not there if this is no object or has no such key. Keys that are
  // written with escapes are not found.
  Json member(const char *key) const;

  // The elements of an array: first(), then next() until it is not there.
  Json first() const;
  Json next() const;

  // An integer without fraction or exponent that fits; else false.
  bool integer(int64_t &result) const;

  // The string, decoded and NUL-terminated, and the bytes it takes with its NUL; false if this is
  // no string, holds a NUL, or does not fit. REQUIRES: room for `capacity` bytes.
  bool string(char *buffer, size_t capacity, size_t *bytes = nullptr) const;

  // Whether this is a string that equals `text`, without escapes.
  bool equals(const char *text) const;

private:
  explicit Json(const char *at) : at(at) {}
  const char *at = nullptr; // the first character of the value
};

} // namespace dlc::runtime
