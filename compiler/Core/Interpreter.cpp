// The interpreter: one evaluator of reference forms, and the walk over a function and its regions.
#include "Core/Interpreter.h"
#include "Core/FormRunner.h"

using namespace mlir;
using namespace dlc;

namespace {
// Values of one run; regions see those of the op around them, through the same map.
class Run {
public:
  Run(const InterpreterOptions &options) : options(options), workLeft(options.workLimit) {}

  FailureOr<SmallVector<Literal>> block(Block &block, ArrayRef<Literal> arguments);
  FailureOr<SmallVector<Literal>> operation(Operation *op, ArrayRef<Literal> operands);

private:
  FailureOr<SmallVector<Literal>> special(Operation *op, ArrayRef<Literal> operands);
  FailureOr<SmallVector<Literal>> composite(Operation *op, ArrayRef<Literal> operands);
  FailureOr<SmallVector<Literal>> scan(ScanOp op, ArrayRef<Literal> operands);
  FailureOr<SmallVector<Literal>> loop(WhileOp op, ArrayRef<Literal> operands);
  FailureOr<SmallVector<Literal>> call(Operation *op, StringRef callee, ArrayRef<Literal> operands);

  const InterpreterOptions &options;
  int64_t workLeft;
  DenseMap<Value, Literal> values;
  DenseMap<Value, Literal> extents; // of bounded values
};

// One row of a sequence, without the leading dimension; or the place to write it.
Literal row(const Literal &sequence, int64_t t) {
  Literal result(
      RankedTensorType::get(sequence.type.getShape().drop_front(), sequence.type.getElementType()));
  std::copy_n(sequence.bytes.begin() + t * result.bytes.size(), result.bytes.size(),
              result.bytes.begin());
  return result;
}
} // namespace

FailureOr<SmallVector<Literal>> Run::block(Block &block, ArrayRef<Literal> arguments) {
  for (auto [argument, literal] : llvm::zip(block.getArguments(), arguments))
    values[argument] = literal;
  for (Operation &op : block) {
    SmallVector<Literal> operands;
    for (Value operand : op.getOperands())
      operands.push_back(values.lookup(operand));
    if (op.hasTrait<OpTrait::IsTerminator>())
      return operands;
    auto results = operation(&op, operands);
    if (failed(results))
      return failure();
    for (auto [value, literal] : llvm::zip(op.getResults(), *results))
      values[value] = std::move(literal);
    // An op whose results' sizes depend on data gives the extent after the bounded value.
    if (isa<SequentialOpInterface>(op))
      for (unsigned i = 0; i + 1 < op.getNumResults(); ++i)
        if (isa_and_nonnull<BoundedAttr>(tensorType(op.getResult(i)).getEncoding()))
          extents[op.getResult(i)] = values[op.getResult(i + 1)];
    // The extent travels through ops that keep the bounded dimension where it is.
    for (Value operand : op.getOperands())
      if (auto extent = extents.find(operand); extent != extents.end() && op.getNumResults())
        extents.try_emplace(op.getResult(0), Literal(extent->second));
  }
  return SmallVector<Literal>();
}

FailureOr<SmallVector<Literal>> Run::operation(Operation *op, ArrayRef<Literal> operands) {
  if (options.execute)
    if (auto results = options.execute(op, operands))
      return std::move(*results);
  if (auto reference = dyn_cast<ReferenceOpInterface>(op))
    return runForm(op, reference.referenceForm(), operands, workLeft);
  if (auto sequential = dyn_cast<SequentialOpInterface>(op))
    return sequential.interpret(operands);
  if (isa<CompositeOpInterface>(op))
    return composite(op, operands);
  return special(op, operands);
}

FailureOr<SmallVector<Literal>> Run::special(Operation *op, ArrayRef<Literal> operands) {
  using Results = FailureOr<SmallVector<Literal>>;
  return TypeSwitch<Operation *, Results>(op)
      .Case([&](ConstantOp constant) -> Results {
        auto dense = dyn_cast<DenseElementsAttr>(constant.getValue());
        if (!dense)
          return op->emitOpError("not supported yet: a constant that is not dense");
        return SmallVector<Literal>{Literal::from(dense)};
      })
      .Case([&](WeightOp weight) -> Results {
        if (!options.weight)
          return op->emitOpError("no weights here");
        auto literal = options.weight(weight.getWeightAttr());
        if (failed(literal))
          return failure();
        return SmallVector<Literal>{*literal};
      })
      .Case([&](BoundedOp bounded) -> Results {
        extents[bounded.getResult()] = operands[1];
        Literal result = operands[0];
        result.type = bounded.getResult().getType();
        return SmallVector<Literal>{result};
      })
      .Case([&](UnboundedOp unbounded) -> Results {
        Literal result = operands[0];
        result.type = unbounded.getResult().getType();
        return SmallVector<Literal>{result};
      })
      .Case([&](ExtentOp extent) -> Results {
        auto known = extents.find(extent.getX());
        if (known == extents.end())
          return op->emitOpError("the extent of this value is not known");
        return SmallVector<Literal>{known->second};
      })
      .Case([&](IfOp branch) -> Results {
        return block(operands[0].integer(0) ? branch.getThen().front() : branch.getElse().front(),
                     {});
      })
      .Case([&](FailOp fail) -> Results {
        return op->emitOpError("branch cannot run: ") << fail.getReason();
      })
      .Case([&](ScanOp op) { return scan(op, operands); })
      .Case([&](WhileOp op) { return loop(op, operands); })
      .Case([&](CallOp op) { return call(op, op.getKernel(), operands); })
      .Case([&](func::CallOp op) { return call(op, op.getCallee(), operands); })
      .Default([&](Operation *) -> Results {
        return op->emitOpError("the interpreter has no meaning for this op");
      });
}

