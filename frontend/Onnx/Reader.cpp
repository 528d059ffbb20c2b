#include "Onnx/Reader.h"
#include "Onnx/Check.h"
#include "Onnx/ExternalData.h"
#include "Onnx/ModelOrder.h"
#include "Onnx/ReaderDecoder.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/Path.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dlc::onnx {

namespace {

// Null after an error. Opening does not wait for the writer of a pipe.
std::unique_ptr<llvm::MemoryBuffer> openFile(llvm::StringRef path, Diagnostics &diagnostics) {
  auto refuse = [&](Code code, const llvm::Twine &found) {
    diagnostics.report(code).in(path).found(found);
    return nullptr;
  };
  int descriptor = open(path.str().c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (descriptor < 0)
    return refuse(Code::FileNotOpened, llvm::sys::StrError());
  llvm::scope_exit closeFile([&] { close(descriptor); });
  struct stat status;
  if (fstat(descriptor, &status) != 0)
    return refuse(Code::FileNotOpened, llvm::sys::StrError());
  if (!S_ISREG(status.st_mode))
    return refuse(Code::FileNotRegular, S_ISDIR(status.st_mode) ? "a folder" : "a device or pipe");
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getOpenFile(
      descriptor, path, status.st_size, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return refuse(Code::FileNotOpened, buffer.getError().message());
  return std::move(*buffer);
}

// Adds the file to what a part of a reading reported.
template <typename Read>
auto readReporting(llvm::StringRef file, Diagnostics &diagnostics, Read read) {
  Diagnostics own(file);
  auto result = read(own);
  if (own.hasErrors())
    result = nullptr;
  diagnostics.append(own);
  return result;
}

} // namespace

std::unique_ptr<Model> readModel(std::unique_ptr<llvm::MemoryBuffer> bytes, llvm::StringRef folder,
                                 Diagnostics &diagnostics) {
  std::string name = bytes->getBufferIdentifier().str();
  return readReporting(name, diagnostics, [&](Diagnostics &own) -> std::unique_ptr<Model> {
    auto model = std::make_unique<Model>();
    llvm::StringRef content = bytes->getBuffer();
    model->folder = folder.str();
    model->files.push_back({name, std::move(bytes)});
    if (content.empty()) {
      own.report(Code::FileEmpty);
      return nullptr;
    }
    if (!Decoder(content, own).read(content, *model))
      return nullptr;
    attachExternalData(*model, own);
    orderNodes(*model, own);
    checkModel(*model, own);
    return model;
  });
}

std::unique_ptr<Model> readModel(llvm::StringRef path, Diagnostics &diagnostics) {
  std::unique_ptr<llvm::MemoryBuffer> bytes = openFile(path, diagnostics);
  if (!bytes)
    return nullptr;
  llvm::StringRef folder = llvm::sys::path::parent_path(path);
  return readModel(std::move(bytes), folder.empty() ? "." : folder, diagnostics);
}

std::unique_ptr<TensorFile> readTensor(std::unique_ptr<llvm::MemoryBuffer> bytes,
                                       Diagnostics &diagnostics) {
  std::string name = bytes->getBufferIdentifier().str();
  return readReporting(name, diagnostics, [&](Diagnostics &own) -> std::unique_ptr<TensorFile> {
    auto result = std::make_unique<TensorFile>();
    llvm::StringRef content = bytes->getBuffer();
    result->file = {name, std::move(bytes)};
    Tensor &tensor = result->tensor;
    if (!Decoder(content, own).read(content, tensor))
      return nullptr;
    if (tensor.dataLocation == 1)
      own.report(Code::ExternalNoFolder).at("tensor " + quoted(tensor.name));
    checkTensor(tensor, Place{.tensor = &tensor}, own);
    return result;
  });
}

std::unique_ptr<TensorFile> readTensor(llvm::StringRef path, Diagnostics &diagnostics) {
  std::unique_ptr<llvm::MemoryBuffer> bytes = openFile(path, diagnostics);
  return bytes ? readTensor(std::move(bytes), diagnostics) : nullptr;
}

} // namespace dlc::onnx
