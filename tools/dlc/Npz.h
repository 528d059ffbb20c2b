// Members of a zip archive, stored or deflated.
#pragma once

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <map>
#include <string>

namespace dlc::tool {

llvm::Expected<std::map<std::string, std::string>> readZip(llvm::StringRef bytes);
/// The same as slices of `bytes`; an error where a member is deflated.
llvm::Expected<std::map<std::string, llvm::StringRef>> findStored(llvm::StringRef bytes);

} // namespace dlc::tool
