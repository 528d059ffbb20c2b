// See ReplaceFile.h.
#include "Emit/ReplaceFile.h"
#include "llvm/Support/FileSystem.h"

using namespace llvm;

Error dlc::replaceFile(StringRef path, function_ref<Error(raw_ostream &)> write) {
  if (path == "-")
    return write(outs());
  auto temporary = sys::fs::TempFile::create(path + ".%%%%%%");
  if (!temporary)
    return createStringError(errorToErrorCode(temporary.takeError()), "cannot write " + path);
  Error result = Error::success();
  {
    raw_fd_ostream out(temporary->FD, /*shouldClose=*/false);
    result = write(out);
    out.flush();
    if (!result && out.has_error())
      result = createStringError(out.error(), "cannot write " + path);
    out.clear_error();
  }
  if (result)
    return joinErrors(std::move(result), temporary->discard());
  // TempFile makes files that only their owner may read; an object is like any other file.
  sys::fs::setPermissions(temporary->TmpName, sys::fs::perms(0644));
  return temporary->keep(path);
}
