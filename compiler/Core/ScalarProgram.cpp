// Translation of scalar ops into instructions, and what each instruction computes.
#include "Core/ScalarProgram.h"
#include "Core/IntegerPower.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"
#include <cmath>

using namespace mlir;
using namespace dlc;

namespace {
using Cells = Cell *;

uint64_t zeroExtended(int64_t value, unsigned width) {
  return width >= 64 ? value : static_cast<uint64_t>(value) & ((uint64_t(1) << width) - 1);
}
double rounded(double value, bool isSingle) {
  return isSingle ? static_cast<double>(static_cast<float>(value)) : value;
}

bool holds(arith::CmpFPredicate predicate, double a, double b) {
  using P = arith::CmpFPredicate;
  bool unordered = std::isnan(a) || std::isnan(b);
  switch (predicate) {
  case P::OEQ:
    return a == b;
  case P::ONE:
    return !unordered && a != b;
  case P::OLT:
    return a < b;
  case P::OLE:
    return a <= b;
  case P::OGT:
    return a > b;
  case P::OGE:
    return a >= b;
  case P::ORD:
    return !unordered;
  case P::UNO:
    return unordered;
  case P::UEQ:
    return unordered || a == b;
  case P::UNE:
    return a != b || unordered;
  case P::ULT:
    return unordered || a < b;
  case P::ULE:
    return unordered || a <= b;
  case P::UGT:
    return unordered || a > b;
  case P::UGE:
    return unordered || a >= b;
  case P::AlwaysTrue:
    return true;
  case P::AlwaysFalse:
    return false;
  }
  llvm_unreachable("unknown predicate");
}

bool holds(arith::CmpIPredicate predicate, int64_t a, int64_t b, unsigned width) {
  using P = arith::CmpIPredicate;
  uint64_t ua = zeroExtended(a, width), ub = zeroExtended(b, width);
  switch (predicate) {
  case P::eq:
    return ua == ub;
  case P::ne:
    return ua != ub;
  case P::slt:
    return a < b;
  case P::sle:
    return a <= b;
  case P::sgt:
    return a > b;
  case P::sge:
    return a >= b;
  case P::ult:
    return ua < ub;
  case P::ule:
    return ua <= ub;
  case P::ugt:
    return ua > ub;
  case P::uge:
    return ua >= ub;
  }
  llvm_unreachable("unknown predicate");
}

double roundToWidth(double value, unsigned width, bool isBfloat) {
  if (width == 64)
    return value;
  if (width == 32)
    return static_cast<float>(value);
  return isBfloat ? bfloatToFloat(floatToBfloat(value)) : halfToFloat(floatToHalf(value));
}
} // namespace

namespace dlc {
struct ScalarProgramBuilder {
  using I = ScalarProgram::Instruction;
  ScalarProgram program;
  DenseMap<Value, unsigned> cells;
  bool wide;

  unsigned newCell(Cell initial = {}) {
    program.constants.push_back(initial);
    return program.constants.size() - 1;
  }

  // A float op: `f` on doubles, rounded to single where the type says so and the program is not
  // wide.
  template <double (*f)(double, double)> I binaryFloat(Operation *) {
    I i{};
    i.evaluate = [](const I &i, Cells c) {
      c[i.to].number = rounded(f(c[i.a].number, c[i.b].number), i.isSingle);
    };
    return i;
  }
  template <int64_t (*f)(int64_t, int64_t, unsigned)> I binaryInteger(Operation *) {
    I i{};
    i.evaluate = [](const I &i, Cells c) {
      c[i.to].integer = signExtended(f(c[i.a].integer, c[i.b].integer, i.width), i.width);
    };
    return i;
  }
  I unaryMath(double (*f)(double)) {
    I i{};
    i.function = f;
    i.evaluate = [](const I &i, Cells c) {
      c[i.to].number = rounded(i.function(c[i.a].number), i.isSingle);
    };
    return i;
  }

  std::optional<I> translateFloat(Operation *op);
  std::optional<I> translateInteger(Operation *op);
  std::optional<I> translateConversion(Operation *op);
  std::optional<I> translateMath(Operation *op);
  LogicalResult add(Operation *op);
};
} // namespace dlc

using I = ScalarProgramBuilder::I;

