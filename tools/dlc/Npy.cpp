// Format: "\x93NUMPY", version, length of the header, a Python dictionary as text, data. Arrays in
// Fortran order or of the other byte order are refused: NumPy writes neither by itself.
#include "Npy.h"
#include "Npz.h"
#include "llvm/Support/Endian.h"

using namespace dlc::tool;
using llvm::StringRef;

static llvm::Error malformed(const llvm::Twine &what) { return llvm::createStringError(what); }

// NumPy's letter and width of each type; bf16 has none and travels as "V2".
static const std::pair<const char *, int> descriptors[] = {
    {"f8", DLC_F64}, {"f4", DLC_F32}, {"f2", DLC_F16}, {"V2", DLC_BF16}, {"i8", DLC_I64},
    {"i4", DLC_I32}, {"i2", DLC_I16}, {"i1", DLC_I8},  {"u8", DLC_U64},  {"u4", DLC_U32},
    {"u2", DLC_U16}, {"u1", DLC_U8},  {"b1", DLC_BOOL}};

// The value of a key in the header's dictionary, up to the comma or bracket that ends it.
static StringRef valueOf(StringRef header, StringRef key) {
  size_t at = header.find(("'" + key + "'").str());
  if (at == StringRef::npos)
    return "";
  StringRef rest = header.drop_front(at).split(':').second.ltrim();
  if (rest.starts_with("("))
    return rest.take_until([](char c) { return c == ')'; }).drop_front();
  return rest.take_until([](char c) { return c == ',' || c == '}'; }).rtrim();
}

static llvm::Expected<std::vector<int64_t>> shapeOf(StringRef text) {
  std::vector<int64_t> shape;
  int64_t count = 1;
  for (StringRef part : llvm::split(text, ',')) {
    if (part.trim().empty())
      continue;
    int64_t extent;
    if (part.trim().getAsInteger(10, extent) || extent < 0 ||
        __builtin_mul_overflow(count, std::max<int64_t>(extent, 1), &count))
      return malformed("cannot read the shape of an array");
    shape.push_back(extent);
  }
  return shape;
}

llvm::Expected<Tensor> dlc::tool::readNpy(StringRef bytes) {
  if (!bytes.consume_front("\x93NUMPY") || bytes.size() < 6)
    return malformed("this is no .npy file");
  bool wide = bytes[0] >= 2;
  size_t length = wide ? llvm::support::endian::read32le(bytes.data() + 2)
                       : llvm::support::endian::read16le(bytes.data() + 2);
  bytes = bytes.drop_front(wide ? 6 : 4);
  if (length > bytes.size())
    return malformed("the header is cut off");
  StringRef header = bytes.take_front(length), data = bytes.drop_front(length);
  if (valueOf(header, "fortran_order") != "False")
    return malformed("not supported yet: arrays in Fortran order");
  StringRef type = valueOf(header, "descr").trim("'");
  std::optional<int> dtype;
  for (auto [name, number] : descriptors)
    if (type.drop_front(!type.empty()) == name && !type.starts_with(">"))
      dtype = number;
  if (!dtype)
    return malformed("not supported yet: element type " + type);
  auto shape = shapeOf(valueOf(header, "shape"));
  if (!shape)
    return shape.takeError();
  Tensor sized;
  sized.shape = *shape;
  if (static_cast<uint64_t>(sized.size()) != data.size() / elementBytesOf(*dtype) ||
      data.size() % elementBytesOf(*dtype))
    return malformed("the data have another size than the shape");
  Tensor tensor(*dtype, *shape);
  std::copy(data.begin(), data.end(), tensor.bytes.begin());
  return tensor;
}

void dlc::tool::writeNpy(llvm::raw_ostream &out, const Tensor &tensor) {
  std::string type = "|V1";
  for (auto [name, number] : descriptors)
    if (number == tensor.dtype)
      type = (name[1] == '1' ? "|" : "<") + std::string(name);
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': (";
  for (int64_t extent : tensor.shape)
    header += std::to_string(extent) + ",";
  header += "), }";
  // The data start at a multiple of 64; ten bytes and the newline come with the header.
  while ((header.size() + 11) % 64)
    header += ' ';
  header += '\n';
  char length[2];
  llvm::support::endian::write16le(length, static_cast<uint16_t>(header.size()));
  out << StringRef("\x93NUMPY\x01\x00", 8) << StringRef(length, 2) << header;
  out.write(tensor.bytes.data(), tensor.bytes.size());
}

llvm::Expected<std::map<std::string, Tensor>> dlc::tool::readNpz(StringRef bytes) {
  auto members = readZip(bytes);
  if (!members)
    return members.takeError();
  std::map<std::string, Tensor> arrays;
  for (auto &[name, content] : *members) {
    auto tensor = readNpy(content);
    if (!tensor)
      return malformed(name + ": " + llvm::toString(tensor.takeError()));
    StringRef stem(name);
    stem.consume_back(".npy");
    arrays[stem.str()] = std::move(*tensor);
  }
  return arrays;
}
