// Weights are equal if the text of what computes them is, down to the bytes of the model's file.
#include "Emit/Levels.h"
#include "Core/Core.h"
#include "Emit/Entry.h"
#include "Graph/Target.h"
#include "manifest.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- weights
namespace {
/// Texts of weights, each with a number.
class WeightNames {
public:
  void enter(ModuleOp next) {
    module = next;
    known.clear();
  }

  /// The same number for equal weights of any module.
  unsigned numberOf(StringRef symbol) {
    auto [place, isNew] = known.try_emplace(symbol, 0);
    if (!isNew)
      return place->second;
    unsigned number = numbers.try_emplace(textOf(symbol), numbers.size()).first->second;
    return known[symbol] = number;
  }

private:
  std::string textOf(StringRef symbol) {
    std::string text;
    llvm::raw_string_ostream out(text);
    Operation *weight = module.lookupSymbol(symbol);
    if (auto data = dyn_cast_or_null<WeightDataOp>(weight)) {
      auto files = module->getAttrOfType<ArrayAttr>("dlc.files");
      out << files[data.getFile()] << ' ' << data.getOffset() << ' ' << data.getLength() << ' '
          << data.getType();
      return text;
    }
    DenseMap<Value, unsigned> values;
    for (Operation &op : cast<DerivedWeightOp>(weight).getBody().front()) {
      out << op.getName();
      if (auto read = dyn_cast<WeightOp>(op))
        out << ' ' << numberOf(read.getWeight());
      else
        out << op.getAttrDictionary();
      for (Value operand : op.getOperands())
        out << ' ' << values.lookup(operand);
      for (Value result : op.getResults()) {
        out << ' ' << result.getType();
        values.try_emplace(result, values.size());
      }
      out << '\n';
    }
    return text;
  }

  ModuleOp module;
  llvm::StringMap<unsigned> known, numbers;
};
} // namespace

static void moveWeights(ModuleOp module, const DenseMap<int64_t, int64_t> &moved) {
  module.walk([&](BufferOp buffer) {
    if (buffer.getSpace() == BufferSpace::weights)
      buffer.setOffset(moved.lookup(buffer.getOffset()));
  });
}

void dlc::shareWeights(ArrayRef<ModuleOp> modules) {
  WeightNames names;
  DenseMap<unsigned, int64_t> places;
  int64_t total = 0;
  for (ModuleOp module : modules) {
    Builder b(module.getContext());
    auto table = module->getAttrOfType<ArrayAttr>("dlc.weights");
    if (!table)
      continue;
    names.enter(module);
    SmallVector<Attribute> added;
    DenseMap<int64_t, int64_t> moved;
    int64_t start = total;
    for (auto entry : table.getAsRange<DictionaryAttr>()) {
      auto symbol = entry.getAs<FlatSymbolRefAttr>("symbol");
      auto [place, isNew] = places.try_emplace(names.numberOf(symbol.getValue()), total);
      moved[entry.getAs<IntegerAttr>("offset").getInt()] = place->second;
      if (!isNew)
        continue;
      NamedAttrList fields(entry);
      fields.set("offset", b.getI64IntegerAttr(total - start));
      added.push_back(fields.getDictionary(module.getContext()));
      total += llvm::alignTo(entry.getAs<IntegerAttr>("bytes").getInt(), DLC_ALIGN_DEFAULT);
    }
    moveWeights(module, moved);
    module->setAttr("dlc.weights", b.getArrayAttr(added));
    module->setAttr("dlc.weight_bytes", b.getI64IntegerAttr(total - start));
  }
}

// ---------------------------------------------------------------- names
void dlc::appendToKernelNames(ModuleOp module, StringRef suffix) {
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr(kernelMark))
      function.setName((function.getName() + suffix).str());
  module.walk([&](LaunchOp launch) { launch.setKernel((launch.getKernel() + suffix).str()); });
}

std::string dlc::nameOfLevel(const Artifact &whole, const Machine &machine) {
  return whole.name + "_" + makeIdentifier(machine.cpu);
}

// ---------------------------------------------------------------- the choice
namespace {
class LevelsBuilder {
public:
  LevelsBuilder(const Artifact &whole, ArrayRef<Artifact> levels, llvm::Module &code)
      : whole(whole), levels(levels), code(code), b(code.getContext()) {}

