// Reads the signature of the program over buffers.
#include "Emit/Artifact.h"
#include "Core/Literal.h"
#include "Graph/ShareArguments.h"
#include "llvm/ADT/StringSet.h"

using namespace mlir;
using namespace dlc;

size_t Artifact::pointerCount() const {
  size_t count = inputs.size() + outputs.size() + (storage == WeightStorage::File);
  for (const Parameter &output : outputs)
    count += output.boundedAxis >= 0;
  return count;
}

std::string dlc::makeIdentifier(StringRef text) {
  std::string result;
  if (text.empty() || llvm::isDigit(text.front()))
    result = "_";
  for (char c : text)
    result += llvm::isAlnum(c) ? c : '_';
  return result;
}

std::string dlc::dtypeName(Type element) {
  if (element.isInteger(1))
    return "bool";
  std::string text;
  llvm::raw_string_ostream(text) << element;
  StringRef name(text);
  if (name.consume_front("s") || name.starts_with("ui"))
    return name.starts_with("ui") ? "u" + name.drop_front(2).str() : name.str();
  return text;
}

// Words that C or C++ gives a meaning to, and names that the signature and the header use.
static bool isReserved(StringRef word) {
  static const llvm::StringSet<> words = [] {
    llvm::StringSet<> set;
    for (
        StringRef word : llvm::split(
            StringRef(
                "alignas alignof and and_eq asm auto bitand bitor bool break case catch char "
                "char16_t "
                "char32_t char8_t class co_await co_return co_yield compl concept const const_cast "
                "consteval constexpr constinit continue decltype default delete do double "
                "dynamic_cast else enum explicit export extern false float for friend goto if "
                "import "
                "inline int long module mutable namespace new noexcept not not_eq nullptr operator "
                "or or_eq private protected public register reinterpret_cast requires restrict "
                "return short signed sizeof static static_assert static_cast struct switch "
                "template "
                "this thread_local throw true try typedef typeid typename typeof union unsigned "
                "using "
                "virtual void volatile wchar_t while xor xor_eq linux unix i386 NULL offsetof "
                "arena parallel weights dlc_parallel dlc_error"),
            ' '))
      set.insert(word);
    return set;
  }();
  return words.contains(word) || word.starts_with("DLC_") || word.starts_with("INT") ||
         word.starts_with("UINT") || word.ends_with("_t") || word.ends_with("_MAX");
}

// Names of parameters are any text: "x:0" becomes x_0, "_x" and "int" become in_x and in_int.
static std::string distinctIdentifier(StringRef name, StringRef prefix, llvm::StringSet<> &taken) {
  std::string stem = makeIdentifier(name);
  if (stem[0] == '_' || isReserved(stem))
    stem = (prefix + Twine(stem[0] == '_' ? "" : "_") + stem).str();
  std::string result = stem;
  for (unsigned n = 1; !taken.insert(result).second; ++n)
    result = stem + "_" + std::to_string(n);
  return result;
}

static LogicalResult describeArgument(func::FuncOp run, unsigned i, llvm::StringSet<> &taken,
                                      Artifact &artifact) {
  auto type = dyn_cast<MemRefType>(run.getArgumentTypes()[i]);
  if (!type)
    return run.emitError("internal error: argument ") << i << " of the program is no memref";
  bool isOutput = run.getArgAttr(i, "dlc.output") != nullptr;
  Parameter parameter;
  if (auto name = run.getArgAttrOfType<StringAttr>(i, "dlc.name"))
    parameter.name = name.str();
  else
    parameter.name = (isOutput ? "output" : "input") + std::to_string(i);
  parameter.identifier = distinctIdentifier(parameter.name, isOutput ? "out" : "in", taken);
  parameter.dtype = dtypeName(type.getElementType());
  parameter.shape.assign(type.getShape().begin(), type.getShape().end());
  parameter.elementBytes = elementBytes(type.getElementType());
  if (auto input = run.getArgAttrOfType<IntegerAttr>(i, sharedInputName))
    parameter.alias = input.getInt();
  parameter.bytes = type.getNumElements() * parameter.elementBytes;
  // Elements that the program knows as bytes: small floats, and packed ones of less than 8 bits.
  if (auto dtype = run.getArgAttrOfType<StringAttr>(i, "dlc.dtype"))
    parameter.dtype = dtype.str();
  if (auto shape = run.getArgAttrOfType<DenseI64ArrayAttr>(i, "dlc.shape"))
    parameter.shape.assign(shape.asArrayRef().begin(), shape.asArrayRef().end());
  (isOutput ? artifact.outputs : artifact.inputs).push_back(std::move(parameter));
  return success();
}

// An extent follows its output, which says along which axis it is bounded.
static LogicalResult describeExtent(func::FuncOp run, unsigned i, llvm::StringSet<> &taken,
                                    Artifact &artifact) {
  if (artifact.outputs.empty())
    return run.emitError("internal error: an extent without an output");
  Parameter &output = artifact.outputs.back();
  auto axis = run.getArgAttrOfType<IntegerAttr>(i - 1, "dlc.bounded");
  if (!axis)
    return run.emitError("internal error: an extent without an axis");
  output.boundedAxis = axis.getInt();
  taken.insert(output.identifier + "_extent");
  return success();
}

LogicalResult dlc::describe(func::FuncOp run, Artifact &artifact) {
  llvm::StringSet<> taken;
  for (unsigned i = 0; i < run.getNumArguments(); ++i)
    if (failed(run.getArgAttr(i, "dlc.extent") ? describeExtent(run, i, taken, artifact)
                                               : describeArgument(run, i, taken, artifact)))
      return failure();
  auto number = [&](StringRef name, int64_t otherwise) {
    auto attribute = run->getParentOp()->getAttrOfType<IntegerAttr>(name);
    return attribute ? attribute.getInt() : otherwise;
  };
  // An arena of size 0 would be no array in C.
  artifact.arenaBytes = std::max<int64_t>(number("dlc.arena_bytes", 0), 64);
  artifact.weightBytes = number("dlc.weight_bytes", 0);
  if (artifact.weightBytes == 0)
    artifact.storage = WeightStorage::None;
  return success();
}
