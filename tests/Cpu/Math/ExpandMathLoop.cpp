// The in-process compiler of the math tests: upstream conversions, a few LLVM function passes, ORC.
#include "tests/Cpu/Math/ExpandMathLoop.h"
#include "Cpu/Math/ExpandMath.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Conversion/Passes.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/IR/LegacyPassManager.h"
#include "llvm/IR/Module.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"
#include "llvm/TargetParser/Host.h"
#include <stdexcept>

using namespace mlir;

namespace dlc::test {

std::vector<Level> runnableLevels() {
  llvm::StringMap<bool> host = llvm::sys::getHostCPUFeatures();
  std::vector<Level> levels{{"scalar", "x86-64", {}, 0}, {"v1", "x86-64", {}, 16}};
  MathTarget modern{.hasFma = true, .hasRound = true, .hasHalfConversion = true};
  if (host["avx2"] && host["fma"] && host["f16c"])
    levels.push_back({"v3", "x86-64-v3", modern, 32});
  if (host["avx512f"] && host["avx512dq"] && host["avx512vl"] && host["avx512bw"])
    levels.push_back({"v4", "x86-64-v4", modern, 64});
  return levels;
}

struct Loop::Session {
  std::unique_ptr<llvm::orc::LLJIT> jit;
};

Loop::~Loop() = default;
Loop::Loop(Loop &&) = default;

static void require(bool condition, const char *what) {
  if (!condition)
    throw std::runtime_error(what);
}

/// func @loop(x, y, result, count): result[i] = op(x[i], y[i]), `lanes` at a time (0: scalar).
static void buildLoop(ModuleOp module, const Signature &signature, int lanes,
                      const BuildOp &build) {
  MLIRContext *context = module.getContext();
  ImplicitLocOpBuilder b(module.getLoc(), context);
  b.setInsertionPointToStart(module.getBody());
  Type input = parseType(signature.input, context), output = parseType(signature.output, context);
  auto memory = [](Type element) { return MemRefType::get({int64_t(1) << 30}, element); };
  auto function = func::FuncOp::create(
      b, "loop",
      b.getFunctionType({memory(input), memory(input), memory(output), b.getIndexType()}, {}));
  Block *entry = function.addEntryBlock();
  b.setInsertionPointToStart(entry);
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value step = arith::ConstantIndexOp::create(b, std::max(lanes, 1));
  auto loop = scf::ForOp::create(b, zero, entry->getArgument(3), step);
  func::ReturnOp::create(b);
  b.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar();
  auto load = [&](int argument) -> Value {
    if (!lanes)
      return memref::LoadOp::create(b, entry->getArgument(argument), i);
    return vector::LoadOp::create(b, VectorType::get({lanes}, input), entry->getArgument(argument),
                                  i);
  };
  SmallVector<Value> operands{load(0)};
  if (signature.operands == 2)
    operands.push_back(load(1));
  Value result = build(b, operands);
  if (lanes)
    vector::StoreOp::create(b, result, entry->getArgument(2), i);
  else
    memref::StoreOp::create(b, result, entry->getArgument(2), i);
}

static void lowerToLlvm(ModuleOp module) {
  PassManager passes(module.getContext());
  passes.addPass(createSCFToControlFlowPass());
  passes.addPass(createConvertVectorToLLVMPass());
  passes.addPass(createFinalizeMemRefToLLVMConversionPass());
  ConvertFuncToLLVMPassOptions options;
  options.useBarePtrCallConv = true;
  passes.addPass(createConvertFuncToLLVMPass(options));
  passes.addPass(createConvertMathToLLVMPass());
  passes.addPass(createArithToLLVMConversionPass());
  passes.addPass(createConvertControlFlowToLLVMPass());
  passes.addPass(createReconcileUnrealizedCastsPass());
  require(succeeded(passes.run(module)), "the conversion to the LLVM dialect failed");
}

static void optimise(llvm::Module &module, llvm::TargetMachine &machine) {
  llvm::LoopAnalysisManager loops;
  llvm::FunctionAnalysisManager functions;
  llvm::CGSCCAnalysisManager components;
  llvm::ModuleAnalysisManager modules;
  llvm::PassBuilder builder(&machine);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  llvm::ModulePassManager pipeline;
  const char *text =
      "function(early-cse<memssa>,simplifycfg,loop-mssa(loop-rotate,licm),instcombine,"
      "simplifycfg,early-cse<memssa>)";
  require(!builder.parsePassPipeline(pipeline, text), "the pass pipeline is wrong");
  pipeline.run(module, modules);
}

static std::unique_ptr<llvm::TargetMachine> makeMachine(const Level &level) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  llvm::Triple triple(llvm::sys::getDefaultTargetTriple());
  std::string error;
  const llvm::Target *target = llvm::TargetRegistry::lookupTarget(triple, error);
  require(target, "no target for this machine");
  return std::unique_ptr<llvm::TargetMachine>(
      target->createTargetMachine(triple, level.cpu, "", llvm::TargetOptions(), llvm::Reloc::PIC_,
                                  std::nullopt, llvm::CodeGenOptLevel::Default));
}

