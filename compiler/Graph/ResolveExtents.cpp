// Bounded tensors become tensors of their full size, and scalars that say how much of them is
// there.
//
//   %i, %n = dlc.nonzero %x                              %i, %n = dlc.nonzero %x
//   %b = dlc.bounded %i, %n                 becomes
//       to tensor<2x8xsi64, #dlc.bounded<1>>
//   %c = dlc.neg %b                                      %c = dlc.neg %i : tensor<2x8xsi64>
//   return %c                                            return %c, %n
//
// Elements past the extent are computed and unspecified: no element that is there depends on them,
// for only elementwise ops take bounded tensors. An output that is bounded is followed by its
// extent.
#include "Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace dlc {
#define GEN_PASS_DEF_RESOLVEEXTENTS
#include "Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

static BoundedAttr boundOf(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor ? dyn_cast_or_null<BoundedAttr>(tensor.getEncoding()) : BoundedAttr();
}

namespace {
struct ResolveExtentsPass : dlc::impl::ResolveExtentsBase<ResolveExtentsPass> {
  using ResolveExtentsBase::ResolveExtentsBase;

  void runOnOperation() override {
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main)
      return;
    extents.clear();
    for (Type type : main.getArgumentTypes())
      if (boundOf(type)) {
        main.emitError("not supported yet: an input whose size depends on data");
        return signalPassFailure();
      }
    for (Operation &op : llvm::make_early_inc_range(main.getBody().front().without_terminator()))
      if (failed(resolve(&op)))
        return signalPassFailure();
    if (failed(resolveResults(main)))
      signalPassFailure();
  }

private:
  LogicalResult resolve(Operation *op) {
    if (auto extent = dyn_cast<ExtentOp>(op)) {
      Value known = extents.lookup(extent.getX());
      if (!known)
        return noExtent(op);
      extent.replaceAllUsesWith(known);
      extent.erase();
      return success();
    }
    // What is spread over a bounded shape takes the extent of what it meets.
    bool isSpread = llvm::none_of(op->getOperandTypes(), boundOf);
    for (OpResult result : op->getResults())
      if (boundOf(result.getType()) && !(extents[result] = extentOf(op, result)) && !isSpread)
        return noExtent(op);
    WalkResult nested = op->walk([&](Operation *inner) {
      return inner != op && llvm::any_of(inner->getResultTypes(), boundOf) ? WalkResult::interrupt()
                                                                           : WalkResult::advance();
    });
    if (nested.wasInterrupted())
      return op->emitError("not supported yet: a size that depends on data inside of ")
             << op->getName();
    return success();
  }

  static LogicalResult noExtent(Operation *op) {
    return op->emitError("not supported yet on a tensor whose size depends on data: ")
           << op->getName();
  }

  // The extent that an op takes or gives beside the tensor, or that of the operands.
  Value extentOf(Operation *op, OpResult result) {
    if (auto bounded = dyn_cast<BoundedOp>(op))
      return bounded.getExtent();
    unsigned next = result.getResultNumber() + 1;
    if (isa<SequentialOpInterface>(op) && next < op->getNumResults())
      return op->getResult(next);
    if (op->hasTrait<PointwiseOp>())
      for (Value operand : op->getOperands())
        if (Value found = extents.lookup(operand))
          return found;
    // A dimension that is spread over others keeps its extent.
    auto spread = dyn_cast<BroadcastOp>(op);
    BoundedAttr from = spread ? boundOf(spread.getX().getType()) : BoundedAttr();
    if (from && spread.getDims()[from.getDimension()] == boundOf(result.getType()).getDimension())
      return extents.lookup(spread.getX());
    return {};
  }

  LogicalResult resolveResults(func::FuncOp main) {
    Builder b(main.getContext());
    Operation *terminator = main.getBody().front().getTerminator();
    SmallVector<Value> values;
    SmallVector<Type> types;
    SmallVector<DictionaryAttr> attributes;
    for (auto [i, value] : llvm::enumerate(terminator->getOperands())) {
      NamedAttrList own(main.getResultAttrDict(i));
      BoundedAttr bound = boundOf(main.getResultTypes()[i]);
      if (bound)
        own.set("dlc.bounded", b.getI64IntegerAttr(bound.getDimension()));
      values.push_back(value);
      attributes.push_back(own.getDictionary(b.getContext()));
      if (!bound)
        continue;
      if (!extents.lookup(value))
        return noExtent(value.getDefiningOp() ? value.getDefiningOp() : terminator);
      values.push_back(extents.lookup(value));
      attributes.push_back(b.getDictionaryAttr(b.getNamedAttr("dlc.extent", b.getUnitAttr())));
    }
    for (Value value : values)
      types.push_back(value.getType());
    terminator->setOperands(values);
    main.setFunctionType(b.getFunctionType(main.getArgumentTypes(), types));
    main.setAllResultAttrs(attributes);
    return success();
  }

  DenseMap<Value, Value> extents;
};
} // namespace
