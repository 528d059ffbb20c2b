// Diagnostics of MLIR become ours: one list, with codes.
#include "Build.h"
#include "Emit/FileHash.h"
#include "Onnx/Reader.h"
#include "Passes.h"
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
  return succeededSoFar();
}

bool Build::importMlir() {
  auto file = llvm::MemoryBuffer::getFile(options.model);
  if (!file) {
    session.diagnostics.report(Code::FileNotOpened, file.getError().message());
    return false;
  }
  DiagnosticsOfMlir handler(context, session, Code::WireMalformed);
  llvm::SourceMgr sources;
  sources.AddNewSourceBuffer(std::move(*file), llvm::SMLoc());
  moduleRef = parseSourceFile<ModuleOp>(sources, &context);
  if (!moduleRef && succeededSoFar())
    session.diagnostics.report(Code::WireMalformed, "this is no module of core ops");
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

bool Build::compile(StringRef name, WeightStorage storage) {
  DiagnosticsOfMlir handler(context, session, Code::Internal);
  CompileOptions compileOptions;
  compileOptions.name = name.str();
  compileOptions.machine = resolved;
  compileOptions.storage = storage;
  compileOptions.maxThreads = options.maxThreads;
  compileOptions.sanitizeAddress = !options.sanitize.empty();
  compileOptions.jobs = options.jobs;
  compileOptions.modelFile = llvm::sys::path::filename(options.model).str();
  FailureOr<CompiledProgram> program = compileProgram(module(), *cpuTarget, compileOptions);
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

bool Build::prepare(const onnx::ImportOptions &importOptions, StringRef name,
                    WeightStorage storage) {
  auto start = std::chrono::steady_clock::now();
  bool done = import(importOptions) && runPipeline(PipelineOptions::Stage::Kernels) &&
              compile(name, storage);
  compileSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return done;
}
