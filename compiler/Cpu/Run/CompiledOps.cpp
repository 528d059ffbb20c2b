// Wraps one op, or one callee, as a kernel and runs it.
#include "Cpu/Run/CompiledOps.h"
#include "Cpu/Run/CompiledKernel.h"
#include "mlir/IR/SymbolTable.h"
#include <map>

using namespace mlir;
using namespace dlc;

using Results = FailureOr<SmallVector<Literal>>;

namespace {
class Compiled {
public:
  explicit Compiled(bool sanitizeAddress) : compiler(Machine::native(), sanitizeAddress) {}

  std::optional<Results> execute(Operation *op, ArrayRef<Literal> operands) {
    OwningOpRef<func::FuncOp> kernel = kernelOf(op);
    if (!kernel || !target.accepts(*kernel))
      return std::nullopt;
    CompiledKernel *code = find(*kernel);
    if (!code)
      return Results(failure());
    return code->run(operands);
  }

private:
  /// A function that computes what `op` does; null where that is no kernel.
  static OwningOpRef<func::FuncOp> kernelOf(Operation *op) {
    if (auto call = dyn_cast<func::CallOp>(op)) {
      auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(op, call.getCalleeAttr());
      return callee && !callee.isExternal() ? callee.clone() : func::FuncOp();
    }
    if (!isa<ReferenceOpInterface, SequentialOpInterface>(op) || op->getNumResults() == 0)
      return {};
    ImplicitLocOpBuilder b(op->getLoc(), op->getContext());
    auto type = b.getFunctionType(op->getOperandTypes(), op->getResultTypes());
    OwningOpRef<func::FuncOp> kernel = func::FuncOp::create(op->getLoc(), "kernel", type);
    Block *entry = kernel->addEntryBlock();
    b.setInsertionPointToStart(entry);
    IRMapping map;
    map.map(op->getOperands(), entry->getArguments());
    func::ReturnOp::create(b, b.clone(*op, map)->getResults());
    return kernel;
  }

  CompiledKernel *find(func::FuncOp kernel) {
    std::string text;
    llvm::raw_string_ostream stream(text);
    kernel->print(stream, OpPrintingFlags().useLocalScope());
    auto &place = known[text];
    if (!place) {
      auto compiled = CompiledKernel::compile(compiler, kernel);
      if (succeeded(compiled))
        place = std::make_unique<CompiledKernel>(std::move(*compiled));
    }
    return place.get();
  }

  KernelCompiler compiler;
  CpuTarget target{compiler.machine()};
  std::map<std::string, std::unique_ptr<CompiledKernel>> known;
};
} // namespace

InterpreterOptions dlc::compiledExecution(bool sanitizeAddress) {
  InterpreterOptions options;
  auto compiled = std::make_shared<Compiled>(sanitizeAddress);
  options.execute = [compiled](Operation *op, ArrayRef<Literal> operands) {
    return compiled->execute(op, operands);
  };
  return options;
}