static double addDoubles(double a, double b) { return a + b; }
static double subDoubles(double a, double b) { return a - b; }
static double mulDoubles(double a, double b) { return a * b; }
static double divDoubles(double a, double b) { return a / b; }
static double remDoubles(double a, double b) { return std::fmod(a, b); }
static double powDoubles(double a, double b) { return std::pow(a, b); }
static double negated(double a) { return -a; }

std::optional<I> ScalarProgramBuilder::translateFloat(Operation *op) {
  return TypeSwitch<Operation *, std::optional<I>>(op)
      .Case([&](arith::AddFOp) { return binaryFloat<addDoubles>(op); })
      .Case([&](arith::SubFOp) { return binaryFloat<subDoubles>(op); })
      .Case([&](arith::MulFOp) { return binaryFloat<mulDoubles>(op); })
      .Case([&](arith::DivFOp) { return binaryFloat<divDoubles>(op); })
      .Case([&](arith::RemFOp) { return binaryFloat<remDoubles>(op); })
      .Case([&](math::PowFOp) { return binaryFloat<powDoubles>(op); })
      .Case([&](arith::NegFOp) { return unaryMath(negated); })
      .Case([&](arith::CmpFOp cmp) {
        I i{};
        i.kind = static_cast<int>(cmp.getPredicate());
        i.evaluate = [](const I &i, Cells c) {
          c[i.to].integer =
              holds(static_cast<arith::CmpFPredicate>(i.kind), c[i.a].number, c[i.b].number);
        };
        return i;
      })
      .Case([&](arith::SelectOp) {
        I i{};
        i.evaluate = [](const I &i, Cells c) { c[i.to] = c[i.a].integer ? c[i.b] : c[i.c]; };
        return i;
      })
      .Default([](Operation *) { return std::nullopt; });
}

static int64_t addIntegers(int64_t a, int64_t b, unsigned) { return uint64_t(a) + uint64_t(b); }
static int64_t subIntegers(int64_t a, int64_t b, unsigned) { return uint64_t(a) - uint64_t(b); }
static int64_t mulIntegers(int64_t a, int64_t b, unsigned) { return uint64_t(a) * uint64_t(b); }
static int64_t divSigned(int64_t a, int64_t b, unsigned) {
  return b == -1 ? -uint64_t(a) : b ? a / b : 0;
}
static int64_t divUnsigned(int64_t a, int64_t b, unsigned w) {
  return b ? zeroExtended(a, w) / zeroExtended(b, w) : 0;
}
static int64_t remSigned(int64_t a, int64_t b, unsigned) { return b == 0 || b == -1 ? 0 : a % b; }
static int64_t remUnsigned(int64_t a, int64_t b, unsigned w) {
  return b ? zeroExtended(a, w) % zeroExtended(b, w) : 0;
}
static int64_t andIntegers(int64_t a, int64_t b, unsigned) { return a & b; }
static int64_t orIntegers(int64_t a, int64_t b, unsigned) { return a | b; }
static int64_t xorIntegers(int64_t a, int64_t b, unsigned) { return a ^ b; }
static int64_t shiftedLeft(int64_t a, int64_t b, unsigned) { return uint64_t(a) << (b & 63); }
static int64_t shiftedRight(int64_t a, int64_t b, unsigned) { return a >> (b & 63); }
static int64_t shiftedUnsigned(int64_t a, int64_t b, unsigned w) {
  return zeroExtended(a, w) >> (b & 63);
}

