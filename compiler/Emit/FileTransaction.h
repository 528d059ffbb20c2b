// Several files that are written all or not at all: each into a temporary file beside its place;
// when every one is whole, all are renamed. A header without its object would compile and not link,
// an object with the header of the last version would link and not run.
#pragma once

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>
#include <vector>

namespace dlc {

class FileTransaction {
public:
  FileTransaction() = default;
  FileTransaction(const FileTransaction &) = delete;
  /// Removes what was not committed.
  ~FileTransaction();

  /// Calls `write` with a stream whose bytes shall be the file `path`. "-" is the standard output,
  /// written at once.
  llvm::Error write(llvm::StringRef path,
                    llvm::function_ref<llvm::Error(llvm::raw_ostream &)> write);
  /// The name of an empty temporary file for others to write; it becomes `path`.
  llvm::Expected<std::string> reserve(llvm::StringRef path);
  /// Puts all files in their places.
  llvm::Error commit();

private:
  struct File {
    std::string temporary, path;
  };
  std::vector<File> files;
};

} // namespace dlc
