// A line on the terminal that says how far a long task is: "compile ━━━━━━━━ 12/53". It appears
// after a second, and only where the standard error is a terminal; it is gone when the task ends.
#pragma once

#include "llvm/ADT/StringRef.h"
#include <chrono>
#include <mutex>
#include <string>

namespace dlc::tool {

class Progress {
public:
  explicit Progress(llvm::StringRef what);
  ~Progress();
  /// Safe to call from several threads.
  void update(size_t done, size_t total);

private:
  using Clock = std::chrono::steady_clock;
  std::string what;
  std::mutex mutex;
  bool isTerminal, shown = false;
  Clock::time_point start, next;
};

} // namespace dlc::tool