std::optional<I> ScalarProgramBuilder::translateInteger(Operation *op) {
  return TypeSwitch<Operation *, std::optional<I>>(op)
      .Case([&](arith::AddIOp) { return binaryInteger<addIntegers>(op); })
      .Case([&](arith::SubIOp) { return binaryInteger<subIntegers>(op); })
      .Case([&](arith::MulIOp) { return binaryInteger<mulIntegers>(op); })
      .Case([&](arith::DivSIOp) { return binaryInteger<divSigned>(op); })
      .Case([&](arith::DivUIOp) { return binaryInteger<divUnsigned>(op); })
      .Case([&](arith::RemSIOp) { return binaryInteger<remSigned>(op); })
      .Case([&](arith::RemUIOp) { return binaryInteger<remUnsigned>(op); })
      .Case([&](arith::AndIOp) { return binaryInteger<andIntegers>(op); })
      .Case([&](arith::OrIOp) { return binaryInteger<orIntegers>(op); })
      .Case([&](arith::XOrIOp) { return binaryInteger<xorIntegers>(op); })
      .Case([&](arith::ShLIOp) { return binaryInteger<shiftedLeft>(op); })
      .Case([&](arith::ShRSIOp) { return binaryInteger<shiftedRight>(op); })
      .Case([&](arith::ShRUIOp) { return binaryInteger<shiftedUnsigned>(op); })
      .Case([&](math::IPowIOp) { return binaryInteger<integerPower>(op); })
      .Case([&](math::AbsIOp) {
        I i{};
        i.evaluate = [](const I &i, Cells c) {
          int64_t a = c[i.a].integer;
          c[i.to].integer = signExtended(a < 0 ? -uint64_t(a) : a, i.width);
        };
        return i;
      })
      .Case([&](arith::CmpIOp cmp) {
        I i{};
        i.kind = static_cast<int>(cmp.getPredicate());
        i.evaluate = [](const I &i, Cells c) {
          c[i.to].integer = holds(static_cast<arith::CmpIPredicate>(i.kind), c[i.a].integer,
                                  c[i.b].integer, i.width);
        };
        return i;
      })
      .Default([](Operation *) { return std::nullopt; });
}

std::optional<I> ScalarProgramBuilder::translateConversion(Operation *op) {
  auto convert = [](void (*f)(const I &, Cells)) {
    I i{};
    i.evaluate = f;
    return i;
  };
  return TypeSwitch<Operation *, std::optional<I>>(op)
      .Case([&](arith::ExtFOp) { return convert([](const I &i, Cells c) { c[i.to] = c[i.a]; }); })
      .Case([&](arith::TruncFOp) {
        I i = convert([](const I &i, Cells c) {
          c[i.to].number = roundToWidth(c[i.a].number, i.kind & 0xff, i.kind >> 8);
        });
        Type to = op->getResult(0).getType();
        i.kind = to.getIntOrFloatBitWidth() | (to.isBF16() ? 0x100 : 0);
        return i;
      })
      .Case([&](arith::FPToSIOp) {
        return convert(
            [](const I &i, Cells c) { c[i.to].integer = static_cast<int64_t>(c[i.a].number); });
      })
      .Case([&](arith::FPToUIOp) {
        return convert([](const I &i, Cells c) {
          c[i.to].integer =
              signExtended(static_cast<uint64_t>(std::max(0.0, c[i.a].number)), i.kind);
        });
      })
      .Case([&](arith::SIToFPOp) {
        return convert([](const I &i, Cells c) {
          int64_t a = c[i.a].integer;
          c[i.to].number =
              i.isSingle ? static_cast<double>(static_cast<float>(a)) : static_cast<double>(a);
        });
      })
      .Case([&](arith::UIToFPOp) {
        return convert([](const I &i, Cells c) {
          uint64_t a = zeroExtended(c[i.a].integer, i.width);
          c[i.to].number =
              i.isSingle ? static_cast<double>(static_cast<float>(a)) : static_cast<double>(a);
        });
      })
      .Case([&](arith::BitcastOp) {
        I i = convert([](const I &i, Cells c) { c[i.to] = withFormat(c[i.a], i.kind); });
        i.kind = formatsOf(op->getOperand(0).getType(), op->getResult(0).getType());
        return i;
      })
      .Case([&](arith::TruncIOp) {
        return convert(
            [](const I &i, Cells c) { c[i.to].integer = signExtended(c[i.a].integer, i.kind); });
      })
      .Case([&](arith::ExtSIOp) {
        return convert([](const I &i, Cells c) {
          int64_t a = c[i.a].integer;
          c[i.to].integer = i.width == 1 ? -a : a;
        });
      })
      .Case([&](arith::ExtUIOp) {
        return convert([](const I &i, Cells c) {
          c[i.to].integer = signExtended(zeroExtended(c[i.a].integer, i.width), i.kind);
        });
      })
      .Default([](Operation *) { return std::nullopt; });
}

