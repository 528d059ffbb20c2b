// Loading, describing and running an artifact, and what is said about each way it can go wrong.
#include "Artifact.h"
#include "runtime/dlc.h"
#include "gmock/gmock.h"

#include <memory>
#include <thread>

using testing::ElementsAre;
using testing::HasSubstr;

namespace {

struct ModelDeleter {
  void operator()(dlc_model *model) const { dlc_model_free(model); }
};
using ModelPointer = std::unique_ptr<dlc_model, ModelDeleter>;

// Loads, and expects the error and its text; DLC_OK gives the model.
ModelPointer load(const std::string &path, int expected = DLC_OK, const char *text = "",
                  const char *name = nullptr, const char *weights = nullptr) {
  dlc_model *model = nullptr;
  int error = dlc_model_load(path.c_str(), name, weights, &model);
  EXPECT_EQ(dlc_error_name(error), std::string(dlc_error_name(expected))) << dlc_last_error();
  if (expected)
    EXPECT_THAT(dlc_last_error(), HasSubstr(text));
  EXPECT_EQ(model == nullptr, error != DLC_OK);
  return ModelPointer(model);
}

// Compiled once for all tests that need no change to it.
struct Model : testing::Test {
  static inline toy::Folder *folder;
  static void SetUpTestSuite() {
    folder = new toy::Folder;
    folder->writeWeights();
    folder->compile(toy::source(toy::description()));
  }
  static void TearDownTestSuite() { delete folder; }

  // The toy with changed keys, loaded from a folder of its own.
  void expectRefused(const toy::Keys &changes, int expected, const char *text) {
    toy::Folder own;
    own.writeWeights();
    load(own.compile(toy::source(toy::description(changes))), expected, text);
  }
};

// The arguments of one run of the toy.
struct Arguments {
  alignas(64) float x[8] = {1, -1, 2, -2, 3, -3, 4, -4};
  float y[8] = {}, positive[8] = {};
  int64_t extents[2] = {7, 7};
  void *arena = nullptr;
  const void *inputs[1] = {x};
  void *outputs[2] = {y, positive};
  size_t inputCount = 1, outputCount = 2;

  explicit Arguments(const dlc_model *model) { EXPECT_EQ(dlc_arena_create(model, &arena), DLC_OK); }
  ~Arguments() { dlc_arena_free(arena); }

