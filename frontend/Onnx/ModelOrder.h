// The order of nodes. ONNX wants the nodes of a graph in the order of their use, and public models
// exist that are not (an exporter appended nodes that earlier ones read). There is one meaning
// only, so they are sorted rather than refused; what cannot be sorted is a cycle.
#pragma once

#include "Onnx/Model.h"

namespace dlc::onnx {

/// Sorts the nodes of every graph and function that are not in the order of their use, with a
/// warning, and reports one node of every list that has a cycle. What is in order stays as written,
/// and a node's ordinal stays its position in the file.
void orderNodes(Model &model, Diagnostics &diagnostics);

} // namespace dlc::onnx
