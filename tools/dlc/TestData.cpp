// See TestData.h.
#include "TestData.h"
#include "Inputs.h"
#include "Npy.h"
#include "Onnx/Reader.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace dlc;
using namespace dlc::tool;
using onnx::ElementType;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

static std::optional<int> dtypeOf(ElementType type) {
  switch (type) {
  case ElementType::Float64:
    return DLC_F64;
  case ElementType::Float32:
    return DLC_F32;
  case ElementType::Float16:
    return DLC_F16;
  case ElementType::Bfloat16:
    return DLC_BF16;
  case ElementType::Int64:
    return DLC_I64;
  case ElementType::Int32:
    return DLC_I32;
  case ElementType::Int16:
    return DLC_I16;
  case ElementType::Int8:
    return DLC_I8;
  case ElementType::Uint64:
    return DLC_U64;
  case ElementType::Uint32:
    return DLC_U32;
  case ElementType::Uint16:
    return DLC_U16;
  case ElementType::Uint8:
    return DLC_U8;
  case ElementType::Bool:
    return DLC_BOOL;
  case ElementType::Float8E4M3FN:
    return DLC_F8E4M3FN;
  case ElementType::Float8E4M3FNUZ:
    return DLC_F8E4M3FNUZ;
  case ElementType::Float8E5M2:
    return DLC_F8E5M2;
  case ElementType::Float8E5M2FNUZ:
    return DLC_F8E5M2FNUZ;
  case ElementType::Float8E8M0:
    return DLC_F8E8M0;
  case ElementType::Float4E2M1:
    return DLC_F4E2M1;
  case ElementType::Int4:
    return DLC_I4;
  case ElementType::Uint4:
    return DLC_U4;
  case ElementType::Int2:
    return DLC_I2;
  case ElementType::Uint2:
    return DLC_U2;
  default:
    return {};
  }
}

static std::optional<Tensor> readTensorFile(Session &session, llvm::StringRef file) {
  Diagnostics found(file);
  std::unique_ptr<onnx::TensorFile> content = onnx::readTensor(file, found);
  session.diagnostics.append(found);
  if (!content)
    return {};
  std::optional<int> dtype = dtypeOf(content->tensor.type);
  if (!dtype) {
    session.diagnostics
        .report(Code::TypeUnsupported,
                "not supported yet: data of type " + nameOf(content->tensor.type))
        .in(file);
    return {};
  }
  Tensor tensor(*dtype, content->tensor.dims);
  onnx::TensorBytes bytes = content->tensor.bytes();
  if (bytes.bytes().size() != tensor.bytes.size()) {
    session.diagnostics.report(Code::DataMalformed, "the data have another size than the shape")
        .in(file);
    return {};
  }
  std::copy(bytes.bytes().begin(), bytes.bytes().end(), tensor.bytes.begin());
  return tensor;
}

// input_0.pb, input_1.pb, ... as far as they go; none stands for a value that is left out.
static void readNumbered(Session &session, llvm::StringRef folder, llvm::StringRef stem,
                         llvm::ArrayRef<std::string> names, std::vector<NamedTensor> &list) {
  for (auto [i, name] : llvm::enumerate(names)) {
    llvm::SmallString<256> file(folder);
    path::append(file, stem + llvm::Twine(i) + ".pb");
    if (!fs::exists(file))
      continue;
    if (std::optional<Tensor> tensor = readTensorFile(session, file))
      list.push_back({name, std::move(*tensor)});
  }
}

static std::vector<std::string> outputNames(const onnx::Model &model) {
  std::vector<std::string> names;
  for (const onnx::ValueInfo &output : model.graph.outputs)
    names.push_back(output.name.str());
  return names;
}

// Folders in the order of their names.
static std::vector<std::string> setFolders(llvm::StringRef folder) {
  llvm::SmallString<256> first(folder);
  path::append(first, "output_0.pb");
  if (fs::exists(first))
    return {folder.str()};
  std::vector<std::string> folders;
  std::error_code code;
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code))
    if (path::filename(at->path()).starts_with("test_data_set_"))
      folders.push_back(at->path());
  llvm::sort(folders, [](const std::string &a, const std::string &b) {
    return llvm::StringRef(a).compare_numeric(b) < 0;
  });
  return folders;
}

std::vector<TestSet> dlc::tool::readTestSets(Session &session, llvm::StringRef folder,
                                             const onnx::Model &model) {
  std::vector<TestSet> sets;
  for (const std::string &place : setFolders(folder)) {
    TestSet &set = sets.emplace_back();
    set.name = path::filename(place).str();
    readNumbered(session, place, "input_", inputNames(model), set.inputs);
    readNumbered(session, place, "output_", outputNames(model), set.outputs);
    if (set.outputs.empty() && !session.diagnostics.hasErrors())
      session.diagnostics.report(Code::DataMissing, "no output_0.pb").in(place);
  }
  if (sets.empty())
    session.diagnostics.report(Code::DataMissing, "no test data")
        .in(folder)
        .expected("folders test_data_set_0, ... with input_0.pb and output_0.pb")
        .repair("name their folder with --data, or a .npz with --ref");
  return session.diagnostics.hasErrors() ? std::vector<TestSet>() : sets;
}

std::vector<TestSet> dlc::tool::readReference(Session &session, llvm::StringRef file,
                                              const onnx::Model &model) {
  auto bytes = readFile(file);
  if (!bytes) {
    session.diagnostics.report(Code::DataMissing, llvm::toString(bytes.takeError()));
    return {};
  }
  auto arrays = readNpz(*bytes);
  if (!arrays) {
    session.diagnostics.report(Code::DataMalformed, llvm::toString(arrays.takeError())).in(file);
    return {};
  }
  TestSet set;
  set.name = path::filename(file).str();
  auto take = [&](llvm::ArrayRef<std::string> names, std::vector<NamedTensor> &list) {
    for (const std::string &name : names)
      if (auto found = arrays->find(name); found != arrays->end())
        list.push_back({name, found->second});
  };
  take(inputNames(model), set.inputs);
  take(outputNames(model), set.outputs);
  if (!set.outputs.empty())
    return {set};
  session.diagnostics.report(Code::DataMissing, "no array is named like an output of the model")
      .in(file)
      .expected(llvm::join(outputNames(model), ", "));
  return {};
}
