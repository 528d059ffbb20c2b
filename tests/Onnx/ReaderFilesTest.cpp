// Public models and hostile files, where the folder that the environment variable DLC_SHARED names
// has them.
#include "Onnx/Reader.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <cstdlib>
#include <gtest/gtest.h>

using namespace dlc;
using namespace dlc::onnx;

static std::string sharedFolder() {
  const char *folder = getenv("DLC_SHARED");
  return folder ? std::string(folder) + "/onnx" : "";
}

#define NEEDS_SHARED()                                                                             \
  std::string shared = sharedFolder();                                                             \
  if (shared.empty())                                                                              \
  GTEST_SKIP() << "DLC_SHARED is not set"

// Cells of a table without its header; quoted cells may hold commas.
static std::vector<std::vector<std::string>> readTable(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  std::vector<std::vector<std::string>> rows;
  llvm::SmallVector<llvm::StringRef> lines;
  if (buffer)
    (*buffer)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef line : lines) {
    std::vector<std::string> &cells = rows.emplace_back(1);
    bool inQuotes = false;
    for (char c : line) {
      if (c == '"')
        inQuotes = !inQuotes;
      else if (c == ',' && !inQuotes)
        cells.emplace_back();
      else
        cells.back() += c;
    }
  }
  if (!rows.empty())
    rows.erase(rows.begin());
  return rows;
}

static std::string printed(const Diagnostics &diagnostics) {
  std::string text;
  llvm::raw_string_ostream out(text);
  diagnostics.print(out);
  return text;
}

TEST(PublicModels, AreReadWithAllTheirNodes) {
  NEEDS_SHARED();
  constexpr size_t nameColumn = 0, nodesColumn = 11;
  size_t count = 0;
  for (const auto &row : readTable(shared + "/models_index.csv")) {
    Diagnostics diagnostics;
    auto model = readModel(shared + "/models/" + row[nameColumn] + "/model.onnx", diagnostics);
    ASSERT_NE(model, nullptr) << printed(diagnostics);
    EXPECT_EQ(std::to_string(model->nodeCount()), row[nodesColumn]) << row[nameColumn];
    for (const Tensor &tensor : model->graph.initializers)
      if (tensor.type != ElementType::String) {
        EXPECT_EQ(int64_t(tensor.bytes().bytes().size()), byteCount(tensor.type, tensor.dims));
      }
    ++count;
  }
  EXPECT_EQ(count, 40u);
}

TEST(PublicModels, HaveReadableTestData) {
  NEEDS_SHARED();
  size_t count = 0;
  std::error_code error;
  for (llvm::sys::fs::recursive_directory_iterator file(shared + "/models", error), end;
       file != end && !error; file.increment(error)) {
    if (llvm::sys::path::extension(file->path()) != ".pb")
      continue;
    Diagnostics diagnostics;
    EXPECT_NE(readTensor(file->path(), diagnostics), nullptr) << printed(diagnostics);
    ++count;
  }
  EXPECT_GT(count, 80u);
}

// Files that can only be refused by someone who knows the operators.
static bool needsOperators(llvm::StringRef file) {
  static constexpr llvm::StringLiteral names[] = {
      "graph_attr_wrong_type",      "graph_contradicting_output_type",
      "graph_empty_required_input", "graph_missing_required_attr",
      "graph_mixed_types",          "graph_too_many_inputs",
      "graph_too_many_outputs",     "graph_unknown_attribute",
      "header_op_removed_in_opset", "header_unknown_op"};
  for (llvm::StringRef prefix : {"op_", "ml_", "string_", "control_"})
    if (file.starts_with(prefix))
      return true;
  file.consume_back(".onnx");
  return llvm::is_contained(names, file);
}

TEST(HostileFiles, AreRefusedAsTheTableSays) {
  NEEDS_SHARED();
  size_t refused = 0;
  for (const auto &row : readTable(shared + "/attack_cases.csv")) {
    const std::string &file = row[0], &verdict = row[3];
    Diagnostics diagnostics;
    auto model = readModel(shared + "/attack/" + file, diagnostics);
    EXPECT_NE(model == nullptr, diagnostics.exitCode() == 0) << file;
    if (verdict == "accept")
      EXPECT_NE(model, nullptr) << printed(diagnostics);
    if (verdict != "refuse" || needsOperators(file))
      continue;
    EXPECT_EQ(model, nullptr) << file;
    ++refused;
  }
  EXPECT_GT(refused, 50u);
}