std::optional<I> ScalarProgramBuilder::translateMath(Operation *op) {
  using F = double (*)(double);
  F f = TypeSwitch<Operation *, F>(op)
            .Case([](math::FloorOp) { return static_cast<F>(std::floor); })
            .Case([](math::CeilOp) { return static_cast<F>(std::ceil); })
            .Case([](math::RoundEvenOp) { return static_cast<F>(std::nearbyint); })
            .Case([](math::TruncOp) { return static_cast<F>(std::trunc); })
            .Case([](math::AbsFOp) { return static_cast<F>(std::fabs); })
            .Case([](math::SqrtOp) { return static_cast<F>(std::sqrt); })
            .Case([](math::ExpOp) { return static_cast<F>(std::exp); })
            .Case([](math::ExpM1Op) { return static_cast<F>(std::expm1); })
            .Case([](math::LogOp) { return static_cast<F>(std::log); })
            .Case([](math::Log1pOp) { return static_cast<F>(std::log1p); })
            .Case([](math::SinOp) { return static_cast<F>(std::sin); })
            .Case([](math::CosOp) { return static_cast<F>(std::cos); })
            .Case([](math::TanOp) { return static_cast<F>(std::tan); })
            .Case([](math::AsinOp) { return static_cast<F>(std::asin); })
            .Case([](math::AcosOp) { return static_cast<F>(std::acos); })
            .Case([](math::AtanOp) { return static_cast<F>(std::atan); })
            .Case([](math::SinhOp) { return static_cast<F>(std::sinh); })
            .Case([](math::CoshOp) { return static_cast<F>(std::cosh); })
            .Case([](math::TanhOp) { return static_cast<F>(std::tanh); })
            .Case([](math::AsinhOp) { return static_cast<F>(std::asinh); })
            .Case([](math::AcoshOp) { return static_cast<F>(std::acosh); })
            .Case([](math::AtanhOp) { return static_cast<F>(std::atanh); })
            .Case([](math::ErfOp) { return static_cast<F>(std::erf); })
            .Default([](Operation *) { return static_cast<F>(nullptr); });
  if (!f)
    return std::nullopt;
  return unaryMath(f);
}

LogicalResult ScalarProgramBuilder::add(Operation *op) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    Cell cell;
    if (auto number = dyn_cast<FloatAttr>(constant.getValue()))
      cell.number = number.getValueAsDouble();
    else
      cell.integer = signExtended(cast<IntegerAttr>(constant.getValue()).getValue().getZExtValue(),
                                  op->getResult(0).getType().isIndex()
                                      ? 64
                                      : op->getResult(0).getType().getIntOrFloatBitWidth());
    cells[op->getResult(0)] = newCell(cell);
    return success();
  }
  std::optional<I> instruction = translateFloat(op);
  if (!instruction)
    instruction = translateInteger(op);
  if (!instruction)
    instruction = translateConversion(op);
  if (!instruction)
    instruction = translateMath(op);
  if (!instruction)
    return op->emitError("the interpreter does not know this scalar op");
  auto cellOf = [&](unsigned i) {
    return op->getNumOperands() > i ? cells.lookup(op->getOperand(i)) : 0;
  };
  instruction->a = cellOf(0), instruction->b = cellOf(1), instruction->c = cellOf(2);
  Type from = op->getOperand(0).getType(), to = op->getResult(0).getType();
  if (from.isIntOrFloat())
    instruction->width = from.getIntOrFloatBitWidth();
  if (!instruction->kind && to.isInteger() && !isa<arith::CmpIOp>(op)) // its eq is 0
    instruction->kind = to.getIntOrFloatBitWidth();
  instruction->isSingle = to.isF32() && !wide;
  instruction->to = cells[op->getResult(0)] = newCell();
  program.instructions.push_back(*instruction);
  return success();
}

FailureOr<ScalarProgram> ScalarProgram::build(Block &block, ArrayRef<Value> results, bool wide) {
  ScalarProgramBuilder builder;
  builder.wide = wide;
  for (Value argument : block.getArguments())
    builder.cells[argument] = builder.newCell();
  builder.program.arguments = block.getNumArguments();
  for (Operation &op : block)
    if (failed(builder.add(&op)))
      return failure();
  for (Value result : results)
    builder.program.resultCells.push_back(builder.cells.lookup(result));
  return std::move(builder.program);
}

void ScalarProgram::run(Cell *cells) const {
  for (const Instruction &instruction : instructions)
    instruction.evaluate(instruction, cells);
}
