// Cuts the program into kernels (Cluster.h), asks the target how each is run, and packs weights as
// it says.
//
//   func.func @main(%x) {                        func.func private @dot_add_relu_1f3c(%x, %w, %b) {
//     %w = dlc.weight @w                           %0 = unpack %w ; dot, broadcast, add, relu
//     %0 = dlc.dot %x, %w                        } // with dlc.plan, dlc.alias
//     %1 = dlc.broadcast %b         becomes      func.func @main(%x) {
//     %2 = dlc.add %0, %1                          %w = dlc.weight @w_packed
//     %3 = dlc.relu %2                             %0 = dlc.call @dot_add_relu_1f3c(%x, %w, %b)
//     return %3                                    return %0
//
//   1. composites that no kernel computes as a whole (attention), or that are their operands
//      (barrier), are replaced by their definitions
//   2. constants that are no splats become weights: kernels with equal text are equal
//   3. each block is clustered; each cluster becomes a function and a call, in dependency order
//   4. the target plans the function; packed weights are derived, and unpacked in its head
//   5. what is left of the free ops (a constant that is returned) becomes a weight or a kernel
#include "Graph/Cluster.h"
#include "Graph/Kernel.h"
#include "Graph/WeightTable.h"
#include "Passes.h"

namespace dlc {
#define GEN_PASS_DEF_FORMKERNELS
#include "Passes.h.inc"
} // namespace dlc

using namespace mlir;
using namespace dlc;

namespace {
class KernelFormer {
public:
  KernelFormer(ModuleOp module, const Target &target, bool fuse)
      : target(target), fuse(fuse), weights(module), kernels(module) {}

  LogicalResult run(func::FuncOp main) {
    takeCompositesApart(main);
    makeWeightsOfConstants(main, /*splats=*/false);
    return formBlock(main.getBody().front());
  }

private:
  // ---------------------------------------------------------------- composites
  // Definitions may hold composites again.
  void takeCompositesApart(Operation *root) {
    SmallVector<Operation *> composites;
    root->walk([&](CompositeOpInterface op) { composites.push_back(op); });
    bool changed = false;
    for (Operation *op : composites) {
      if (!op->use_empty() && isKernel(op))
        continue;
      if (!op->use_empty()) {
        ImplicitLocOpBuilder b(op->getLoc(), op);
        op->replaceAllUsesWith(cast<CompositeOpInterface>(op).decompose(b));
        changed = true;
      }
      op->erase();
    }
    if (changed)
      takeCompositesApart(root);
  }

  // Whether the target takes the op as a whole, and it does something. Equal ops are asked once.
  bool isKernel(Operation *op) {
    std::string text;
    llvm::raw_string_ostream key(text);
    key << op->getName() << op->getAttrDictionary();
    llvm::interleaveComma(op->getOperandTypes(), key);
    for (Value result : op->getResults())
      key << (result.use_empty() ? "-" : "+");
    auto [entry, isNew] = isWhole.try_emplace(text);
    if (isNew) {
      KernelCandidate candidate = buildKernel(op);
      Block &body = candidate.function->getBody().front();
      entry->second = !llvm::hasSingleElement(body) && target.accepts(*candidate.function);
    }
    return entry->second;
  }

  // ---------------------------------------------------------------- constants
  void makeWeightsOfConstants(Operation *root, bool splats) {
    SmallVector<ConstantOp> constants;
    root->walk([&](ConstantOp op) {
      auto dense = dyn_cast<DenseElementsAttr>(op.getValue());
      if (splats || !dense || !dense.isSplat())
        constants.push_back(op);
    });
    for (ConstantOp op : constants)
      makeWeight(op);
  }

  void makeWeight(ConstantOp op) {
    op.replaceAllUsesWith(weights.derive(op.getOperation()));
    op.erase();
  }

  // ---------------------------------------------------------------- blocks
  LogicalResult formBlock(Block &block) {
    for (Operation &op : llvm::make_early_inc_range(block))
      if (isa<WeightOp>(op))
        op.moveBefore(&block, block.begin());
    for (const Cluster &cluster : clusterBlock(block, target, fuse))
      if (failed(place(cluster, block)))
        return failure();
    return formLeftovers(block);
  }

