// The loops of a reference form, outermost first; the body runs as a ScalarProgram. Index maps are
// flattened to coefficients where they are linear, which is nearly always, and walked as
// expressions where they divide.
#include "Core/FormRunner.h"
#include "Core/Core.h"
#include "Core/ScalarProgram.h"
#include "mlir/IR/AffineExprVisitor.h"

using namespace mlir;
using namespace dlc;

namespace {
// An affine expression ready to be evaluated.
struct Index {
  SmallVector<int64_t> coefficients;
  int64_t constant = 0;
  AffineExpr general; // set where the expression is not linear

  static Index of(AffineExpr e, unsigned loops, unsigned symbols) {
    Index index;
    SimpleAffineExprFlattener flat(loops, symbols);
    if (e.isPureAffine() && succeeded(flat.walkPostOrder(e)) && flat.numLocals == 0) {
      ArrayRef<int64_t> row = flat.operandExprStack.back();
      index.coefficients.assign(row.begin(), row.end() - 1);
      index.constant = row.back();
    } else {
      index.general = e;
    }
    return index;
  }
  int64_t at(ArrayRef<int64_t> loops, ArrayRef<int64_t> symbols) const {
    if (general)
      return evaluate(general, loops, symbols);
    int64_t value = constant;
    for (auto [c, x] : llvm::zip(ArrayRef(coefficients).take_front(loops.size()), loops))
      value += c * x;
    for (auto [c, x] : llvm::zip(ArrayRef(coefficients).drop_front(loops.size()), symbols))
      value += c * x;
    return value;
  }

private:
  static int64_t evaluate(AffineExpr e, ArrayRef<int64_t> loops, ArrayRef<int64_t> symbols) {
    if (auto c = dyn_cast<AffineConstantExpr>(e))
      return c.getValue();
    if (auto d = dyn_cast<AffineDimExpr>(e))
      return loops[d.getPosition()];
    if (auto s = dyn_cast<AffineSymbolExpr>(e))
      return symbols[s.getPosition()];
    auto binary = cast<AffineBinaryOpExpr>(e);
    int64_t a = evaluate(binary.getLHS(), loops, symbols);
    int64_t b = evaluate(binary.getRHS(), loops, symbols);
    switch (e.getKind()) {
    case AffineExprKind::Add:
      return a + b;
    case AffineExprKind::Mul:
      return a * b;
    case AffineExprKind::FloorDiv:
      return llvm::divideFloorSigned(a, b);
    case AffineExprKind::CeilDiv:
      return llvm::divideCeilSigned(a, b);
    case AffineExprKind::Mod:
      return llvm::mod(a, b);
    default:
      llvm_unreachable("unexpected kind of affine expression");
    }
  }
};

// One read, ready to be evaluated.
struct ReadyRead {
  const Literal *operand;
  const Read *read;
  SmallVector<Index> index;
  SmallVector<std::pair<Index, bool>> guard;
  Cell outside{};
};

class FormRunner {
public:
  FormRunner(Operation *op, const ReferenceForm &form, ArrayRef<Literal> operands)
      : op(op), form(form), operands(operands) {}
  FailureOr<SmallVector<Literal>> run(int64_t &workLeft);

private:
  LogicalResult prepare();
  FailureOr<ScalarProgram>
  program(TypeRange argumentTypes, bool wide,
          function_ref<Scalars(ImplicitLocOpBuilder &, ArrayRef<Scalar>)> build,
          ArrayRef<bool> isUnsigned);
  LogicalResult readAll(ArrayRef<int64_t> loops);
  LogicalResult readOne(unsigned position, ArrayRef<int64_t> loops, bool &inside);

  Operation *op;
  const ReferenceForm &form;
  ArrayRef<Literal> operands;
  SmallVector<ReadyRead> reads;
  SmallVector<Cell> values; // of the reads
  std::optional<ScalarProgram> body, combine, finish;
};

// Advances `loops` over [0, extents) in row-major order, the last fastest; false at the end.
bool advance(MutableArrayRef<int64_t> loops, ArrayRef<int64_t> extents) {
  for (size_t i = loops.size(); i-- > 0;) {
    if (++loops[i] < extents[i])
      return true;
    loops[i] = 0;
  }
  return false;
}

Cell cellOf(TypedAttr attribute) {
  Cell cell{};
  if (!attribute)
    return cell;
  if (auto number = dyn_cast<FloatAttr>(attribute)) {
    cell.number = number.getValueAsDouble();
    return cell;
  }
  auto integer = cast<IntegerAttr>(attribute);
  const APInt &bits = integer.getValue();
  cell.integer = bits.getBitWidth() == 1 ? bits.getZExtValue() : bits.getSExtValue();
  return cell;
}
} // namespace

