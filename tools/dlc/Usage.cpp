// One function for each text of CLI11 (version 2); a text of another version is printed as it is.
#include "Usage.h"
#include "llvm/ADT/StringExtras.h"

using namespace dlc;
using namespace dlc::tool;
using llvm::StringRef;

using Names = std::vector<std::string>;

static std::string listed(const Names &names) {
  if (names.size() < 2)
    return names.empty() ? "none" : names.front();
  Names first(names.begin(), names.end() - 1);
  return llvm::join(first, ", ") + " or " + names.back();
}

static Names verbsOf(const CLI::App &app) {
  Names names;
  for (const CLI::App *verb : app.get_subcommands({}))
    names.push_back(verb->get_name());
  return names;
}

static Names optionsOf(const CLI::App &app) {
  Names names;
  for (const CLI::Option *option : app.get_options()) {
    for (const std::string &name : option->get_lnames())
      names.push_back("--" + name);
    for (const std::string &name : option->get_snames())
      names.push_back("-" + name);
  }
  return names;
}

// "did you mean '--emit'?" for a word that is at most two letters away.
static std::string suggestion(StringRef word, const Names &known) {
  constexpr unsigned farthest = 2;
  unsigned best = farthest + 1;
  std::string nearest;
  for (const std::string &name : known)
    if (unsigned distance = word.edit_distance(name, true, farthest); distance < best)
      best = distance, nearest = name;
  return nearest.empty() ? "" : "did you mean '" + nearest + "'?";
}

namespace {
/// A fault of one verb, or of the command.
class Fault {
public:
  Fault(const CLI::App &app, const CLI::ParseError &error) : app(app), verb(&app) {
    while (!verb->get_subcommands().empty())
      verb = verb->get_subcommands().front();
    text = error.what();
    result.severity = Severity::Error;
    result.code = Code::OptionUnknown;
    if (verb != &app)
      result.place = "dlc " + verb->get_name();
    result.message = text.str();
  }

  Diagnostic take() {
    missingVerb() || unexpected() || missing() || badValue() || badNumber() || wrongCount();
    if (result.repair.empty())
      result.repair =
          (verb == &app ? std::string("dlc") : result.place) + " --help lists what it takes";
    return std::move(result);
  }

private:
  bool set(Code code, const llvm::Twine &message, const std::string &expected = "",
           const std::string &found = "") {
    result.code = code;
    result.message = message.str();
    result.expected = expected;
    result.found = found;
    return true;
  }

  bool missingVerb() {
    if (text != "A subcommand is required")
      return false;
    Names rest = app.remaining();
    if (rest.empty())
      return set(Code::OptionUnknown, "no verb is given", listed(verbsOf(app)));
    result.repair = suggestion(rest.front(), verbsOf(app));
    return set(Code::OptionUnknown, "there is no verb " + dlc::quoted(rest.front()),
               listed(verbsOf(app)));
  }

  // "The following argument was not expected: A", "The following arguments were not expected: A B"
  bool unexpected() {
    StringRef rest = text;
    if (!rest.consume_front("The following argument was not expected: ") &&
        !rest.consume_front("The following arguments were not expected: "))
      return false;
    StringRef word = rest.split(' ').first;
    if (!word.starts_with("-"))
      return set(Code::OptionUnknown, "more arguments than it takes", "", dlc::quoted(word));
    word = word.split('=').first;
    result.repair = suggestion(word, optionsOf(*verb));
    return set(Code::OptionUnknown, "there is no option " + dlc::quoted(word));
  }

  // "model is required"
  bool missing() {
    StringRef name = text;
    return name.consume_back(" is required") && !name.contains(' ') &&
           set(Code::OptionUnknown, name + " is missing", descriptionOf(name));
  }

  // "--emit: soup not in {graph,obj}"
  bool badValue() {
    auto [head, set] = text.split(" not in {");
    auto [option, value] = head.split(": ");
    if (!set.consume_back("}") || value.empty())
      return false;
    llvm::SmallVector<StringRef> parts;
    set.split(parts, ',');
    return this->set(Code::OptionValue, option + " has a value that is not known",
                     listed(Names(parts.begin(), parts.end())), dlc::quoted(value));
  }

  // "--runs: Value 0 not in range 1 to 64", "Could not convert: --rtol = close"
  bool badNumber() {
    StringRef rest = text;
    if (rest.consume_front("Could not convert: ")) {
      auto [option, value] = rest.split(" = ");
      return set(Code::OptionValue, option + " has no number as its value", "a number",
                 dlc::quoted(value));
    }
    auto [option, range] = text.split(": Value ");
    auto [value, limits] = range.split(" not in range ");
    if (limits.empty())
      return false;
    // CLI11 writes "positive" as the range of all numbers that are.
    std::string expected = limits.size() > 100 ? "a positive number" : limits.str();
    return set(Code::OptionValue, option + " has a value out of range", expected,
               dlc::quoted(value));
  }

  // "--emit: 1 required TEXT missing", "--cpu: At Most 1 required but received 2"
  bool wrongCount() {
    auto [option, rest] = text.split(": ");
    if (rest.ends_with(" missing") && rest.contains(" required "))
      return set(Code::OptionValue, option + " has no value", descriptionOf(option));
    if (rest.contains(" required but received "))
      return set(Code::OptionValue, option + " is given more than once", "it once",
                 rest.rsplit(' ').second.str() + " values");
    return false;
  }

  // What the help says about an option.
  std::string descriptionOf(StringRef name) {
    for (const CLI::Option *option : verb->get_options())
      if (option->check_name(name.str()))
        return option->get_description();
    return "";
  }

  const CLI::App &app;
  const CLI::App *verb;
  StringRef text;
  Diagnostic result;
};
} // namespace

Diagnostic tool::usageFault(const CLI::App &app, const CLI::ParseError &error) {
  return Fault(app, error).take();
}
