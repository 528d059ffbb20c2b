// `--test-permuted`: replaces every op that says how it looks with its result permuted by that
// form, permuted back. With `--run` the value tests then test LayoutOpInterface too.
#include "Core/Check.h"
#include "mlir/Pass/PassRegistry.h"

using namespace mlir;
using namespace dlc;

// A rotation of the dimensions: unlike a swap it is not its own inverse.
static SmallVector<int64_t> rotation(int64_t rank, int64_t by) {
  SmallVector<int64_t> permutation;
  for (int64_t dimension = 0; dimension < rank; ++dimension)
    permutation.push_back((dimension + by) % rank);
  return permutation;
}

static LogicalResult replacePermuted(LayoutOpInterface op) {
  Value result = op->getResult(0);
  int64_t rank = tensorType(result).getRank();
  if (rank < 2)
    return success();
  ImplicitLocOpBuilder b(op.getLoc(), op);
  Value moved = op.buildPermuted(b, rotation(rank, 1));
  if (!moved)
    return success();
  Value back = permuted(b, moved, rotation(rank, rank - 1));
  if (back.getType() != result.getType())
    return op->emitOpError("becomes ") << back.getType() << " when it is permuted";
  result.replaceAllUsesWith(back);
  return success();
}

namespace {
struct TestPermutedPass : PassWrapper<TestPermutedPass, OperationPass<ModuleOp>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(TestPermutedPass)
  StringRef getArgument() const override { return "test-permuted"; }
  StringRef getDescription() const override { return "Permute every op and permute it back"; }
  void runOnOperation() override {
    SmallVector<LayoutOpInterface> ops;
    getOperation().walk([&](LayoutOpInterface op) { ops.push_back(op); });
    for (LayoutOpInterface op : ops)
      if (failed(replacePermuted(op)))
        return signalPassFailure();
  }
};
} // namespace

void check::registerTestPermutedPass() {
  registerPass([]() -> std::unique_ptr<Pass> { return std::make_unique<TestPermutedPass>(); });
}
