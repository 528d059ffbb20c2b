// Kernels as functions: free ops are cloned in, composites decomposed, names made of the ops and a
// hash of the text, so that the same text has the same name in every compile.
#include "Graph/Kernel.h"
#include "Graph/Target.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Verifier.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

using namespace mlir;
using namespace dlc;

// ---------------------------------------------------------------- kinds of ops
// A constant that is no splat becomes a weight: kernels differ by their text, never by its numbers.
bool dlc::isConstantLike(Operation *op) {
  if (op->hasTrait<OpTrait::ConstantLike>())
    return true;
  return op->getNumOperands() == 0 && isa<ReferenceOpInterface>(op);
}

bool dlc::isSpread(Operation *op) {
  if (!op->hasTrait<MovementOp>() || op->getNumOperands() != 1)
    return false;
  ReferenceForm form = cast<ReferenceOpInterface>(op).referenceForm();
  if (form.reads.size() != 1 || form.reads[0].guard || form.piecewise)
    return false;
  return tensorType(op->getResult(0)).getNumElements() >
             tensorType(op->getOperand(0)).getNumElements() ||
         isa<BroadcastOp>(op);
}

bool dlc::isView(Operation *op) { return isa<ReshapeOp>(op); }

bool dlc::staysInProgram(Operation *op) {
  return op->getNumRegions() > 0 || op->hasTrait<OpTrait::IsTerminator>() ||
         isa<WeightOp, CallOp, FailOp, BoundedOp, UnboundedOp, ExtentOp>(op);
}

// ---------------------------------------------------------------- building
namespace {
class KernelBuilder {
public:
  KernelBuilder(ArrayRef<Operation *> ops) : ops(ops), inside(ops.begin(), ops.end()) {}

  KernelCandidate build() {
    KernelCandidate candidate;
    MLIRContext *context = ops.front()->getContext();
    OpBuilder b(context);
    Location unknown = b.getUnknownLoc();
    auto function = func::FuncOp::create(unknown, "kernel", b.getFunctionType({}, {}));
    function.setPrivate();
    function->setAttr(kernelMark, b.getUnitAttr());
    candidate.function = function;
    body = function.addEntryBlock();
    b.setInsertionPointToEnd(body);
    for (Operation *op : ops)
      cloneInto(b, op);
    SmallVector<Value> returned;
    for (Operation *op : ops)
      for (Value result : op->getResults())
        if (isReadOutside(result)) {
          candidate.results.push_back(result);
          returned.push_back(mapping.lookup(result));
        }
    func::ReturnOp::create(b, unknown, returned);
    function.setFunctionType(b.getFunctionType(body->getArgumentTypes(), TypeRange(returned)));
    decomposeComposites(function);
    candidate.operands = std::move(operands);
    return candidate;
  }

private:
  /// The function's value for a value of the program: a clone of a free op, else an argument.
  Value lookup(OpBuilder &b, Value value) {
    if (Value known = mapping.lookupOrNull(value))
      return known;
    Operation *producer = value.getDefiningOp();
    bool clone = producer && isFree(producer) &&
                 (isConstantLike(producer) || isSpread(producer) || readsInside(producer));
    if (clone) {
      cloneInto(b, producer);
      return mapping.lookup(value);
    }
    operands.push_back(value);
    mapping.map(value, body->addArgument(value.getType(), b.getUnknownLoc()));
    return mapping.lookup(value);
  }

  /// Whether a view's operand is computed in the kernel: else the view is taken outside, for free.
  bool readsInside(Operation *view) {
    Operation *producer = view->getOperand(0).getDefiningOp();
    return producer && (inside.contains(producer) ||
                        (isFree(producer) && (isConstantLike(producer) || isSpread(producer) ||
                                              readsInside(producer))));
  }

  void cloneInto(OpBuilder &b, Operation *op) {
    for (Value operand : op->getOperands())
      lookup(b, operand);
    Operation *copy = b.clone(*op, mapping);
    copy->setLoc(b.getUnknownLoc());
  }

  /// Whether something that is not in the kernel reads the value, through free ops or not.
  bool isReadOutside(Value value) {
    return llvm::any_of(value.getUsers(), [&](Operation *user) {
      if (inside.contains(user))
        return false;
      if (!isFree(user))
        return true;
      return llvm::any_of(user->getResults(), [&](Value v) { return isReadOutside(v); });
    });
  }

