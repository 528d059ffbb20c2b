/* The runtime of dlc: a small C library above the artifacts that `dlc compile` writes.
 *
 * A compiled model needs none of this: its header declares NAME_run, which a program calls with its
 * own memory and its own threads (or none). This library is for programs that want to load a model
 * at run time, to ask for its inputs and outputs, or to use a ready-made pool of threads.
 *
 *   dlc_model *model;
 *   void *arena;
 *   if (dlc_model_load("mlp.so", NULL, NULL, &model) || dlc_arena_create(model, &arena))
 *     return fprintf(stderr, "%s\n", dlc_last_error()), 1;
 *   const void *inputs[] = {image};
 *   void *outputs[] = {probs};
 *   if (dlc_model_run(model, inputs, 1, outputs, 1, NULL, arena, dlc_parallel_default()))
 *     return fprintf(stderr, "%s\n", dlc_last_error()), 1;
 *
 * Errors: a function that can fail returns int: DLC_OK, another dlc_error, or a dlc_runtime_error;
 * the text of the failure is in dlc_last_error(). Nothing aborts, nothing is written to a stream.
 * A failed call leaves its result arguments as they were.
 *
 * Threads: a model does not change after it was loaded, so any number of threads may use one at the
 * same time, each with an arena and outputs of its own. A pool may be shared in the same way.
 *
 * Linking: a C program links libdlcrt.a with -lpthread -ldl and nothing else.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "manifest.h"

#ifdef __cplusplus
extern "C" {
#endif

#include "abi.inc.h"

/* What the runtime reports beyond the errors of an artifact. */
enum dlc_runtime_error {
  DLC_ERROR_FILE = 32,   /* a file cannot be opened, read or mapped */
  DLC_ERROR_SYMBOL,      /* the artifact lacks a symbol of its contract */
  DLC_ERROR_DESCRIPTION, /* the artifact's description is malformed */
  DLC_ERROR_ABI,         /* the artifact was made for another version of this library */
  DLC_ERROR_CPU,         /* this CPU lacks an instruction that the artifact uses */
  DLC_ERROR_WEIGHTS,     /* the weight file has the wrong size or content */
  DLC_ERROR_COUNT,       /* a wrong number of inputs or outputs */
  DLC_ERROR_MEMORY,      /* out of memory */
  DLC_ERROR_THREADS,     /* a thread cannot be started, or the number of threads is out of range */
  DLC_ERROR_UNSUPPORTED  /* the artifact needs something that this library cannot do yet */
};

/* Element types. The numbers are stable. */
#define DLC_DTYPE_ENUMERATOR(name, text, bits) DLC_##name,
enum dlc_dtype { DLC_DTYPES(DLC_DTYPE_ENUMERATOR) };
#undef DLC_DTYPE_ENUMERATOR
enum { DLC_DTYPE_COUNT = DLC_U2 + 1 };

/* The version of this library as text, for example "0.1.0". */
const char *dlc_version(void);

/* The text of the calling thread's last failure, or "" if it had none. It names what was expected
 * and what was found. Valid until the next call that fails on the same thread. */
const char *dlc_last_error(void);

/* The name of an error number, for example "DLC_ERROR_ARENA"; "unknown error" for other numbers. */
const char *dlc_error_name(int error);

/* The name of an element type, for example "f32"; NULL for a number out of range. */
const char *dlc_dtype_name(int dtype);

/* ---- Models ---------------------------------------------------------------------------------- */

typedef struct dlc_model dlc_model;

typedef int dlc_call_function(void *const *arguments, const dlc_parallel *parallel);
typedef int dlc_cpu_ok_function(void);

/* An input or output of a model. The text belongs to the model. */
typedef struct dlc_tensor {
  const char *name;
  int dtype; /* enum dlc_dtype */
  int rank;
  int64_t shape[DLC_RANK_MAX];
  size_t bytes;     /* of the whole array, row-major without gaps; 4- and 2-bit elements packed */
  int bounded_axis; /* -1; else the axis along which a run tells how many elements are valid */
} dlc_tensor;

/* Loads the shared object `path` that `dlc compile --emit=so` made, and its weight file if it has
 * one. `name` is the prefix of its symbols; NULL: the file's stem (with and without a leading
 * "lib"), made a C identifier as `dlc compile` does. `weights` is the path of the weight file;
 * NULL: the one that the artifact names, beside it.
 *
 * The artifact's own code runs, so load only what you trust.
 * Errors: FILE, SYMBOL, DESCRIPTION, ABI, CPU, WEIGHTS, MEMORY, UNSUPPORTED, ARGUMENT. */
