// The nodes of a model with what they compute: the rows of `summary` and `check`. A node is what
// the model's file calls so; the core ops that it became say what it does.
#pragma once

#include "Build.h"

namespace dlc::tool {

struct Layer {
  /// As in the file: name and operator. In a program of core ops each op is a node.
  std::string name, type;
  /// Of the last op; empty where the node left no op (a constant, a shape).
  std::vector<mlir::RankedTensorType> outputs;
  /// Elements of float weights that no node before this one uses; multiply-adds of products.
  int64_t parameters = 0;
  double multiplyAdds = 0;
  /// Whether a gradient can flow through all its ops: yes, no, or it is zero everywhere.
  enum class Gradient { Yes, Zero, No } gradient = Gradient::Yes;
};

/// "conv1 (Conv)": what the location of a node's ops says.
std::string labelOf(const onnx::Node &);

/// All nodes, those of subgraphs too. REQUIRES: `module` is at the stage `graph`. `model` may be
/// null.
std::vector<Layer> layersOf(mlir::ModuleOp module, const onnx::Model *model);

/// "f32[1,64,56,56]"
std::string typeText(mlir::RankedTensorType);

} // namespace dlc::tool
