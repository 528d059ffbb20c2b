// dlc run M: one inference.
#include "Emit/FileTransaction.h"
#include "Inputs.h"
#include "Npy.h"
#include "llvm/Support/JSON.h"

using namespace dlc;
using namespace dlc::tool;

namespace {
struct RunVerb {
  Session &session;
  ModelOptions options;
  std::vector<std::string> inputs, outputs;
  std::string seed;
  int threads = 0;
  bool json = false;

  explicit RunVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  void print(const Executable &, llvm::ArrayRef<Tensor>);
  void write(const Executable &, llvm::ArrayRef<Tensor>);
};
} // namespace

void RunVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  options.addRunner(verb);
  verb.add_option("--input", inputs, "NAME=@x.npy, NAME=2x3xf32=1,2,..., NAME=2x2xi32=@raw.bin");
  verb.add_option("--random", seed, "a seed: random data for inputs that are not given");
  verb.add_option("--output", outputs,
                  "NAME=@y.npy: where an output goes; without a name by position");
  verb.add_option("--threads", threads, "default: one for each processor")
      ->check(CLI::Range(0, static_cast<int>(DLC_POOL_THREADS_MAX)));
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
  verb.add_flag("--json", json, "outputs as JSON");
}

void RunVerb::run() {
  std::optional<uint64_t> number;
  if (!seed.empty() && llvm::StringRef(seed).getAsInteger(10, number.emplace()))
    session.usage("cannot read --random").expected("a number from 0").found(dlc::quoted(seed));
  Build build(session, options);
  onnx::ImportOptions importOptions = options.importOptions(session);
  Inputs data(session);
  for (const std::string &text : inputs)
    data.addText(text);
  std::vector<Tensor> arrays, results;
  std::unique_ptr<Executable> executable =
      data.prepare(build, importOptions, number, !options.dtype.empty(), arrays);
  if (!executable)
    return;
  Threads pool(session, threads);
  if (session.diagnostics.hasErrors() || !executable->run(arrays, results, pool.parallel()))
    return;
  write(*executable, results);
  if (!session.diagnostics.hasErrors())
    print(*executable, results);
}

void RunVerb::write(const Executable &executable, llvm::ArrayRef<Tensor> results) {
  FileTransaction files;
  for (auto [position, text] : llvm::enumerate(outputs)) {
    auto [name, path] = llvm::StringRef(text).rsplit("@");
    bool named = name.consume_back("=");
    size_t index = position;
    if (named)
      for (index = 0; index < results.size() && executable.output(index).name != name;)
        ++index;
    if (path.empty() || (!named && !name.empty()) || index >= results.size()) {
      session.diagnostics.report(Code::OptionName, "no output for --output " + dlc::quoted(text))
          .expected("NAME=@FILE.npy");
      return;
    }
    if (llvm::Error error = files.write(path, [&](llvm::raw_ostream &out) {
          writeNpy(out, results[index]);
          return llvm::Error::success();
        })) {
      session.diagnostics.report(Code::OutputNotWritten, llvm::toString(std::move(error)));
      return;
    }
  }
  if (llvm::Error error = files.commit())
    session.diagnostics.report(Code::OutputNotWritten, llvm::toString(std::move(error)));
}

static void writeElement(llvm::json::OStream &out, const Tensor &tensor, int64_t i) {
  // JSON has no nan and no infinity.
  if (tensor.isFloat() && !std::isfinite(tensor.number(i)))
    out.value(tensor.elementText(i));
  else if (tensor.isFloat())
    out.value(tensor.number(i));
  else
    out.value(tensor.integer(i));
}

void RunVerb::print(const Executable &executable, llvm::ArrayRef<Tensor> results) {
  if (!json) {
    for (auto [i, result] : llvm::enumerate(results)) {
      llvm::outs() << dlc::shown(executable.output(i).name) << ": ";
      dlc::tool::print(llvm::outs(), result);
      llvm::outs() << "\n";
    }
    return;
  }
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("schema", "dlc.run/1");
    out.attributeArray("outputs", [&] {
      for (auto [i, result] : llvm::enumerate(results))
        out.object([&, &result = result, i = i] {
          out.attribute("name", llvm::json::fixUTF8(executable.output(i).name));
          out.attribute("dtype", dlc_dtype_name(result.dtype));
          out.attributeArray("shape", [&] {
            for (int64_t extent : result.shape)
              out.value(extent);
          });
          out.attributeArray("values", [&] {
            for (int64_t k = 0; k < result.size(); ++k)
              writeElement(out, result, k);
          });
        });
    });
  });
  llvm::outs() << "\n";
}

void tool::addRun(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("run", "one inference");
  auto state = std::make_shared<RunVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
