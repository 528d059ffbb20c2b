#include "Diagnostics/Diagnostics.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Format.h"
#include <map>

namespace dlc {
namespace {

struct Entry {
  Code code;
  llvm::StringLiteral title;
  llvm::StringLiteral explanation;
};

/// Bytes of a part of a message that are printed.
constexpr size_t longestPart = 2000;

constexpr Entry entries[] = {
#define DLC_CODE(number, name, title, explanation) {Code::name, title, explanation},
#include "Diagnostics/Codes.def"
};

const Entry &entryOf(Code code) {
  for (const Entry &entry : entries)
    if (entry.code == code)
      return entry;
  llvm_unreachable("every enumerator comes from Codes.def");
}

/// What to do about a diagnostic that names no repair; empty where there is nothing general to say.
llvm::StringRef usualRepair(Code code) {
  switch (code) {
#define DLC_REPAIR(name, text)                                                                     \
  case Code::name:                                                                                 \
    return text;
#include "Diagnostics/Repairs.def"
  default:
    return "";
  }
}

void printRepair(llvm::raw_ostream &out, llvm::StringRef repair) {
  if (!repair.empty())
    out << "  repair: " << shown(repair, longestPart) << '\n';
}

llvm::StringRef nameOf(Severity severity) {
  switch (severity) {
  case Severity::Error:
    return "error";
  case Severity::Warning:
    return "warning";
  case Severity::Note:
    return "note";
  }
  llvm_unreachable("all severities are listed");
}

// The length of the UTF-8 sequence that `text` starts with, 0 if it is not one.
size_t sequenceLength(llvm::StringRef text) {
  const auto *begin = reinterpret_cast<const llvm::UTF8 *>(text.data());
  unsigned length = llvm::getNumBytesForUTF8(*begin);
  if (length > text.size() || !llvm::isLegalUTF8Sequence(begin, begin + length))
    return 0;
  // U+0080 to U+009F are control characters too; a terminal obeys some of them.
  bool control = begin[0] == 0xc2 && begin[1] < 0xa0;
  return control ? 0 : length;
}

} // namespace

std::string nameOf(Code code) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("E%04u", static_cast<unsigned>(code));
  return text;
}

llvm::StringRef titleOf(Code code) { return entryOf(code).title; }

llvm::StringRef explanationOf(Code code) { return entryOf(code).explanation; }

std::optional<Code> parseCode(llvm::StringRef text) {
  text.consume_front_insensitive("e");
  unsigned number = 0;
  if (text.size() > 4 || text.getAsInteger(10, number))
    return std::nullopt;
  for (const Entry &entry : entries)
    if (static_cast<unsigned>(entry.code) == number)
      return entry.code;
  return std::nullopt;
}

llvm::ArrayRef<Code> allCodes() {
  static const std::vector<Code> codes = [] {
    std::vector<Code> all;
    for (const Entry &entry : entries)
      all.push_back(entry.code);
    return all;
  }();
  return codes;
}

int exitCodeOf(Code code) {
  switch (static_cast<unsigned>(code) / 100) {
  case 1: // the file
  case 4: // external data
  case 5: // data given to a command
    return 3;
  case 3: // not supported
    return 4;
  case 6: // options
    return 2;
  case 7: // run time
    return 6;
  case 8: // numeric failures
    return 5;
  case 9: // our own faults
    return 70;
  default: // graph and types
    return 1;
  }
}

std::string shown(llvm::StringRef text, size_t limit) {
  size_t total = text.size();
  llvm::StringRef tail;
  if (total > limit) {
    tail = text.take_back(limit / 4);
    text = text.take_front(limit - limit / 4);
  }
  std::string result;
  llvm::raw_string_ostream out(result);
  auto write = [&](llvm::StringRef part) {
    while (!part.empty()) {
      unsigned char first = part.front();
      size_t length = sequenceLength(part);
      if (first == '\n')
        out << "\\n";
      else if (length == 0 || first < 0x20 || first == 0x7f)
        out << llvm::format("\\x%02x", first);
      else
        out << part.take_front(length);
      part = part.drop_front(std::max<size_t>(length, 1));
    }
  };
  write(text);
  if (!tail.empty()) {
    out << "...[" << total << " bytes]...";
    write(tail);
  }
  return result;
}

