// The reader takes what RFC 8259 allows, refuses the rest at the right byte, and never reads
// beyond.
#include "runtime/Json.h"
#include "gtest/gtest.h"

#include <memory>
#include <string>

using dlc::runtime::Json;

namespace {

// A copy of the text without a NUL behind it, so that the address sanitizer sees a read too far.
struct Text {
  std::unique_ptr<char[]> bytes;
  Json root;
  std::string error;
  size_t position = 0;

  explicit Text(const std::string &text) : bytes(new char[text.size()]) {
    text.copy(bytes.get(), text.size());
    const char *what = Json::parse(bytes.get(), text.size(), root, &position);
    error = what ? what : "";
  }
};

std::string decoded(const std::string &json) {
  Text text("[" + json + "]");
  char buffer[64];
  return text.root.first().string(buffer, sizeof buffer) ? buffer : "no";
}

TEST(Json, LooksValuesUp) {
  Text text(R"( {"a" : [1, -20,{"x":[]}, "]}"], "b":{"a":null,"c":true}, "d":2.5e+3,"e":""} )");
  ASSERT_EQ(text.error, "");
  Json a = text.root.member("a");
  int64_t value;
  EXPECT_TRUE(a.first().integer(value));
  EXPECT_EQ(value, 1);
  EXPECT_TRUE(a.first().next().integer(value));
  EXPECT_EQ(value, -20);
  EXPECT_FALSE(a.first().next().next().member("x").first().exists());
  EXPECT_TRUE(a.first().next().next().next().equals("]}"));
  EXPECT_FALSE(a.first().next().next().next().next().exists());
  EXPECT_TRUE(text.root.member("b").member("a").isNull());
  EXPECT_TRUE(text.root.member("b").member("c").exists());
  EXPECT_TRUE(text.root.member("e").equals(""));
  EXPECT_FALSE(text.root.member("c").exists());
  EXPECT_FALSE(text.root.member("d").member("x").next().first().exists());
}

TEST(Json, ReadsOnlyIntegersThatFit) {
  auto integer = [](const std::string &json, int64_t &value) {
    return Text("[" + json + "]").root.first().integer(value);
  };
  int64_t value;
  EXPECT_TRUE(integer("9223372036854775807", value) && value == INT64_MAX);
  EXPECT_TRUE(integer("-9223372036854775808", value) && value == INT64_MIN);
  EXPECT_TRUE(integer("-0", value) && value == 0);
  for (const char *json : {"9223372036854775808", "-9223372036854775809", "1.0", "1e2", "0.5",
                           "\"1\"", "null", "99999999999999999999999999999999999999999"})
    EXPECT_FALSE(integer(json, value)) << json;
}

TEST(Json, DecodesStrings) {
  EXPECT_EQ(decoded(R"("a\"\\\/\b\f\n\r\tz")"), "a\"\\/\b\f\n\r\tz");
  EXPECT_EQ(decoded(R"("\u0041\u00e9\u20AC\ud83d\uDE00")"), "A\u00e9\u20ac\U0001F600");
  EXPECT_EQ(decoded(R"("\ud83dx")"), "\uFFFDx");
  EXPECT_EQ(decoded(R"("\ud83d\u0041")"), "\uFFFD\u0041");
  EXPECT_EQ(decoded(R"("\udc00")"), "\uFFFD");
  EXPECT_EQ(decoded(R"("a\u0000b")"), "no") << "a NUL would hide the rest";
  EXPECT_EQ(decoded("\"" + std::string(63, 'x') + "\""), std::string(63, 'x'));
  EXPECT_EQ(decoded("\"" + std::string(64, 'x') + "\""), "no") << "too long for the buffer";
  EXPECT_EQ(decoded("1"), "no");
}

struct Refusal {
  const char *text;
  const char *error;
  size_t position;
};

TEST(Json, RefusesWhatIsMalformed) {
  const Refusal refusals[] = {
      {"", "text ends too early", 0},
      {"   ", "text ends too early", 3},
      {"[1,]", "expected a value", 3},
      {"[1 2]", "expected ',' or the end of the list", 3},
      {"[1", "expected ',' or the end of the list", 2},
      {"[", "text ends too early", 1},
      {"{", "expected a string", 1},
      {"{\"a\"}", "expected ':'", 4},
      {"{\"a\":}", "expected a value", 5},
      {"{\"a\":1,}", "expected a string", 7},
      {"{1:2}", "expected a string", 1},
      {"[\"a", "string without end", 3},
      {"[\"a\\", "string without end", 4},
      {"[\"\\x\"]", "unknown escape", 4},
      {"[\"\\u12g4\"]", "\\u needs four hexadecimal digits", 6},
      {"[\"\\u12", "\\u needs four hexadecimal digits", 6},
      {"[\"\n\"]", "control character in a string", 3},
      {"[01]", "number with a leading zero", 2},
      {"[-]", "expected a digit", 2},
      {"[1.]", "expected a digit", 3},
      {"[1e]", "expected a digit", 3},
      {"[.5]", "expected a value", 1},
      {"[tru]", "unknown word", 1},
      {"[nul", "unknown word", 1},
      {"[1]]", "text goes on after the value", 3},
      {"[1}", "expected ',' or the end of the list", 2},
      {"12", "expected an object or a list", 2},
      {"\"text\"", "expected an object or a list", 6},
  };
  for (const Refusal &refusal : refusals) {
    Text text(refusal.text);
    EXPECT_EQ(text.error, refusal.error) << refusal.text;
    EXPECT_EQ(text.position, refusal.position) << refusal.text;
    EXPECT_FALSE(text.root.exists());
  }
  EXPECT_EQ(Text(std::string("[\"\\\0\"]", 6)).error, "unknown escape");
}

TEST(Json, BoundsTheDepth) {
  auto nested = [](int depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(Text(nested(Json::depthMax)).error, "");
  EXPECT_EQ(Text(nested(Json::depthMax + 1)).error, "nested too deeply");
  EXPECT_EQ(Text(std::string(1000000, '[')).error, "nested too deeply");
  std::string objects;
  for (int i = 0; i < 1000; ++i)
    objects += "{\"a\":";
  EXPECT_EQ(Text(objects).error, "nested too deeply");
}

} // namespace
