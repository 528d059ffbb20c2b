// Models: what dlc.h says about loading, describing and running them. The run itself is one check
// of the arguments and one call through NAME_call, on a list of pointers that lies on the stack.
#include "Description.h"
#include "Error.h"
#include "Library.h"
#include "Pool.h"
#include "Weights.h"

#include <alloca.h>
#include <cstdlib>
#include <cstring>
#include <new>

using namespace dlc::runtime;

struct dlc_model {
  Description description;
  Library library; // before the weights: nothing of it is used while they are unmapped
  Weights weights;
  dlc_call_function *call = nullptr;
};

namespace {

dlc_model *newModel() {
  void *memory = malloc(sizeof(dlc_model));
  return memory ? new (memory) dlc_model : nullptr;
}

// Whether this CPU can run the artifact; asked before any of its code but cpu_ok runs.
int checkCpu(const Description &description, dlc_cpu_ok_function *cpuOk) {
  if (cpuOk())
    return DLC_OK;
  return fail(DLC_ERROR_CPU, "this CPU lacks an instruction that '%s' uses; it was compiled for %s",
              description.name, description.cpu);
}

// Maps the weight file, if the artifact has one: the given one, else that beside the artifact.
int mapWeights(dlc_model &model, const char *given, const char *artifact) {
  const Description &description = model.description;
  if (description.weightStorage != WeightStorage::File)
    return given
               ? fail(DLC_ERROR_ARGUMENT, "the weights of '%s' are not in a file", description.name)
               : DLC_OK;
  if (given)
    return model.weights.map(given, description.weightBytes, description.weightHash);
  if (!artifact)
    return fail(DLC_ERROR_ARGUMENT, "'%s' needs its weight file '%s'", description.name,
                description.weightFile);
  const char *slash = strrchr(artifact, '/');
  size_t folder = slash ? size_t(slash - artifact) + 1 : 0, file = strlen(description.weightFile);
  char *path = static_cast<char *>(malloc(folder + file + 1));
  if (!path)
    return fail(DLC_ERROR_MEMORY, "out of memory for the path of the weight file");
  memcpy(path, artifact, folder);
  memcpy(path + folder, description.weightFile, file + 1);
  int error = model.weights.map(path, description.weightBytes, description.weightHash);
  free(path);
  return error;
}

int loadInto(dlc_model &model, const char *path, const char *name, const char *weights) {
  const char *json;
  dlc_cpu_ok_function *cpuOk;
  if (int error = model.library.open(path))
    return error;
  if (int error = model.library.description(path, name, json))
    return error;
  if (int error = model.description.read(json))
    return error;
  if (int error = model.library.symbol(model.description.cpuOkSymbol, cpuOk))
    return error;
  if (int error = checkCpu(model.description, cpuOk))
    return error;
  if (int error = model.library.symbol(model.description.callSymbol, model.call))
    return error;
  return mapWeights(model, weights, path);
}

int registerInto(dlc_model &model, const char *json, dlc_call_function *call,
                 dlc_cpu_ok_function *cpuOk, const char *weights) {
  if (int error = model.description.read(json))
    return error;
  if (int error = checkCpu(model.description, cpuOk))
    return error;
  model.call = call;
  return mapWeights(model, weights, nullptr);
}

// Hands a finished model out, or frees a failed one.
int deliver(dlc_model *model, int error, dlc_model **result) {
  if (error)
    dlc_model_free(model);
  else
    *result = model;
  return error;
}

bool aligned(const void *pointer, size_t align) {
  return reinterpret_cast<uintptr_t>(pointer) % align == 0;
}

// An array without elements may be null.
int checkArray(const dlc_tensor &tensor, const void *array, const char *what, size_t index) {
  if (!array && tensor.bytes)
    return fail(DLC_ERROR_ARGUMENT, "%s %zu '%s' is null", what, index, tensor.name);
  if (!aligned(array, dtypeAlign(tensor.dtype)))
    return fail(DLC_ERROR_ARGUMENT, "%s %zu '%s' is not aligned to its elements of %zu bytes", what,
                index, tensor.name, dtypeAlign(tensor.dtype));
  return DLC_OK;
}

int checkArena(const Description &description, const void *arena) {
  if (!arena)
    return fail(DLC_ERROR_ARENA, "the arena is null; '%s' needs %zu bytes", description.name,
                description.arenaBytes);
  if (!aligned(arena, description.arenaAlign))
    return fail(DLC_ERROR_ARENA, "the arena is not aligned to %zu bytes", description.arenaAlign);
  return DLC_OK;
}

int checkCounts(const Description &description, size_t inputCount, size_t outputCount) {
  if (inputCount != description.inputCount)
    return fail(DLC_ERROR_COUNT, "'%s' has %zu inputs, %zu were given", description.name,
                description.inputCount, inputCount);
  if (outputCount != description.outputCount)
    return fail(DLC_ERROR_COUNT, "'%s' has %zu outputs, %zu were given", description.name,
                description.outputCount, outputCount);
  return DLC_OK;
}

// A run's arguments in the order of NAME_run, checked on the way.
int collect(const dlc_model &model, const void *const *inputs, void *const *outputs,
            int64_t *extents, void *arena, void **list) {
  const Description &description = model.description;
  if (description.boundedCount && !extents)
    return fail(DLC_ERROR_ARGUMENT, "'%s' has bounded outputs and needs a place for their extents",
                description.name);
  if (int error = checkArena(description, arena))
    return error;
  for (size_t i = 0; i < description.inputCount; ++i) {
    if (int error = checkArray(description.inputs[i], inputs[i], "input", i))
      return error;
    *list++ = const_cast<void *>(inputs[i]);
  }
  for (size_t i = 0; i < description.outputCount; ++i) {
    if (int error = checkArray(description.outputs[i], outputs[i], "output", i))
      return error;
    *list++ = outputs[i];
    if (description.outputs[i].bounded_axis >= 0)
      *list++ = &extents[i];
  }
  if (description.weightStorage == WeightStorage::File)
    *list++ = const_cast<void *>(model.weights.data());
  *list = arena;
  return DLC_OK;
}

// The artifact says only a number; the text is ours.
int failRun(const Description &description, int error) {
  const char *reason = error == DLC_ERROR_INDEX    ? "an index that comes from data is out of range"
                       : error == DLC_ERROR_BRANCH ? "a branch was taken that could not be compiled"
                       : error == DLC_ERROR_ARENA  ? "the arena is null or misaligned"
                                                   : "the artifact refused its arguments";
  return fail(error, "run of '%s' failed: %s (%s)", description.name, reason,
              dlc_error_name(error));
}

// Calls the artifact with no more of our threads than its arena has scratch for.
int callWithin(const dlc_model &model, void *const *list, const dlc_parallel *parallel) {
  int slots = model.description.maxThreads;
  if (!parallel || parallel->parallel_for != dlc_pool::parallelFor)
    return model.call(list, parallel);
  dlc_pool::View view = *static_cast<const dlc_pool::View *>(parallel->context);
  if (view.slots <= slots)
    return model.call(list, parallel);
  view.slots = slots;
  dlc_parallel narrow = {&view, parallel->parallel_for, parallel->parallel_region};
  return model.call(list, &narrow);
}

} // namespace

