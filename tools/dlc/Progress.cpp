// At most ten lines a second are drawn.
#include "Progress.h"
#include "llvm/Support/raw_ostream.h"

using namespace dlc::tool;

static constexpr size_t width = 20;

Progress::Progress(llvm::StringRef what)
    : what(what.str()), isTerminal(llvm::errs().is_displayed()), start(Clock::now()),
      next(start + std::chrono::seconds(1)) {}

Progress::~Progress() {
  if (shown)
    llvm::errs() << "\r\x1b[K";
}

void Progress::update(size_t done, size_t total) {
  std::lock_guard<std::mutex> lock(mutex);
  Clock::time_point now = Clock::now();
  if (!isTerminal || now < next || total == 0)
    return;
  next = now + std::chrono::milliseconds(100);
  shown = true;
  size_t full = std::min(done, total) * width / total;
  llvm::errs() << '\r' << what << ' ';
  for (size_t i = 0; i < width; ++i)
    llvm::errs() << (i < full ? "━" : " ");
  llvm::errs() << ' ' << done << '/' << total << "\x1b[K";
}
