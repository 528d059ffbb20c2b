// dlc completion bash|zsh|fish: a script for the shell, made from the verbs and options that there
// are, so that it cannot grow old.
//
//   source <(dlc completion bash)
#include "Verb.h"

using namespace dlc;

namespace {
struct Flag {
  std::string name, description;
  /// What it takes: the names of a choice, or nothing.
  std::vector<std::string> choices;
  bool takesValue = false;
};
} // namespace

// An option that takes one of some names says so in the name of its type: TEXT:{on,off}.
static std::vector<std::string> choicesOf(const CLI::Option &option) {
  std::string type = option.get_type_name();
  size_t from = type.find('{'), to = type.rfind('}');
  if (from == std::string::npos || to == std::string::npos)
    return {};
  return CLI::detail::split(type.substr(from + 1, to - from - 1), ',');
}

static std::vector<Flag> flagsOf(const CLI::App &verb) {
  std::vector<Flag> flags;
  for (const CLI::Option *option : verb.get_options())
    for (const std::string &name : option->get_lnames())
      flags.push_back({"--" + name, option->get_description(), choicesOf(*option),
                       option->get_items_expected_max() > 0});
  return flags;
}

static std::vector<const CLI::App *> verbsOf(const CLI::App &app) {
  return app.get_subcommands([](const CLI::App *) { return true; });
}

static void printBash(const CLI::App &app) {
  std::string verbs;
  for (const CLI::App *verb : verbsOf(app))
    verbs += (verbs.empty() ? "" : " ") + verb->get_name();
  llvm::outs() << "_dlc() {\n"
                  "  local word=${COMP_WORDS[COMP_CWORD]} last=${COMP_WORDS[COMP_CWORD-1]}\n"
                  "  [ \"$word\" = = ] && word=\n"
                  "  [ \"$last\" = = ] && last=${COMP_WORDS[COMP_CWORD-2]}\n"
                  "  local words=\n"
                  "  if [ \"$COMP_CWORD\" = 1 ]; then words='"
               << verbs << "'; else\n    case \"${COMP_WORDS[1]} $last\" in\n";
  for (const CLI::App *verb : verbsOf(app))
    for (const Flag &flag : flagsOf(*verb))
      if (!flag.choices.empty())
        llvm::outs() << "      '" << verb->get_name() << " " << flag.name << "') words='"
                     << CLI::detail::join(flag.choices, " ") << "' ;;\n";
  llvm::outs() << "      *) case \"${COMP_WORDS[1]}:$word\" in\n";
  for (const CLI::App *verb : verbsOf(app)) {
    llvm::outs() << "        " << verb->get_name() << ":-*) words='";
    for (const Flag &flag : flagsOf(*verb))
      llvm::outs() << flag.name << " ";
    llvm::outs() << "' ;;\n";
  }
  llvm::outs() << "      esac ;;\n    esac\n  fi\n"
                  "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                  "}\ncomplete -o default -F _dlc dlc\n";
}

// A colon or bracket ends the text of zsh's specifications, a quote that of the shell.
static std::string plain(std::string text, const char *special) {
  for (char &c : text)
    if (llvm::StringRef(special).contains(c))
      c = ' ';
  return text;
}

static void printZsh(const CLI::App &app) {
  llvm::outs() << "#compdef dlc\n_dlc() {\n  local -a verbs=(\n";
  for (const CLI::App *verb : verbsOf(app))
    llvm::outs() << "    '" << verb->get_name() << ":" << plain(verb->get_description(), "':")
                 << "'\n";
  llvm::outs() << "  )\n  if ((CURRENT == 2)); then _describe verb verbs; return; fi\n"
                  "  case $words[2] in\n";
  for (const CLI::App *verb : verbsOf(app)) {
    llvm::outs() << "    " << verb->get_name() << ") _arguments";
    for (const Flag &flag : flagsOf(*verb)) {
      llvm::outs() << " '" << flag.name << (flag.takesValue ? "=" : "") << "["
                   << plain(flag.description, "'[]:") << "]";
      if (!flag.choices.empty())
        llvm::outs() << ":value:(" << CLI::detail::join(flag.choices, " ") << ")";
      else if (flag.takesValue)
        llvm::outs() << ":value:_files";
      llvm::outs() << "'";
    }
    llvm::outs() << " '*:file:_files' ;;\n";
  }
  llvm::outs() << "  esac\n}\ncompdef _dlc dlc\n";
}

static void printFish(const CLI::App &app) {
  for (const CLI::App *verb : verbsOf(app)) {
    llvm::outs() << "complete -c dlc -n __fish_use_subcommand -f -a " << verb->get_name() << " -d '"
                 << plain(verb->get_description(), "'") << "'\n";
    for (const Flag &flag : flagsOf(*verb)) {
      llvm::outs() << "complete -c dlc -n '__fish_seen_subcommand_from " << verb->get_name()
                   << "' -l " << flag.name.substr(2) << " -d '" << plain(flag.description, "'")
                   << "'";
      if (!flag.choices.empty())
        llvm::outs() << " -x -a '" << CLI::detail::join(flag.choices, " ") << "'";
      else if (flag.takesValue)
        llvm::outs() << " -r";
      llvm::outs() << "\n";
    }
  }
}

void tool::addCompletion(CLI::App &app, Session &) {
  CLI::App *verb = app.add_subcommand("completion", "a script that completes words in a shell");
  auto shell = std::make_shared<std::string>();
  verb->add_option("shell", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  verb->callback([shell, &app] {
    if (*shell == "bash")
      printBash(app);
    else if (*shell == "zsh")
      printZsh(app);
    else
      printFish(app);
  });
}
