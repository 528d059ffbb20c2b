// dlc doctor: what of this machine dlc uses, and what it could not find.
#include "Cpu/Machine.h"
#include "Verb.h"
#include "Work.h"
#include "manifest.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Program.h"
#include "llvm/TargetParser/Triple.h"
#include <dlfcn.h>
#include <thread>

using namespace dlc;
using namespace dlc::tool;

namespace {
struct Finding {
  std::string name;
  bool found = false;
  /// What was found, or what is missed without it.
  std::string text;
};
} // namespace

// The newest level of x86-64 whose instructions are all here.
static std::string levelOf(const Machine &machine) {
  llvm::Triple triple(machine.triple);
  if (!triple.isX86())
    return machine.cpu;
  std::string error;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
  std::unique_ptr<llvm::MCSubtargetInfo> info(
      target->createMCSubtargetInfo(triple, machine.cpu, machine.features));
  bool v4 = machine.hasMaskedVectors, v3 = machine.vectorBits >= 256 && machine.hasFma,
       v2 = info->checkFeatures("+sse4.2") && info->checkFeatures("+popcnt");
  return v4 ? "x86-64-v4" : v3 ? "x86-64-v3" : v2 ? "x86-64-v2" : "x86-64";
}

static Finding program(const char *name, const char *program, const char *without) {
  auto path = llvm::sys::findProgramByName(program);
  return {name, bool(path), path ? *path : std::string("'") + program + "' not found: " + without};
}

static Finding library(const char *name, const char *file, const char *without) {
  void *handle = dlopen(file, RTLD_LAZY | RTLD_LOCAL);
  std::string text = handle ? file : std::string(file) + " not found: " + without;
  if (handle)
    dlclose(handle);
  return {name, handle != nullptr, text};
}

static std::vector<Finding> examine(const Machine &machine, double peak) {
  std::string cpu;
  llvm::raw_string_ostream out(cpu);
  out << machine.cpu << ", level " << levelOf(machine) << ", vectors of " << machine.vectorBits
      << " bits, " << std::max(1u, std::thread::hardware_concurrency()) << " processors, caches "
      << machine.cacheLevel1 / 1024 << " KB and " << machine.cacheLevel2 / 1024 << " KB";
  Finding measured{"peak", peak > 0, "not measured: this processor fuses no multiply-adds"};
  if (peak > 0) {
    measured.text.clear();
    llvm::raw_string_ostream(measured.text)
        << llvm::format("%.1f GFLOP/s of f32 on one core", peak);
  }
  return {{"cpu", true, cpu},
          measured,
          {"linker", true, "lld, built in"},
          program("c compiler", "cc", "objects cannot be linked into programs here"),
          program("aarch64", "aarch64-linux-gnu-gcc", "objects for it cannot be linked here"),
          program("emulator", "qemu-aarch64", "code for aarch64 cannot be run here"),
          program("graphviz", "dot", "dlc viz writes DOT, and no SVG"),
          library("cuda", "libcuda.so.1", "no GPU can be used"),
          program("ptxas", "ptxas", "GPU code stays PTX"),
          program("mpi", "mpirun", "training on several machines")};
}

static void runDoctor(bool json) {
  Machine machine = Machine::native();
  double peak = peakGflops(machine);
  std::vector<Finding> findings = examine(machine, peak);
  if (!json) {
    llvm::outs() << "dlc " DLC_VERSION "  LLVM " LLVM_VERSION_STRING "  runtime ABI "
                 << DLC_ABI_VERSION << "\n";
    for (const Finding &finding : findings)
      llvm::outs() << (finding.found ? "✓ " : "– ") << llvm::left_justify(finding.name, 12)
                   << finding.text << "\n";
    return;
  }
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("schema", "dlc.doctor/1");
    out.attribute("version", DLC_VERSION);
    out.attribute("llvm", LLVM_VERSION_STRING);
    out.attribute("abi", DLC_ABI_VERSION);
    out.attribute("triple", machine.triple);
    out.attribute("cpu", machine.cpu);
    out.attribute("level", levelOf(machine));
    out.attribute("peak_gflops", peak);
    out.attributeArray("findings", [&] {
      for (const Finding &finding : findings)
        out.object([&] {
          out.attribute("name", finding.name);
          out.attribute("found", finding.found);
          out.attribute("text", finding.text);
        });
    });
  });
  llvm::outs() << "\n";
}

void tool::addDoctor(CLI::App &app, Session &) {
  CLI::App *verb =
      app.add_subcommand("doctor", "what of this machine is used, and what is missing");
  auto json = std::make_shared<bool>(false);
  verb->add_flag("--json", *json, "one JSON object");
  verb->callback([json] { runDoctor(*json); });
}
