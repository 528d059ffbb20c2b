// See Linker.h.
#include "Emit/Linker.h"
#include "lld/Common/Driver.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <mutex>

LLD_HAS_DRIVER(elf)
LLD_HAS_DRIVER(wasm)

using namespace llvm;
using namespace dlc;

Error ScratchFolder::create() {
  if (std::error_code code = sys::fs::createUniqueDirectory("dlc", folder))
    return createStringError(code, "cannot create a temporary folder");
  return Error::success();
}

ScratchFolder::~ScratchFolder() {
  if (!folder.empty())
    sys::fs::remove_directories(folder);
}

std::string ScratchFolder::file(const Twine &name) const {
  SmallString<128> path(folder);
  sys::path::append(path, name);
  return path.str().str();
}

Error dlc::link(ArrayRef<std::string> arguments, LinkerFlavor flavor) {
  // lld keeps global state, so one link at a time.
  static std::mutex oneAtATime;
  std::lock_guard<std::mutex> lock(oneAtATime);
  std::vector<const char *> words = {flavor == LinkerFlavor::Elf ? "ld.lld" : "wasm-ld",
                                     "--threads=1"};
  for (const std::string &argument : arguments)
    words.push_back(argument.c_str());
  std::string messages;
  raw_string_ostream stream(messages);
  lld::Result result = lld::lldMain(words, stream, stream,
                                    {{lld::Gnu, &lld::elf::link}, {lld::Wasm, &lld::wasm::link}});
  if (result.retCode == 0)
    return Error::success();
  return createStringError(inconvertibleErrorCode(), "the linker failed: " + messages);
}