  static void decomposeComposites(func::FuncOp function) {
    SmallVector<Operation *> composites;
    function.walk([&](CompositeOpInterface op) { composites.push_back(op); });
    for (Operation *op : composites) {
      ImplicitLocOpBuilder b(op->getLoc(), op);
      SmallVector<Value> values = cast<CompositeOpInterface>(op).decompose(b);
      op->replaceAllUsesWith(values);
      op->erase();
    }
    if (!composites.empty())
      decomposeComposites(function);
  }

  ArrayRef<Operation *> ops;
  llvm::SmallPtrSet<Operation *, 16> inside;
  IRMapping mapping;
  Block *body = nullptr;
  SmallVector<Value> operands;
};
} // namespace

KernelCandidate dlc::buildKernel(ArrayRef<Operation *> ops) { return KernelBuilder(ops).build(); }

// ---------------------------------------------------------------- names
std::string dlc::kernelStem(ArrayRef<Operation *> ops) {
  constexpr size_t wordsMax = 5;
  SmallVector<std::string> words;
  for (Operation *op : ops) {
    if (words.size() == wordsMax)
      break;
    std::string word = op->getName().stripDialect().str();
    if (auto conv = dyn_cast<ConvOp>(op)) // conv3x3
      word += llvm::join(llvm::map_range(tensorType(conv.getW()).getShape().drop_front(2),
                                         [](int64_t n) { return std::to_string(n); }),
                         "x");
    if (words.empty() || words.back() != word)
      words.push_back(word);
  }
  return llvm::join(words, "_");
}

static void appendNames(Location location, SmallVectorImpl<Attribute> &names) {
  location->walk([&](Location part) {
    if (auto name = dyn_cast<NameLoc>(part))
      if (!name.getName().empty() && !llvm::is_contained(names, name.getName()))
        names.push_back(name.getName());
    return WalkResult::advance();
  });
}

ArrayAttr dlc::nodesOf(ArrayRef<Operation *> ops) {
  SmallVector<Attribute> names;
  for (Operation *op : ops)
    appendNames(op->getLoc(), names);
  return names.empty() ? ArrayAttr() : ArrayAttr::get(ops.front()->getContext(), names);
}

// ---------------------------------------------------------------- aliases
// All uses of the argument, and of what is computed from it, are elementwise. Each op is looked at
// once: a chain that reads every value twice has exponentially many paths.
static bool flowsPointwise(Value argument) {
  SmallPtrSet<Operation *, 16> seen;
  SmallVector<Value> waiting{argument};
  while (!waiting.empty())
    for (Operation *user : waiting.pop_back_val().getUsers()) {
      if (isa<func::ReturnOp>(user) || !seen.insert(user).second)
        continue;
      if (!user->hasTrait<PointwiseOp>())
        return false;
      waiting.push_back(user->getResult(0));
    }
  return true;
}

SmallVector<std::pair<int64_t, int64_t>> dlc::aliasPairs(func::FuncOp kernel) {
  SmallVector<std::pair<int64_t, int64_t>> pairs;
  Block &body = kernel.getBody().front();
  bool pointwise = llvm::all_of(body.without_terminator(), [](Operation &op) {
    return op.hasTrait<PointwiseOp>() || isConstantLike(&op) || isSpread(&op);
  });
  if (!pointwise)
    return pairs;
  for (auto [result, value] : llvm::enumerate(body.getTerminator()->getOperands()))
    for (BlockArgument argument : body.getArguments())
      if (argument.getType() == value.getType() && flowsPointwise(argument) &&
          !kernel.getArgAttr(argument.getArgNumber(), weightMark))
        pairs.emplace_back(result, argument.getArgNumber());
  return pairs;
}

// ---------------------------------------------------------------- equal kernels
FlatSymbolRefAttr KernelTable::insert(OwningOpRef<func::FuncOp> kernel, StringRef stem) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  kernel->print(stream, OpPrintingFlags().useLocalScope().printGenericOpForm());
  FlatSymbolRefAttr &symbol = known[text];
  if (symbol)
    return symbol;
  std::string digits = llvm::utohexstr(llvm::xxh3_64bits(text), /*LowerCase=*/true, 16);
  size_t length = 4;
  while (length < digits.size() && symbols.lookup((stem + "_" + digits.substr(0, length)).str()))
    ++length;
  func::FuncOp function = kernel.release();
  function.setSymName((stem + "_" + digits.substr(0, length)).str());
  symbols.insert(function, module.getBody()->begin());
  return symbol = FlatSymbolRefAttr::get(function);
}
