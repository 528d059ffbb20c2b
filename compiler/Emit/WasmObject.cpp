// Changes the binding of symbols in place. The symbol table is a part of the custom section
// "linking": each entry begins with its kind and its flags, whose lowest bits are the binding.
#include "Emit/WasmObject.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/Wasm.h"
#include "llvm/Support/DataExtractor.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;
using namespace dlc;

namespace {
class SymbolTableEditor {
public:
  SymbolTableEditor(std::string &bytes, ArrayRef<std::string> publicSymbols)
      : bytes(bytes), data(bytes, /*IsLittleEndian=*/true, /*AddressSize=*/4),
        publicSymbols(publicSymbols) {}

  Error edit() {
    at.seek(8); // magic and version
    while (at && at.tell() < bytes.size()) {
      uint8_t id = data.getU8(at);
      uint64_t size = data.getULEB128(at), end = at.tell() + size;
      if (at && id == wasm::WASM_SEC_CUSTOM && text() == "linking")
        editLinking(end);
      at.seek(end);
    }
    return at.takeError();
  }

private:
  StringRef text() {
    uint64_t size = data.getULEB128(at);
    return data.getBytes(at, size);
  }

  void editLinking(uint64_t end) {
    data.getULEB128(at); // version
    while (at && at.tell() < end) {
      uint8_t type = data.getU8(at);
      uint64_t size = data.getULEB128(at), partEnd = at.tell() + size;
      if (type == wasm::WASM_SYMBOL_TABLE)
        for (uint64_t left = data.getULEB128(at); at && left; --left)
          editSymbol();
      at.seek(partEnd);
    }
  }

  void editSymbol() {
    uint8_t kind = data.getU8(at);
    uint64_t flagsAt = at.tell(), flags = data.getULEB128(at);
    bool defined = !(flags & wasm::WASM_SYMBOL_UNDEFINED);
    StringRef name;
    if (kind == wasm::WASM_SYMBOL_TYPE_SECTION) {
      data.getULEB128(at);
      return;
    }
    if (kind == wasm::WASM_SYMBOL_TYPE_DATA) {
      name = text();
      for (int field = 0; defined && field < 3; ++field) // segment, offset, size
        data.getULEB128(at);
    } else {
      data.getULEB128(at); // index
      if (defined || flags & wasm::WASM_SYMBOL_EXPLICIT_NAME)
        name = text();
    }
    if (at && defined && !is_contained(publicSymbols, name)) {
      constexpr char changed = wasm::WASM_SYMBOL_BINDING_MASK | wasm::WASM_SYMBOL_VISIBILITY_HIDDEN;
      bytes[flagsAt] = (bytes[flagsAt] & ~changed) | wasm::WASM_SYMBOL_BINDING_LOCAL;
    }
  }

  std::string &bytes;
  DataExtractor data;
  ArrayRef<std::string> publicSymbols;
  DataExtractor::Cursor at{0};
};
} // namespace

Error dlc::writeWasm(StringRef path, ArrayRef<std::string> publicSymbols, raw_ostream &out) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return createStringError(buffer.getError(), "cannot read the merged object");
  std::string bytes = (*buffer)->getBuffer().str();
  if (Error error = SymbolTableEditor(bytes, publicSymbols).edit())
    return error;
  out << bytes;
  return Error::success();
}
