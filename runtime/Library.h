// A shared object and its symbols.
#pragma once
#include "dlc.h"

namespace dlc::runtime {

class Library {
public:
  Library() = default;
  Library(const Library &) = delete;
  Library &operator=(const Library &) = delete;
  ~Library();

  // Opens the file `path`; a path without '/' is in the current folder, not searched for.
  // Errors: FILE, MEMORY. REQUIRES: not open yet.
  int open(const char *path);

  // Finds the description of the artifact `name`; null: the name that the path suggests, with and
  // without a leading "lib". Errors: SYMBOL, MEMORY.
  int description(const char *path, const char *name, const char *&json) const;

  // Finds a function. Errors: SYMBOL.
  template <class Function> int symbol(const char *name, Function *&function) const {
    void *address;
    int error = find(name, address);
    if (!error)
      function = reinterpret_cast<Function *>(address);
    return error;
  }

private:
  int find(const char *name, void *&address) const;
  void *handle = nullptr;
};

} // namespace dlc::runtime
