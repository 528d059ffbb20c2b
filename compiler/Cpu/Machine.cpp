// Resolves names of machines by asking LLVM's tables which instructions a processor has.
#include "Cpu/Machine.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"
#include <map>
#include <mutex>
#include <unistd.h>

using namespace dlc;

static void initializeTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
    llvm::InitializeAllTargetInfos();
    llvm::InitializeAllTargets();
    llvm::InitializeAllTargetMCs();
    llvm::InitializeAllAsmPrinters();
  });
}

/// Features in alphabetical order, because the table that holds them has none.
static std::string hostFeatures() {
  std::map<std::string, bool> sorted;
  for (const auto &feature : llvm::sys::getHostCPUFeatures())
    sorted[feature.first().str()] = feature.second;
  std::string text;
  for (const auto &[name, present] : sorted)
    text += (text.empty() ? "" : ",") + std::string(present ? "+" : "-") + name;
  return text;
}

static int64_t systemValue(int name, int64_t otherwise) {
  long value = sysconf(name);
  return value > 0 ? value : otherwise;
}

static void resolveCaches(Machine &machine, bool native) {
  if (machine.vectorBits == 512)
    machine.cacheLevel2 = 1 << 20;
  if (!native)
    return;
  machine.cacheLevel1 = systemValue(_SC_LEVEL1_DCACHE_SIZE, machine.cacheLevel1);
  machine.cacheLevel2 = systemValue(_SC_LEVEL2_CACHE_SIZE, machine.cacheLevel2);
}

static void resolveX86(Machine &machine, const llvm::MCSubtargetInfo &info) {
  bool wide = info.checkFeatures("+avx512f") && info.checkFeatures("+avx512vl") &&
              info.checkFeatures("+avx512bw") && info.checkFeatures("+avx512dq");
  bool fused = info.checkFeatures("+fma");
  machine.vectorBits = wide ? 512 : info.checkFeatures("+avx2") ? 256 : 128;
  machine.vectorRegisters = wide ? 32 : 16;
  machine.hasMaskedVectors = wide;
  machine.hasFma = fused;
  machine.hasRound = info.checkFeatures("+sse4.1");
  machine.hasHalfConversion = info.checkFeatures("+f16c");
}

static void resolveArm(Machine &machine, const llvm::MCSubtargetInfo &) {
  machine.vectorBits = 128;
  machine.vectorRegisters = 32;
  machine.hasFma = machine.hasRound = machine.hasHalfConversion = true;
}

// Without V, vectors of 128 bits are taken apart into scalars by the back end.
static void resolveRiscV(Machine &machine, const llvm::MCSubtargetInfo &info) {
  machine.vectorBits = 128;
  machine.vectorRegisters = 32;
  machine.hasFma = info.checkFeatures("+d");
}

// An engine keeps 16 vectors in the registers of the machines that there are.
static void resolveWasm(Machine &machine, const llvm::MCSubtargetInfo &) {
  machine.vectorBits = 128;
  machine.vectorRegisters = 16;
  machine.hasRound = true;
}

namespace {
/// What stands for a processor of an architecture when none is named, and what decides for others.
struct Architecture {
  llvm::Triple::ArchType type;
  const char *baseline, *features;
  void (*resolve)(Machine &, const llvm::MCSubtargetInfo &);
};
} // namespace

static const Architecture architectures[] = {
    {llvm::Triple::x86_64, "x86-64", "", resolveX86},
    {llvm::Triple::aarch64, "generic", "", resolveArm},
    {llvm::Triple::riscv64, "generic-rv64", "+m,+a,+f,+d,+c", resolveRiscV},
    {llvm::Triple::wasm32, "generic", "+simd128", resolveWasm}};

// An empty cpu is native on the architecture of the host, else the baseline of the architecture.
bool Machine::resolve(llvm::StringRef target, llvm::StringRef cpu, Machine &machine,
                      std::string &error) {
  initializeTargets();
  machine = Machine();
  llvm::Triple host(llvm::sys::getDefaultTargetTriple());
  llvm::Triple triple(target.empty() ? host : llvm::Triple(llvm::Triple::normalize(target)));
  auto *architecture = llvm::find_if(
      architectures, [&](const Architecture &known) { return known.type == triple.getArch(); });
  if (architecture == std::end(architectures)) {
    error = "not supported yet: target '" + triple.str() + "'";
    return false;
  }
  bool isHost = triple.getArch() == host.getArch();
  bool native = cpu == "native" || (cpu.empty() && isHost);
  if (native && !isHost) {
    error = "cpu 'native' is of another architecture than target '" + triple.str() +
            "'; name one with --cpu";
    return false;
  }
  const llvm::Target *backEnd = llvm::TargetRegistry::lookupTarget(triple, error);
  if (!backEnd)
    return false;
  machine.triple = triple.str();
  machine.cpu = native        ? llvm::sys::getHostCPUName().str()
                : cpu.empty() ? architecture->baseline
                              : cpu.str();
  if (native)
    machine.features = hostFeatures();
  else if (machine.cpu == architecture->baseline)
    machine.features = architecture->features;
  std::unique_ptr<llvm::MCSubtargetInfo> known(backEnd->createMCSubtargetInfo(triple, "", ""));
  if (!known || !known->isCPUStringValid(machine.cpu)) {
    error = "unknown cpu '" + machine.cpu + "' for target '" + machine.triple + "'";
    return false;
  }
  std::unique_ptr<llvm::MCSubtargetInfo> info(
      backEnd->createMCSubtargetInfo(triple, machine.cpu, machine.features));
  architecture->resolve(machine, *info);
  resolveCaches(machine, native);
  return true;
}

static Machine resolved(llvm::StringRef cpu) {
  Machine machine;
  std::string error;
  if (!Machine::resolve("", cpu, machine, error))
    llvm::report_fatal_error(llvm::StringRef(error));
  return machine;
}

Machine Machine::native() { return resolved("native"); }
Machine Machine::named(llvm::StringRef cpu) { return resolved(cpu); }

std::string Machine::description() const {
  std::string text = triple + " " + cpu + " caches " + llvm::utostr(cacheLevel1) + "," +
                     llvm::utostr(cacheLevel2) + "," + llvm::utostr(cacheLevel3);
  return features.empty() ? text : text + " " + features;
}
