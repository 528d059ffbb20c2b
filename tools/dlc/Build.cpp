// Diagnostics of MLIR become ours: one list, with codes.
#include "Build.h"
#include "Emit/FileHash.h"
#include "Graph/ShareArguments.h"
#include "Onnx/Reader.h"
#include "Passes.h"
#include "Progress.h"
#include "StageFiles.h"
#include "WeightFile.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/SourceMgr.h"
#include <chrono>

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

namespace {
// While it lives, errors of MLIR are reported with `code`, unless their text says what they are.
class DiagnosticsOfMlir {
public:
  DiagnosticsOfMlir(MLIRContext &context, Session &session, Code code)
      : handler(&context, [&session, code](Diagnostic &diagnostic) {
          report(session, code, diagnostic);
          return success();
        }) {}

private:
  static void report(Session &session, Code code, mlir::Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Remark)
      return;
    std::string text = diagnostic.str();
    if (StringRef(text).contains("not supported yet"))
      code = Code::FormUnsupported;
    else if (StringRef(text).starts_with("internal error"))
      code = Code::Internal;
    auto add = [&](DiagnosticBuilder builder) {
      std::move(builder).at(place(diagnostic.getLocation()));
    };
    if (diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error)
      add(session.diagnostics.report(code, text));
    else
      add(session.diagnostics.warn(code, text));
  }

  static std::string place(Location location) {
    if (auto name = dyn_cast<NameLoc>(location))
      return "node " + quoted(name.getName());
    if (auto line = dyn_cast<FileLineColLoc>(location))
      return (line.getFilename().getValue() + ":" + Twine(line.getLine()) + ":" +
              Twine(line.getColumn()))
          .str();
    return "";
  }

  using Diagnostic = mlir::Diagnostic;
  ScopedDiagnosticHandler handler;
};
} // namespace

static DialectRegistry dialects() {
  DialectRegistry registry;
  registry.insert<DlcDialect, func::FuncDialect, scf::SCFDialect, arith::ArithDialect,
                  memref::MemRefDialect>();
  return registry;
}

Build::Build(Session &session, const ModelOptions &options)
    : session(session), options(options), context(dialects()) {
  context.loadAllAvailableDialects();
}

bool Build::succeededSoFar() { return !session.diagnostics.hasErrors(); }

bool Build::isMlir() const { return StringRef(options.model).ends_with(".mlir"); }

bool Build::resolve() {
  session.diagnostics.setFile(options.model);
  std::optional<Machine> machine = options.resolve(session);
  if (!machine)
    return false;
  resolved = *machine;
  bool sanitizes = !options.sanitize.empty();
  cpuTarget = std::make_unique<CpuTarget>(
      resolved, CpuOptions{.checks = options.checks == "on", .sanitizeAddress = sanitizes});
  if (session.verbose)
    llvm::errs() << "target: " << resolved.description() << "\n";
  return true;
}

bool Build::read() {
  if (!isMlir())
    model = onnx::readModel(options.model, session.diagnostics);
  if (succeededSoFar() && !options.weights.empty()) {
    if (!model)
      session.usage("--weights is for ONNX models");
    else
      replaceWeights(session, options.weights, *model);
  }
  return succeededSoFar();
}

bool Build::importMlir() {
  auto file = llvm::MemoryBuffer::getFile(options.model);
  if (!file) {
    session.diagnostics.report(Code::FileNotOpened).found(file.getError().message());
    return false;
  }
  DiagnosticsOfMlir handler(context, session, Code::WireMalformed);
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(*file), llvm::SMLoc());
  moduleRef = parseSourceFile<ModuleOp>(sources, &context);
  if (!moduleRef && succeededSoFar())
    session.diagnostics.report(Code::WireMalformed, "this is no module of core ops");
  if (moduleRef)
    findFilesBeside(module(), options.model);
  return succeededSoFar();
}

bool Build::import(const onnx::ImportOptions &importOptions) {
  if (!succeededSoFar())
    return false;
  if (isMlir())
    return importMlir();
  DiagnosticsOfMlir handler(context, session, Code::Internal);
  moduleRef = onnx::importModel(*model, importOptions, session.diagnostics, context);
  if (!moduleRef && succeededSoFar())
    session.diagnostics.report(Code::Internal, "the importer gave no reason");
  if (succeededSoFar() && afterImport)
    afterImport(module());
  return succeededSoFar();
}

