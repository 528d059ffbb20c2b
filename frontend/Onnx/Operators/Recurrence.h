// What RNN, GRU and LSTM share: inputs in one layout, directions, sequences of different lengths,
// and the loop. The products with the inputs of all steps are one product before the loop; a cell
// computes what depends on the step before.
#pragma once

#include "Onnx/Operators/RecurrentActivation.h"

namespace dlc::onnx {

/// How many gates an operator has, and how many tensors its state is (h; LSTM: h, c).
struct RecurrenceKind {
  int64_t gates, states;
  llvm::ArrayRef<llvm::StringRef> activations; // of one direction
};

/// What the node says, in the layout [steps, batch, ...].
struct Recurrence {
  RecurrenceKind kind;
  TensorExpr x, w, r;
  std::optional<TensorExpr> bias, lengths, peepholes;
  std::vector<std::optional<TensorExpr>> initial; // one for each tensor of the state
  int64_t hidden, directions, steps, batch;
  double clip;
  bool batchFirst, reverse;
  llvm::SmallVector<RecurrentActivation> activations; // of all directions
};

/// The tensors of one direction. The bias of the inputs and that of the state stand apart, for a
/// gate may scale the latter.
struct Direction {
  bool backward;
  TensorExpr w, r;                        // [gates H, inputs], [gates H, H]
  std::optional<TensorExpr> biasW, biasR; // [gates H]
  std::optional<TensorExpr> peepholes;    // [3 H], in the order i, o, f
  llvm::ArrayRef<RecurrentActivation> activations;
};

/// One step: the state after, from the gates of the inputs [batch, gates H] and the state before.
using Cell = std::function<Values(const Direction &, TensorExpr z, llvm::ArrayRef<TensorExpr>)>;

/// Reads and checks all inputs and attributes that the three operators share.
Recurrence readRecurrence(NodeReader &, const RecurrenceKind &, bool hasCell);

/// Y and the last states. `foldsBias`: the cell adds no bias of its own, so that both are added to
/// the product with the inputs; else that of the inputs only.
Values runRecurrence(NodeReader &, const Recurrence &, bool foldsBias, const Cell &);

/// Columns [index H, (index + count) H) of the last dimension.
TensorExpr gatesOf(NodeReader &, TensorExpr gates, int64_t index, int64_t hidden,
                   int64_t count = 1);

/// x within [-clip, clip]; 0: as it is.
TensorExpr clipped(const Recurrence &, TensorExpr x);

} // namespace dlc::onnx
