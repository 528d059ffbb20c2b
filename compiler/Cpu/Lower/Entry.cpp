// Loads the pointers of a kernel's buffers and calls its body.
#include "Cpu/Lower/Entry.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace mlir;
using namespace dlc;

static constexpr StringLiteral pointerAttribute = "dlc.pointer";

static std::string bodyName(StringRef symbol) { return (symbol + ".body").str(); }

FailureOr<std::vector<KernelEntry>> dlc::takeEntries(ModuleOp module) {
  std::vector<KernelEntry> entries;
  for (auto function : module.getOps<func::FuncOp>()) {
    if (function.isPrivate())
      continue;
    KernelEntry &entry = entries.emplace_back();
    entry.symbol = function.getName().str();
    ArrayRef<Type> types = function.getArgumentTypes();
    bool wellFormed = types.size() >= 3 && function.getNumResults() == 0 &&
                      llvm::all_of(types.take_back(3), [](Type t) { return t.isIndex(); });
    for (unsigned i = 0; wellFormed && i + 3 < types.size(); ++i) {
      auto buffer = dyn_cast<MemRefType>(types[i]);
      wellFormed = buffer && buffer.getRank() == 1 && buffer.hasStaticShape();
      auto position = function.getArgAttrOfType<IntegerAttr>(i, pointerAttribute);
      entry.pointers.push_back(position ? position.getInt() : i);
      if (position)
        function.removeArgAttr(i, pointerAttribute);
    }
    if (!wellFormed)
      return function.emitOpError("is no kernel: expected 1-D memrefs, then begin, end and slot");
    function.setName(bodyName(entry.symbol));
    function.setPrivate();
  }
  return entries;
}

void dlc::buildEntries(ModuleOp module, ArrayRef<KernelEntry> entries) {
  ImplicitLocOpBuilder b(module.getLoc(), module.getContext());
  auto pointer = LLVM::LLVMPointerType::get(module.getContext());
  Type i64 = b.getI64Type(), i32 = b.getI32Type();
  auto type = LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(module.getContext()),
                                          {pointer, i64, i64, i32});
  for (const KernelEntry &kernel : entries) {
    auto body = module.lookupSymbol<LLVM::LLVMFuncOp>(bodyName(kernel.symbol));
    body.setLinkage(LLVM::Linkage::Internal);
    b.setInsertionPointToEnd(module.getBody());
    auto entry = LLVM::LLVMFuncOp::create(b, kernel.symbol, type);
    Block *block = entry.addEntryBlock(b);
    b.setInsertionPointToStart(block);
    SmallVector<Value> operands;
    for (int64_t position : kernel.pointers) {
      Value place = LLVM::GEPOp::create(b, pointer, pointer, block->getArgument(0),
                                        ArrayRef<LLVM::GEPArg>{int32_t(position)});
      operands.push_back(LLVM::LoadOp::create(b, pointer, place));
    }
    operands.push_back(block->getArgument(1));
    operands.push_back(block->getArgument(2));
    operands.push_back(LLVM::SExtOp::create(b, i64, block->getArgument(3)));
    LLVM::CallOp::create(b, body, operands);
    LLVM::ReturnOp::create(b, ValueRange{});
  }
}
