#include "tests/Gate/Oracle.h"
#include "Core/Interpreter.h"
#include "llvm/Support/FormatVariadic.h"
#include <cstring>

using namespace mlir;
using namespace dlc;
using namespace dlc::gate;

static Grain grainOf(Type element) {
  return element.isF64()    ? Grain::Double
         : element.isF32()  ? Grain::Single
         : element.isF16()  ? Grain::Half
         : element.isBF16() ? Grain::Bfloat
                            : Grain::Exact;
}

double Expected::allowed(size_t i) const {
  double unit = std::sqrt(tolerance.terms) * tolerance.largest;
  switch (grains[i]) {
  case Grain::Exact:
    return 0;
  case Grain::Double:
    return 1e-14 * unit;
  case Grain::Single:
    return 1e-6 * unit;
  case Grain::Half:
    return 1e-6 * unit + 0x1p-10 * tolerance.largest;
  case Grain::Bfloat:
    return 1e-6 * unit + 0x1p-7 * tolerance.largest;
  }
  return 0;
}

static double largestOf(const Literal &literal) {
  double largest = 0;
  if (isa<FloatType>(literal.type.getElementType()))
    for (int64_t i = 0; i < literal.size(); ++i)
      if (double v = std::abs(literal.number(i)); std::isfinite(v))
        largest = std::max(largest, v);
  return largest;
}

namespace {
class KernelRun {
public:
  Expected expected;
  DenseMap<Value, Literal> values;
  DenseMap<Value, Grain> grains;
  DenseMap<Value, double> largest;

  void take(Value v, Literal literal, Grain grain) {
    largest[v] = largestOf(literal);
    expected.tolerance.largest = std::max(expected.tolerance.largest, largest[v]);
    grains[v] = grain;
    values[v] = std::move(literal);
  }
  bool run(Operation &op);

private:
  Grain grainAfter(Operation &op, Value result);
};
} // namespace

Grain KernelRun::grainAfter(Operation &op, Value result) {
  Grain grain = Grain::Exact;
  for (Value operand : op.getOperands())
    grain = std::max(grain, grains[operand]);
  Grain own = grainOf(tensorType(result).getElementType());
  if (own == Grain::Exact) // integers after exact floats only
    return Grain::Exact;
  if (!op.hasTrait<dlc::ExactOnStorage>() && !op.hasTrait<OpTrait::ConstantLike>())
    grain = std::max(grain, own);
  return grain;
}

bool KernelRun::run(Operation &op) {
  SmallVector<Literal> inputs;
  double product = 1;
  for (Value v : op.getOperands()) {
    inputs.push_back(values[v]);
    product *= largest[v];
  }
  FailureOr<SmallVector<Literal>> results = interpret(&op, inputs);
  if (failed(results))
    return false;
  for (auto [result, literal] : llvm::zip_equal(op.getResults(), *results))
    take(result, std::move(literal), grainAfter(op, result));
  auto reference = dyn_cast<ReferenceOpInterface>(op);
  if (!reference || !isa<FloatType>(tensorType(op.getResult(0)).getElementType()))
    return true;
  ReferenceForm form = reference.referenceForm();
  double terms = 1;
  for (int64_t extent : ArrayRef(form.extents).drop_front(form.parallel))
    terms *= static_cast<double>(extent);
  Tolerance &t = expected.tolerance;
  t.terms = std::max(t.terms, terms);
  if (op.hasTrait<dlc::ContractionOp>())
    t.largest = std::max(t.largest, product);
  return true;
}

Expected dlc::gate::interpretKernel(func::FuncOp kernel, ArrayRef<Literal> operands) {
  KernelRun run;
  std::string message;
  ScopedDiagnosticHandler handler(kernel.getContext(), [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  for (auto [argument, literal] : llvm::zip_equal(kernel.getArguments(), operands))
    run.take(argument, literal, Grain::Exact);
  Block &body = kernel.getBody().front();
  for (Operation &op : body.without_terminator())
    if (!run.run(op)) {
      run.expected.isIndexError = StringRef(message).contains("is outside [0,");
      if (!run.expected.isIndexError)
        run.expected.error = "the interpreter fails: " + message;
      return std::move(run.expected);
    }
  for (Value v : body.getTerminator()->getOperands()) {
    run.expected.results.push_back(run.values[v]);
    run.expected.grains.push_back(run.grains[v]);
  }
  return std::move(run.expected);
}

std::string dlc::gate::difference(const Expected &expected, size_t index, const Literal &actual,
                                  double &worst) {
  const Literal &wanted = expected.results[index];
  Type element = wanted.type.getElementType();
  double allowed = expected.allowed(index);
  size_t width = static_cast<size_t>(elementBytes(element));
  bool isFloat = isa<FloatType>(element);
  for (int64_t i = 0; i < wanted.size(); ++i) {
    if (std::memcmp(&wanted.bytes[i * width], &actual.bytes[i * width], width) == 0)
      continue;
    double e = isFloat ? wanted.number(i) : 0, a = isFloat ? actual.number(i) : 0;
    if (isFloat && (e == a || (std::isnan(e) && std::isnan(a))))
      continue; // zeros of either sign, NaNs of any payload
    double off = std::abs(e - a);
    if (isFloat && off <= allowed) {
      worst = std::max(worst, off / allowed);
      continue;
    }
    if (!isFloat)
      return llvm::formatv("result {0} of type {1} at {2}: expected {3}, found {4}", index,
                           wanted.type, i, wanted.integer(i), actual.integer(i));
    return llvm::formatv(
        "result {0} of type {1} at {2}: expected {3:e8}, found {4:e8}, which is {5:e2} "
        "off; allowed {6:e2} (K {7}, M {8:e3})",
        index, wanted.type, i, e, a, off, allowed, expected.tolerance.terms,
        expected.tolerance.largest);
  }
  return "";
}
