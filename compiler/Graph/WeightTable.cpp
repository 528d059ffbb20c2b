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

Value WeightTable::derive(Operation *op) {
  std::string key, stem;
  llvm::raw_string_ostream stream(key);
  stream << op->getName() << op->getAttrDictionary() << op->getResult(0).getType();
  for (Value operand : op->getOperands()) {
    if (auto weight = operand.getDefiningOp<WeightOp>()) {
      stream << " " << weight.getWeight();
      if (stem.empty())
        stem = weight.getWeight().str();
    } else if (auto constant = operand.getDefiningOp<ConstantOp>()) {
      stream << " " << constant.getValue();
    } else {
      return {};
    }
  }
  if (stem.empty())
    stem = "constant";
  auto [symbol, type] = derive(stem, key, [&](ImplicitLocOpBuilder &b) {
    IRMapping mapping;
    for (Value operand : op->getOperands())
      if (!mapping.contains(operand))
        b.clone(*operand.getDefiningOp(), mapping);
    return b.clone(*op, mapping)->getResult(0);
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
