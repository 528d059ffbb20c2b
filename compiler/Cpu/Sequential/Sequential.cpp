// Which op a kernel is made of, and what the loops of all such ops share.
#include "Cpu/Sequential/Sequential.h"
#include "Cpu/Body/Analysis.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace dlc;

// The op that all results of the kernel belong to; null if there is none.
static Operation *sequentialOp(func::FuncOp kernel) {
  Operation *found = nullptr;
  for (Value result : kernel.getBody().front().getTerminator()->getOperands()) {
    Operation *op = result.getDefiningOp();
    if (!op || !isa<SequentialOpInterface>(op) || (found && op != found))
      return nullptr;
    found = op;
  }
  return found;
}

bool dlc::isSequentialKernel(func::FuncOp kernel) {
  Operation *op = sequentialOp(kernel);
  if (!op)
    return false;
  Analysis analysis(kernel.getContext());
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    Point point;
    for (int64_t extent : tensorType(operand).getShape())
      point.push_back(analysis.dimension(0, extent));
    return analysis.visit(operand, point) && analysis.reductions.empty();
  });
}

KernelPlan dlc::planSequential(func::FuncOp kernel, const Machine &) {
  Operation *op = sequentialOp(kernel);
  SequentialPlan own =
      llvm::TypeSwitch<Operation *, SequentialPlan>(op)
          .Case([](NonZeroOp nonZero) {
            return SequentialPlan{1, 0, tensorType(nonZero.getIndices()).getNumElements()};
          })
          .Case([](SortOp sort) { return planSort(sort); })
          .Case([](CumulativeOp cumulative) { return planCumulative(cumulative); })
          .Case([](ScatterOpInterface scatter) { return planScatter(scatter); });
  KernelPlan plan;
  plan.kernelClass = "sequential";
  plan.count = std::max<int64_t>(own.count, 1);
  plan.work = own.work;
  plan.scratchBytes = llvm::alignTo(own.scratchBytes, 64);
  return plan;
}

void dlc::emitSequential(Body &body) {
  llvm::TypeSwitch<Operation *>(sequentialOp(body.kernel))
      .Case([&](NonZeroOp nonZero) { emitNonZero(body, nonZero); })
      .Case([&](SortOp sort) { emitSort(body, sort); })
      .Case([&](CumulativeOp cumulative) { emitCumulative(body, cumulative); })
      .Case([&](ScatterOpInterface scatter) { emitScatter(body, scatter); });
}

Values dlc::buffersOf(Body &body, Value value) {
  Values buffers;
  for (auto [i, result] :
       llvm::enumerate(body.kernel.getBody().front().getTerminator()->getOperands()))
    if (result == value)
      buffers.push_back(body.resultBuffer(i));
  return buffers;
}

Point dlc::pointOf(AffineExpr flat, ArrayRef<int64_t> extents, Body &body) {
  Point point(extents.size());
  for (size_t d = extents.size(); d-- > 0;) {
    if (extents[d] == 1) {
      point[d] = body.constant(0);
      continue;
    }
    point[d] = d ? flat % extents[d] : flat;
    flat = flat.floorDiv(extents[d]);
  }
  return point;
}

void dlc::forVectors(Body &body, int64_t extent, Type element,
                     function_ref<void(AffineExpr)> step) {
  int64_t bits = registerType(element).getIntOrFloatBitWidth();
  int64_t lanes = body.machine.lanes(std::max<int64_t>(bits, 8));
  int64_t whole = extent / lanes * lanes, rest = extent - whole;
  body.loop({0, whole, {}, {}}, lanes, {}, [&](AffineExpr j, ValueRange) {
    Body::Lanes vector(body, lanes, lanes);
    step(j + vector.dimension());
    return Values();
  });
  if (rest) {
    Body::Lanes vector(body, llvm::PowerOf2Ceil(rest), rest);
    step(vector.dimension() + whole);
  }
}
