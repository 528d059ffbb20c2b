// onnx-read FILE...: one line for each file that can be read, else its diagnostics; the exit code
// of the last failure.
#include "Onnx/Reader.h"

int main(int count, char **arguments) {
  int exitCode = 0;
  for (int i = 1; i < count; ++i) {
    dlc::Diagnostics diagnostics;
    std::unique_ptr<dlc::onnx::Model> model = dlc::onnx::readModel(arguments[i], diagnostics);
    diagnostics.print(llvm::errs());
    if (model)
      llvm::outs() << arguments[i] << ": " << model->nodeCount() << " nodes, "
                   << model->graph.initializers.size() << " initializers, " << model->files.size()
                   << " files\n";
    else
      exitCode = diagnostics.exitCode();
  }
  return exitCode;
}
