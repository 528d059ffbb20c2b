/* The clock of tools/bench/peers.py: calls dlc or ONNX Runtime a number of times and writes down
 * how long each call took. Both are called from here, by pointer and with arguments made ready
 * before, so that neither pays for Python. */
#define _POSIX_C_SOURCE 199309L
#include "dlc.h"
#include <time.h>

static int64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* Runs `model` `count` times; nanoseconds[i] is the time of the i-th run. Returns dlc_model_run's.
 */
int dlc_bench_model(const dlc_model *model, const void *const *inputs, size_t input_count,
                    void *const *outputs, size_t output_count, int64_t *extents, void *arena,
                    const dlc_parallel *parallel, int64_t *nanoseconds, int count) {
  for (int i = 0; i < count; ++i) {
    int64_t start = now();
    int error =
        dlc_model_run(model, inputs, input_count, outputs, output_count, extents, arena, parallel);
    nanoseconds[i] = now() - start;
    if (error)
      return error;
  }
  return DLC_OK;
}

/* The function `Run` of ONNX Runtime's C interface. */
typedef void *ort_run_function(void *session, const void *options, const char *const *input_names,
                               const void *const *inputs, size_t input_count,
                               const char *const *output_names, size_t output_count,
                               void **outputs);

/* The same for a session of ONNX Runtime; the outputs are tensors over the caller's arrays. Returns
 * the status object of the first run that failed, else NULL. */
void *dlc_bench_session(ort_run_function *run, void *session, const char *const *input_names,
                        const void *const *inputs, size_t input_count,
                        const char *const *output_names, size_t output_count, void **outputs,
                        int64_t *nanoseconds, int count) {
  for (int i = 0; i < count; ++i) {
    int64_t start = now();
    void *status =
        run(session, NULL, input_names, inputs, input_count, output_names, output_count, outputs);
    nanoseconds[i] = now() - start;
    if (status)
      return status;
  }
  return NULL;
}
