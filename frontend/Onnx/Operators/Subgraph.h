// What the operators with subgraphs share: a place to build regions in, and lists of tensors.
//
// A sequence is known element by element: its value is a tuple that a cast makes of tensors, so
// that it costs nothing and is gone when its operators are. An optional value is its element, or a
// cast of nothing, of type none.
#pragma once

#include "Onnx/GraphImporter.h"

namespace dlc::onnx {

/// An op that holds regions while they are filled, in the place of the op that will: what is inside
/// has parents then, as verification needs, and the results' types are known only after.
IfOp buildHolder(NodeReader &);

/// The permutation that moves dimension `from` to `to`.
Shape movedDimension(int64_t rank, int64_t from, int64_t to);

bool isSequence(mlir::Value);
bool isNothing(mlir::Value);
/// The tensors of a sequence.
Values elementsOf(mlir::Value sequence);
mlir::Value buildSequence(mlir::OpBuilder &, mlir::Location, mlir::ValueRange elements);
mlir::Value buildNothing(mlir::OpBuilder &, mlir::Location);

/// The tensors in `values`, and values of the same structure made of other tensors.
Values leavesOf(mlir::ValueRange values);
Values rebuilt(mlir::OpBuilder &, mlir::Location, mlir::ValueRange like, mlir::ValueRange leaves);
/// Whether both are sequences of the same length, or neither is one, and so on.
bool sameStructure(mlir::ValueRange, mlir::ValueRange);

/// Imports a body whose inputs are `inputs`; none after an error, which is in `diagnostics`.
std::optional<Values> importBody(NodeReader &, const Graph &, mlir::ValueRange inputs,
                                 mlir::ImplicitLocOpBuilder &, Diagnostics &);

} // namespace dlc::onnx
