// One case an operation.
#include "Emit/EntryBuilder.h"
#include "Core/Literal.h"
#include "Emit/Entry.h"
#include "Graph/Target.h"
#include "manifest.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/IR/DebugInfoMetadata.h"

using namespace mlir;
using namespace dlc;

/// DLC_ERROR_BRANCH of runtime/abi.inc.h.
static constexpr int branchError = 4;

llvm::FunctionType *dlc::kernelType(llvm::LLVMContext &context) {
  llvm::Type *pointer = llvm::PointerType::get(context, 0), *i64 = llvm::Type::getInt64Ty(context),
             *i32 = llvm::Type::getInt32Ty(context);
  return llvm::FunctionType::get(llvm::Type::getVoidTy(context), {pointer, i64, i64, i32}, false);
}

static int64_t bytesOf(MemRefType type) {
  return type.getNumElements() * elementBytes(type.getElementType());
}

EntryBuilder::Codes EntryBuilder::get(ValueRange range) {
  Codes codes;
  for (Value value : range)
    codes.push_back(get(value));
  return codes;
}

llvm::BasicBlock *EntryBuilder::newBlock(const char *name) {
  return llvm::BasicBlock::Create(b.getContext(), name, run);
}

llvm::Type *EntryBuilder::typeOf(Type type) {
  if (isa<MemRefType>(type))
    return b.getPtrTy();
  return type.isIndex() ? b.getInt64Ty() : b.getIntNTy(type.getIntOrFloatBitWidth());
}

SmallVector<llvm::PHINode *> EntryBuilder::makePhis(ValueRange range) {
  SmallVector<llvm::PHINode *> phis;
  for (Value value : range) {
    phis.push_back(b.CreatePHI(typeOf(value.getType()), 2));
    map(value, phis.back());
  }
  return phis;
}

void EntryBuilder::addIncoming(ArrayRef<llvm::PHINode *> phis, const Codes &codes,
                               llvm::BasicBlock *from) {
  for (auto [phi, code] : llvm::zip_equal(phis, codes))
    phi->addIncoming(code, from);
}

// ---------------------------------------------------------------- the frame

void EntryBuilder::reserveArgumentBlock(func::FuncOp program) {
  // Inputs, outputs, scratch, error.
  size_t entries = 0;
  program.walk([&](LaunchOp launch) {
    entries = std::max(entries, launch.getInputs().size() + launch.getOutputs().size() + 2);
  });
  if (entries == 0)
    return;
  block = b.CreateAlloca(llvm::ArrayType::get(b.getPtrTy(), entries), nullptr, "block");
  error = b.CreateAlloca(b.getInt32Ty(), nullptr, "error");
}

LogicalResult EntryBuilder::emitProgram(func::FuncOp program) {
  if (guard)
    guard->enter();
  if (error) {
    llvm::BasicBlock *here = b.GetInsertBlock();
    errorBlock = newBlock("error");
    b.SetInsertPoint(errorBlock);
    emitReturn(b.CreateLoad(b.getInt32Ty(), error));
    b.SetInsertPoint(here);
    b.CreateStore(b.getInt32(0), error);
  }
  if (failed(emitOps(program.getBody().front())))
    return failure();
  emitReturn(b.getInt32(0));
  return success();
}

void EntryBuilder::emitReturn(llvm::Value *code) {
  if (guard)
    guard->leave();
  b.CreateRet(code);
}

void EntryBuilder::access(ValueRange range, llvm::function_ref<void()> emitAccess) {
  if (!guard)
    return emitAccess();
  Codes pointers = get(range);
  guard->open(range, pointers);
  emitAccess();
  guard->close(range, pointers);
}

void EntryBuilder::returnIfError() {
  llvm::BasicBlock *next = newBlock("");
  b.CreateCondBr(b.CreateIsNotNull(b.CreateLoad(b.getInt32Ty(), error)), errorBlock, next);
  b.SetInsertPoint(next);
}

// What follows in the same block is never reached.
void EntryBuilder::fail() {
  emitReturn(b.getInt32(branchError));
  b.SetInsertPoint(newBlock("unreached"));
}

// ---------------------------------------------------------------- operations

LogicalResult EntryBuilder::emitOps(Block &ops) {
  for (Operation &op : ops.without_terminator())
    if (failed(emit(&op)))
      return failure();
  return success();
}

LogicalResult EntryBuilder::emit(Operation *op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<scf::IfOp, scf::ForOp, scf::WhileOp, LaunchOp, BufferOp>(
          [&](auto known) { return emit(known); })
      .Default([&](Operation *) { return emitSmall(op); });
}

