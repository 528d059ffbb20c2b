// Debug information without types and variables: lines are all that there is.
#include "Emit/LaunchList.h"
#include "Core/Core.h"
#include "Diagnostics/Diagnostics.h"
#include "llvm/IR/DIBuilder.h"
#include "llvm/IR/Module.h"

using namespace mlir;
using namespace dlc;

std::string dlc::makeLaunchList(ModuleOp module) {
  std::string text;
  module.walk<WalkOrder::PreOrder>([&](LaunchOp launch) {
    text += launch.getKernel().str() + ":";
    if (ArrayAttr nodes = launch.getNodesAttr())
      for (auto [i, node] : llvm::enumerate(nodes.getAsRange<StringAttr>()))
        text += (i ? ", " : " ") + shown(node.getValue());
    text += "\n";
  });
  return text;
}

void dlc::attachLaunchList(llvm::Function &run, llvm::StringRef file) {
  llvm::Module &code = *run.getParent();
  code.addModuleFlag(llvm::Module::Warning, "Debug Info Version", llvm::DEBUG_METADATA_VERSION);
  code.addModuleFlag(llvm::Module::Warning, "Dwarf Version", 4);
  llvm::DIBuilder debug(code);
  // No folder: the same model gives the same bytes wherever it is compiled.
  llvm::DIFile *source = debug.createFile(file, "");
  debug.createCompileUnit(llvm::dwarf::DW_LANG_C11, source, "dlc", /*isOptimized=*/true, "", 0, "",
                          llvm::DICompileUnit::LineTablesOnly);
  llvm::DISubroutineType *type = debug.createSubroutineType(debug.getOrCreateTypeArray({}));
  run.setSubprogram(debug.createFunction(source, run.getName(), run.getName(), source, 1, type, 1,
                                         llvm::DINode::FlagZero,
                                         llvm::DISubprogram::SPFlagDefinition));
  debug.finalize();
}
