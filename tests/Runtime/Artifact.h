// An artifact as compiler/Emit would write it, made here by hand: the model "toy" of the formula
//
//     y[i] = 2 x[i] + w[i]              f32[8], w from the weight file
//     positive = the x[i] above zero    f32[8], bounded
//
// Tests override keys of its description, or lines of its C text, to see what the runtime says.
#pragma once
#include "runtime/WeightHash.h"
#include "gtest/gtest.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace toy {

using Keys = std::map<std::string, std::string>;

inline std::vector<float> weights() { return {1, 2, 3, 4, 5, 6, 7, 8}; }

inline std::string weightHash() {
  dlc::WeightHash hash;
  hash.update(weights().data(), weights().size() * sizeof(float));
  char text[17];
  snprintf(text, sizeof text, "%016llx", (unsigned long long)hash.finish());
  return text;
}

inline Keys keys() {
  return {
      {"schema", R"("dlc.model/1")"},
      {"abi", "1"},
      {"name", R"("toy")"},
      {"generator", R"("a test")"},
      {"target", R"({"triple":"any","cpu":"x86-64-v9","features":""})"},
      {"entries", R"({"run":"toy_run","call":"toy_call","cpu_ok":"toy_cpu_ok"})"},
      {"inputs", R"([{"name":"x","dtype":"f32","shape":[2,4]}])"},
      {"outputs", R"([{"name":"y","dtype":"f32","shape":[2,4]},)"
                  R"({"name":"positive","dtype":"f32","shape":[8],"bounded":0}])"},
      {"arena", R"({"bytes":256,"align":64})"},
      {"stack_bytes", "64"},
      {"max_threads", "2"},
      {"weights", R"({"storage":"file","bytes":32,"align":64,"file":"toy.weights","xxh64":")" +
                      weightHash() + "\"}"},
      {"state", "null"},
  };
}

// The description, with `changes` to its keys; an empty value leaves the key out.
inline std::string description(const Keys &changes = {}) {
  Keys all = keys();
  for (const auto &[key, value] : changes)
    all[key] = value;
  std::string text;
  for (const auto &[key, value] : all)
    if (!value.empty())
      text += (text.empty() ? "{\"" : ",\"") + key + "\":" + value;
  return text + "}";
}

inline std::string quoted(const std::string &text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + "\"";
}

// `body` checks that arena and slots are as promised, so that a fault shows as an error number.
inline std::string source(const std::string &description) {
  return R"(#include <stddef.h>
#include <stdint.h>
#include "abi.inc.h"
const char toy_description[] = )" +
         quoted(description) + R"(;
int toy_cpu_ok(void) { return 1; }
struct work { const float *x, *w; float *y; int64_t *scratch; };
static void body(void *argument, int64_t begin, int64_t end, int slot) {
  struct work *work = argument;
  work->scratch[slot] += end - begin;
  for (; begin < end; ++begin)
    work->y[begin] = 2 * work->x[begin] + work->w[begin];
}
int toy_run(const float *x, float *y, float *positive, int64_t *positive_extent,
            const void *weights, void *arena, const dlc_parallel *parallel) {
  struct work work = {x, weights, y, arena};
  for (int slot = 0; slot < 32; ++slot)
    work.scratch[slot] = 0;
  if (parallel)
    parallel->parallel_for(parallel->context, body, &work, 8);
  else
    body(&work, 0, 8, 0);
  if (work.scratch[0] + work.scratch[1] != 8)
    return DLC_ERROR_ARGUMENT;
  int64_t count = 0;
  for (int i = 0; i < 8; ++i)
    if (x[i] > 0)
      positive[count++] = x[i];
  *positive_extent = count;
  return x[0] == 99 ? DLC_ERROR_INDEX : DLC_OK;
}
int toy_call(void *const *a, const dlc_parallel *parallel) {
  return toy_run(a[0], a[1], a[2], a[3], a[4], a[5], parallel);
}
)";
}

// A folder of one test, removed with all that is in it.
class Folder {
public:
  Folder() {
    std::string pattern = std::filesystem::temp_directory_path() / "dlc-test-XXXXXX";
    path = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }

  std::string operator/(const std::string &name) const { return path / name; }

  void write(const std::string &name, const std::string &text) const {
    std::ofstream(path / name, std::ios::binary) << text;
  }

  void writeWeights() const {
    std::vector<float> values = weights();
    write("toy.weights", {reinterpret_cast<const char *>(values.data()), values.size() * 4});
  }

  // Compiles C text to the shared object `name` and returns its path.
  std::string compile(const std::string &text, const std::string &name = "toy.so") const {
    write("toy.c", text);
    std::string command = "cc -std=c11 -Wall -Wextra -Werror -shared -fPIC -I " DLC_RUNTIME_HEADERS
                          " -o '" +
                          *this / name + "' '" + *this / "toy.c" + "'";
    EXPECT_EQ(system(command.c_str()), 0) << command;
    return *this / name;
  }

private:
  std::filesystem::path path;
};

} // namespace toy
