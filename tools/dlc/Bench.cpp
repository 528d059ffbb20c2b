// dlc bench M: latency on random data.
#include "Inputs.h"
#include "Work.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include <chrono>

using namespace dlc;
using namespace dlc::tool;
using Clock = std::chrono::steady_clock;

namespace {
struct BenchVerb {
  Session &session;
  ModelOptions options;
  std::vector<std::string> inputs;
  double duration = 3, warmup = 0.2;
  int64_t runs = 0;
  int threads = 0;
  bool json = false;

  explicit BenchVerb(Session &session) : session(session) {}
  void addTo(CLI::App &verb);
  void run();

private:
  /// Milliseconds of each run, sorted; empty after a diagnostic.
  std::vector<double> measure(Executable &, const dlc_parallel *);
  void print(const Build &, const Executable &, int threadCount, llvm::ArrayRef<double>);
};
} // namespace

void BenchVerb::addTo(CLI::App &verb) {
  options.addTo(verb);
  verb.add_option("--input", inputs, "data for an input; others are random");
  verb.add_option("--duration", duration, "seconds of measuring")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb.add_option("--warmup", warmup, "seconds before")->capture_default_str();
  verb.add_option("--runs", runs, "this many runs instead of a duration")
      ->check(CLI::PositiveNumber);
  verb.add_option("--threads", threads, "default: one for each processor")
      ->check(CLI::Range(0, static_cast<int>(DLC_POOL_THREADS_MAX)));
  verb.add_flag("-v,--verbose", session.verbose, "says what was chosen");
  verb.add_flag("--json", json, "one JSON object");
}

static double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::vector<double> BenchVerb::measure(Executable &executable, const dlc_parallel *parallel) {
  std::vector<double> times;
  Clock::time_point start = Clock::now();
  do {
    if (int error = executable.runPrepared(parallel)) {
      executable.reportError(error);
      return {};
    }
  } while (secondsSince(start) < warmup);
  start = Clock::now();
  do {
    Clock::time_point before = Clock::now();
    executable.runPrepared(parallel);
    times.push_back(secondsSince(before) * 1e3);
  } while (runs ? static_cast<int64_t>(times.size()) < runs : secondsSince(start) < duration);
  llvm::sort(times);
  return times;
}

void BenchVerb::run() {
  Build build(session, options);
  onnx::ImportOptions importOptions = options.importOptions(session);
  Inputs data(session);
  for (const std::string &text : inputs)
    data.addText(text);
  std::vector<Tensor> arrays;
  std::unique_ptr<Executable> executable =
      data.prepare(build, importOptions, /*seed=*/0, !options.dtype.empty(), arrays);
  if (!executable)
    return;
  Threads pool(session, threads);
  if (session.diagnostics.hasErrors())
    return;
  executable->prepare(arrays);
  std::vector<double> times = measure(*executable, pool.parallel());
  if (!times.empty())
    print(build, *executable, pool.count(), times);
}

/// The smallest time that a share of all runs stays within.
static double percentile(llvm::ArrayRef<double> sorted, double share) {
  auto rank = static_cast<size_t>(std::ceil(share * sorted.size()));
  return sorted[std::max<size_t>(rank, 1) - 1];
}

void BenchVerb::print(const Build &build, const Executable &executable, int threadCount,
                      llvm::ArrayRef<double> times) {
  double sum = 0;
  for (double time : times)
    sum += time;
  double median = percentile(times, 0.5), mean = sum / times.size();
  // A multiply-add counts as two operations.
  double gflops = 2 * multiplyAdds(build.program().modules.front()) / (median * 1e6);
  double peak = peakGflops(build.machine()) * threadCount;
  const std::pair<const char *, double> latencies[] = {{"min", times.front()},
                                                       {"median", median},
                                                       {"mean", mean},
                                                       {"p90", percentile(times, 0.90)},
                                                       {"p95", percentile(times, 0.95)},
                                                       {"p99", percentile(times, 0.99)},
                                                       {"max", times.back()}};
  if (!json) {
    llvm::outs() << dlc::shown(options.model) << "  " << build.machine().cpu << ", " << threadCount
                 << " threads, " << times.size() << " runs, compiled in "
                 << llvm::format("%.2f s\n", build.seconds());
    for (auto [name, value] : latencies)
      llvm::outs() << name << llvm::format(" %.4g ms  ", value);
    llvm::outs() << llvm::format("\n%.1f GFLOP/s", gflops);
    if (peak > 0)
      llvm::outs() << llvm::format(", %.0f %% of peak", 100 * gflops / peak);
    llvm::outs() << ", arena " << executable.arenaBytes() << " bytes\n";
    return;
  }
  llvm::json::OStream out(llvm::outs());
  out.object([&] {
    out.attribute("schema", "dlc.bench/1");
    out.attribute("model", llvm::json::fixUTF8(options.model));
    out.attribute("threads", threadCount);
    out.attribute("runs", static_cast<int64_t>(times.size()));
    out.attribute("compile_s", build.seconds());
    out.attributeObject("latency_ms", [&] {
      for (auto [name, value] : latencies)
        out.attribute(name, value);
    });
    out.attribute("gflops", gflops);
    if (peak > 0)
      out.attribute("percent_of_peak", 100 * gflops / peak);
    else
      out.attribute("percent_of_peak", nullptr);
    out.attribute("arena_bytes", static_cast<int64_t>(executable.arenaBytes()));
  });
  llvm::outs() << "\n";
}

void tool::addBench(CLI::App &app, Session &session) {
  CLI::App *verb = app.add_subcommand("bench", "latency on random data");
  auto state = std::make_shared<BenchVerb>(session);
  state->addTo(*verb);
  verb->callback([state] { state->run(); });
}
