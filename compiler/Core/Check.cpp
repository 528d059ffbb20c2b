#include "Core/Check.h"
#include "Core/Interpreter.h"
#include "llvm/Support/Format.h"
#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::check;

#include "Core/CheckDialect.cpp.inc"
#define GET_OP_CLASSES
#include "Core/CheckOps.cpp.inc"

void CheckDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "Core/CheckOps.cpp.inc"
      >();
}

// "[1, 0, 2]": the index of element `i` in row-major order.
static std::string indexText(ArrayRef<int64_t> shape, int64_t i) {
  SmallVector<int64_t> index(shape.size());
  for (int64_t dimension = shape.size() - 1; dimension >= 0; --dimension) {
    index[dimension] = i % shape[dimension];
    i /= shape[dimension];
  }
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "[";
  llvm::interleaveComma(index, out);
  out << "]";
  return text;
}

static std::string elementText(const Literal &literal, int64_t i) {
  if (!isa<FloatType>(literal.type.getElementType()))
    return std::to_string(literal.integer(i));
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.17g", literal.number(i));
  return text;
}

static bool isNan(const Literal &literal, int64_t i) {
  return isa<FloatType>(literal.type.getElementType()) && std::isnan(literal.number(i));
}

// Emits one error that names the first differing elements and how many there are.
static void reportDifferences(Operation *op, ArrayRef<Literal> operands,
                              ArrayRef<int64_t> differing, const Twine &summary) {
  constexpr size_t shown = 4;
  const Literal &got = operands[0], &want = operands[1];
  InFlightDiagnostic error = op->emitError() << differing.size() << " of " << got.size()
                                             << " elements differ" << summary;
  for (int64_t i : differing.take_front(shown))
    error << "; at " << indexText(got.type.getShape(), i) << " got " << elementText(got, i)
          << ", want " << elementText(want, i);
}

FailureOr<SmallVector<Literal>> ExpectEqualOp::interpret(ArrayRef<Literal> operands) {
  const Literal &got = operands[0], &want = operands[1];
  int64_t width = elementBytes(got.type.getElementType());
  SmallVector<int64_t> differing;
  for (int64_t i = 0; i < got.size(); ++i)
    if (memcmp(&got.bytes[i * width], &want.bytes[i * width], width) != 0 &&
        !(isNan(got, i) && isNan(want, i)))
      differing.push_back(i);
  if (!differing.empty())
    reportDifferences(*this, operands, differing, "");
  return SmallVector<Literal>();
}

FailureOr<SmallVector<Literal>> ExpectCloseOp::interpret(ArrayRef<Literal> operands) {
  const Literal &got = operands[0], &want = operands[1];
  double relative = getRtol().convertToDouble(), absolute = getAtol().convertToDouble();
  double largest = 0;
  SmallVector<int64_t> differing;
  for (int64_t i = 0; i < got.size(); ++i) {
    double x = got.number(i), y = want.number(i), error = std::abs(x - y);
    if (x == y || (std::isnan(x) && std::isnan(y)))
      continue;
    // A NaN error fails the comparison, and so does an infinite one, whose bound may be infinite.
    if (std::isfinite(error) && error <= absolute + relative * std::abs(y))
      continue;
    differing.push_back(i);
    largest = std::max(largest, std::isnan(error) ? INFINITY : error);
  }
  if (!differing.empty()) {
    std::string summary;
    llvm::raw_string_ostream(summary)
        << ", by at most " << llvm::format("%.3g", largest) << " where rtol "
        << llvm::format("%g", relative) << " and atol " << llvm::format("%g", absolute)
        << " are allowed";
    reportDifferences(*this, operands, differing, summary);
  }
  return SmallVector<Literal>();
}

namespace {
// Errors that are emitted while a function is interpreted to its end are mismatches.
struct RunPass : PassWrapper<RunPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(RunPass)
  RunPass(std::string entry, Outcome &outcome, InterpreterOptions options)
      : entry(std::move(entry)), outcome(outcome), options(std::move(options)) {}
  StringRef getName() const override { return "run"; }

  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      if (function.isExternal() ||
          (entry.empty() ? function.getNumArguments() != 0 : function.getName() != entry))
        continue;
      if (function.getNumArguments() != 0) {
        function.emitError("cannot run a function that takes arguments");
        return signalPassFailure();
      }
      ++outcome.functions;
      ScopedDiagnosticHandler counter(&getContext(), [&](Diagnostic &diagnostic) {
        outcome.mismatches += diagnostic.getSeverity() == DiagnosticSeverity::Error;
        return failure(); // on to the next handler, which prints it
      });
      if (failed(interpret(function, {}, options)))
        return signalPassFailure();
    }
    if (outcome.functions == 0) {
      getOperation().emitError("no function to run");
      signalPassFailure();
    }
  }

  std::string entry;
  Outcome &outcome;
  InterpreterOptions options;
};
} // namespace

std::unique_ptr<Pass> check::createRunPass(std::string entry, Outcome &outcome,
                                           InterpreterOptions options) {
  return std::make_unique<RunPass>(std::move(entry), outcome, std::move(options));
}