bool Build::runPipeline(PipelineOptions::Stage stage) {
  // A program over buffers is at its last stage already.
  if (module().lookupSymbol("run"))
    return true;
  DiagnosticsOfMlir handler(context, session, Code::Internal);
  PassManager passes(&context);
  if (options.timePasses)
    passes.enableTiming();
  PipelineOptions pipeline;
  pipeline.until = stage;
  pipeline.optimize = options.optimize > 0;
  pipeline.exact = options.math == "strict";
  pipeline.slots = options.maxThreads;
  pipeline.poison = !options.sanitize.empty();
  buildPipeline(passes, *cpuTarget, pipeline);
  if (failed(passes.run(module())) && succeededSoFar())
    session.diagnostics.report(Code::Internal, "a graph pass failed without a reason");
  return succeededSoFar();
}

void Build::startHash() {
  modelHash = std::async(std::launch::async, [this] { return hashOfFile(options.model); });
}

// `--alias output=input`, by the names in the model.
bool Build::shareArguments() {
  auto run = module().lookupSymbol<func::FuncOp>("run");
  auto find = [&](StringRef name, bool output) -> std::optional<unsigned> {
    for (unsigned i = 0; i < run.getNumArguments(); ++i) {
      auto known = run.getArgAttrOfType<StringAttr>(i, "dlc.name");
      if (known && known.getValue() == name && !run.getArgAttr(i, "dlc.extent") &&
          output == (run.getArgAttr(i, "dlc.output") != nullptr))
        return i;
    }
    return {};
  };
  for (StringRef text : options.aliases) {
    auto [to, from] = text.split('=');
    std::optional<unsigned> output = find(to, true), input = find(from, false);
    if (!output || !input) {
      session.diagnostics
          .report(Code::OptionName, "no such output or input for --alias " + quoted(text))
          .expected("output=input, by their names in the model");
      return false;
    }
    Type wanted = run.getArgument(*output).getType(), given = run.getArgument(*input).getType();
    if (wanted != given || run.getArgAttr(*input, "dlc.output")) {
      std::string types[2];
      llvm::raw_string_ostream(types[0]) << wanted;
      llvm::raw_string_ostream(types[1]) << given;
      session.diagnostics
          .report(Code::OptionValue, "--alias " + quoted(text) + ": the types differ")
          .expected(StringRef(types[0]).drop_front(StringRef("memref").size()))
          .found(StringRef(types[1]).drop_front(StringRef("memref").size()));
      return false;
    }
    shareArgument(run, *output, *input);
  }
  return true;
}

bool Build::compile(StringRef name, WeightStorage storage, ArrayRef<Build *> levels) {
  std::vector<std::unique_ptr<DiagnosticsOfMlir>> handlers;
  std::vector<LevelProgram> programs;
  auto add = [&](Build &build) {
    handlers.push_back(std::make_unique<DiagnosticsOfMlir>(build.context, session, Code::Internal));
    programs.push_back({build.module(), build.cpuTarget.get(), build.resolved});
  };
  add(*this);
  for (Build *level : levels)
    add(*level);
  CompileOptions compileOptions;
  compileOptions.name = name.str();
  compileOptions.storage = storage;
  compileOptions.launchList = options.launchList;
  compileOptions.maxThreads = options.maxThreads;
  compileOptions.sanitizeAddress = !options.sanitize.empty();
  compileOptions.jobs = options.jobs;
  Progress progress("compile");
  compileOptions.progress = [&](size_t done, size_t total) { progress.update(done, total); };
  compileOptions.modelFile = llvm::sys::path::filename(options.model).str();
  FailureOr<CompiledProgram> program = compileProgram(programs, compileOptions);
  if (succeeded(program))
    compiled = std::move(*program);
  else if (succeededSoFar())
    session.diagnostics.report(Code::Internal, "code generation gave no reason");
  return succeededSoFar();
}

bool Build::write(const ArtifactPaths &paths) {
  DiagnosticsOfMlir handler(context, session, Code::Internal);
  if (modelHash.valid())
    compiled->artifact.modelHash = modelHash.get();
  if (llvm::Error error = writeArtifact(*compiled, paths)) {
    std::string text = llvm::toString(std::move(error));
    if (succeededSoFar()) {
      StringRef message(text);
      bool ours = message.consume_front("internal error: ") || message.contains("the linker");
      session.diagnostics.report(ours ? Code::Internal : Code::OutputNotWritten, message);
    }
  }
  return succeededSoFar();
}

bool Build::prepare(const onnx::ImportOptions &importOptions, StringRef name, WeightStorage storage,
                    ArrayRef<Build *> levels) {
  auto start = std::chrono::steady_clock::now();
  auto plan = [&](Build *build) {
    return build->import(importOptions) && build->runPipeline(PipelineOptions::Stage::Kernels) &&
           build->shareArguments();
  };
  bool done = plan(this) && llvm::all_of(levels, plan) && compile(name, storage, levels);
  compileSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return done;
}
