// A derived weight is a region of core ops over other weights. It is never computed here: the
// object's writer evaluates it, streamed (Weights.h).
#include "Graph/WeightTable.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace dlc;

std::pair<FlatSymbolRefAttr, RankedTensorType>
WeightTable::derive(StringRef stem, const std::string &key,
                    llvm::function_ref<Value(ImplicitLocOpBuilder &)> build) {
  auto &entry = known[key];
  if (entry.first)
    return entry;
  std::string name = stem.str();
  for (int64_t i = 1; symbols.lookup(name); ++i)
    name = (stem + "_" + Twine(i)).str();
  ImplicitLocOpBuilder b(module.getLoc(), module.getContext());
  // The type is known once the region is built.
  auto unknown = RankedTensorType::get({}, b.getF32Type());
  auto weight = DerivedWeightOp::create(b, name, unknown);
  b.setInsertionPointToStart(&weight.getBody().emplaceBlock());
  Value value = build(b);
  ReturnOp::create(b, value);
  weight.setType(value.getType());
  Block *top = module.getBody();
  auto function = llvm::find_if(*top, [](Operation &op) { return isa<func::FuncOp>(op); });
  symbols.insert(weight, Block::iterator(function));
  entry = {FlatSymbolRefAttr::get(weight), tensorType(value)};
  return entry;
}

// The expression as text, and a name: that of the first weight in it.
static void describe(Operation *op, llvm::raw_ostream &key, std::string &stem) {
  key << "(" << op->getName() << op->getAttrDictionary() << op->getResult(0).getType();
  if (auto weight = dyn_cast<WeightOp>(op); weight && stem.empty())
    stem = weight.getWeight().str();
  for (Value operand : op->getOperands())
    describe(operand.getDefiningOp(), key, stem);
  key << ")";
}

static Value cloneExpression(ImplicitLocOpBuilder &b, Operation *op, IRMapping &mapping) {
  for (Value operand : op->getOperands())
    if (!mapping.contains(operand))
      cloneExpression(b, operand.getDefiningOp(), mapping);
  return b.clone(*op, mapping)->getResult(0);
}

static bool isConstantTree(Operation *op) {
  if (op && (isa<WeightOp>(op) || op->hasTrait<OpTrait::ConstantLike>()))
    return true;
  return op && op->hasTrait<MovementOp>() && llvm::all_of(op->getOperands(), [](Value operand) {
           return isConstantTree(operand.getDefiningOp());
         });
}

Value WeightTable::derive(Operation *op) {
  if (!llvm::all_of(op->getOperands(),
                    [](Value operand) { return isConstantTree(operand.getDefiningOp()); }))
    return {};
  std::string key, stem;
  llvm::raw_string_ostream stream(key);
  describe(op, stream, stem);
  if (stem.empty())
    stem = "constant";
  auto [symbol, type] = derive(stem, key, [&](ImplicitLocOpBuilder &b) {
    IRMapping mapping;
    return cloneExpression(b, op, mapping);
  });
  ImplicitLocOpBuilder b(op->getLoc(), op);
  return WeightOp::create(b, type, symbol);
}

void dlc::eraseDeadWeights(ModuleOp module) {
  // From the users to the used: a dead derived weight may hold the last use of another.
  for (bool changed = true; changed;) {
    changed = false;
    llvm::DenseSet<Attribute> read;
    module.walk([&](WeightOp op) { read.insert(op.getWeightAttr()); });
    for (Operation &op : llvm::make_early_inc_range(*module.getBody()))
      if (isa<WeightDataOp, DerivedWeightOp>(op) && !read.contains(FlatSymbolRefAttr::get(&op))) {
        op.erase();
        changed = true;
      }
  }
}
