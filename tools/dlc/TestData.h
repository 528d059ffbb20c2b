// Test data of a model: ONNX's folders test_data_set_N with input_I.pb and output_I.pb, or one .npz
// with arrays by the names of inputs and outputs.
#pragma once

#include "InputText.h"
#include "Onnx/Model.h"
#include "Verb.h"

namespace dlc::tool {

struct TestSet {
  std::string name;
  /// By the name of the input; outputs also by position.
  std::vector<NamedTensor> inputs, outputs;
};

/// `folder` is a test_data_set_* folder or one that holds them. Empty after a diagnostic.
std::vector<TestSet> readTestSets(Session &, llvm::StringRef folder, const onnx::Model &);
std::vector<TestSet> readReference(Session &, llvm::StringRef path, const onnx::Model &);

} // namespace dlc::tool
