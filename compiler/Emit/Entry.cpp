// NAME_run, NAME_call, and the one function through which kernels are launched.
#include "Emit/Entry.h"
#include "Emit/EntryBuilder.h"
#include "Emit/LaunchList.h"
#include "Emit/Object.h"
#include "manifest.h"
#include "llvm/IR/Verifier.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace dlc;

namespace {
// The order of `enum dlc_error` in runtime/abi.inc.h.
enum ErrorNumber { Ok, ArgumentError, ArenaError };
} // namespace

static llvm::StructType *parallelType(llvm::LLVMContext &context) {
  llvm::Type *pointer = llvm::PointerType::get(context, 0);
  return llvm::StructType::get(pointer, pointer, pointer);
}

// void launch(kernel, block, count, parallel):
//   parallel ? parallel->parallel_for(parallel->context, kernel, block, count)
//            : kernel(block, 0, count, 0)
static llvm::Function *buildLaunch(llvm::Module &code) {
  llvm::LLVMContext &context = code.getContext();
  llvm::IRBuilder<> b(context);
  llvm::Type *pointer = b.getPtrTy(), *none = b.getVoidTy();
  auto *type = llvm::FunctionType::get(none, {pointer, pointer, b.getInt64Ty(), pointer}, false);
  auto *launch =
      llvm::Function::Create(type, llvm::Function::InternalLinkage, "launch_kernel", code);
  llvm::Value *kernel = launch->getArg(0), *block = launch->getArg(1), *count = launch->getArg(2),
              *parallel = launch->getArg(3);
  auto *entry = llvm::BasicBlock::Create(context, "", launch);
  auto *threads = llvm::BasicBlock::Create(context, "threads", launch);
  auto *serial = llvm::BasicBlock::Create(context, "serial", launch);
  b.SetInsertPoint(entry);
  b.CreateCondBr(b.CreateIsNull(parallel), serial, threads);

  b.SetInsertPoint(threads);
  auto field = [&](unsigned i) {
    return b.CreateLoad(pointer, b.CreateStructGEP(parallelType(context), parallel, i));
  };
  auto *forType = llvm::FunctionType::get(none, {pointer, pointer, pointer, b.getInt64Ty()}, false);
  llvm::Value *pool = field(0), *parallelFor = field(1);
  b.CreateCall(forType, parallelFor, {pool, kernel, block, count});
  b.CreateRetVoid();

  b.SetInsertPoint(serial);
  b.CreateCall(kernelType(context), kernel, {block, b.getInt64(0), count, b.getInt32(0)});
  b.CreateRetVoid();
  return launch;
}

namespace {
// Conditions that must all be false, and what is returned otherwise.
class ArgumentChecks {
public:
  ArgumentChecks(llvm::IRBuilder<> &b) : b(b) {}

  void requireAligned(llvm::Value *pointer, int64_t align) {
    llvm::Value *bits = b.CreatePtrToInt(pointer, b.getInt64Ty());
    reject(b.CreateIsNull(pointer));
    if (align > 1)
      reject(b.CreateIsNotNull(b.CreateAnd(bits, b.getInt64(align - 1))));
  }

  void finish(int error) {
    if (!bad)
      return;
    llvm::Function *function = b.GetInsertBlock()->getParent();
    auto *wrong = llvm::BasicBlock::Create(b.getContext(), "wrong", function);
    auto *right = llvm::BasicBlock::Create(b.getContext(), "right", function);
    b.CreateCondBr(bad, wrong, right);
    b.SetInsertPoint(wrong);
    b.CreateRet(b.getInt32(error));
    b.SetInsertPoint(right);
    bad = nullptr;
  }

private:
  void reject(llvm::Value *condition) { bad = bad ? b.CreateOr(bad, condition) : condition; }
  llvm::IRBuilder<> &b;
  llvm::Value *bad = nullptr;
};
} // namespace

// Arrays without elements may be null. An extent is an int64_t.
static void checkArguments(llvm::IRBuilder<> &b, llvm::Function *run, const Artifact &artifact) {
  ArgumentChecks checks(b);
  unsigned i = 0;
  auto array = [&](const Parameter &parameter) {
    llvm::Value *pointer = run->getArg(i++);
    if (parameter.bytes)
      checks.requireAligned(pointer, parameter.elementBytes);
    if (parameter.boundedAxis >= 0)
      checks.requireAligned(run->getArg(i++), 8);
  };
  for (const Parameter &input : artifact.inputs)
    array(input);
  for (const Parameter &output : artifact.outputs)
    array(output);
  if (artifact.storage == WeightStorage::File)
    checks.requireAligned(run->getArg(i++), DLC_ALIGN_DEFAULT);
  checks.finish(ArgumentError);
  checks.requireAligned(run->getArg(i), DLC_ALIGN_DEFAULT);
  checks.finish(ArenaError);
}

