// See Runner.h.
#include "Runner.h"
#include "Emit/Manifest.h"
#include "InputText.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/StringSaver.h"

using namespace dlc;
using namespace dlc::tool;

namespace {
enum Kind : int64_t { Scratch, Given, Wanted };

/// The arguments of NAME_call in their order.
struct Job {
  struct Argument {
    int64_t bytes;
    Kind kind;
    const void *data;
  };
  std::vector<Argument> arguments;

  static Job of(const dlc_model *, llvm::ArrayRef<const void *> inputs,
                llvm::ArrayRef<void *> outputs, llvm::MutableArrayRef<int64_t> extents);
  bool write(llvm::StringRef path) const;
  /// The error number of the run; none if these are not the bytes of a result.
  std::optional<int64_t> read(llvm::StringRef bytes) const;
};
} // namespace

Job Job::of(const dlc_model *model, llvm::ArrayRef<const void *> inputs,
            llvm::ArrayRef<void *> outputs, llvm::MutableArrayRef<int64_t> extents) {
  Job job;
  for (auto [i, input] : llvm::enumerate(inputs))
    job.arguments.push_back({static_cast<int64_t>(dlc_model_input(model, i)->bytes), Given, input});
  for (auto [i, output] : llvm::enumerate(outputs)) {
    const dlc_tensor &type = *dlc_model_output(model, i);
    job.arguments.push_back({static_cast<int64_t>(type.bytes), Wanted, output});
    if (type.bounded_axis >= 0)
      job.arguments.push_back({sizeof(int64_t), Wanted, &extents[i]});
  }
  job.arguments.push_back({static_cast<int64_t>(dlc_model_arena_bytes(model)), Scratch, nullptr});
  return job;
}

bool Job::write(llvm::StringRef path) const {
  std::error_code code;
  llvm::raw_fd_ostream out(path, code);
  if (code)
    return false;
  auto number = [&](int64_t value) {
    out.write(reinterpret_cast<const char *>(&value), sizeof value);
  };
  number(arguments.size());
  for (const Argument &argument : arguments) {
    number(argument.bytes);
    number(argument.kind);
  }
  for (const Argument &argument : arguments)
    if (argument.kind == Given)
      out.write(static_cast<const char *>(argument.data), argument.bytes);
  out.close();
  bool good = !out.has_error();
  out.clear_error();
  return good;
}

std::optional<int64_t> Job::read(llvm::StringRef bytes) const {
  int64_t error, expected = sizeof error;
  for (const Argument &argument : arguments)
    expected += argument.kind == Wanted ? argument.bytes : 0;
  if (static_cast<int64_t>(bytes.size()) != expected)
    return {};
  const char *from = bytes.data();
  std::memcpy(&error, from, sizeof error);
  from += sizeof error;
  for (const Argument &argument : arguments)
    if (argument.kind == Wanted) {
      std::memcpy(const_cast<void *>(argument.data), from, argument.bytes);
      from += argument.bytes;
    }
  return error;
}

Runner::Runner(llvm::StringRef command) {
  llvm::BumpPtrAllocator memory;
  llvm::StringSaver saver(memory);
  llvm::SmallVector<const char *> list;
  llvm::cl::TokenizeGNUCommandLine(command, saver, list);
  words.assign(list.begin(), list.end());
}

int Runner::fail(int error, const llvm::Twine &message) {
  text = message.str();
  return error;
}

int Runner::open(llvm::StringRef sharedObject, const Artifact &artifact, dlc_model **model) {
  if (llvm::Error error = folder.create())
    return fail(DLC_ERROR_FILE, llvm::toString(std::move(error)));
  object = sharedObject.str();
  symbol = artifact.name + "_call";
  // Only the description is used: the code is not this machine's.
  dlc_call_function *call = [](void *const *, const dlc_parallel *) -> int { return DLC_OK; };
  dlc_cpu_ok_function *cpuOk = [] { return 1; };
  return dlc_model_register(makeDescription(artifact).c_str(), call, cpuOk, nullptr, model);
}

int Runner::execute(llvm::StringRef job, llvm::StringRef result) {
  if (words.empty())
    return fail(DLC_ERROR_FILE, "--runner is empty");
  auto program = llvm::sys::findProgramByName(words.front());
  if (!program)
    return fail(DLC_ERROR_FILE, "cannot find the program '" + words.front() + "' of --runner");
  llvm::SmallVector<llvm::StringRef> arguments(words.begin(), words.end());
  arguments.append({object, symbol, job, result});
  std::string message;
  int code = llvm::sys::ExecuteAndWait(*program, arguments, {}, {}, 0, 0, &message);
  if (code)
    return fail(DLC_ERROR_FILE, "--runner ended with exit code " + llvm::Twine(code) +
                                    (message.empty() ? "" : ": ") + message);
  return DLC_OK;
}

int Runner::run(const dlc_model *model, llvm::ArrayRef<const void *> inputs,
                llvm::ArrayRef<void *> outputs, llvm::MutableArrayRef<int64_t> extents) {
  std::string jobFile = folder.file("job"), resultFile = folder.file("result");
  Job job = Job::of(model, inputs, outputs, extents);
  if (!job.write(jobFile))
    return fail(DLC_ERROR_FILE, "cannot write a temporary file");
  if (int error = execute(jobFile, resultFile))
    return error;
  auto bytes = readFile(resultFile);
  if (!bytes)
    return fail(DLC_ERROR_FILE, llvm::toString(bytes.takeError()));
  std::optional<int64_t> error = job.read(*bytes);
  if (!error)
    return fail(DLC_ERROR_FILE, "--runner wrote a result of another size");
  if (*error)
    return fail(*error, "the run failed (" + llvm::Twine(dlc_error_name(*error)) + ")");
  return DLC_OK;
}
