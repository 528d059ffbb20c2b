// dlc verify M: results against a reference, output by output.
#include "Bisect.h"
#include "Compare.h"
#include "Inputs.h"
#include "Progress.h"
#include "TestData.h"
#include "Ulp.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"

using namespace dlc;
using namespace dlc::tool;

namespace {
struct OutputVerdict {
  std::string name;
  Tensor want;
  Comparison comparison;
  std::optional<UlpStatistics> ulp;
};
struct SetVerdict {
  std::string name;
  std::vector<OutputVerdict> outputs;
};

struct VerifyVerb {
  Session &session;
  ModelOptions options;
  std::string data, reference;
  Tolerance tolerance;
  int threads = 0;
  bool json = false, bisects = false, showsUlp = false;

  explicit VerifyVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  std::optional<SetVerdict> verify(const TestSet &, const dlc_parallel *);
  void print(llvm::ArrayRef<SetVerdict>, bool passed);
};
} // namespace

void VerifyVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  options.addRunner(verb);
  verb.add_option("--data", data,
                  "a test_data_set_* folder or the folder that holds them; default: "
                  "beside the model");
  verb.add_option("--ref", reference, "a .npz with inputs and outputs by name");
  verb.add_option("--rtol", tolerance.rtol)->capture_default_str();
  verb.add_option("--atol", tolerance.atol)->capture_default_str();
  verb.add_option("--atol-scale", tolerance.atolScale, "times the largest expected value");
  verb.add_option("--threads", threads, "default: one for each processor")
      ->check(CLI::Range(0, static_cast<int>(DLC_POOL_THREADS_MAX)));
  verb.add_flag("--ulp", showsUlp, "how far values are, in units in the last place");
  verb.add_flag("--bisect", bisects, "on a mismatch: the first node whose value is off from -O0");
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
  verb.add_flag("--json", json, "the verdict as JSON");
}

// Compiled anew for each set: sets may bind other shapes.
std::optional<SetVerdict> VerifyVerb::verify(const TestSet &set, const dlc_parallel *parallel) {
  Build build(session, options);
  tolerance.anyWidth = !options.dtype.empty();
  onnx::ImportOptions importOptions = options.importOptions(session);
  std::vector<Tensor> arrays, results;
  std::unique_ptr<Executable> executable =
      Inputs(session, set.inputs)
          .prepare(build, importOptions, /*seed=*/{}, !options.dtype.empty(), arrays);
  if (!executable || !executable->run(arrays, results, parallel))
    return {};
  SetVerdict verdict{set.name, {}};
  for (const NamedTensor &want : set.outputs)
    for (size_t i = 0; i < results.size(); ++i)
      if (executable->output(i).name == want.name)
        verdict.outputs.push_back({want.name, want.tensor,
                                   compare(results[i], want.tensor, tolerance),
                                   ulpStatistics(results[i], want.tensor)});
  if (verdict.outputs.size() != set.outputs.size())
    session.diagnostics.report(Code::OptionName, "an expected output is no output of the model");
  return verdict;
}

void VerifyVerb::run() {
  session.diagnostics.setFile(options.model);
  std::vector<TestSet> sets;
  {
    Build build(session, options);
    if (!build.resolve() || !build.read())
      return;
    if (!build.onnxModel()) {
      session.usage("verify takes an ONNX model").expected("a .onnx file").found("core ops");
      return;
    }
    std::string beside = llvm::sys::path::parent_path(options.model).str();
    std::string folder = !data.empty() ? data : beside.empty() ? "." : beside;
    sets = reference.empty() ? readTestSets(session, folder, *build.onnxModel())
                             : readReference(session, reference, *build.onnxModel());
  }
  Threads pool(session, threads);
  if (session.diagnostics.hasErrors())
    return;
  bool passed = true;
  std::vector<SetVerdict> verdicts;
  const TestSet *failed = nullptr;
  Progress progress("verify");
  for (const TestSet &set : sets) {
    progress.update(verdicts.size(), sets.size());
    std::optional<SetVerdict> verdict = verify(set, pool.parallel());
    if (!verdict)
      return;
    for (const OutputVerdict &output : verdict->outputs)
      passed &= output.comparison.pass;
    if (!passed && !failed)
      failed = &set;
    verdicts.push_back(std::move(*verdict));
  }
  print(verdicts, passed);
  if (bisects && !json && failed)
    bisect(session, options, *failed, tolerance, pool.parallel());
  if (!passed)
    session.exitCode = exitCodeOf(Code::VerifyMismatch);
}

static void printUlp(const UlpStatistics &ulp) {
  llvm::outs() << "     ulp: median " << ulp.median << ", p99 " << ulp.p99 << ", max " << ulp.max
               << llvm::format("; %.1f %% of ", 100.0 * ulp.exact / ulp.values) << ulp.values
               << " values exact\n";
}

static void printText(const SetVerdict &set, bool showsUlp) {
  for (const OutputVerdict &output : set.outputs) {
    const Comparison &comparison = output.comparison;
    llvm::outs() << (comparison.pass ? "PASS " : "FAIL ") << set.name << " "
                 << dlc::shown(output.name) << " " << output.want.typeText();
    if (!comparison.mismatch.empty()) {
      llvm::outs() << " " << comparison.mismatch << "\n";
      continue;
    }
    llvm::outs() << llvm::format(" max error %.3g", comparison.maxError);
    if (!comparison.pass)
      llvm::outs() << " at element " << comparison.worst << " (expected "
                   << output.want.elementText(comparison.worst) << "); " << comparison.failures
                   << " of " << output.want.size() << " outside the tolerance";
    llvm::outs() << "\n";
    if (showsUlp && output.ulp)
      printUlp(*output.ulp);
  }
}

void VerifyVerb::print(llvm::ArrayRef<SetVerdict> sets, bool passed) {
  if (!json) {
    for (const SetVerdict &set : sets)
      printText(set, showsUlp);
    llvm::outs() << (passed ? "PASS\n" : "FAIL\n");
    return;
  }
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("schema", "dlc.verify/1");
    out.attribute("model", llvm::json::fixUTF8(options.model));
    out.attribute("passed", passed);
    out.attributeArray("outputs", [&] {
      for (const SetVerdict &set : sets)
        for (const OutputVerdict &output : set.outputs)
          out.object([&] {
            out.attribute("set", llvm::json::fixUTF8(set.name));
            out.attribute("name", llvm::json::fixUTF8(output.name));
            out.attribute("passed", output.comparison.pass);
            out.attribute("failures", output.comparison.failures);
            if (std::isfinite(output.comparison.maxError))
              out.attribute("max_error", output.comparison.maxError);
            if (output.ulp)
              out.attributeObject("ulp", [&] {
                out.attribute("median", output.ulp->median);
                out.attribute("p99", output.ulp->p99);
                out.attribute("max", output.ulp->max);
                out.attribute("exact", output.ulp->exact);
                out.attribute("values", output.ulp->values);
              });
          });
    });
  });
  llvm::outs() << "\n";
}

void tool::addVerify(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("verify", "results against a reference");
  auto state = std::make_shared<VerifyVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
