#include "Library.h"
#include "Error.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <sys/stat.h>

using namespace dlc::runtime;

Library::~Library() {
  if (handle)
    dlclose(handle);
}

int Library::open(const char *path) {
  struct stat status;
  if (stat(path, &status))
    return fail(DLC_ERROR_FILE, "cannot open the artifact '%s': %m", path);
  if (!S_ISREG(status.st_mode)) // dlopen waits for ever on a pipe
    return fail(DLC_ERROR_FILE, "the artifact '%s' is no regular file", path);
  char *local = nullptr;
  if (!strchr(path, '/') && asprintf(&local, "./%s", path) < 0)
    return fail(DLC_ERROR_MEMORY, "out of memory for a path");
  handle = dlopen(local ? local : path, RTLD_NOW | RTLD_LOCAL);
  free(local);
  return handle ? DLC_OK : fail(DLC_ERROR_FILE, "cannot load the artifact: %s", dlerror());
}

int Library::find(const char *name, void *&address) const {
  address = dlsym(handle, name);
  return address ? DLC_OK : fail(DLC_ERROR_SYMBOL, "the artifact lacks the symbol '%s'", name);
}

// The C identifier that `dlc compile` makes of the stem of a file name: every other character
// becomes
// '_', and one stands before a leading digit.
static char *identifier(const char *path) {
  const char *slash = strrchr(path, '/'), *stem = slash ? slash + 1 : path;
  const char *point = strrchr(stem, '.');
  size_t length = point ? size_t(point - stem) : strlen(stem);
  char *result;
  if (asprintf(&result, "%s%.*s", *stem >= '0' && *stem <= '9' ? "_" : "", int(length), stem) < 0)
    return nullptr;
  for (char *p = result; *p; ++p)
    if (!(*p >= '0' && *p <= '9') && !((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z'))
      *p = '_';
  return result;
}

// Finds NAME_description.
static const char *findDescription(void *handle, const char *name) {
  char *symbol;
  if (asprintf(&symbol, "%s_description", name) < 0)
    return nullptr;
  void *address = dlsym(handle, symbol);
  free(symbol);
  return static_cast<const char *>(address);
}

int Library::description(const char *path, const char *name, const char *&json) const {
  char *own = name ? nullptr : identifier(path);
  if (!name && !own)
    return fail(DLC_ERROR_MEMORY, "out of memory for a name");
  const char *wanted = name ? name : own;
  json = findDescription(handle, wanted);
  if (!json && own && strncmp(own, "lib", 3) == 0)
    json = findDescription(handle, own + 3);
  int error = DLC_OK;
  if (!json)
    error = fail(DLC_ERROR_SYMBOL,
                 "'%s' lacks the symbol '%s_description': it is no artifact, or was compiled with "
                 "another prefix than '%s'",
                 path, wanted, wanted);
  free(own);
  return error;
}
