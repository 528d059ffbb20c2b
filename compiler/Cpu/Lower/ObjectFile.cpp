// Reads the symbol table.
#include "Cpu/Lower/ObjectFile.h"
#include "llvm/Object/ObjectFile.h"

using namespace llvm;
using namespace llvm::object;

std::vector<std::string> dlc::forbiddenSymbols(ArrayRef<char> bytes) {
  StringRef buffer(bytes.data(), bytes.size());
  auto file = cantFail(ObjectFile::createObjectFile(MemoryBufferRef(buffer, "kernel")));
  std::vector<std::string> names;
  for (const SymbolRef &symbol : file->symbols()) {
    if (!(cantFail(symbol.getFlags()) & SymbolRef::SF_Undefined))
      continue;
    StringRef name = cantFail(symbol.getName());
    static constexpr StringRef allowed[] = {"memcpy", "memset", "memmove"};
    // What a linker makes, and no library.
    static constexpr StringRef ofLinker[] = {"_GLOBAL_OFFSET_TABLE_", "__linear_memory",
                                             "__stack_pointer", "__indirect_function_table"};
    if (!name.empty() && !is_contained(allowed, name) && !is_contained(ofLinker, name))
      names.push_back(name.str());
  }
  llvm::sort(names);
  return names;
}
