// The library as a user meets it: small, free of the C++ library, and usable from a plain C
// program.
#include "Artifact.h"
#include "gmock/gmock.h"

#include <set>
#include <sstream>

using testing::AnyOf;
using testing::StartsWith;

namespace {

// What a shell command writes to stdout.
std::string output(const std::string &command) {
  std::string text;
  FILE *pipe = popen(command.c_str(), "r");
  char buffer[4096];
  while (size_t n = fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, n);
  EXPECT_EQ(pclose(pipe), 0) << command;
  return text;
}

// The names that `nm` lists with one of the types: "U" undefined, "TDBR" defined here.
std::set<std::string> symbols(const std::string &types) {
  std::set<std::string> names;
  std::istringstream lines(output("nm -P '" DLC_RUNTIME_LIBRARY "'"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string name, type;
    if (words >> name >> type && type.size() == 1 && types.find(type) != std::string::npos)
      names.insert(name);
  }
  return names;
}

struct Library : testing::Test {
  void SetUp() override {
#ifdef DLC_SANITIZED
    GTEST_SKIP() << "the sanitizers' own symbols and sizes come on top";
#endif
  }
};

TEST_F(Library, IsUnder200Kilobytes) {
  EXPECT_LT(std::filesystem::file_size(DLC_RUNTIME_LIBRARY), 200'000u);
}

TEST_F(Library, NeedsNothingOfTheCppLibrary) {
  std::set<std::string> defined = symbols("TDBRVW"), undefined = symbols("U");
  EXPECT_GT(undefined.count("pthread_create"), 0u) << "nm lists what it should";
  for (const std::string &name : undefined)
    if (!defined.count(name))
      EXPECT_THAT(name, Not(AnyOf(StartsWith("_Z"), StartsWith("__cxa"), StartsWith("__gxx"),
                                  StartsWith("_Unwind"))));
}

TEST_F(Library, DefinesOnlyNamesOfItsOwn) {
  std::set<std::string> defined = symbols("TDBR");
  EXPECT_GT(defined.count("dlc_model_run"), 0u);
  for (const std::string &name : defined)
    EXPECT_THAT(name, AnyOf(StartsWith("dlc_"), StartsWith("_ZN3dlc7runtime"),
                            StartsWith("_ZNK3dlc7runtime"), StartsWith("_ZN8dlc_pool")));
}

TEST_F(Library, LinksIntoACProgram) {
  toy::Folder folder;
  folder.writeWeights();
  folder.compile(toy::source(toy::description()));
  folder.write("program.c", R"(#include "dlc.h"
#include "abi.inc.h" /* a generated header has the same text */
#include <stdio.h>
int main(int count, char **arguments) {
  float x[8] = {1, 2, 3, 4, 5, 6, 7, -8}, y[8], positive[8];
  const void *inputs[] = {x};
  void *outputs[] = {y, positive}, *arena;
  int64_t extents[2];
  dlc_model *model;
  if (count != 2 || dlc_model_load(arguments[1], NULL, NULL, &model) ||
      dlc_arena_create(model, &arena) ||
      dlc_model_run(model, inputs, 1, outputs, 2, extents, arena, dlc_parallel_default())) {
    fprintf(stderr, "%s\n", dlc_last_error());
    return 1;
  }
  printf("%g %g %d", y[0], y[7], (int)extents[1]);
  dlc_arena_free(arena);
  dlc_model_free(model);
  return 0;
}
)");
  std::string program = folder / "program";
  EXPECT_EQ(output("cc -std=c11 -pedantic -Wall -Wextra -Werror -I " DLC_RUNTIME_HEADERS " -o '" +
                   program + "' '" + program + ".c' '" DLC_RUNTIME_LIBRARY "' -lpthread -ldl"),
            "");
  EXPECT_EQ(output("'" + program + "' '" + folder / "toy.so" + "'"), "3 -8 7");
}

} // namespace