static llvm::SmallString<0> generate(ModuleOp module, const Level &level) {
  std::unique_ptr<llvm::TargetMachine> machine = makeMachine(level);
  llvm::LLVMContext context;
  std::unique_ptr<llvm::Module> code = translateModuleToLLVMIR(module, context);
  require(code != nullptr, "the translation to LLVM IR failed");
  code->setDataLayout(machine->createDataLayout());
  code->setTargetTriple(machine->getTargetTriple());
  for (llvm::Function &function : *code) {
    function.addFnAttr("target-cpu", machine->getTargetCPU());
    function.addFnAttr("prefer-vector-width", "512");
  }
  optimise(*code, *machine);
  if (getenv("DLC_MATH_DUMP"))
    code->print(llvm::errs(), nullptr);
  llvm::SmallString<0> object;
  llvm::raw_svector_ostream stream(object);
  llvm::legacy::PassManager emission;
  machine->addPassesToEmitFile(emission, stream, nullptr, llvm::CodeGenFileType::ObjectFile);
  emission.run(*code);
  return object;
}

static std::string undefinedSymbolsOf(StringRef object) {
  auto file = cantFail(llvm::object::ObjectFile::createObjectFile({object, "loop"}));
  std::string result;
  for (const llvm::object::SymbolRef &symbol : file->symbols()) {
    StringRef name = cantFail(symbol.getName());
    bool isUndefined = cantFail(symbol.getFlags()) & llvm::object::SymbolRef::SF_Undefined;
    if (isUndefined && !name.empty() && name != "memcpy" && name != "memset" && name != "memmove")
      result += (result.empty() ? "" : " ") + name.str();
  }
  return result;
}

Loop::Loop(const Level &level, const Signature &signature, BuildOp build)
    : session(std::make_unique<Session>()) {
  DialectRegistry registry;
  registry
      .insert<func::FuncDialect, scf::SCFDialect, cf::ControlFlowDialect, arith::ArithDialect,
              math::MathDialect, memref::MemRefDialect, vector::VectorDialect, LLVM::LLVMDialect>();
  registerBuiltinDialectTranslation(registry);
  registerLLVMDialectTranslation(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  context.loadAllAvailableDialects();
  Location location = UnknownLoc::get(&context);
  OwningOpRef<ModuleOp> module = ModuleOp::create(location);
  auto bytes = [&](const std::string &type) {
    return int(parseType(type, &context).getIntOrFloatBitWidth() / 8);
  };
  // As many lanes as the wider type has in a vector.
  int lanes = level.vectorBytes / std::max(bytes(signature.input), bytes(signature.output));
  laneCount = std::max(lanes, 1);
  buildLoop(*module, signature, lanes, build);
  require(succeeded(expandMath(*module, level.target)), "expandMath failed");
  require(succeeded(verify(*module)), "the expansion is not valid IR");
  if (getenv("DLC_MATH_DUMP"))
    module->dump();
  lowerToLlvm(*module);
  llvm::SmallString<0> object = generate(*module, level);
  undefined = undefinedSymbolsOf(object);
  if (!undefined.empty())
    return;
  session->jit = cantFail(llvm::orc::LLJITBuilder().create());
  cantFail(session->jit->addObjectFile(llvm::MemoryBuffer::getMemBufferCopy(object)));
  function = cantFail(session->jit->lookup("loop"))
                 .toPtr<void (*)(const void *, const void *, void *, int64_t)>();
}

} // namespace dlc::test
