// dlc version: this program, its LLVM, and what `--cpu=native` is here.
#include "Cpu/Machine.h"
#include "Verb.h"
#include "manifest.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Support/JSON.h"

using namespace dlc;

void tool::addVersion(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("version", "versions, and the machine that native means");
  auto json = std::make_shared<bool>(false);
  verb->add_flag("--json", *json, "one JSON object");
  verb->callback([json] {
    Machine machine = Machine::native();
    if (!*json) {
      llvm::outs() << "dlc " DLC_VERSION "  LLVM " LLVM_VERSION_STRING "  runtime ABI "
                   << DLC_ABI_VERSION << "\nnative: " << machine.description() << "\n";
      return;
    }
    llvm::json::OStream out(llvm::outs());
    out.object([&] {
      out.attribute("schema", "dlc.version/1");
      out.attribute("version", DLC_VERSION);
      out.attribute("llvm", LLVM_VERSION_STRING);
      out.attribute("abi", DLC_ABI_VERSION);
      out.attribute("triple", machine.triple);
      out.attribute("cpu", machine.cpu);
      out.attribute("features", machine.features);
    });
    llvm::outs() << "\n";
  });
}
