// The bytes of a tensor out of whichever field they were written to. Raw data and packed floats are
// already what is asked for; integers of less than 64 bits stand as varints in int32_data or
// uint64_data and are narrowed here.
#include "Onnx/Model.h"
#include "Onnx/Wire.h"
#include "llvm/Support/Endian.h"

namespace dlc::onnx {

namespace {

// Bytes that one number of `field` contributes to the elements. A number of int32_data holds one
// element, or one byte of packed elements below 8 bits.
unsigned bytesPerNumber(DataField field, ElementType type) {
  switch (field) {
  case DataField::Float:
    return 4;
  case DataField::Double:
  case DataField::Int64:
    return 8;
  default:
    return std::max(bitsOf(type) / 8, 1u);
  }
}

bool isFixed(DataField field) { return field == DataField::Float || field == DataField::Double; }

void appendLittleEndian(std::string &out, uint64_t value, unsigned bytes) {
  char buffer[8];
  llvm::support::endian::write64le(buffer, value);
  out.append(buffer, bytes);
}

} // namespace

std::optional<llvm::StringRef> Tensor::storedBytes() const {
  bool verbatim = field == DataField::Raw || field == DataField::External ||
                  (isFixed(field) && decoded.empty());
  if (!verbatim)
    return std::nullopt;
  return encoded;
}

TensorBytes Tensor::bytes() const {
  if (std::optional<llvm::StringRef> stored = storedBytes())
    return TensorBytes(*stored);
  std::string memory;
  if (type == ElementType::String)
    return TensorBytes(std::move(memory));
  memory.reserve(byteCount(type, dims).value_or(0));
  unsigned width = bytesPerNumber(field, type);
  auto append = [&](uint64_t number) { appendLittleEndian(memory, number, width); };
  if (!decoded.empty())
    llvm::for_each(decoded, append);
  else
    forEachVarint(encoded, append);
  return TensorBytes(std::move(memory));
}

std::vector<int64_t> Tensor::integers() const {
  namespace endian = llvm::support::endian;
  TensorBytes content = bytes();
  llvm::StringRef data = content.bytes();
  std::vector<int64_t> values;
  values.reserve(elements());
  unsigned bits = bitsOf(type);
  bool isSigned = type == ElementType::Int8 || type == ElementType::Int16 ||
                  type == ElementType::Int32 || type == ElementType::Int64 ||
                  type == ElementType::Int4 || type == ElementType::Int2;
  for (int64_t i = 0, count = elements(); i < count && bits != 0 && bits <= 64; ++i) {
    uint64_t value = 0;
    if (bits < 8)
      value = static_cast<uint8_t>(data[i * bits / 8]) >> (i * bits % 8) & ((1u << bits) - 1);
    else
      for (unsigned byte = 0; byte < bits / 8; ++byte)
        value |= uint64_t(static_cast<uint8_t>(data[i * (bits / 8) + byte])) << (8 * byte);
    unsigned shift = 64 - bits;
    values.push_back(isSigned ? static_cast<int64_t>(value << shift) >> shift
                              : static_cast<int64_t>(value));
  }
  return values;
}

} // namespace dlc::onnx
