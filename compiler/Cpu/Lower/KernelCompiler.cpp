// The order of the back end, and what is made once per thread: context, type converter, frozen
// patterns, code generator.
#include "Cpu/Lower/KernelCompiler.h"
#include "Core/Core.h"
#include "Cpu/Lower/Entry.h"
#include "Cpu/Lower/Generate.h"
#include "Cpu/Lower/Loops.h"
#include "Cpu/Lower/ObjectFile.h"
#include "Cpu/Lower/Sanitize.h"
#include "Cpu/Math/ExpandMath.h"
#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVM.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/MemRefToLLVM/MemRefToLLVM.h"
#include "mlir/Conversion/UBToLLVM/UBToLLVM.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVM.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlow.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Transforms/DialectConversion.h"

using namespace mlir;
using namespace dlc;

struct KernelCompiler::State {
  Machine machine;
  bool sanitizeAddress = false;
  std::unique_ptr<MLIRContext> context;
  std::unique_ptr<LLVMTypeConverter> types;
  std::unique_ptr<FrozenRewritePatternSet> patterns;
  std::unique_ptr<ConversionTarget> legal;
  std::unique_ptr<llvm::TargetMachine> target;

  explicit State(const Machine &);
  LogicalResult convert(ModuleOp) const;
  FailureOr<std::unique_ptr<llvm::Module>> translate(ModuleOp, llvm::LLVMContext &) const;
};

static std::unique_ptr<MLIRContext> makeContext() {
  DialectRegistry registry;
  registry.insert<DlcDialect, func::FuncDialect, scf::SCFDialect, cf::ControlFlowDialect,
                  arith::ArithDialect, math::MathDialect, memref::MemRefDialect,
                  vector::VectorDialect, ub::UBDialect, LLVM::LLVMDialect>();
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  auto context = std::make_unique<MLIRContext>(registry, MLIRContext::Threading::DISABLED);
  context->loadAllAvailableDialects();
  return context;
}

KernelCompiler::State::State(const Machine &machine)
    : machine(machine), context(makeContext()), target(makeTargetMachine(machine)) {
  LowerToLLVMOptions options(context.get());
  options.useBarePtrCallConv = true;
  options.overrideIndexBitwidth(64);
  types = std::make_unique<LLVMTypeConverter>(context.get(), options);
  RewritePatternSet all(context.get());
  cf::populateControlFlowToLLVMConversionPatterns(*types, all);
  arith::populateArithToLLVMConversionPatterns(*types, all);
  populateMathToLLVMConversionPatterns(*types, all);
  populateFinalizeMemRefToLLVMConversionPatterns(*types, all);
  populateVectorToLLVMConversionPatterns(*types, all);
  ub::populateUBToLLVMConversionPatterns(*types, all);
  populateFuncToLLVMConversionPatterns(*types, all);
  patterns = std::make_unique<FrozenRewritePatternSet>(std::move(all));
  legal = std::make_unique<ConversionTarget>(*context);
  legal->addLegalDialect<LLVM::LLVMDialect>();
  legal->addLegalOp<ModuleOp>();
}

LogicalResult KernelCompiler::State::convert(ModuleOp module) const {
  auto entries = takeEntries(module);
  if (failed(entries))
    return failure();
  MathTarget instructions{.hasFma = machine.hasFma,
                          .hasRound = machine.hasRound,
                          .hasHalfConversion = machine.hasHalfConversion};
  // The remainder of f64 is a loop, so loops are lowered after the functions of math.
  if (failed(expandMath(module, instructions)))
    return failure();
  lowerLoops(module);
  ConversionConfig config;
  config.allowPatternRollback = false;
  config.foldingMode = DialectConversionFoldingMode::Never;
  if (failed(applyFullConversion(module, *legal, *patterns, config)))
    return failure();
  buildEntries(module, *entries);
  return success();
}

FailureOr<std::unique_ptr<llvm::Module>>
KernelCompiler::State::translate(ModuleOp module, llvm::LLVMContext &llvmContext) const {
  if (failed(convert(module)))
    return failure();
  auto code = translateModuleToLLVMIR(module, llvmContext, "kernel", /*disableVerification=*/true);
  if (!code)
    return failure();
  attachTarget(*code, *target, machine);
  optimize(*code, *target);
  if (sanitizeAddress)
    sanitizeAddresses(*code, *target);
  return code;
}

KernelCompiler::KernelCompiler(const Machine &machine, bool sanitizeAddress)
    : state(std::make_unique<State>(machine)) {
  state->sanitizeAddress = sanitizeAddress;
}
KernelCompiler::~KernelCompiler() = default;

const Machine &KernelCompiler::machine() const { return state->machine; }
MLIRContext &KernelCompiler::context() { return *state->context; }

FailureOr<KernelObject> KernelCompiler::compile(ModuleOp module) {
  llvm::LLVMContext llvmContext;
  auto code = state->translate(module, llvmContext);
  if (failed(code))
    return failure();
  KernelObject object;
  object.bytes =
      generate(**code, *state->target, llvm::CodeGenFileType::ObjectFile, object.stackBytes);
  std::vector<std::string> names = forbiddenSymbols(object.bytes);
  if (state->sanitizeAddress)
    llvm::erase_if(names, [](StringRef name) { return name.starts_with("__asan_"); });
  if (!names.empty())
    return module.emitError(undefinedSymbolsMessage) << llvm::join(names, ", ");
  return object;
}

FailureOr<std::string> KernelCompiler::print(ModuleOp module, KernelStage stage) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  if (stage == KernelStage::Loops) {
    module.print(stream);
    return text;
  }
  llvm::LLVMContext llvmContext;
  auto code = state->translate(module, llvmContext);
  if (failed(code))
    return failure();
  if (stage == KernelStage::Llvm) {
    (*code)->print(stream, nullptr);
    return text;
  }
  int64_t stackBytes = 0;
  std::vector<char> assembly =
      generate(**code, *state->target, llvm::CodeGenFileType::AssemblyFile, stackBytes);
  return std::string(assembly.begin(), assembly.end());
}

OwningOpRef<ModuleOp> dlc::cloneInto(MLIRContext &context, func::FuncOp function) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  function->print(stream, OpPrintingFlags().printGenericOpForm().useLocalScope());
  return parseSourceString<ModuleOp>(text, ParserConfig(&context, /*verifyAfterParse=*/false));
}
