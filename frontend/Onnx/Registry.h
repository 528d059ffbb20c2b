// The operators that are known: for each the versions in which its form changed, and the function
// that decomposes it. Of the versions, the newest that the model's operator set includes is taken.
// The operators stand in Operators/, one file a section.
#pragma once

#include "Onnx/NodeReader.h"
#include "llvm/ADT/StringMap.h"

namespace dlc::onnx {

/// Builds core ops for a node and returns a value per output (null: an output that it does not
/// have).
using Decomposition = std::function<Values(NodeReader &)>;

class Registry {
public:
  struct Version {
    int64_t since;
    Decomposition decomposition;
  };

  /// All operators.
  static const Registry &get();

  void add(llvm::StringRef name, std::vector<Version> versions) {
    operators.insert({name, std::move(versions)});
  }
  /// `name` of the default domain, or "domain.name". One form for all versions from `since` on.
  void add(llvm::StringRef name, int64_t since, Decomposition decomposition) {
    operators[name].push_back({since, std::move(decomposition)});
  }

  /// What a reader should know of an operator: which forms are refused.
  void note(llvm::StringRef name, llvm::StringRef text) { notes[name] = text.str(); }

  /// An operator as the documentation shows it.
  struct Entry {
    std::string domain, name;
    int64_t since;
    std::string note;
  };
  /// By domain and name.
  std::vector<Entry> entries() const;

  bool isKnown(llvm::StringRef name) const { return operators.contains(name); }
  /// Null if the operator is unknown or newer than `opset`.
  const Decomposition *find(llvm::StringRef name, int64_t opset) const;

private:
  llvm::StringMap<std::vector<Version>> operators;
  llvm::StringMap<std::string> notes;
};

void addActivations(Registry &);
void addAttention(Registry &);
void addControl(Registry &);
void addConvolutions(Registry &);
void addCreations(Registry &);
void addDeterminant(Registry &);
void addEinsum(Registry &);
void addExperimental(Registry &);
void addFourier(Registry &);
void addFused(Registry &);
void addFusedAttention(Registry &);
void addFusedQuantization(Registry &);
void addLogic(Registry &);
void addLoops(Registry &);
void addLosses(Registry &);
void addMath(Registry &);
void addMatrices(Registry &);
void addMovements(Registry &);
void addNormalizations(Registry &);
void addOrders(Registry &);
void addPad(Registry &);
void addPoolings(Registry &);
void addQuantizations(Registry &);
void addRandoms(Registry &);
void addRecurrences(Registry &);
void addReductions(Registry &);
void addRegions(Registry &);
void addResizes(Registry &);
void addSampling(Registry &);
void addScans(Registry &);
void addScatters(Registry &);
void addSelections(Registry &);
void addSequenceStates(Registry &);
void addSequences(Registry &);
void addSlice(Registry &);
void addSuppression(Registry &);
void addTexts(Registry &);
void addTraining(Registry &);
void addTrigonometry(Registry &);

} // namespace dlc::onnx
