// libFuzzer's entry to the reader: whatever the bytes are, they become a model or diagnostics, and
// the data of every tensor of an accepted model can be decoded. The bytes are read as a model and
// as a single tensor; external data are looked for in a folder that does not exist.
#include "Onnx/ModelPlace.h"
#include "Onnx/Reader.h"
#include <cstdlib>

using namespace dlc;
using namespace dlc::onnx;

static void demand(bool condition, const char *what) {
  if (condition)
    return;
  llvm::errs() << "broken promise: " << what << '\n';
  abort();
}

static void use(const Tensor &tensor) {
  if (tensor.type == ElementType::String)
    return;
  std::optional<int64_t> bytes = byteCount(tensor.type, tensor.dims);
  demand(bytes == static_cast<int64_t>(tensor.bytes().bytes().size()), "bytes match the shape");
  tensor.integers();
}

static void demandOutcome(bool accepted, const Diagnostics &diagnostics) {
  demand(accepted != diagnostics.hasErrors(), "a model or errors, not both");
  demand(accepted == (diagnostics.exitCode() == 0), "the exit code tells which");
  diagnostics.print(llvm::nulls());
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  llvm::StringRef bytes(reinterpret_cast<const char *>(data), size);
  auto buffer = [&] { return llvm::MemoryBuffer::getMemBuffer(bytes, "fuzz", false); };

  Diagnostics ofModel;
  std::unique_ptr<Model> model = readModel(buffer(), "no-such-folder", ofModel);
  demandOutcome(model != nullptr, ofModel);
  if (model) {
    forEachTensor(*model, [](Tensor &tensor, const Place &) { use(tensor); });
    model->nodeCount();
  }

  Diagnostics ofTensor;
  std::unique_ptr<TensorFile> tensor = readTensor(buffer(), ofTensor);
  demandOutcome(tensor != nullptr, ofTensor);
  if (tensor)
    use(tensor->tensor);
  return 0;
}
