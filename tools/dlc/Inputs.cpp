// See Inputs.h.
#include "Inputs.h"
#include <set>

using namespace dlc;
using namespace dlc::tool;

std::vector<std::string> dlc::tool::inputNames(const onnx::Model &model) {
  std::vector<std::string> names;
  for (const onnx::ValueInfo &input : model.graph.inputs)
    if (llvm::none_of(model.graph.initializers,
                      [&](const onnx::Tensor &tensor) { return tensor.name == input.name; }))
      names.push_back(input.name.str());
  return names;
}

void Inputs::addText(llvm::StringRef text) {
  if (auto input = parseInput(text))
    given.push_back(std::move(*input));
  else
    session.diagnostics.report(Code::DataMalformed, llvm::toString(input.takeError()))
        .at(("--input " + text).str());
}

bool Inputs::checkNames(llvm::ArrayRef<std::string> names) {
  std::set<std::string> seen;
  for (const NamedTensor &input : given) {
    if (!llvm::is_contained(names, input.name)) {
      session.diagnostics.report(Code::InputUnknown, "no input " + dlc::quoted(input.name))
          .expected("one of: " + llvm::join(names, ", "));
      return false;
    }
    if (!seen.insert(input.name).second) {
      session.usage("input " + dlc::quoted(input.name) + " is given twice").repair("give it once");
      return false;
    }
  }
  namesAreChecked = true;
  return true;
}

bool Inputs::bind(const Build &build, onnx::ImportOptions &options) {
  const onnx::Model *model = build.onnxModel();
  if (!model)
    return !session.diagnostics.hasErrors();
  std::vector<std::string> names = inputNames(*model), shapeInputs = onnx::shapeInputNames(*model);
  size_t position = 0;
  for (NamedTensor &input : given) {
    if (!input.name.empty())
      continue;
    if (position == names.size()) {
      session.diagnostics.report(Code::InputUnknown, "more inputs than the model has")
          .expected(llvm::Twine(names.size()) + " inputs");
      return false;
    }
    input.name = names[position++];
  }
  if (!checkNames(names))
    return false;
  for (const NamedTensor &input : given) {
    options.shapes[input.name] = input.tensor.shape;
    if (!llvm::is_contained(shapeInputs, input.name))
      continue;
    std::vector<onnx::ShapeValue> &values = options.shapeInputs[input.name];
    values.clear();
    for (int64_t i = 0; i < input.tensor.size(); ++i)
      if (input.tensor.isFloat())
        values.emplace_back(input.tensor.number(i));
      else
        values.emplace_back(input.tensor.integer(i));
  }
  return true;
}

static std::string typeText(const dlc_tensor &type) {
  Tensor shape;
  shape.dtype = type.dtype;
  shape.shape.assign(type.shape, type.shape + type.rank);
  return shape.typeText();
}

Tensor dlc::tool::convertedFloats(const Tensor &from, int dtype) {
  Tensor result(dtype, from.shape);
  for (int64_t i = 0; i < from.size(); ++i)
    result.setNumber(i, from.number(i));
  return result;
}

bool Inputs::checked(const dlc_tensor &wanted, Tensor &tensor, bool convert) {
  bool floats = isFloatDtype(wanted.dtype) && tensor.isFloat();
  if (convert && floats && wanted.dtype != tensor.dtype)
    tensor = convertedFloats(tensor, wanted.dtype);
  bool sameShape = llvm::ArrayRef(tensor.shape) == llvm::ArrayRef(wanted.shape, wanted.rank);
  if (tensor.dtype == wanted.dtype && sameShape)
    return true;
  session.diagnostics
      .report(sameShape ? Code::InputType : Code::InputShape,
              "the data do not fit input " + dlc::quoted(wanted.name))
      .expected(typeText(wanted))
      .found(tensor.typeText());
  return false;
}

static uint64_t mixed(uint64_t x) { // splitmix64
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

Tensor dlc::tool::randomTensor(const dlc_tensor &type, uint64_t seed) {
  Tensor tensor(type.dtype, llvm::ArrayRef<int64_t>(type.shape, type.rank));
  for (int64_t i = 0; i < tensor.size(); ++i) {
    uint64_t bits = mixed(mixed(seed) + i);
    if (tensor.isFloat())
      tensor.setNumber(i, static_cast<double>(bits >> 11) * 0x1p-52 - 1);
    else
      tensor.setInteger(i, bits & 1);
  }
  return tensor;
}

bool Inputs::read(Build &build, onnx::ImportOptions &importOptions) {
  return !session.diagnostics.hasErrors() && build.resolve() && build.read() &&
         bind(build, importOptions);
}

std::unique_ptr<Executable> Inputs::prepare(Build &build, onnx::ImportOptions &importOptions,
                                            std::optional<uint64_t> seed, bool convert,
                                            std::vector<Tensor> &arrays) {
  if (!read(build, importOptions))
    return nullptr;
  std::unique_ptr<Executable> executable = Executable::make(session, build, importOptions);
  if (executable && !collect(*executable, seed, convert, arrays))
    return nullptr;
  return executable;
}

bool Inputs::collect(const Executable &executable, std::optional<uint64_t> seed, bool convert,
                     std::vector<Tensor> &arrays) {
  size_t position = 0;
  for (NamedTensor &input : given)
    if (input.name.empty() && position < executable.inputCount())
      input.name = executable.input(position++).name;
  std::vector<std::string> names;
  for (size_t i = 0; i < executable.inputCount(); ++i)
    names.push_back(executable.input(i).name);
  if (!namesAreChecked && !checkNames(names))
    return false;
  for (size_t i = 0; i < executable.inputCount(); ++i) {
    const dlc_tensor &wanted = executable.input(i);
    auto found = llvm::find_if(given, [&](const NamedTensor &x) { return x.name == wanted.name; });
    if (found == given.end() && !seed) {
      session.diagnostics
          .report(Code::InputMissing, "no data for input " + dlc::quoted(wanted.name))
          .expected(typeText(wanted))
          .repair("give it with --input NAME=@FILE.npy, or --random SEED");
      return false;
    }
    arrays.push_back(found == given.end() ? randomTensor(wanted, *seed + i) : found->tensor);
    if (!checked(wanted, arrays.back(), convert))
      return false;
  }
  return true;
}
