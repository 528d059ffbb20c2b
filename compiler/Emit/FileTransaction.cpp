// Temporary files have unpredictable names in the folder of their target, so that a rename is one
// step of the file system.
#include "Emit/FileTransaction.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Signals.h"

using namespace llvm;
using namespace dlc;

static Error cannotWrite(StringRef path, std::error_code code) {
  return createStringError(code, "cannot write '" + path + "': " + code.message());
}

FileTransaction::~FileTransaction() {
  for (const File &file : files) {
    sys::fs::remove(file.temporary);
    sys::DontRemoveFileOnSignal(file.temporary);
  }
}

Expected<std::string> FileTransaction::reserve(StringRef path) {
  // A rename would replace an empty folder, a device, or a pipe that somebody reads.
  sys::fs::file_status status;
  if (!sys::fs::status(path, status) && !sys::fs::is_regular_file(status))
    return createStringError("cannot write '" + path + "': it is no regular file");
  SmallString<128> temporary;
  int descriptor;
  if (std::error_code code = sys::fs::createUniqueFile(path + ".%%%%%%", descriptor, temporary))
    return cannotWrite(path, code);
  files.push_back({temporary.str().str(), path.str()});
  sys::RemoveFileOnSignal(temporary);
  if (std::error_code code = sys::Process::SafelyCloseFileDescriptor(descriptor))
    return cannotWrite(path, code);
  return files.back().temporary;
}

Error FileTransaction::write(StringRef path, function_ref<Error(raw_ostream &)> write) {
  if (path == "-")
    return write(outs());
  Expected<std::string> temporary = reserve(path);
  if (!temporary)
    return temporary.takeError();
  std::error_code code;
  raw_fd_ostream out(*temporary, code);
  if (code)
    return cannotWrite(path, code);
  if (Error error = write(out)) {
    out.clear_error();
    return error;
  }
  out.close();
  code = out.error();
  out.clear_error();
  return code ? cannotWrite(path, code) : Error::success();
}

Error FileTransaction::commit() {
  for (size_t i = 0; i < files.size(); ++i) {
    const File &file = files[i];
    sys::fs::setPermissions(file.temporary, sys::fs::perms(0644));
    std::error_code code = sys::fs::rename(file.temporary, file.path);
    if (!code)
      continue;
    for (size_t placed = 0; placed < i; ++placed)
      sys::fs::remove(files[placed].path);
    return cannotWrite(file.path, code);
  }
  for (const File &file : files)
    sys::DontRemoveFileOnSignal(file.temporary);
  files.clear();
  return Error::success();
}
