// Each tensor of the program gets a memref: an argument, a weight, a view, or a buffer of the
// arena.
//
// Where a value shall end up is asked for before it is computed: the operands of a block's
// terminator have destinations (an output, the result buffer of an `if`, the next state of a loop,
// a row of a stacked result), and the call that computes such a value writes there. What no call of
// the block computes is copied at its end.
//
// State of a loop: (current, next, spare). A step reads `current`, writes `next` and yields (next,
// spare, next), so that the initial value, which may be a weight, is never written or copied. State
// that is also stacked needs none of this: the row that was just written is the next `current`.
#include "Graph/BufferProgram.h"
#include "Graph/Ownership.h"
#include "Graph/Target.h"
#include "Passes.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

namespace {
class BufferProgram {
public:
  BufferProgram(func::FuncOp main, const BufferProgramOptions &options)
      : main(main), module(main->getParentOfType<ModuleOp>()), options(options),
        b(main.getLoc(), main.getContext()) {}

  FailureOr<func::FuncOp> build() {
    b.setInsertionPoint(main);
    run = createRunFunction(main);
    b.setInsertionPointToEnd(&run.getBody().front());
    // A mark: buffers are created before it.
    head = arith::ConstantIndexOp::create(b, 0);
    Block &body = main.getBody().front();
    SmallVector<Value> outputs(run.getArguments().drop_front(main.getNumArguments()));
    for (auto [argument, buffer] : llvm::zip(main.getArguments(), run.getArguments()))
      place[argument] = buffer;
    if (failed(emitBlock(body, body.getTerminator()->getOperands(), outputs)))
      return failure();
    func::ReturnOp::create(b);
    module->setAttr("dlc.weights", b.getArrayAttr(weightTable));
    module->setAttr("dlc.weight_bytes", b.getI64IntegerAttr(weightBytes));
    return run;
  }

private:
  // ---------------------------------------------------------------- buffers
  Value newBuffer(MemRefType type, BufferSpace space = BufferSpace::arena, int64_t offset = 0) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(head);
    return BufferOp::create(b, type, space, offset);
  }

