#include "Core/GradientCheck.h"
#include "Core/Check.h"
#include "Core/Interpreter.h"
#include "llvm/Support/Format.h"
#include <cmath>

using namespace mlir;
using namespace dlc;
using namespace dlc::check;

static bool isFloat(Type type) { return isa<FloatType>(getElementTypeOrSelf(type)); }

// ---------------------------------------------------------------- the derivative of a function

namespace {
// Cotangents of values, summed in the order in which the walk meets them.
class Cotangents {
public:
  explicit Cotangents(ImplicitLocOpBuilder &b) : b(b) {}
  Value of(Value v) const { return sums.lookup(v); }
  void add(Value v, Value cotangent) {
    if (!cotangent)
      return;
    Value &sum = sums[v];
    sum = sum ? Value(AddOp::create(b, sum, cotangent)) : cotangent;
  }

private:
  ImplicitLocOpBuilder &b;
  DenseMap<Value, Value> sums;
};
} // namespace

// Adds the cotangents of the op's operands.
static LogicalResult differentiate(ImplicitLocOpBuilder &b, Operation *op, Cotangents &cotangents) {
  SmallVector<Value> given, gradients;
  for (Value result : op->getResults())
    given.push_back(cotangents.of(result));
  if (llvm::none_of(given, [](Value v) { return bool(v); }) || op->hasTrait<ZeroVjp>() ||
      op->getNumOperands() == 0)
    return success();
  auto rule = dyn_cast<VjpOpInterface>(op);
  if (!rule)
    return op->emitOpError("has no derivative");
  llvm::BitVector wanted(op->getNumOperands());
  for (OpOperand &operand : op->getOpOperands())
    if (isFloat(operand.get().getType()) && rule.isDifferentiable(operand.getOperandNumber()))
      wanted.set(operand.getOperandNumber());
  b.setLoc(op->getLoc());
  if (failed(rule.buildVjp(b, given, wanted, gradients)))
    return op->emitOpError("has no derivative here");
  if (gradients.size() != op->getNumOperands())
    return op->emitOpError("gives ")
           << gradients.size() << " gradients for " << op->getNumOperands() << " operands";
  for (auto [operand, gradient] : llvm::zip_equal(op->getOperands(), gradients)) {
    if (gradient && gradient.getType() != operand.getType())
      return op->emitOpError("gives a gradient of type ")
             << gradient.getType() << " for an operand of type " << operand.getType();
    cotangents.add(operand, gradient);
  }
  return success();
}

static SmallVector<Type> floatsOf(TypeRange types) {
  return llvm::to_vector(llvm::make_filter_range(types, isFloat));
}

FailureOr<func::FuncOp> check::buildVjpFunction(func::FuncOp function) {
  SmallVector<Type> arguments(function.getArgumentTypes());
  llvm::append_range(arguments, floatsOf(function.getResultTypes()));
  ImplicitLocOpBuilder b(function.getLoc(), function.getContext());
  b.setInsertionPointAfter(function);
  auto derivative =
      func::FuncOp::create(b, (function.getName() + "_vjp").str(),
                           b.getFunctionType(arguments, floatsOf(function.getArgumentTypes())));
  Block *body = derivative.addEntryBlock();
  b.setInsertionPointToStart(body);
  IRMapping mapping;
  mapping.map(function.getArguments(), body->getArguments().take_front(function.getNumArguments()));
  SmallVector<Operation *> forward;
  for (Operation &op : function.front().without_terminator())
    forward.push_back(b.clone(op, mapping));

  Cotangents cotangents(b);
  auto seeds = body->getArguments().drop_front(function.getNumArguments());
  for (Value result : function.front().getTerminator()->getOperands())
    if (isFloat(result.getType())) {
      cotangents.add(mapping.lookup(result), seeds.front());
      seeds = seeds.drop_front();
    }
  for (Operation *op : llvm::reverse(forward))
    if (failed(differentiate(b, op, cotangents))) {
      derivative.erase();
      return failure();
    }
  SmallVector<Value> gradients;
  for (Value argument : body->getArguments().take_front(function.getNumArguments()))
    if (isFloat(argument.getType())) {
      Value gradient = cotangents.of(argument);
      gradients.push_back(gradient ? gradient : buildSplat(b, tensorType(argument), 0));
    }
  func::ReturnOp::create(b, gradients);
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    derivative.setArgAttrs(i, function.getArgAttrDict(i));
  return derivative;
}

// ---------------------------------------------------------------- finite differences

namespace {
// Steele, Lea and Flood's SplitMix64: the same numbers everywhere.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}
  uint64_t bits() {
    uint64_t z = state += 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  double number(double low, double high) {
    return low + (high - low) * static_cast<double>(bits() >> 11) * 0x1p-53;
  }

private:
  uint64_t state;
};
} // namespace

using Literals = SmallVector<Literal>;

static Literal draw(RankedTensorType type, double low, double high, Random &random) {
  Literal literal(type);
  bool isBool = type.getElementType().isInteger(1);
  for (int64_t i = 0; i < literal.size(); ++i) {
    if (isFloat(type))
      literal.setNumber(i, random.number(low, high));
    else
      literal.setInteger(i, isBool ? random.bits() & 1 : std::floor(random.number(low, high)));
  }
  return literal;
}

// A point of the function's domain.
static Literals drawArguments(func::FuncOp function, Random &random) {
  Literals arguments;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes())) {
    double low = -2, high = 2;
    if (auto range = function.getArgAttrOfType<ArrayAttr>(i, "check.range");
        range && range.size() == 2) {
      auto bound = [&](unsigned k) {
        auto number = dyn_cast<FloatAttr>(range[k]);
        return number ? number.getValueAsDouble() : k == 0 ? low : high;
      };
      std::tie(low, high) = std::pair(bound(0), bound(1));
    }
    arguments.push_back(draw(cast<RankedTensorType>(type), low, high, random));
  }
  return arguments;
}

