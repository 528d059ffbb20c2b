// dlc summary M: what a model consists of, and what it will need.
#include "Build.h"
#include "Graph/Target.h"
#include "Layers.h"
#include "Table.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

namespace {
struct Totals {
  int64_t parameters = 0, arenaBytes = 0, weightBytes = 0, kernels = 0, launches = 0;
  double multiplyAdds = 0;
};

struct SummaryVerb {
  Session &session;
  ModelOptions options;
  bool json = false;

  explicit SummaryVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  void printText(Build &, llvm::ArrayRef<Layer>, const Totals &);
  void printJson(llvm::ArrayRef<Layer>, const Totals &);
};
} // namespace

void SummaryVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
  verb.add_flag("--json", json, "one JSON object");
}

static Totals totalsOf(ModuleOp program, llvm::ArrayRef<Layer> layers) {
  Totals totals;
  for (const Layer &layer : layers) {
    totals.parameters += layer.parameters;
    totals.multiplyAdds += layer.multiplyAdds;
  }
  auto number = [&](StringRef name) {
    auto value = program->getAttrOfType<IntegerAttr>(name);
    return value ? value.getInt() : 0;
  };
  totals.arenaBytes = number("dlc.arena_bytes");
  totals.weightBytes = number("dlc.weight_bytes");
  for (auto function : program.getOps<func::FuncOp>())
    totals.kernels += function->hasAttr(kernelMark);
  program.walk([&](LaunchOp) { ++totals.launches; });
  return totals;
}

void SummaryVerb::run() {
  Build build(session, options);
  onnx::ImportOptions importOptions = options.importOptions(session);
  if (!build.resolve() || !build.read() || !build.import(importOptions))
    return;
  std::vector<Layer> layers = layersOf(build.module(), build.onnxModel());
  if (!build.runPipeline(PipelineOptions::Stage::Kernels))
    return;
  Totals totals = totalsOf(build.module(), layers);
  if (json)
    printJson(layers, totals);
  else
    printText(build, layers, totals);
}

// 12.3 M, with the unit that keeps it short.
static std::string countText(double count) {
  static const char *const units[] = {"", " K", " M", " G", " T"};
  size_t unit = 0;
  for (; count >= 1000 && unit + 1 < std::size(units); ++unit)
    count /= 1000;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format(unit ? "%.2f" : "%.0f", count) << units[unit];
  return text;
}

static std::string outputsText(const Layer &layer) {
  std::string text;
  for (RankedTensorType type : layer.outputs)
    text += (text.empty() ? "" : ", ") + typeText(type);
  return text;
}

void SummaryVerb::printText(Build &build, llvm::ArrayRef<Layer> layers, const Totals &totals) {
  llvm::outs() << dlc::shown(options.model) << "   target " << build.machine().triple << " "
               << build.machine().cpu << "\n";
  Table table({{"Layer (type)"}, {"Output"}, {"Param #", true}, {"MACs", true}});
  for (const Layer &layer : layers)
    table.add({layer.name + " (" + layer.type + ")", outputsText(layer), grouped(layer.parameters),
               layer.multiplyAdds ? countText(layer.multiplyAdds) : "-"});
  table.print(llvm::outs());
  llvm::outs() << "parameters " << grouped(totals.parameters) << "   multiply-adds "
               << countText(totals.multiplyAdds) << "   nodes " << layers.size() << "\n"
               << "arena " << bytesText(totals.arenaBytes) << " (" << totals.arenaBytes
               << " bytes)   weights in the object " << bytesText(totals.weightBytes)
               << "   kernels " << totals.kernels << " in " << totals.launches << " launches\n";
}

void SummaryVerb::printJson(llvm::ArrayRef<Layer> layers, const Totals &totals) {
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("schema", "dlc.summary/1");
    out.attribute("model", llvm::json::fixUTF8(options.model));
    out.attributeArray("layers", [&] {
      for (const Layer &layer : layers)
        out.object([&] {
          out.attribute("name", llvm::json::fixUTF8(layer.name));
          out.attribute("type", llvm::json::fixUTF8(layer.type));
          out.attributeArray("outputs", [&] {
            for (RankedTensorType type : layer.outputs)
              out.value(typeText(type));
          });
          out.attribute("parameters", layer.parameters);
          out.attribute("multiply_adds", layer.multiplyAdds);
        });
    });
    out.attribute("parameters", totals.parameters);
    out.attribute("multiply_adds", totals.multiplyAdds);
    out.attribute("arena_bytes", totals.arenaBytes);
    out.attribute("weight_bytes", totals.weightBytes);
    out.attribute("kernels", totals.kernels);
    out.attribute("launches", totals.launches);
  });
  llvm::outs() << "\n";
}

void tool::addSummary(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("summary", "nodes, parameters, work and memory of a model");
  auto state = std::make_shared<SummaryVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