  // Moves what stays in the program, and turns everything else into a call.
  LogicalResult place(const Cluster &cluster, Block &block) {
    Operation *first = cluster.front();
    for (Operation *op : cluster)
      op->walk([&](Operation *nested) {
        for (Value operand : nested->getOperands())
          placeFree(operand, cluster, block);
      });
    if (!staysInProgram(first))
      return makeCall(cluster, block);
    if (first == block.getTerminator())
      return success();
    first->moveBefore(block.getTerminator());
    for (Region &region : first->getRegions())
      for (Block &nested : region)
        if (failed(formBlock(nested)))
          return failure();
    return success();
  }

  // Free ops stand where they were; those that are read must come after what they read. One that
  // reads the cluster itself is placed later, by those that read it.
  void placeFree(Value value, const Cluster &cluster, Block &block) {
    Operation *op = value.getDefiningOp();
    if (!op || op->getBlock() != &block || !isFree(op) || placed.contains(op) || reads(op, cluster))
      return;
    placed.insert(op);
    for (Value operand : op->getOperands())
      placeFree(operand, cluster, block);
    op->moveBefore(block.getTerminator());
  }

  static bool reads(Operation *op, const Cluster &cluster) {
    return llvm::any_of(op->getOperands(), [&](Value operand) {
      Operation *producer = operand.getDefiningOp();
      return producer && (llvm::is_contained(cluster, producer) ||
                          (isFree(producer) && reads(producer, cluster)));
    });
  }

  LogicalResult makeCall(const Cluster &cluster, Block &block) {
    KernelCandidate candidate = buildKernel(cluster);
    func::FuncOp function = *candidate.function;
    if (!target.accepts(function))
      return cluster.front()->emitError("not supported yet by the target: ")
             << cluster.front()->getName();
    plan(function, candidate.operands);
    OpBuilder b(block.getTerminator());
    SmallVector<Location> locations;
    for (Operation *op : cluster)
      locations.push_back(op->getLoc());
    ArrayAttr nodes = nodesOf(cluster);
    FlatSymbolRefAttr symbol = kernels.insert(std::move(candidate.function), kernelStem(cluster));
    auto call =
        CallOp::create(b, b.getFusedLoc(locations), TypeRange(ValueRange(candidate.results)),
                       symbol, candidate.operands, nodes);
    for (auto [old, value] : llvm::zip(candidate.results, call.getResults()))
      old.replaceAllUsesWith(value);
    for (Operation *op : llvm::reverse(cluster))
      eraseWithFreeUsers(op);
    return success();
  }

  static void eraseWithFreeUsers(Operation *op) {
    for (Operation *user : llvm::make_early_inc_range(op->getUsers()))
      eraseWithFreeUsers(user);
    op->erase();
  }

  // ---------------------------------------------------------------- plans
  void plan(func::FuncOp function, SmallVectorImpl<Value> &operands) {
    Builder b(function.getContext());
    for (auto [index, operand] : llvm::enumerate(operands))
      if (operand.getDefiningOp<WeightOp>())
        function.setArgAttr(index, weightMark, b.getUnitAttr());
    SmallVector<Attribute> pairs;
    for (auto [result, operand] : aliasPairs(function))
      pairs.push_back(b.getI64ArrayAttr({result, operand}));
    if (!pairs.empty())
      function->setAttr(aliasName, b.getArrayAttr(pairs));
    KernelPlan plan = target.plan(function);
    llvm::erase_if(plan.packed,
                   [&](int64_t position) { return !function.getArgAttr(position, weightMark); });
    for (int64_t position : plan.packed)
      pack(function, operands[position], plan, position);
    function->setAttr(planName, plan.attribute(function.getContext()));
  }