int dlc_model_load(const char *path, const char *name, const char *weights, dlc_model **model) {
  if (!path || !model)
    return fail(DLC_ERROR_ARGUMENT, "dlc_model_load needs a path and a place for its result");
  dlc_model *loaded = newModel();
  if (!loaded)
    return fail(DLC_ERROR_MEMORY, "out of memory for a model");
  return deliver(loaded, loadInto(*loaded, path, name, weights), model);
}

int dlc_model_register(const char *description, dlc_call_function *call,
                       dlc_cpu_ok_function *cpu_ok, const char *weights, dlc_model **model) {
  if (!description || !call || !cpu_ok || !model)
    return fail(DLC_ERROR_ARGUMENT, "dlc_model_register needs a description, call and cpu_ok "
                                    "functions, and a place for its result");
  dlc_model *registered = newModel();
  if (!registered)
    return fail(DLC_ERROR_MEMORY, "out of memory for a model");
  return deliver(registered, registerInto(*registered, description, call, cpu_ok, weights), model);
}

void dlc_model_free(dlc_model *model) {
  if (!model)
    return;
  model->~dlc_model();
  free(model);
}

const char *dlc_model_name(const dlc_model *model) { return model->description.name; }
const char *dlc_model_description(const dlc_model *model) { return model->description.text; }
size_t dlc_model_input_count(const dlc_model *model) { return model->description.inputCount; }
size_t dlc_model_output_count(const dlc_model *model) { return model->description.outputCount; }

const dlc_tensor *dlc_model_input(const dlc_model *model, size_t index) {
  return index < model->description.inputCount ? &model->description.inputs[index] : nullptr;
}

const dlc_tensor *dlc_model_output(const dlc_model *model, size_t index) {
  return index < model->description.outputCount ? &model->description.outputs[index] : nullptr;
}

size_t dlc_model_arena_bytes(const dlc_model *model) { return model->description.arenaBytes; }
size_t dlc_model_arena_align(const dlc_model *model) { return model->description.arenaAlign; }
int dlc_model_max_threads(const dlc_model *model) { return model->description.maxThreads; }

int dlc_arena_create(const dlc_model *model, void **arena) {
  if (!model || !arena)
    return fail(DLC_ERROR_ARGUMENT, "dlc_arena_create needs a model and a place for its result");
  size_t bytes = model->description.arenaBytes, align = model->description.arenaAlign;
  void *memory;
  if (align < DLC_ALIGN_DEFAULT)
    align = DLC_ALIGN_DEFAULT;
  if (posix_memalign(&memory, align, bytes ? bytes : align))
    return fail(DLC_ERROR_MEMORY, "out of memory for an arena of %zu bytes", bytes);
  *arena = memory;
  return DLC_OK;
}

void dlc_arena_free(void *arena) { free(arena); }

int dlc_model_run(const dlc_model *model, const void *const *inputs, size_t input_count,
                  void *const *outputs, size_t output_count, int64_t *extents, void *arena,
                  const dlc_parallel *parallel) {
  if (!model || (!inputs && input_count) || (!outputs && output_count))
    return fail(DLC_ERROR_ARGUMENT, "dlc_model_run needs a model and lists of inputs and outputs");
  const Description &description = model->description;
  if (int error = checkCounts(description, input_count, output_count))
    return error;
  void **list = static_cast<void **>(
      alloca((input_count + output_count + description.boundedCount + 2) * sizeof(void *)));
  if (int error = collect(*model, inputs, outputs, extents, arena, list))
    return error;
  for (size_t i = 0; extents && i < output_count; ++i)
    extents[i] = -1;
  int error = callWithin(*model, list, parallel);
  return error ? failRun(description, error) : DLC_OK;
}
