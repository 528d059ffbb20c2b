// Keys in the order of runtime/manifest.h.
#include "Emit/Manifest.h"
#include "manifest.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

using namespace dlc;
using llvm::StringRef;

// Names in a model are any bytes; JSON is UTF-8.
static std::string utf8(StringRef text) {
  return llvm::json::isUTF8(text) ? text.str() : llvm::json::fixUTF8(text);
}

static void writeTensor(llvm::json::OStream &json, const Parameter &parameter) {
  json.object([&] {
    json.attribute("name", utf8(parameter.name));
    json.attribute("dtype", parameter.dtype);
    json.attributeArray("shape", [&] {
      for (int64_t extent : parameter.shape)
        json.value(extent);
    });
    if (parameter.boundedAxis >= 0)
      json.attribute("bounded", parameter.boundedAxis);
    if (parameter.alias >= 0)
      json.attribute("alias", parameter.alias);
  });
}

static void writeWeights(llvm::json::OStream &json, const Artifact &artifact) {
  static const char *const names[] = {"none", "embed", "file"};
  json.attribute("storage", names[static_cast<int>(artifact.storage)]);
  json.attribute("bytes", artifact.weightBytes);
  json.attribute("align", DLC_ALIGN_DEFAULT);
  if (artifact.storage != WeightStorage::File)
    return;
  json.attribute("file", utf8(artifact.weightFile));
  json.attribute("xxh64", llvm::formatv("{0:x-16}", artifact.weightHash).str());
}

std::string dlc::makeDescription(const Artifact &artifact) {
  std::string text;
  llvm::raw_string_ostream out(text);
  llvm::json::OStream json(out);
  const Machine &machine = artifact.machine;
  json.object([&] {
    json.attribute("schema", DLC_DESCRIPTION_SCHEMA);
    json.attribute("abi", DLC_ABI_VERSION);
    json.attribute("name", artifact.name);
    json.attribute("generator", "dlc " DLC_VERSION);
    json.attributeObject("target", [&] {
      json.attribute("triple", machine.triple);
      json.attribute("cpu", machine.cpu);
      json.attribute("features", machine.features);
      if (artifact.sanitizeAddress)
        json.attribute("sanitize", "address");
    });
    if (!artifact.modelFile.empty())
      json.attributeObject("model", [&] {
        json.attribute("file", utf8(artifact.modelFile));
        json.attribute("hash", artifact.modelHash);
      });
    json.attributeObject("entries", [&] {
      json.attribute("run", artifact.name + "_run");
      json.attribute("call", artifact.name + "_call");
      json.attribute("cpu_ok", artifact.name + "_cpu_ok");
    });
    json.attributeArray("inputs", [&] {
      for (const Parameter &input : artifact.inputs)
        writeTensor(json, input);
    });
    json.attributeArray("outputs", [&] {
      for (const Parameter &output : artifact.outputs)
        writeTensor(json, output);
    });
    json.attributeObject("arena", [&] {
      json.attribute("bytes", artifact.arenaBytes);
      json.attribute("align", DLC_ALIGN_DEFAULT);
    });
    json.attribute("stack_bytes", artifact.stackBytes);
    json.attribute("max_threads", artifact.maxThreads);
    json.attributeObject("weights", [&] { writeWeights(json, artifact); });
    json.attribute("state", nullptr);
  });
  return text;
}
