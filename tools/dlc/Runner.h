// A model whose code is for another machine, run by a program that the user names: an emulator, or
// a command that reaches a board. tools/runner/runner.c is what runs there and says what the files
// between the two hold.
#pragma once

#include "Emit/Artifact.h"
#include "Emit/Linker.h"
#include "dlc.h"

namespace dlc::tool {

class Runner {
public:
  /// `command`: words, with "double quotes" around those that hold spaces.
  explicit Runner(llvm::StringRef command);

  /// Describes the model in this process, without loading code. An error number of the runtime.
  int open(llvm::StringRef sharedObject, const Artifact &, dlc_model **);
  /// One run on the calling thread. An error number of the artifact or of the runtime; `failure`
  /// says more.
  int run(const dlc_model *, llvm::ArrayRef<const void *> inputs, llvm::ArrayRef<void *> outputs,
          llvm::MutableArrayRef<int64_t> extents);
  const char *failure() const { return text.c_str(); }

private:
  int fail(int error, const llvm::Twine &message);
  int execute(llvm::StringRef job, llvm::StringRef result);
  std::vector<std::string> words;
  std::string object, symbol, text;
  ScratchFolder folder;
};

} // namespace dlc::tool
