#include "Onnx/ExternalData.h"
#include "Onnx/ModelPlace.h"
#include "llvm/ADT/ScopeExit.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/MathExtras.h"
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#if __has_include(<linux/openat2.h>)
#include <linux/openat2.h>
#endif

namespace dlc::onnx {

llvm::StringRef locationFault(llvm::StringRef location) {
  constexpr size_t longest = 4096;
  if (location.size() > longest)
    return "a path of at most 4096 bytes";
  if (llvm::any_of(location, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return "a path without control characters";
  if (location.contains('\\'))
    return "a path with '/' between folders";
  if (location.starts_with("/"))
    return "a path relative to the model's folder";
  // A letter, then letters, digits, '+', '-' or '.', then ':' is a drive or the scheme of a URL.
  llvm::StringRef scheme = location.take_while(
      [](char c) { return llvm::isAlnum(c) || c == '+' || c == '-' || c == '.'; });
  if (!scheme.empty() && llvm::isAlpha(scheme.front()) &&
      location.drop_front(scheme.size()).starts_with(":"))
    return "a path without a drive and no URL";
  llvm::SmallVector<llvm::StringRef> components;
  location.split(components, '/');
  for (llvm::StringRef component : components)
    if (component.empty() || component == "." || component == "..")
      return "a path without '.', '..' and empty folders";
  return "";
}

namespace {

constexpr int fileFlags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW;

int openComponents(int folder, llvm::StringRef location) {
  int current = folder;
  while (true) {
    auto [component, rest] = location.split('/');
    bool last = rest.empty();
    int flags = last ? fileFlags : O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    int next = openat(current, component.str().c_str(), flags);
    int error = errno;
    if (next < 0 && !last && error == ENOTDIR) {
      // O_DIRECTORY hides that the component is a symbolic link.
      struct stat status;
      if (fstatat(current, component.str().c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
          S_ISLNK(status.st_mode))
        error = ELOOP;
    }
    if (current != folder)
      close(current);
    errno = error;
    if (next < 0 || last)
      return next;
    current = next;
    location = rest;
  }
}

int openDescriptor(int folder, llvm::StringRef location, bool allowOpenat2) {
#if defined(SYS_openat2) && defined(RESOLVE_BENEATH)
  if (allowOpenat2) {
    struct open_how how = {};
    how.flags = fileFlags;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    long descriptor = syscall(SYS_openat2, folder, location.str().c_str(), &how, sizeof(how));
    // An older kernel does not know the call, a sandbox may forbid it.
    if (descriptor >= 0 || (errno != ENOSYS && errno != EPERM && errno != EINVAL))
      return static_cast<int>(descriptor);
  }
#endif
  return openComponents(folder, location);
}

Code codeOf(int error) {
  switch (error) {
  case ELOOP:
    return Code::ExternalLink;
  case EXDEV:
    return Code::ExternalLocationInvalid;
  case ENXIO: // a socket, or a pipe without a writer
  case EISDIR:
    return Code::ExternalNotRegular;
  default:
    return Code::ExternalNotFound;
  }
}

/// What the entries of one tensor say, as far as they are known.
struct Entries {
  std::optional<llvm::StringRef> location;
  uint64_t offset = 0;
  std::optional<uint64_t> length;
};

class Attachment {
public:
  Attachment(Model &model, Diagnostics &diagnostics) : model(model), diagnostics(diagnostics) {}
  ~Attachment() {
    if (folder >= 0)
      close(folder);
  }

  void attach(Tensor &tensor, const Place &place);

private:
  std::optional<Entries> parse(const Tensor &tensor, const Place &place);
  /// Index of the file in the model; each is opened once.
  std::optional<unsigned> open(llvm::StringRef location, const Place &place);
  bool openFolder(const Place &place);

  Model &model;
  Diagnostics &diagnostics;
  int folder = -1;
  llvm::StringMap<unsigned> opened;
};

std::optional<Entries> Attachment::parse(const Tensor &tensor, const Place &place) {
  Entries entries;
  bool good = true;
  auto refuse = [&](Code code, const llvm::Twine &expected, llvm::StringRef found) {
    diagnostics.report(code).at(place.text()).expected(expected).found(quoted(found));
    good = false;
  };
  unsigned seen = 0;
  auto number = [&](const StringPair &entry) -> uint64_t {
    // No sign, no space, no base; getAsInteger alone would take an empty string's neighbours such
    // as "0x10" by base 0.
    uint64_t value = 0;
    bool digits = !entry.value.empty() && llvm::all_of(entry.value, llvm::isDigit);
    if (!digits || entry.value.getAsInteger(10, value) || !llvm::isInt<64>(value) ||
        static_cast<int64_t>(value) < 0)
      refuse(Code::ExternalNumber, "a decimal " + entry.key, entry.value);
    return value;
  };
  for (const StringPair &entry : tensor.externalEntries) {
    static constexpr llvm::StringLiteral keys[] = {"location", "offset", "length", "checksum"};
    if (entry.key == "basepath")
      refuse(Code::ExternalKey, "a location in the model's folder", entry.key);
    const auto *key = llvm::find(keys, entry.key);
    if (key == std::end(keys))
      continue;
    unsigned bit = 1u << (key - keys);
    if (seen & bit)
      refuse(Code::ExternalKey, "each key once", entry.key);
    seen |= bit;
    if (entry.key == "location")
      entries.location = entry.value;
    else if (entry.key == "offset")
      entries.offset = number(entry);
    else if (entry.key == "length")
      entries.length = number(entry);
  }
  if (!entries.location || entries.location->empty()) {
    diagnostics.report(Code::ExternalLocationMissing).at(place.text());
    good = false;
  } else if (llvm::StringRef rule = locationFault(*entries.location); !rule.empty()) {
    refuse(Code::ExternalLocationInvalid, rule, *entries.location);
  }
  if (!good)
    return std::nullopt;
  return entries;
}

bool Attachment::openFolder(const Place &place) {
  if (folder >= 0)
    return true;
  if (model.folder.empty()) {
    diagnostics.report(Code::ExternalNoFolder).at(place.text());
    return false;
  }
  folder = ::open(model.folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    diagnostics.report(Code::ExternalNotFound).at(place.text()).found(llvm::sys::StrError());
  return folder >= 0;
}

std::optional<unsigned> Attachment::open(llvm::StringRef location, const Place &place) {
  if (auto known = opened.find(location); known != opened.end())
    return known->second;
  if (!openFolder(place))
    return std::nullopt;
  OpenedFile file = openBelow(folder, location);
  llvm::scope_exit closeFile([&] {
    if (file.descriptor >= 0)
      close(file.descriptor);
  });
  if (file.fault) {
    diagnostics.report(*file.fault)
        .at(place.text())
        .expected("a file in the model's folder")
        .found(quoted(location) + " (" + file.reason + ")");
    return std::nullopt;
  }
  llvm::ErrorOr<std::unique_ptr<llvm::MemoryBuffer>> buffer = llvm::MemoryBuffer::getOpenFile(
      file.descriptor, location, file.bytes, /*RequiresNullTerminator=*/false);
  if (!buffer) {
    diagnostics.report(Code::ExternalNotFound)
        .at(place.text())
        .found(quoted(location) + " (" + buffer.getError().message() + ")");
    return std::nullopt;
  }
  model.files.push_back({model.folder + "/" + location.str(), std::move(*buffer)});
  return opened[location] = model.files.size() - 1;
}

void Attachment::attach(Tensor &tensor, const Place &place) {
  if (tensor.dataLocation != 1)
    return;
  if (tensor.type == ElementType::String) {
    diagnostics.report(Code::ExternalString).at(place.text());
    return;
  }
  std::optional<int64_t> needed = byteCount(tensor.type, tensor.dims);
  std::optional<Entries> entries = parse(tensor, place);
  // A shape or type that is not valid is reported by the check of the tensor.
  if (!entries || !needed || !isKnown(tensor.type))
    return;
  if (entries->length && *entries->length != static_cast<uint64_t>(*needed)) {
    diagnostics.report(Code::TensorSize)
        .at(place.text())
        .expected(llvm::Twine(*needed) + " bytes")
        .found("length " + llvm::Twine(*entries->length));
    return;
  }
  std::optional<unsigned> file = open(*entries->location, place);
  if (!file)
    return;
  llvm::StringRef content = model.files[*file].buffer->getBuffer();
  // No sum of offset and length, which could overflow.
  uint64_t size = content.size();
  if (entries->offset > size || static_cast<uint64_t>(*needed) > size - entries->offset) {
    diagnostics.report(Code::ExternalRange)
        .at(place.text())
        .expected(llvm::Twine(*needed) + " bytes from byte " + llvm::Twine(entries->offset))
        .found(llvm::Twine(size) + " bytes in " + quoted(*entries->location));
    return;
  }
  tensor.fieldsPresent |= 1u << static_cast<unsigned>(DataField::External);
  tensor.field = DataField::External;
  tensor.encoded = content.substr(entries->offset, *needed);
  tensor.file = *file;
}

} // namespace

OpenedFile openBelow(int folder, llvm::StringRef location, bool allowOpenat2) {
  OpenedFile result;
  auto refuse = [&](Code code, llvm::StringRef reason) {
    if (result.descriptor >= 0)
      close(std::exchange(result.descriptor, -1));
    result.fault = code;
    result.reason = reason.str();
    return result;
  };
  result.descriptor = openDescriptor(folder, location, allowOpenat2);
  if (result.descriptor < 0)
    return refuse(codeOf(errno), llvm::sys::StrError());
  struct stat status;
  if (fstat(result.descriptor, &status) != 0)
    return refuse(Code::ExternalNotFound, llvm::sys::StrError());
  if (!S_ISREG(status.st_mode))
    return refuse(Code::ExternalNotRegular, "not a regular file");
  if (status.st_nlink > 1)
    return refuse(Code::ExternalLink, "the file has more than one hard link");
  result.bytes = status.st_size;
  return result;
}

void attachExternalData(Model &model, Diagnostics &diagnostics) {
  Attachment attachment(model, diagnostics);
  forEachTensor(model,
                [&](Tensor &tensor, const Place &place) { attachment.attach(tensor, place); });
}

} // namespace dlc::onnx
