// [NAME=] ( @FILE.npy | SHAPExTYPE=VALUES | SHAPExTYPE=@RAW )
#include "InputText.h"
#include "Npy.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace dlc::tool;
using llvm::StringRef;

llvm::Expected<std::string> dlc::tool::readFile(StringRef path) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!file)
    return llvm::createStringError(file.getError(), path + ": " + file.getError().message());
  return (*file)->getBuffer().str();
}

// "2x3xf32"; a scalar is "f32".
static std::optional<Tensor> parseType(StringRef text) {
  std::vector<int64_t> shape;
  int64_t count = 1;
  while (text.contains('x')) {
    auto [extent, rest] = text.split('x');
    int64_t number;
    if (extent.getAsInteger(10, number) || number < 0 ||
        __builtin_mul_overflow(count, std::max<int64_t>(number, 1), &count))
      return {};
    shape.push_back(number);
    text = rest;
  }
  std::optional<int> dtype = dtypeNamed(text);
  if (!dtype || elementBytesOf(*dtype) == 0 || count > (int64_t(1) << 40))
    return {};
  return Tensor(*dtype, shape);
}

static llvm::Error parseValues(StringRef text, Tensor &tensor) {
  llvm::SmallVector<StringRef> words;
  llvm::SplitString(text, words, ", \t");
  if (static_cast<int64_t>(words.size()) != tensor.size() && words.size() != 1)
    return llvm::createStringError("expected " + llvm::Twine(tensor.size()) + " values, found " +
                                   llvm::Twine(words.size()));
  for (int64_t i = 0; i < tensor.size(); ++i) {
    StringRef word = words.size() == 1 ? words[0] : words[i];
    double number = 0;
    int64_t integer = 0;
    uint64_t natural = 0;
    if (tensor.isFloat() && !word.getAsDouble(number))
      tensor.setNumber(i, number);
    else if (!tensor.isFloat() && !word.getAsInteger(10, integer))
      tensor.setInteger(i, integer);
    else if (tensor.dtype == DLC_U64 && !word.getAsInteger(10, natural))
      tensor.setInteger(i, static_cast<int64_t>(natural));
    else
      return llvm::createStringError("cannot read '" + word + "' as a number");
  }
  return llvm::Error::success();
}

static llvm::Error readRaw(StringRef path, Tensor &tensor) {
  auto bytes = readFile(path);
  if (!bytes)
    return bytes.takeError();
  if (bytes->size() != tensor.bytes.size())
    return llvm::createStringError(path + ": expected " + llvm::Twine(tensor.bytes.size()) +
                                   " bytes, found " + llvm::Twine(bytes->size()));
  tensor.bytes.assign(bytes->begin(), bytes->end());
  return llvm::Error::success();
}

static llvm::Expected<Tensor> readArray(StringRef path) {
  auto bytes = readFile(path);
  if (!bytes)
    return bytes.takeError();
  auto tensor = readNpy(*bytes);
  if (!tensor)
    return llvm::createStringError(path + ": " + llvm::toString(tensor.takeError()));
  return tensor;
}

llvm::Expected<NamedTensor> dlc::tool::parseInput(StringRef text) {
  NamedTensor result;
  StringRef value = text;
  auto [first, rest] = text.split('=');
  // Names may hold '=' too; what follows the last ones is a value.
  if (!text.starts_with("@") && !(parseType(first) && first.size() < text.size())) {
    size_t at = text.rfind("=@");
    size_t equals = at != StringRef::npos && parseType(text.take_front(at).rsplit('=').second)
                        ? text.take_front(at).rfind('=')
                    : at != StringRef::npos ? at
                                            : text.take_front(text.rfind('=')).rfind('=');
    if (equals == StringRef::npos)
      return llvm::createStringError("expected NAME=@FILE.npy or NAME=2x3xf32=1,2,...");
    result.name = text.take_front(equals).str();
    value = text.drop_front(equals + 1);
  }
  if (value.consume_front("@")) {
    auto tensor = readArray(value);
    if (!tensor)
      return tensor.takeError();
    result.tensor = std::move(*tensor);
    return result;
  }
  auto [type, values] = value.split('=');
  std::optional<Tensor> tensor = parseType(type);
  if (!tensor)
    return llvm::createStringError("cannot read the type '" + type + "'; it is like 2x3xf32");
  result.tensor = std::move(*tensor);
  llvm::Error error = values.consume_front("@") ? readRaw(values, result.tensor)
                                                : parseValues(values, result.tensor);
  if (error)
    return std::move(error);
  return result;
}
