// Error numbers, their names, and the text of each thread's last failure.
#include "Error.h"
#include "dlc.h"

#include <cstdarg>
#include <cstdio>
#include <cstring>

static thread_local char lastError[1024];

int dlc::runtime::fail(int error, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(lastError, sizeof lastError, format, arguments);
  va_end(arguments);
  return error;
}

int dlc::runtime::failWithin(int error, const char *prefix) {
  char inner[sizeof lastError];
  memcpy(inner, lastError, sizeof inner);
  return fail(error, "%s: %s", prefix, inner);
}

const char *dlc_last_error(void) { return lastError; }

const char *dlc_version(void) { return DLC_VERSION; }

const char *dlc_error_name(int error) {
  switch (error) {
#define DLC_CASE(name)                                                                             \
  case name:                                                                                       \
    return #name;
    DLC_CASE(DLC_OK)
    DLC_CASE(DLC_ERROR_ARGUMENT)
    DLC_CASE(DLC_ERROR_ARENA)
    DLC_CASE(DLC_ERROR_INDEX)
    DLC_CASE(DLC_ERROR_BRANCH)
    DLC_CASE(DLC_ERROR_FILE)
    DLC_CASE(DLC_ERROR_SYMBOL)
    DLC_CASE(DLC_ERROR_DESCRIPTION)
    DLC_CASE(DLC_ERROR_ABI)
    DLC_CASE(DLC_ERROR_CPU)
    DLC_CASE(DLC_ERROR_WEIGHTS)
    DLC_CASE(DLC_ERROR_COUNT)
    DLC_CASE(DLC_ERROR_MEMORY)
    DLC_CASE(DLC_ERROR_THREADS)
    DLC_CASE(DLC_ERROR_UNSUPPORTED)
#undef DLC_CASE
  }
  return "unknown error";
}
