// External data of tensors: the files beside a model that hold its weights. A model is data that
// somebody else made, so what it names is looked for below its own folder only, without following
// any link, and only regular files that have no second name are opened. Published attacks on other
// readers are the tests (tests/Onnx/ExternalDataTest.cpp).
#pragma once

#include "Onnx/Model.h"

namespace dlc::onnx {

/// The reason why `location` may not be opened, as the rule that it breaks; empty if it may. Looks
/// at the text only.
llvm::StringRef locationFault(llvm::StringRef location);

/// Opens a file below the folder; without openat2 (Linux 5.6) every component is opened by itself.
struct OpenedFile {
  int descriptor = -1;
  uint64_t bytes = 0;
  std::optional<Code>
      fault; // ExternalNotFound, ExternalLink, ExternalNotRegular or ExternalLocationInvalid
  std::string reason; // what the operating system said
};
OpenedFile openBelow(int folder, llvm::StringRef location, bool allowOpenat2 = true);

/// Maps the files that tensors of the model name and gives each such tensor its slice. Errors go to
/// `diagnostics`.
void attachExternalData(Model &model, Diagnostics &diagnostics);

} // namespace dlc::onnx
