// A memref is a pointer; control flow is walked op by op.
#include "ProgramRunner.h"
#include "Graph/Weights.h"
#include "Passes.h"
#include <cstring>

using namespace mlir;
using namespace dlc;

namespace {
int64_t bytesOf(Type type) {
  auto shaped = cast<ShapedType>(type);
  Type element = shaped.getElementType();
  return shaped.getNumElements() * (element.isSignlessInteger(8) ? 1 : elementBytes(element));
}

RankedTensorType tensorOf(Type type) {
  auto shaped = cast<ShapedType>(type);
  return RankedTensorType::get(shaped.getShape(), shaped.getElementType());
}

class BufferRunner {
public:
  BufferRunner(ModuleOp module, Weights &weights) : module(module), weights(weights) {}

  FailureOr<std::vector<Literal>> run(func::FuncOp function, ArrayRef<Literal> inputs) {
    auto number = [&](StringRef name) { return module->getAttrOfType<IntegerAttr>(name).getInt(); };
    arena.assign(number("dlc.arena_bytes"), static_cast<char>(0xff));
    llvm::raw_svector_ostream stream(section);
    if (failed(weights.write(stream)) ||
        section.size() != static_cast<size_t>(number("dlc.weight_bytes")))
      return failure();
    std::vector<Literal> memory(inputs.begin(), inputs.end());
    for (Type type : function.getArgumentTypes().drop_front(inputs.size()))
      memory.emplace_back(tensorOf(type));
    for (auto [argument, literal] : llvm::zip(function.getArguments(), memory))
      pointers[argument] = literal.bytes.data();
    if (failed(runBlock(function.getBody().front())))
      return failure();
    memory.erase(memory.begin(), memory.begin() + inputs.size());
    return memory;
  }

private:
  LogicalResult runBlock(Block &block) {
    for (Operation &op : block)
      if (failed(runOp(op)))
        return failure();
    return success();
  }

  void assign(ValueRange to, ValueRange from) {
    SmallVector<char *> newPointers;
    SmallVector<int64_t> newNumbers;
    for (Value value : from) {
      newPointers.push_back(pointers.lookup(value));
      newNumbers.push_back(numbers.lookup(value));
    }
    for (auto [i, value] : llvm::enumerate(to)) {
      pointers[value] = newPointers[i];
      numbers[value] = newNumbers[i];
    }
  }

  LogicalResult runOp(Operation &op) {
    if (op.hasTrait<OpTrait::IsTerminator>())
      return success();
    return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
        .Case([&](arith::ConstantOp constant) {
          numbers[constant] = cast<IntegerAttr>(constant.getValue()).getInt();
          return success();
        })
        .Case([&](arith::AddIOp add) {
          numbers[add] = numbers[add.getLhs()] + numbers[add.getRhs()];
          return success();
        })
        .Case([&](arith::SubIOp sub) {
          numbers[sub] = numbers[sub.getLhs()] - numbers[sub.getRhs()];
          return success();
        })
        .Case([&](arith::AndIOp both) {
          numbers[both] = numbers[both.getLhs()] & numbers[both.getRhs()];
          return success();
        })
        .Case([&](arith::CmpIOp compare) { // the only comparison that programs hold
          numbers[compare] = numbers[compare.getLhs()] < numbers[compare.getRhs()];
          return success();
        })
        .Case([&](BufferOp buffer) {
          bool inArena = buffer.getSpace() == BufferSpace::arena;
          size_t size = inArena ? arena.size() : section.size();
          if (buffer.getOffset() + bytesOf(buffer.getType()) > size)
            return LogicalResult(buffer.emitError("outside of its section"));
          pointers[buffer] = (inArena ? arena.data() : section.data()) + buffer.getOffset();
          return success();
        })
        .Case([&](ViewOp view) {
          pointers[view] = pointers.lookup(view.getBuffer());
          return success();
        })
        .Case([&](RowOp row) {
          pointers[row] = pointers.lookup(row.getBuffer()) +
                          numbers.lookup(row.getIndex()) * bytesOf(row.getType());
          return success();
        })
        .Case([&](CopyOp copy) {
          std::memcpy(pointers.lookup(copy.getTo()), pointers.lookup(copy.getFrom()),
                      bytesOf(copy.getFrom().getType()));
          return success();
        })
        .Case([&](TestOp test) {
          numbers[test] = *pointers.lookup(test.getBuffer()) != 0;
          return success();
        })
        .Case([&](StoreIndexOp store) {
          int64_t value = numbers.lookup(store.getValue());
          std::memcpy(pointers.lookup(store.getBuffer()), &value, sizeof value);
          return success();
        })
        .Case([&](LaunchOp launch) { return runLaunch(launch); })
        .Case([&](scf::IfOp branch) {
          return runBlock(numbers.lookup(branch.getCondition()) ? *branch.thenBlock()
                                                                : *branch.elseBlock());
        })
        .Case([&](scf::ForOp loop) { return runFor(loop); })
        .Case([&](scf::WhileOp loop) { return runWhile(loop); })
        .Default([](Operation *other) { return other->emitError("no part of a program"); });
  }