// Embedded weights are a section without bytes until the object is written (Emit/Object.h), or, in
// WebAssembly, a symbol of another object.
static llvm::Value *reserveWeights(llvm::Module &code, const Artifact &artifact) {
  auto *type = llvm::ArrayType::get(llvm::Type::getInt8Ty(code.getContext()), artifact.weightBytes);
  bool isWasm = llvm::Triple(artifact.machine.triple).isWasm();
  std::string symbol = isWasm ? artifact.name + weightSymbolSuffix : artifact.weightSymbol;
  if (symbol.empty())
    return buildWeightSection(code, artifact.weightBytes, "weights");
  auto *weights = new llvm::GlobalVariable(code, type, /*isConstant=*/false,
                                           llvm::GlobalValue::ExternalLinkage, nullptr, symbol);
  // It is in the same object in the end.
  weights->setVisibility(llvm::GlobalValue::HiddenVisibility);
  weights->setDSOLocal(true);
  return weights;
}

llvm::GlobalVariable *dlc::buildWeightSection(llvm::Module &code, int64_t bytes, StringRef symbol) {
  auto *type = llvm::ArrayType::get(llvm::Type::getInt8Ty(code.getContext()), bytes);
  auto *weights =
      new llvm::GlobalVariable(code, type, /*isConstant=*/false, llvm::GlobalValue::InternalLinkage,
                               llvm::ConstantAggregateZero::get(type), symbol);
  weights->setSection(weightSectionName);
  weights->setAlignment(llvm::Align(DLC_ALIGN_DEFAULT));
  return weights;
}

static LogicalResult buildRun(func::FuncOp program, const Artifact &artifact, llvm::Module &code) {
  llvm::LLVMContext &context = code.getContext();
  llvm::IRBuilder<> b(context);
  size_t pointers = artifact.pointerCount();
  SmallVector<llvm::Type *> types(pointers + 2, b.getPtrTy());
  auto *run = llvm::Function::Create(llvm::FunctionType::get(b.getInt32Ty(), types, false),
                                     llvm::Function::ExternalLinkage, artifact.name + "_run", code);
  b.SetInsertPoint(llvm::BasicBlock::Create(context, "", run));
  if (!artifact.launchList.empty())
    attachLaunchList(*run, artifact.launchList);
  EntryBuilder builder(b, run, buildLaunch(code));
  builder.arena = run->getArg(pointers);
  builder.parallel = run->getArg(pointers + 1);
  if (artifact.storage == WeightStorage::Embed)
    builder.weights = reserveWeights(code, artifact);
  else if (artifact.storage == WeightStorage::File)
    builder.weights = run->getArg(pointers - 1);
  if (artifact.sanitizeAddress)
    builder.guard.emplace(
        b, code, program,
        MemoryGuard::Memory{.arena = builder.arena,
                            .weights = builder.weights,
                            .arenaBytes = artifact.arenaBytes,
                            .weightBytes = artifact.weightBytes,
                            .weightsAreForeign = artifact.storage == WeightStorage::File});
  builder.reserveArgumentBlock(program);
  checkArguments(b, run, artifact);
  for (auto [i, argument] : llvm::enumerate(program.getArguments()))
    builder.map(argument, run->getArg(i));
  return builder.emitProgram(program);
}

static void buildCall(const Artifact &artifact, llvm::Module &code) {
  llvm::LLVMContext &context = code.getContext();
  llvm::IRBuilder<> b(context);
  llvm::Type *pointer = b.getPtrTy();
  auto *type = llvm::FunctionType::get(b.getInt32Ty(), {pointer, pointer}, false);
  auto *call =
      llvm::Function::Create(type, llvm::Function::ExternalLinkage, artifact.name + "_call", code);
  b.SetInsertPoint(llvm::BasicBlock::Create(context, "", call));
  ArgumentChecks checks(b);
  checks.requireAligned(call->getArg(0),
                        llvm::Triple(artifact.machine.triple).isArch32Bit() ? 4 : 8);
  checks.finish(ArgumentError);
  SmallVector<llvm::Value *> arguments;
  for (size_t i = 0; i <= artifact.pointerCount(); ++i)
    arguments.push_back(b.CreateLoad(pointer, b.CreateConstGEP1_64(pointer, call->getArg(0), i)));
  arguments.push_back(call->getArg(1));
  b.CreateRet(b.CreateCall(code.getFunction(artifact.name + "_run"), arguments));
}

LogicalResult dlc::buildEntry(func::FuncOp run, const Artifact &artifact, llvm::Module &code) {
  if (failed(buildRun(run, artifact, code)))
    return failure();
  buildCall(artifact, code);
  std::string message;
  llvm::raw_string_ostream stream(message);
  if (llvm::verifyModule(code, &stream))
    return run.emitError("internal error: the entry is not valid: ") << message;
  return success();
}

void dlc::buildWeights(const Artifact &artifact, StringRef bytes, llvm::Module &code) {
  auto *data = llvm::ConstantDataArray::getString(code.getContext(), bytes, /*AddNull=*/false);
  auto *weights = new llvm::GlobalVariable(code, data->getType(), /*isConstant=*/true,
                                           llvm::GlobalValue::ExternalLinkage, data,
                                           artifact.name + weightSymbolSuffix);
  weights->setAlignment(llvm::Align(DLC_ALIGN_DEFAULT));
}

void dlc::buildDescription(const Artifact &artifact, StringRef json, llvm::Module &code) {
  auto *text = llvm::ConstantDataArray::getString(code.getContext(), json, /*AddNull=*/true);
  new llvm::GlobalVariable(code, text->getType(), /*isConstant=*/true,
                           llvm::GlobalValue::ExternalLinkage, text,
                           artifact.name + "_description");
}