int dlc_model_load(const char *path, const char *name, const char *weights, dlc_model **model);

/* Makes a model of an artifact that is linked into the program: its NAME_description, NAME_call and
 * NAME_cpu_ok. `weights` as above, but there is no default: REQUIRED where the artifact's weights
 * are in a file. `description` is copied. Errors: as dlc_model_load. */
int dlc_model_register(const char *description, dlc_call_function *call,
                       dlc_cpu_ok_function *cpu_ok, const char *weights, dlc_model **model);

/* Unloads a model. REQUIRES: no run is in progress. NULL is allowed. */
void dlc_model_free(dlc_model *model);

const char *dlc_model_name(const dlc_model *model);
const char *dlc_model_description(const dlc_model *model); /* the JSON text */
size_t dlc_model_input_count(const dlc_model *model);
size_t dlc_model_output_count(const dlc_model *model);

/* The index-th input or output; NULL for an index out of range. */
const dlc_tensor *dlc_model_input(const dlc_model *model, size_t index);
const dlc_tensor *dlc_model_output(const dlc_model *model, size_t index);

/* The scratch memory of one run: its size, and the alignment that its start needs. */
size_t dlc_model_arena_bytes(const dlc_model *model);
size_t dlc_model_arena_align(const dlc_model *model);

/* The slots that the arena has scratch for: the most threads that can work on one run. */
int dlc_model_max_threads(const dlc_model *model);

/* Allocates an arena for `model`; dlc_arena_free frees it (NULL is allowed). An arena serves one
 * run at a time, and any number after each other. Errors: MEMORY. */
int dlc_arena_create(const dlc_model *model, void **arena);
void dlc_arena_free(void *arena);

/* Runs the model: reads inputs[0 .. input_count), writes outputs[0 .. output_count).
 *
 * `extents` has one element per output and receives, for each bounded output, how many elements are
 * valid along its bounded axis, and for every other output -1. NULL is allowed where no output is
 * bounded. `parallel` is NULL (the calling thread does everything), a pool's, or the caller's own;
 * it may have more slots than the model's maximum only if it comes from this library. The results
 * do not depend on it.
 *
 * REQUIRES: every array is as large as its dlc_tensor says and does not overlap another (unless the
 * model was compiled with --alias). Allocates nothing. Errors, found before anything is written:
 * COUNT; ARGUMENT, a null or misaligned array, or no `extents`; ARENA, null or misaligned. Errors
 * of the run itself, after which the outputs are unspecified: INDEX, BRANCH. */
int dlc_model_run(const dlc_model *model, const void *const *inputs, size_t input_count,
                  void *const *outputs, size_t output_count, int64_t *extents, void *arena,
                  const dlc_parallel *parallel);

/* ---- Threads --------------------------------------------------------------------------------- */

/* A pool of threads that serves one caller at a time. While it is busy, a second caller (also a
 * body that calls it again) is served on its own thread, as slot 0, without waiting. Idle workers
 * spin for a moment, then sleep; environment variables DLC_SPIN (how many pauses, 0: sleep at once)
 * and DLC_THREADS (size of the default pool) are read when a pool is made. After fork(), a pool
 * works on in the child without its workers. */
typedef struct dlc_pool dlc_pool;

enum { DLC_POOL_THREADS_MAX = 64 };

/* Makes a pool of `threads` threads, the caller of a run counted in; 0: one for each CPU that this
 * process may use, at most 16. REQUIRES for calling NAME_run directly: no more threads than
 * NAME_MAX_THREADS (dlc_model_run takes care of it itself). Errors: THREADS, MEMORY. */
int dlc_pool_create(int threads, dlc_pool **pool);

/* Ends the pool's threads. REQUIRES: no run uses it. NULL is allowed. */
void dlc_pool_free(dlc_pool *pool);

int dlc_pool_threads(const dlc_pool *pool);

/* What to pass to a run. Lives as long as the pool. */
const dlc_parallel *dlc_pool_parallel(dlc_pool *pool);

/* The pool that the whole program shares, made by the first call and never freed: several models
 * then do not compete for the same CPUs. It has one thread for each CPU, or DLC_THREADS, at
 * most 16. NULL (that is, serial) if it cannot be made. REQUIRES for calling NAME_run directly:
 * NAME_MAX_THREADS is at least 16, which is what it is if `dlc compile` was not told otherwise. */
const dlc_parallel *dlc_parallel_default(void);

#ifdef __cplusplus
}
#endif
