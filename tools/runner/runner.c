/* Runs a compiled model once, on the machine that it was compiled for: what `dlc run` and `dlc
 * verify` start through --runner when their own machine is another one.
 *
 *     dlc-runner MODEL.so SYMBOL JOB RESULT
 *
 * It needs nothing of dlc: a cross compiler builds it from this file alone. SYMBOL is the model's
 * NAME_call. Numbers are int64_t in the byte order that both machines share.
 *
 *     JOB     count, then for each argument of NAME_call: bytes, kind; then the given ones' bytes
 *     RESULT  the error number of the run, then the bytes of the wanted arguments
 */
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCRATCH, GIVEN, WANTED };
enum { ALIGN = 64, COUNT_MAX = 1 << 16, FAILED = 2 };

typedef int call_function(void *const *arguments, const void *parallel);

struct argument {
  int64_t bytes, kind;
};

static int fail(const char *what, const char *why) {
  fprintf(stderr, "dlc-runner: %s: %s\n", what, why);
  return FAILED;
}

static void *allocate(int64_t bytes) {
  return aligned_alloc(ALIGN, ((size_t)bytes / ALIGN + 1) * ALIGN);
}

static int run(call_function *call, FILE *job, FILE *result) {
  int64_t count;
  if (fread(&count, sizeof count, 1, job) != 1 || count < 0 || count > COUNT_MAX)
    return fail("the job", "it has no list of arguments");
  struct argument *list = calloc((size_t)count + 1, sizeof *list);
  void **pointers = calloc((size_t)count + 1, sizeof *pointers);
  if (!list || !pointers)
    return fail("the job", "out of memory");
  if (fread(list, sizeof *list, (size_t)count, job) != (size_t)count)
    return fail("the job", "its list of arguments is cut off");
  for (int64_t i = 0; i < count; ++i) {
    size_t bytes = (size_t)list[i].bytes;
    if (!(pointers[i] = allocate(list[i].bytes)))
      return fail("the job", "out of memory");
    if (list[i].kind == GIVEN && fread(pointers[i], 1, bytes, job) != bytes)
      return fail("the job", "its data are cut off");
  }
  int64_t error = call(pointers, NULL);
  if (fwrite(&error, sizeof error, 1, result) != 1)
    return fail("the result", "it cannot be written");
  for (int64_t i = 0; i < count; ++i) {
    size_t bytes = (size_t)list[i].bytes;
    if (list[i].kind == WANTED && fwrite(pointers[i], 1, bytes, result) != bytes)
      return fail("the result", "it cannot be written");
    free(pointers[i]);
  }
  free(pointers);
  free(list);
  return fclose(result) ? fail("the result", "it cannot be written") : 0;
}

int main(int argc, char **argv) {
  if (argc != 5)
    return fail("usage", "dlc-runner MODEL.so SYMBOL JOB RESULT");
  void *library = dlopen(argv[1], RTLD_NOW);
  if (!library)
    return fail(argv[1], dlerror());
  call_function *call;
  *(void **)&call = dlsym(library, argv[2]);
  FILE *job = fopen(argv[3], "rb"), *result = fopen(argv[4], "wb");
  if (!call)
    return fail(argv[2], "no such symbol");
  if (!job || !result)
    return fail(job ? argv[4] : argv[3], "it cannot be opened");
  return run(call, job, result);
}
