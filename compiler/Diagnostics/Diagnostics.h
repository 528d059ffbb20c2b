// What the user is told when something is wrong with a model, a file or an option: a code, a place
// in the model, what was expected and what was found. Readers and passes report into one
// `Diagnostics`, go on where that makes sense, and the command prints everything at once and exits
// with the code that the worst of them asks for. Plain C++ over LLVM's Support, so that the readers
// and their fuzzer need no MLIR.
//
//   diagnostics.report(Code::ValueUndefined, "input 'x' is not defined")
//       .at("node 'conv1' (Conv, opset 11)").expected("a value").found("nothing").repair("export
//       again");
#pragma once

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/raw_ostream.h"
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace dlc {

/// The number of a diagnostic; printed as E followed by four digits.
enum class Code : unsigned {
#define DLC_CODE(number, name, title, explanation) name = number,
#include "Diagnostics/Codes.def"
};

enum class Severity { Error, Warning, Note };

struct Diagnostic {
  Code code = Code::Internal;
  Severity severity = Severity::Error;
  std::string file;     // empty: the file of the Diagnostics
  std::string place;    // "node 'x' (Conv, opset 11)", "initializer 'w'", "byte 812"
  std::string message;  // lower case, no full stop; empty: the title of the code
  std::string expected; // printed as "expected ..."
  std::string found;    // printed as "found ..."
  std::string repair;   // printed on a line of its own
};

/// "E0203"
std::string nameOf(Code code);
/// One line that says what the code is about.
llvm::StringRef titleOf(Code code);
/// A paragraph for `dlc explain`.
llvm::StringRef explanationOf(Code code);
/// The code of "E0203", "e203" or "203"; none if there is no such code.
std::optional<Code> parseCode(llvm::StringRef text);
/// All codes, ascending.
llvm::ArrayRef<Code> allCodes();
/// The exit code of a command that fails with this code (see the table of the command line).
int exitCodeOf(Code code);

/// `text` as it may be shown: control characters and bytes that are not UTF-8 are escaped, the
/// middle of long text is left out. Names in a model are chosen by whoever made it.
std::string shown(llvm::StringRef text, size_t limit = 200);
/// `shown` in single quotes.
std::string quoted(llvm::StringRef name);

class Diagnostics;

/// One diagnostic in the making; added to its Diagnostics at the end of the statement.
class DiagnosticBuilder {
public:
  DiagnosticBuilder(Diagnostics &sink, Diagnostic diagnostic)
      : sink(&sink), diagnostic(std::move(diagnostic)) {}
  DiagnosticBuilder(DiagnosticBuilder &&other)
      : sink(std::exchange(other.sink, nullptr)), diagnostic(std::move(other.diagnostic)) {}
  DiagnosticBuilder &operator=(DiagnosticBuilder &&) = delete;
  ~DiagnosticBuilder();

  DiagnosticBuilder &&in(const llvm::Twine &file) { return set(diagnostic.file, file); }
  DiagnosticBuilder &&at(const llvm::Twine &place) { return set(diagnostic.place, place); }
  DiagnosticBuilder &&expected(const llvm::Twine &text) { return set(diagnostic.expected, text); }
  DiagnosticBuilder &&found(const llvm::Twine &text) { return set(diagnostic.found, text); }
  DiagnosticBuilder &&repair(const llvm::Twine &text) { return set(diagnostic.repair, text); }

private:
  DiagnosticBuilder &&set(std::string &member, const llvm::Twine &text) {
    member = text.str();
    return std::move(*this);
  }
  Diagnostics *sink;
  Diagnostic diagnostic;
};

/// Collects diagnostics: the same one is kept once, and after `limit` of them the rest is only
/// counted. Not for several threads at once: give each its own and `append` them in a fixed order.
class Diagnostics {
public:
  static constexpr size_t limit = 100;

  /// `file` is printed for diagnostics that name none.
  explicit Diagnostics(llvm::StringRef file = "") : file(file) {}

  DiagnosticBuilder report(Code code, const llvm::Twine &message = "") {
    return {*this, make(code, Severity::Error, message)};
  }
  DiagnosticBuilder warn(Code code, const llvm::Twine &message = "") {
    return {*this, make(code, Severity::Warning, message)};
  }
  void add(Diagnostic diagnostic);
  void append(const Diagnostics &other);

  bool hasErrors() const { return errors != 0; }
  size_t errorCount() const { return errors; }
  /// How many were left out beyond `limit`.
  size_t suppressedCount() const { return suppressed; }
  llvm::ArrayRef<Diagnostic> all() const { return list; }
  bool has(Code code) const;

  /// 0 without errors; else that of the first error that is not about missing support, else that of
  /// missing support: a model that is wrong stays wrong with a better compiler.
  int exitCode() const;

  void setFile(llvm::StringRef name) { file = name.str(); }
  void print(llvm::raw_ostream &out) const;

private:
  static Diagnostic make(Code code, Severity severity, const llvm::Twine &message);
  std::string file;
  std::vector<Diagnostic> list;
  llvm::StringSet<> seen;
  size_t errors = 0;
  size_t suppressed = 0;
  std::optional<Code> firstFault;       // the first error outside E03xx
  std::optional<Code> firstUnsupported; // the first error of E03xx
};

/// "error[E0203]: model.onnx: node 'x': shapes do not match: expected ..., found ..." and the
/// repair on a second line.
void print(llvm::raw_ostream &out, const Diagnostic &diagnostic, llvm::StringRef defaultFile = "");

} // namespace dlc
