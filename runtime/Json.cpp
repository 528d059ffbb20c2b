// The check is a recursive descent with a depth limit; everything after it may trust the grammar.
#include "Json.h"

#include <cstring>

using namespace dlc::runtime;

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

// The value of a hexadecimal digit, or -1.
int hexDigit(char c) {
  if (isDigit(c))
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Reads the whole text; `error` is the first thing wrong, and `at` stays there.
struct Checker {
  const char *at, *end;
  const char *error = nullptr;

  bool fail(const char *text) {
    if (!error)
      error = text;
    return false;
  }

  void space() {
    while (at != end && isSpace(*at))
      ++at;
  }

  bool take(char c) {
    if (at == end || *at != c)
      return false;
    ++at;
    return true;
  }

  bool word(const char *text) {
    size_t length = strlen(text);
    if (size_t(end - at) < length || memcmp(at, text, length) != 0)
      return fail("unknown word");
    at += length;
    return true;
  }

  bool digits() {
    if (at == end || !isDigit(*at))
      return fail("expected a digit");
    while (at != end && isDigit(*at))
      ++at;
    return true;
  }

  bool number() {
    take('-');
    if (take('0')) {
      if (at != end && isDigit(*at))
        return fail("number with a leading zero");
    } else if (!digits()) {
      return false;
    }
    if (take('.') && !digits())
      return false;
    if (take('e') || take('E')) {
      if (!take('+'))
        take('-');
      return digits();
    }
    return true;
  }

  bool escape() {
    if (at == end)
      return fail("string without end");
    char c = *at++;
    if (c != 'u')
      return strchr("\"\\/bfnrt", c) && c ? true : fail("unknown escape");
    for (int i = 0; i < 4; ++i, ++at)
      if (at == end || hexDigit(*at) < 0)
        return fail("\\u needs four hexadecimal digits");
    return true;
  }

  bool string() {
    if (!take('"'))
      return fail("expected a string");
    while (at != end) {
      unsigned char c = *at++;
      if (c == '"')
        return true;
      if (c < 0x20)
        return fail("control character in a string");
      if (c == '\\' && !escape())
        return false;
    }
    return fail("string without end");
  }

  // Members or elements up to `close`, after the opening bracket.
  bool container(char close, int depth) {
    space();
    if (take(close))
      return true;
    do {
      space();
      if (close == '}') {
        if (!string())
          return false;
        space();
        if (!take(':'))
          return fail("expected ':'");
      }
      if (!value(depth))
        return false;
      space();
    } while (take(','));
    return take(close) || fail("expected ',' or the end of the list");
  }

  bool value(int depth) {
    space();
    if (depth == Json::depthMax)
      return fail("nested too deeply");
    if (at == end)
      return fail("text ends too early");
    switch (*at) {
    case '{':
      ++at;
      return container('}', depth + 1);
    case '[':
      ++at;
      return container(']', depth + 1);
    case '"':
      return string();
    case 't':
      return word("true");
    case 'f':
      return word("false");
    case 'n':
      return word("null");
    default:
      return *at == '-' || isDigit(*at) ? number() : fail("expected a value");
    }
  }
};

const char *skipSpace(const char *at) {
  while (isSpace(*at))
    ++at;
  return at;
}

// Behind the string that begins at `at`.
const char *skipString(const char *at) {
  for (++at; *at != '"'; ++at)
    if (*at == '\\')
      ++at;
  return at + 1;
}

// Behind the value that begins at `at`: brackets outside of strings are counted.
const char *skipValue(const char *at) {
  int open = 0;
  do {
    if (*at == '"') {
      at = skipString(at);
    } else if (*at == '{' || *at == '[') {
      ++open, ++at;
    } else if (*at == '}' || *at == ']') {
      --open, ++at;
    } else if (open) {
      ++at;
    } else { // a number or a word ends where the value's surroundings go on
      while (*at == '-' || *at == '+' || *at == '.' || isDigit(*at) || (*at >= 'a' && *at <= 'z') ||
             *at == 'E')
        ++at;
    }
  } while (open);
  return at;
}

// One \uXXXX (or a pair of surrogates) at `at`, behind the backslash and the u; moves `at` on. A
// lone surrogate becomes U+FFFD.
uint32_t codePoint(const char *&at) {
  auto four = [&] {
    uint32_t value = 0;
    for (int i = 0; i < 4; ++i)
      value = value * 16 + hexDigit(*at++);
    return value;
  };
  uint32_t first = four();
  if (first < 0xD800 || first > 0xDFFF)
    return first;
  if (first > 0xDBFF || at[0] != '\\' || at[1] != 'u')
    return 0xFFFD;
  const char *before = at;
  at += 2;
  uint32_t second = four();
  if (second >= 0xDC00 && second <= 0xDFFF)
    return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  at = before;
  return 0xFFFD;
}

// Writes `code` as UTF-8 and returns the number of bytes.
int encode(uint32_t code, char *out) {
  if (code < 0x80)
    return out[0] = char(code), 1;
  int rest = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  static constexpr unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
  out[0] = char(lead[rest] | (code >> (6 * rest)));
  for (int i = 1; i <= rest; ++i)
    out[i] = char(0x80 | ((code >> (6 * (rest - i))) & 0x3F));
  return rest + 1;
}

} // namespace

