// dlc compile M -o x.o: object and header, or the text of a stage.
#include "Build.h"
#include "Cpu/Lower/KernelCompiler.h"
#include "Emit/FileTransaction.h"
#include "Emit/Header.h"
#include "Graph/Target.h"
#include "StageFiles.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;
namespace path = llvm::sys::path;

namespace {
struct CompileVerb {
  Session &session;
  ModelOptions options;
  std::string output, header, prefix, emit = "obj", storage = "embed";
  bool json = false, debug = false;

  explicit CompileVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  /// The same model for one more machine.
  struct Level {
    ModelOptions options;
    Build build;
    Level(Session &session, const ModelOptions &options)
        : options(options), build(session, this->options) {}
  };
  std::vector<std::string> cpus;
  bool splitLevels();
  std::vector<std::unique_ptr<Level>> otherLevels();
  bool isText() const { return !artifactKind(); }
  std::optional<ArtifactKind> artifactKind() const;
  ArtifactPaths paths() const;
  void writeStage(Build &, PipelineOptions::Stage);
  void writeKernels(Build &, KernelStage);
  void writeText(llvm::function_ref<llvm::Error(llvm::raw_ostream &)>);
  void report(const Build &, const ArtifactPaths &);
};
} // namespace

void CompileVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  verb.add_option("-o,--output", output, "the object; its header stands beside it. - is stdout");
  verb.add_option("--header", header, "where the header goes");
  verb.add_option("--prefix", prefix, "of the symbols; default: the stem of -o");
  verb.add_option("--emit", emit,
                  "graph, optimized, kernels, loops, llvm, asm, obj, lib, so, header")
      ->check(CLI::IsMember(
          {"graph", "optimized", "kernels", "loops", "llvm", "asm", "obj", "lib", "so", "header"}))
      ->capture_default_str();
  verb.add_option("--weight-storage", storage, "embed, or file: beside the object as .weights")
      ->check(CLI::IsMember({"embed", "file"}))
      ->capture_default_str();
  verb.add_option("--alias", options.aliases,
                  "output=input: the caller may pass the same memory for both");
  verb.add_flag("-g", debug, "lists launches in NAME.kernels, the source in a backtrace");
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
  verb.add_flag("--json", json, "what was written, as JSON");
}

std::optional<ArtifactKind> CompileVerb::artifactKind() const {
  if (emit == "obj")
    return ArtifactKind::Object;
  if (emit == "lib")
    return ArtifactKind::Archive;
  if (emit == "so")
    return ArtifactKind::SharedObject;
  if (emit == "header")
    return ArtifactKind::HeaderOnly;
  return {};
}

static std::string withExtension(StringRef file, StringRef extension) {
  llvm::SmallString<128> name(file);
  path::replace_extension(name, extension);
  return name.str().str();
}

ArtifactPaths CompileVerb::paths() const {
  ArtifactPaths result;
  result.kind = *artifactKind();
  result.artifact = output;
  static const std::map<std::string, const char *> extensions = {
      {"obj", "o"}, {"lib", "a"}, {"so", "so"}, {"header", "h"}};
  if (output.empty())
    result.artifact = withExtension(path::filename(options.model), extensions.at(emit));
  result.header = header.empty() ? withExtension(result.artifact, "h") : header;
  result.weights = withExtension(result.artifact, "weights");
  if (debug && result.kind != ArtifactKind::HeaderOnly)
    result.launches = withExtension(result.artifact, "kernels");
  return result;
}

void CompileVerb::run() {
  if (!splitLevels())
    return;
  Build build(session, options);
  onnx::ImportOptions importOptions = options.importOptions(session);
  if (!build.resolve() || !build.read())
    return;
  using Stage = PipelineOptions::Stage;
  if (emit == "graph" || emit == "optimized" || emit == "kernels") {
    Stage stage = emit == "graph"       ? Stage::Graph
                  : emit == "optimized" ? Stage::Optimized
                                        : Stage::Kernels;
    if (build.import(importOptions) && build.runPipeline(stage))
      writeStage(build, stage);
    return;
  }
  if (isText()) {
    if (build.import(importOptions) && build.runPipeline(Stage::Kernels))
      writeKernels(build, emit == "loops"  ? KernelStage::Loops
                          : emit == "llvm" ? KernelStage::Llvm
                                           : KernelStage::Assembly);
    return;
  }
  ArtifactPaths files = paths();
  if (files.artifact == "-" && files.kind != ArtifactKind::HeaderOnly) {
    session.usage("an artifact is more than one file, so it cannot go to the standard output")
        .expected("-o FILE")
        .found("-o -");
    return;
  }
  options.launchList = path::filename(files.launches).str();
  std::string name =
      makeIdentifier(prefix.empty() ? path::stem(files.artifact) : StringRef(prefix));
  WeightStorage kind = storage == "file" ? WeightStorage::File : WeightStorage::Embed;
  build.startHash();
  std::vector<std::unique_ptr<Level>> levels = otherLevels();
  std::vector<Build *> others;
  for (std::unique_ptr<Level> &level : levels) {
    if (!level->build.resolve() || !level->build.read())
      return;
    others.push_back(&level->build);
  }
  if (build.prepare(importOptions, name, kind, others) && build.write(files))
    report(build, files);
}