  Value index(int64_t value) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPoint(head);
    return value == 0 ? Value(head) : arith::ConstantIndexOp::create(b, value);
  }

  Value view(Value buffer, MemRefType type) {
    return buffer.getType() == type ? buffer : ViewOp::create(b, type, buffer);
  }

  Value row(Value buffer, Value step, int64_t length, bool reverse) {
    auto type = cast<MemRefType>(buffer.getType());
    if (reverse)
      step = arith::SubIOp::create(b, index(length - 1), step);
    auto rowType = MemRefType::get(type.getShape().drop_front(), type.getElementType());
    return RowOp::create(b, rowType, buffer, step);
  }

  // ---------------------------------------------------------------- blocks and destinations
  /// Emits the ops of a block; `values` end up in `wanted` (null: wherever they are).
  LogicalResult emitBlock(Block &block, ValueRange values, ArrayRef<Value> wanted) {
    SmallVector<unsigned> copies;
    for (auto [i, value, buffer] : llvm::enumerate(values, wanted))
      if (buffer && !request(block, value, buffer))
        copies.push_back(i);
    for (Operation &op : block.without_terminator()) {
      if (failed(emit(&op)))
        return failure();
      if (isa<FailOp>(op)) // nothing after it runs
        return success();
    }
    for (unsigned i : copies)
      CopyOp::create(b, view(place.lookup(values[i]), cast<MemRefType>(wanted[i].getType())),
                     wanted[i]);
    return success();
  }

  /// Has the op of `block` that computes `value` write it to `buffer`; false where none can.
  bool request(Block &block, Value value, Value buffer) {
    while (auto reshape = value.getDefiningOp<ReshapeOp>()) {
      if (reshape->getBlock() != &block)
        return false;
      value = reshape.getX();
    }
    auto result = dyn_cast<OpResult>(value);
    if (!result || result.getOwner()->getBlock() != &block || destination.contains(value))
      return false;
    auto scan = dyn_cast<ScanOp>(result.getOwner());
    bool stacked = scan && result.getResultNumber() >= scan.getInitial().size();
    if (!stacked && !isa<CallOp, IfOp>(result.getOwner()))
      return false;
    destination[value] = view(buffer, bufferType(value.getType()));
    return true;
  }

  /// Where a result is written: as requested, or a new buffer, which the block of its op owns.
  Value placeResult(OpResult result) {
    Value buffer = destination.lookup(result);
    if (!buffer) {
      buffer = newBuffer(bufferType(result.getType()));
      owners.own(result);
    }
    return place[result] = buffer;
  }

  LogicalResult emit(Operation *op) {
    b.setLoc(op->getLoc());
    return llvm::TypeSwitch<Operation *, LogicalResult>(op)
        .Case([&](WeightOp weight) {
          place[weight] = weightBuffer(weight);
          return success();
        })
        .Case([&](ReshapeOp reshape) {
          place[reshape] = view(place.lookup(reshape.getX()), bufferType(reshape.getType()));
          owners.share(reshape.getX(), reshape.getResult());
          return success();
        })
        .Case<BoundedOp, UnboundedOp>([&](auto op) {
          place[op] = place.lookup(op.getX());
          owners.share(op.getX(), op.getResult());
          return success();
        })
        .Case([&](FailOp fail) {
          FailOp::create(b, TypeRange(), fail.getReasonAttr());
          return success();
        })
        .Case([&](CallOp call) { return emitCall(call); })
        .Case([&](IfOp op) { return emitIf(op); })
        .Case([&](ScanOp op) { return emitScan(op); })
        .Case([&](WhileOp op) { return emitWhile(op); })
        .Default([](Operation *other) -> LogicalResult {
          return other->emitError("not supported yet between kernels: ") << other->getName();
        });
  }

  // ---------------------------------------------------------------- weights
  Value weightBuffer(WeightOp weight) {
    Value &buffer = weightBuffers[weight.getWeightAttr()];
    if (buffer)
      return buffer;
    MemRefType type = bufferType(weight.getType());
    int64_t bytes = type.getNumElements() * elementBytes(type.getElementType());
    weightTable.push_back(b.getDictionaryAttr({{"symbol", weight.getWeightAttr()},
                                               {"offset", b.getI64IntegerAttr(weightBytes)},
                                               {"bytes", b.getI64IntegerAttr(bytes)}}));
    buffer = newBuffer(type, BufferSpace::weights, weightBytes);
    weightBytes += alignedBytes(type) + options.gap;
    return buffer;
  }

  // ---------------------------------------------------------------- calls
  LogicalResult emitCall(CallOp call) {
    auto kernel = module.lookupSymbol<func::FuncOp>(call.getKernel());
    SmallVector<Value> inputs, outputs;
    for (Value operand : call.getOperands())
      inputs.push_back(place.lookup(operand));
    for (OpResult result : call->getResults()) {
      overwriteOperand(call, kernel, result);
      outputs.push_back(place.contains(result) ? place.lookup(result) : placeResult(result));
    }
    Value scratch;
    if (int64_t bytes = KernelPlan::from(kernel).scratchBytes)
      scratch = newBuffer(MemRefType::get(
          {static_cast<int64_t>(llvm::alignTo(bytes, 64)) * options.slots}, b.getI8Type()));
    LaunchOp::create(b, call.getKernelAttr(), inputs, outputs, scratch, call.getNodesAttr());
    return success();
  }

  // Places a result on an operand that dies here, where the kernel allows it (dlc.alias).
  void overwriteOperand(CallOp call, func::FuncOp kernel, OpResult result) {
    auto pairs = kernel->getAttrOfType<ArrayAttr>(aliasName);
    if (!pairs || destination.contains(result))
      return;
    for (auto pair : pairs.getAsRange<ArrayAttr>()) {
      auto position = [&](unsigned i) { return cast<IntegerAttr>(pair[i]).getInt(); };
      if (position(0) != result.getResultNumber())
        continue;
      Value operand = call.getOperands()[position(1)];
      if (!owners.diesAt(operand, call))
        continue;
      place[result] = place.lookup(operand);
      owners.share(operand, result);
      return;
    }
  }

  // ---------------------------------------------------------------- control flow
  Value test(Value condition) {
    return TestOp::create(b, b.getI1Type(),
                          view(place.lookup(condition), MemRefType::get({}, b.getI1Type())));
  }

  LogicalResult emitIf(IfOp op) {
    SmallVector<Value> buffers;
    for (OpResult result : op->getResults())
      buffers.push_back(placeResult(result));
    auto branch = scf::IfOp::create(b, TypeRange(), test(op.getCondition()), /*else=*/true);
    for (auto [from, to] : llvm::zip(op->getRegions(), branch->getRegions())) {
      OpBuilder::InsertionGuard guard(b);
      b.setInsertionPoint(to.front().getTerminator());
      if (failed(emitBlock(from.front(), from.front().getTerminator()->getOperands(), buffers)))
        return failure();
    }
    return success();
  }

  // A carried value of a loop: nothing is carried where it never changes; one pointer where its
  // next value is a row of a stacked result; else current, next and spare.
  struct State {
    enum { Fixed, Row, Rotating } kind;
    unsigned first = 0; // position among the loop's pointers
  };

  void carry(Operation *loop, Value initial, State &state, SmallVectorImpl<Value> &pointers) {
    Value buffer = place.lookup(initial);
    state.first = pointers.size();
    pointers.push_back(buffer);
    if (state.kind != State::Rotating)
      return;
    auto type = cast<MemRefType>(buffer.getType());
    pointers.push_back(newBuffer(type));
    pointers.push_back(owners.diesAt(initial, loop) ? buffer : newBuffer(type));
  }

  static void appendNext(const State &state, Value written, ValueRange pointers,
                         SmallVectorImpl<Value> &next) {
    if (state.kind == State::Row)
      next.push_back(written);
    if (state.kind == State::Rotating)
      next.append(
          {pointers[state.first + 1], pointers[state.first + 2], pointers[state.first + 1]});
  }

  LogicalResult emitScan(ScanOp op) {
    Block &body = op.getBody().front();
    Operation *terminator = body.getTerminator();
    int64_t length = op.getLength();
    size_t carried = op.getInitial().size();
    ValueRange returned = terminator->getOperands();
    SmallVector<Value> stacked, pointers;
    for (OpResult result : op->getResults().drop_front(carried))
      stacked.push_back(placeResult(result));
    SmallVector<State> states(carried);
    SmallVector<std::optional<size_t>> rowOf(carried);
    for (size_t i = 0; i < carried; ++i) {
      for (size_t j = carried; j < returned.size(); ++j)
        if (returned[j] == returned[i] && returned[i].getDefiningOp() &&
            returned[i].getDefiningOp()->getBlock() == &body)
          rowOf[i] = j - carried;
      states[i].kind = returned[i] == body.getArgument(i) ? State::Fixed
                       : rowOf[i]                         ? State::Row
                                                          : State::Rotating;
      if (states[i].kind == State::Fixed)
        place[body.getArgument(i)] = place.lookup(op.getInitial()[i]);
      else
        carry(op, op.getInitial()[i], states[i], pointers);
    }
    auto loop = scf::ForOp::create(b, index(0), index(length), index(1), pointers);
    {
      OpBuilder::InsertionGuard guard(b);
      if (pointers.empty())
        b.setInsertionPoint(loop.getBody()->getTerminator());
      else
        b.setInsertionPointToEnd(loop.getBody());
      Value step = loop.getInductionVar();
      for (size_t i = 0; i < op.getSequences().size(); ++i)
        place[body.getArgument(carried + i)] =
            row(place.lookup(op.getSequences()[i]), step, length, op.getReverseInputs()[i]);
      // Rows first: a value that is stacked and carried is written to its row.
      SmallVector<Value> values(returned.drop_front(carried)), wanted;
      for (auto [j, buffer] : llvm::enumerate(stacked))
        wanted.push_back(row(buffer, step, length, op.getReverseOutputs()[j]));
      SmallVector<Value> rows = wanted;
      ValueRange inside = loop.getRegionIterArgs();
      for (size_t i = 0; i < carried; ++i) {
        if (states[i].kind == State::Fixed)
          continue;
        place[body.getArgument(i)] = inside[states[i].first];
        if (states[i].kind == State::Rotating) {
          values.push_back(returned[i]);
          wanted.push_back(inside[states[i].first + 1]);
        }
      }
      if (failed(emitBlock(body, values, wanted)))
        return failure();
      SmallVector<Value> next;
      for (size_t i = 0; i < carried; ++i)
        appendNext(states[i], rowOf[i] ? rows[*rowOf[i]] : Value(), inside, next);
      if (!pointers.empty())
        scf::YieldOp::create(b, next);
    }
    for (size_t i = 0; i < carried; ++i) {
      place[op->getResult(i)] = states[i].kind == State::Fixed ? place.lookup(op.getInitial()[i])
                                                               : loop.getResult(states[i].first);
      if (states[i].kind == State::Fixed)
        owners.share(op.getInitial()[i], op->getResult(i));
      else if (rowOf[i])
        owners.share(op->getResult(carried + *rowOf[i]), op->getResult(i));
    }
    return success();
  }

  LogicalResult emitWhile(WhileOp op) {
    Block &body = op.getBody().front();
    ValueRange returned = body.getTerminator()->getOperands();
    Value limit = index(op.getLimit());
    Value go = test(op.getCondition());
    go = arith::AndIOp::create(
        b, go, arith::CmpIOp::create(b, arith::CmpIPredicate::slt, index(0), limit));
    SmallVector<Value> operands{go, index(0)}, pointers;
    SmallVector<State> states(op.getInitial().size());
    for (auto [i, initial] : llvm::enumerate(op.getInitial())) {
      states[i].kind = returned[i + 1] == body.getArgument(i + 1) ? State::Fixed : State::Rotating;
      if (states[i].kind == State::Fixed)
        place[body.getArgument(i + 1)] = place.lookup(initial);
      else
        carry(op, initial, states[i], pointers);
    }
    llvm::append_range(operands, pointers);
    SmallVector<Type> types(ValueRange(operands).getTypes());
    SmallVector<Location> locations(types.size(), b.getLoc());
    auto loop = scf::WhileOp::create(b, ArrayRef(types).drop_front(), operands);
    OpBuilder::InsertionGuard guard(b);
    Block *before = b.createBlock(&loop.getBefore(), {}, types, locations);
    scf::ConditionOp::create(b, before->getArgument(0), before->getArguments().drop_front());
    Block *after = b.createBlock(&loop.getAfter(), {}, ArrayRef(types).drop_front(),
                                 ArrayRef(locations).drop_front());
    if (failed(emitStep(op, after, states, limit)))
      return failure();
    for (auto [i, initial] : llvm::enumerate(op.getInitial())) {
      bool fixed = states[i].kind == State::Fixed;
      place[op->getResult(i)] = fixed ? place.lookup(initial) : loop.getResult(1 + states[i].first);
      if (fixed)
        owners.share(initial, op->getResult(i));
    }
    return success();
  }

  LogicalResult emitStep(WhileOp op, Block *after, ArrayRef<State> states, Value limit) {
    Block &body = op.getBody().front();
    ValueRange returned = body.getTerminator()->getOperands();
    Value step = after->getArgument(0);
    ValueRange inside = after->getArguments().drop_front();
    BlockArgument counter = body.getArgument(0);
    place[counter] = newBuffer(bufferType(counter.getType()));
    StoreIndexOp::create(b, step, place[counter]);
    SmallVector<Value> values, wanted;
    for (auto [i, state] : llvm::enumerate(states)) {
      if (state.kind == State::Fixed)
        continue;
      place[body.getArgument(i + 1)] = inside[state.first];
      values.push_back(returned[i + 1]);
      wanted.push_back(inside[state.first + 1]);
    }
    if (failed(emitBlock(body, values, wanted)))
      return failure();
    Value following = arith::AddIOp::create(b, step, index(1));
    Value go = arith::AndIOp::create(
        b, test(returned[0]),
        arith::CmpIOp::create(b, arith::CmpIPredicate::slt, following, limit));
    SmallVector<Value> next{go, following};
    for (const State &state : states)
      appendNext(state, {}, inside, next);
    scf::YieldOp::create(b, next);
    return success();
  }

  func::FuncOp main, run;
  ModuleOp module;
  BufferProgramOptions options;
  ImplicitLocOpBuilder b;
  arith::ConstantIndexOp head;
  DenseMap<Value, Value> place, destination;
  Ownership owners;
  DenseMap<Attribute, Value> weightBuffers;
  SmallVector<Attribute> weightTable;
  int64_t weightBytes = 0;
};
} // namespace

FailureOr<func::FuncOp> dlc::buildBufferProgram(func::FuncOp main,
                                                const BufferProgramOptions &options) {
  return BufferProgram(main, options).build();
}
