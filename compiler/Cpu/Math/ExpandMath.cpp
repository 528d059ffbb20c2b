// Finds the expansion of each op and applies it.
#include "Cpu/Math/ExpandMath.h"
#include "Cpu/Math/Functions.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace dlc {

namespace {

using Arguments = ArrayRef<Expression>;
using Expansion = std::function<Expression(Arguments)>;

/// What becomes of an op: kept as it is, expanded, or (neither) not supported.
struct Decision {
  bool isKept = false;
  Expansion expansion;
};

} // namespace

static Decision keep() { return {true, {}}; }
static Decision by(Expression (*function)(Expression)) {
  return {false, [=](Arguments a) { return function(a[0]); }};
}
static Decision by(Expression (*function)(Expression, Expression)) {
  return {false, [=](Arguments a) { return function(a[0], a[1]); }};
}

static bool isComputable(Type type) {
  Type element = getElementTypeOrSelf(type);
  return element.isF32() || element.isF64();
}

/// A conversion is a rounding or an extension that no instruction does.
static Decision decideConversion(Operation *op) {
  Type from = getElementTypeOrSelf(op->getOperand(0)), to = getElementTypeOrSelf(op->getResult(0));
  auto isKnown = [](Type type) {
    return type.isF16() || type.isBF16() || type.isF32() || type.isF64();
  };
  if (!isKnown(from) || !isKnown(to))
    return {};
  if (isComputable(from) && isComputable(to))
    return keep();
  return {false, [=](Arguments a) { return vectormath::convert(a[0], to); }};
}

/// Of the ops on f32 and f64. LLVM rounds what was widened from f16 as an f16, for which machines
/// have no vectors, so that it would go one element after the other.
static Decision decideFloat(Operation *op, const MathTarget &target) {
  auto widened = op->getOperand(0).getDefiningOp<arith::ExtFOp>();
  auto orKeep = [&](Expression (*function)(Expression)) {
    return target.hasRound && !widened ? keep() : by(function);
  };
  namespace v = vectormath;
  using D = Decision;
  return llvm::TypeSwitch<Operation *, Decision>(op)
      .Case([&](math::ExpOp) -> D { return by(v::exp); })
      .Case([&](math::Exp2Op) -> D { return by(v::exp2); })
      .Case([&](math::ExpM1Op) -> D { return by(v::expm1); })
      .Case([&](math::TanhOp) -> D { return by(v::tanh); })
      .Case([&](math::SinhOp) -> D { return by(v::sinh); })
      .Case([&](math::CoshOp) -> D { return by(v::cosh); })
      .Case([&](math::LogOp) -> D { return by(v::log); })
      .Case([&](math::Log2Op) -> D { return by(v::log2); })
      .Case([&](math::Log10Op) -> D { return by(v::log10); })
      .Case([&](math::Log1pOp) -> D { return by(v::log1p); })
      .Case([&](math::AsinhOp) -> D { return by(v::asinh); })
      .Case([&](math::AcoshOp) -> D { return by(v::acosh); })
      .Case([&](math::AtanhOp) -> D { return by(v::atanh); })
      .Case([&](math::PowFOp) -> D { return by(v::pow); })
      .Case([&](math::ErfOp) -> D { return by(v::erf); })
      .Case([&](math::SinOp) -> D { return by(v::sin); })
      .Case([&](math::CosOp) -> D { return by(v::cos); })
      .Case([&](math::TanOp) -> D { return by(v::tan); })
      .Case([&](math::AsinOp) -> D { return by(v::asin); })
      .Case([&](math::AcosOp) -> D { return by(v::acos); })
      .Case([&](math::AtanOp) -> D { return by(v::atan); })
      .Case([&](math::RsqrtOp) -> D { return by(v::rsqrt); })
      .Case([&](math::FloorOp) -> D { return orKeep(v::floor); })
      .Case([&](math::CeilOp) -> D { return orKeep(v::ceil); })
      .Case([&](math::TruncOp) -> D { return orKeep(v::trunc); })
      .Case([&](math::RoundEvenOp) -> D { return orKeep(v::roundeven); })
      .Case([&](math::RoundOp) -> D { return by(v::round); })
      .Case([&](arith::RemFOp) -> D { return by(v::remainder); })
      .Case([&](arith::MinimumFOp) -> D { return by(v::minimum); })
      .Case([&](arith::MaximumFOp) -> D { return by(v::maximum); })
      .Case([&](math::FmaOp) -> D {
        if (target.hasFma)
          return keep();
        return {false, [](Arguments a) { return multiplyAdd(a[0], a[1], a[2]); }};
      })
      .Case<math::AbsFOp, math::CopySignOp, math::SqrtOp, math::IsFiniteOp, math::IsInfOp,
            math::IsNaNOp, math::IsNormalOp>([](auto) { return keep(); })
      .Default([](Operation *) { return D{}; });
}

/// A division by a constant is a product, which LLVM finds.
static Decision decideDivision(Operation *op) {
  bool isSigned = isa<arith::DivSIOp, arith::RemSIOp>(op);
  bool isQuotient = isa<arith::DivSIOp, arith::DivUIOp>(op);
  if (op->getOperand(1).getDefiningOp<arith::ConstantOp>() ||
      !vectormath::hasFloatQuotient(op->getResult(0).getType(), isSigned))
    return keep();
  auto *function = isQuotient ? vectormath::quotient : vectormath::integerRemainder;
  return {false, [=](Arguments a) { return function(a[0], a[1], isSigned); }};
}

static Decision decide(Operation *op, const MathTarget &target) {
  if (isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp>(op))
    return decideDivision(op);
  if (isa<arith::ExtFOp, arith::TruncFOp>(op))
    return decideConversion(op);
  if (isa<math::IPowIOp>(op))
    return by(vectormath::integerPower);
  if (isa<math::AbsIOp, math::CountLeadingZerosOp, math::CountTrailingZerosOp, math::CtPopOp>(op))
    return keep();
  const bool isMath = isa<math::MathDialect>(op->getDialect());
  if (!isMath && !isa<arith::RemFOp, arith::MinimumFOp, arith::MaximumFOp>(op))
    return keep();
  if (!llvm::all_of(op->getOperandTypes(), isComputable))
    return {};
  return decideFloat(op, target);
}

LogicalResult expandMath(Operation *root, const MathTarget &target) {
  SmallVector<Operation *> found;
  root->walk([&](Operation *op) {
    if (op->getDialect() && isa<math::MathDialect, arith::ArithDialect>(op->getDialect()))
      found.push_back(op);
  });
  llvm::DenseMap<Operation *, std::unique_ptr<ConstantPool>> pools;
  bool isComplete = true;
  for (Operation *op : found) {
    Decision decision = decide(op, target);
    if (decision.isKept)
      continue;
    auto function = op->getParentOfType<FunctionOpInterface>();
    if (!decision.expansion || !function) {
      op->emitError("not supported yet: ")
          << op->getName() << " of " << op->getOperand(0).getType();
      isComplete = false;
      continue;
    }
    std::unique_ptr<ConstantPool> &pool = pools[function];
    if (!pool)
      pool = std::make_unique<ConstantPool>(function);
    ImplicitLocOpBuilder builder(op->getLoc(), op);
    Formula formula{builder, *pool, target};
    SmallVector<Expression> arguments;
    for (Value operand : op->getOperands())
      arguments.push_back({formula, operand});
    op->getResult(0).replaceAllUsesWith(decision.expansion(arguments).getValue());
    op->erase();
  }
  return success(isComplete);
}

} // namespace dlc