// The first is the build of the verb's own options.
bool CompileVerb::splitLevels() {
  llvm::SmallVector<StringRef> names;
  StringRef(options.cpu).split(names, ',');
  cpus.assign(names.begin() + 1, names.end());
  options.cpu = names.front().str();
  if (cpus.empty())
    return true;
  for (StringRef cpu : names)
    if (cpu.empty() || cpu == "native" || llvm::count(names, cpu) > 1) {
      session.usage("cannot read --cpu with several levels")
          .expected("different names, as x86-64-v3,x86-64-v4");
      return false;
    }
  if (isText() || !options.sanitize.empty() || debug) {
    session.usage(
        "several levels of --cpu are for obj, lib, so and header, without --sanitize, -g");
    return false;
  }
  return true;
}

std::vector<std::unique_ptr<CompileVerb::Level>> CompileVerb::otherLevels() {
  std::vector<std::unique_ptr<Level>> levels;
  for (const std::string &cpu : cpus) {
    levels.push_back(std::make_unique<Level>(session, options));
    levels.back()->options.cpu = cpu;
  }
  return levels;
}

void CompileVerb::writeText(llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write) {
  FileTransaction files;
  llvm::Error error = files.write(output.empty() ? "-" : output, write);
  if (!error)
    error = files.commit();
  if (error)
    session.diagnostics.report(Code::OutputNotWritten, llvm::toString(std::move(error)));
}

void CompileVerb::writeStage(Build &build, PipelineOptions::Stage stage) {
  if (llvm::Error error = writeStageFiles(build.module(), output.empty() ? "-" : output,
                                          stage != PipelineOptions::Stage::Graph))
    session.diagnostics.report(Code::OutputNotWritten, llvm::toString(std::move(error)));
}

// The stages of each kernel, one after the other.
void CompileVerb::writeKernels(Build &build, KernelStage stage) {
  writeText([&](llvm::raw_ostream &out) -> llvm::Error {
    KernelCompiler compiler(build.machine(), !options.sanitize.empty());
    for (auto kernel : build.module().getOps<func::FuncOp>()) {
      if (!kernel->hasAttr(kernelMark))
        continue;
      OwningOpRef<ModuleOp> source = cloneInto(compiler.context(), kernel);
      OwningOpRef<ModuleOp> code = ModuleOp::create(UnknownLoc::get(&compiler.context()));
      FailureOr<std::string> text = failure();
      if (succeeded(build.target().emit(*code, *source->getOps<func::FuncOp>().begin(),
                                        kernel.getName())))
        text = compiler.print(*code, stage);
      if (failed(text))
        return llvm::createStringError("cannot emit kernel " + kernel.getName());
      out << *text << "\n";
    }
    return llvm::Error::success();
  });
}

void CompileVerb::report(const Build &build, const ArtifactPaths &files) {
  const Artifact &artifact = build.program().artifact;
  if (session.verbose)
    llvm::errs() << "wrote " << files.artifact << " and " << files.header << ": "
                 << build.program().objects.size() - 1 << " kernels, arena " << artifact.arenaBytes
                 << " bytes, weights " << artifact.weightBytes << " bytes\n";
  if (!json)
    return;
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("schema", "dlc.compile/1");
    out.attribute("artifact", files.artifact);
    out.attribute("header", files.kind == ArtifactKind::HeaderOnly ? files.artifact : files.header);
    out.attribute("name", artifact.name);
    out.attribute("kernels", static_cast<int64_t>(build.program().objects.size()) - 1);
    out.attribute("arena_bytes", artifact.arenaBytes);
    out.attribute("stack_bytes", artifact.stackBytes);
    out.attribute("weight_bytes", artifact.weightBytes);
    out.attribute("compile_s", build.seconds());
    out.attribute("cpu", artifact.machine.cpu);
  });
  llvm::outs() << "\n";
}

void tool::addCompile(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("compile", "a model to an object file and a C header");
  auto state = std::make_shared<CompileVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