  int run(const dlc_model *model, const dlc_parallel *parallel = nullptr) {
    return dlc_model_run(model, inputs, inputCount, outputs, outputCount, extents, arena, parallel);
  }
  void expectResult() {
    EXPECT_THAT(y, ElementsAre(3, 0, 7, 0, 11, 0, 15, 0));
    EXPECT_THAT(std::vector<float>(positive, positive + 4), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(extents, ElementsAre(-1, 4));
  }
};

TEST_F(Model, DescribesItself) {
  ModelPointer model = load(*folder / "toy.so");
  EXPECT_STREQ(dlc_model_name(model.get()), "toy");
  EXPECT_EQ(dlc_model_description(model.get()), toy::description());
  EXPECT_EQ(dlc_model_arena_bytes(model.get()), 256u);
  EXPECT_EQ(dlc_model_arena_align(model.get()), 64u);
  EXPECT_EQ(dlc_model_max_threads(model.get()), 2);
  ASSERT_EQ(dlc_model_input_count(model.get()), 1u);
  ASSERT_EQ(dlc_model_output_count(model.get()), 2u);
  const dlc_tensor *x = dlc_model_input(model.get(), 0);
  EXPECT_STREQ(x->name, "x");
  EXPECT_STREQ(dlc_dtype_name(x->dtype), "f32");
  EXPECT_EQ(x->rank, 2);
  EXPECT_EQ(x->shape[0], 2);
  EXPECT_EQ(x->shape[1], 4);
  EXPECT_EQ(x->bytes, 32u);
  EXPECT_EQ(x->bounded_axis, -1);
  EXPECT_EQ(dlc_model_output(model.get(), 1)->bounded_axis, 0);
  EXPECT_EQ(dlc_model_input(model.get(), 1), nullptr);
  EXPECT_EQ(dlc_model_output(model.get(), 2), nullptr);
}

TEST_F(Model, RunsOnTheCallingThread) {
  ModelPointer model = load(*folder / "toy.so");
  Arguments arguments(model.get());
  EXPECT_EQ(arguments.run(model.get()), DLC_OK) << dlc_last_error();
  arguments.expectResult();
}

// The toy's arena has scratch for two slots; it reports an error if another was used.
TEST_F(Model, RunsWithinItsSlotsOnALargerPool) {
  ModelPointer model = load(*folder / "toy.so");
  dlc_pool *pool;
  ASSERT_EQ(dlc_pool_create(8, &pool), DLC_OK);
  for (int i = 0; i < 200; ++i) {
    Arguments arguments(model.get());
    EXPECT_EQ(arguments.run(model.get(), dlc_pool_parallel(pool)), DLC_OK) << dlc_last_error();
    arguments.expectResult();
  }
  dlc_pool_free(pool);
}

TEST_F(Model, RunsFromTwoThreadsWithTwoArenas) {
  ModelPointer model = load(*folder / "toy.so");
  auto work = [&] {
    Arguments arguments(model.get());
    for (int i = 0; i < 500; ++i) {
      EXPECT_EQ(arguments.run(model.get(), dlc_parallel_default()), DLC_OK);
      arguments.expectResult();
    }
  };
  std::thread other(work);
  work();
  other.join();
}

TEST_F(Model, ReportsWrongArguments) {
  ModelPointer model = load(*folder / "toy.so");
  auto expect = [&](int expected, const char *text, auto change) {
    Arguments arguments(model.get());
    void *arena = arguments.arena;
    change(arguments);
    EXPECT_EQ(dlc_error_name(arguments.run(model.get())), std::string(dlc_error_name(expected)));
    EXPECT_THAT(dlc_last_error(), HasSubstr(text));
    EXPECT_THAT(arguments.y, testing::Each(0)) << "nothing may be written";
    arguments.arena = arena;
  };
  auto misaligned = [](void *pointer) { return static_cast<void *>((char *)pointer + 2); };
  expect(DLC_ERROR_ARENA, "the arena is null; 'toy' needs 256 bytes",
         [](Arguments &a) { a.arena = nullptr; });
  expect(DLC_ERROR_ARENA, "not aligned to 64 bytes",
         [](Arguments &a) { a.arena = static_cast<char *>(a.arena) + 32; });
  expect(DLC_ERROR_COUNT, "'toy' has 1 inputs, 0 were given",
         [](Arguments &a) { a.inputCount = 0; });
  expect(DLC_ERROR_COUNT, "'toy' has 2 outputs, 1 were given",
         [](Arguments &a) { a.outputCount = 1; });
  expect(DLC_ERROR_ARGUMENT, "input 0 'x' is null", [](Arguments &a) { a.inputs[0] = nullptr; });
  expect(DLC_ERROR_ARGUMENT, "output 1 'positive' is null",
         [](Arguments &a) { a.outputs[1] = nullptr; });
  expect(DLC_ERROR_ARGUMENT, "input 0 'x' is not aligned to its elements of 4 bytes",
         [&](Arguments &a) { a.inputs[0] = misaligned(a.x); });
  expect(DLC_ERROR_ARGUMENT, "output 0 'y' is not aligned",
         [&](Arguments &a) { a.outputs[0] = misaligned(a.y); });
}

TEST_F(Model, ReportsMissingLists) {
  ModelPointer model = load(*folder / "toy.so");
  Arguments a(model.get());
  EXPECT_EQ(dlc_model_run(model.get(), nullptr, 1, a.outputs, 2, a.extents, a.arena, nullptr),
            DLC_ERROR_ARGUMENT);
  EXPECT_EQ(dlc_model_run(nullptr, a.inputs, 1, a.outputs, 2, a.extents, a.arena, nullptr),
            DLC_ERROR_ARGUMENT);
  EXPECT_EQ(dlc_model_run(model.get(), a.inputs, 1, a.outputs, 2, nullptr, a.arena, nullptr),
            DLC_ERROR_ARGUMENT);
  EXPECT_THAT(dlc_last_error(), HasSubstr("needs a place for their extents"));
}

TEST_F(Model, PassesOnTheErrorOfARun) {
  ModelPointer model = load(*folder / "toy.so");
  Arguments arguments(model.get());
  arguments.x[0] = 99;
  EXPECT_EQ(arguments.run(model.get()), DLC_ERROR_INDEX);
  EXPECT_STREQ(dlc_last_error(), "run of 'toy' failed: an index that comes from data is out of "
                                 "range (DLC_ERROR_INDEX)");
}

TEST_F(Model, ReportsFilesThatAreNoArtifacts) {
  folder->write("text.so", "this is no shared object");
  folder->write("other.c", "");
  load(*folder / "absent.so", DLC_ERROR_FILE, "No such file or directory");
  load(*folder / "text.so", DLC_ERROR_FILE, "text.so");
  load(*folder / "", DLC_ERROR_FILE, "no regular file");
  load(*folder / "toy.so", DLC_ERROR_SYMBOL, "lacks the symbol 'other_description'", "other");
  dlc_model *model = nullptr;
  EXPECT_EQ(dlc_model_load(nullptr, nullptr, nullptr, &model), DLC_ERROR_ARGUMENT);
  EXPECT_EQ(dlc_model_load("toy.so", nullptr, nullptr, nullptr), DLC_ERROR_ARGUMENT);
}

TEST_F(Model, FindsItsNameInThePath) {
  std::filesystem::copy_file(*folder / "toy.so", *folder / "libtoy.so");
  std::filesystem::copy_file(*folder / "toy.so", *folder / "renamed.so");
  load(*folder / "libtoy.so");
  load(*folder / "renamed.so", DLC_ERROR_SYMBOL, "another prefix than 'renamed'");
  load(*folder / "renamed.so", DLC_OK, "", "toy");
}

TEST_F(Model, ReportsWhatItsDescriptionForbids) {
  expectRefused({{"abi", "2"}}, DLC_ERROR_ABI, "ABI version 2, this runtime has 1");
  expectRefused({{"schema", R"("dlc.model/7")"}}, DLC_ERROR_ABI, "dlc.model/1");
  expectRefused({{"inputs", "[{"}}, DLC_ERROR_DESCRIPTION, "malformed description");
  expectRefused({{"state", R"({"bytes":64})"}}, DLC_ERROR_UNSUPPORTED, "training");
  expectRefused({{"entries", R"({"run":"toy_run","call":"absent","cpu_ok":"toy_cpu_ok"})"}},
                DLC_ERROR_SYMBOL, "lacks the symbol 'absent'");
  expectRefused({{"entries", R"({"run":"toy_run","call":"toy_call","cpu_ok":"absent"})"}},
                DLC_ERROR_SYMBOL, "lacks the symbol 'absent'");
}

TEST_F(Model, ReportsACpuThatLacksInstructions) {
  toy::Folder own;
  std::string text = toy::source(toy::description()), yes = "cpu_ok(void) { return 1; }";
  text.replace(text.find(yes), yes.size(), "cpu_ok(void) { return 0; }");
  load(own.compile(text), DLC_ERROR_CPU, "'toy' uses; it was compiled for x86-64-v9");
}

TEST_F(Model, ReportsWeightFilesThatDoNotFit) {
  toy::Folder own;
  std::string path = own.compile(toy::source(toy::description()));
  load(path, DLC_ERROR_FILE, "toy.weights': No such file");
  own.write("toy.weights", "short");
  load(path, DLC_ERROR_WEIGHTS, "has 5 bytes, the artifact needs 32");
  own.write("toy.weights", std::string(32, 'x'));
  load(path, DLC_ERROR_WEIGHTS, ("the artifact needs " + toy::weightHash()).c_str());
  load(path, DLC_ERROR_FILE, "no regular file", nullptr, (own / "").c_str());
  load(path, DLC_OK, "", nullptr, (*folder / "toy.weights").c_str());
}

// An artifact that is linked into the program: these three stand for its object file.
int linkedCalls;
int linkedCall(void *const *arguments, const dlc_parallel *) {
  ++linkedCalls;
  static_cast<float *>(arguments[1])[0] = static_cast<float *>(arguments[0])[0];
  return DLC_OK;
}
int linkedCpuOk() { return 1; }
int linkedCpuBad() { return 0; }

TEST(LinkedModel, RunsWithoutAFile) {
  std::string text =
      toy::description({{"weights", R"({"storage":"embed","bytes":32,"align":64})"},
                        {"outputs", R"([{"name":"y","dtype":"f32","shape":[2,4]}])"}});
  dlc_model *model = nullptr;
  ASSERT_EQ(dlc_model_register(text.c_str(), linkedCall, linkedCpuOk, nullptr, &model), DLC_OK)
      << dlc_last_error();
  ModelPointer owner(model);
  Arguments a(model);
  EXPECT_EQ(dlc_model_run(model, a.inputs, 1, a.outputs, 1, nullptr, a.arena, nullptr), DLC_OK);
  EXPECT_EQ(linkedCalls, 1);
  EXPECT_EQ(a.y[0], 1);
}

TEST(LinkedModel, ReportsWhatIsMissing) {
  std::string text = toy::description();
  dlc_model *model = nullptr;
  EXPECT_EQ(dlc_model_register(text.c_str(), nullptr, linkedCpuOk, nullptr, &model),
            DLC_ERROR_ARGUMENT);
  EXPECT_EQ(dlc_model_register(text.c_str(), linkedCall, linkedCpuOk, nullptr, &model),
            DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_last_error(), "'toy' needs its weight file 'toy.weights'");
  EXPECT_EQ(dlc_model_register(text.c_str(), linkedCall, linkedCpuBad, nullptr, &model),
            DLC_ERROR_CPU);
  text = toy::description({{"weights", R"({"storage":"none"})"}});
  EXPECT_EQ(dlc_model_register(text.c_str(), linkedCall, linkedCpuOk, "w", &model),
            DLC_ERROR_ARGUMENT);
  EXPECT_STREQ(dlc_last_error(), "the weights of 'toy' are not in a file");
  EXPECT_EQ(model, nullptr);
}

} // namespace
