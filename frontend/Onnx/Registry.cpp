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
    addTexts(r);
    addTraining(r);
    addTrigonometry(r);
    return r;
  }();
  return registry;
}

std::vector<Registry::Entry> Registry::entries() const {
  std::vector<Entry> list;
  for (const auto &entry : operators) {
    auto [domain, name] = entry.getKey().rsplit('.');
    if (name.empty())
      std::tie(domain, name) = std::pair(llvm::StringRef("ai.onnx"), entry.getKey());
    list.push_back(
        {domain.str(), name.str(), entry.getValue().front().since, notes.lookup(entry.getKey())});
  }
  llvm::sort(list, [](const Entry &a, const Entry &b) {
    return std::tie(a.domain, a.name) < std::tie(b.domain, b.name);
  });
  return list;
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
