// Does for one kernel what the graph passes and the program's entry do for a program.
#include "Cpu/Run/CompiledKernel.h"
#include "Core/Interpreter.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/Triple.h"

using namespace mlir;
using namespace dlc;

static func::FuncOp buildPacker(ModuleOp module, const CpuTarget &target, const KernelPlan &plan,
                                RankedTensorType original, unsigned position) {
  ImplicitLocOpBuilder b(module.getLoc(), module.getContext());
  b.setInsertionPointToEnd(module.getBody());
  auto packer =
      func::FuncOp::create(b, "pack" + std::to_string(position), b.getFunctionType({original}, {}));
  Block *entry = packer.addEntryBlock();
  b.setInsertionPointToStart(entry);
  Value packed = target.buildPacked(b, entry->getArgument(0), plan, position);
  func::ReturnOp::create(b, packed);
  packer.setFunctionType(b.getFunctionType({original}, {packed.getType()}));
  return packer;
}

/// Gives operand `position` its packed type and unpacks it in the kernel's head.
static void replaceOperand(func::FuncOp kernel, const CpuTarget &target, const KernelPlan &plan,
                           Type packed, unsigned position) {
  BlockArgument argument = kernel.getArgument(position);
  RankedTensorType original = tensorType(argument);
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : argument.getUses())
    uses.push_back(&use);
  argument.setType(packed);
  Block &body = kernel.getBody().front();
  ImplicitLocOpBuilder b(kernel.getLoc(), &body, body.begin());
  Value unpacked = target.buildUnpacked(b, argument, original, plan, position);
  for (OpOperand *use : uses)
    use->set(unpacked);
  kernel.setFunctionType(
      b.getFunctionType(body.getArgumentTypes(), kernel.getFunctionType().getResults()));
}

static llvm::Triple::ArchType hostArchitecture() {
  return llvm::Triple(llvm::sys::getDefaultTargetTriple()).getArch();
}

FailureOr<CompiledKernel> CompiledKernel::compile(KernelCompiler &compiler, func::FuncOp original,
                                                  CpuOptions options) {
  CompiledKernel result;
  result.context = &compiler.context();
  result.source = cloneInto(compiler.context(), original);
  result.kernel = *result.source->getOps<func::FuncOp>().begin();
  CpuTarget target(compiler.machine(), options);
  if (!target.accepts(result.kernel))
    return original.emitError("not supported yet: this kernel on the CPU");
  result.kernelPlan = target.plan(result.kernel);
  for (int64_t position : result.kernelPlan.packed) {
    RankedTensorType type = tensorType(result.kernel.getArgument(position));
    func::FuncOp packer = buildPacker(*result.source, target, result.kernelPlan, type, position);
    replaceOperand(result.kernel, target, result.kernelPlan, packer.getFunctionType().getResult(0),
                   position);
    result.packers.push_back({position, packer});
  }
  result.kernel->setAttr("dlc.plan", result.kernelPlan.attribute(result.context));
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(result.context));
  std::string symbol = original.getName().str();
  if (failed(target.emit(*module, result.kernel, symbol)))
    return failure();
  FailureOr<KernelObject> object = compiler.compile(*module);
  if (failed(object))
    return failure();
  result.object = std::move(*object);
  if (llvm::Triple(compiler.machine().triple).getArch() != hostArchitecture())
    return result;
  if (llvm::Error error = result.library.add(result.object.bytes))
    return original.emitError(llvm::toString(std::move(error)));
  llvm::Expected<KernelFunction> function = result.library.findKernel(symbol);
  if (!function)
    return original.emitError(llvm::toString(function.takeError()));
  result.function = *function;
  return result;
}

FailureOr<std::string> CompiledKernel::print(KernelCompiler &compiler, KernelStage stage) const {
  OwningOpRef<ModuleOp> module = ModuleOp::create(UnknownLoc::get(context));
  CpuTarget target(compiler.machine());
  if (failed(target.emit(*module, kernel, "kernel")))
    return failure();
  return compiler.print(*module, stage);
}

FailureOr<SmallVector<Literal>> CompiledKernel::packed(ArrayRef<Literal> operands) const {
  SmallVector<Literal> result(operands);
  for (auto [position, packer] : packers) {
    FailureOr<SmallVector<Literal>> value = interpret(packer, operands[position]);
    if (failed(value))
      return failure();
    result[position] = std::move(value->front());
  }
  return result;
}

SmallVector<Literal> CompiledKernel::emptyResults() const {
  func::FuncOp function = kernel;
  SmallVector<Literal> results;
  for (Type type : function.getFunctionType().getResults())
    results.push_back(Literal(cast<RankedTensorType>(type)));
  return results;
}

FailureOr<SmallVector<Literal>> CompiledKernel::run(ArrayRef<Literal> original,
                                                    int64_t cuts) const {
  FailureOr<SmallVector<Literal>> operands = packed(original);
  if (failed(operands))
    return failure();
  SmallVector<Literal> results = emptyResults();
  SmallVector<void *> pointers;
  for (Literal &operand : *operands)
    pointers.push_back(operand.bytes.data());
  for (Literal &literal : results)
    pointers.push_back(literal.bytes.data());
  std::vector<char> scratch(kernelPlan.scratchBytes);
  int32_t error = 0;
  pointers.push_back(scratch.data());
  pointers.push_back(&error);
  int64_t count = kernelPlan.count;
  for (int64_t cut = 0; cut < cuts; ++cut)
    function(pointers.data(), count * cut / cuts, count * (cut + 1) / cuts, /*slot=*/0);
  if (error)
    return func::FuncOp(kernel).emitError("the kernel stored error ") << error;
  return results;
}