FailureOr<ScalarProgram>
FormRunner::program(TypeRange types, bool wide,
                    function_ref<Scalars(ImplicitLocOpBuilder &, ArrayRef<Scalar>)> build,
                    ArrayRef<bool> isUnsigned) {
  Block block;
  SmallVector<Location> locations(types.size(), op->getLoc());
  block.addArguments(types, locations);
  ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
  b.setInsertionPointToStart(&block);
  Scalars arguments;
  for (auto [value, u] : llvm::zip(block.getArguments(), isUnsigned))
    arguments.push_back({&b, value, u});
  SmallVector<Value> results;
  for (Scalar s : build(b, arguments))
    results.push_back(s.value);
  auto program = ScalarProgram::build(block, results, wide);
  block.dropAllDefinedValueUses();
  return program;
}

LogicalResult FormRunner::prepare() {
  unsigned loops = form.extents.size();
  SmallVector<Type> types;
  SmallVector<bool> isUnsigned;
  for (const Read &read : form.reads) {
    ReadyRead ready{&operands[read.operand], &read, {}, {}, cellOf(read.outside)};
    for (AffineExpr e : read.map.getResults())
      ready.index.push_back(Index::of(e, loops, read.map.getNumSymbols()));
    if (IntegerSet guard = read.guard)
      for (unsigned i = 0; i < read.guard.getNumConstraints(); ++i)
        ready.guard.push_back(
            {Index::of(read.guard.getConstraint(i), loops, 0), read.guard.isEq(i)});
    reads.push_back(ready);
    Type element = ready.operand->type.getElementType();
    types.push_back(registerType(element));
    isUnsigned.push_back(isUnsignedElement(element) || element.isInteger(1));
  }
  values.resize(reads.size());
  size_t readCount = reads.size();
  if (form.usesIndices) {
    types.append(loops, IntegerType::get(op->getContext(), 64));
    isUnsigned.append(loops, false);
  }
  SmallVector<Type> produced;
  SmallVector<bool> producedUnsigned;
  auto buildBody = [&](ImplicitLocOpBuilder &b, ArrayRef<Scalar> arguments) {
    Scalars results =
        form.body ? form.body(b, arguments.take_front(readCount), arguments.drop_front(readCount))
                  : Scalars{arguments.front()};
    for (Scalar s : results)
      produced.push_back(s.value.getType()), producedUnsigned.push_back(s.isUnsigned);
    return results;
  };
  auto built = program(types, form.isReduction(), buildBody, isUnsigned);
  if (failed(built))
    return failure();
  body = std::move(*built);
  if (!form.isReduction())
    return success();
  SmallVector<Type> pairs;
  SmallVector<bool> pairsUnsigned(producedUnsigned);
  for (TypedAttr initial : form.initial)
    pairs.push_back(initial.getType());
  size_t accumulators = pairs.size();
  llvm::append_range(pairs, produced);
  pairsUnsigned.append(producedUnsigned.begin(), producedUnsigned.end());
  built = program(
      pairs, true,
      [&](ImplicitLocOpBuilder &b, ArrayRef<Scalar> arguments) {
        return form.combine(b, arguments.take_front(accumulators),
                            arguments.drop_front(accumulators));
      },
      pairsUnsigned);
  if (failed(built))
    return failure();
  combine = std::move(*built);
  if (!form.finish)
    return success();
  built = program(ArrayRef(pairs).take_front(accumulators), false, form.finish,
                  ArrayRef(pairsUnsigned).take_front(accumulators));
  if (failed(built))
    return failure();
  finish = std::move(*built);
  return success();
}