FailureOr<SmallVector<Literal>> Run::composite(Operation *op, ArrayRef<Literal> operands) {
  // The decomposition is built in a function of its own and thrown away.
  OwningOpRef<ModuleOp> module = ModuleOp::create(op->getLoc());
  ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
  b.setInsertionPointToStart(module->getBody());
  auto function = func::FuncOp::create(
      b, "composite", b.getFunctionType(op->getOperandTypes(), op->getResultTypes()));
  Block *body = function.addEntryBlock();
  b.setInsertionPointToStart(body);
  IRMapping mapping;
  mapping.map(op->getOperands(), body->getArguments());
  Operation *copy = b.clone(*op, mapping);
  b.setInsertionPoint(copy);
  SmallVector<Value> results = cast<CompositeOpInterface>(copy).decompose(b);
  copy->erase();
  b.setInsertionPointToEnd(body);
  func::ReturnOp::create(b, results);
  Run inner(options);
  inner.workLeft = workLeft;
  auto literals = inner.block(*body, operands);
  workLeft = inner.workLeft;
  return literals;
}

FailureOr<SmallVector<Literal>> Run::scan(ScanOp op, ArrayRef<Literal> operands) {
  size_t carried = op.getInitial().size();
  SmallVector<Literal> state(operands.take_front(carried)), stacked;
  for (Value result : op.getResults().drop_front(carried))
    stacked.emplace_back(tensorType(result));
  int64_t length = op.getLength();
  for (int64_t t = 0; t < length; ++t) {
    SmallVector<Literal> arguments(state);
    for (auto [i, sequence] : llvm::enumerate(operands.drop_front(carried)))
      arguments.push_back(row(sequence, op.getReverseInputs()[i] ? length - 1 - t : t));
    auto results = block(op.getBody().front(), arguments);
    if (failed(results))
      return failure();
    state.assign(results->begin(), results->begin() + carried);
    for (auto [i, target] : llvm::enumerate(stacked)) {
      const Literal &part = (*results)[carried + i];
      int64_t place = op.getReverseOutputs()[i] ? length - 1 - t : t;
      llvm::copy(part.bytes, target.bytes.begin() + place * part.bytes.size());
    }
  }
  llvm::append_range(state, stacked);
  return state;
}

FailureOr<SmallVector<Literal>> Run::loop(WhileOp op, ArrayRef<Literal> operands) {
  SmallVector<Literal> state(operands.drop_front());
  bool goOn = operands[0].integer(0);
  Literal step(
      RankedTensorType::get({}, IntegerType::get(op.getContext(), 64, IntegerType::Signed)));
  for (int64_t t = 0; goOn; ++t) {
    if (t >= static_cast<int64_t>(op.getLimit()) || --workLeft < 0)
      return op.emitOpError("the loop has not ended after ") << t << " steps";
    step.setInteger(0, t);
    SmallVector<Literal> arguments{step};
    llvm::append_range(arguments, state);
    auto results = block(op.getBody().front(), arguments);
    if (failed(results))
      return failure();
    goOn = results->front().integer(0);
    state.assign(results->begin() + 1, results->end());
  }
  return state;
}

FailureOr<SmallVector<Literal>> Run::call(Operation *op, StringRef callee,
                                          ArrayRef<Literal> operands) {
  auto function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      op, StringAttr::get(op->getContext(), callee));
  if (!function || function.isExternal())
    return op->emitOpError("expected a function named ") << callee;
  return block(function.getBody().front(), operands);
}

FailureOr<SmallVector<Literal>> dlc::interpret(Operation *op, ArrayRef<Literal> operands,
                                               const InterpreterOptions &options) {
  return Run(options).operation(op, operands);
}

FailureOr<SmallVector<Literal>> dlc::interpret(func::FuncOp function, ArrayRef<Literal> arguments,
                                               const InterpreterOptions &options) {
  return Run(options).block(function.getBody().front(), arguments);
}
