// lld -r over temporary files, objcopy in process, and the one change to the section table.
#include "Emit/Object.h"
#include "Emit/Linker.h"
#include "Emit/WasmObject.h"
#include "llvm/BinaryFormat/ELF.h"
#include "llvm/ObjCopy/ConfigManager.h"
#include "llvm/ObjCopy/ObjCopy.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"

using namespace llvm;
using namespace dlc;

static Error problem(const Twine &message) {
  return createStringError(inconvertibleErrorCode(), message);
}

// Makes every symbol local that is neither public nor undefined.
static Expected<SmallVector<char, 0>> localize(StringRef path,
                                               ArrayRef<std::string> publicSymbols) {
  auto buffer = MemoryBuffer::getFile(path);
  if (!buffer)
    return createStringError(buffer.getError(), "cannot read the merged object");
  auto binary = object::createBinary(**buffer);
  if (!binary)
    return binary.takeError();
  objcopy::ConfigManager config;
  config.Common.OutputFilename = "merged.o";
  for (const std::string &symbol : publicSymbols)
    if (Error error = config.Common.SymbolsToKeepGlobal.addMatcher(objcopy::NameOrPattern::create(
            symbol, objcopy::MatchStyle::Literal, [](Error e) { return e; })))
      return std::move(error);
  SmallVector<char, 0> bytes;
  raw_svector_ostream out(bytes);
  if (Error error = objcopy::executeObjcopyOnBinary(config, **binary, out))
    return std::move(error);
  return bytes;
}

// Gives the reserved section its place in the file; returns where that is.
template <typename ElfType>
static Expected<uint64_t> placeWeights(MutableArrayRef<char> bytes, uint64_t weightBytes) {
  auto file = object::ELFFile<ElfType>::create(StringRef(bytes.data(), bytes.size()));
  if (!file)
    return file.takeError();
  auto sections = file->sections();
  if (!sections)
    return sections.takeError();
  for (const typename ElfType::Shdr &section : *sections) {
    auto name = file->getSectionName(section);
    if (!name)
      return name.takeError();
    if (*name != weightSectionName)
      continue;
    if (section.sh_size != weightBytes)
      return problem("internal error: the section of the weights has another size");
    uint64_t offset = alignTo(bytes.size(), 64);
    auto &header = const_cast<typename ElfType::Shdr &>(section);
    header.sh_type = ELF::SHT_PROGBITS;
    header.sh_flags = ELF::SHF_ALLOC;
    header.sh_offset = offset;
    // The new name is no longer than the old one and takes its place in the table of names.
    static_assert(filledWeightSectionName.size() <= weightSectionName.size());
    char *characters = const_cast<char *>(name->data());
    std::memset(characters, 0, weightSectionName.size());
    llvm::copy(filledWeightSectionName, characters);
    return offset;
  }
  return problem("internal error: no object reserves the section of the weights");
}

static Expected<uint64_t> placeWeightsOfAnyClass(MutableArrayRef<char> bytes,
                                                 uint64_t weightBytes) {
  bool is64 = bytes[ELF::EI_CLASS] == ELF::ELFCLASS64,
       isLittle = bytes[ELF::EI_DATA] == ELF::ELFDATA2LSB;
  if (is64 && isLittle)
    return placeWeights<object::ELF64LE>(bytes, weightBytes);
  if (isLittle)
    return placeWeights<object::ELF32LE>(bytes, weightBytes);
  return problem("not supported yet: weights in an object of a big-endian target");
}

static bool isWasm(const ObjectContents &contents) {
  ArrayRef<char> first = contents.objects.front();
  return StringRef(first.data(), first.size()).starts_with(StringRef("\0asm", 4));
}

Error dlc::writeObject(const ObjectContents &contents, raw_ostream &out) {
  ScratchFolder scratch;
  if (Error error = scratch.create())
    return error;
  std::string merged = scratch.file("merged.o");
  LinkerFlavor flavor = isWasm(contents) ? LinkerFlavor::Wasm : LinkerFlavor::Elf;
  std::vector<std::string> arguments = {"-r", "-o", merged};
  for (const std::vector<char> &object : contents.objects) {
    arguments.push_back(scratch.file(Twine(arguments.size()) + ".o"));
    std::error_code code;
    raw_fd_ostream part(arguments.back(), code);
    if (code)
      return createStringError(code, "cannot write a temporary file");
    part.write(object.data(), object.size());
  }
  if (Error error = link(arguments, flavor))
    return error;
  if (flavor == LinkerFlavor::Wasm)
    return writeWasm(merged, contents.publicSymbols, out);
  auto bytes = localize(merged, contents.publicSymbols);
  if (!bytes)
    return bytes.takeError();
  uint64_t weightsAt = 0;
  if (contents.weightBytes) {
    auto placed = placeWeightsOfAnyClass(*bytes, contents.weightBytes);
    if (!placed)
      return placed.takeError();
    weightsAt = *placed;
  }
  out.write(bytes->data(), bytes->size());
  if (!contents.weightBytes)
    return Error::success();
  out.write_zeros(weightsAt - bytes->size());
  uint64_t before = out.tell();
  if (Error error = contents.writeWeights(out))
    return error;
  if (out.tell() - before != contents.weightBytes)
    return problem("internal error: the weights have another size than was reserved");
  return Error::success();
}
