// Reads flags whose values have a form of their own.
#include "ModelOptions.h"

using namespace dlc;
using namespace dlc::tool;
using llvm::StringRef;

void ModelOptions::addTo(CLI::App &verb) {
  verb.add_option("model", model, "an ONNX file, or core ops as .mlir")->required();
  verb.add_option("--target", target, "a triple, as aarch64-linux-gnu; default: this machine's");
  verb.add_option("--cpu", cpu,
                  "native, x86-64-v3, ...; default: native, or the baseline of --target");
  verb.add_option("--device", device, "cpu or cuda")->check(CLI::IsMember({"cpu", "cuda"}));
  verb.add_option("--max-threads", maxThreads, "slots of scratch in the arena")
      ->check(CLI::Range(int64_t(1), int64_t(1024)))
      ->capture_default_str();
  verb.add_option("--dim", dimensions, "N=8: the value of a symbolic dimension");
  verb.add_option("--shape", shapes, "input=1x512: the shape of an input");
  verb.add_option("--shape-input", shapeInputs,
                  "name=1,2,3: values of an input that decides shapes");
  verb.add_option("--batch", batch, "the leading symbolic dimension of every input")
      ->check(CLI::PositiveNumber);
  verb.add_option("--weights", weights,
                  "a .safetensors or .npz whose tensors replace initializers of the same names");
  verb.add_option("--dtype", dtype, "compute in f64, f32, bf16 or f16")
      ->check(CLI::IsMember({"f64", "f32", "bf16", "f16"}));
  verb.add_option("--checks", checks, "on or off: indices that come from data")
      ->check(CLI::IsMember({"on", "off"}))
      ->capture_default_str();
  verb.add_option("--math", math,
                  "strict: results are rounded as the model's ops say; default, tf32 or bf16")
      ->check(CLI::IsMember({"strict", "default", "tf32", "bf16"}));
  verb.add_option("--sanitize", sanitize,
                  "address: kernels check their memory accesses; link with -fsanitize=address")
      ->check(CLI::IsMember({"address"}));
  verb.add_option("-O", optimize, "0: no graph passes, each op is a kernel")
      ->check(CLI::Range(0, 3));
  verb.add_option("-j,--jobs", jobs, "threads that compile; default: one for each processor");
  verb.add_flag("--time-passes", timePasses, "times of the graph passes, on stderr");
}

void ModelOptions::addRunner(CLI::App &verb) {
  verb.add_option("--runner", runner,
                  "a command that runs code for another machine: an emulator and dlc-runner there");
}

std::optional<Machine> ModelOptions::resolve(Session &session) const {
  if (device != "cpu") {
    session.diagnostics.report(Code::TargetUnsupported, "not supported yet: device " + device)
        .expected("cpu");
    return {};
  }
  if (math == "tf32" || math == "bf16") {
    session.diagnostics.report(Code::TargetUnsupported, "not supported yet: --math=" + math)
        .expected("strict or default")
        .repair("leave --math out");
    return {};
  }
  Machine machine;
  std::string error;
  if (Machine::resolve(target, cpu, machine, error))
    return machine;
  session.diagnostics.report(Code::TargetUnsupported, error);
  return {};
}

std::optional<std::vector<int64_t>> dlc::tool::parseShape(StringRef text, char separator) {
  std::vector<int64_t> shape;
  if (text.empty())
    return shape;
  for (StringRef part : llvm::split(text, separator)) {
    int64_t extent;
    if (part.trim().getAsInteger(10, extent))
      return {};
    shape.push_back(extent);
  }
  return shape;
}

// Integers and floats, "1,1,2.5".
static std::optional<std::vector<onnx::ShapeValue>> parseValues(StringRef text) {
  std::vector<onnx::ShapeValue> values;
  if (text.empty())
    return values;
  for (StringRef part : llvm::split(text, ',')) {
    int64_t integer;
    double number;
    if (!part.trim().getAsInteger(10, integer))
      values.emplace_back(integer);
    else if (!part.trim().getAsDouble(number))
      values.emplace_back(number);
    else
      return std::nullopt;
  }
  return values;
}

onnx::ImportOptions ModelOptions::importOptions(Session &session) const {
  onnx::ImportOptions options;
  options.dtype = dtype;
  if (batch)
    options.batch = batch;
  // Calls `take` for each NAME=NUMBERS; `take` says whether the numbers may be these.
  auto read = [&](llvm::ArrayRef<std::string> texts, StringRef flag, char separator,
                  StringRef example, auto take) {
    for (const std::string &text : texts) {
      auto [name, value] = StringRef(text).rsplit('=');
      std::optional<std::vector<int64_t>> numbers = parseShape(value, separator);
      if (name.empty() || name.size() == text.size() || !numbers || !take(name, *numbers))
        session.usage("cannot read " + flag).expected(example).found(dlc::quoted(text));
    }
  };
  auto isExtent = [](int64_t number) { return number >= 0; };
  using Numbers = std::vector<int64_t>;
  read(dimensions, "--dim", ',', "NAME=NUMBER, as N=8", [&](StringRef name, const Numbers &given) {
    if (given.size() == 1)
      options.dimensions[name] = given[0];
    return given.size() == 1 && isExtent(given[0]);
  });
  read(shapes, "--shape", 'x', "INPUT=SHAPE, as x=1x512",
       [&](StringRef name, const Numbers &given) {
         options.shapes[name] = given;
         return llvm::all_of(given, isExtent);
       });
  for (const std::string &text : shapeInputs) {
    auto [name, value] = StringRef(text).rsplit('=');
    std::optional<std::vector<onnx::ShapeValue>> values = parseValues(value);
    if (name.empty() || name.size() == text.size() || !values)
      session.usage("cannot read --shape-input")
          .expected("INPUT=VALUES, as shape=1,2,3")
          .found(dlc::quoted(text));
    else
      options.shapeInputs[name] = *values;
  }
  return options;
}
