// Every key of a description is checked; hostile text is refused without a crash.
#include "runtime/Description.h"
#include "Artifact.h"
#include "gmock/gmock.h"

using namespace dlc::runtime;
using testing::HasSubstr;

namespace {

void expectRefused(const toy::Keys &changes, const char *text, int error = DLC_ERROR_DESCRIPTION) {
  Description description;
  std::string json = toy::description(changes);
  EXPECT_EQ(description.read(json.c_str()), error) << json;
  EXPECT_THAT(dlc_last_error(), HasSubstr(text)) << json;
}

std::string input(const std::string &dtype, const std::string &shape) {
  return R"([{"name":"in","dtype":")" + dtype + R"(","shape":)" + shape + "}]";
}

TEST(Description, ReadsTheToy) {
  Description description;
  ASSERT_EQ(description.read(toy::description().c_str()), DLC_OK) << dlc_last_error();
  EXPECT_STREQ(description.name, "toy");
  EXPECT_STREQ(description.callSymbol, "toy_call");
  EXPECT_STREQ(description.cpu, "x86-64-v9");
  EXPECT_EQ(description.boundedCount, 1u);
  EXPECT_EQ(description.maxThreads, 2);
  EXPECT_EQ(description.weightStorage, WeightStorage::File);
  EXPECT_EQ(description.weightBytes, 32u);
  EXPECT_STREQ(description.weightFile, "toy.weights");
}

TEST(Description, ComputesTheBytesOfEveryType) {
  struct Size {
    const char *dtype, *shape;
    size_t bytes;
  };
  for (auto [dtype, shape, bytes] :
       {Size{"f64", "[3,5]", 120}, Size{"f16", "[3,5]", 30}, Size{"bool", "[3,5]", 15},
        Size{"i4", "[3,5]", 8}, Size{"u2", "[3,5]", 4}, Size{"f32", "[]", 4},
        Size{"f32", "[0,9]", 0}, Size{"i64", "[1,1,1,1,1,1,1,2]", 16}}) {
    Description description;
    ASSERT_EQ(description.read(toy::description({{"inputs", input(dtype, shape)}}).c_str()), DLC_OK)
        << dlc_last_error();
    EXPECT_EQ(description.inputs[0].bytes, bytes) << dtype << shape;
  }
}

TEST(Description, RefusesWrongKeys) {
  expectRefused({{"name", ""}}, "expected a text without NUL for name");
  expectRefused({{"name", "7"}}, "name");
  expectRefused({{"name", R"("a\u0000b")"}}, "expected a text without NUL for name");
  expectRefused({{"abi", R"("1")"}}, "expected an integer for abi");
  expectRefused({{"entries", "[]"}}, "entries.run");
  expectRefused({{"target", ""}}, "target.cpu");
  expectRefused({{"inputs", ""}}, "expected lists of inputs and outputs");
  expectRefused({{"outputs", "{}"}}, "expected lists of inputs and outputs");
  expectRefused({{"inputs", "[1]"}}, "input");
  std::string many = "[0";
  for (int i = 0; i < DLC_TENSORS_MAX; ++i)
    many += ",0";
  expectRefused({{"outputs", many + "]"}}, "more than 16384 inputs or outputs");
  expectRefused({{"arena", R"({"bytes":-1,"align":64})"}}, "arena.bytes");
  expectRefused({{"arena", R"({"bytes":9e9,"align":64})"}}, "arena.bytes");
  expectRefused({{"arena", R"({"bytes":1,"align":48})"}}, "power of two for arena.align, found 48");
  expectRefused({{"arena", R"({"bytes":1,"align":8192})"}}, "arena.align");
  expectRefused({{"max_threads", "0"}}, "max_threads");
  expectRefused({{"schema", ""}}, "dlc.model/1", DLC_ERROR_ABI);
}

TEST(Description, RefusesWrongTensors) {
  expectRefused({{"inputs", input("f31", "[1]")}}, "unknown dtype of input 'in'");
  expectRefused({{"inputs", input("f32", "3")}}, "expected a list for the shape of input");
  expectRefused({{"inputs", input("f32", "[-1]")}}, "input");
  expectRefused({{"inputs", input("f32", "[1,1,1,1,1,1,1,1,1]")}}, "more than 8 dimensions");
  expectRefused({{"inputs", input("f32", "[9223372036854775807]")}}, "overflows");
  expectRefused({{"inputs", input("i2", "[4294967296,4294967296]")}}, "overflows");
  expectRefused({{"inputs", R"([{"name":"in","dtype":"f32","shape":[2],"bounded":0}])"}},
                "cannot be bounded");
  expectRefused({{"outputs", R"([{"name":"out","dtype":"f32","shape":[2],"bounded":1}])"}},
                "a bounded axis");
  expectRefused({{"outputs", R"([{"name":"out","dtype":"f32","shape":[2],"bounded":true}])"}},
                "a bounded axis");
  expectRefused({{"outputs", R"([{"name":"out","dtype":"f32","shape":[],"bounded":0}])"}},
                "a bounded axis");
}

TEST(Description, RefusesWrongWeights) {
  auto weights = [](const std::string &file, const std::string &hash) {
    return toy::Keys{{"weights", R"({"storage":"file","bytes":32,"align":64,"file":")" + file +
                                     R"(","xxh64":")" + hash + "\"}"}};
  };
  std::string hash(16, '0');
  for (const char *path : {"", "/etc/passwd", "../w", "a/../../w", "..", "a/.."})
    expectRefused(weights(path, hash), "not below the artifact's folder");
  Description description;
  EXPECT_EQ(description.read(toy::description(weights("a/..b/.w", hash)).c_str()), DLC_OK);
  expectRefused(weights("w", "12"), "16 hexadecimal digits");
  expectRefused(weights("w", "000000000000000g"), "16 hexadecimal digits");
  expectRefused({{"weights", R"({"storage":"cloud"})"}}, "none, embed or file");
  expectRefused({{"weights", ""}}, "none, embed or file");
}

// Every beginning of a description, and every single byte changed: no crash, and no acceptance of
// what ends too early.
TEST(Description, SurvivesDamage) {
  std::string text = toy::description();
  for (size_t length = 0; length < text.size(); ++length) {
    Description description;
    EXPECT_NE(description.read(text.substr(0, length).c_str()), DLC_OK);
  }
  int accepted = 0;
  for (size_t i = 0; i < text.size(); ++i)
    for (char c : {'"', '{', ']', '\\', '9', '-', '\x01', '\xff'}) {
      std::string damaged = text;
      damaged[i] = c;
      Description description;
      accepted += description.read(damaged.c_str()) == DLC_OK;
    }
  EXPECT_LT(accepted, int(4 * text.size())); // names and the like may hold anything
}

} // namespace
