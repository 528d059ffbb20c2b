// safetensors: 8 bytes with the length of a JSON object, the object, then the data that it places:
//   {"conv.weight": {"dtype": "F32", "shape": [8, 3], "data_offsets": [0, 96]}, "__metadata__":
//   ...}
#include "WeightFile.h"
#include "Npy.h"
#include "Npz.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/JSON.h"

using namespace dlc;
using namespace dlc::tool;
using llvm::StringRef;
using onnx::ElementType;

namespace {
struct Entry {
  ElementType type = ElementType::Undefined;
  std::vector<int64_t> shape;
  StringRef bytes;
};
using Entries = std::map<std::string, Entry>;
} // namespace

static llvm::Error malformed(const llvm::Twine &what) { return llvm::createStringError(what); }

static ElementType typeNamed(StringRef name) {
  static const std::pair<StringRef, ElementType> types[] = {
      {"F64", ElementType::Float64},   {"F32", ElementType::Float32}, {"F16", ElementType::Float16},
      {"BF16", ElementType::Bfloat16}, {"I64", ElementType::Int64},   {"I32", ElementType::Int32},
      {"I16", ElementType::Int16},     {"I8", ElementType::Int8},     {"U64", ElementType::Uint64},
      {"U32", ElementType::Uint32},    {"U16", ElementType::Uint16},  {"U8", ElementType::Uint8},
      {"BOOL", ElementType::Bool}};
  for (auto [known, type] : types)
    if (known == name)
      return type;
  return ElementType::Undefined;
}

static ElementType typeOf(int dtype) { return typeNamed(StringRef(dlc_dtype_name(dtype)).upper()); }

static llvm::Expected<Entry> readEntry(const llvm::json::Value &value, StringRef data) {
  const llvm::json::Object *object = value.getAsObject();
  const llvm::json::Array *shape = object ? object->getArray("shape") : nullptr;
  const llvm::json::Array *place = object ? object->getArray("data_offsets") : nullptr;
  if (!shape || !place || place->size() != 2)
    return malformed("expected dtype, shape and data_offsets");
  Entry entry;
  entry.type = typeNamed(object->getString("dtype").value_or(""));
  for (const llvm::json::Value &extent : *shape)
    entry.shape.push_back(extent.getAsInteger().value_or(-1));
  std::optional<int64_t> begin = (*place)[0].getAsInteger(), end = (*place)[1].getAsInteger(),
                         bytes = onnx::byteCount(entry.type, entry.shape);
  if (entry.type == ElementType::Undefined)
    return malformed("not supported yet: this dtype");
  if (!begin || !end || !bytes || *begin < 0 || *end < *begin ||
      static_cast<uint64_t>(*end) > data.size() || *end - *begin != *bytes)
    return malformed("its place does not fit its shape or the file");
  entry.bytes = data.slice(*begin, *end);
  return entry;
}

static llvm::Expected<Entries> readSafetensors(StringRef file) {
  constexpr uint64_t headerMax = 100'000'000;
  uint64_t length = file.size() < 8 ? 0 : llvm::support::endian::read64le(file.data());
  if (length == 0 || length > headerMax || length > file.size() - 8)
    return malformed("this is no safetensors file: its header is missing or cut off");
  auto header = llvm::json::parse(file.substr(8, length));
  if (!header)
    return header.takeError();
  const llvm::json::Object *object = header->getAsObject();
  if (!object)
    return malformed("the header is no JSON object");
  Entries entries;
  for (const auto &[name, value] : *object) {
    if (name == "__metadata__")
      continue;
    auto entry = readEntry(value, file.drop_front(8 + length));
    if (!entry)
      return malformed(dlc::quoted(name.str()) + ": " + llvm::toString(entry.takeError()));
    entries[name.str()] = std::move(*entry);
  }
  return entries;
}

// A stored member of an archive is a slice of it: the array's bytes are at its end.
static llvm::Expected<Entries> readArchive(StringRef file) {
  auto members = findStored(file);
  if (!members)
    return members.takeError();
  Entries entries;
  for (const auto &[name, content] : *members) {
    auto array = readNpy(content);
    if (!array)
      return malformed(dlc::quoted(name) + ": " + llvm::toString(array.takeError()));
    Entry entry{typeOf(array->dtype), array->shape, content.take_back(array->bytes.size())};
    if (entry.bytes != StringRef(array->bytes.data(), array->bytes.size()))
      return malformed(dlc::quoted(name) + ": not supported yet: an array in another order");
    StringRef stem = name;
    stem.consume_back(".npy");
    entries[stem.str()] = std::move(entry);
  }
  return entries;
}

static std::string shapeText(ElementType type, llvm::ArrayRef<int64_t> shape) {
  std::string text = onnx::nameOf(type) + "[";
  for (auto [i, extent] : llvm::enumerate(shape))
    text += (i ? "," : "") + std::to_string(extent);
  return text + "]";
}

static bool replace(Session &session, StringRef path, const std::string &name, const Entry &entry,
                    unsigned file, onnx::Graph &graph) {
  auto tensor = llvm::find_if(graph.initializers,
                              [&](const onnx::Tensor &known) { return known.name == name; });
  if (tensor == graph.initializers.end()) {
    session.diagnostics
        .report(Code::OptionName, "the model has no initializer " + dlc::quoted(name))
        .in(path)
        .repair("the names of the file and of the model's weights must be the same");
    return false;
  }
  if (tensor->type != entry.type || tensor->dims != entry.shape) {
    session.diagnostics
        .report(Code::InputShape, "the weight " + dlc::quoted(name) + " does not fit")
        .in(path)
        .expected(shapeText(tensor->type, tensor->dims))
        .found(shapeText(entry.type, entry.shape));
    return false;
  }
  tensor->field = onnx::DataField::External;
  tensor->encoded = entry.bytes;
  tensor->decoded.clear();
  tensor->file = file;
  return true;
}

bool dlc::tool::replaceWeights(Session &session, StringRef path, onnx::Model &model) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file) {
    session.diagnostics.report(Code::DataMissing, file.getError().message()).in(path);
    return false;
  }
  StringRef bytes = (*file)->getBuffer();
  auto entries = bytes.starts_with("PK") ? readArchive(bytes) : readSafetensors(bytes);
  if (!entries) {
    session.diagnostics.report(Code::DataMalformed, llvm::toString(entries.takeError())).in(path);
    return false;
  }
  unsigned number = model.files.size();
  model.files.push_back({path.str(), std::move(*file)});
  bool good = true;
  for (const auto &[name, entry] : *entries)
    good &= replace(session, path, name, entry, number, model.graph);
  if (session.verbose)
    llvm::errs() << "weights: " << entries->size() << " of " << model.graph.initializers.size()
                 << " initializers from " << shown(path) << "\n";
  return good;
}
