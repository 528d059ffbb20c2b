// The order of nodes. ONNX wants the nodes of a graph in the order of their use, and public models
// exist that are not (an exporter appended nodes that earlier ones read). There is one meaning
// only, so they are sorted rather than refused; what cannot be sorted is a cycle.
#pragma once

#include "Onnx/Model.h"

namespace dlc::onnx {

/// Sorts the nodes of every graph and function that are not in the order of their use, keeping the
/// written order otherwise. A node's ordinal stays its position in the file. Graphs with cycles are
/// left alone. False if all was in order.
bool sortNodes(Model &model);

/// A node that reads its own result directly or through others; null if there is none.
const Node *findCycle(llvm::ArrayRef<Node> nodes);

} // namespace dlc::onnx
