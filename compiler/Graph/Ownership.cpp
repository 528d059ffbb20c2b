// Users of every value of a storage, each taken as its ancestor in the block.
#include "Graph/Ownership.h"

using namespace mlir;
using namespace dlc;

void Ownership::own(OpResult result) {
  storageOf[result] = storages.size();
  storages.push_back({result.getOwner()->getBlock(), {result}});
}

void Ownership::share(Value owner, Value alias) {
  auto found = storageOf.find(owner);
  if (found == storageOf.end())
    return;
  size_t which = found->second;
  storages[which].values.push_back(alias);
  storageOf[alias] = which;
}

bool Ownership::diesAt(Value value, Operation *op) const {
  auto found = storageOf.find(value);
  if (found == storageOf.end() || storages[found->second].block != op->getBlock())
    return false;
  int64_t reads = 0;
  for (Value alias : storages[found->second].values) {
    // Another result of this op took the place already.
    if (alias.getDefiningOp() == op)
      return false;
    for (Operation *user : alias.getUsers()) {
      Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
      if (!ancestor || (ancestor != op && op->isBeforeInBlock(ancestor)))
        return false;
      // One user appears once for each operand; a read inside of a region counts as two.
      if (ancestor == op)
        reads += user == op ? 1 : 2;
    }
  }
  return reads == 1;
}
