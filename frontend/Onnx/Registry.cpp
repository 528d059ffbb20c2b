#include "Onnx/Registry.h"

namespace dlc::onnx {

const Registry &Registry::get() {
  static const Registry registry = [] {
    Registry r;
    addActivations(r);
    addAttention(r);
    addControl(r);
    addConvolutions(r);
    addCreations(r);
    addDeterminant(r);
    addEinsum(r);
    addExperimental(r);
    addFourier(r);
    addFused(r);
    addFusedAttention(r);
    addFusedQuantization(r);
    addLogic(r);
    addLoops(r);
    addLosses(r);
    addMath(r);
    addMatrices(r);
    addMovements(r);
    addNormalizations(r);
    addPoolings(r);
    addQuantizations(r);
    addRandoms(r);
    addRecurrences(r);
    addReductions(r);
    addRegions(r);
    addResizes(r);
    addSampling(r);
    addScans(r);
    addSelections(r);
    addSequenceStates(r);
    addSequences(r);
    addTrigonometry(r);
    return r;
  }();
  return registry;
}

const Decomposition *Registry::find(llvm::StringRef name, int64_t opset) const {
  auto entry = operators.find(name);
  if (entry == operators.end())
    return nullptr;
  const Decomposition *best = nullptr;
  for (const Version &version : entry->second) // ascending
    if (version.since <= opset)
      best = &version.decomposition;
  return best;
}

} // namespace dlc::onnx
