// Where in a model something is, for diagnostics: a chain of what a walk has entered, on the stack
// of the walk, turned into text only when there is something to report.
#pragma once

#include "Onnx/Model.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace dlc::onnx {

struct Place {
  const Place *outer = nullptr;
  // Exactly one is set.
  const Graph *graph = nullptr;
  const Function *function = nullptr;
  const Node *node = nullptr;
  const Attribute *attribute = nullptr;
  const Tensor *tensor = nullptr;

  /// "attribute 'value' of node 'c' (Constant) in subgraph 'then'"
  std::string text() const;

  Place in(const Graph &inner) const { return {.outer = this, .graph = &inner}; }
  Place in(const Node &inner) const { return {.outer = this, .node = &inner}; }
  Place in(const Attribute &inner) const { return {.outer = this, .attribute = &inner}; }
  Place in(const Tensor &inner) const { return {.outer = this, .tensor = &inner}; }
};

/// Calls `each` with every tensor of the model: initializers, parts of sparse tensors, attributes,
/// of subgraphs and functions too.
void forEachTensor(Model &model, llvm::function_ref<void(Tensor &, const Place &)> each);

/// Calls `each` with every sparse tensor of the model.
void forEachSparseTensor(const Model &model,
                         llvm::function_ref<void(const SparseTensor &, const Place &)> each);

} // namespace dlc::onnx
