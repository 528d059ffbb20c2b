// dlc explain E0203
#include "Verb.h"

using namespace dlc;

void tool::addExplain(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("explain", "what a diagnostic's code means");
  auto text = std::make_shared<std::string>();
  verb->add_option("code", *text, "a code, as E0203; all of them when left out");
  verb->callback([&session, text] {
    if (text->empty()) {
      for (Code code : allCodes())
        llvm::outs() << nameOf(code) << "  " << titleOf(code) << "\n";
      return;
    }
    std::optional<Code> code = parseCode(*text);
    if (!code) {
      session.usage("there is no code " + dlc::quoted(*text)).repair("dlc explain lists them");
      return;
    }
    llvm::outs() << nameOf(*code) << ": " << titleOf(*code) << "\n\n"
                 << explanationOf(*code) << "\n\nexit code " << exitCodeOf(*code) << "\n";
  });
}
