// Bytes that several weights name are written once for each.
#include "StageFiles.h"
#include "Core/Core.h"
#include "Emit/FileTransaction.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace dlc;
namespace path = llvm::sys::path;

static llvm::Error copyWeights(ModuleOp module, ArrayRef<WeightDataOp> weights,
                               llvm::raw_ostream &out) {
  auto names = module->getAttrOfType<ArrayAttr>("dlc.files");
  std::vector<std::unique_ptr<llvm::MemoryBuffer>> files(names ? names.size() : 0);
  uint64_t written = 0;
  for (WeightDataOp weight : weights) {
    uint64_t file = weight.getFile(), offset = weight.getOffset(), length = weight.getLength();
    if (file >= files.size())
      return llvm::createStringError("a weight is in no file of the module");
    StringRef name = cast<StringAttr>(names[file]).getValue();
    if (!files[file]) {
      auto opened = llvm::MemoryBuffer::getFile(name, /*IsText=*/false,
                                                /*RequiresNullTerminator=*/false);
      if (!opened)
        return llvm::createStringError(opened.getError(), "cannot read '" + name + "'");
      files[file] = std::move(*opened);
    }
    StringRef bytes = files[file]->getBuffer();
    if (offset > bytes.size() || length > bytes.size() - offset)
      return llvm::createStringError("'" + name + "' is shorter than its weights");
    uint64_t place = llvm::alignTo(written, 64);
    out.write_zeros(place - written);
    out << bytes.substr(offset, length);
    written = place + length;
    weight.setFile(0);
    weight.setOffset(place);
  }
  return llvm::Error::success();
}

llvm::Error dlc::tool::writeStageFiles(ModuleOp module, StringRef file, bool withWeights) {
  FileTransaction files;
  auto weights = llvm::to_vector(module.getOps<WeightDataOp>());
  if (withWeights && file != "-" && !weights.empty()) {
    llvm::SmallString<128> beside(file);
    path::replace_extension(beside, "weights");
    if (llvm::Error error = files.write(
            beside, [&](llvm::raw_ostream &out) { return copyWeights(module, weights, out); }))
      return error;
    module->setAttr(
        "dlc.files",
        Builder(module.getContext()).getStrArrayAttr(StringRef(path::filename(beside))));
  }
  if (llvm::Error error = files.write(file, [&](llvm::raw_ostream &out) {
        module.print(out);
        out << "\n";
        return llvm::Error::success();
      }))
    return error;
  return files.commit();
}

void dlc::tool::findFilesBeside(ModuleOp module, StringRef file) {
  auto names = module->getAttrOfType<ArrayAttr>("dlc.files");
  if (!names)
    return;
  SmallVector<std::string> found;
  for (StringAttr name : names.getAsRange<StringAttr>()) {
    llvm::SmallString<128> beside(path::parent_path(file));
    path::append(beside, name.getValue());
    bool isBeside = path::is_relative(name.getValue()) && llvm::sys::fs::exists(beside);
    found.push_back(isBeside ? beside.str().str() : name.str());
  }
  SmallVector<StringRef> texts(found.begin(), found.end());
  module->setAttr("dlc.files", Builder(module.getContext()).getStrArrayAttr(texts));
}
