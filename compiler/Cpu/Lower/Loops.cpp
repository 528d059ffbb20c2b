// The walk over the structured ops, innermost first, and one function for each.
#include "Cpu/Lower/Loops.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

/// Splits the block after `op`; the new block takes the op's results as arguments.
static Block *splitAfter(Operation *op) {
  Block *after = op->getBlock()->splitBlock(std::next(op->getIterator()));
  for (Value result : op->getResults())
    result.replaceAllUsesWith(after->addArgument(result.getType(), result.getLoc()));
  return after;
}

/// Moves the blocks of `region` in front of `after`. The inner ops are lowered already, so its last
/// block is the one that leaves it.
static void moveBefore(Region &region, Block *after) {
  after->getParent()->getBlocks().splice(after->getIterator(), region.getBlocks());
}

static bool runsAtLeastOnce(scf::ForOp loop) {
  IntegerAttr lower, upper;
  return matchPattern(loop.getLowerBound(), m_Constant(&lower)) &&
         matchPattern(loop.getUpperBound(), m_Constant(&upper)) && lower.getInt() < upper.getInt();
}

static void lower(scf::ForOp loop) {
  Block *after = splitAfter(loop), *body = loop.getBody(), *latch = &loop.getRegion().back();
  moveBefore(loop.getRegion(), after);
  Operation *yield = latch->getTerminator();
  ImplicitLocOpBuilder b(loop.getLoc(), yield);
  Value next = arith::AddIOp::create(b, body->getArgument(0), loop.getStep());
  SmallVector<Value> again{next};
  llvm::append_range(again, yield->getOperands());
  Value more = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, next, loop.getUpperBound());
  cf::CondBranchOp::create(b, more, body, again, after, yield->getOperands());
  yield->erase();

  b.setInsertionPoint(loop);
  SmallVector<Value> start{loop.getLowerBound()};
  llvm::append_range(start, loop.getInitArgs());
  if (runsAtLeastOnce(loop)) {
    cf::BranchOp::create(b, body, start);
  } else {
    Value any = arith::CmpIOp::create(b, arith::CmpIPredicate::slt, loop.getLowerBound(),
                                      loop.getUpperBound());
    cf::CondBranchOp::create(b, any, body, start, after, SmallVector<Value>(loop.getInitArgs()));
  }
  loop.erase();
}

/// Replaces the terminator of the region's last block by a branch to `target`.
static void branchFrom(Block *last, Block *target) {
  Operation *yield = last->getTerminator();
  ImplicitLocOpBuilder b(yield->getLoc(), yield);
  cf::BranchOp::create(b, target, SmallVector<Value>(yield->getOperands()));
  yield->erase();
}

static void lower(scf::IfOp branch) {
  // (thenBlock() is the last block, which is the first one no longer once inner loops are lowered.)
  auto firstBlock = [](Region &region) { return region.empty() ? nullptr : &region.front(); };
  Block *after = splitAfter(branch), *yes = firstBlock(branch.getThenRegion());
  Block *no = firstBlock(branch.getElseRegion());
  branchFrom(&branch.getThenRegion().back(), after);
  if (no)
    branchFrom(&branch.getElseRegion().back(), after);
  moveBefore(branch.getThenRegion(), after);
  if (no)
    moveBefore(branch.getElseRegion(), after);
  ImplicitLocOpBuilder b(branch.getLoc(), branch);
  cf::CondBranchOp::create(b, branch.getCondition(), yes, ValueRange{}, no ? no : after,
                           ValueRange{});
  branch.erase();
}

static void lower(scf::WhileOp loop) {
  Block *after = splitAfter(loop), *test = loop.getBeforeBody(), *body = loop.getAfterBody();
  auto condition = cast<scf::ConditionOp>(loop.getBefore().back().getTerminator());
  branchFrom(&loop.getAfter().back(), test);
  ImplicitLocOpBuilder b(loop.getLoc(), condition);
  SmallVector<Value> values(condition.getArgs());
  cf::CondBranchOp::create(b, condition.getCondition(), body, values, after, values);
  condition.erase();
  moveBefore(loop.getBefore(), after);
  moveBefore(loop.getAfter(), after);
  b.setInsertionPoint(loop);
  cf::BranchOp::create(b, test, SmallVector<Value>(loop.getInits()));
  loop.erase();
}

void dlc::lowerLoops(Operation *root) {
  SmallVector<Operation *> structured;
  root->walk([&](Operation *op) { // post-order: inner ops first
    if (isa<scf::ForOp, scf::IfOp, scf::WhileOp>(op))
      structured.push_back(op);
  });
  for (Operation *op : structured) {
    if (auto loop = dyn_cast<scf::ForOp>(op))
      lower(loop);
    else if (auto branch = dyn_cast<scf::IfOp>(op))
      lower(branch);
    else
      lower(cast<scf::WhileOp>(op));
  }
}