static Literals drawDirections(ArrayRef<Type> types, Random &random) {
  Literals directions;
  for (Type type : types)
    directions.push_back(draw(cast<RankedTensorType>(type), -1, 1, random));
  return directions;
}

static double innerProduct(ArrayRef<Literal> a, ArrayRef<Literal> b) {
  double sum = 0;
  for (auto [x, y] : llvm::zip_equal(a, b))
    for (int64_t i = 0; i < x.size(); ++i)
      sum += x.number(i) * y.number(i);
  return sum;
}

// x + step u, where u has an entry for each float argument.
static Literals moved(Literals x, ArrayRef<Literal> u, double step) {
  for (Literal &argument : x)
    if (isFloat(argument.type)) {
      for (int64_t i = 0; i < argument.size(); ++i)
        argument.setNumber(i, argument.number(i) + step * u.front().number(i));
      u = u.drop_front();
    }
  return x;
}

// <v, f(x)> over the float results.
static FailureOr<double> project(func::FuncOp function, ArrayRef<Literal> x, ArrayRef<Literal> v) {
  FailureOr<Literals> results = interpret(function, x);
  if (failed(results))
    return failure();
  llvm::erase_if(*results, [](const Literal &literal) { return !isFloat(literal.type); });
  return innerProduct(*results, v);
}

static FailureOr<bool> compareOnce(func::FuncOp function, func::FuncOp derivative, int64_t seed,
                                   const GradientCheckOptions &options) {
  Random random(seed);
  Literals x = drawArguments(function, random);
  Literals u = drawDirections(floatsOf(function.getArgumentTypes()), random);
  Literals v = drawDirections(floatsOf(function.getResultTypes()), random);
  FailureOr<double> above = project(function, moved(x, u, options.step), v);
  FailureOr<double> below = project(function, moved(x, u, -options.step), v);
  Literals seeded = x;
  llvm::append_range(seeded, v);
  FailureOr<Literals> gradients = interpret(derivative, seeded);
  if (failed(above) || failed(below) || failed(gradients))
    return failure();
  double expected = (*above - *below) / (2 * options.step), found = innerProduct(*gradients, u);
  double scale = std::max(std::abs(expected), std::abs(found));
  if (std::abs(expected - found) <= options.atol + options.rtol * scale)
    return true;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.12g, finite differences give %.12g", found,
                                                 expected);
  function.emitError("seed ") << seed << ": the derivative of @" << function.getName() << " is "
                              << text;
  return false;
}

FailureOr<bool> check::checkGradients(func::FuncOp function, const GradientCheckOptions &options) {
  for (Type type : function.getArgumentTypes())
    if (isFloat(type) && !getElementTypeOrSelf(type).isF64())
      return function.emitError("finite differences need f64, not ") << type;
  FailureOr<func::FuncOp> derivative = buildVjpFunction(function);
  if (failed(derivative) || failed(verify(*derivative)))
    return failure();
  bool agrees = true;
  for (int64_t seed = 0; seed < options.seeds; ++seed) {
    FailureOr<bool> once = compareOnce(function, *derivative, seed, options);
    if (failed(once))
      return failure();
    agrees &= *once;
  }
  if (agrees && function->hasAttr("check.second")) {
    FailureOr<bool> second = checkGradients(*derivative, options);
    if (failed(second))
      return failure();
    agrees = *second;
  }
  derivative->erase();
  return agrees;
}

// ---------------------------------------------------------------- passes

// Functions that a derivative makes sense for; collected first, as derivatives are added beside
// them.
static SmallVector<func::FuncOp> functionsOf(ModuleOp module, StringRef entry) {
  SmallVector<func::FuncOp> functions;
  for (auto function : module.getOps<func::FuncOp>())
    if (!function.isExternal() && function.getNumResults() != 0 &&
        (entry.empty() || function.getName() == entry))
      functions.push_back(function);
  return functions;
}

namespace {
struct TestVjpPass : PassWrapper<TestVjpPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestVjpPass)
  StringRef getArgument() const override { return "test-vjp"; }
  StringRef getDescription() const override { return "Add the derivative of every function"; }
  void runOnOperation() override {
    for (func::FuncOp function : functionsOf(getOperation(), ""))
      if (failed(buildVjpFunction(function)))
        return signalPassFailure();
  }
};

struct CheckGradientsPass : PassWrapper<CheckGradientsPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(CheckGradientsPass)
  CheckGradientsPass(std::string entry, Outcome &outcome)
      : entry(std::move(entry)), outcome(outcome) {}
  StringRef getName() const override { return "check-gradients"; }
  void runOnOperation() override {
    SmallVector<func::FuncOp> functions = functionsOf(getOperation(), entry);
    if (functions.empty()) {
      getOperation().emitError("no function to differentiate");
      return signalPassFailure();
    }
    for (func::FuncOp function : functions) {
      FailureOr<bool> agrees = checkGradients(function);
      if (failed(agrees))
        return signalPassFailure();
      ++outcome.functions;
      outcome.mismatches += !*agrees;
    }
  }
  std::string entry;
  Outcome &outcome;
};
} // namespace

std::unique_ptr<Pass> check::createCheckGradientsPass(std::string entry, Outcome &outcome) {
  return std::make_unique<CheckGradientsPass>(std::move(entry), outcome);
}

void check::registerTestVjpPass() {
  registerPass([]() -> std::unique_ptr<Pass> { return std::make_unique<TestVjpPass>(); });
}
