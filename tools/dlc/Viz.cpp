// dlc viz M: a stage of the model as a graph, and its memory as a picture.
#include "Build.h"
#include "Dot.h"
#include "Emit/FileTransaction.h"
#include "Emit/Linker.h"
#include "MemoryPlan.h"
#include "llvm/Support/Program.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

namespace {
struct VizVerb {
  Session &session;
  ModelOptions options;
  std::string stage = "graph", output = "-", memory;

  explicit VizVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  bool layout(StringRef dot, std::string &svg);
  void write(StringRef path, StringRef text);
};
} // namespace

void VizVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  verb.add_option("--stage", stage, "graph, optimized or kernels")
      ->check(CLI::IsMember({"graph", "optimized", "kernels"}))
      ->capture_default_str();
  verb.add_option("-o,--output", output, "FILE.dot, FILE.svg (by graphviz), or - for DOT on stdout")
      ->capture_default_str();
  verb.add_option("--memory", memory, "FILE.svg: the plan of the arena, instead of the graph");
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
}

void VizVerb::run() {
  using Stage = PipelineOptions::Stage;
  Build build(session, options);
  onnx::ImportOptions importOptions = options.importOptions(session);
  Stage until = !memory.empty() || stage == "kernels" ? Stage::Kernels
                : stage == "optimized"                ? Stage::Optimized
                                                      : Stage::Graph;
  if (!build.resolve() || !build.read() || !build.import(importOptions) ||
      !build.runPipeline(until))
    return;
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (!memory.empty()) {
    auto run = build.module().lookupSymbol<func::FuncOp>("run");
    auto bytes = build.module()->getAttrOfType<IntegerAttr>("dlc.arena_bytes");
    drawMemoryPlan(run, bytes ? bytes.getInt() : 0, stream);
    return write(memory, text);
  }
  writeDot(build.module(), stream);
  if (!StringRef(output).ends_with(".svg"))
    return write(output, text);
  std::string svg;
  if (layout(text, svg))
    write(output, svg);
}

bool VizVerb::layout(StringRef dot, std::string &svg) {
  auto program = llvm::sys::findProgramByName("dot");
  if (!program) {
    session.diagnostics
        .report(Code::DeviceMissing, "an SVG of the graph needs the program 'dot' of graphviz")
        .repair("install graphviz, or write a .dot file");
    return false;
  }
  ScratchFolder folder;
  std::string source, result;
  auto failed = [&](const llvm::Twine &why) {
    session.diagnostics.report(Code::OutputNotWritten, why);
    return false;
  };
  if (llvm::Error error = folder.create())
    return failed(llvm::toString(std::move(error)));
  source = folder.file("graph.dot");
  result = folder.file("graph.svg");
  std::error_code code;
  {
    llvm::raw_fd_ostream out(source, code);
    if (!code)
      out << dot;
  }
  if (code)
    return failed("cannot write a temporary file: " + code.message());
  std::string why;
  if (llvm::sys::ExecuteAndWait(*program, {*program, "-Tsvg", "-o", result, source}, {}, {}, 0, 0,
                                &why))
    return failed("graphviz failed " + why);
  auto file = llvm::MemoryBuffer::getFile(result);
  if (!file)
    return failed("graphviz wrote nothing");
  svg = (*file)->getBuffer().str();
  return true;
}

void VizVerb::write(StringRef path, StringRef text) {
  FileTransaction files;
  llvm::Error error = files.write(path, [&](llvm::raw_ostream &out) {
    out << text;
    return llvm::Error::success();
  });
  if (!error)
    error = files.commit();
  if (error)
    session.diagnostics.report(Code::OutputNotWritten, llvm::toString(std::move(error)));
}

void tool::addViz(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("viz", "a stage as a graph, or the memory plan as a picture");
  auto state = std::make_shared<VizVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