  // The operand becomes a derived weight in the planned layout; the function's body unpacks it.
  void pack(func::FuncOp function, Value &operand, const KernelPlan &plan, int64_t position) {
    auto weight = operand.getDefiningOp<WeightOp>();
    RankedTensorType original = tensorType(operand);
    std::string key = "pack " + std::to_string(position) + weight.getWeight().str();
    llvm::raw_string_ostream(key) << plan.attribute(function.getContext());
    auto [symbol, type] =
        weights.derive((weight.getWeight() + "_packed").str(), key, [&](ImplicitLocOpBuilder &b) {
          Value whole = WeightOp::create(b, original, weight.getWeightAttr());
          return target.buildPacked(b, whole, plan, position);
        });
    OpBuilder outer(weight);
    operand = WeightOp::create(outer, weight.getLoc(), type, symbol);
    BlockArgument argument = function.getArgument(position);
    SmallVector<OpOperand *> uses;
    for (OpOperand &use : argument.getUses())
      uses.push_back(&use);
    argument.setType(type);
    Block &body = function.getBody().front();
    ImplicitLocOpBuilder b(function.getLoc(), &body, body.begin());
    Value unpacked = target.buildUnpacked(b, argument, original, plan, position);
    for (OpOperand *use : uses)
      use->set(unpacked);
    function.setFunctionType(b.getFunctionType(body.getArgumentTypes(), function.getResultTypes()));
  }

  // ---------------------------------------------------------------- what is left
  // Free ops that the program itself reads: a constant becomes a weight, the rest kernels; views
  // stay.
  LogicalResult formLeftovers(Block &block) {
    eraseUnread(block);
    for (Operation &op : llvm::make_early_inc_range(block)) {
      if (!isFree(&op) || isView(&op) || !isReadByProgram(&op))
        continue;
      if (auto constant = dyn_cast<ConstantOp>(op))
        makeWeight(constant);
      else if (failed(makeLeftoverCall(&op)))
        return failure();
    }
    // What was cloned into those kernels may have no other reader.
    eraseUnread(block);
    return success();
  }

  static void eraseUnread(Block &block) {
    for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
      if ((isFree(&op) || isa<WeightOp>(op)) && op.use_empty())
        op.erase();
  }

  static bool isReadByProgram(Operation *op) {
    return llvm::any_of(op->getUsers(), [](Operation *user) {
      return isFree(user) ? isView(user) && isReadByProgram(user) : staysInProgram(user);
    });
  }

  LogicalResult makeLeftoverCall(Operation *op) {
    KernelCandidate candidate = buildKernel({op});
    plan(*candidate.function, candidate.operands);
    OpBuilder b(op);
    std::string stem = kernelStem({op});
    ArrayAttr nodes = nodesOf({op});
    FlatSymbolRefAttr symbol = kernels.insert(std::move(candidate.function), stem);
    auto call =
        CallOp::create(b, op->getLoc(), op->getResultTypes(), symbol, candidate.operands, nodes);
    op->replaceAllUsesWith(call.getResults());
    op->erase();
    return success();
  }

  const Target &target;
  bool fuse;
  WeightTable weights;
  KernelTable kernels;
  llvm::DenseSet<Operation *> placed;
  llvm::StringMap<bool> isWhole;
};

struct FormKernelsPass : dlc::impl::FormKernelsBase<FormKernelsPass> {
  using FormKernelsBase::FormKernelsBase;

  void runOnOperation() override {
    std::unique_ptr<Target> owned;
    if (!given) {
      std::string known;
      owned = createTarget(target, known);
      if (!owned) {
        getOperation().emitError("no target is called '") << target << "'; known: " << known;
        return signalPassFailure();
      }
    }
    auto main = getOperation().lookupSymbol<func::FuncOp>("main");
    if (!main) {
      getOperation().emitError("expected a function named main");
      return signalPassFailure();
    }
    if (failed(KernelFormer(getOperation(), given ? *given : *owned, fuse).run(main)))
      return signalPassFailure();
    eraseDeadWeights(getOperation());
  }

  const Target *given = nullptr;
};
} // namespace

std::unique_ptr<Pass> dlc::createFormKernels(const Target &target, bool fuse) {
  auto pass = std::make_unique<FormKernelsPass>(FormKernelsOptions{"", fuse});
  pass->given = &target;
  return pass;
}
