// dlc check M: whether a model can be compiled, node by node. The exit code is that of compiling
// it.
#include "Build.h"
#include "Layers.h"
#include "Table.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

namespace {
struct Verdict {
  std::string name, type, output = "-", gradient = "-";
  bool supported = true;
};

struct CheckVerb {
  Session &session;
  ModelOptions options;
  bool json = false;

  explicit CheckVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  bool isRefused(const onnx::Node &);
  void addNodes(const onnx::Graph &, std::vector<Verdict> &);
  std::vector<Verdict> verdicts(Build &, bool imported, llvm::ArrayRef<Layer>);
  void print(const Build &, llvm::ArrayRef<Verdict>, bool compiles);
};
} // namespace

void CheckVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
  verb.add_flag("--json", json, "one JSON object");
}

// Diagnostics name a node as "node 'x' (Conv, opset 11)".
bool CheckVerb::isRefused(const onnx::Node &node) {
  std::string place = onnx::placeOf(node);
  StringRef start = StringRef(place).take_front(place.rfind(')'));
  return llvm::any_of(session.diagnostics.all(), [&](const dlc::Diagnostic &diagnostic) {
    return diagnostic.severity == Severity::Error && StringRef(diagnostic.place).contains(start);
  });
}

void CheckVerb::addNodes(const onnx::Graph &graph, std::vector<Verdict> &list) {
  for (const onnx::Node &node : graph.nodes) {
    Verdict &verdict = list.emplace_back();
    std::string label = labelOf(node);
    auto [name, type] = StringRef(label).drop_back().rsplit(" (");
    verdict.name = name.str();
    verdict.type = type.str();
    verdict.supported = !isRefused(node);
    for (const onnx::Attribute &attribute : node.attributes)
      for (const onnx::Graph &inner : attribute.graphs)
        addNodes(inner, list);
  }
}

std::vector<Verdict> CheckVerb::verdicts(Build &build, bool imported,
                                         llvm::ArrayRef<Layer> layers) {
  std::vector<Verdict> list;
  if (build.onnxModel())
    addNodes(build.onnxModel()->graph, list);
  else
    for (const Layer &layer : layers)
      list.push_back({layer.name, layer.type});
  if (!imported)
    return list;
  std::map<std::pair<std::string, std::string>, const Layer *> known;
  for (const Layer &layer : layers)
    known[{layer.name, layer.type}] = &layer;
  static const char *const gradients[] = {"yes", "zero", "no"};
  for (Verdict &verdict : list) {
    auto found = known.find({verdict.name, verdict.type});
    // What left no op is computed while importing.
    verdict.output = found == known.end() ? "constant" : "";
    if (found == known.end())
      continue;
    for (RankedTensorType type : found->second->outputs)
      verdict.output += (verdict.output.empty() ? "" : ", ") + typeText(type);
    verdict.gradient = gradients[static_cast<int>(found->second->gradient)];
  }
  return list;
}

void CheckVerb::run() {
  Build build(session, options);
  onnx::ImportOptions importOptions = options.importOptions(session);
  if (!build.resolve() || !build.read())
    return;
  bool imported = build.import(importOptions);
  std::vector<Layer> layers;
  if (imported)
    layers = layersOf(build.module(), build.onnxModel());
  bool compiles = imported && build.runPipeline(PipelineOptions::Stage::Kernels);
  print(build, verdicts(build, imported, layers), compiles);
}

void CheckVerb::print(const Build &build, llvm::ArrayRef<Verdict> list, bool compiles) {
  int64_t refused = llvm::count_if(list, [](const Verdict &v) { return !v.supported; });
  if (json) {
    llvm::json::OStream out(llvm::outs());
    out.object([&] {
      out.attribute("schema", "dlc.check/1");
      out.attribute("model", llvm::json::fixUTF8(options.model));
      out.attribute("target", build.machine().triple + " " + build.machine().cpu);
      out.attribute("compiles", compiles);
      out.attributeArray("nodes", [&] {
        for (const Verdict &verdict : list)
          out.object([&] {
            out.attribute("name", llvm::json::fixUTF8(verdict.name));
            out.attribute("operator", llvm::json::fixUTF8(verdict.type));
            out.attribute("supported", verdict.supported);
            out.attribute("output", verdict.output);
            out.attribute("differentiable", verdict.gradient);
          });
      });
    });
    llvm::outs() << "\n";
    return;
  }
  llvm::outs() << dlc::shown(options.model) << "   target " << build.machine().triple << " "
               << build.machine().cpu << "\n";
  Table table({{"Node"}, {"Operator"}, {"Supported"}, {"Output"}, {"Differentiable"}});
  for (const Verdict &verdict : list)
    table.add({verdict.name, verdict.type, verdict.supported ? "yes" : "NO", verdict.output,
               verdict.gradient});
  table.print(llvm::outs());
  llvm::outs() << list.size() << " nodes, " << refused << " not supported; the model "
               << (compiles ? "compiles" : "does not compile") << "\n";
}

void tool::addCheck(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("check", "whether a model can be compiled, node by node");
  auto state = std::make_shared<CheckVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