LogicalResult EntryBuilder::emit(BufferOp op) {
  llvm::Value *base = op.getSpace() == BufferSpace::arena     ? arena
                      : op.getSpace() == BufferSpace::weights ? weights
                                                              : nullptr;
  // Where no weight has an element there is no such space, and a tensor without elements lies
  // anywhere.
  if (!base && op.getType().getNumElements() == 0)
    base = arena;
  if (!base)
    return op.emitError("internal error: this program has no such space");
  map(op, b.CreateConstInBoundsGEP1_64(b.getInt8Ty(), base, op.getOffset()));
  return success();
}

LogicalResult EntryBuilder::emit(LaunchOp op) {
  auto kernel = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, op.getKernelAttr());
  if (!kernel)
    return op.emitError("internal error: no kernel ") << op.getKernelAttr();
  KernelPlan plan = KernelPlan::from(kernel);
  ++line;
  if (llvm::DISubprogram *scope = run->getSubprogram())
    b.SetCurrentDebugLocation(llvm::DILocation::get(b.getContext(), line, 0, scope));
  if (plan.count == 0)
    return success();
  Codes pointers = get(op.getInputs());
  llvm::append_range(pointers, get(op.getOutputs()));
  pointers.push_back(op.getScratch() ? get(op.getScratch())
                                     : llvm::ConstantPointerNull::get(b.getPtrTy()));
  pointers.push_back(error);
  for (auto [i, pointer] : llvm::enumerate(pointers))
    b.CreateStore(pointer, b.CreateConstInBoundsGEP1_64(b.getPtrTy(), block, i));
  llvm::Module *code = run->getParent();
  llvm::Value *function =
      code->getOrInsertFunction(op.getKernel(), kernelType(b.getContext())).getCallee();
  llvm::Value *count = b.getInt64(plan.count);
  bool large = plan.work >= parallelWorkMin || plan.bytes >= parallelBytesMin;
  access(op->getOperands(), [&] {
    if (guard && op.getScratch() && plan.scratchBytes)
      guard->closeSlotGaps(op.getScratch(), get(op.getScratch()), plan.scratchBytes);
    if (large && plan.count > 1)
      b.CreateCall(launchFunction, {function, block, count, parallel});
    else
      b.CreateCall(kernelType(b.getContext()), function,
                   {block, b.getInt64(0), count, b.getInt32(0)});
  });
  returnIfError();
  return success();
}

// Operations that become one or two instructions.
LogicalResult EntryBuilder::emitSmall(Operation *op) {
  auto operand = [&](unsigned i) { return get(op->getOperand(i)); };
  auto is = [&](llvm::Value *code) {
    map(op->getResult(0), code);
    return success();
  };
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case([&](ViewOp) { return is(operand(0)); })
      .Case([&](RowOp row) {
        int64_t bytes = bytesOf(cast<MemRefType>(row.getResult().getType()));
        llvm::Value *offset = b.CreateMul(operand(1), b.getInt64(bytes));
        return is(b.CreateInBoundsGEP(b.getInt8Ty(), operand(0), offset));
      })
      .Case([&](CopyOp copy) {
        // Which of the two is an argument, aligned to its element only, is not known here.
        llvm::MaybeAlign align(1);
        access(copy->getOperands(), [&] {
          b.CreateMemCpy(get(copy.getTo()), align, get(copy.getFrom()), align,
                         bytesOf(cast<MemRefType>(copy.getFrom().getType())));
        });
        return success();
      })
      .Case([&](TestOp) { return is(b.CreateIsNotNull(b.CreateLoad(b.getInt8Ty(), operand(0)))); })
      .Case([&](StoreIndexOp) {
        b.CreateStore(operand(0), operand(1));
        return success();
      })
      .Case([&](FailOp) {
        fail();
        return success();
      })
      .Case([&](arith::ConstantOp constant) {
        auto number = dyn_cast<IntegerAttr>(constant.getValue());
        if (!number)
          return LogicalResult(op->emitError("internal error: a constant of this type"));
        return is(llvm::ConstantInt::get(typeOf(constant.getType()),
                                         number.getValue().getSExtValue(), true));
      })
      .Case([&](arith::AddIOp) { return is(b.CreateAdd(operand(0), operand(1))); })
      .Case([&](arith::SubIOp) { return is(b.CreateSub(operand(0), operand(1))); })
      .Case([&](arith::AndIOp) { return is(b.CreateAnd(operand(0), operand(1))); })
      .Case([&](arith::SelectOp) { return is(b.CreateSelect(operand(0), operand(1), operand(2))); })
      .Case([&](arith::CmpIOp compare) {
        using llvm::CmpInst;
        static const CmpInst::Predicate predicates[] = {
            CmpInst::ICMP_EQ,  CmpInst::ICMP_NE,  CmpInst::ICMP_SLT, CmpInst::ICMP_SLE,
            CmpInst::ICMP_SGT, CmpInst::ICMP_SGE, CmpInst::ICMP_ULT, CmpInst::ICMP_ULE,
            CmpInst::ICMP_UGT, CmpInst::ICMP_UGE};
        auto predicate = predicates[static_cast<unsigned>(compare.getPredicate())];
        return is(b.CreateICmp(predicate, operand(0), operand(1)));
      })
      .Default([&](Operation *) {
        return op->emitError("internal error: the entry cannot hold this operation");
      });
}