const char *Json::parse(const char *text, size_t length, Json &value, size_t *position) {
  Checker checker{text, text + length};
  bool valid = checker.value(0);
  const char *begin = text;
  while (begin != checker.end && isSpace(*begin))
    ++begin;
  if (valid) {
    checker.space();
    if (checker.at != checker.end)
      valid = checker.fail("text goes on after the value");
  }
  if (position)
    *position = size_t(checker.at - text);
  // A bare number, word or string at the top has no closing bracket, so a lookup could run past the
  // end of the text.
  if (valid && *begin != '{' && *begin != '[')
    valid = checker.fail("expected an object or a list");
  if (valid)
    value = Json(begin);
  return checker.error;
}

Json Json::member(const char *key) const {
  if (!isObject())
    return {};
  const char *p = skipSpace(at + 1);
  while (*p == '"') {
    Json name(p);
    p = skipSpace(skipString(p)); // at ':'
    Json value(skipSpace(p + 1));
    if (name.equals(key))
      return value;
    p = skipSpace(skipValue(value.at)); // at ',' or '}'
    if (*p != ',')
      break;
    p = skipSpace(p + 1);
  }
  return {};
}

Json Json::first() const {
  if (!isArray())
    return {};
  const char *p = skipSpace(at + 1);
  return *p == ']' ? Json() : Json(p);
}

Json Json::next() const {
  if (!at)
    return {};
  const char *p = skipSpace(skipValue(at));
  return *p == ',' ? Json(skipSpace(p + 1)) : Json();
}

bool Json::integer(int64_t &result) const {
  if (!at || (*at != '-' && !isDigit(*at)))
    return false;
  const char *p = at;
  bool negative = *p == '-';
  int64_t value = 0; // negated, because the most negative number has no positive twin
  for (p += negative; isDigit(*p); ++p)
    if (__builtin_mul_overflow(value, int64_t(10), &value) ||
        __builtin_sub_overflow(value, int64_t(*p - '0'), &value))
      return false;
  if (*p == '.' || *p == 'e' || *p == 'E' || (!negative && value == INT64_MIN))
    return false;
  result = negative ? value : -value;
  return true;
}

bool Json::string(char *buffer, size_t capacity, size_t *bytes) const {
  if (!isString())
    return false;
  size_t used = 0;
  for (const char *p = at + 1; *p != '"';) {
    char piece[4] = {*p};
    int length = 1;
    if (*p++ == '\\') {
      static constexpr char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
      char c = *p++;
      if (c == 'u')
        length = encode(codePoint(p), piece);
      else
        piece[0] = to[strchr(from, c) - from];
    }
    if (!piece[0] || used + length >= capacity)
      return false;
    memcpy(buffer + used, piece, length);
    used += length;
  }
  if (used >= capacity)
    return false;
  buffer[used] = 0;
  if (bytes)
    *bytes = used + 1;
  return true;
}

bool Json::equals(const char *text) const {
  if (!isString())
    return false;
  size_t length = strlen(text);
  return strncmp(at + 1, text, length) == 0 && at[1 + length] == '"';
}