LogicalResult FormRunner::readOne(unsigned position, ArrayRef<int64_t> loops, bool &inside) {
  ReadyRead &ready = reads[position];
  inside = llvm::all_of(ready.guard, [&](auto &constraint) {
    int64_t value = constraint.first.at(loops, {});
    return constraint.second ? value == 0 : value >= 0;
  });
  if (!inside) {
    values[position] = ready.outside;
    return success();
  }
  SmallVector<int64_t, 2> symbols;
  for (unsigned symbol : ready.read->symbols)
    symbols.push_back(values[symbol].integer);
  int64_t linear = 0;
  for (auto [d, index] : llvm::enumerate(ready.index)) {
    int64_t i = index.at(loops, symbols), extent = ready.operand->type.getDimSize(d);
    if (i < 0 || i >= extent) {
      if (symbols.empty())
        return op->emitOpError("internal error: the reference form reads ")
               << i << " of " << extent;
      return op->emitOpError("index ") << i << " is outside [0, " << extent << ")";
    }
    linear = linear * extent + i;
  }
  values[position] = loadCell(*ready.operand, linear);
  return success();
}

LogicalResult FormRunner::readAll(ArrayRef<int64_t> loops) {
  for (unsigned i = 0; i < reads.size(); ++i) {
    bool inside;
    if (failed(readOne(i, loops, inside)))
      return failure();
    if (form.piecewise && inside) {
      values[0] = values[i];
      return success();
    }
  }
  return success();
}

FailureOr<SmallVector<Literal>> FormRunner::run(int64_t &workLeft) {
  if (failed(prepare()))
    return failure();
  SmallVector<Literal> results;
  for (Value result : op->getResults())
    results.emplace_back(tensorType(result));
  ArrayRef<int64_t> outer = ArrayRef(form.extents).take_front(form.parallel);
  ArrayRef<int64_t> inner = ArrayRef(form.extents).drop_front(form.parallel);
  bool reduces = form.isReduction();
  if (llvm::is_contained(outer, 0))
    return results;
  SmallVector<Cell> cells(body->initialCells()), combineCells, finishCells;
  if (combine)
    combineCells.assign(combine->initialCells().begin(), combine->initialCells().end());
  if (finish)
    finishCells.assign(finish->initialCells().begin(), finish->initialCells().end());
  SmallVector<int64_t> loops(form.extents.size(), 0);
  MutableArrayRef<int64_t> outerLoops = MutableArrayRef(loops).take_front(form.parallel);
  MutableArrayRef<int64_t> innerLoops = MutableArrayRef(loops).drop_front(form.parallel);

  auto evaluate = [&]() -> LogicalResult {
    if (--workLeft < 0)
      return op->emitOpError("too much work to compute at compile time");
    if (failed(readAll(loops)))
      return failure();
    llvm::copy(values, cells.begin());
    if (form.usesIndices)
      for (auto [i, loop] : llvm::enumerate(loops))
        cells[values.size() + i].integer = loop;
    body->run(cells.data());
    return success();
  };

  int64_t element = 0;
  do {
    SmallVector<Cell> out;
    if (!reduces) {
      if (failed(evaluate()))
        return failure();
      for (unsigned r : body->results())
        out.push_back(cells[r]);
    } else {
      for (TypedAttr initial : form.initial)
        out.push_back(cellOf(initial));
      llvm::fill(innerLoops, 0);
      if (!llvm::is_contained(inner, 0))
        do {
          if (failed(evaluate()))
            return failure();
          llvm::copy(out, combineCells.begin());
          for (auto [i, r] : llvm::enumerate(body->results()))
            combineCells[out.size() + i] = cells[r];
          combine->run(combineCells.data());
          for (auto [i, r] : llvm::enumerate(combine->results()))
            out[i] = combineCells[r];
        } while (advance(innerLoops, inner));
      if (finish) {
        llvm::copy(out, finishCells.begin());
        finish->run(finishCells.data());
        out.clear();
        for (unsigned r : finish->results())
          out.push_back(finishCells[r]);
      }
    }
    for (auto [literal, cell] : llvm::zip(results, out))
      storeCell(literal, element, cell);
    ++element;
  } while (advance(outerLoops, outer));
  return results;
}

FailureOr<SmallVector<Literal>> dlc::runForm(Operation *op, const ReferenceForm &form,
                                             ArrayRef<Literal> operands, int64_t &workLeft) {
  return FormRunner(op, form, operands).run(workLeft);
}