  void build() {
    buildChoice();
    buildCpuOk();
    size_t pointers = whole.pointerCount() + 2; // and arena, parallel
    buildForward("_run", pointers);
    buildForward("_call", 2);
  }

private:
  llvm::Function *create(const llvm::Twine &name, size_t pointers,
                         llvm::GlobalValue::LinkageTypes linkage) {
    SmallVector<llvm::Type *> types(pointers, b.getPtrTy());
    auto *function = llvm::Function::Create(llvm::FunctionType::get(b.getInt32Ty(), types, false),
                                            linkage, name, code);
    b.SetInsertPoint(llvm::BasicBlock::Create(code.getContext(), "", function));
    return function;
  }

  llvm::FunctionCallee ofLevel(const Artifact &level, StringRef suffix, size_t pointers) {
    SmallVector<llvm::Type *> types(pointers, b.getPtrTy());
    return code.getOrInsertFunction((level.name + suffix).str(),
                                    llvm::FunctionType::get(b.getInt32Ty(), types, false));
  }

  llvm::BasicBlock *block() {
    return llvm::BasicBlock::Create(code.getContext(), "", b.GetInsertBlock()->getParent());
  }

  // int choose(void): the number of the first level that the processor has, or of the last one. Two
  // threads that ask at the same time find the same.
  void buildChoice() {
    auto *type = b.getInt32Ty();
    auto *kept =
        new llvm::GlobalVariable(code, type, /*isConstant=*/false,
                                 llvm::GlobalValue::InternalLinkage, b.getInt32(0), "level");
    choose = create("choose_level", 0, llvm::GlobalValue::InternalLinkage);
    llvm::LoadInst *known = b.CreateAlignedLoad(type, kept, llvm::Align(4));
    known->setAtomic(llvm::AtomicOrdering::Monotonic);
    llvm::BasicBlock *asked = block(), *first = block();
    b.CreateCondBr(b.CreateIsNotNull(known), asked, first);
    b.SetInsertPoint(asked);
    b.CreateRet(known);
    b.SetInsertPoint(first);
    for (auto [i, level] : llvm::enumerate(levels)) {
      llvm::BasicBlock *found = block(), *next = block();
      if (i + 1 == levels.size())
        b.CreateBr(found);
      else
        b.CreateCondBr(b.CreateIsNotNull(b.CreateCall(ofLevel(level, "_cpu_ok", 0))), found, next);
      b.SetInsertPoint(found);
      llvm::StoreInst *store = b.CreateAlignedStore(b.getInt32(i + 1), kept, llvm::Align(4));
      store->setAtomic(llvm::AtomicOrdering::Monotonic);
      b.CreateRet(b.getInt32(i + 1));
      b.SetInsertPoint(next);
    }
    b.CreateUnreachable();
  }

  void buildCpuOk() {
    create(whole.name + "_cpu_ok", 0, llvm::GlobalValue::ExternalLinkage);
    llvm::Value *any = b.getInt32(0);
    for (const Artifact &level : levels)
      any = b.CreateOr(any, b.CreateCall(ofLevel(level, "_cpu_ok", 0)));
    b.CreateRet(any);
  }

  void buildForward(StringRef suffix, size_t pointers) {
    llvm::Function *function =
        create(whole.name + suffix, pointers, llvm::GlobalValue::ExternalLinkage);
    SmallVector<llvm::Value *> arguments;
    for (llvm::Argument &argument : function->args())
      arguments.push_back(&argument);
    llvm::Value *level = b.CreateCall(choose);
    llvm::BasicBlock *last = block();
    llvm::SwitchInst *choice = b.CreateSwitch(level, last, levels.size() - 1);
    for (auto [i, part] : llvm::enumerate(levels)) {
      llvm::BasicBlock *here = i + 1 == levels.size() ? last : block();
      if (here != last)
        choice->addCase(b.getInt32(i + 1), here);
      b.SetInsertPoint(here);
      llvm::CallInst *call = b.CreateCall(ofLevel(part, suffix, pointers), arguments);
      call->setTailCallKind(llvm::CallInst::TCK_Tail);
      b.CreateRet(call);
      b.SetInsertPoint(choice);
    }
  }

  const Artifact &whole;
  ArrayRef<Artifact> levels;
  llvm::Module &code;
  llvm::IRBuilder<> b;
  llvm::Function *choose = nullptr;
};
} // namespace

void dlc::buildLevels(const Artifact &whole, ArrayRef<Artifact> levels, llvm::Module &code) {
  if (whole.storage == WeightStorage::Embed)
    buildWeightSection(code, whole.weightBytes, whole.name + weightSymbolSuffix)
        ->setLinkage(llvm::GlobalValue::ExternalLinkage);
  LevelsBuilder(whole, levels, code).build();
}
