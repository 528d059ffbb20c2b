#include "Onnx/Check.h"
#include "llvm/ADT/DenseSet.h"

namespace dlc::onnx {

void checkVersions(const Model &model, Diagnostics &diagnostics) {
  if (model.irVersion <= 0)
    diagnostics.report(Code::IrVersion)
        .expected("1 to " + llvm::Twine(newestIrVersion))
        .found(llvm::Twine(model.irVersion));
  if (model.irVersion > newestIrVersion)
    diagnostics.report(Code::IrVersionTooNew)
        .expected("at most " + llvm::Twine(newestIrVersion))
        .found(llvm::Twine(model.irVersion));
  if (model.opsets.empty())
    diagnostics.report(Code::OpsetMissing);

  llvm::DenseSet<llvm::StringRef> domains;
  for (const OpsetImport &opset : model.opsets) {
    std::string place = "domain " + quoted(opset.domain.empty() ? "ai.onnx" : opset.domain);
    if (opset.version <= 0)
      diagnostics.report(Code::OpsetInvalid)
          .at(place)
          .expected("a version from 1")
          .found(llvm::Twine(opset.version));
    if (opset.domain.empty() && opset.version > newestOpset)
      diagnostics.report(Code::OpsetTooNew)
          .at(place)
          .expected("at most " + llvm::Twine(newestOpset))
          .found(llvm::Twine(opset.version))
          .repair("export the model with opset " + llvm::Twine(newestOpset) + " or lower");
    if (!domains.insert(opset.domain).second)
      diagnostics.report(Code::OpsetDuplicate).at(place);
  }
}

void checkModel(Model &model, Diagnostics &diagnostics) {
  checkVersions(model, diagnostics);
  bool tensorsGood = true;
  forEachTensor(model, [&](const Tensor &tensor, const Place &place) {
    tensorsGood &= checkTensor(tensor, place, diagnostics);
  });
  // Indices are decoded by their checked type and shape.
  if (tensorsGood)
    forEachSparseTensor(model, [&](const SparseTensor &tensor, const Place &place) {
      checkSparseTensor(tensor, place, diagnostics);
    });
  checkGraphs(model, diagnostics);
  checkFunctions(model, diagnostics);
}

} // namespace dlc::onnx