// ---------------------------------------------------------------- control flow

LogicalResult EntryBuilder::emit(scf::IfOp op) {
  llvm::BasicBlock *before = b.GetInsertBlock(), *after = newBlock("end_if");
  llvm::Value *condition = get(op.getCondition());
  llvm::BasicBlock *targets[2] = {after, after}, *ends[2] = {before, before};
  Codes yields[2];
  for (auto [i, region] : llvm::enumerate(op->getRegions())) {
    if (region.empty())
      continue;
    b.SetInsertPoint(targets[i] = newBlock(i ? "else" : "then"));
    if (failed(emitOps(region.front())))
      return failure();
    yields[i] = get(region.front().getTerminator()->getOperands());
    b.CreateBr(after);
    ends[i] = b.GetInsertBlock();
  }
  b.SetInsertPoint(before);
  b.CreateCondBr(condition, targets[0], targets[1]);
  b.SetInsertPoint(after);
  SmallVector<llvm::PHINode *> phis = makePhis(op.getResults());
  if (!phis.empty())
    for (unsigned i = 0; i < 2; ++i)
      addIncoming(phis, yields[i], ends[i]);
  return success();
}

LogicalResult EntryBuilder::emit(scf::ForOp op) {
  llvm::BasicBlock *before = b.GetInsertBlock(), *head = newBlock("for"), *body = newBlock("body"),
                   *after = newBlock("end_for");
  llvm::Value *lower = get(op.getLowerBound()), *upper = get(op.getUpperBound()),
              *step = get(op.getStep());
  Codes initial = get(op.getInitArgs());
  b.CreateBr(head);
  b.SetInsertPoint(head);
  llvm::PHINode *index = makePhis(op.getInductionVar())[0];
  index->addIncoming(lower, before);
  SmallVector<llvm::PHINode *> carried = makePhis(op.getRegionIterArgs());
  addIncoming(carried, initial, before);
  b.CreateCondBr(b.CreateICmpSLT(index, upper), body, after);
  b.SetInsertPoint(body);
  if (failed(emitOps(*op.getBody())))
    return failure();
  Codes next = get(op.getBody()->getTerminator()->getOperands());
  index->addIncoming(b.CreateAdd(index, step), b.GetInsertBlock());
  addIncoming(carried, next, b.GetInsertBlock());
  b.CreateBr(head);
  b.SetInsertPoint(after);
  for (auto [result, phi] : llvm::zip_equal(op.getResults(), carried))
    map(result, phi);
  return success();
}

LogicalResult EntryBuilder::emit(scf::WhileOp op) {
  llvm::BasicBlock *before = b.GetInsertBlock(), *head = newBlock("while"),
                   *body = newBlock("body"), *after = newBlock("end_while");
  Codes initial = get(op.getInits());
  b.CreateBr(head);
  b.SetInsertPoint(head);
  SmallVector<llvm::PHINode *> carried = makePhis(op.getBeforeArguments());
  addIncoming(carried, initial, before);
  if (failed(emitOps(*op.getBeforeBody())))
    return failure();
  scf::ConditionOp condition = op.getConditionOp();
  Codes passed = get(condition.getArgs());
  b.CreateCondBr(get(condition.getCondition()), body, after);
  b.SetInsertPoint(body);
  for (auto [argument, code] : llvm::zip_equal(op.getAfterArguments(), passed))
    map(argument, code);
  if (failed(emitOps(*op.getAfterBody())))
    return failure();
  addIncoming(carried, get(op.getYieldOp().getOperands()), b.GetInsertBlock());
  b.CreateBr(head);
  b.SetInsertPoint(after);
  for (auto [result, code] : llvm::zip_equal(op.getResults(), passed))
    map(result, code);
  return success();
}