std::string quoted(llvm::StringRef name) { return "'" + shown(name) + "'"; }

DiagnosticBuilder::~DiagnosticBuilder() {
  if (sink)
    sink->add(std::move(diagnostic));
}

Diagnostic Diagnostics::make(Code code, Severity severity, const llvm::Twine &message) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.severity = severity;
  diagnostic.message = message.str();
  return diagnostic;
}

void Diagnostics::add(Diagnostic diagnostic) {
  // Past the limit, whether a diagnostic is new is not looked up: the set of those seen stays
  // bounded too.
  // Notes sum up what came before, and are few.
  bool full = list.size() >= limit && diagnostic.severity != Severity::Note;
  if (!full) {
    std::string key;
    llvm::raw_string_ostream out(key);
    out << static_cast<int>(diagnostic.severity);
    dlc::print(out, diagnostic);
    if (!seen.insert(key).second)
      return;
  }
  if (diagnostic.severity == Severity::Error) {
    ++errors;
    bool unsupported = static_cast<unsigned>(diagnostic.code) / 100 == 3;
    std::optional<Code> &first = unsupported ? firstUnsupported : firstFault;
    if (!first)
      first = diagnostic.code;
  }
  if (full)
    ++suppressed;
  else
    list.push_back(std::move(diagnostic));
}

void Diagnostics::append(const Diagnostics &other) {
  for (Diagnostic diagnostic : other.list) {
    if (diagnostic.file.empty())
      diagnostic.file = other.file;
    add(std::move(diagnostic));
  }
  suppressed += other.suppressed;
}

bool Diagnostics::has(Code code) const {
  return llvm::any_of(list, [&](const Diagnostic &diagnostic) { return diagnostic.code == code; });
}

int Diagnostics::exitCode() const {
  if (firstFault)
    return exitCodeOf(*firstFault);
  return firstUnsupported ? exitCodeOf(*firstUnsupported) : 0;
}

void Diagnostics::print(llvm::raw_ostream &out) const {
  auto wantsUsualRepair = [](const Diagnostic &diagnostic) {
    return diagnostic.severity == Severity::Error && diagnostic.repair.empty();
  };
  // The usual repair of a code is said once, below the last diagnostic that needs it.
  std::map<Code, const Diagnostic *> last;
  for (const Diagnostic &diagnostic : list)
    if (wantsUsualRepair(diagnostic))
      last[diagnostic.code] = &diagnostic;
  for (const Diagnostic &diagnostic : list) {
    dlc::print(out, diagnostic, file);
    if (wantsUsualRepair(diagnostic) && last[diagnostic.code] == &diagnostic)
      printRepair(out, usualRepair(diagnostic.code));
  }
  if (suppressed)
    out << "note: " << suppressed << " more are not shown\n";
}

void print(llvm::raw_ostream &out, const Diagnostic &diagnostic, llvm::StringRef defaultFile) {
  auto part = [&](llvm::StringRef text) { return shown(text, longestPart); };
  out << nameOf(diagnostic.severity) << '[' << nameOf(diagnostic.code) << "]: ";
  llvm::StringRef file = diagnostic.file.empty() ? defaultFile : llvm::StringRef(diagnostic.file);
  if (!file.empty())
    out << part(file) << ": ";
  if (!diagnostic.place.empty())
    out << part(diagnostic.place) << ": ";
  out << (diagnostic.message.empty() ? titleOf(diagnostic.code).str() : part(diagnostic.message));
  if (!diagnostic.expected.empty())
    out << ": expected " << part(diagnostic.expected);
  if (!diagnostic.found.empty())
    out << (diagnostic.expected.empty() ? ": found " : ", found ") << part(diagnostic.found);
  out << '\n';
  printRepair(out, diagnostic.repair);
}

} // namespace dlc
