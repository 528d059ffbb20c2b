// Parses, verifies, transforms and prints any stage of the compiler, one pass at a time; what the
// tests are written with. `--run` executes the result instead of printing it:
//
//   dlc-opt x.mlir --run                runs every function without arguments; exit code 5 when a
//                                       check op finds a mismatch, 1 when something cannot be run
//   dlc-opt x.mlir --run --entry=name   runs only this one
//   dlc-opt x.mlir --run=cpu            the same, each op (and each called kernel) compiled;
//                                       with --sanitize=address kernels check their accesses
//   dlc-opt x.mlir --check-gradients    compares derivatives with finite differences
#include "Core/Check.h"
#include "Core/GradientCheck.h"
#include "Cpu/CpuTarget.h"
#include "Cpu/Lower/Sanitize.h"
#include "Cpu/Run/CompiledOps.h"
#include "Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Support/FileUtilities.h"
#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/ToolOutputFile.h"

using namespace mlir;

enum class Runner { None, Interpreter, Cpu };
static llvm::cl::opt<Runner>
    run("run", llvm::cl::desc("Execute the functions without arguments"), llvm::cl::ValueOptional,
        llvm::cl::init(Runner::None),
        llvm::cl::values(clEnumValN(Runner::Interpreter, "", "by the interpreter"),
                         clEnumValN(Runner::Interpreter, "interpreter", "by the interpreter"),
                         clEnumValN(Runner::Cpu, "cpu", "compiled for this processor")));
static llvm::cl::opt<std::string> entry("entry",
                                        llvm::cl::desc("Execute or check only this function"));
enum class Sanitizer { None, Address };
static llvm::cl::opt<Sanitizer>
    sanitize("sanitize", llvm::cl::desc("Kernels of --run=cpu check their memory accesses"),
             llvm::cl::init(Sanitizer::None),
             llvm::cl::values(clEnumValN(Sanitizer::Address, "address", "by AddressSanitizer")));
static llvm::cl::opt<bool>
    checkGradients("check-gradients",
                   llvm::cl::desc("Compare derivatives with finite differences"));

static void registerDialects(DialectRegistry &registry) {
  registry.insert<dlc::DlcDialect, dlc::check::CheckDialect, func::FuncDialect, scf::SCFDialect,
                  arith::ArithDialect, math::MathDialect, vector::VectorDialect,
                  memref::MemRefDialect, cf::ControlFlowDialect, LLVM::LLVMDialect>();
}

// Each room registers its passes in one call.
static void registerPasses() {
  registerTransformsPasses();
  dlc::check::registerTestPermutedPass();
  dlc::registerDlcPasses();
  dlc::registerTarget(
      "cpu", [] { return std::make_unique<dlc::CpuTarget>(dlc::Machine::named("x86-64-v3")); });
  dlc::check::registerTestVjpPass();
}

// The pipeline of the command line, then what `--run` and `--check-gradients` ask for.
static MlirOptMainConfig configure(dlc::check::Outcome &outcome) {
  MlirOptMainConfig config = MlirOptMainConfig::createFromCLOptions();
  if (run == Runner::None && !checkGradients)
    return config;
  MlirOptMainConfig given = config;
  config.setPassPipelineSetupFn([given, &outcome](PassManager &passes) {
    if (failed(given.setupPassPipeline(passes)))
      return failure();
    if (run != Runner::None)
      passes.addPass(dlc::check::createRunPass(
          entry, outcome,
          run == Runner::Cpu ? dlc::compiledExecution(sanitize == Sanitizer::Address)
                             : dlc::InterpreterOptions()));
    if (checkGradients)
      passes.addPass(dlc::check::createCheckGradientsPass(entry, outcome));
    return success();
  });
  return config;
}

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  DialectRegistry registry;
  registerDialects(registry);
  registerPasses();
  auto [inputFile, outputFile] =
      registerAndParseCLIOptions(argc, argv, "dlc's modular optimizer driver", registry);
  std::string error;
  std::unique_ptr<llvm::MemoryBuffer> input = openInputFile(inputFile, &error);
  if (!input) {
    llvm::errs() << "dlc-opt: " << error << "\n";
    return 1;
  }
  if (sanitize == Sanitizer::Address && !dlc::AddressSanitizer::isHere()) {
    llvm::errs() << "dlc-opt: --sanitize=address needs AddressSanitizer in this process: "
                 << dlc::AddressSanitizer::repair << "\n";
    return 2;
  }
  dlc::check::Outcome outcome;
  MlirOptMainConfig config = configure(outcome);
  if (run != Runner::None || checkGradients) {
    if (failed(MlirOptMain(llvm::nulls(), std::move(input), registry, config)))
      return 1;
    // A mismatch that the test expects is none.
    return outcome.mismatches == 0 || config.shouldVerifyDiagnostics() ? 0 : 5;
  }
  std::unique_ptr<llvm::ToolOutputFile> output = openOutputFile(outputFile, &error);
  if (!output) {
    llvm::errs() << "dlc-opt: " << error << "\n";
    return 1;
  }
  if (failed(MlirOptMain(output->os(), std::move(input), registry, config)))
    return 1;
  output->keep();
  return 0;
}
