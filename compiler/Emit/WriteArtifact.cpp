// The files of an artifact: object, archive or shared object, header, weights.
#include "Cpu/Lower/Generate.h"
#include "Emit/Compile.h"
#include "Emit/Entry.h"
#include "Emit/FileTransaction.h"
#include "Emit/Header.h"
#include "Emit/LaunchList.h"
#include "Emit/Linker.h"
#include "Emit/Manifest.h"
#include "Emit/Object.h"
#include "Graph/Weights.h"
#include "llvm/Object/ArchiveWriter.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"
#include "llvm/TargetParser/Triple.h"

using namespace dlc;
using llvm::Error;
using llvm::StringRef;

static Error writeWeights(const CompiledProgram &program, llvm::raw_ostream &out) {
  for (mlir::ModuleOp module : program.modules)
    if (mlir::failed(Weights(module).write(out)))
      return llvm::createStringError("cannot compute the weights");
  return Error::success();
}

// The weight file and its hash, which the description states.
static Error writeWeightFile(CompiledProgram &program, StringRef path, FileTransaction &files) {
  auto temporary = files.reserve(path);
  if (!temporary)
    return temporary.takeError();
  std::error_code code;
  llvm::raw_fd_ostream out(*temporary, code);
  if (code)
    return llvm::createStringError(code, "cannot write '" + path + "'");
  Error error = writeWeights(program, out);
  out.close();
  code = out.error();
  out.clear_error();
  if (error || code)
    return error ? std::move(error) : llvm::createStringError(code, "cannot write '" + path + "'");
  auto bytes = llvm::MemoryBuffer::getFile(*temporary, /*IsText=*/false,
                                           /*RequiresNullTerminator=*/false);
  if (!bytes)
    return llvm::createStringError(bytes.getError(), "cannot read the weight file");
  program.artifact.weightHash = llvm::xxHash64((*bytes)->getBuffer());
  program.artifact.weightFile = llvm::sys::path::filename(path).str();
  return Error::success();
}

static std::vector<char> describe(const Artifact &artifact) {
  // Of several levels, the last one: this is no code.
  Machine level = artifact.machine;
  level.cpu = level.cpu.substr(level.cpu.rfind(',') + 1);
  std::unique_ptr<llvm::TargetMachine> machine = makeTargetMachine(level);
  llvm::LLVMContext context;
  llvm::Module code("description", context);
  buildDescription(artifact, makeDescription(artifact), code);
  attachTarget(code, *machine, level);
  int64_t stackBytes = 0;
  return generate(code, *machine, llvm::CodeGenFileType::ObjectFile, stackBytes);
}

// The weights as an object of their own.
static llvm::Expected<std::vector<char>> weightObject(const CompiledProgram &program) {
  const Artifact &artifact = program.artifact;
  std::string bytes;
  llvm::raw_string_ostream stream(bytes);
  if (Error error = writeWeights(program, stream))
    return std::move(error);
  std::unique_ptr<llvm::TargetMachine> machine = makeTargetMachine(artifact.machine);
  llvm::LLVMContext context;
  llvm::Module code("weights", context);
  buildWeights(artifact, bytes, code);
  attachTarget(code, *machine, artifact.machine);
  int64_t stackBytes = 0;
  return generate(code, *machine, llvm::CodeGenFileType::ObjectFile, stackBytes);
}

static Error writeProgramObject(CompiledProgram &program, llvm::raw_ostream &out) {
  const Artifact &artifact = program.artifact;
  bool isWasm = llvm::Triple(artifact.machine.triple).isWasm();
  program.objects.push_back(describe(artifact));
  if (isWasm && artifact.storage == WeightStorage::Embed) {
    auto weights = weightObject(program);
    if (!weights)
      return weights.takeError();
    program.objects.push_back(std::move(*weights));
  }
  std::vector<std::string> symbols;
  for (const char *suffix : {"_run", "_call", "_cpu_ok", "_description"})
    symbols.push_back(artifact.name + suffix);
  ObjectContents contents;
  contents.objects = program.objects;
  contents.publicSymbols = symbols;
  if (artifact.storage == WeightStorage::Embed && !isWasm)
    contents.weightBytes = artifact.weightBytes;
  contents.writeWeights = [&](llvm::raw_ostream &stream) { return writeWeights(program, stream); };
  return writeObject(contents, out);
}

// Archives and shared objects are made of an object in a file, which the linker maps.
static Error writeScratchObject(CompiledProgram &program, StringRef path) {
  std::error_code code;
  llvm::raw_fd_ostream out(path, code);
  if (code)
    return llvm::createStringError(code, "cannot write a temporary file");
  Error error = writeProgramObject(program, out);
  out.close();
  code = out.error();
  out.clear_error();
  if (!error && code)
    return llvm::createStringError(code, "cannot write a temporary file");
  return error;
}

static Error writeArchive(StringRef object, StringRef path, FileTransaction &files) {
  auto member = llvm::NewArchiveMember::getFile(object, /*Deterministic=*/true);
  if (!member)
    return member.takeError();
  std::string name = (llvm::sys::path::stem(path) + ".o").str();
  member->MemberName = name;
  return files.write(path, [&](llvm::raw_ostream &out) {
    return llvm::writeArchiveToStream(out, *member, llvm::SymtabWritingMode::NormalSymtab,
                                      llvm::object::Archive::K_GNU, /*Deterministic=*/true,
                                      /*Thin=*/false);
  });
}

static Error writeSharedObject(StringRef object, StringRef path, FileTransaction &files) {
  auto temporary = files.reserve(path);
  if (!temporary)
    return temporary.takeError();
  return link({"-shared", "-z", "now", "-z", "noexecstack", "-o", *temporary, object.str()});
}

static Error writeMain(CompiledProgram &program, const ArtifactPaths &paths,
                       FileTransaction &files) {
  if (paths.kind == ArtifactKind::SharedObject &&
      llvm::Triple(program.artifact.machine.triple).isWasm())
    return llvm::createStringError("not supported yet: a shared object of WebAssembly");
  if (paths.kind == ArtifactKind::Object)
    return files.write(paths.artifact,
                       [&](llvm::raw_ostream &out) { return writeProgramObject(program, out); });
  ScratchFolder scratch;
  if (Error error = scratch.create())
    return error;
  std::string object = scratch.file("model.o");
  if (Error error = writeScratchObject(program, object))
    return error;
  return paths.kind == ArtifactKind::Archive ? writeArchive(object, paths.artifact, files)
                                             : writeSharedObject(object, paths.artifact, files);
}

Error dlc::writeArtifact(CompiledProgram program, const ArtifactPaths &paths) {
  FileTransaction files;
  std::string fileName = llvm::sys::path::filename(paths.artifact).str();
  bool headerOnly = paths.kind == ArtifactKind::HeaderOnly;
  std::string header = headerOnly ? paths.artifact : paths.header;
  if (headerOnly)
    fileName = program.artifact.name + ".o";
  else if (program.artifact.storage == WeightStorage::File)
    if (Error error = writeWeightFile(program, paths.weights, files))
      return error;
  if (!headerOnly)
    if (Error error = writeMain(program, paths, files))
      return error;
  if (!paths.launches.empty())
    if (Error error = files.write(paths.launches, [&](llvm::raw_ostream &out) {
          out << makeLaunchList(program.modules.front());
          return Error::success();
        }))
      return error;
  if (!header.empty())
    if (Error error = files.write(header, [&](llvm::raw_ostream &out) {
          out << makeHeader(program.artifact, fileName);
          return Error::success();
        }))
      return error;
  return files.commit();
}
