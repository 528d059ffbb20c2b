// Values of nodes become outputs of the program at the stage `graph`; what does not lead to them is
// dead and disappears.
#include "Bisect.h"
#include "Inputs.h"
#include "Layers.h"
#include "llvm/Support/Format.h"

using namespace mlir;
using namespace dlc;
using namespace dlc::tool;

namespace {
/// A node whose value can be looked at: the last one of its ops at the top of the program.
struct Cut {
  std::string label;
  unsigned op; // its position among the ops of @main
  unsigned result;
};

class Bisection {
public:
  Bisection(Session &session, const ModelOptions &options, const TestSet &set,
            const Tolerance &tolerance, const dlc_parallel *parallel)
      : session(session), options(options), set(set), tolerance(tolerance), parallel(parallel) {}

  void run() {
    if (!findCuts() || cuts.empty())
      return print("no node has a value that can be compared");
    llvm::outs() << "bisect: " << cuts.size() << " values\n";
    llvm::outs().flush();
    reference.resize(cuts.size());
    size_t good = 0, bad = cuts.size();
    std::optional<bool> last = isOff(cuts.size() - 1);
    if (!last)
      return;
    if (!*last)
      return print("no value differs from that of -O0: the fault is in the import or in the "
                   "meaning of an op, or the expected data are of another model");
    bad = cuts.size() - 1;
    // The value of `bad` is off; those below `good` are not.
    while (good < bad) {
      size_t middle = good + (bad - good) / 2;
      std::optional<bool> off = isOff(middle);
      if (!off)
        return;
      if (*off)
        bad = middle;
      else
        good = middle + 1;
    }
    if (!isOff(bad)) // for the figures of this cut
      return;
    llvm::outs() << "bisect: the first value that is off is that of node "
                 << dlc::quoted(cuts[bad].label)
                 << llvm::format(": max error %.3g", comparison.maxError) << " at element "
                 << comparison.worst << ", " << comparison.failures << " outside the tolerance\n";
  }

private:
  void print(StringRef text) {
    if (!session.diagnostics.hasErrors())
      llvm::outs() << "bisect: " << text << "\n";
  }

  static func::FuncOp mainOf(ModuleOp module) { return module.lookupSymbol<func::FuncOp>("main"); }

  static bool canBeOutput(Type type) {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor && !tensor.getEncoding() && tensor.getRank() <= DLC_RANK_MAX;
  }

  bool findCuts() {
    Build build(session, options);
    onnx::ImportOptions importOptions = options.importOptions(session);
    if (!Inputs(session, set.inputs).read(build, importOptions) || !build.import(importOptions))
      return false;
    for (auto [i, op] : llvm::enumerate(mainOf(build.module()).getBody().front())) {
      auto name = dyn_cast<NameLoc>(op.getLoc());
      if (!name || !name.getName().getValue().ends_with(")"))
        continue;
      for (unsigned result = 0; result < op.getNumResults(); ++result) {
        if (!canBeOutput(op.getResult(result).getType()))
          continue;
        std::string label = name.getName().str();
        // Only the last op of a node.
        if (!cuts.empty() && cuts.back().label == label && cuts.back().op != i)
          cuts.pop_back();
        cuts.push_back({label, unsigned(i), result});
      }
    }
    return true;
  }

  /// The program's only output becomes the value of the cut.
  static void cutAfter(ModuleOp module, const Cut &cut) {
    func::FuncOp function = mainOf(module);
    Block &block = function.getBody().front();
    Value value = std::next(block.begin(), cut.op)->getResult(cut.result);
    Operation *end = block.getTerminator();
    end->setOperands(value);
    function.setType(FunctionType::get(module.getContext(), function.getArgumentTypes(),
                                       TypeRange(value.getType())));
    Builder b(module.getContext());
    function.setResAttrsAttr(b.getArrayAttr(
        {b.getDictionaryAttr(b.getNamedAttr("dlc.name", b.getStringAttr("value")))}));
  }

  std::optional<Tensor> valueOf(const Cut &cut, int optimize) {
    ModelOptions changed = options;
    changed.optimize = optimize;
    Build build(session, changed);
    build.afterImport = [&](ModuleOp module) { cutAfter(module, cut); };
    onnx::ImportOptions importOptions = options.importOptions(session);
    std::vector<Tensor> arrays, results;
    std::unique_ptr<Executable> executable =
        Inputs(session, set.inputs)
            .prepare(build, importOptions, /*seed=*/{}, !options.dtype.empty(), arrays);
    if (!executable || !executable->run(arrays, results, parallel))
      return {};
    return std::move(results.front());
  }

  /// None after a diagnostic.
  std::optional<bool> isOff(size_t i) {
    if (!reference[i])
      reference[i] = valueOf(cuts[i], /*optimize=*/0);
    std::optional<Tensor> value = reference[i] ? valueOf(cuts[i], options.optimize) : std::nullopt;
    if (!value)
      return {};
    comparison = compare(*value, *reference[i], tolerance);
    return !comparison.pass;
  }

  Session &session;
  const ModelOptions &options;
  const TestSet &set;
  const Tolerance &tolerance;
  const dlc_parallel *parallel;
  std::vector<Cut> cuts;
  std::vector<std::optional<Tensor>> reference;
  Comparison comparison;
};
} // namespace

void dlc::tool::bisect(Session &session, const ModelOptions &options, const TestSet &set,
                       const Tolerance &tolerance, const dlc_parallel *parallel) {
  Bisection(session, options, set, tolerance, parallel).run();
}