  LogicalResult runFor(scf::ForOp loop) {
    assign(loop.getRegionIterArgs(), loop.getInits());
    int64_t length = numbers.lookup(loop.getUpperBound());
    for (int64_t i = 0; i < length; ++i) {
      numbers[loop.getInductionVar()] = i;
      if (failed(runBlock(*loop.getBody())))
        return failure();
      assign(loop.getRegionIterArgs(), loop.getYieldedValues());
    }
    assign(loop.getResults(), loop.getRegionIterArgs());
    return success();
  }

  LogicalResult runWhile(scf::WhileOp loop) {
    assign(loop.getBeforeArguments(), loop.getInits());
    while (numbers.lookup(loop.getConditionOp().getCondition())) {
      assign(loop.getAfterArguments(), loop.getConditionOp().getArgs());
      if (failed(runBlock(*loop.getAfterBody())))
        return failure();
      assign(loop.getBeforeArguments(), loop.getYieldOp().getOperands());
    }
    assign(loop.getResults(), loop.getConditionOp().getArgs());
    return success();
  }

  // Results are written after all operands were read, as a kernel that may alias does by element.
  LogicalResult runLaunch(LaunchOp launch) {
    auto kernel = module.lookupSymbol<func::FuncOp>(launch.getKernel());
    std::vector<Literal> operands;
    for (auto [type, buffer] : llvm::zip(kernel.getArgumentTypes(), launch.getInputs())) {
      operands.emplace_back(cast<RankedTensorType>(type));
      std::memcpy(operands.back().bytes.data(), pointers.lookup(buffer),
                  operands.back().bytes.size());
    }
    if (launch.getScratch())
      std::memset(pointers.lookup(launch.getScratch()), 0xff,
                  bytesOf(launch.getScratch().getType()));
    auto results = interpret(kernel, operands);
    if (failed(results))
      return failure();
    for (auto [literal, buffer] : llvm::zip(*results, launch.getOutputs()))
      std::memcpy(pointers.lookup(buffer), literal.bytes.data(), literal.bytes.size());
    return success();
  }

  ModuleOp module;
  Weights &weights;
  std::vector<char> arena;
  SmallVector<char, 0> section;
  DenseMap<Value, char *> pointers;
  DenseMap<Value, int64_t> numbers;
};
} // namespace

FailureOr<std::vector<Literal>> dlc::test::runProgram(ModuleOp module, ArrayRef<Literal> inputs) {
  Weights weights(module);
  if (auto run = module.lookupSymbol<func::FuncOp>("run"))
    return BufferRunner(module, weights).run(run, inputs);
  InterpreterOptions options;
  options.weight = [&](FlatSymbolRefAttr name) -> FailureOr<Literal> {
    FailureOr<Elements> elements = weights.evaluate(name);
    if (failed(elements))
      return failure();
    return elements->literal();
  };
  auto results = interpret(module.lookupSymbol<func::FuncOp>("main"), inputs, options);
  if (failed(results))
    return failure();
  return std::vector<Literal>(results->begin(), results->end());
}
