// The directory at the end of the archive says where each member lies; its fields have 32 bits, or
// 64 in an extra field of the number 1. Everything is checked against the size of the file.
#include "Npz.h"
#include "llvm/Support/Endian.h"
#include <optional>
#include <zlib.h>

using llvm::StringRef;
using namespace llvm::support::endian;

static llvm::Error malformed(const llvm::Twine &what) { return llvm::createStringError(what); }

namespace {
struct Member {
  std::string name;
  uint16_t method = 0;
  uint64_t packed = 0, size = 0, header = 0;
};
} // namespace

static constexpr uint32_t entryMark = 0x02014b50, localMark = 0x04034b50;
static constexpr size_t endBytes = 22, entryBytes = 46, localBytes = 30;
static constexpr uint16_t stored = 0, deflated = 8;

// The 64-bit fields stand in this order, each only where its 32-bit field is full.
static void readWideFields(StringRef extra, Member &member) {
  while (extra.size() >= 4) {
    uint16_t tag = read16le(extra.data()), length = read16le(extra.data() + 2);
    StringRef body = extra.drop_front(4).take_front(length);
    extra = extra.drop_front(std::min<size_t>(4 + length, extra.size()));
    if (tag != 1)
      continue;
    for (uint64_t *field : {&member.size, &member.packed, &member.header})
      if (*field == UINT32_MAX && body.size() >= 8) {
        *field = read64le(body.data());
        body = body.drop_front(8);
      }
  }
}

static std::optional<Member> readEntry(StringRef &directory) {
  if (directory.size() < entryBytes || read32le(directory.data()) != entryMark)
    return {};
  const char *p = directory.data();
  size_t nameBytes = read16le(p + 28), extraBytes = read16le(p + 30), noteBytes = read16le(p + 32);
  if (directory.size() < entryBytes + nameBytes + extraBytes + noteBytes)
    return {};
  Member member;
  member.method = read16le(p + 10);
  member.packed = read32le(p + 20);
  member.size = read32le(p + 24);
  member.header = read32le(p + 42);
  member.name = directory.substr(entryBytes, nameBytes).str();
  readWideFields(directory.substr(entryBytes + nameBytes, extraBytes), member);
  directory = directory.drop_front(entryBytes + nameBytes + extraBytes + noteBytes);
  return member;
}

static std::optional<std::string> inflated(StringRef packed, uint64_t size) {
  std::string text(size, '\0');
  z_stream stream = {};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK)
    return {};
  constexpr uint64_t step = 1 << 30;
  uint64_t read = 0, written = 0;
  int result = Z_OK;
  while (result == Z_OK) {
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data() + read));
    stream.avail_in = static_cast<uInt>(std::min(step, packed.size() - read));
    stream.next_out = reinterpret_cast<Bytef *>(text.data() + written);
    stream.avail_out = static_cast<uInt>(std::min(step, size - written));
    uInt in = stream.avail_in, out = stream.avail_out;
    result = inflate(&stream, Z_NO_FLUSH);
    read += in - stream.avail_in;
    written += out - stream.avail_out;
    if (result == Z_OK && in == stream.avail_in && out == stream.avail_out)
      break;
  }
  inflateEnd(&stream);
  return result == Z_STREAM_END && written == size ? std::optional(text) : std::nullopt;
}

static llvm::Expected<StringRef> packedOf(StringRef bytes, const Member &member) {
  uint64_t total = bytes.size();
  if (total < localBytes || member.header > total - localBytes ||
      read32le(bytes.data() + member.header) != localMark)
    return malformed(member.name + ": its place is outside the archive");
  const char *local = bytes.data() + member.header;
  uint64_t start = member.header + localBytes + read16le(local + 26) + read16le(local + 28);
  if (start > total || member.packed > total - start)
    return malformed(member.name + ": cut off");
  return bytes.substr(start, member.packed);
}

static llvm::Expected<std::string> contentOf(StringRef bytes, const Member &member) {
  auto packed = packedOf(bytes, member);
  if (!packed)
    return packed.takeError();
  if (member.method == stored)
    return packed->str();
  // Deflate makes nothing more than about a thousand times smaller.
  if (member.method != deflated || member.size / 1100 > member.packed)
    return malformed(member.name + ": not supported yet: this way of packing");
  std::optional<std::string> text = inflated(*packed, member.size);
  if (!text)
    return malformed(member.name + ": the packed data are damaged");
  return std::move(*text);
}

static llvm::Expected<std::vector<Member>> readDirectory(StringRef bytes) {
  // A comment may follow the end record; NumPy writes none, so the last mark is the right one.
  size_t end = bytes.rfind(StringRef("PK\x05\x06", 4));
  if (end == StringRef::npos || bytes.size() - end < endBytes)
    return malformed("this is no zip archive");
  uint32_t directoryBytes = read32le(bytes.data() + end + 12),
           directoryStart = read32le(bytes.data() + end + 16);
  if (directoryStart > bytes.size() || directoryBytes > bytes.size() - directoryStart)
    return malformed("not supported yet: an archive of more than 4 GB, or one that is damaged");
  StringRef directory = bytes.substr(directoryStart, directoryBytes);
  std::vector<Member> members;
  while (!directory.empty()) {
    std::optional<Member> member = readEntry(directory);
    if (!member)
      return malformed("the archive's directory is damaged");
    members.push_back(std::move(*member));
  }
  return members;
}

llvm::Expected<std::map<std::string, std::string>> dlc::tool::readZip(StringRef bytes) {
  auto directory = readDirectory(bytes);
  if (!directory)
    return directory.takeError();
  std::map<std::string, std::string> members;
  for (const Member &member : *directory) {
    auto content = contentOf(bytes, member);
    if (!content)
      return content.takeError();
    members[member.name] = std::move(*content);
  }
  return members;
}

llvm::Expected<std::map<std::string, StringRef>> dlc::tool::findStored(StringRef bytes) {
  auto directory = readDirectory(bytes);
  if (!directory)
    return directory.takeError();
  std::map<std::string, StringRef> members;
  for (const Member &member : *directory) {
    if (member.method != stored)
      return malformed(member.name + ": not supported yet: packed weights; write them by "
                                     "numpy.savez");
    auto content = packedOf(bytes, member);
    if (!content)
      return content.takeError();
    members[member.name] = *content;
  }
  return members;
}
