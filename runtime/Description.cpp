// From JSON text to a checked Description. All strings and tensors lie in one allocation whose size
// is bounded by the text: a decoded string is shorter than its text with quotes, and each tensor is
// counted before.
#include "Description.h"
#include "Error.h"
#include "Json.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace dlc::runtime;

namespace {

struct Dtype {
  const char *name;
  int bits;
};

constexpr Dtype dtypes[] = {
#define DLC_ROW(name, text, bits) {text, bits},
    DLC_DTYPES(DLC_ROW)
#undef DLC_ROW
};

constexpr size_t alignMax = 4096; // a mapped file is aligned to a page, not to more

// Reads the keys of one object after the other; the first failure is kept, and everything after it
// does nothing.
struct Reader {
  char *room, *roomEnd; // where decoded strings go
  int error = DLC_OK;

  [[gnu::format(printf, 2, 3)]] bool reject(const char *format, ...);

  const char *string(Json value, const char *what);
  int64_t integer(Json value, const char *what, int64_t minimum, int64_t maximum);
  size_t align(Json value, const char *what);
  void tensor(Json value, const char *what, bool mayBeBounded, dlc_tensor &tensor);
  void shape(Json value, const char *what, dlc_tensor &tensor);
  void weights(Json value, Description &description);
};

bool Reader::reject(const char *format, ...) {
  if (error)
    return false;
  char text[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  error = fail(DLC_ERROR_DESCRIPTION, "malformed description: %s", text);
  return false;
}

// Decodes a string into the room and returns it; "" after a failure.
const char *Reader::string(Json value, const char *what) {
  size_t bytes;
  if (error || !value.string(room, size_t(roomEnd - room), &bytes)) {
    reject("expected a text without NUL for %s", what);
    return "";
  }
  const char *result = room;
  room += bytes;
  return result;
}

int64_t Reader::integer(Json value, const char *what, int64_t minimum, int64_t maximum) {
  int64_t result;
  if (value.integer(result) && result >= minimum && result <= maximum)
    return result;
  reject("expected an integer from %lld to %lld for %s", (long long)minimum, (long long)maximum,
         what);
  return minimum;
}

size_t Reader::align(Json value, const char *what) {
  size_t result = size_t(integer(value, what, 1, alignMax));
  if (result & (result - 1))
    reject("expected a power of two for %s, found %zu", what, result);
  return result;
}

// The dimensions, and the bytes of the whole array.
void Reader::shape(Json value, const char *what, dlc_tensor &tensor) {
  if (!value.isArray())
    return (void)reject("expected a list for the shape of %s", what);
  int64_t elements = 1, bits;
  for (Json d = value.first(); d.exists() && !error; d = d.next()) {
    if (tensor.rank == DLC_RANK_MAX)
      return (void)reject("%s has more than %d dimensions", what, DLC_RANK_MAX);
    int64_t dimension = integer(d, what, 0, INT64_MAX);
    tensor.shape[tensor.rank++] = dimension;
    if (__builtin_mul_overflow(elements, dimension, &elements))
      return (void)reject("the size of %s overflows", what);
  }
  if (__builtin_mul_overflow(elements, int64_t(dtypeBits(tensor.dtype)), &bits) ||
      __builtin_add_overflow(bits, int64_t(7), &bits))
    return (void)reject("the size of %s overflows", what);
  tensor.bytes = size_t(bits / 8);
}

void Reader::tensor(Json value, const char *what, bool mayBeBounded, dlc_tensor &tensor) {
  tensor.name = string(value.member("name"), what);
  Json dtype = value.member("dtype");
  while (tensor.dtype < DLC_DTYPE_COUNT && !dtype.equals(dtypes[tensor.dtype].name))
    ++tensor.dtype;
  if (tensor.dtype == DLC_DTYPE_COUNT)
    return (void)reject("unknown dtype of %s '%s'", what, tensor.name);
  shape(value.member("shape"), what, tensor);
  tensor.bounded_axis = -1;
  Json bounded = value.member("bounded");
  if (!bounded.exists() || bounded.isNull())
    return;
  if (!mayBeBounded)
    return (void)reject("%s '%s' cannot be bounded", what, tensor.name);
  tensor.bounded_axis = int(integer(bounded, "a bounded axis", 0, tensor.rank - 1));
}

// Whether a relative path stays below its folder.
bool staysInside(const char *path) {
  if (!*path || *path == '/')
    return false;
  for (const char *p = path; p; p = strchr(p, '/')) {
    p += *p == '/';
    if (p[0] == '.' && p[1] == '.' && (p[2] == '/' || !p[2]))
      return false;
  }
  return true;
}

void Reader::weights(Json value, Description &description) {
  Json storage = value.member("storage");
  if (storage.equals("none"))
    return;
  if (!storage.equals("embed") && !storage.equals("file"))
    return (void)reject("expected none, embed or file for the weights' storage");
  description.weightBytes =
      size_t(integer(value.member("bytes"), "the weights' bytes", 0, INT64_MAX));
  description.weightAlign = align(value.member("align"), "the weights' alignment");
  description.weightStorage = WeightStorage::Embed;
  if (storage.equals("embed"))
    return;
  description.weightStorage = WeightStorage::File;
  description.weightFile = string(value.member("file"), "the weight file");
  if (!staysInside(description.weightFile))
    return (void)reject("the weight file '%s' is not below the artifact's folder",
                        description.weightFile);
  const char *digits = string(value.member("xxh64"), "the weights' hash");
  if (strlen(digits) != 16 || strspn(digits, "0123456789abcdefABCDEF") != 16)
    return (void)reject("expected 16 hexadecimal digits for the weights' hash, found '%s'", digits);
  description.weightHash = strtoull(digits, nullptr, 16);
}

size_t count(Json list) {
  size_t n = 0;
  for (Json element = list.first(); element.exists(); element = element.next())
    ++n;
  return n;
}

// What must hold before the rest of the keys means anything.
int checkVersion(Json root) {
  int64_t abi;
  if (!root.member("schema").equals(DLC_DESCRIPTION_SCHEMA))
    return fail(DLC_ERROR_ABI, "this is no description of the schema " DLC_DESCRIPTION_SCHEMA);
  if (!root.member("abi").integer(abi))
    return fail(DLC_ERROR_DESCRIPTION, "malformed description: expected an integer for abi");
  if (abi != DLC_ABI_VERSION)
    return fail(DLC_ERROR_ABI, "the artifact has ABI version %lld, this runtime has %d",
                (long long)abi, DLC_ABI_VERSION);
  Json state = root.member("state");
  if (state.exists() && !state.isNull())
    return fail(DLC_ERROR_UNSUPPORTED, "not supported yet: artifacts for training");
  return DLC_OK;
}

} // namespace

int dlc::runtime::dtypeBits(int dtype) { return dtypes[dtype].bits; }

size_t dlc::runtime::dtypeAlign(int dtype) {
  int bytes = dtypes[dtype].bits / 8;
  return bytes ? size_t(bytes) : 1;
}

const char *dlc_dtype_name(int dtype) {
  return dtype >= 0 && dtype < DLC_DTYPE_COUNT ? dtypes[dtype].name : nullptr;
}

Description::~Description() { free(memory); }

int Description::read(const char *json) {
  size_t length = strnlen(json, DLC_DESCRIPTION_BYTES_MAX), position;
  if (length == DLC_DESCRIPTION_BYTES_MAX)
    return fail(DLC_ERROR_DESCRIPTION, "malformed description: longer than %d bytes",
                DLC_DESCRIPTION_BYTES_MAX);
  Json root;
  if (const char *error = Json::parse(json, length, root, &position))
    return fail(DLC_ERROR_DESCRIPTION, "malformed description: %s at byte %zu", error, position);
  if (int error = checkVersion(root))
    return error;

  // The tensors come first in the allocation, then the copy of the text, then the decoded strings.
  Json ins = root.member("inputs"), outs = root.member("outputs"), entries = root.member("entries");
  if (!ins.isArray() || !outs.isArray())
    return fail(DLC_ERROR_DESCRIPTION,
                "malformed description: expected lists of inputs and outputs");
  inputCount = count(ins), outputCount = count(outs);
  if (inputCount > DLC_TENSORS_MAX || outputCount > DLC_TENSORS_MAX)
    return fail(DLC_ERROR_DESCRIPTION, "malformed description: more than %d inputs or outputs",
                DLC_TENSORS_MAX);
  size_t tensorBytes = (inputCount + outputCount) * sizeof(dlc_tensor);
  memory = calloc(1, tensorBytes + 2 * (length + 1));
  if (!memory)
    return fail(DLC_ERROR_MEMORY, "out of memory for a description of %zu bytes", length);
  inputs = static_cast<dlc_tensor *>(memory);
  outputs = inputs + inputCount;
  char *copy = static_cast<char *>(memory) + tensorBytes;
  memcpy(copy, json, length);
  text = copy;

  Reader reader{copy + length + 1, copy + 2 * (length + 1)};
  name = reader.string(root.member("name"), "name");
  runSymbol = reader.string(entries.member("run"), "entries.run");
  callSymbol = reader.string(entries.member("call"), "entries.call");
  cpuOkSymbol = reader.string(entries.member("cpu_ok"), "entries.cpu_ok");
  cpu = reader.string(root.member("target").member("cpu"), "target.cpu");
  dlc_tensor *tensor = inputs;
  for (Json value = ins.first(); value.exists() && !reader.error; value = value.next())
    reader.tensor(value, "input", false, *tensor++);
  for (Json value = outs.first(); value.exists() && !reader.error; value = value.next()) {
    reader.tensor(value, "output", true, *tensor);
    boundedCount += tensor++->bounded_axis >= 0;
  }
  Json arena = root.member("arena");
  arenaBytes = size_t(reader.integer(arena.member("bytes"), "arena.bytes", 0, INT64_MAX / 2));
  arenaAlign = reader.align(arena.member("align"), "arena.align");
  maxThreads = int(reader.integer(root.member("max_threads"), "max_threads", 1, 1 << 16));
  reader.weights(root.member("weights"), *this);
  return reader.error;
}
